"""The twelve languages: their own names, direction of writing, and how people name each in the others."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from core.text import fold


@dataclass(frozen=True, slots=True)
class Language:
    """One language: ISO 639-1 code, its own name, its Italian name, direction, and the names people type for it."""

    code: str
    name: str
    italian: str
    direction: Literal["ltr", "rtl"]
    also: tuple[str, ...]

    @property
    def names(self) -> set[str]:
        """All its names, folded."""
        return {fold(name) for name in (self.name, self.italian, *self.also)}


def _read(path: Path) -> dict[str, Language]:
    given = yaml.safe_load(path.read_text("utf-8"))
    return {
        code: Language(code, each["name"], each["italian"], each["direction"], tuple(each["also"]))
        for code, each in given.items()
    }


LANGUAGES = _read(Path(__file__).with_name("languages.yml"))


def named_language(text: str) -> str | None:
    """The code of the last language that `text` names, in whatever language it names it; None if it names none.

    The last one: "I don't understand Italian, in English please".
    """
    folded = fold(text)
    found: list[tuple[int, str]] = []
    for code, language in LANGUAGES.items():
        for name in language.names:
            # Arabic glues "in" and "the" to the word, Chinese knows no spaces: no word border is asked of those.
            latin = name.isascii()
            pattern = rf"\b{re.escape(name)}\b" if latin else re.escape(name)
            found += [(match.end(), code) for match in re.finditer(pattern, folded)]
    return max(found)[1] if found else None
