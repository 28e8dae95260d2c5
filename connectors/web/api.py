"""The web-chat API: open a conversation, send a message, wait for what is new."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query

from connectors.web.schemas import Accepted, MessageOut, MessagesOut, NewConversation, NewMessage, OpenedConversation
from conversations.intake import Intake
from conversations.model import Conversation
from conversations.outbox import Outbox
from conversations.store import Store
from core.errors import NotAuthorized
from core.events import wait as wait_for

CHANNEL = "web"
ACCOUNT = "web"
MAX_WAIT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class WebChat:
    """What the routes need."""

    store: Store
    intake: Intake
    outbox: Outbox
    default_ambito: str
    check_ambito: Callable[[str], str]


def bearer(authorization: Annotated[str | None, Header()] = None) -> str:
    """The token of the request. Raises `NotAuthorized`."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotAuthorized("Send the conversation's token: `Authorization: Bearer <token>`.")
    return token.strip()


def router(chat: WebChat) -> APIRouter:
    """The routes under `/api/web`."""
    routes = APIRouter(prefix="/api/web", tags=["web chat"])

    def authorized(conversation_id: str, token: Annotated[str, Depends(bearer)]) -> Conversation:
        return chat.store.authorize(conversation_id, token)

    Authorized = Annotated[Conversation, Depends(authorized)]

    @routes.post("/conversations", status_code=201)
    def open_conversation(new: NewConversation | None = None) -> OpenedConversation:
        """Open a conversation. Without an ambito it is of the deployment's default one."""
        new = new or NewConversation()
        ambito = chat.check_ambito(new.ambito or chat.default_ambito)
        conversation, token = chat.store.open(CHANNEL, ACCOUNT, ambito, new.language)
        return OpenedConversation(id=conversation.id, token=token)

    @routes.post("/conversations/{conversation_id}/messages", status_code=202)
    def send(conversation: Authorized, message: NewMessage) -> Accepted:
        """Send a message. 202 means: written down, whatever happens next. The same `client_id` again is no new one."""
        seq = chat.intake.receive(conversation.id, message.client_id, message.text)
        return Accepted(seq=seq)

    @routes.get("/conversations/{conversation_id}/messages")
    async def read(
        conversation: Authorized,
        after: Annotated[int, Query(ge=0, le=2**31, description="the seq of the last message you have")] = 0,
        wait: Annotated[float, Query(ge=0, description="seconds to wait for news, at most 30")] = 0,
    ) -> MessagesOut:
        """What came after `after`, at once if there is something, else as soon as there is, or empty after `wait`."""
        await asyncio.to_thread(chat.outbox.mark_fetched, conversation.id, after)
        deadline = time.monotonic() + min(wait, MAX_WAIT_SECONDS)
        with chat.store.database.bus.subscribe(conversation.topic) as news:
            while True:
                messages = await asyncio.to_thread(chat.store.messages_after, conversation.id, after)
                left = deadline - time.monotonic()
                if messages or left <= 0:
                    break
                await wait_for(news, left)
        now = await asyncio.to_thread(chat.store.get, conversation.id)
        return MessagesOut(messages=[MessageOut.of(message) for message in messages], owner=now.owner)

    return routes
