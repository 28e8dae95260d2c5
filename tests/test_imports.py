"""The walls of the house: imports run downwards only (docs/architecture.md)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.settings import ROOT

# What each room may import of the others.
ALLOWED = {
    "core": set(),
    "knowledge": {"core"},
    "conversations": {"core"},
    "connectors": {"conversations", "core"},
    "actions": {"knowledge", "conversations", "core"},
    "console": {"conversations", "knowledge", "core"},
    "approdo": {"connectors", "actions", "console", "conversations", "knowledge", "core", "benchmarks"},
    "benchmarks": {"approdo", "conversations", "knowledge", "core"},
    "bot": set(),
}
# The edge of the house holds channels that know no Rasa; only the bot's own environment has it.
FOREIGN = {"rasa": {"bot"}, "rasa_sdk": {"actions"}, "nicegui": {"console"}, "fastapi": {"connectors", "actions",
           "console", "approdo"}}  # fmt: skip


def sources(room: str) -> Iterator[Path]:
    return (path for path in sorted((ROOT / room).rglob("*.py")) if ".venv" not in path.parts)


def imported(path: Path) -> Iterator[str]:
    """The top-level names of everything that `path` imports, at whatever depth of the code."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("room", ALLOWED)
def test_imports_run_downwards_only(room: str) -> None:
    paths = list(sources(room))
    assert paths, room
    for path in paths:
        rooms = set(imported(path)) & ALLOWED.keys() - {room}
        assert rooms <= ALLOWED[room], f"{path.relative_to(ROOT)} imports {sorted(rooms - ALLOWED[room])}"


@pytest.mark.parametrize("library", FOREIGN)
def test_a_library_stays_in_its_room(library: str) -> None:
    for room in ALLOWED.keys() - FOREIGN[library]:
        for path in sources(room):
            assert library not in set(imported(path)), f"{path.relative_to(ROOT)} imports {library}"


@pytest.mark.parametrize("room", ALLOWED)
def test_modules_stay_small(room: str) -> None:
    for path in sources(room):
        lines = len(path.read_text("utf-8").splitlines())
        assert lines <= 400, f"{path.relative_to(ROOT)} has {lines} lines"


def test_the_project_reads_nothing_beside_itself() -> None:
    for room in ALLOWED:
        for path in sources(room):
            assert "../shared" not in path.read_text("utf-8"), path
