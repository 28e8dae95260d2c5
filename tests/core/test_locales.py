import shutil
from pathlib import Path

import pytest

from core.errors import ContentError
from core.languages import LANGUAGES
from core.locales import LOCALES, load_locales, placeholders, say, spoken


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the locales, to spoil."""
    return Path(shutil.copytree(LOCALES, tmp_path / "locales"))


def spoil(folder: Path, language: str, old: str, new: str) -> None:
    path = folder / f"{language}.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_every_locale_has_the_keys_and_the_holes_of_the_italian() -> None:
    locales = load_locales()
    assert {"it", "en", "fr", "ar"} <= locales.keys() <= LANGUAGES.keys()
    for words in locales.values():
        assert words.keys() == locales["it"].keys()
        assert {key: placeholders(text) for key, text in words.items()} == {
            key: placeholders(text) for key, text in locales["it"].items()
        }


def test_every_text_can_be_said() -> None:
    for language, words in load_locales().items():
        for key, text in words.items():
            assert "{" not in say(key, language, **dict.fromkeys(placeholders(text), "Anna"))


@pytest.mark.parametrize(
    ("language", "old", "new", "reason"),
    [
        ("fr", "  thanks:", "  thanking:", "`bot.thank"),
        ("ar", "  affirm:", "  affirm: x\n  extra:", "`reply.extra` is in no other file"),
        ("en", "{name}", "{nome}", "must have the same {words}"),
        ("en", "{name}", "", "must have the same {words}"),
        ("fr", '  title: "Approdo"', '  title: ""', "`web.title` must be a text that is not empty"),
        ("fr", '  title: "Approdo"', "  title: 3", "`web.title` must be a text that is not empty"),
    ],
)
def test_a_file_that_differs_from_the_italian_is_refused_by_name(
    folder: Path, language: str, old: str, new: str, reason: str
) -> None:
    spoil(folder, language, old, new)
    with pytest.raises(ContentError) as refused:
        load_locales(folder)
    assert refused.value.path == folder / f"{language}.yml"
    assert reason in refused.value.reason


def test_without_the_italian_there_is_nothing_to_compare_with(folder: Path) -> None:
    (folder / "it.yml").unlink()
    with pytest.raises(ContentError, match=r"it\.yml: the Italian file"):
        load_locales(folder)


@pytest.mark.parametrize("text", ["", "bot: [", "- ciao\n"])
def test_a_file_that_is_no_tree_of_texts_is_refused_by_name(folder: Path, text: str) -> None:
    (folder / "fr.yml").write_text(text, "utf-8")
    with pytest.raises(ContentError, match=r"fr\.yml"):
        load_locales(folder)


def test_a_language_without_a_locale_is_spoken_to_in_english() -> None:
    assert [spoken(code) for code in ("it", "ar", "xx", None)] == ["it", "ar", "en", "en"]


def test_what_is_said_is_filled_in() -> None:
    assert "Anna" in say("system.joined", "it", name="Anna", ambito="Sondrio")
    assert say("buttons.person", "xx") == say("buttons.person", "en") != say("buttons.person", "it")


def test_a_key_that_no_locale_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("reply.nothing", "it")
