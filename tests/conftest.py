"""What tests share: a database of their own, and, where asked for, the started system."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from approdo.stack import Stack, started
from conversations.bot import Effects, Question, Reply
from conversations.inbox import Inbox
from conversations.intake import Intake
from conversations.model import Button, Conversation, Draft
from conversations.ownership import Ownership
from conversations.staff import Operator, Staff
from conversations.store import Store
from core.crypto import Cipher, new_secret
from core.database import Database
from core.errors import AlreadyClaimed
from core.settings import get_settings

PASSWORD = "una password lunga"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'test.db'}")
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def store(database: Database) -> Store:
    return Store(database, Cipher(new_secret()))


@pytest.fixture
def intake(store: Store) -> Intake:
    return Intake(store)


@pytest.fixture
def inbox(database: Database) -> Inbox:
    return Inbox(database)


@pytest.fixture
def ownership(store: Store) -> Ownership:
    return Ownership(store, str.title)


@pytest.fixture
def conversation(store: Store) -> Conversation:
    opened, _ = store.open("web", "web", "sondrio", "it")
    return opened


@pytest.fixture
def operators(database: Database) -> tuple[Operator, Operator]:
    return hire(Staff(database))


def bot_reply(text: str = "risposta", *, handoff: str | None = None, urgent: bool = False, **details: object) -> Reply:
    """A reply as Rasa's channel gives it."""
    buttons = (Button("Parla con una persona", "/human"),)
    given = {"outcome": "answer", "language": "it", "topics": [], "provenance": "curated", **details}
    effects = Effects(handoff=handoff, urgent=urgent, language="it")
    return Reply(Draft("bot", text, buttons=buttons, details=given), effects)


class ScriptedBot:
    """Answers what a test says; remembers what it was asked."""

    def __init__(self, *answers: list[Reply] | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[Question] = []

    async def reply(self, question: Question) -> list[Reply]:
        self.asked.append(question)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def try_claim(ownership: Ownership, conversation_id: str, operator: Operator) -> str:
    """`won`, or the name of who has it."""
    try:
        ownership.claim(conversation_id, operator)
    except AlreadyClaimed as error:
        return error.holder
    return "won"


def hire(staff: Staff) -> tuple[Operator, Operator]:
    """Anna and Bruno, of the desk of Sondrio."""
    return staff.add("anna", "Anna", PASSWORD, ["sondrio"]), staff.add("bruno", "Bruno", PASSWORD, ["sondrio"])


def eventually(true: Callable[[], object], seconds: float = 20) -> object:
    """What `true` returns as soon as it is true; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (value := true()):
        assert time.monotonic() < deadline, f"not true within {seconds} s"
        time.sleep(0.05)
    return value


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """Rasa and the services as processes, for all tests that talk to them over HTTP."""
    with started(get_settings(), lambda line: print(line, flush=True)) as running:
        yield running


@pytest.fixture(scope="session")
def desk_people(stack: Stack) -> tuple[Operator, Operator]:
    """In the register of the running system, written to from here as `approdo staff add` does."""
    return hire(Staff(Database(stack.settings.database)))
