from concurrent.futures import ThreadPoolExecutor

import pytest

from conversations.intake import MAX_CHARACTERS, Intake
from conversations.model import Button, Conversation, Draft
from conversations.store import Store
from conversations.tables import inbox as inbox_table
from core.errors import InvalidInput, NotFound


def commands(store: Store) -> list[str | None]:
    with store.database.read() as tx:
        return [row["command"] for row in tx.all(inbox_table.select().order_by(inbox_table.c.id))]


def test_a_message_is_written_down_and_numbered(intake: Intake, store: Store, conversation: Conversation) -> None:
    assert intake.receive(conversation.id, "a", "ciao") == 1
    assert intake.receive(conversation.id, "b", "come va?") == 2
    assert [m.text for m in store.messages_after(conversation.id)] == ["ciao", "come va?"]


def test_redelivered_message_changes_nothing(intake: Intake, store: Store, conversation: Conversation) -> None:
    with ThreadPoolExecutor(10) as pool:
        seqs = list(pool.map(lambda _: intake.receive(conversation.id, "same", "ciao"), range(10)))
    intake.receive(conversation.id, "other", "poi")
    assert seqs == [1] * 10
    assert intake.receive(conversation.id, "same", "ciao") == 1
    assert [m.text for m in store.messages_after(conversation.id)] == ["ciao", "poi"]


def test_two_conversations_may_use_the_same_client_id(intake: Intake, store: Store) -> None:
    first, _ = store.open("web", "web", "sondrio", None)
    second, _ = store.open("web", "web", "sondrio", None)
    intake.receive(first.id, "1", "uno")
    intake.receive(second.id, "1", "due")
    assert [m.text for m in store.messages_after(second.id)] == ["due"]


@pytest.mark.parametrize("text", ["", "   \n ", "a\x00b", "a\x1b[31m", "\ud800", "x" * (MAX_CHARACTERS + 1)])
def test_bad_text_is_refused_and_leaves_no_trace(
    intake: Intake, store: Store, conversation: Conversation, text: str
) -> None:
    with pytest.raises(InvalidInput):
        intake.receive(conversation.id, "a", text)
    assert store.messages_after(conversation.id) == []
    assert commands(store) == []


def test_joiners_and_line_breaks_are_welcome(intake: Intake, store: Store, conversation: Conversation) -> None:
    text = "می\u200cخواهم\nx\ty"
    intake.receive(conversation.id, "a", text)
    assert store.messages_after(conversation.id)[0].text == text


def test_unknown_conversation_is_not_found(intake: Intake) -> None:
    with pytest.raises(NotFound):
        intake.receive("nobody", "a", "ciao")


def test_typed_slash_is_text_and_an_offered_button_is_a_command(
    intake: Intake, store: Store, conversation: Conversation
) -> None:
    intake.receive(conversation.id, "typed", "/human")
    with store.database.write() as tx:
        store.post(tx, conversation, Draft("bot", "Scegli", buttons=(Button("Una persona", "/human"),)))
    intake.receive(conversation.id, "pressed", "/human")
    intake.receive(conversation.id, "other", "/restart")
    assert commands(store) == [None, "/human", None]
    assert [m.text for m in store.messages_after(conversation.id) if m.sender == "user"] == [
        "/human",
        "Una persona",
        "/restart",
    ]


def test_text_is_encrypted_at_rest(intake: Intake, store: Store, conversation: Conversation) -> None:
    intake.receive(conversation.id, "a", "il mio segreto")
    with store.database.read() as tx:
        raw = tx.connection.exec_driver_sql("select body from messages").scalar_one()
    assert b"segreto" not in raw
