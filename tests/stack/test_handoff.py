"""One voice: the bot, the queue, an operator, and back."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from approdo.client import ChatClient
from approdo.stack import Stack
from conversations.ownership import Ownership
from conversations.staff import Operator
from conversations.store import Store
from core.crypto import cipher_for
from core.database import Database
from tests.conftest import try_claim

pytestmark = pytest.mark.stack


def ownership_of(stack: Stack) -> Ownership:
    """The operators' side, from another process than the services."""
    return Ownership(Store(Database(stack.settings.database), cipher_for(stack.settings)))


def test_handed_over_answered_and_handed_back(stack: Stack, desk_people: tuple[Operator, Operator]) -> None:
    anna, _ = desk_people
    desk = ownership_of(stack)
    chat = ChatClient(stack.url, language="ar")
    (queued,) = chat.ask("أريد التحدث مع شخص")
    assert queued["outcome"] == "handoff"
    desk.claim(chat.id, anna)
    desk.reply(chat.id, anna, "Buongiorno, sono Anna", "k1")
    fresh = chat.read(after=queued["seq"])
    assert [m["sender"] for m in fresh] == ["system", "operator"]
    assert fresh[0]["language"] == "ar"
    assert (fresh[1]["author"], fresh[1]["provenance"]) == ("Anna", "human")
    desk.return_to_bot(chat.id, anna)
    (reply,) = [m for m in chat.ask("كيف أسجل ابني في المدرسة؟") if m["sender"] == "bot"]
    assert reply["outcome"] == "answer"


def test_slash_commands_do_not_wake_the_bot_while_an_operator_has_it(
    stack: Stack, desk_people: tuple[Operator, Operator]
) -> None:
    desk = ownership_of(stack)
    chat = ChatClient(stack.url, language="it")
    (reply,) = chat.ask("voglio un operatore")
    desk.claim(chat.id, desk_people[0])
    for text in ("/restart", "/greet", "/session_start", "ciao"):
        chat.send(text)
    time.sleep(2)
    said = [m["sender"] for m in chat.read(after=reply["seq"])]
    assert said == ["system", "user", "user", "user", "user"]


def test_two_claims_at_once_one_wins_the_other_is_told_who(
    stack: Stack, desk_people: tuple[Operator, Operator]
) -> None:
    desk = ownership_of(stack)
    chat = ChatClient(stack.url, language="it")
    chat.ask("voglio un operatore")

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda operator: try_claim(desk, chat.id, operator), desk_people))
    assert sorted(outcomes) in (["Anna", "won"], ["Bruno", "won"])


def test_an_operator_may_step_into_an_urgent_conversation_of_the_bot(
    stack: Stack, desk_people: tuple[Operator, Operator]
) -> None:
    desk = ownership_of(stack)
    chat = ChatClient(stack.url, language="it")
    chat.ask("mio marito mi picchia")
    claimed = desk.claim(chat.id, desk_people[0])
    assert (claimed.owner, claimed.urgent) == ("operator", True)
