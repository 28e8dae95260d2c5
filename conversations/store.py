"""Reading and writing conversations: the only module that knows how a message lies in the database."""

import hashlib
import secrets
import uuid
from typing import Any

import sqlalchemy as sa

from conversations.model import Conversation, Draft, Message
from conversations.tables import conversations, events, messages, outbox
from core.clock import now_ms
from core.crypto import Cipher
from core.database import Database, Transaction
from core.errors import NotAuthorized, NotFound


def hash_token(token: str) -> str:
    """What is kept of a bearer token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


class Store:
    """Conversations, their messages and their events."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self.database = database
        self.cipher = cipher

    def open(
        self, channel: str, account: str, ambito: str, language: str | None, contact: str | None = None
    ) -> tuple[Conversation, str]:
        """A new conversation that the bot owns, and the token by which its person is known."""
        token, now, new_id = secrets.token_urlsafe(32), now_ms(), str(uuid.uuid4())
        row: dict[str, Any] = {
            "id": new_id, "channel": channel, "account": account, "contact": contact or new_id,
            "token_hash": hash_token(token), "ambito": ambito, "language": language,
            "owner": "bot", "operator_id": None, "epoch": 0, "state": "open", "urgent": False, "reason": None,
            "waiting_since": None, "last_seq": 0, "context": {}, "created_at": now, "updated_at": now,
        }  # fmt: skip
        with self.database.write() as tx:
            tx.execute(conversations.insert().values(row))
            conversation = Conversation.from_row(row)
            self.record(tx, conversation, "opened", "user")
        return conversation, token

    def find(self, tx: Transaction, conversation_id: str) -> Conversation:
        """Raises `NotFound`."""
        row = tx.one(conversations.select().where(conversations.c.id == conversation_id))
        if row is None:
            raise NotFound("There is no such conversation. Open one with POST /api/web/conversations.")
        return Conversation.from_row(row)

    def get(self, conversation_id: str) -> Conversation:
        """Raises `NotFound`."""
        with self.database.read() as tx:
            return self.find(tx, conversation_id)

    def authorize(self, conversation_id: str, token: str) -> Conversation:
        """The conversation, if `token` is its own. Raises `NotFound` or `NotAuthorized`."""
        with self.database.read() as tx:
            row = tx.one(conversations.select().where(conversations.c.id == conversation_id))
        if row is None:
            raise NotFound("There is no such conversation. Open one with POST /api/web/conversations.")
        if not row["token_hash"] or not secrets.compare_digest(row["token_hash"], hash_token(token)):
            raise NotAuthorized("The token is not this conversation's. Send the one you got when you opened it.")
        return Conversation.from_row(row)

    def change(self, tx: Transaction, conversation: Conversation, **values: Any) -> Conversation:
        """Write `values`; returns the conversation as it now is."""
        values["updated_at"] = now_ms()
        tx.execute(conversations.update().where(conversations.c.id == conversation.id).values(**values))
        tx.publish(conversation.topic, conversation.desk_topic)
        return self.find(tx, conversation.id)

    def append(self, tx: Transaction, conversation: Conversation, draft: Draft) -> int:
        """Write a message as the newest of its conversation; returns its seq."""
        newest = tx.one(
            conversations.update()
            .where(conversations.c.id == conversation.id)
            .values(last_seq=conversations.c.last_seq + 1, updated_at=now_ms())
            .returning(conversations.c.last_seq)
        )
        assert newest is not None
        details = {**draft.details, "buttons": [{"title": b.title, "payload": b.payload} for b in draft.buttons]}
        tx.execute(
            messages.insert().values(
                conversation_id=conversation.id,
                seq=newest["last_seq"],
                at=now_ms(),
                sender=draft.sender,
                author=draft.author,
                body=self.cipher.seal(draft.text, conversation.id),
                details=details,
            )
        )
        tx.publish(conversation.topic, conversation.desk_topic)
        return int(newest["last_seq"])

    def post(self, tx: Transaction, conversation: Conversation, draft: Draft, key: str | None = None) -> int:
        """Write a message to the person and, in the same transaction, its row in the outbox; returns its seq."""
        seq = self.append(tx, conversation, draft)
        tx.execute(
            outbox.insert().values(
                conversation_id=conversation.id,
                seq=seq,
                idempotency_key=key,
                channel=conversation.channel,
                state="pending",
                attempts=0,
                available_at=now_ms(),
            )
        )
        tx.publish("outbox")
        return seq

    def record(self, tx: Transaction, conversation: Conversation, kind: str, actor: str, **data: Any) -> None:
        """Write an event; `conversation` is as it is after it."""
        tx.execute(
            events.insert().values(
                at=now_ms(),
                conversation_id=conversation.id,
                kind=kind,
                actor=actor,
                epoch=conversation.epoch,
                data=data,
            )
        )

    def messages_after(self, conversation_id: str, after: int = 0, limit: int = 200) -> list[Message]:
        """Messages with a seq above `after`, in order, opened."""
        query = (
            messages.select()
            .where(messages.c.conversation_id == conversation_id, messages.c.seq > after)
            .order_by(messages.c.seq)
            .limit(limit)
        )
        with self.database.read() as tx:
            return [self._open_message(row) for row in tx.all(query)]

    def latest_messages(self, conversation_id: str, limit: int = 200) -> list[Message]:
        """The newest `limit` messages, oldest first."""
        query = (
            messages.select()
            .where(messages.c.conversation_id == conversation_id)
            .order_by(messages.c.seq.desc())
            .limit(limit)
        )
        with self.database.read() as tx:
            return [self._open_message(row) for row in reversed(tx.all(query))]

    def events_of(self, conversation_id: str) -> list[dict[str, Any]]:
        """Everything that happened to a conversation, in order."""
        with self.database.read() as tx:
            return tx.all(events.select().where(events.c.conversation_id == conversation_id).order_by(events.c.id))

    def text_of(self, tx: Transaction, conversation_id: str, seq: int) -> str:
        """The text of one message."""
        row = tx.one(
            sa.select(messages.c.body).where(messages.c.conversation_id == conversation_id, messages.c.seq == seq)
        )
        assert row is not None
        return self.cipher.open(row["body"], conversation_id)

    def _open_message(self, row: dict[str, Any]) -> Message:
        return Message(
            seq=row["seq"],
            at=row["at"],
            sender=row["sender"],
            author=row["author"],
            text=self.cipher.open(row["body"], row["conversation_id"]),
            details=row["details"],
        )
