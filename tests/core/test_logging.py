import json
from collections.abc import Iterator

import pytest
import structlog

from core.logging import PRIVATE, redact, set_up_logging


@pytest.fixture
def restored() -> Iterator[None]:
    yield
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@pytest.mark.parametrize("key", sorted(PRIVATE))
def test_private_values_become_their_kind_and_length(key: str) -> None:
    assert redact(None, "info", {key: "Ho paura", "conversation": "c1"}) == {key: "<str, 8>", "conversation": "c1"}


def test_a_private_value_without_length_is_hidden_too() -> None:
    assert redact(None, "info", {"phone": 393330000000}) == {"phone": "<private>"}


def test_what_people_wrote_does_not_reach_the_log(capsys: pytest.CaptureFixture[str], restored: None) -> None:
    set_up_logging("info")
    structlog.contextvars.bind_contextvars(token="segretissimo")
    structlog.get_logger().info("received", text="Ho paura", channel="web")
    written = capsys.readouterr().err
    line = json.loads(written)
    assert {key: line[key] for key in ("event", "level", "channel", "text", "token")} == {
        "event": "received",
        "level": "info",
        "channel": "web",
        "text": "<str, 8>",
        "token": "<str, 12>",
    }
    assert "paura" not in written
    assert "segretissimo" not in written


def test_what_is_below_the_level_is_not_written(capsys: pytest.CaptureFixture[str], restored: None) -> None:
    set_up_logging("warning")
    structlog.get_logger().info("quiet")
    structlog.get_logger().warning("loud")
    assert [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()] == ["loud"]
