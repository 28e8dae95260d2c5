from pathlib import Path

import pytest

from core.errors import ContentError
from knowledge.formatting import format_words
from knowledge.parsing import parse_words
from knowledge.translated import mark_translated
from tests.knowledge.made import made_words


def test_marking_a_translation_writes_the_version_of_the_italian_and_nothing_else(tmp_path: Path) -> None:
    italian, french = made_words("it"), made_words("fr", translates="0")
    for words in (italian, french):
        (tmp_path / f"{words.language}.md").write_text(format_words(words), "utf-8")
    mark_translated(tmp_path / "fr.md")
    before, after = format_words(french), (tmp_path / "fr.md").read_text("utf-8")
    assert after == before.replace("translates: '0'", f"translates: {italian.version}") != before
    assert parse_words(after, "fr.md").translates == italian.version


def test_the_italian_translates_nothing(tmp_path: Path) -> None:
    path = tmp_path / "it.md"
    path.write_text(format_words(made_words()), "utf-8")
    with pytest.raises(ContentError, match=r"it\.md: the Italian is the reference"):
        mark_translated(path)
