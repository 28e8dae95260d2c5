from dataclasses import replace

import pytest

from knowledge.model import Source, Words
from tests.knowledge.made import made_entry, made_words, with_words


@pytest.mark.parametrize("changes", [{"title": "x"}, {"answer": "x"}, {"facets": {"cost": "x"}}, {"facets": {}}])
def test_the_version_changes_with_what_a_person_reads(changes: dict[str, object]) -> None:
    assert made_words(**changes).version != made_words().version


@pytest.mark.parametrize(
    "changes", [{"questions": ()}, {"status": "reviewed"}, {"translates": "0"}, {"reviewed_by": "Anna"}]
)
def test_the_version_stays_when_something_else_changes(changes: dict[str, object]) -> None:
    assert made_words(**changes).version == made_words().version


def test_the_version_does_not_depend_on_the_order_of_the_facets() -> None:
    words = made_words()
    turned: Words = replace(words, facets=dict(reversed(words.facets.items())))
    assert list(turned.facets) != list(words.facets)
    assert turned.version == words.version


def test_a_translation_is_outdated_once_the_italian_has_changed() -> None:
    entry = made_entry()
    assert not any(entry.is_outdated(language) for language in entry.words)
    changed = with_words(entry, "it", answer="Un'altra risposta.")
    assert {language: changed.is_outdated(language) for language in ("it", "en", "fr")} == {
        "it": False,
        "en": True,
        "fr": True,
    }


def test_a_reader_gets_their_language_else_english_else_italian() -> None:
    entry = made_entry()
    assert entry.in_language("fr") == (entry.words["fr"], True)
    assert entry.in_language("it") == (entry.words["it"], True)
    assert entry.in_language("xx") == (entry.words["en"], False)
    old_french = with_words(entry, "fr", translates="0")
    assert old_french.in_language("fr") == (entry.words["en"], False)
    old_english = with_words(old_french, "en", translates="0")
    assert old_english.in_language("fr") == (entry.words["it"], False)
    assert old_english.in_language("it") == (entry.words["it"], True)


def test_a_source_is_cited_with_title_and_address() -> None:
    assert str(Source("Legge 1/2000", "https://x.it")) == "Legge 1/2000 – https://x.it"
