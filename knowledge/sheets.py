"""The knowledge base as tables, for people who live in spreadsheets: what each sheet holds, and the rows of a tree.

Every cell is a text, a date or true/false. A list is written with commas; sources one a line, the address first.
`knowledge/sheets_in.py` goes the other way; `knowledge/spreadsheet.py` reads and writes XLSX and CSV.
"""

from collections.abc import Callable, Iterator
from datetime import date

from core.languages import LANGUAGES
from knowledge.model import FACETS, Desk, Entry, Position, Territory, Words
from knowledge.tree import Tree, desks_in, entries_in, out_of_scope_in, territories_in, topics_in

Cell = str | date | bool | None
Row = dict[str, Cell]
Book = dict[str, list[Row]]

SPELLINGS = {f"name_{code}": code for code in LANGUAGES if code != "it"}
COLUMNS: dict[str, tuple[str, ...]] = {
    "topics": ("id", "area", "urgent", "about"),
    "territories": ("id", "kind", "name", "parent", "demo"),
    "comuni": ("territory", "id", "name", "position", *SPELLINGS),
    "entries": (
        "territory", "id", "area", "level", "urgent", "adds", "sources", "checked_on", "review_by", "owner", "see_also",
    ),
    "texts": (
        "territory", "id", "language", "title", "status", "translates", "reviewed_by", "reviewed_on", "answer", *FACETS,
    ),
    "questions": ("territory", "id", "language", "question"),
    "desks": (
        "territory", "id", "name", "kind", "comune", "address", "position", "phone", "email", "web", "hours",
        "appointment", "languages", "topics", "source", "checked_on",
    ),
    "out_of_scope": ("language", "text"),
}  # fmt: skip
DATES = frozenset({"checked_on", "review_by", "reviewed_on"})
FLAGS = frozenset({"urgent", "adds", "demo", "appointment"})
LISTS = frozenset({"see_also", "languages", "topics"})


def book_of(tree: Tree) -> Book:
    """All sheets, with the rows of `tree`. Raises `ContentError`."""
    return {sheet: list(rows(tree)) for sheet, rows in _ROWS.items()}


def _topics(tree: Tree) -> Iterator[Row]:
    for topic in topics_in(tree).values():
        yield {"id": topic.id, "area": topic.area, "urgent": topic.urgent, "about": topic.about}


def _territories(tree: Tree) -> Iterator[Row]:
    for each in territories_in(tree).values():
        if each.kind != "comune":
            yield {"id": each.id, "kind": each.kind, "name": each.name, "parent": each.parent, "demo": each.demo}


def _comuni(tree: Tree) -> Iterator[Row]:
    for each in territories_in(tree).values():
        if each.kind == "comune":
            yield _comune(each)


def _comune(comune: Territory) -> Row:
    ambito = comune.parent or ""
    spellings = {column: comune.spellings.get(code) for column, code in SPELLINGS.items()}
    head = {"territory": ambito, "id": comune.id.removeprefix(f"{ambito}."), "name": comune.name}
    return {**head, "position": written_position(comune.position), **spellings}


def _entries(tree: Tree) -> Iterator[Row]:
    return (_entry(entry) for entry in entries_in(tree))


def _entry(entry: Entry) -> Row:
    return {
        "territory": entry.territory,
        "id": entry.id,
        "area": entry.area,
        "level": entry.level,
        "urgent": entry.urgent,
        "adds": entry.adds,
        "sources": "\n".join(f"{source.url} {source.title}" for source in entry.sources),
        "checked_on": entry.checked_on,
        "review_by": entry.review_by,
        "owner": entry.owner,
        "see_also": ", ".join(entry.see_also) or None,
    }


def _texts(tree: Tree) -> Iterator[Row]:
    for entry in entries_in(tree):
        for words in entry.words.values():
            yield {"territory": entry.territory, "id": entry.id, **_words(words)}


def _words(words: Words) -> Row:
    return {
        "language": words.language,
        "title": words.title,
        "status": words.status,
        "translates": words.translates,
        "reviewed_by": words.reviewed_by,
        "reviewed_on": words.reviewed_on,
        "answer": words.answer,
        **{facet: words.facets.get(facet) for facet in FACETS},
    }


def _questions(tree: Tree) -> Iterator[Row]:
    for entry in entries_in(tree):
        for words in entry.words.values():
            head: Row = {"territory": entry.territory, "id": entry.id, "language": words.language}
            yield from ({**head, "question": question} for question in words.questions)


def _desks(tree: Tree) -> Iterator[Row]:
    return (_desk(desk) for desk in desks_in(tree))


def _desk(desk: Desk) -> Row:
    plain = {name: getattr(desk, name) for name in COLUMNS["desks"] if name not in LISTS and name != "position"}
    lists = {name: ", ".join(getattr(desk, name)) or None for name in ("languages", "topics")}
    return {**plain, **lists, "position": written_position(desk.position)}


def _out_of_scope(tree: Tree) -> Iterator[Row]:
    return ({"language": language, "text": text} for language, text in out_of_scope_in(tree))


def written_position(position: Position | None) -> str | None:
    """ "46.17, 9.87": degrees north and east."""
    return f"{position[0]}, {position[1]}" if position else None


_ROWS: dict[str, Callable[[Tree], Iterator[Row]]] = {
    "topics": _topics,
    "territories": _territories,
    "comuni": _comuni,
    "entries": _entries,
    "texts": _texts,
    "questions": _questions,
    "desks": _desks,
    "out_of_scope": _out_of_scope,
}
