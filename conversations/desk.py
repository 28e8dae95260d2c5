"""What the operators of an ambito see: who waits, who is being helped, and by whom."""

from dataclasses import dataclass

import sqlalchemy as sa

from conversations.model import Conversation
from conversations.staff import Operator, Staff
from conversations.store import Store
from conversations.tables import conversations, messages
from core.errors import NotAllowed

PREVIEW = 90


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the desk's list. `holder` is the name of the operator who has the conversation, if one has."""

    conversation: Conversation
    preview: str
    holder: str | None


class Desk:
    """Reads; the transitions are in conversations/ownership.py."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def lines(self, operator: Operator, limit: int = 200) -> list[Line]:
        """Conversations that a person should see: urgent ones first, then the queue by waiting time, then the held.

        An urgent conversation that the bot still has is among them: an operator may step in.
        """
        c = conversations.c
        ranks = sa.case((c.urgent & (c.owner != "operator"), 0), (c.owner == "queue", 1), else_=2)
        query = (
            conversations.select()
            .where(c.ambito.in_(operator.ambiti), c.state == "open", sa.or_(c.owner != "bot", c.urgent))
            .order_by(ranks, sa.func.coalesce(c.waiting_since, c.updated_at), c.id)
            .limit(limit)
        )
        with self.store.database.read() as tx:
            rows = [Conversation.from_row(row) for row in tx.all(query)]
        names = self._names()
        return [Line(row, self._preview(row), names.get(row.operator_id or 0)) for row in rows]

    def open(self, conversation_id: str, operator: Operator) -> Conversation:
        """The conversation, if it is of one of the operator's ambiti. Raises `NotFound`, `NotAllowed`."""
        conversation = self.store.get(conversation_id)
        if conversation.ambito not in operator.ambiti:
            raise NotAllowed("This conversation belongs to another ambito.")
        return conversation

    def queue_lengths(self) -> dict[str, int]:
        """Ambito -> how many conversations wait for a person."""
        c = conversations.c
        query = sa.select(c.ambito, sa.func.count().label("n")).where(c.owner == "queue").group_by(c.ambito)
        with self.store.database.read() as tx:
            return {row["ambito"]: row["n"] for row in tx.all(query)}

    def _names(self) -> dict[int, str]:
        return Staff(self.store.database).names()

    def _preview(self, conversation: Conversation) -> str:
        """The beginning of the person's newest message."""
        query = (
            sa.select(messages.c.body)
            .where(messages.c.conversation_id == conversation.id, messages.c.sender == "user")
            .order_by(messages.c.seq.desc())
            .limit(1)
        )
        with self.store.database.read() as tx:
            row = tx.one(query)
        text = self.store.cipher.open(row["body"], conversation.id) if row else ""
        line = " ".join(text.split())
        return line if len(line) <= PREVIEW else line[: PREVIEW - 1] + "…"
