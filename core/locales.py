"""The system's own words, one file a language, checked when they are read."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from core.errors import ContentError
from core.settings import ROOT

LOCALES = ROOT / "locales"
REFERENCE = "it"
FALLBACKS = ("en", "it")


def _flatten(tree: dict[str, Any], path: Path, prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            flat |= _flatten(value, path, f"{prefix}{key}.")
        elif isinstance(value, str) and value.strip():
            flat[f"{prefix}{key}"] = value
        else:
            raise ContentError(f"`{prefix}{key}` must be a text that is not empty", path)
    return flat


def _read(path: Path) -> dict[str, str]:
    try:
        tree = yaml.safe_load(path.read_text("utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise ContentError(f"cannot be read: {error}", path) from None
    if not isinstance(tree, dict):
        raise ContentError("must hold `key: text` lines", path)
    return _flatten(tree, path)


def placeholders(text: str) -> set[str]:
    """The names in curly braces."""
    return set(re.findall(r"\{(\w+)\}", text))


def load_locales(folder: Path = LOCALES) -> dict[str, dict[str, str]]:
    """Language -> dotted key -> text. Raises `ContentError` where a file differs from the Italian in keys or holes."""
    locales = {path.stem: _read(path) for path in sorted(folder.glob("*.yml"))}
    if REFERENCE not in locales:
        raise ContentError("the Italian file, the reference of the others, is missing", folder / "it.yml")
    reference = locales[REFERENCE]
    for code, words in locales.items():
        path = folder / f"{code}.yml"
        for key in sorted(reference.keys() ^ words.keys()):
            raise ContentError(f"`{key}` is {'missing' if key in reference else 'in no other file'}", path)
        for key, text in words.items():
            if placeholders(text) != placeholders(reference[key]):
                raise ContentError(f"`{key}` must have the same {{words}} as the Italian", path)
    return locales


@lru_cache(maxsize=1)
def locales() -> dict[str, dict[str, str]]:
    """The locales of this process, read once."""
    return load_locales()


def spoken(language: str | None) -> str:
    """`language` if there is a locale for it, else English (else Italian)."""
    return next(code for code in (language, *FALLBACKS) if code in locales())


def say(key: str, language: str | None, **words: str) -> str:
    """The text of `key` in `language`, filled in with `words`. Raises `KeyError` for a key that no locale has."""
    return locales()[spoken(language)][key].format(**words)
