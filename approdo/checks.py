"""`approdo lint` and `approdo test`: what CI runs, in the order in which a failure is cheapest."""

import subprocess
import sys
import time
from pathlib import Path

from approdo.training import RASA, Say, rasa_environment, train
from core.errors import ApprodoError
from core.settings import ROOT, Settings

_BIN = Path(sys.executable).parent


def _run(what: str, command: list[str], say: Say, environment: dict[str, str] | None = None) -> None:
    """Run `command` with its output on the terminal. Raises `ApprodoError` if it fails."""
    say(f"== {what}")
    started = time.monotonic()
    if subprocess.run(command, cwd=ROOT, env=environment).returncode != 0:
        raise ApprodoError(f"{what}: failed")
    say(f"   {time.monotonic() - started:.1f} s")


def lint(say: Say) -> None:
    """Style, types, content. Raises `ApprodoError` at the first that fails."""
    _run("ruff check", [str(_BIN / "ruff"), "check", "--quiet", "--no-cache"], say)
    _run("ruff format", [str(_BIN / "ruff"), "format", "--check", "--quiet"], say)
    _run("mypy", [str(_BIN / "mypy")], say)
    _run("content", [str(_BIN / "approdo"), "kb", "check"], say)


def test_rasa(settings: Settings, model: Path, say: Say) -> None:
    """What runs inside Rasa, in its own environment: unit tests, then Rasa's conversation tests on today's model."""
    python = str(RASA.parent / "python")
    _run("bot: unit tests", [python, "-W", "ignore", "-m", "unittest", "discover", "-s", "tests/bot", "-t", "."], say,
         rasa_environment())  # fmt: skip
    command = [
        str(RASA), "test", "core", "--e2e", "--stories", "tests/conversations", "--model", str(model),
        "--out", str(settings.var_dir / "rasa-test"), "--endpoints", "endpoints.yml", "--fail-on-prediction-errors",
    ]  # fmt: skip
    quiet = rasa_environment(PYTHONWARNINGS="ignore", LOG_LEVEL="ERROR")
    _run("bot: conversation tests", command, say, quiet)


def test(settings: Settings, say: Say, arguments: list[str]) -> None:
    """Everything: lint, train what changed, Rasa's tests, then pytest with `arguments`."""
    lint(say)
    model = train(settings, say)
    test_rasa(settings, model, say)
    _run("pytest", [str(_BIN / "pytest"), *arguments], say)
