"""Tables out of documents and documents out of tables."""

from pathlib import Path
from typing import Any

import pytest

from core.errors import SheetError
from knowledge.sheets import COLUMNS, Book, book_of
from knowledge.sheets_in import edits_of
from knowledge.tree import read_tree
from tests.knowledge.made import made_tree

FILE = Path("prova.xlsx")


def refused(book: Book) -> list[str]:
    with pytest.raises(SheetError) as error:
        edits_of(book, made_tree(), FILE)
    return error.value.reasons


def changed(sheet: str, number: int, **cells: Any) -> Book:
    """One sheet of the made tree with one row changed; rows count from 2, as in a spreadsheet."""
    rows = [dict(row) for row in book_of(made_tree())[sheet]]
    rows[number - 2] |= cells
    return {sheet: rows}


def test_every_sheet_has_the_columns_it_says(tmp_path: Path) -> None:
    for sheet, rows in book_of(made_tree()).items():
        assert rows, sheet
        assert all(set(row) == set(COLUMNS[sheet]) for row in rows), sheet


def test_a_knowledge_base_goes_through_tables_and_comes_back_the_same() -> None:
    book = book_of(made_tree())
    assert edits_of(book, {}, FILE) == made_tree()
    assert {**made_tree(), **edits_of(book, made_tree(), FILE)} == made_tree()


def test_the_content_of_this_release_goes_through_tables_and_comes_back_the_same() -> None:
    tree = read_tree()
    assert edits_of(book_of(tree), {}, FILE) == tree


def test_a_row_changes_what_it_names_and_nothing_else() -> None:
    edits = edits_of(changed("texts", 2, title="Altro"), made_tree(), FILE)
    differing = {path for path, text in edits.items() if made_tree()[path] != text}
    assert len(differing) == 1
    assert "title: Altro" in edits[differing.pop()]


def test_a_text_keeps_its_questions_where_the_sheet_of_questions_is_not_given() -> None:
    edits = edits_of(changed("texts", 3, title="Altro"), made_tree(), FILE)
    assert "## questions\n- quanto costa?\n- è gratis?\n" in edits["nazionale/prova/it.md"]


def test_questions_are_given_as_a_whole() -> None:
    head = {"territory": "nazionale", "id": "prova", "language": "it"}
    edits = edits_of({"questions": [{**head, "question": "e poi?"}]}, made_tree(), FILE)
    assert edits["nazionale/prova/it.md"].endswith("## questions\n- e poi?\n")


def test_a_new_entry_needs_an_entry_and_an_italian_text() -> None:
    entry = {**book_of(made_tree())["entries"][0], "id": "altra", "see_also": None}
    assert refused({"entries": [entry]}) == [
        "entries: `nazionale/altra` has no text in Italian: add its row to the sheet texts"
    ]
    text = {**book_of(made_tree())["texts"][1], "id": "altra"}
    edits = edits_of({"entries": [entry], "texts": [text]}, made_tree(), FILE)
    assert set(edits) == {"nazionale/altra/entry.yml", "nazionale/altra/it.md"}


@pytest.mark.parametrize(
    ("book", "reason"),
    [
        (changed("entries", 2, id="boh"), "entries, row 2, column id: `boh` is no topic; topics.yml lists those"),
        (changed("entries", 2, territory="boh"), "entries, row 2, column territory: there is no territory `boh`"),
        (changed("entries", 2, id=None), "entries, row 2, column id: is empty"),
        (changed("entries", 2, checked_on=None), "entries, row 2: `checked_on` is missing"),
        (changed("entries", 2, sources="Legge 1/2000"), "entries, row 2: each source has a `title` and a `url`"),
        (changed("entries", 3, territory="nazionale"), "entries, row 3, column id: is the same as in row 2"),
        (changed("texts", 2, id="altra"), "texts, row 2, column id: there is no entry `altra` in `nazionale`"),
        (changed("texts", 2, language="xx"), "texts, row 2, column language: `xx` is none of it, en"),
        (changed("texts", 2, answer=None), "texts, row 2: has no answer after the front matter"),
        (changed("texts", 2, status="pronto"), "texts, row 2: `title` must be a text and `status` draft or reviewed"),
        (changed("texts", 2, answer="Uno.\n## cost\nDue."), "texts, row 2: `## cost` must be one of"),
        (changed("texts", 2, answer="Uno.\n## now\nDue."), "texts, row 2: a text holds a line that begins with `## `"),
        (changed("questions", 2, territory="sondrio", language="fr"), "there is no text `sondrio/prova/fr.md`"),
        (changed("desks", 2, kind="negozio"), "desks, row 2: `kind` is negozio; it must be one of"),
        (changed("desks", 2, position="qui"), "desks, row 2: `position` must be [degrees north, degrees east]"),
        (changed("territories", 2, kind="comune"), "territories, row 2: `kind` is comune; it must be nazione"),
        (changed("comuni", 2, territory="nowhere"), "comuni, row 2, column territory: there is no territory `nowhere`"),
        (changed("topics", 2, id="Prova uno"), "topics, row 2: `Prova uno` cannot be the id of a topic"),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_its_place_and_reason(book: Book, reason: str) -> None:
    assert any(reason in each for each in refused(book)), refused(book)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    book = {**changed("entries", 2, id="boh"), **changed("texts", 2, language="xx"), **changed("desks", 2, kind="x")}
    assert len(refused(book)) == 3
