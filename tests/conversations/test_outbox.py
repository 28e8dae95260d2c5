import asyncio

from conversations.model import Conversation, Draft, Message
from conversations.outbox import ATTEMPTS, Outbox, OutboxWorker
from conversations.store import Store


class Recorder:
    """A push channel that fails as often as it is told."""

    def __init__(self, failures: int = 0) -> None:
        self.failures, self.sent = failures, list[str]()

    async def send(self, conversation_id: str, message: Message) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("away")
        self.sent.append(message.text)


def post(store: Store, conversation: Conversation, *texts: str) -> None:
    with store.database.write() as tx:
        for text in texts:
            store.post(tx, conversation, Draft("bot", text))


def states(store: Store) -> list[str]:
    with store.database.read() as tx:
        return list(tx.connection.exec_driver_sql("select state from outbox order by id").scalars())


def due_now(store: Store) -> None:
    with store.database.write() as tx:
        tx.connection.exec_driver_sql("update outbox set available_at = 0")


async def send_all(worker: OutboxWorker, rounds: int) -> None:
    for _ in range(rounds):
        due_now(worker.outbox.store)
        for parcel in worker.outbox.due(["push"]):
            await worker.send(parcel)


def test_messages_leave_in_order_and_a_failure_holds_back_what_follows(store: Store) -> None:
    conversation, _ = store.open("push", "bot", "sondrio", None)
    post(store, conversation, "uno", "due")
    channel = Recorder(failures=1)
    worker = OutboxWorker(Outbox(store), {"push": channel})
    asyncio.run(send_all(worker, 1))
    assert (channel.sent, states(store)) == ([], ["pending", "pending"])
    asyncio.run(send_all(worker, 2))
    assert (channel.sent, states(store)) == (["uno", "due"], ["sent", "sent"])


def test_a_reply_that_fails_for_good_is_shown_and_frees_the_next(store: Store) -> None:
    conversation, _ = store.open("push", "bot", "sondrio", None)
    post(store, conversation, "perso", "dopo")
    channel = Recorder(failures=ATTEMPTS)
    asyncio.run(send_all(OutboxWorker(Outbox(store), {"push": channel}), ATTEMPTS + 1))
    assert states(store) == ["failed", "sent"]
    assert "undelivered" in [event["kind"] for event in store.events_of(conversation.id)]


def test_what_the_page_has_fetched_is_delivered(store: Store, conversation: Conversation) -> None:
    post(store, conversation, "uno", "due", "tre")
    Outbox(store).mark_fetched(conversation.id, 2)
    assert states(store) == ["delivered", "delivered", "pending"]
