"""The contracts of the design, to the letter, against the started processes."""

import httpx
import pytest

from approdo.client import ChatClient
from approdo.stack import Stack

pytestmark = pytest.mark.stack

FIELDS = {
    "seq", "at", "sender", "author", "text", "buttons", "language", "outcome", "topics", "source", "checked_on",
    "provenance", "note",
}  # fmt: skip


def test_the_addresses_answer(stack: Stack) -> None:
    for path, status in {
        "/": 200, "/console": 200, "/docs": 200, "/health/live": 200, "/health/ready": 200, "/metrics": 200,
    }.items():  # fmt: skip
        assert httpx.get(stack.url + path, follow_redirects=True).status_code == status, path


def test_an_arabic_question_is_answered_in_arabic_with_source_and_date(stack: Stack) -> None:
    chat = ChatClient(stack.url)
    seq = chat.send("كيف أجدد تصريح الإقامة؟")
    (reply,) = chat.wait_for_reply(seq)
    assert reply["outcome"] == "answer"
    assert reply["topics"][0] == "permesso-rinnovo"
    assert reply["language"] == "ar"
    assert "(permesso di soggiorno)" in reply["text"] or "permesso" in reply["text"]
    assert reply["source"].startswith("Polizia di Stato")
    assert reply["checked_on"] == "2026-11-23"
    assert reply["provenance"] == "curated"
    assert set(reply) <= FIELDS
    assert all(set(button) == {"title", "payload"} for button in reply["buttons"])


def test_messages_come_in_order_and_a_wait_without_news_is_empty(stack: Stack) -> None:
    chat = ChatClient(stack.url, language="it")
    chat.ask("ciao")
    chat.ask("grazie")
    messages = chat.read(after=0)
    assert [m["seq"] for m in messages] == list(range(1, len(messages) + 1))
    assert [m["sender"] for m in messages] == ["user", "bot", "user", "bot"]
    assert chat.read(after=messages[-1]["seq"], wait=0.2) == []


def test_the_same_client_id_is_the_same_message(stack: Stack) -> None:
    chat = ChatClient(stack.url, language="it")
    first = chat.send("ciao", "one")
    chat.wait_for_reply(first)
    assert chat.send("ciao", "one") == first
    assert len(chat.read(after=0, wait=0.5)) == 2


def test_a_conversation_without_an_ambito_is_of_the_default_one_and_answered(stack: Stack) -> None:
    chat = ChatClient(stack.url)
    (reply,) = chat.ask("cosa sono i laboratori linguistici a scuola?")
    assert (reply["outcome"], reply["topics"][0]) == ("answer", "laboratori-linguistici")


def test_buttons_lead_on(stack: Stack) -> None:
    chat = ChatClient(stack.url, language="fr")
    (answer,) = chat.ask("comment renouveler le permis de séjour ?")
    cost = next(b for b in answer["buttons"] if "cost" in b["payload"])
    (facet,) = chat.ask(cost["payload"])
    assert facet["topics"] == ["permesso-rinnovo"]
    assert facet["language"] == "fr"
    assert chat.read(after=0)[2]["text"] == cost["title"]


def test_rasa_is_on_the_loopback_and_asks_for_its_token(stack: Stack) -> None:
    body = {"sender": "x", "message": "ciao"}
    url = f"http://127.0.0.1:{stack.settings.rasa_port}/webhooks/approdo/webhook"
    assert httpx.post(url, json=body).status_code == 401


def test_the_action_server_asks_for_its_token(stack: Stack) -> None:
    assert httpx.post(stack.url + "/webhook", json={"next_action": "action_answer"}).status_code == 403
