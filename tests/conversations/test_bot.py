import asyncio
import json
from collections.abc import Callable

import httpx
import pytest

from conversations.bot import Bot, Question, read_reply
from core.errors import BotUnavailable

QUESTION = Question("c1", 2, "ciao", None, "it", "sondrio", {"turns": 65, "topic": "x"})


def bot(answer: Callable[[httpx.Request], httpx.Response]) -> Bot:
    made = Bot("http://rasa", "token", 1)
    made._client = httpx.AsyncClient(
        transport=httpx.MockTransport(answer), base_url="http://rasa", headers=made._client.headers
    )
    return made


def test_what_a_turn_needs_travels_with_it() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(
            200, json={"replies": [{"text": "ok", "custom": {"language": "it", "outcome": "answer"}}]}
        )

    (reply,) = asyncio.run(bot(answer).reply(QUESTION))
    body = json.loads(seen[0].content)
    assert reply.draft.text == "ok"
    assert seen[0].headers["authorization"] == "Bearer token"
    assert body["metadata"] == {"language": "it", "ambito": "sondrio", "context": {"turns": 65, "topic": "x"}}
    # A new epoch and every thirty turns begin a new tracker: a long one is slow.
    assert body["sender"] == "c1.2.2"


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(200, json={"replies": []}),
        httpx.Response(200, json=[]),
        httpx.Response(200, text="not json"),
        httpx.Response(500, json={"error": "x"}),
        httpx.Response(200, json={"replies": [{"text": "", "custom": {"language": "it"}}]}),
        httpx.Response(200, json={"replies": [{"text": "no custom"}]}),
        httpx.Response(200, json={"replies": [{"text": "x", "custom": {"language": "it", "effects": {"unknown": 1}}}]}),
        httpx.Response(
            200, json={"replies": [{"text": "x", "custom": {"language": "it"}, "buttons": [{"title": "y"}]}]}
        ),
    ],
)
def test_an_empty_or_broken_answer_is_a_failure(response: httpx.Response) -> None:
    with pytest.raises(BotUnavailable) as error:
        asyncio.run(bot(lambda _: response).reply(QUESTION))
    assert not error.value.down


def test_a_bot_that_is_not_there_is_told_from_one_that_is_slow() -> None:
    def refused(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    def slow(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow")

    for answer, down in ((refused, True), (slow, False)):
        with pytest.raises(BotUnavailable) as error:
            asyncio.run(bot(answer).reply(QUESTION))
        assert error.value.down is down


def test_effects_are_read_and_not_shown() -> None:
    custom = {"language": "ar", "outcome": "handoff", "effects": {"handoff": "asked", "context": {"misses": 1}}}
    reply = read_reply({"text": "x", "buttons": [{"title": "t", "payload": "/p"}], "custom": custom})
    assert reply.effects.handoff == "asked"
    assert reply.effects.context == {"misses": 1}
    assert "effects" not in reply.draft.details
