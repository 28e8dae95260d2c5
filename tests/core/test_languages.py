import pytest

from core.languages import LANGUAGES, named_language
from core.text import fold


def test_there_are_the_twelve_languages_and_two_are_written_from_the_right() -> None:
    assert list(LANGUAGES) == ["it", "en", "fr", "es", "ar", "sq", "uk", "ru", "zh", "ur", "bn", "pa"]
    assert {code for code, language in LANGUAGES.items() if language.direction == "rtl"} == {"ar", "ur"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_is_known_by_its_own_and_its_italian_name(code: str) -> None:
    assert named_language(LANGUAGES[code].name) == code
    assert named_language(f"vorrei parlare in {LANGUAGES[code].italian.upper()}, grazie") == code


def test_no_name_belongs_to_two_languages() -> None:
    names = [name for language in LANGUAGES.values() for name in language.names]
    assert len(names) == len(set(names))
    assert all(fold(name) == name for name in names)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I don't understand Italian, in English please", "en"),
        ("не понимаю английский, по-русски пожалуйста", "ru"),
        ("ما بفهم ايطالي، بدي بالعربي", "ar"),
        ("请说中文", "zh"),
        ("parlez-vous francais", "fr"),
        ("inglés no, español sí", "es"),
    ],
)
def test_the_language_named_last_is_wanted(text: str, code: str) -> None:
    assert named_language(text) == code


@pytest.mark.parametrize("text", ["", "dove rinnovo il permesso?", "arabesque", "shqiponja"])
def test_a_text_that_names_no_language_names_none(text: str) -> None:
    assert named_language(text) is None
