"""The in-process event bus: who waits for news of a topic is woken when it is published.

News carries no content: whoever is woken reads the database, which alone is true. So a lost wake-up costs a wait and
never a message, and a subscriber that is slow piles nothing up.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Bus:
    """Topics and those who listen to them. Lives on one event loop; `publish` may be called from any thread."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Deliver on `loop` from now on."""
        self._loop = loop

    @contextmanager
    def subscribe(self, *topics: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever one of `topics` is published; the listener clears it."""
        event = asyncio.Event()
        for topic in topics:
            self._listeners[topic].add(event)
        try:
            yield event
        finally:
            for topic in topics:
                self._listeners[topic].discard(event)
                if not self._listeners[topic]:
                    del self._listeners[topic]

    def publish(self, *topics: str) -> None:
        """Wake all who listen to any of `topics`. Before a loop is attached nobody listens, and nothing happens."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, topics)

    def _wake(self, topics: tuple[str, ...]) -> None:
        for topic in topics:
            for event in tuple(self._listeners.get(topic, ())):
                event.set()


async def wait(event: asyncio.Event, seconds: float) -> bool:
    """Whether `event` was set within `seconds`; clears it."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    event.clear()
    return True
