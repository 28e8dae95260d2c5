"""The portable form of the knowledge base: one file per entry and language, front matter and Markdown.

    content/territories.yml
    content/<territory>/<entry>/entry.yml      what does not depend on the language
    content/<territory>/<entry>/<lang>.md      title and status, the answer, `## facet` sections, `## questions`
    content/pending/<lang>.jsonl               questions of topics that have no entry in that language yet
    content/out_of_scope/<lang>.txt            texts that no topic is about, one a line

Reading is strict: whatever is wrong is a `ContentError` with file and line. Writing what was read gives the same bytes.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

import yaml

from core.errors import ContentError
from core.languages import LANGUAGES
from core.settings import ROOT
from knowledge.model import FACETS, Entry, Source, Territory, Words

CONTENT = ROOT / "knowledge" / "content"
# Folders of the content that are no territories.
ASIDE = ("pending", "out_of_scope")
_HEAD = ("title", "status", "translates", "reviewed_by", "reviewed_on")
_ENTRY = ("id", "area", "level", "urgent", "sources", "checked_on", "review_by", "owner", "see_also")
_OPTIONAL = {"see_also"}
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ContentError(f"is not UTF-8 text: {error.reason} at byte {error.start}", path) from None


def _yaml(path: Path, text: str | None = None, first_line: int = 1) -> Any:
    try:
        return yaml.safe_load(_text(path) if text is None else text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + first_line if error.problem_mark else None
        raise ContentError(f"not valid YAML: {error.problem}", path, line) from None
    except yaml.YAMLError as error:
        raise ContentError(f"cannot be read: {error}", path) from None


def _only(given: Any, allowed: tuple[str, ...], path: Path) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise ContentError("must hold `name: value` lines", path, 1)
    for name in given:
        if name not in allowed:
            raise ContentError(f"`{name}` is not known here; known are: {', '.join(allowed)}", path)
    return given


def parse_words(text: str, path: Path) -> Words:
    """The words in a `<lang>.md`; the file's name says the language. Raises `ContentError`."""
    language = path.stem
    if language not in LANGUAGES:
        raise ContentError(f"`{language}` is none of the languages {', '.join(LANGUAGES)}", path)
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0]:
        raise ContentError("must begin with front matter between two lines `---`", path, 1)
    head = _only(_yaml(path, parts[1], 2), _HEAD, path)
    body_line = parts[1].count("\n") + 3
    if head.get("status") not in ("draft", "reviewed") or not isinstance(head.get("title"), str):
        raise ContentError("`title` must be a text and `status` draft or reviewed", path, 2)
    answer, sections = _sections(parts[2], path, body_line)
    questions = sections.pop("questions", "")
    return Words(
        language=language,
        title=head["title"],
        answer=answer,
        facets=sections,
        questions=tuple(_questions(questions, path)),
        status=head["status"],
        translates=str(head["translates"]) if "translates" in head else None,
        reviewed_by=head.get("reviewed_by"),
        reviewed_on=head.get("reviewed_on"),
    )


def _sections(body: str, path: Path, first_line: int) -> tuple[str, dict[str, str]]:
    """The text before the first heading, and heading -> text, in the order of the file."""
    marks = list(_SECTION.finditer(body))
    answer = body[: marks[0].start() if marks else len(body)].strip()
    if not answer:
        raise ContentError("has no answer after the front matter", path, first_line)
    sections: dict[str, str] = {}
    for mark, following in zip_longest(marks, marks[1:]):
        name, line = mark[1].strip(), first_line + body.count("\n", 0, mark.start())
        if name not in (*FACETS, "questions") or name in sections:
            raise ContentError(f"`## {name}` must be one of {', '.join(FACETS)}, questions, and once", path, line)
        sections[name] = body[mark.end() : following.start() if following else len(body)].strip()
        if not sections[name]:
            raise ContentError(f"`## {name}` is empty: leave it out", path, line)
    return answer, sections


def _questions(text: str, path: Path) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("- ") or not line[2:].strip():
            raise ContentError(f"a question is a line `- text`, not `{line}`", path)
        yield line[2:].strip()


def format_words(words: Words) -> str:
    """The file of `words`; `parse_words` of it gives them back."""
    head: dict[str, Any] = {"title": words.title, "status": words.status}
    for name in ("translates", "reviewed_by", "reviewed_on"):
        if getattr(words, name) is not None:
            head[name] = getattr(words, name)
    front = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=10_000)
    blocks = [words.answer, *(f"## {name}\n{text}" for name, text in words.facets.items())]
    if words.questions:
        blocks.append("## questions\n" + "\n".join(f"- {question}" for question in words.questions))
    return f"---\n{front}---\n" + "\n\n".join(blocks) + "\n"


def read_entry(folder: Path) -> Entry:
    """The entry in `content/<territory>/<entry>/`. Raises `ContentError`."""
    path = folder / "entry.yml"
    if not path.is_file():
        raise ContentError("an entry needs this file", path)
    given = _only(_yaml(path), _ENTRY, path)
    for name in _ENTRY:
        if name not in given and name not in _OPTIONAL:
            raise ContentError(f"`{name}` is missing", path)
    if given["id"] != folder.name:
        raise ContentError(f"`id` is {given['id']}, but the folder is {folder.name}", path)
    for name in ("checked_on", "review_by"):
        if not isinstance(given[name], date):
            raise ContentError(f"`{name}` must be a date, YYYY-MM-DD", path)
    words = {file.stem: parse_words(_text(file), file) for file in sorted(folder.glob("*.md"))}
    if "it" not in words:
        raise ContentError("an entry needs the Italian, the reference of the others", folder / "it.md")
    return Entry(
        id=given["id"],
        territory=folder.parent.name,
        area=given["area"],
        level=given["level"],
        urgent=bool(given["urgent"]),
        sources=tuple(_sources(given["sources"], path)),
        checked_on=given["checked_on"],
        review_by=given["review_by"],
        owner=given["owner"],
        see_also=tuple(given.get("see_also") or ()),
        words=words,
    )


def _sources(given: Any, path: Path) -> Iterator[Source]:
    if not isinstance(given, list) or not given:
        raise ContentError("`sources` must list at least one source: every fact has one", path)
    for source in given:
        source = _only(source, ("title", "url"), path)
        if not str(source.get("url", "")).startswith("https://") or not source.get("title"):
            raise ContentError("each source has a `title` and a `url` that begins with https://", path)
        yield Source(source["title"], source["url"])


def read_territories(content: Path = CONTENT) -> dict[str, Territory]:
    """Id -> territory. Raises `ContentError` for one whose parent is not there."""
    path = content / "territories.yml"
    territories: dict[str, Territory] = {}
    rows = _yaml(path)
    if not isinstance(rows, list):
        raise ContentError("must list the territories, the nation first", path)
    for row in rows:
        given = _only(row, ("id", "kind", "name", "parent", "comuni"), path)
        for name in ("id", "kind", "name"):
            if name not in given:
                raise ContentError(f"`{name}` of a territory is missing", path)
        parent = given.get("parent")
        if parent is not None and parent not in territories:
            raise ContentError(f"the parent `{parent}` of `{given['id']}` must stand before it", path)
        comuni = tuple(given.get("comuni", ()))
        territories[given["id"]] = Territory(given["id"], given["kind"], given["name"], parent, comuni)
    return territories


def read_entries(content: Path = CONTENT) -> list[Entry]:
    """All entries of all territories, in the order of the files."""
    territories = read_territories(content)
    for folder in content.glob("*/"):
        if folder.name not in territories and folder.name not in ASIDE:
            raise ContentError("is the folder of no territory in territories.yml", folder)
    return [read_entry(folder) for territory in territories for folder in sorted((content / territory).glob("*/"))]


@dataclass(frozen=True, slots=True)
class Pending:
    """A question of a topic that has no entry in that language: known, and known as unanswered."""

    topic: str
    language: str
    text: str
    urgent: bool


def read_pending(content: Path = CONTENT) -> list[Pending]:
    """All of them. Raises `ContentError`."""
    rows = []
    for path in sorted((content / "pending").glob("*.jsonl")):
        for number, line in enumerate(_text(path).splitlines(), 1):
            try:
                row = json.loads(line)
                rows.append(Pending(str(row["id"]), path.stem, str(row["text"]), bool(row.get("urgent"))))
            except (ValueError, KeyError, TypeError):
                raise ContentError('each line must be {"id": …, "text": …}', path, number) from None
    return rows


def read_out_of_scope(content: Path = CONTENT) -> list[tuple[str, str]]:
    """(language, text) of what people write that no topic is about."""
    return [
        (path.stem, line.strip())
        for path in sorted((content / "out_of_scope").glob("*.txt"))
        for line in _text(path).splitlines()
        if line.strip()
    ]
