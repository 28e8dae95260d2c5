"""XLSX and CSV. What comes from outside is distrusted: formulas, huge cells, unknown columns are refused, with reasons.

The format of CSV is RFC 4180 in UTF-8, with a byte order mark so that spreadsheets see it. A text that a spreadsheet
would take for a formula (it begins with = + - @) is written with an apostrophe before it, which is taken away again.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from core.errors import ContentError, SheetError
from core.text import forbidden_character
from knowledge.sheets import COLUMNS, DATES, FLAGS, Book, Cell, Row

MAX_FILE_BYTES = 50_000_000
# What a zip file may unpack to: a small file can hold a very large one.
MAX_UNPACKED_BYTES = 300_000_000
MAX_CELL = 10_000
_TRUE = frozenset({"true", "vero", "1", "sì", "si", "yes"})
_FALSE = frozenset({"false", "falso", "0", "no"})
_LIKE_A_FORMULA = ("=", "+", "-", "@", "'", "\t")
_WIDTHS = {"answer": 60, "question": 60, "text": 60, "sources": 50, "title": 30, "about": 60}
_USUAL_WIDTH = 20


def write_xlsx(book: Book, path: Path) -> None:
    """One sheet a table. Raises `OSError` where the file cannot be written."""
    workbook = Workbook(write_only=True)
    for name, rows in book.items():
        sheet = workbook.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, column in enumerate(COLUMNS[name]):
            sheet.column_dimensions[_letter(number)].width = _WIDTHS.get(column, _USUAL_WIDTH)
        sheet.append([_heading(sheet, column) for column in COLUMNS[name]])
        for row in rows:
            sheet.append([_cell(sheet, row.get(column)) for column in COLUMNS[name]])
    workbook.save(path)


def _letter(number: int) -> str:
    return chr(ord("A") + number)


def _heading(sheet: Any, column: str) -> Any:
    cell = WriteOnlyCell(sheet, column)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # a text stays a text, also where it begins with =
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def read_xlsx(path: Path) -> Book:
    """The sheets of a workbook that have our names. Raises `SheetError`, `ContentError`."""
    _refuse_bombs(path)
    try:
        workbook = load_workbook(path, read_only=True, data_only=False)
    except Exception as error:  # whatever a broken file makes the library raise
        raise ContentError(f"cannot be read as XLSX: {error}", path) from None
    try:
        tables = {
            sheet.title: [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]
            for sheet in workbook.worksheets
        }
    except Exception as error:
        raise ContentError(f"cannot be read as XLSX: {error}", path) from None
    finally:
        workbook.close()
    return _book(tables, path)


def _refuse_bombs(path: Path) -> None:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise ContentError(f"is larger than {MAX_FILE_BYTES // 1_000_000} MB", path)
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:
        raise ContentError("is no XLSX file (a zip archive)", path) from None
    if unpacked > MAX_UNPACKED_BYTES:
        raise ContentError(f"unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB", path)


def write_csv(book: Book, folder: Path) -> None:
    """One `<table>.csv` a sheet. Raises `OSError` where a file cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in book.items():
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(COLUMNS[name])
        writer.writerows([_written(row.get(column)) for column in COLUMNS[name]] for row in rows)
        (folder / f"{name}.csv").write_bytes(out.getvalue().encode("utf-8-sig"))


def _written(value: Cell) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_LIKE_A_FORMULA) else text


def read_csv(path: Path) -> Book:
    """The tables in a folder of CSV files, or in one. Raises `SheetError`, `ContentError`."""
    paths = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    return _book({each.stem: list(_csv_rows(each)) for each in paths}, path)


def _csv_rows(path: Path) -> Iterator[list[tuple[Any, str]]]:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise ContentError(f"is larger than {MAX_FILE_BYTES // 1_000_000} MB", path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError(f"is not UTF-8 text: {error.reason} at byte {error.start}", path) from None
    csv.field_size_limit(MAX_FILE_BYTES)
    delimiter = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield [
            (value.removeprefix("'"), "s") if value.startswith("'") else (value, "f" if value[:1] == "=" else "s")
            for value in row
        ]


def _book(tables: dict[str, list[list[tuple[Any, str]]]], path: Path) -> Book:
    """Tables with a heading as rows of named cells. Raises `SheetError` that tells of every cell that is wrong."""
    reasons: list[str] = []
    book: Book = {}
    for name, table in tables.items():
        if name not in COLUMNS:
            reasons.append(f"{name}: is no sheet of the knowledge base; there are {', '.join(COLUMNS)}")
            continue
        heading = [str(value or "").strip() for value, _ in table[0]] if table else []
        while heading and not heading[-1]:
            heading.pop()
        wrong = [f"column `{column}` is missing" for column in COLUMNS[name] if column not in heading]
        wrong += [f"column `{column}` is not known" for column in heading if column not in COLUMNS[name]]
        wrong += [f"column `{column}` stands there twice" for column in set(heading) if heading.count(column) > 1]
        reasons += [f"{name}: {each}" for each in wrong]
        if not wrong:
            book[name] = list(_rows(name, heading, table[1:], reasons))
    if not tables:
        reasons.append("holds no sheet")
    if reasons:
        raise SheetError(reasons, path)
    return book


def _rows(name: str, heading: list[str], table: list[list[tuple[Any, str]]], reasons: list[str]) -> Iterator[Row]:
    last = max((number for number, cells in enumerate(table) if any(v not in (None, "") for v, _ in cells)), default=-1)
    for number, cells in enumerate(table[: last + 1], 2):
        row: Row = dict.fromkeys(heading)
        for column, (value, kind) in zip(heading, cells, strict=False):
            try:
                row[column] = _value(column, value, kind)
            except ValueError as error:
                reasons.append(f"{name}, row {number}, column {column}: {error}")
        if any(value not in (None, "") for value, _ in cells[len(heading) :]):
            reasons.append(f"{name}, row {number}: has more cells than there are columns")
        yield row


def _value(column: str, value: Any, kind: str) -> Cell:
    """A cell as the knowledge base has it. Raises `ValueError` that says why it cannot."""
    if kind == "f":
        raise ValueError("is a formula: write its value")
    if kind == "e":
        raise ValueError(f"holds the error {value}")
    if value is None or value == "":
        return None
    if column in DATES:
        return _date(value)
    if column in FLAGS:
        return _flag(value)
    if isinstance(value, (bool, int, float, date)):
        raise ValueError(f"is {value!r} and not a text: format the cell as text (a number loses its leading zeros)")
    return _text(str(value))


def _text(value: str) -> str | None:
    if len(value) > MAX_CELL:
        raise ValueError(f"has {len(value)} characters; {MAX_CELL} is the most")
    text = value.replace("\r\n", "\n").strip()
    forbidden = forbidden_character(text)
    if forbidden:
        raise ValueError(f"holds the character {forbidden}, which no text needs: take it out")
    return text or None


def _date(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise ValueError(f"`{str(value)[:40]}` is no date; write it as 2026-11-24") from None


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise ValueError(f"`{str(value)[:40]}` is neither true nor false")
