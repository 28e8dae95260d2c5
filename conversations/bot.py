"""The bot as the conversations see it: one message in, replies and their effects out. HTTP is all there is between."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from conversations.model import Button, Draft
from core.errors import BotUnavailable

# Rasa's turn gets slower as its tracker grows; what a turn needs to know travels with it, so a tracker may end.
TURNS_A_TRACKER = 30


@dataclass(frozen=True, slots=True)
class Question:
    """A message for the bot. `context` is what the dialogue is about: topic, offer, misses, turns."""

    conversation_id: str
    epoch: int
    text: str
    command: str | None
    language: str | None
    ambito: str
    context: dict[str, Any]

    @property
    def sender(self) -> str:
        """The id of Rasa's tracker."""
        return f"{self.conversation_id}.{self.epoch}.{self.context.get('turns', 0) // TURNS_A_TRACKER}"

    @property
    def message(self) -> str:
        """What Rasa reads: a button's command as it is, typed text without the slash that would make it a command."""
        return self.command or self.text.lstrip("/").strip() or "?"


@dataclass(frozen=True, slots=True)
class Effects:
    """What a reply does beside being read."""

    handoff: str | None = None  # the reason for which a person is called
    urgent: bool = False
    language: str | None = None  # what the person writes, also where there are no words to answer in it
    context: dict[str, Any] = field(default_factory=dict)  # merged into the conversation's


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the bot."""

    draft: Draft
    effects: Effects


def read_reply(raw: dict[str, Any]) -> Reply:
    """From Rasa's form; raises `BotUnavailable` for one that is not a reply of ours."""
    custom = raw.get("custom")
    text = raw.get("text")
    if not isinstance(custom, dict) or not isinstance(text, str) or not text.strip() or "language" not in custom:
        raise BotUnavailable("Rasa answered something that is not a reply")
    details = {key: value for key, value in custom.items() if key != "effects"}
    try:
        buttons = tuple(Button(str(b["title"]), str(b["payload"])) for b in raw.get("buttons", ()))
        effects = Effects(**custom.get("effects", {}))
    except (TypeError, KeyError) as error:
        raise BotUnavailable(f"Rasa answered a reply that cannot be read: {error}") from error
    return Reply(Draft("bot", text, buttons=buttons, details=details), effects)


class Bot:
    """Calls Rasa's channel (bot/channel.py)."""

    def __init__(self, url: str, token: str | None, timeout_seconds: float) -> None:
        self._client = httpx.AsyncClient(
            base_url=url,
            timeout=timeout_seconds,
            headers={"Authorization": f"Bearer {token}"} if token else {},
            limits=httpx.Limits(max_connections=32),
        )

    async def reply(self, question: Question) -> list[Reply]:
        """The bot's replies, at least one. Raises `BotUnavailable`: an empty answer is a failure to us."""
        body = {
            "sender": question.sender,
            "message": question.message,
            "metadata": {
                "language": question.language,
                "ambito": question.ambito,
                "context": question.context,
            },
        }
        try:
            response = await self._client.post("/webhooks/approdo/webhook", json=body)
            response.raise_for_status()
            raw = response.json()["replies"]
        except httpx.ConnectError as error:
            raise BotUnavailable(f"Rasa is not there: {error}", down=True) from error
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise BotUnavailable(f"Rasa failed: {type(error).__name__} {error}") from error
        if not raw:
            raise BotUnavailable("Rasa answered nothing")
        return [read_reply(reply) for reply in raw]

    async def is_ready(self) -> bool:
        """Whether Rasa is up with its model loaded."""
        try:
            response = await self._client.get("/webhooks/approdo/", timeout=2)
        except httpx.HTTPError:
            return False
        return response.status_code == 200

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()
