"""Saying of a translation that it is up to date with the Italian."""

from dataclasses import replace
from pathlib import Path

from core.errors import ContentError
from knowledge.formatting import format_words
from knowledge.model import REFERENCE
from knowledge.parsing import parse_words


def mark_translated(path: Path) -> None:
    """Write into the file at `path` the version of the Italian that stands beside it. Raises `ContentError`."""
    if path.stem == REFERENCE:
        raise ContentError("the Italian is the reference and translates nothing", path)
    reference = path.with_stem(REFERENCE)
    italian = parse_words(reference.read_text("utf-8"), str(reference))
    words = parse_words(path.read_text("utf-8"), str(path))
    path.write_text(format_words(replace(words, translates=italian.version)), "utf-8")
