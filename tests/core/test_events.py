import asyncio

from core.events import Bus, wait


def test_news_wake_who_listens_to_their_topic_and_nobody_else() -> None:
    async def scenario() -> tuple[bool, bool, bool]:
        bus = Bus()
        bus.attach(asyncio.get_running_loop())
        with bus.subscribe("a", "b") as both, bus.subscribe("b") as second, bus.subscribe("c") as other:
            bus.publish("a", "unheard")
            await asyncio.sleep(0)
            return both.is_set(), second.is_set(), other.is_set()

    assert asyncio.run(scenario()) == (True, False, False)


def test_news_may_come_from_another_thread() -> None:
    async def scenario() -> bool:
        bus = Bus()
        bus.attach(asyncio.get_running_loop())
        with bus.subscribe("a") as event:
            await asyncio.to_thread(bus.publish, "a")
            return await wait(event, 5)

    assert asyncio.run(scenario())


def test_who_has_left_is_not_woken_and_not_remembered() -> None:
    async def scenario() -> tuple[bool, int]:
        bus = Bus()
        bus.attach(asyncio.get_running_loop())
        with bus.subscribe("a") as left, bus.subscribe("a") as stays:
            pass
        bus.publish("a")
        await asyncio.sleep(0)
        return left.is_set() or stays.is_set(), len(bus._listeners)

    assert asyncio.run(scenario()) == (False, 0)


def test_without_a_loop_or_after_it_news_are_lost_in_silence() -> None:
    async def attach() -> None:
        bus.attach(asyncio.get_running_loop())

    bus = Bus()
    with bus.subscribe("a") as event:
        bus.publish("a")
        asyncio.run(attach())
        bus.publish("a")
        assert not event.is_set()


def test_waiting_ends_with_the_news_or_with_the_time() -> None:
    async def scenario() -> tuple[bool, bool, bool]:
        event = asyncio.Event()
        event.set()
        return await wait(event, 5), event.is_set(), await wait(event, 0.01)

    assert asyncio.run(scenario()) == (True, False, False)
