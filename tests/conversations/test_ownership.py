from concurrent.futures import ThreadPoolExecutor

import pytest

from conversations.model import Conversation
from conversations.ownership import Ownership
from conversations.staff import Operator, Staff
from conversations.store import Store
from conversations.tables import staff as staff_table
from core.errors import AlreadyClaimed, Conflict, NotAllowed
from tests.conftest import PASSWORD, try_claim


def test_of_fifty_claims_at_once_one_wins_and_the_others_are_told_who(
    store: Store, ownership: Ownership, conversation: Conversation
) -> None:
    # Hashing fifty passwords would take most of the test's time: the rows are written as they are.
    with store.database.write() as tx:
        for number in range(50):
            row = {"username": f"op{number}", "name": f"Op {number}", "ambiti": ["sondrio"], "active": True}
            tx.execute(staff_table.insert().values(password_hash="", **row))
    people = [Operator(number + 1, f"op{number}", f"Op {number}", frozenset({"sondrio"})) for number in range(50)]

    with ThreadPoolExecutor(50) as pool:
        outcomes = list(pool.map(lambda operator: try_claim(ownership, conversation.id, operator), people))
    winner = people[outcomes.index("won")]
    assert outcomes.count("won") == 1
    assert set(outcomes) - {"won"} == {winner.name}
    assert store.get(conversation.id).operator_id == winner.id
    told = [m.text for m in store.messages_after(conversation.id)]
    assert len(told) == 1
    assert winner.name in told[0]


def test_claiming_again_changes_nothing(
    store: Store, ownership: Ownership, conversation: Conversation, operators: tuple[Operator, Operator]
) -> None:
    first = ownership.claim(conversation.id, operators[0])
    again = ownership.claim(conversation.id, operators[0])
    assert (first.epoch, again.epoch) == (1, 1)
    assert len(store.messages_after(conversation.id)) == 1


def test_a_reply_is_sent_once_whatever_is_repeated(
    store: Store, ownership: Ownership, conversation: Conversation, operators: tuple[Operator, Operator]
) -> None:
    ownership.claim(conversation.id, operators[0])
    with ThreadPoolExecutor(5) as pool:
        seqs = set(pool.map(lambda _: ownership.reply(conversation.id, operators[0], "Buongiorno", "key"), range(5)))
    assert seqs == {2}
    last = store.messages_after(conversation.id)[-1]
    assert (last.sender, last.author, last.text) == ("operator", "Anna", "Buongiorno")


def test_only_the_holder_replies(
    ownership: Ownership, conversation: Conversation, operators: tuple[Operator, Operator]
) -> None:
    with pytest.raises(Conflict):
        ownership.reply(conversation.id, operators[0], "x", "1")
    ownership.claim(conversation.id, operators[0])
    with pytest.raises(AlreadyClaimed, match="Anna"):
        ownership.reply(conversation.id, operators[1], "x", "2")


def test_another_ambito_is_out_of_reach(ownership: Ownership, store: Store, conversation: Conversation) -> None:
    stranger = Staff(store.database).add("carla", "Carla", PASSWORD, ["altrove"])
    for attempt in (ownership.claim, ownership.release, ownership.return_to_bot, ownership.close):
        with pytest.raises(NotAllowed):
            attempt(conversation.id, stranger)
    with pytest.raises(NotAllowed):
        ownership.reply(conversation.id, stranger, "x", "1")


def test_each_change_of_hands_raises_the_epoch_and_tells_the_person(
    store: Store, ownership: Ownership, conversation: Conversation, operators: tuple[Operator, Operator]
) -> None:
    anna, bruno = operators
    ownership.claim(conversation.id, anna)
    ownership.release(conversation.id, anna)
    ownership.claim(conversation.id, bruno)
    now = ownership.return_to_bot(conversation.id, bruno)
    assert (now.owner, now.epoch) == ("bot", 4)
    told = [m.text for m in store.messages_after(conversation.id)]
    assert len(told) == 4
    assert "Anna" in told[0]
    assert "Sondrio" in told[0]
    kinds = [event["kind"] for event in store.events_of(conversation.id)]
    assert kinds == ["opened", "claimed", "released", "claimed", "returned"]


def test_a_released_conversation_keeps_its_place(
    store: Store, ownership: Ownership, conversation: Conversation, operators: tuple[Operator, Operator]
) -> None:
    with store.database.write() as tx:
        waiting = ownership.enqueue(tx, conversation, "asked")
    ownership.claim(conversation.id, operators[0])
    assert ownership.release(conversation.id, operators[0]).waiting_since == waiting.waiting_since


def test_a_closed_conversation_opens_again_to_the_bot(
    store: Store,
    ownership: Ownership,
    conversation: Conversation,
    operators: tuple[Operator, Operator],
    intake: object,
) -> None:
    from conversations.intake import Intake

    ownership.claim(conversation.id, operators[0])
    assert ownership.close(conversation.id, operators[0]).state == "closed"
    Intake(store).receive(conversation.id, "later", "ancora io")
    now = store.get(conversation.id)
    assert (now.state, now.owner, now.operator_id) == ("open", "bot", None)
