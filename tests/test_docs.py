"""What the documentation names is there: files, make targets, commands, metrics, settings."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from approdo.cli import app
from core.settings import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
FRAGMENTS = sorted(path for path in (ROOT / "changes").iterdir() if path.name != "README.md")
EVERY_PAGE = [*PAGES, *FRAGMENTS]

# Made by the set-up or by running; nobody's commit brings them.
MADE = ("var/", ".venv/", "bot/.venv/")
MADE_NAMES = {".env", "approdo.db-wal", "approdo.db-shm"}
SUFFIXES = (".css", ".example", ".js", ".jsonl", ".lock", ".md", ".py", ".toml", ".txt", ".yml")
PATH = re.compile(r"\.?[\w<][\w.<>-]*(?:/[\w.<>-]+)*/?")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
MACHINE = re.compile(r"(?<![\w.])/(?:work|home|root|Users)/|\.\./shared")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def inline_code(path: Path) -> list[str]:
    return INLINE.findall(FENCE.sub("", path.read_text("utf-8")))


def commands(path: Path) -> Iterator[str]:
    """What a reader might type: inline code, and the lines of blocks that are not diagrams."""
    yield from inline_code(path)
    for kind, block in FENCE.findall(path.read_text("utf-8")):
        if kind != "mermaid":
            yield from block.splitlines()


def named_paths(path: Path) -> Iterator[str]:
    """Inline code that looks like a file or folder of the repository."""
    for code in inline_code(path):
        looks = "/" in code.strip("/") or code.endswith(("/", *SUFFIXES))
        if looks and PATH.fullmatch(code) and not code.startswith("application/"):
            yield code


def is_there(named: str) -> bool:
    """Whether there is such a file; `<word>` stands for any text, a bare name for a file of that name anywhere."""
    if named.startswith(MADE) or f"{named}/" in MADE or named in MADE_NAMES:
        return True
    pattern = re.sub(r"<\w+>", "*", named).rstrip("/")
    found = ROOT.glob(pattern) if "/" in named or "." not in named else _anywhere(pattern)
    return any(each.is_dir() or not named.endswith("/") for each in found)


def _anywhere(pattern: str) -> Iterator[Path]:
    yield from ROOT.glob(pattern)
    for room in ROOT.iterdir():
        if room.is_dir() and room.name not in (".venv", "var", "build"):
            yield from (each for each in room.rglob(pattern) if ".venv" not in each.parts)


@pytest.mark.parametrize("page", EVERY_PAGE, ids=name)
def test_files_that_are_named_exist(page: Path) -> None:
    missing = [named for named in dict.fromkeys(named_paths(page)) if not is_there(named)]
    assert not missing


@pytest.mark.parametrize("page", EVERY_PAGE, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(FENCE.sub("", page.read_text("utf-8")))
    inside = [link.partition("#")[0] for link in links if not link.startswith(("https://", "http://", "#"))]
    missing = [link for link in inside if not (page.parent / link).exists()]
    assert not missing, "pictures are made by `make screenshots`"


@pytest.mark.parametrize("page", EVERY_PAGE, ids=name)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {target for line in commands(page) for target in re.findall(r"(?:^|\s)make ([a-z][a-z-]*)", line)}
    assert named <= targets


def unknown_command(words: list[str]) -> str | None:
    """The first of `words` that should be a subcommand and is none."""
    command: object = typer.main.get_command(app)
    for word in words:
        known = getattr(command, "commands", None)
        if known is None:
            return None  # what follows are arguments
        if word not in known:
            return word
        command = known[word]
    return None


@pytest.mark.parametrize("page", EVERY_PAGE, ids=name)
def test_subcommands_exist(page: Path) -> None:
    calls = [call for line in commands(page) for call in re.findall(r"(?:^|[\s/])approdo((?: [a-z][a-z-]*)+)", line)]
    assert [call for call in calls if unknown_command(call.split())] == []


def test_a_command_that_is_not_there_would_be_found() -> None:
    assert unknown_command(["kb", "chekc"]) == "chekc"
    assert unknown_command(["stop"]) == "stop"
    assert unknown_command(["staff", "add", "anna"]) is None
    assert not is_there("core/no_such_module.py")
    assert not is_there("no_such_file.md")
    assert is_there("core/") and is_there("locales/<code>.yml") and is_there("entry.yml")


@pytest.mark.parametrize("page", EVERY_PAGE, ids=name)
def test_no_path_of_a_machine_is_named(page: Path) -> None:
    assert MACHINE.findall(page.read_text("utf-8")) == []


def test_the_metrics_are_those_that_are_counted() -> None:
    documented = set(re.findall(r"`(approdo_\w+)`", (ROOT / "docs" / "operation.md").read_text("utf-8")))
    counted = set(re.findall(r'"(approdo_\w+)"', (ROOT / "core" / "metrics.py").read_text("utf-8")))
    assert documented == counted


def test_the_settings_that_are_named_exist() -> None:
    known = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    known |= {"PATH", "QUESTIONS", "SANIC_HOST", "RASA_TELEMETRY_ENABLED"}
    for page in (ROOT / "README.md", ROOT / "docs" / "operation.md", ROOT / "docs" / "web-chat-api.md"):
        named = {re.split("[= ]", code)[0] for code in inline_code(page) if re.fullmatch(r"[A-Z]+_[A-Z_]+(=.*)?", code)}
        assert named <= known, name(page)


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=name)
def test_a_fragment_is_named_after_its_number(fragment: Path) -> None:
    assert re.fullmatch(r"\d+-[a-z-]+\.md", fragment.name)
