"""`/console/desk`: who waits, and the conversation at hand."""

import asyncio

import structlog
from fastapi.responses import RedirectResponse
from nicegui import background_tasks, ui

from console.conversation import ConversationPanel
from console.looks import use_colors
from console.session import Sessions
from console.words import OWNERS, REASONS, waited
from conversations.desk import Desk, Line
from conversations.ownership import Ownership
from conversations.staff import Operator
from core.clock import now_ms
from core.events import wait
from core.languages import LANGUAGES

logger = structlog.get_logger()

# "Waiting since" moves on even when nothing happens.
REFRESH_SECONDS = 20


class QueueList:
    """The list on the left: urgent ones first, then by waiting time."""

    def __init__(self, desk: Desk, operator: Operator, panel: ConversationPanel) -> None:
        self.desk, self.operator, self.panel = desk, operator, panel
        self.column = ui.column().classes("w-full gap-2").props('role="list"')
        self.lines: list[Line] = []

    async def refresh(self) -> None:
        """Read the list anew and show it."""
        self.lines = await asyncio.to_thread(self.desk.lines, self.operator)
        waiting = sum(line.conversation.owner == "queue" for line in self.lines)
        ui.page_title(f"({waiting}) Approdo – Sportello" if waiting else "Approdo – Sportello")
        self.column.clear()
        with self.column:
            ui.label(f"In attesa: {waiting}").classes("text-lg font-semibold").props('aria-live="polite"')
            if not self.lines:
                ui.label("Nessuno aspetta.").classes("text-gray-500")
            for line in self.lines:
                self._line(line)

    def _line(self, line: Line) -> None:
        conversation = line.conversation
        urgent = conversation.urgent and conversation.owner != "operator"
        border = "border-l-4 border-red-600" if urgent else "border-l-4 border-transparent"
        chosen = " bg-blue-50 dark:bg-blue-950" if conversation.id == self.panel.conversation_id else ""
        language = LANGUAGES[conversation.language].italian if conversation.language else "lingua non nota"
        card = (
            ui.card().tight().classes(f"w-full p-3 cursor-pointer {border}{chosen}").props('role="listitem" tabindex=0')
        )
        card.on("click", lambda: self._open(conversation.id))
        card.on("keydown.enter", lambda: self._open(conversation.id))
        with card, ui.column().classes("gap-1 w-full"):
            with ui.row().classes("w-full items-center justify-between no-wrap"):
                ui.label(("URGENTE · " if urgent else "") + language).classes(
                    "font-semibold" + (" text-red-700 dark:text-red-400" if urgent else "")
                )
                ui.label(self._state(line)).classes("text-sm text-gray-600 dark:text-gray-400")
            ui.label(line.preview or "…").props('dir="auto"').classes("w-full")
            ui.label(" · ".join(filter(None, (conversation.channel, REASONS.get(conversation.reason, ""))))).classes(
                "text-sm text-gray-600 dark:text-gray-400"
            )

    def _state(self, line: Line) -> str:
        conversation = line.conversation
        if conversation.owner == "queue" and conversation.waiting_since:
            return waited(now_ms() - conversation.waiting_since)
        if conversation.operator_id == self.operator.id:
            return "con te"
        return f"con {line.holder}" if line.holder else OWNERS[conversation.owner]

    async def _open(self, conversation_id: str) -> None:
        await self.panel.show(conversation_id)
        await self.refresh()


def register(sessions: Sessions, desk: Desk, ownership: Ownership) -> None:
    """Add the page."""

    @ui.page("/desk")
    async def page() -> RedirectResponse | None:
        operator = sessions.operator()
        if operator is None:
            return RedirectResponse("/console/login")
        client = ui.context.client
        use_colors()
        _header(sessions, operator)
        with ui.row().classes("w-full max-w-7xl mx-auto gap-4 items-start"):
            side = ui.column().classes("w-full md:w-96 shrink-0 md:max-h-[calc(100vh-6rem)] overflow-y-auto p-1")
            with ui.column().classes("flex-1 min-w-72"):
                panel = ConversationPanel(desk, ownership, operator)
            with side:
                queue = QueueList(desk, operator, panel)
        # On a phone there is room for the list or the conversation, not for both.
        panel.on_toggle = lambda opened: side.classes(**{"add" if opened else "remove": "max-md:hidden"})
        panel.on_change = queue.refresh
        await queue.refresh()

        async def watch() -> None:
            """Show news as it comes; the clock sees to what news does not tell."""
            topics = [f"desk:{ambito}" for ambito in operator.ambiti]
            with desk.store.database.bus.subscribe(*topics) as news:
                while True:
                    await wait(news, REFRESH_SECONDS)
                    try:
                        with client:
                            await queue.refresh()
                            await panel.refresh()
                    except Exception:
                        # A database that is away for a moment must not leave a console that never moves again.
                        logger.exception("console_not_refreshed")

        task = background_tasks.create(watch(), name="desk")
        client.on_delete(lambda: task.cancel())
        return None


def _header(sessions: Sessions, operator: Operator) -> None:
    def leave() -> None:
        sessions.log_out()
        ui.navigate.to("/login")

    with ui.header().classes("items-center justify-between bg-blue-900"):
        ui.label("Approdo – Sportello").classes("text-lg font-bold")
        with ui.row().classes("items-center gap-3"):
            ui.label(operator.name)
            ui.button("Esci", on_click=leave).props("flat dense color=white")
