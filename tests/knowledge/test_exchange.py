from pathlib import Path

import pytest

from core.database import Database
from core.errors import ContentError, SheetError
from knowledge.exchange import export_to, import_from
from knowledge.sheets import book_of
from knowledge.spreadsheet import write_xlsx
from knowledge.store import KnowledgeStore
from knowledge.tree import read_tree
from tests.knowledge.made import made_tree, write_files

IT = "nazionale/prova/it.md"


@pytest.fixture
def kb(database: Database) -> KnowledgeStore:
    store = KnowledgeStore(database)
    store.replace(made_tree(), author="anna", reason="first")
    return store


@pytest.mark.parametrize(("name", "csv"), [("new", False), ("new.xlsx", False), ("tables", True)])
def test_what_is_exported_and_imported_is_the_same(kb: KnowledgeStore, tmp_path: Path, name: str, csv: bool) -> None:
    export_to(kb.tree(), tmp_path / name, csv=csv)
    told = import_from(kb, tmp_path / name, author="bruno", reason="nothing new")
    assert told == "Nothing differs: nothing was changed."
    assert kb.snapshot() == (1, made_tree())


def test_exported_documents_are_the_store_s_byte_for_byte(kb: KnowledgeStore, tmp_path: Path) -> None:
    export_to(kb.tree(), tmp_path / "new")
    assert read_tree(tmp_path / "new") == kb.tree()


@pytest.mark.parametrize("csv", [False, True])
def test_a_table_that_was_edited_changes_what_was_edited(kb: KnowledgeStore, tmp_path: Path, csv: bool) -> None:
    tree = {**made_tree(), IT: made_tree()[IT].replace("Vai in comune", "Vai oggi")}
    export_to(tree, tmp_path / ("tables" if csv else "a.xlsx"), csv=csv)
    told = import_from(kb, tmp_path / ("tables/texts.csv" if csv else "a.xlsx"), author="bruno", reason="quicker")
    assert told.startswith("Version 2: 1 documents changed.")
    assert kb.tree() == tree
    assert (kb.history(IT)[0].author, kb.history(IT)[0].origin) == ("bruno", "import")


def test_a_folder_of_documents_stands_for_the_whole(kb: KnowledgeStore, tmp_path: Path) -> None:
    smaller = {path: text for path, text in made_tree().items() if not path.startswith("sondrio/desks")}
    import_from(kb, write_files(smaller, tmp_path / "files"), author="bruno", reason="no desk any more")
    assert kb.tree() == smaller


def test_of_a_table_with_one_wrong_row_nothing_is_imported(kb: KnowledgeStore, tmp_path: Path) -> None:
    book = book_of({**made_tree(), IT: made_tree()[IT].replace("Vai in comune", "Vai oggi")})
    book["desks"][0] = {**book["desks"][0], "kind": "negozio"}
    write_xlsx(book, tmp_path / "a.xlsx")
    with pytest.raises(SheetError, match="nothing was imported"):
        import_from(kb, tmp_path / "a.xlsx", author="bruno", reason="half right")
    assert kb.snapshot() == (1, made_tree())


def test_a_long_list_of_reasons_is_told_in_short() -> None:
    error = SheetError([f"row {number}" for number in range(50)], "a.xlsx")
    assert "row 19" in str(error) and "row 20" not in str(error)
    assert "… and 30 more" in str(error)
    assert len(error.reasons) == 50


def test_what_cannot_be_imported_is_refused(kb: KnowledgeStore, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"x")
    (tmp_path / "empty").mkdir()
    for path, reason in ((tmp_path / "none", "there is no such"), (tmp_path / "a.pdf", "is neither a folder"),
                         (tmp_path / "empty", "holds neither documents")):  # fmt: skip
        with pytest.raises(ContentError, match=reason):
            import_from(kb, path, author="bruno", reason="x")


def test_a_folder_with_something_in_it_is_not_exported_to(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(ContentError, match="is not empty"):
        export_to(made_tree(), tmp_path)
    with pytest.raises(ContentError, match="cannot be written"):
        export_to(made_tree(), tmp_path / "mine.txt" / "new")
