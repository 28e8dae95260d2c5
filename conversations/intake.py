"""What comes in is written down first, once, and only then thought about (invariants 1 and 2)."""

from typing import Any

import sqlalchemy as sa

from conversations.model import Conversation, Draft
from conversations.store import Store
from conversations.tables import inbox, messages
from core.clock import now_ms
from core.database import Transaction
from core.errors import InvalidInput
from core.metrics import MESSAGES
from core.text import forbidden_character

MAX_CHARACTERS = 4000
MAX_EXTERNAL_ID = 128
# A button may be pressed long after it was shown, but not for ever: the newest so many messages are searched.
_BUTTONS_WITHIN = 60


def check_text(text: str) -> str:
    """`text` as it will be kept. Raises `InvalidInput` that says what is wrong with it."""
    if wrong := forbidden_character(text):
        raise InvalidInput(f"The text holds the control character {wrong}. Send plain text.", field="text")
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise InvalidInput("The text is empty. Write something.", field="text")
    if len(text) > MAX_CHARACTERS:
        raise InvalidInput(
            f"The text has {len(text)} characters; at most {MAX_CHARACTERS} are accepted. Send it in parts.",
            status=413,
            field="text",
        )
    return text


class Intake:
    """The one door by which messages enter."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def receive(self, conversation_id: str, external_id: str, text: str) -> int:
        """Write a message of the person down and put it in the inbox; returns its seq.

        The same `external_id` again, whenever and however often, changes nothing and returns the same seq.
        Raises `InvalidInput`, `NotFound`.
        """
        text = check_text(text)
        with self.store.database.write() as tx:
            conversation = self.store.find(tx, conversation_id)
            key = f"{conversation_id}:{external_id}"
            known = tx.one(
                sa.select(inbox.c.seq).where(inbox.c.account == conversation.account, inbox.c.external_id == key)
            )
            if known is not None:
                return int(known["seq"])
            pressed = self._pressed(tx, conversation, text)
            words = pressed["title"] if pressed else text
            draft = Draft("user", words, details={"language": conversation.language, "provenance": "human"})
            seq = self.store.append(tx, conversation, draft)
            tx.execute(
                inbox.insert().values(
                    account=conversation.account,
                    external_id=key,
                    conversation_id=conversation_id,
                    seq=seq,
                    command=pressed["payload"] if pressed else None,
                    state="pending",
                    attempts=0,
                    available_at=now_ms(),
                )
            )
            if conversation.state == "closed":
                conversation = self.store.change(tx, conversation, state="open")
                self.store.record(tx, conversation, "reopened", "user")
            tx.publish("inbox")
        MESSAGES.labels(conversation.channel).inc()
        return seq

    def _pressed(self, tx: Transaction, conversation: Conversation, text: str) -> dict[str, Any] | None:
        """The button whose payload this is, if this conversation was shown it.

        Only so may a text command Rasa: `/restart` or `/greet` that somebody types is a text like any other.
        """
        if not text.startswith("/"):
            return None
        recent = tx.all(
            sa.select(messages.c.details)
            .where(
                messages.c.conversation_id == conversation.id,
                messages.c.sender != "user",
                messages.c.seq > conversation.last_seq - _BUTTONS_WITHIN,
            )
            .order_by(messages.c.seq.desc())
        )
        offered = (button for row in recent for button in row["details"].get("buttons", ()))
        return next((button for button in offered if button["payload"] == text), None)
