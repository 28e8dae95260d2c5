from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.formatting import format_desk, format_words
from knowledge.model import FACETS, Words
from knowledge.parsing import parse_desk, parse_words
from knowledge.tree import canonical, read_tree
from tests.knowledge.made import FACETS as MADE_FACETS
from tests.knowledge.made import made_desk, made_tree, made_words

SHIPPED = read_tree()


@pytest.mark.parametrize("path", sorted(SHIPPED))
def test_a_document_of_this_release_is_written_as_it_was_read_byte_for_byte(path: str) -> None:
    assert canonical(path, SHIPPED[path]) == SHIPPED[path]


@pytest.mark.parametrize("path", sorted(made_tree()))
def test_the_one_form_of_a_document_is_its_own_form(path: str) -> None:
    text = made_tree()[path]
    assert canonical(path, text) == text


# Letters, digits and marks of any script; a line of dashes would end the front matter.
_line = st.text(st.characters(categories=["L", "N", "M", "S", "P"], exclude_characters="-#"), min_size=1)


@settings(deadline=None)
@given(
    title=_line,
    answer=st.lists(_line, min_size=1).map("\n".join),
    facets=st.dictionaries(st.sampled_from(FACETS), _line),
    questions=st.lists(_line, min_size=1).map(tuple),
    reviewed=st.none() | st.tuples(_line, st.dates(min_value=date(1000, 1, 1))),
)
def test_words_that_are_written_read_back_the_same(
    title: str, answer: str, facets: dict[str, str], questions: tuple[str, ...], reviewed: tuple[str, date] | None
) -> None:
    by, on = reviewed or (None, None)
    words = Words("fr", title, answer, facets, questions, "reviewed" if by else "draft", "0123456789ab", by, on)
    assert parse_words(format_words(words), "fr.md") == words


def test_a_version_of_digits_alone_stays_a_text() -> None:
    words = made_words("fr", translates="012345678901", facets=MADE_FACETS)
    assert parse_words(format_words(words), "fr.md") == words


def test_a_file_may_hold_an_answer_alone() -> None:
    words = made_words(facets={}, questions=())
    assert parse_words(format_words(words), "it.md") == words


def test_facets_are_written_in_the_order_in_which_a_person_needs_them() -> None:
    text = format_words(made_words(facets={"link": "x", "what": "y", "cost": "z"}))
    assert text.index("## what") < text.index("## cost") < text.index("## link")


@settings(deadline=None)
@given(name=_line, address=st.none() | _line, appointment=st.booleans())
def test_a_desk_that_is_written_reads_back_the_same(name: str, address: str | None, appointment: bool) -> None:
    desk = made_desk(name="sportello", address=address, appointment=appointment, phone=None, position=None)
    assert parse_desk(format_desk(desk), "sondrio/desks/sportello.yml") == desk


def test_what_is_not_known_of_a_desk_is_not_written() -> None:
    text = format_desk(made_desk(phone=None, email=None, web=None, hours=None, languages=(), position=None))
    assert not any(f"{name}:" in text for name in ("phone", "email", "web", "hours", "languages", "position"))
    assert "appointment" not in text
