import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text import fold, forbidden_character, isolate, romanize


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Perché", "perche"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("Ｆｕｌｌ", "full"),
        ("їжак", "іжак"),
        ("الإقامة", "الاقامه"),
        ("مستشفى", "مستشفي"),
        ("مُحَمَّد", "محمد"),
        ("کیا", "كيا"),
        ("কী", "কী"),
        ("ਪੰਜਾਬੀ", "ਪੰਜਾਬੀ"),
        ("居留证", "居留证"),
    ],
)
def test_spellings_of_the_same_word_become_one(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_the_vowels_of_indic_scripts_tell_words_apart() -> None:
    assert fold("কাজ") != fold("কুজ")


def test_folding_again_changes_nothing() -> None:
    assert fold(fold("№ 5™")) == fold("№ 5™")


@pytest.mark.parametrize(
    ("text", "latin"), [("паспорт", "pasport"), ("Σ", "s"), ("ciao", "ciao"), ("居", "ju"), ("১২", "12")]
)
def test_every_script_has_latin_letters(text: str, latin: str) -> None:
    assert romanize(text) == latin


@settings(deadline=None)
@given(st.text())
def test_romanized_text_is_lower_case_ascii(text: str) -> None:
    latin = romanize(text)
    assert latin.isascii()
    assert latin == latin.lower()


@pytest.mark.parametrize(
    ("text", "character"),
    [("a\0b", "U+0000"), ("\x1b[2J", "U+001B"), ("\ud800", "U+D800"), ("\x85", "U+0085")],
)
def test_controls_and_surrogates_are_found(text: str, character: str) -> None:
    assert forbidden_character(text) == character


def test_line_breaks_joiners_and_direction_marks_are_welcome() -> None:
    assert forbidden_character("uno\tdue\r\ntre می‌خواهم \u200f\u2068112\u2069 👩‍👧") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الرقم 800 290 290 مجاني", "الرقم [800 290 290] مجاني"),
        ("اتصل: +39 0342 000 000.", "اتصل: [+39 0342 000 000]."),
        ("تصريح (permesso di soggiorno) هنا", "تصريح ([permesso di soggiorno]) هنا"),
        ("انظر https://www.example.org/a-b?x=1#y، ثم", "انظر [https://www.example.org/a-b?x=1#y]، ثم"),
        ("اتصل 112 أو 1522", "اتصل 112 أو 1522"),
        ("الرسم 5,50 يورو", "الرسم [5,50] يورو"),
        ("القانون D.Lgs. 286/1998", "القانون [D.Lgs. 286/1998]"),
        ("لا شيء", "لا شيء"),
        ("", ""),
    ],
)
def test_left_to_right_runs_are_isolated(text: str, expected: str) -> None:
    isolated = isolate(text)
    assert isolated.replace("\u2066", "[").replace("\u2069", "]") == expected
    assert isolate(text).count("\u2066") == isolated.count("\u2069")
