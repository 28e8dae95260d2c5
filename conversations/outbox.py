"""The outbox: what was committed for a person and has not reached them yet.

A channel is one of two kinds. To a *push* channel (Telegram, WhatsApp) the worker here sends, in order within a
conversation, again with growing pauses when it fails, and in the end shows the failure. From a *pull* channel (the web
page) the person's client fetches, and says by the `after` of its next request how far it has read.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa
import structlog

from conversations.model import Message
from conversations.store import Store
from conversations.tables import outbox
from conversations.worker import IDLE_SECONDS, guarded
from core.clock import now_ms
from core.events import wait

logger = structlog.get_logger()

PENDING, SENT, DELIVERED, FAILED = "pending", "sent", "delivered", "failed"
ATTEMPTS = 8


class Push(Protocol):
    """A channel that is sent to."""

    async def send(self, conversation_id: str, message: Message) -> None:
        """Deliver one message; raise whatever went wrong."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One row of the outbox that is due."""

    id: int
    conversation_id: str
    seq: int
    channel: str
    attempts: int


class Outbox:
    """Reads and marks the rows."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def due(self, channels: list[str], limit: int = 32) -> list[Parcel]:
        """The oldest pending row of each conversation on one of `channels`, where its time has come."""
        earlier = outbox.alias("earlier")
        first = ~sa.exists().where(
            earlier.c.conversation_id == outbox.c.conversation_id,
            earlier.c.state == PENDING,
            earlier.c.id < outbox.c.id,
        )
        query = (
            outbox.select()
            .where(outbox.c.state == PENDING, outbox.c.channel.in_(channels), outbox.c.available_at <= now_ms(), first)
            .order_by(outbox.c.id)
            .limit(limit)
        )
        with self.store.database.read() as tx:
            rows = tx.all(query)
        return [Parcel(r["id"], r["conversation_id"], r["seq"], r["channel"], r["attempts"]) for r in rows]

    def mark_sent(self, parcel: Parcel) -> None:
        """The channel has taken it."""
        with self.store.database.write() as tx:
            tx.execute(outbox.update().where(outbox.c.id == parcel.id).values(state=SENT))
            tx.publish("outbox")

    def mark_failed_attempt(self, parcel: Parcel, error: str) -> None:
        """Again later, or, after the last attempt, never: then the desk sees it."""
        attempts = parcel.attempts + 1
        gone = attempts >= ATTEMPTS
        with self.store.database.write() as tx:
            tx.execute(
                outbox.update()
                .where(outbox.c.id == parcel.id)
                .values(
                    state=FAILED if gone else PENDING,
                    attempts=attempts,
                    available_at=now_ms() + 500 * 2**attempts,
                    error=error[:400],
                )
            )
            if gone:
                conversation = self.store.find(tx, parcel.conversation_id)
                self.store.record(tx, conversation, "undelivered", "system", seq=parcel.seq, error=error[:400])
                tx.publish(conversation.desk_topic)

    def mark_fetched(self, conversation_id: str, up_to: int) -> None:
        """A client of a pull channel has everything up to seq `up_to`."""
        waiting = sa.and_(outbox.c.conversation_id == conversation_id, outbox.c.state == PENDING, outbox.c.seq <= up_to)
        with self.store.database.read() as tx:
            if tx.one(sa.select(outbox.c.id).where(waiting).limit(1)) is None:
                return
        with self.store.database.write() as tx:
            tx.execute(outbox.update().where(waiting).values(state=DELIVERED))


class OutboxWorker:
    """Sends what is due on the push channels."""

    def __init__(self, outbox: Outbox, channels: Mapping[str, Push]) -> None:
        self.outbox, self.channels = outbox, channels

    async def run(self) -> None:
        """Until cancelled."""
        with self.outbox.store.database.bus.subscribe("outbox") as news:
            while True:
                parcels = await guarded("outbox", self._due)
                for parcel in parcels:
                    await self.send(parcel)
                if not parcels:
                    await wait(news, IDLE_SECONDS)

    async def _due(self) -> list[Parcel]:
        return await asyncio.to_thread(self.outbox.due, list(self.channels))

    async def send(self, parcel: Parcel) -> None:
        """Send one message and mark how it went."""
        (message,) = await asyncio.to_thread(
            self.outbox.store.messages_after, parcel.conversation_id, parcel.seq - 1, 1
        )
        try:
            await self.channels[parcel.channel].send(parcel.conversation_id, message)
        except Exception as error:
            logger.warning("send_failed", conversation=parcel.conversation_id, attempt=parcel.attempts + 1)
            await asyncio.to_thread(self.outbox.mark_failed_attempt, parcel, f"{type(error).__name__}: {error}")
        else:
            await asyncio.to_thread(self.outbox.mark_sent, parcel)
