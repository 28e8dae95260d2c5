"""The loops that empty inbox and outbox, woken by news and, should news be lost, by the clock."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import structlog

from conversations.inbox import Inbox, Work
from conversations.turn import Turns
from core.events import Bus, wait
from core.metrics import TURN_SECONDS, TURNS

logger = structlog.get_logger()
T = TypeVar("T")

# A retry is due at a time, not at a piece of news.
IDLE_SECONDS = 0.4
# A turn that breaks in a way nobody foresaw is tried so often, with this pause between, before a person is called.
BROKEN_ATTEMPTS = 5
BROKEN_PAUSE_MS = 2000


class InboxWorker:
    """Takes turns side by side, at most `concurrency` at once, one of a conversation at a time."""

    def __init__(self, bus: Bus, inbox: Inbox, turns: Turns, concurrency: int = 16) -> None:
        self.bus, self.inbox, self.turns, self.concurrency = bus, inbox, turns, concurrency
        self._running: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until cancelled; turns under way are then left to the next start."""
        with self.bus.subscribe("inbox") as news:
            while True:
                free = self.concurrency - len(self._running)
                work = await guarded("lease", self._lease, free) if free else []
                for each in work:
                    task = asyncio.create_task(self._take(each))
                    self._running.add(task)
                    task.add_done_callback(self._running.discard)
                if not work:
                    await wait(news, IDLE_SECONDS)

    async def _lease(self, free: int) -> list[Work]:
        return await asyncio.to_thread(self.inbox.lease, free)

    async def _take(self, work: Work) -> None:
        with TURN_SECONDS.time():
            outcome = "error"
            try:
                outcome = await self.turns.take(work)
            except Exception:
                logger.exception("turn_broken", conversation=work.conversation_id, attempt=work.attempts)
                await guarded("retry", self._put_back, work)
        TURNS.labels(outcome).inc()
        self.bus.publish("inbox")

    async def _put_back(self, work: Work) -> Sequence[Work]:
        """Again later, for a disk that is full, say; a person at last, for a message that no turn can be made of.

        Should this fail too, nothing is lost: the row is found leased at the next start.
        """
        if work.attempts < BROKEN_ATTEMPTS:
            await asyncio.to_thread(self.inbox.retry, work, BROKEN_PAUSE_MS)
        else:
            await asyncio.to_thread(self.turns.give_up, work)
        return ()


async def guarded(what: str, step: Callable[..., Awaitable[Sequence[T]]], *arguments: object) -> Sequence[T]:
    """What `step` returns; nothing, and a pause, where it fails: a loop outlives a database that is away."""
    try:
        return await step(*arguments)
    except Exception:
        logger.exception("loop_failed", step=what)
        await asyncio.sleep(1)
        return ()
