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
    spellings = {column: comune.spellings.get(code) for column, code in SPELLINGS.items()}
    head = {"territory": comune.parent, "id": comune.local_id, "name": comune.name}
    return {**head, "position": written_position(comune.position), **spellings}


def _entries(tree: Tree) -> Iterator[Row]:
    return (_entry(entry) for entry in entries_in(tree))


def _entry(entry: Entry) -> Row:
    sources = "\n".join(f"{source.url} {source.title}" for source in entry.sources)
    return {**_cells("entries", entry), "sources": sources}


def _texts(tree: Tree) -> Iterator[Row]:
    for entry in entries_in(tree):
        for words in entry.words.values():
            yield {"territory": entry.territory, "id": entry.id, **_words(words)}


def _words(words: Words) -> Row:
    return {**_cells("texts", words), **{facet: words.facets.get(facet) for facet in FACETS}}


def _questions(tree: Tree) -> Iterator[Row]:
    for entry in entries_in(tree):
        for words in entry.words.values():
            head: Row = {"territory": entry.territory, "id": entry.id, "language": words.language}
            yield from ({**head, "question": question} for question in words.questions)


def _desks(tree: Tree) -> Iterator[Row]:
    return (_desk(desk) for desk in desks_in(tree))


def _desk(desk: Desk) -> Row:
    return {**_cells("desks", desk), "position": written_position(desk.position)}


def _out_of_scope(tree: Tree) -> Iterator[Row]:
    return ({"language": language, "text": text} for language, text in out_of_scope_in(tree))


def _cells(sheet: str, thing: object) -> Row:
    """The columns of `sheet` that `thing` has fields for; lists with commas, None where they are empty."""
    fields = {name: getattr(thing, name) for name in COLUMNS[sheet] if hasattr(thing, name)}
    return {name: ", ".join(value) or None if name in LISTS else value for name, value in fields.items()}


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
