"""In and out of the store: folders of documents, XLSX, CSV."""

from pathlib import Path

from core.errors import ContentError
from knowledge.sheets import book_of
from knowledge.sheets_in import edits_of
from knowledge.spreadsheet import read_csv, read_xlsx, write_csv, write_xlsx
from knowledge.store import KnowledgeStore
from knowledge.tree import TERRITORY, Tree, read_tree, write_tree

XLSX = ".xlsx"
CSV = ".csv"


def export_to(tree: Tree, to: Path, *, csv: bool = False) -> str:
    """Write `tree` to `to`; what was done, in words. Raises `ContentError` where something else is there."""
    try:
        if to.suffix.lower() == XLSX:
            write_xlsx(book_of(tree), to)
            return f"{to}: {len(tree)} documents as sheets."
        if to.is_dir() and any(to.iterdir()):
            raise ContentError("is not empty: name a new folder", to)
        if csv:
            write_csv(book_of(tree), to)
            return f"{to}: {len(tree)} documents as CSV tables."
        write_tree(tree, to)
    except OSError as error:
        raise ContentError(f"cannot be written: {error.strerror}", to) from None
    return f"{to}: {len(tree)} documents."


def import_from(store: KnowledgeStore, source: Path, *, author: str, reason: str) -> str:
    """Bring `source` into the store as one change; what was done, in words. Raises `ContentError`, `SheetError`.

    A folder of documents stands for the whole knowledge base: what is not in it is taken away. A spreadsheet changes
    what its rows name.
    """
    if not source.exists():
        raise ContentError("there is no such file or folder", source)
    version, held = store.snapshot()
    if _is_tree(source):
        made = store.replace(read_tree(source), author=author, reason=reason)
    else:
        book = read_xlsx(source) if source.suffix.lower() == XLSX else read_csv(_checked(source))
        edits = edits_of(book, held, source)
        made = store.change(edits, author=author, reason=reason, origin="import", based_on=version)
    if made == version:
        return "Nothing differs: nothing was changed."
    now = store.tree()
    changed = sum(held.get(path) != now.get(path) for path in held.keys() | now.keys())
    return f"Version {made}: {changed} documents changed. `approdo kb check --store` looks them over."


def _is_tree(source: Path) -> bool:
    return source.is_dir() and any(source.glob(f"*/{TERRITORY}"))


def _checked(source: Path) -> Path:
    if source.is_dir() and not any(source.glob(f"*{CSV}")):
        raise ContentError("holds neither documents (…/territory.yml) nor CSV tables", source)
    if source.is_file() and source.suffix.lower() != CSV:
        raise ContentError("is neither a folder, nor .xlsx, nor .csv", source)
    return source
