"""The inbox: messages that are written down and not yet dealt with, in order, one of a conversation at a time."""

from dataclasses import dataclass

import sqlalchemy as sa

from conversations.tables import inbox
from core.clock import now_ms
from core.database import Database, Transaction

PENDING, LEASED, DONE = "pending", "leased", "done"


@dataclass(frozen=True, slots=True)
class Work:
    """A message whose turn has come."""

    id: int
    conversation_id: str
    seq: int
    command: str | None
    attempts: int
    first_attempt_at: int


class Inbox:
    """Leases messages to the worker of this process; on SQLite there is one such process."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def recover(self) -> int:
        """Take back what a killed process had leased; returns how many messages that were. Call it once, at start."""
        with self.database.write() as tx:
            tx.execute(inbox.update().where(inbox.c.state == PENDING).values(first_attempt_at=None, attempts=0))
            done = tx.execute(
                inbox.update()
                .where(inbox.c.state == LEASED)
                .values(state=PENDING, first_attempt_at=None, attempts=0, available_at=now_ms())
            )
        return int(done.rowcount)

    def lease(self, limit: int) -> list[Work]:
        """At most `limit` messages, each the oldest unfinished one of its conversation, marked as leased."""
        earlier = inbox.alias("earlier")
        is_first = ~sa.exists().where(
            earlier.c.conversation_id == inbox.c.conversation_id,
            earlier.c.state.in_((PENDING, LEASED)),
            earlier.c.id < inbox.c.id,
        )
        now = now_ms()
        due = (
            inbox.select()
            .where(inbox.c.state == PENDING, inbox.c.available_at <= now, is_first)
            .order_by(inbox.c.id)
            .limit(limit)
        )
        with self.database.read() as tx:
            if tx.one(due.with_only_columns(inbox.c.id).limit(1)) is None:
                return []
        with self.database.write() as tx:
            rows = tx.all(due)
            first = sa.func.coalesce(inbox.c.first_attempt_at, now)
            tx.execute(
                inbox.update()
                .where(inbox.c.id.in_([row["id"] for row in rows]))
                .values(state=LEASED, attempts=inbox.c.attempts + 1, first_attempt_at=first)
            )
        return [
            Work(
                id=row["id"],
                conversation_id=row["conversation_id"],
                seq=row["seq"],
                command=row["command"],
                attempts=row["attempts"] + 1,
                first_attempt_at=row["first_attempt_at"] or now,
            )
            for row in rows
        ]

    def finish(self, tx: Transaction, work: Work, outcome: str) -> None:
        """Nothing more is to be done about it."""
        tx.execute(inbox.update().where(inbox.c.id == work.id).values(state=DONE, outcome=outcome))
        tx.publish("inbox")  # the next one of the conversation may go

    def retry(self, work: Work, delay_ms: int) -> None:
        """Try again, not before `delay_ms` milliseconds."""
        with self.database.write() as tx:
            tx.execute(
                inbox.update().where(inbox.c.id == work.id).values(state=PENDING, available_at=now_ms() + delay_ms)
            )

    def waiting(self) -> int:
        """How many messages are not finished."""
        with self.database.read() as tx:
            row = tx.one(sa.select(sa.func.count().label("n")).where(inbox.c.state != DONE))
        return int(row["n"]) if row else 0
