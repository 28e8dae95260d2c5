"""The channel through which the services talk to Rasa: one message in, the list of replies out.

Beside Rasa's own REST channel it (a) asks for a shared secret, (b) keeps text, buttons and `custom` of one reply
together instead of splitting them, and (c) answers 500 when a turn failed, where REST answers 200 with an empty list.
"""

import hmac
import logging
import os
from typing import Any, Awaitable, Callable, Dict, List, Optional

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

import bot.fast_actions  # noqa: F401  (speeds up every custom action; see there)

logger = logging.getLogger(__name__)

TOKEN_VARIABLE = "BOT_TOKEN"


class WholeReplies(OutputChannel):
    """Collects each reply as one dictionary, in order."""

    def __init__(self) -> None:
        self.replies: List[Dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return "approdo"

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Keep what the contract names: text, buttons, custom."""
        self.replies.append({key: message[key] for key in ("text", "buttons", "custom") if message.get(key)})

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Rasa calls this for its own error messages only."""
        self.replies.append({"text": text})


class ApprodoInput(InputChannel):
    """`POST /webhooks/approdo/webhook` `{sender, message, metadata}` -> `{replies: [{text, buttons, custom}]}`."""

    def __init__(self, token: Optional[str] = None) -> None:
        self.token = token

    @classmethod
    def name(cls) -> str:
        return "approdo"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> "ApprodoInput":
        return cls(os.environ.get(TOKEN_VARIABLE) or None)

    def _allowed(self, request: Request) -> bool:
        if not self.token:
            return True
        given = request.headers.get("authorization", "")
        # A header may hold bytes that are no text: Sanic hands them over as surrogates.
        return hmac.compare_digest(given.encode(errors="surrogateescape"), f"Bearer {self.token}".encode())

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the channel."""
        routes = Blueprint("approdo_webhook", __name__)

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            # Rasa stays up without a model when loading one failed: that is not ready.
            ready = request.app.ctx.agent.is_ready()
            return response.json({"status": "ok" if ready else "no model"}, status=200 if ready else 503)

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            if not self._allowed(request):
                return response.json({"error": "wrong or missing token"}, status=401)
            body = request.json
            if not isinstance(body, dict) or not all(isinstance(body.get(key), str) for key in ("sender", "message")):
                return response.json({"error": "not a message: sender and message are texts"}, status=400)
            collector = WholeReplies()
            message = UserMessage(
                body["message"],
                collector,
                body["sender"],
                input_channel=self.name(),
                metadata=body.get("metadata"),
            )
            try:
                await on_new_message(message)
            except Exception:
                logger.exception("A turn failed.")
                return response.json({"error": "the turn failed: see Rasa's log"}, status=500)
            return response.json({"replies": collector.replies})

        return routes
