"""The knowledge base as documents: path -> text. So it lies in `knowledge/content/`, and so the store keeps it.

    topics.yml                             what people ask about
    out_of_scope/<lang>.txt                texts that no topic is about, one a line
    <territory>/territory.yml              a nation, region or ambito, with its comuni
    <territory>/desks/<desk>.yml           a place where a person is
    <territory>/<topic>/entry.yml          what does not depend on the language
    <territory>/<topic>/<lang>.md          title and status, the answer, `## facet` sections, `## questions`

A comune has no file of its own; entries that hold in one comune only lie under `<ambito>.<comune>/`.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from core.errors import ContentError
from core.languages import LANGUAGES
from core.settings import ROOT
from core.text import forbidden_character
from knowledge.formatting import (
    format_desk,
    format_entry,
    format_out_of_scope,
    format_territory,
    format_topics,
    format_words,
)
from knowledge.model import REFERENCE, Desk, Entry, Territory, Topic, Words
from knowledge.parsing import parse_desk, parse_entry, parse_territory, parse_topics, parse_words

CONTENT = ROOT / "knowledge" / "content"
TOPICS = "topics.yml"
OUT_OF_SCOPE = "out_of_scope"
TERRITORY = "territory.yml"
ENTRY = "entry.yml"
DESKS = "desks"

Tree = dict[str, str]

# A change of one document parses one document: the others are remembered.
_words = lru_cache(maxsize=50_000)(parse_words)
_entry = lru_cache(maxsize=20_000)(parse_entry)


def read_tree(folder: Path = CONTENT) -> Tree:
    """Every document under `folder`. Raises `ContentError` for a file that is none."""
    if not folder.is_dir():
        raise ContentError("there is no such folder", folder)
    tree: Tree = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or any(part.startswith(".") for part in name.split("/")):
            continue
        kind_of(name)
        try:
            # Whoever edits on Windows means the same text.
            tree[name] = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise ContentError(f"is not UTF-8 text: {error.reason} at byte {error.start}", name) from None
    return tree


def write_tree(tree: Tree, folder: Path) -> None:
    """Make `folder` hold these documents and no others. Raises `ContentError` where it holds anything else."""
    held = read_tree(folder) if folder.is_dir() else {}
    for name in held.keys() - tree.keys():
        (folder / name).unlink()
    for name, text in tree.items():
        if held.get(name) != text:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.encode())
    for path, _, _ in os.walk(folder, topdown=False):
        if not any(Path(path).iterdir()):
            Path(path).rmdir()


def kind_of(path: str) -> str:
    """What the document at `path` is: topics, out_of_scope, territory, desk, entry or words. Raises `ContentError`."""
    parts = path.split("/")
    if path == TOPICS:
        return "topics"
    if len(parts) == 2 and parts[0] == OUT_OF_SCOPE and path.endswith(".txt"):
        return "out_of_scope"
    if len(parts) == 2 and parts[1] == TERRITORY:
        return "territory"
    if len(parts) == 3 and parts[1] == DESKS and path.endswith(".yml"):
        return "desk"
    if len(parts) == 3 and parts[2] == ENTRY:
        return "entry"
    if len(parts) == 3 and path.endswith(".md"):
        return "words"
    raise ContentError("is no document of the knowledge base; docs/content.md shows which there are", path)


def canonical(path: str, text: str) -> str:
    """The one spelling of the document that `text` means. Raises `ContentError`."""
    forbidden = forbidden_character(text)
    if forbidden:
        raise ContentError(f"holds the character {forbidden}, which no text needs: take it out", path)
    match kind_of(path):
        case "topics":
            return format_topics(parse_topics(text, path))
        case "out_of_scope":
            return format_out_of_scope(texts_of(text))
        case "territory":
            territory, *comuni = parse_territory(text, path)
            return format_territory(territory, comuni)
        case "desk":
            return format_desk(parse_desk(text, path))
        case "entry":
            return format_entry(_entry(text, path))
        case _:
            return format_words(_words(text, path))


def texts_of(text: str) -> list[str]:
    """The lines that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def territories_in(tree: Tree) -> dict[str, Territory]:
    """Id -> territory, parents before their children. Raises `ContentError` for one whose parent is not there."""
    found = {
        territory.id: (path, territory)
        for path, text in sorted(tree.items())
        if kind_of(path) == "territory"
        for territory in parse_territory(text, path)
    }
    ordered: dict[str, Territory] = {}
    waiting = dict(found)
    while waiting:
        ready = [name for name, (_, each) in waiting.items() if each.parent is None or each.parent in ordered]
        if not ready:
            path, first = next(iter(waiting.values()))
            raise ContentError(f"the parent `{first.parent}` is no territory, or this one is its own ancestor", path)
        for name in ready:
            ordered[name] = waiting.pop(name)[1]
    return ordered


def topics_in(tree: Tree) -> dict[str, Topic]:
    """Id -> topic. Raises `ContentError`."""
    return {topic.id: topic for topic in parse_topics(tree.get(TOPICS, "[]"), TOPICS)}


def desks_in(tree: Tree) -> list[Desk]:
    """All desks. Raises `ContentError`."""
    return [parse_desk(text, path) for path, text in sorted(tree.items()) if kind_of(path) == "desk"]


def entries_in(tree: Tree) -> list[Entry]:
    """All entries with their words. Raises `ContentError`."""
    words: dict[str, dict[str, Words]] = {}
    heads: dict[str, Entry] = {}
    for path, text in sorted(tree.items()):
        folder = path.rpartition("/")[0]
        if kind_of(path) == "words":
            read = _words(text, path)
            words.setdefault(folder, {})[read.language] = read
        elif kind_of(path) == "entry":
            heads[folder] = _entry(text, path)
    for folder in words.keys() ^ heads.keys():
        missing = f"{REFERENCE}.md" if folder in heads else ENTRY
        raise ContentError(f"the entry has no {missing}", folder)
    for folder, each in words.items():
        if REFERENCE not in each:
            raise ContentError("an entry needs the Italian, the reference of the others", f"{folder}/it.md")
    return [replace(head, words=words[folder]) for folder, head in heads.items()]


def out_of_scope_in(tree: Tree) -> list[tuple[str, str]]:
    """(language, text) of what people write that no topic is about. Raises `ContentError`."""
    return list(_out_of_scope(tree))


def _out_of_scope(tree: Tree) -> Iterator[tuple[str, str]]:
    for path, text in sorted(tree.items()):
        if kind_of(path) == "out_of_scope":
            language = path.removeprefix(f"{OUT_OF_SCOPE}/").removesuffix(".txt")
            if language not in LANGUAGES:
                raise ContentError(f"`{language}` is none of the languages {', '.join(LANGUAGES)}", path)
            yield from ((language, line) for line in texts_of(text))
