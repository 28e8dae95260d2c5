"""Who has a conversation: the bot, the queue, or an operator by name (invariants 3 and 4).

Every change is one transaction: owner and epoch, the event, and what the person is told. A bot's reply that started
in an earlier epoch can no longer be written (conversations/turn.py).
"""

from collections.abc import Callable

import sqlalchemy as sa

from conversations.model import Conversation, Draft
from conversations.staff import Operator
from conversations.store import Store
from conversations.tables import conversations, outbox, staff
from core.clock import now_ms
from core.database import Transaction
from core.errors import AlreadyClaimed, Conflict, NotAllowed
from core.locales import say, spoken


class Ownership:
    """The transitions. `ambito_name` gives the name that people know an ambito by."""

    def __init__(self, store: Store, ambito_name: Callable[[str], str] = str) -> None:
        self.store = store
        self.ambito_name = ambito_name

    def enqueue(
        self, tx: Transaction, conversation: Conversation, reason: str, *, urgent: bool = False, actor: str = "bot"
    ) -> Conversation:
        """Bot or operator -> queue."""
        return self._move(
            tx, conversation, "queued", actor,
            owner="queue", operator_id=None, reason=reason, waiting_since=now_ms(),
            urgent=urgent or conversation.urgent,
        )  # fmt: skip

    def claim(self, conversation_id: str, operator: Operator) -> Conversation:
        """Queue or bot -> `operator`. Whoever already has it keeps it.

        Raises `AlreadyClaimed` with the holder's name, `NotAllowed` for another ambito, `NotFound`.
        """
        with self.store.database.write() as tx:
            conversation = self._allowed(tx, conversation_id, operator)
            if conversation.operator_id == operator.id:
                return conversation
            # Compare and set: of any number of claims, one finds the conversation without an operator.
            won = tx.execute(
                conversations.update()
                .where(conversations.c.id == conversation_id, conversations.c.owner != "operator")
                .values(owner="operator", operator_id=operator.id)
            )
            if won.rowcount == 0:
                raise AlreadyClaimed(self._holder(tx, conversation))
            conversation = self._move(tx, conversation, "claimed", operator.username, state="open")
            self._tell(tx, conversation, "system.joined", name=operator.name)
        return conversation

    def release(self, conversation_id: str, operator: Operator) -> Conversation:
        """`operator` -> queue, keeping its place since it first waited. Raises as `reply` does."""
        with self.store.database.write() as tx:
            conversation = self._held(tx, conversation_id, operator)
            since = conversation.waiting_since or now_ms()
            conversation = self._move(
                tx, conversation, "released", operator.username, owner="queue", operator_id=None, waiting_since=since
            )
            self._tell(tx, conversation, "system.released", name=operator.name)
        return conversation

    def return_to_bot(self, conversation_id: str, operator: Operator) -> Conversation:
        """`operator` -> bot. Raises as `reply` does."""
        return self._give_back(conversation_id, operator, "returned", state="open")

    def close(self, conversation_id: str, operator: Operator) -> Conversation:
        """`operator` -> closed; the person's next message opens it again, to the bot. Raises as `reply` does."""
        return self._give_back(conversation_id, operator, "closed", state="closed")

    def reply(self, conversation_id: str, operator: Operator, text: str, key: str) -> int:
        """A message of `operator` to the person; returns its seq. The same `key` again sends nothing more.

        Raises `Conflict` if the operator does not have the conversation (`AlreadyClaimed` if another one does),
        `NotAllowed` for another ambito, `NotFound`.
        """
        with self.store.database.write() as tx:
            sent = tx.one(
                sa.select(outbox.c.seq).where(
                    outbox.c.conversation_id == conversation_id, outbox.c.idempotency_key == key
                )
            )
            if sent is not None:
                return int(sent["seq"])
            conversation = self._held(tx, conversation_id, operator)
            details = {"language": conversation.language, "provenance": "human"}
            return self.store.post(
                tx, conversation, Draft("operator", text, author=operator.name, details=details), key
            )

    def _give_back(self, conversation_id: str, operator: Operator, kind: str, *, state: str) -> Conversation:
        with self.store.database.write() as tx:
            conversation = self._held(tx, conversation_id, operator)
            conversation = self._move(
                tx, conversation, kind, operator.username,
                owner="bot", operator_id=None, waiting_since=None, urgent=False, reason=None, state=state,
                context={"turns": 0},
            )  # fmt: skip
            self._tell(tx, conversation, f"system.{kind}", name=operator.name)
        return conversation

    def _move(
        self, tx: Transaction, conversation: Conversation, kind: str, actor: str, **values: object
    ) -> Conversation:
        changed = self.store.change(tx, conversation, epoch=conversations.c.epoch + 1, **values)
        self.store.record(tx, changed, kind, actor, reason=changed.reason)
        return changed

    def _tell(self, tx: Transaction, conversation: Conversation, key: str, **words: str) -> None:
        """Tell the person, in their language. Every text may use {ambito}."""
        text = say(key, conversation.language, ambito=self.ambito_name(conversation.ambito), **words)
        details = {"language": spoken(conversation.language), "provenance": "system"}
        self.store.post(tx, conversation, Draft("system", text, details=details))

    def _allowed(self, tx: Transaction, conversation_id: str, operator: Operator) -> Conversation:
        conversation = self.store.find(tx, conversation_id)
        if conversation.ambito not in operator.ambiti:
            raise NotAllowed("This conversation belongs to another ambito.")
        return conversation

    def _held(self, tx: Transaction, conversation_id: str, operator: Operator) -> Conversation:
        conversation = self._allowed(tx, conversation_id, operator)
        if conversation.operator_id == operator.id:
            return conversation
        if conversation.owner == "operator":
            raise AlreadyClaimed(self._holder(tx, conversation))
        raise Conflict("You do not have this conversation. Claim it first.")

    def _holder(self, tx: Transaction, conversation: Conversation) -> str:
        query = (
            sa.select(staff.c.name)
            .join(conversations, conversations.c.operator_id == staff.c.id)
            .where(conversations.c.id == conversation.id)
        )
        row = tx.one(query)
        return str(row["name"]) if row else "?"
