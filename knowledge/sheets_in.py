"""From tables back to documents. All or nothing: whatever is wrong with any row is told, and then nothing is taken.

Rows change or add what they name; what no row names stays as it is. The questions of a text, the comuni of a territory
and the out-of-scope texts of a language are given as a whole: those that are not in the sheet any more are gone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from core.errors import ContentError, SheetError
from core.languages import LANGUAGES
from knowledge.formatting import dump_yaml, format_out_of_scope, format_words
from knowledge.model import FACETS, REFERENCE
from knowledge.parsing import HEAD, load_yaml, parse_words
from knowledge.sheets import COLUMNS, DATES, FLAGS, LISTS, SPELLINGS, Book, Row
from knowledge.tree import TOPICS, Tree, canonical, entries_in, territories_in, topics_in

# The heading is row 1.
FIRST_ROW = 2
_IDS = {
    "topics": ("id",),
    "territories": ("id",),
    "comuni": ("territory", "id"),
    "entries": ("territory", "id"),
    "texts": ("territory", "id", "language"),
    "questions": ("territory", "id", "language", "question"),
    "desks": ("territory", "id"),
    "out_of_scope": ("language", "text"),
}


def edits_of(book: Book, tree: Tree, path: object) -> Tree:
    """The documents that `book` changes in `tree`. Raises `SheetError` that tells of every row that is wrong."""
    reader = _Reader(tree)
    for sheet in COLUMNS:
        if sheet in book:
            reader.read(sheet, book[sheet])
    reader.finish()
    if reader.reasons:
        raise SheetError(reader.reasons, path)
    return reader.edits


class _Reader:
    """Reads sheet after sheet over one tree, and collects what is wrong."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.edits, self.reasons = tree, Tree(), list[str]()
        self.topics = set(topics_in(tree))
        self.territories = {name for name, each in territories_in(tree).items() if each.kind != "comune"}
        self.places = set(territories_in(tree))
        self.texts: dict[str, tuple[int, dict[str, Any]]] = {}
        self.questions: defaultdict[str, list[str]] = defaultdict(list)
        self.asked_in: dict[str, int] = {}
        self.comuni: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self.nothing: defaultdict[str, list[str]] = defaultdict(list)
        self.known_entries = {f"{entry.territory}/{entry.id}" for entry in entries_in(tree)}

    def read(self, sheet: str, rows: list[Row]) -> None:
        """Take the rows of one sheet."""
        seen: dict[tuple[Any, ...], int] = {}
        take: Callable[[int, Row], None] = getattr(self, f"_{sheet}")
        for number, row in enumerate(rows, FIRST_ROW):
            key = tuple(row.get(name) for name in _IDS[sheet])
            missing = [name for name in _IDS[sheet] if not row.get(name)]
            for name in missing:
                self._refuse(sheet, number, name, "is empty")
            if missing:
                continue
            if key in seen:
                self._refuse(sheet, number, _IDS[sheet][-1], f"is the same as in row {seen[key]}")
                continue
            seen[key] = number
            if self._names_are_known(sheet, number, row):
                take(number, row)

    def _names_are_known(self, sheet: str, number: int, row: Row) -> bool:
        """Whether the territory, the topic and the language of a row are there; tells of those that are not."""
        before = len(self.reasons)
        territory, language = row.get("territory"), row.get("language")
        known = self.places if sheet in ("entries", "texts", "questions") else self.territories
        if territory is not None and territory not in known:
            self._refuse(sheet, number, "territory", f"there is no territory `{territory}`")
        if language is not None and language not in LANGUAGES:
            self._refuse(sheet, number, "language", f"`{language}` is none of {', '.join(LANGUAGES)}")
        if sheet == "entries" and self.topics and row["id"] not in self.topics:
            self._refuse(sheet, number, "id", f"`{row['id']}` is no topic; {TOPICS} lists those there are")
        if sheet in ("texts", "questions") and f"{territory}/{row['id']}" not in self.known_entries:
            self._refuse(sheet, number, "id", f"there is no entry `{row['id']}` in `{territory}`")
        return len(self.reasons) == before

    def _topics(self, number: int, row: Row) -> None:
        rows = load_yaml(self.edits.get(TOPICS) or self.tree.get(TOPICS) or "[]", TOPICS)
        given = _given(row, COLUMNS["topics"])
        kept = [given if each["id"] == row["id"] else each for each in rows]
        rows = kept if given in kept else [*kept, given]
        if self._document("topics", number, TOPICS, rows):
            self.topics.add(str(row["id"]))

    def _territories(self, number: int, row: Row) -> None:
        path = f"{row['id']}/territory.yml"
        old = load_yaml(self.tree[path], path) if path in self.tree else {}
        given = {**_given(row, COLUMNS["territories"]), "comuni": old.get("comuni") or []}
        if self._document("territories", number, path, given):
            self.territories.add(str(row["id"]))
            self.places.add(str(row["id"]))

    def _comuni(self, _: int, row: Row) -> None:
        spellings = {code: row[column] for column, code in SPELLINGS.items() if row.get(column)}
        given = {**_given(row, ("id", "name", "position")), "spellings": spellings}
        self.comuni[str(row["territory"])].append(given)

    def _entries(self, number: int, row: Row) -> None:
        given = _given(row, COLUMNS["entries"][1:])
        lines = [line.strip().partition(" ") for line in str(row.get("sources") or "").splitlines() if line.strip()]
        given["sources"] = [{"title": title.strip(), "url": url} for url, _, title in lines]
        place = f"{row['territory']}/{row['id']}"
        if self._document("entries", number, f"{place}/entry.yml", given):
            self.known_entries.add(place)

    def _texts(self, number: int, row: Row) -> None:
        path = f"{row['territory']}/{row['id']}/{row['language']}.md"
        self.texts[path] = (number, dict(row))

    def _questions(self, number: int, row: Row) -> None:
        path = f"{row['territory']}/{row['id']}/{row['language']}.md"
        self.asked_in.setdefault(path, number)
        self.questions[path].append(" ".join(str(row["question"]).split()))

    def _desks(self, number: int, row: Row) -> None:
        path = f"{row['territory']}/desks/{row['id']}.yml"
        self._document("desks", number, path, _given(row, COLUMNS["desks"][1:]))

    def _out_of_scope(self, _: int, row: Row) -> None:
        self.nothing[str(row["language"])].append(" ".join(str(row["text"]).split()))

    def finish(self) -> None:
        """Write what is given by several rows together."""
        for territory, rows in self.comuni.items():
            path = f"{territory}/territory.yml"
            head = load_yaml(self.edits.get(path) or self.tree[path], path)
            self._document("comuni", FIRST_ROW, path, {**head, "comuni": rows})
        for path in dict.fromkeys((*self.texts, *self.questions)):
            self._words(path)
        for language, texts in self.nothing.items():
            self.edits[f"out_of_scope/{language}.txt"] = format_out_of_scope(texts)
        for place in sorted(self.known_entries):
            if f"{place}/{REFERENCE}.md" not in {**self.tree, **self.edits}:
                self.reasons.append(f"entries: `{place}` has no text in Italian: add its row to the sheet texts")

    def _words(self, path: str) -> None:
        old = parse_words(self.tree[path], path) if path in self.tree else None
        number, row = self.texts.get(path, (self.asked_in.get(path, FIRST_ROW), None))
        if row is None and old is None:
            self._refuse("questions", number, "language", f"there is no text `{path}` that these questions belong to")
            return
        questions = self.questions.get(path, list(old.questions) if old else [])
        try:
            words = parse_words(_markdown(row), path) if row is not None else old
            assert words is not None
            self.edits[path] = canonical(path, format_words(replace(words, questions=tuple(questions))))
            if row is not None and {name: row.get(name) for name in FACETS if row.get(name)} != words.facets:
                raise ContentError("a text holds a line that begins with `## `: write it without", path)
        except ContentError as error:
            self._refuse("texts", number, None, error.reason)

    def _document(self, sheet: str, number: int, path: str, given: Any) -> bool:
        try:
            self.edits[path] = canonical(path, dump_yaml(given))
        except ContentError as error:
            self._refuse(sheet, number, None, error.reason)
            return False
        return True

    def _refuse(self, sheet: str, number: int, column: str | None, reason: str) -> None:
        where = f"{sheet}, row {number}" + (f", column {column}" if column else "")
        self.reasons.append(f"{where}: {reason}")


def _given(row: Row, columns: tuple[str, ...]) -> dict[str, Any]:
    """The cells that are filled, as YAML has them."""
    return {name: value for name, value in _values(row, columns) if value not in (None, "", [], False)} | {
        name: bool(row.get(name)) for name in FLAGS & set(columns) & {"urgent"}
    }


def _values(row: Row, columns: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name in columns:
        value = row.get(name)
        if name in LISTS and value:
            yield name, [each.strip() for each in str(value).split(",") if each.strip()]
        elif name == "position" and value:
            yield name, _numbers(str(value))
        elif name in DATES or name in FLAGS:
            yield name, value
        else:
            yield name, None if value is None else str(value)


def _numbers(text: str) -> list[Any]:
    """Two numbers, or what stands there instead, for the parser to refuse."""
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        return [text]


def _markdown(row: dict[str, Any]) -> str:
    """The `<lang>.md` of a row of texts, without questions."""
    head = {name: row[name] for name in HEAD if row.get(name)}
    facets = [f"## {name}\n{row[name]}" for name in FACETS if row.get(name)]
    return f"---\n{dump_yaml(head)}---\n" + "\n\n".join([str(row.get("answer") or ""), *facets]) + "\n"
