"""The web-chat API's bodies (the contract of docs/web-chat-api.md)."""

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    StringConstraints,
    field_validator,
    model_serializer,
)

from conversations.intake import MAX_EXTERNAL_ID
from conversations.model import Message
from core.clock import iso
from core.text import forbidden_character

Language = Literal["it", "en", "fr", "es", "ar", "sq", "uk", "ru", "zh", "ur", "bn", "pa"]


class NewConversation(BaseModel):
    """What may be said when a conversation is opened; nothing has to be."""

    model_config = ConfigDict(extra="forbid")

    language: Language | None = None
    ambito: Annotated[str, StringConstraints(max_length=64)] | None = None


class OpenedConversation(BaseModel):
    """The conversation's id and the bearer token that its person keeps."""

    id: str
    token: str


class NewMessage(BaseModel):
    """One message. `client_id` is the client's own name for it: the same again is the same message."""

    model_config = ConfigDict(extra="forbid")

    client_id: Annotated[str, StringConstraints(min_length=1, max_length=MAX_EXTERNAL_ID)]
    text: str

    @field_validator("client_id")
    @classmethod
    def _plain(cls, value: str) -> str:
        if wrong := forbidden_character(value):
            raise ValueError(f"holds the control character {wrong}")
        return value


class Accepted(BaseModel):
    """The message is written down as number `seq`."""

    seq: int


class ButtonOut(BaseModel):
    """A choice; to choose it, send `payload` as the text of a message."""

    title: str
    payload: str


class MessageOut(BaseModel):
    """One message of the conversation, in the order of `seq`."""

    seq: int
    at: str
    sender: Literal["user", "bot", "operator", "system"]
    author: str | None = None
    text: str
    buttons: list[ButtonOut]
    language: str | None
    outcome: Literal["answer", "clarify", "emergency", "handoff", "smalltalk", "unsupported"] | None = None
    topics: list[str] | None = None
    source: str | None = None
    checked_on: str | None = None
    note: str | None = Field(None, description="What the reader should know of the text: a translation not reviewed")
    provenance: Literal["curated", "machine", "human", "system"]

    @model_serializer(mode="wrap")
    def _leave_out(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """What a message does not have is left out; its language is always said, if only as not known yet."""
        return {k: v for k, v in serialize(self).items() if v is not None or k == "language"}

    @classmethod
    def of(cls, message: Message) -> "MessageOut":
        """From the store's form."""
        details: dict[str, Any] = {"language": None, "provenance": "human", **message.details}
        return cls(
            seq=message.seq,
            at=iso(message.at),
            sender=message.sender,
            author=message.author,
            text=message.text,
            **details,
        )


class MessagesOut(BaseModel):
    """What is new, and who has the conversation now."""

    messages: list[MessageOut]
    owner: Literal["bot", "queue", "operator"]
