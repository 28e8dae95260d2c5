"""Somebody pulls the plug. A stack of its own: these tests kill it."""

from collections.abc import Iterator

import httpx
import pytest

from approdo.client import ChatClient
from approdo.stack import Stack, started
from core.settings import get_settings
from tests.conftest import eventually

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def fragile() -> Iterator[Stack]:
    changes = {"bot_patience_seconds": 25.0, "rasa_timeout_seconds": 2.0, "bot_attempts": 2}
    with started(get_settings(), print, **changes) as running:
        yield running


def test_services_killed_between_202_and_answer_answer_once_after_the_restart(fragile: Stack) -> None:
    chat = ChatClient(fragile.url, language="it")
    # Rasa holds its breath, so that the answer cannot be there before the kill.
    fragile.pause(fragile.rasa)
    seqs = [chat.send(text, text) for text in ("come rinnovo il permesso di soggiorno?", "grazie")]
    fragile.kill(fragile.services)
    fragile.pause(fragile.rasa, go_on=True)
    fragile.services.start()
    fragile.wait_until_ready()
    assert chat.send("grazie", "grazie") == seqs[1]
    said = eventually(lambda: [m for m in chat.read(after=0) if m["sender"] == "bot"][1:] and chat.read(after=0), 40)
    assert [m["sender"] for m in said] == ["user", "user", "bot", "bot"]  # type: ignore[attr-defined]
    assert chat.read(after=4, wait=2) == []
    assert said[2]["topics"] == ["permesso-rinnovo"]  # type: ignore[index]


def test_a_killed_rasa_that_comes_back_answers_what_waited(fragile: Stack) -> None:
    chat = ChatClient(fragile.url, language="it")
    fragile.kill(fragile.rasa)
    seq = chat.send("come iscrivo mio figlio a scuola?")
    assert httpx.get(fragile.url + "/health/ready").status_code == 503
    fragile.rasa.start()
    (reply,) = chat.wait_for_reply(seq, 60)
    assert reply["outcome"] == "answer"
    fragile.wait_until_ready()


def test_a_rasa_that_hangs_ends_in_a_person_and_never_in_silence(fragile: Stack) -> None:
    chat = ChatClient(fragile.url, language="fr")
    fragile.pause(fragile.rasa)
    (reply,) = chat.ask("comment renouveler mon titre de séjour ?", 40)
    fragile.pause(fragile.rasa, go_on=True)
    assert (reply["sender"], reply["outcome"], reply["language"]) == ("system", "handoff", "fr")
    fragile.wait_until_ready()
