import asyncio
from collections.abc import Awaitable, Callable

import pytest

from conversations import worker as worker_module
from conversations.inbox import Inbox
from conversations.intake import Intake
from conversations.model import Conversation
from conversations.ownership import Ownership
from conversations.store import Store
from conversations.turn import Turns
from conversations.worker import BROKEN_ATTEMPTS, InboxWorker
from tests.conftest import ScriptedBot, bot_reply


def run_until(worker: InboxWorker, store: Store, done: Callable[[], bool], seconds: float = 15) -> None:
    """Run the loop until `done`; fails after `seconds`."""

    async def running() -> None:
        store.database.bus.attach(asyncio.get_running_loop())
        task = asyncio.create_task(worker.run())
        try:
            async with asyncio.timeout(seconds):
                while not await asyncio.to_thread(done):
                    await asyncio.sleep(0.02)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(running())


def spoken(store: Store, conversation: Conversation) -> list[str]:
    return [m.sender for m in store.messages_after(conversation.id)]


def test_what_comes_in_while_the_loop_runs_is_answered_in_order(
    store: Store, inbox: Inbox, ownership: Ownership, intake: Intake, conversation: Conversation
) -> None:
    bot = ScriptedBot([bot_reply()])
    worker = InboxWorker(store.database.bus, inbox, Turns(store, inbox, ownership, bot))
    for external in "abc":
        intake.receive(conversation.id, external, external)
    run_until(worker, store, lambda: inbox.waiting() == 0)
    assert [question.text for question in bot.asked] == ["a", "b", "c"]
    assert spoken(store, conversation) == ["user"] * 3 + ["bot"] * 3


def test_a_message_that_breaks_every_turn_ends_with_a_person(
    store: Store,
    inbox: Inbox,
    ownership: Ownership,
    intake: Intake,
    conversation: Conversation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker_module, "BROKEN_PAUSE_MS", 0)
    bot = ScriptedBot(ZeroDivisionError("nobody foresaw this"))
    worker = InboxWorker(store.database.bus, inbox, Turns(store, inbox, ownership, bot))
    intake.receive(conversation.id, "a", "a")
    run_until(worker, store, lambda: inbox.waiting() == 0)
    assert len(bot.asked) == BROKEN_ATTEMPTS
    now = store.get(conversation.id)
    assert (now.owner, now.reason) == ("queue", "bot_failed")
    assert spoken(store, conversation) == ["user", "system"]


def test_the_loop_outlives_a_database_that_is_away(
    store: Store,
    inbox: Inbox,
    ownership: Ownership,
    intake: Intake,
    conversation: Conversation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = 0
    real: Callable[..., Awaitable[object]] = inbox.lease  # type: ignore[assignment]

    def lease(limit: int) -> object:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise OSError("away")
        return real(limit)

    monkeypatch.setattr(inbox, "lease", lease)
    worker = InboxWorker(store.database.bus, inbox, Turns(store, inbox, ownership, ScriptedBot([bot_reply()])))
    intake.receive(conversation.id, "a", "a")
    run_until(worker, store, lambda: inbox.waiting() == 0)
    assert spoken(store, conversation) == ["user", "bot"]
