import pytest

from conversations.desk import Desk
from conversations.model import Conversation
from conversations.ownership import Ownership
from conversations.staff import Operator, Staff
from conversations.store import Store
from core.errors import NotAllowed
from tests.conftest import PASSWORD


def enqueue(store: Store, ownership: Ownership, *, urgent: bool = False, since: int | None = None) -> Conversation:
    conversation, _ = store.open("web", "web", "sondrio", "ar")
    with store.database.write() as tx:
        conversation = ownership.enqueue(tx, conversation, "asked", urgent=urgent)
        return store.change(tx, conversation, waiting_since=since) if since else conversation


def test_urgent_first_then_by_waiting_time_then_the_held(
    store: Store, ownership: Ownership, operators: tuple[Operator, Operator]
) -> None:
    held = enqueue(store, ownership, since=1)
    ownership.claim(held.id, operators[1])
    late = enqueue(store, ownership, since=3000)
    early = enqueue(store, ownership, since=2000)
    urgent = enqueue(store, ownership, urgent=True, since=4000)
    store.open("web", "web", "sondrio", "it")  # the bot's own: nobody has to see it
    lines = Desk(store).lines(operators[0])
    assert [line.conversation.id for line in lines] == [urgent.id, early.id, late.id, held.id]
    assert lines[-1].holder == "Bruno"
    assert Desk(store).queue_lengths() == {"sondrio": 3}


def test_an_operator_sees_nothing_of_another_ambito(store: Store, ownership: Ownership) -> None:
    waiting = enqueue(store, ownership)
    stranger = Staff(store.database).add("carla", "Carla", PASSWORD, ["altrove"])
    assert Desk(store).lines(stranger) == []
    with pytest.raises(NotAllowed):
        Desk(store).open(waiting.id, stranger)
