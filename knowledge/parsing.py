"""The documents of the knowledge base, from text to model. Strict: what is wrong is a `ContentError` with its line.

`knowledge/formatting.py` goes the other way; `knowledge/tree.py` says which document stands where.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Any

import yaml

from core.errors import ContentError
from core.languages import LANGUAGES
from knowledge.model import DESK_KINDS, FACETS, Desk, Entry, Position, Source, Territory, Topic, Words, comune_id

# The C parser is ten times as fast; the pure one is there where libyaml was not.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HEAD = ("title", "status", "translates", "reviewed_by", "reviewed_on")
ENTRY = ("id", "area", "level", "urgent", "adds", "sources", "checked_on", "review_by", "owner", "see_also")
_OPTIONAL_ENTRY = {"see_also", "adds"}
TERRITORY = ("id", "kind", "name", "parent", "demo", "comuni")
COMUNE = ("id", "name", "position", "spellings")
DESK = (
    "id", "name", "kind", "comune", "address", "position", "phone", "email", "web", "hours", "appointment",
    "languages", "topics", "source", "checked_on",
)  # fmt: skip
_REQUIRED_DESK = ("id", "name", "kind", "source", "checked_on")
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def load_yaml(text: str, path: str, first_line: int = 1) -> Any:
    """The value of a YAML text. Raises `ContentError` with the line in the file."""
    try:
        return yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + first_line if error.problem_mark else None
        raise ContentError(f"not valid YAML: {error.problem}", path, line) from None
    except (yaml.YAMLError, ValueError) as error:
        raise ContentError(f"cannot be read: {error}", path) from None


def _only(given: Any, allowed: tuple[str, ...], path: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise ContentError("must hold `name: value` lines", path, 1)
    for name in given:
        if name not in allowed:
            raise ContentError(f"`{name}` is not known here; known are: {', '.join(allowed)}", path)
    return given


def _required(given: dict[str, Any], names: tuple[str, ...], path: str) -> None:
    for name in names:
        if given.get(name) in (None, ""):
            raise ContentError(f"`{name}` is missing", path)


def _texts(given: dict[str, Any], names: tuple[str, ...], path: str) -> None:
    for name in names:
        if given.get(name) is not None and not isinstance(given[name], str):
            raise ContentError(f"`{name}` must be a text (put it between quotes)", path)


def _list(given: dict[str, Any], name: str, path: str) -> tuple[str, ...]:
    value = given.get(name) or []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ContentError(f"`{name}` must be a list of texts", path)
    return tuple(value)


def _date(given: dict[str, Any], name: str, path: str) -> date:
    if type(given.get(name)) is not date:
        raise ContentError(f"`{name}` must be a date, YYYY-MM-DD", path)
    value: date = given[name]
    return value


def _flag(given: dict[str, Any], name: str, path: str) -> bool:
    value = given.get(name, False)
    if not isinstance(value, bool):
        raise ContentError(f"`{name}` must be true or false", path)
    return value


def _position(given: dict[str, Any], path: str) -> Position | None:
    value = given.get("position")
    if value is None:
        return None
    numbers = isinstance(value, list) and len(value) == 2 and all(isinstance(each, (int, float)) for each in value)
    if not numbers or not (-90 <= value[0] <= 90 and -180 <= value[1] <= 180):
        raise ContentError("`position` must be [degrees north, degrees east]", path)
    return (float(value[0]), float(value[1]))


def check_id(given: str, what: str, path: str) -> str:
    """`given`, if it can be an id: small letters, digits, single hyphens. Raises `ContentError`."""
    if not _ID.fullmatch(given):
        raise ContentError(f"`{given}` cannot be the id of {what}: use small letters, digits and hyphens", path)
    return given


def parse_words(text: str, path: str) -> Words:
    """The words in a `<lang>.md`; the file's name says the language. Raises `ContentError`."""
    language = PurePosixPath(path).stem
    if language not in LANGUAGES:
        raise ContentError(f"`{language}` is none of the languages {', '.join(LANGUAGES)}", path)
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0]:
        raise ContentError("must begin with front matter between two lines `---`", path, 1)
    head = _only(load_yaml(parts[1], path, 2), HEAD, path)
    body_line = parts[1].count("\n") + 3
    if head.get("status") not in ("draft", "reviewed") or not isinstance(head.get("title"), str):
        raise ContentError("`title` must be a text and `status` draft or reviewed", path, 2)
    if head["status"] == "reviewed" and not (head.get("reviewed_by") and head.get("reviewed_on")):
        raise ContentError("`status: reviewed` needs `reviewed_by` and `reviewed_on`", path, 2)
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
        reviewed_by=str(head["reviewed_by"]) if "reviewed_by" in head else None,
        reviewed_on=_date(head, "reviewed_on", path) if "reviewed_on" in head else None,
    )


def _sections(body: str, path: str, first_line: int) -> tuple[str, dict[str, str]]:
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


def _questions(text: str, path: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("- ") or not line[2:].strip():
            raise ContentError(f"a question is a line `- text`, not `{line}`", path)
        yield line[2:].strip()


def parse_entry(text: str, path: str) -> Entry:
    """The entry in a `<territory>/<topic>/entry.yml`, without its words. Raises `ContentError`."""
    given = _only(load_yaml(text, path), ENTRY, path)
    _required(given, tuple(name for name in ENTRY if name not in _OPTIONAL_ENTRY), path)
    _texts(given, ("id", "area", "level", "owner"), path)
    folder = PurePosixPath(path).parent
    if given["id"] != folder.name:
        raise ContentError(f"`id` is {given['id']}, but the folder is {folder.name}", path)
    return Entry(
        id=given["id"],
        territory=folder.parent.name,
        area=given["area"],
        level=given["level"],
        urgent=_flag(given, "urgent", path),
        adds=_flag(given, "adds", path),
        sources=tuple(_sources(given["sources"], path)),
        checked_on=_date(given, "checked_on", path),
        review_by=_date(given, "review_by", path),
        owner=given["owner"],
        see_also=_list(given, "see_also", path),
    )


def _sources(given: Any, path: str) -> Iterator[Source]:
    if not isinstance(given, list) or not given:
        raise ContentError("`sources` must list at least one source: every fact has one", path)
    for source in given:
        source = _only(source, ("title", "url"), path)
        if not str(source.get("url", "")).startswith("https://") or not source.get("title"):
            raise ContentError("each source has a `title` and a `url` that begins with https://", path)
        yield Source(str(source["title"]), source["url"])


def parse_territory(text: str, path: str) -> list[Territory]:
    """The territory in a `<territory>/territory.yml`, and its comuni after it. Raises `ContentError`."""
    given = _only(load_yaml(text, path), TERRITORY, path)
    _required(given, ("id", "kind", "name"), path)
    _texts(given, ("id", "kind", "name", "parent"), path)
    folder = PurePosixPath(path).parent.name
    if check_id(given["id"], "a territory", path) != folder:
        raise ContentError(f"`id` is {given['id']}, but the folder is {folder}", path)
    if given["kind"] not in ("nazione", "regione", "ambito"):
        raise ContentError(f"`kind` is {given['kind']}; it must be nazione, regione or ambito", path)
    demo = _flag(given, "demo", path)
    territory = Territory(given["id"], given["kind"], given["name"], given.get("parent"), demo)
    return [territory, *(_comune(row, territory, path) for row in given.get("comuni") or ())]


def _comune(row: Any, ambito: Territory, path: str) -> Territory:
    given = _only(row, COMUNE, path)
    _required(given, ("id", "name"), path)
    spellings = given.get("spellings") or {}
    if not isinstance(spellings, dict) or not all(isinstance(each, str) for each in spellings.values()):
        raise ContentError(f"`spellings` of {given['name']} must hold `language: name` lines", path)
    for language in spellings:
        if language not in LANGUAGES:
            raise ContentError(f"`{language}` is none of the languages {', '.join(LANGUAGES)}", path)
    place = comune_id(ambito.id, check_id(str(given["id"]), "a comune", path))
    return Territory(place, "comune", given["name"], ambito.id, ambito.demo, spellings, _position(given, path))


def parse_desk(text: str, path: str) -> Desk:
    """The desk in a `<ambito>/desks/<desk>.yml`. Raises `ContentError`."""
    given = _only(load_yaml(text, path), DESK, path)
    _required(given, _REQUIRED_DESK, path)
    _texts(given, ("name", "kind", "comune", "address", "phone", "email", "web", "hours", "source"), path)
    parts = PurePosixPath(path)
    if check_id(str(given["id"]), "a desk", path) != parts.stem:
        raise ContentError(f"`id` is {given['id']}, but the file is {parts.name}", path)
    if given["kind"] not in DESK_KINDS:
        raise ContentError(f"`kind` is {given['kind']}; it must be one of {', '.join(DESK_KINDS)}", path)
    return Desk(
        id=given["id"],
        territory=parts.parent.parent.name,
        checked_on=_date(given, "checked_on", path),
        appointment=_flag(given, "appointment", path),
        languages=_list(given, "languages", path),
        topics=_list(given, "topics", path),
        position=_position(given, path),
        name=given["name"],
        kind=given["kind"],
        source=given["source"],
        **{name: given.get(name) for name in ("comune", "address", "phone", "email", "web", "hours")},
    )


def parse_topics(text: str, path: str) -> list[Topic]:
    """The topics in `topics.yml`, in its order. Raises `ContentError`."""
    rows = load_yaml(text, path)
    if not isinstance(rows, list):
        raise ContentError("must list the topics", path)
    topics = []
    for row in rows:
        given = _only(row, ("id", "area", "urgent", "about"), path)
        _required(given, ("id", "area", "about"), path)
        topic = check_id(str(given["id"]), "a topic", path)
        topics.append(Topic(topic, given["area"], _flag(given, "urgent", path), given["about"]))
    return topics
