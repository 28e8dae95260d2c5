"""What the rest of the house sees of a conversation: plain values, no SQL."""

from dataclasses import dataclass, field
from typing import Any, Literal

Sender = Literal["user", "bot", "operator", "system"]
Owner = Literal["bot", "queue", "operator"]


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person on one channel."""

    id: str
    channel: str
    account: str
    ambito: str
    language: str | None
    owner: Owner
    operator_id: int | None
    epoch: int
    state: str
    urgent: bool
    reason: str | None
    waiting_since: int | None
    last_seq: int
    context: dict[str, Any]
    created_at: int
    updated_at: int

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> "Conversation":
        """From a row of the table; columns that only the store needs are left behind."""
        return cls(**{name: row[name] for name in cls.__slots__})

    @property
    def topic(self) -> str:
        """The bus topic on which news of this conversation is published."""
        return f"conversation:{self.id}"

    @property
    def desk_topic(self) -> str:
        """The bus topic of its ambito's desk."""
        return f"desk:{self.ambito}"


@dataclass(frozen=True, slots=True)
class Button:
    """A choice: what the person reads and what the channel sends back."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that is about to be written into a conversation."""

    sender: Sender
    text: str
    author: str | None = None
    buttons: tuple[Button, ...] = ()
    # language, outcome, topics, source, checked_on, note, provenance … as the web-chat API shows them
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a conversation, opened. `at` is milliseconds since 1970."""

    seq: int
    at: int
    sender: Sender
    author: str | None
    text: str
    details: dict[str, Any]
