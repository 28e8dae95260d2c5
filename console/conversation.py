"""One conversation: its transcript, what can be done with it, and the reply."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable

from nicegui import ui

from console.words import EVENTS, OWNERS, REASONS, problem_words
from conversations.desk import Desk
from conversations.intake import check_text
from conversations.model import Conversation, Message
from conversations.ownership import Ownership
from conversations.staff import Operator
from core.clock import italian_time
from core.errors import RequestError
from core.languages import LANGUAGES

_LOOKS = {
    "user": "bg-gray-100 dark:bg-gray-800 self-start",
    "bot": "bg-blue-100 dark:bg-blue-900 self-end",
    "operator": "bg-green-100 dark:bg-green-900 self-end",
    "system": "bg-amber-50 dark:bg-amber-950 self-center text-sm",
}
_SPEAKERS = {"user": "Utente", "bot": "Bot", "system": "Sistema"}


class ConversationPanel:
    """The right-hand side of the desk."""

    def __init__(self, desk: Desk, ownership: Ownership, operator: Operator) -> None:
        self.desk, self.ownership, self.operator = desk, ownership, operator
        self.conversation_id: str | None = None
        self.on_change: Callable[[], Awaitable[None]] | None = None
        self.on_toggle: Callable[[bool], object] = lambda _: None
        self._seq = 0
        self._key = str(uuid.uuid4())
        self.empty = ui.label("Scegli una conversazione.").classes("text-gray-500 p-4 max-md:hidden")
        with ui.card().classes("w-full") as self.card:
            ui.button("Elenco", icon="arrow_back", on_click=self._leave).props("flat dense").classes("md:hidden")
            self.title = ui.label().classes("text-lg font-semibold")
            self.subtitle = ui.label().classes("text-sm text-gray-600 dark:text-gray-400")
            self.transcript = ui.column().classes("w-full gap-2 overflow-y-auto max-h-[55vh] p-1").props('role="log"')
            self.actions = ui.row().classes("gap-2")
            with self.actions:
                self.claim = ui.button("Prendi in carico", on_click=self._claim)
                self.give_back = ui.button("Restituisci al bot", on_click=self._return).props("outline")
                self.release = ui.button("Rimetti in attesa", on_click=self._release).props("outline")
                self.close = ui.button("Chiudi", on_click=self._close).props("outline")
            with ui.row().classes("w-full items-end gap-2 no-wrap") as self.composer:
                self.text = ui.textarea("Scrivi alla persona").props("outlined autogrow").classes("flex-1")
                ui.button("Invia", on_click=self._send).props("size=lg")
        self.card.set_visibility(False)

    async def show(self, conversation_id: str) -> None:
        """Open a conversation; the draft of another one is not carried over."""
        if conversation_id != self.conversation_id:
            self.conversation_id, self._seq = conversation_id, 0
            self.transcript.clear()
            self.text.set_value("")
        self.on_toggle(True)
        await self.refresh()

    async def _leave(self) -> None:
        """Back to the list."""
        self.conversation_id = None
        self.card.set_visibility(False)
        self.empty.set_visibility(True)
        self.on_toggle(False)
        if self.on_change:
            await self.on_change()

    async def refresh(self) -> None:
        """Show what is new; nothing that is typed is touched."""
        if self.conversation_id is None:
            return
        conversation = await asyncio.to_thread(self.desk.open, self.conversation_id, self.operator)
        fresh = await asyncio.to_thread(self.desk.store.messages_after, conversation.id, self._seq)
        self.empty.set_visibility(False)
        self.card.set_visibility(True)
        self._show_state(conversation)
        with self.transcript:
            # Another refresh may have shown some of them while this one was reading.
            for message in (m for m in fresh if m.seq > self._seq):
                self._show_message(message)
                self._seq = message.seq
        if fresh:
            ui.run_javascript(f"const e = getHtmlElement({self.transcript.id}); if (e) e.scrollTop = e.scrollHeight")

    def _show_state(self, conversation: Conversation) -> None:
        language = LANGUAGES[conversation.language].italian if conversation.language else "lingua non nota"
        urgent = "URGENTE · " if conversation.urgent else ""
        self.title.set_text(
            f"{urgent}{language} · {conversation.channel} · {self.ownership.ambito_name(conversation.ambito)}"
        )
        self.subtitle.set_text(
            " · ".join(filter(None, (OWNERS[conversation.owner], REASONS.get(conversation.reason, ""))))
        )
        mine = conversation.operator_id == self.operator.id
        self.claim.set_visibility(conversation.owner != "operator")
        for element in (self.give_back, self.release, self.close, self.composer):
            element.set_visibility(mine)

    def _show_message(self, message: Message) -> None:
        speaker = message.author or _SPEAKERS.get(message.sender, message.sender)
        topics = ", ".join(message.details.get("topics") or ())
        caption = " · ".join(filter(None, (speaker, italian_time(message.at), message.details.get("outcome"), topics)))
        with ui.column().classes(f"rounded-lg px-3 py-2 gap-0 max-w-[85%] {_LOOKS[message.sender]}"):
            ui.label(caption).classes("text-xs text-gray-600 dark:text-gray-400")
            ui.label(message.text).props('dir="auto"').classes("whitespace-pre-wrap break-words")

    async def _claim(self) -> None:
        await self._do(self.ownership.claim, "claimed")

    async def _return(self) -> None:
        await self._do(self.ownership.return_to_bot, "returned")

    async def _release(self) -> None:
        await self._do(self.ownership.release, "released")

    async def _close(self) -> None:
        await self._do(self.ownership.close, "closed")

    async def _do(self, step: Callable[[str, Operator], Conversation], kind: str) -> None:
        assert self.conversation_id is not None
        try:
            await asyncio.to_thread(step, self.conversation_id, self.operator)
        except RequestError as error:
            _tell_error(error)
        else:
            ui.notify(EVENTS[kind], type="positive")
        await self._changed()

    async def _send(self) -> None:
        assert self.conversation_id is not None
        try:
            text = check_text(self.text.value or "")
            await asyncio.to_thread(self.ownership.reply, self.conversation_id, self.operator, text, self._key)
        except RequestError as error:
            _tell_error(error)  # what was typed stays
        else:
            self._key = str(uuid.uuid4())
            self.text.set_value("")
        await self._changed()

    async def _changed(self) -> None:
        await self.refresh()
        if self.on_change:
            await self.on_change()


def _tell_error(error: RequestError) -> None:
    ui.notify(problem_words(error), type="warning", timeout=8000, close_button="Chiudi")
