"""XLSX and CSV as other programs write them, well meant and not."""

import csv
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from core.errors import ContentError, SheetError
from knowledge import spreadsheet
from knowledge.sheets import COLUMNS, Book, book_of
from knowledge.spreadsheet import read_csv, read_xlsx, write_csv, write_xlsx
from tests.knowledge.made import made_tree

BOOK = book_of(made_tree())
TOPIC = {"id": "prova", "area": "prove", "urgent": False, "about": "A"}


@pytest.mark.parametrize(("write", "read", "name"), [(write_xlsx, read_xlsx, "a.xlsx"), (write_csv, read_csv, "a")])
def test_what_is_written_is_read_back_the_same(
    tmp_path: Path, write: Callable[[Book, Path], None], read: Callable[[Path], Book], name: str
) -> None:
    write(BOOK, tmp_path / name)
    assert read(tmp_path / name) == BOOK


# What a text can hold: any script, line breaks and tabs; the ends are trimmed, as the documents trim them.
_texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]) | st.sampled_from("\n=+-@'\t"), min_size=1)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_texts.map(str.strip).filter(bool), min_size=1, max_size=5))
def test_any_text_survives(tmp_path: Path, texts: list[str]) -> None:
    book: Book = {"out_of_scope": [{"language": "it", "text": text} for text in texts]}
    write_xlsx(book, tmp_path / "a.xlsx")
    assert read_xlsx(tmp_path / "a.xlsx") == book
    write_csv(book, tmp_path / "a")
    assert read_csv(tmp_path / "a") == book


def test_a_text_is_never_written_as_a_formula(tmp_path: Path) -> None:
    evil = {"topics": [{**TOPIC, "about": '=HYPERLINK("https://evil.example","ciao")'}]}
    write_xlsx(evil, tmp_path / "a.xlsx")
    cell = load_workbook(tmp_path / "a.xlsx")["topics"]["D2"]
    assert (cell.data_type, cell.value) == ("s", evil["topics"][0]["about"])
    write_csv(evil, tmp_path / "csv")
    assert "'=HYPERLINK" in (tmp_path / "csv" / "topics.csv").read_text("utf-8-sig")


def workbook(tmp_path: Path, *rows: list[Any], sheet: str = "topics") -> Path:
    """A workbook as a person makes it: one sheet, these rows."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(tmp_path / "mine.xlsx")
    return tmp_path / "mine.xlsx"


HEADING = list(COLUMNS["topics"])


def test_what_a_spreadsheet_makes_of_cells_is_understood(tmp_path: Path) -> None:
    assert read_xlsx(workbook(tmp_path, HEADING, [" prova ", "prove", "VERO", "a\r\nb"], [None] * 4))["topics"] == [
        {"id": "prova", "area": "prove", "urgent": True, "about": "a\nb"}
    ]
    heading = list(COLUMNS["entries"])
    row = [datetime(2026, 11, 1) if name == "checked_on" else None for name in heading]
    (read,) = read_xlsx(workbook(tmp_path, heading, row, sheet="entries"))["entries"]
    assert read["checked_on"] == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        ([HEADING[:3], ["prova", "prove", False]], ["topics: column `about` is missing"]),
        ([[*HEADING, "note"], ["prova", "prove", False, "A", "x"]], ["topics: column `note` is not known"]),
        ([[*HEADING, "id"], ["prova", "prove", False, "A", "x"]], ["topics: column `id` stands there twice"]),
        ([], [f"topics: column `{column}` is missing" for column in HEADING]),
        ([HEADING, ["prova", "prove", False, "=1+1"]], ["topics, row 2, column about: is a formula: write its value"]),
        ([HEADING, ["prova", 7, False, "A"]], ["topics, row 2, column area: is 7 and not a text: format the cell as "
                                               "text (a number loses its leading zeros)"]),
        ([HEADING, ["a", "b", "forse", "A"]], ["topics, row 2, column urgent: `forse` is neither true nor false"]),
        ([HEADING, ["prova", "prove", False, "A" * 10_001]], ["topics, row 2, column about: has 10001 characters; "
                                                              "10000 is the most"]),
        ([HEADING, ["a", "b", False, "c", "d"]], ["topics, row 2: has more cells than there are columns"]),
        ([HEADING, ["=1", "prove", False, "A"], ["b", 3, "x", "B"]],
         ["topics, row 2, column id: is a formula: write its value",
          "topics, row 3, column area: is 3 and not a text: format the cell as text (a number loses its leading zeros)",
          "topics, row 3, column urgent: `x` is neither true nor false"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_cell_by_cell(tmp_path: Path, rows: list[list[Any]], reasons: list[str]) -> None:
    with pytest.raises(SheetError) as refused:
        read_xlsx(workbook(tmp_path, *rows))
    assert refused.value.reasons == reasons


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    heading = list(COLUMNS["entries"])
    row = ["ieri" if name == "checked_on" else None for name in heading]
    with pytest.raises(SheetError, match="`ieri` is no date; write it as 2026-11-24"):
        read_xlsx(workbook(tmp_path, heading, row, sheet="entries"))


def test_a_sheet_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="Foglio1: is no sheet of the knowledge base; there are topics, "):
        read_xlsx(workbook(tmp_path, HEADING, sheet="Foglio1"))


def test_a_cell_of_ten_megabytes_is_refused_by_its_place(tmp_path: Path) -> None:
    huge = {"topics": [{**TOPIC, "about": "A" * 10_000_000}]}
    write_csv(huge, tmp_path / "csv")
    with pytest.raises(SheetError, match="topics, row 2, column about: has 10000000 characters; 10000 is the most"):
        read_csv(tmp_path / "csv")
    # Excel's own limit lies far below; a program can write such a cell all the same.
    path = workbook(tmp_path, HEADING, ["prova", "prove", False, "BIG"])
    _rewrite(path, b"BIG", b"A" * 10_000_000)
    with pytest.raises(SheetError, match="topics, row 2, column about: has 10000000 characters; 10000 is the most"):
        read_xlsx(path)


def _rewrite(path: Path, old: bytes, new: bytes) -> None:
    """Replace bytes inside the parts of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).replace(old, new) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_zip_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_xlsx(BOOK, tmp_path / "a.xlsx")
    monkeypatch.setattr(spreadsheet, "MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(ContentError, match="unpacks to more than"):
        read_xlsx(tmp_path / "a.xlsx")
    monkeypatch.setattr(spreadsheet, "MAX_FILE_BYTES", 1000)
    with pytest.raises(ContentError, match="is larger than"):
        read_xlsx(tmp_path / "a.xlsx")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nothing", b"id,area\n"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(ContentError, match=r"is no XLSX file|cannot be read as XLSX"):
        read_xlsx(tmp_path / "a.xlsx")


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("ciao.txt", "ciao")
    with pytest.raises(ContentError, match="cannot be read as XLSX"):
        read_xlsx(tmp_path / "a.xlsx")


def test_csv_as_an_italian_spreadsheet_writes_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "topics.csv"
    path.write_bytes('id;area;urgent;about\r\nprova;prove;FALSO;"A; B"\r\n'.encode("utf-8-sig"))
    assert read_csv(path) == {"topics": [{**TOPIC, "about": "A; B"}]}


def test_a_formula_in_csv_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "topics.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([HEADING, ["prova", "prove", "false", "=cmd|' /C calc'!A0"]])
    with pytest.raises(SheetError, match="topics, row 2, column about: is a formula"):
        read_csv(path)


def test_csv_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "topics.csv").write_bytes("id,area,urgent,about\nprova,prove,false,perché\n".encode("latin-1"))
    with pytest.raises(ContentError, match="is not UTF-8 text"):
        read_csv(tmp_path / "topics.csv")
