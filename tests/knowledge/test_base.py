import pytest

from core.errors import InvalidInput
from knowledge.base import KnowledgeBase
from knowledge.files import Pending
from knowledge.model import NOTHING
from tests.knowledge.made import made_base, made_entry, made_words


def test_the_nearest_entry_answers() -> None:
    nation, region, sondrio = (made_entry(territory=each) for each in ("nazionale", "lombardia", "sondrio"))
    base = made_base(nation, region, sondrio)
    assert base.entry("prova", "sondrio") is sondrio
    assert base.entry("prova", "lecco") is region
    assert made_base(nation, sondrio).entry("prova", "lecco") is nation
    assert made_base(sondrio).entry("prova", "lecco") is None
    assert base.entry("altro", "sondrio") is None


def test_a_lineage_runs_from_the_nearest_to_the_farthest() -> None:
    assert list(made_base().lineage("sondrio")) == ["sondrio", "lombardia", "nazionale"]


def test_only_an_ambito_passes_for_one() -> None:
    base = made_base()
    assert base.ambiti == ["sondrio", "lecco"]
    assert base.check_ambito("lecco") == "lecco"
    for wrong in ("lombardia", "milano", ""):
        with pytest.raises(InvalidInput, match=r"There are: sondrio, lecco\.") as refused:
            base.check_ambito(wrong)
        assert refused.value.extra == {"field": "ambito"}


def test_an_ambito_is_called_by_its_name_where_it_has_one() -> None:
    assert [made_base().ambito_name(each) for each in ("sondrio", "chiuso")] == ["Sondrio", "chiuso"]


def test_the_questions_are_those_of_entries_those_waiting_and_those_about_nothing_each_once() -> None:
    entry = made_entry(words={"it": made_words(questions=("uno", "due"))})
    near = made_entry(territory="sondrio", words={"it": made_words(questions=("due", "tre"))})
    waiting = Pending("altro", "fr", "un", False)
    base = made_base(entry, near, pending=(waiting, waiting), nothing=("ciao mondo",))
    assert base.questions() == [
        ("prova", "it", "uno"),
        ("prova", "it", "due"),
        ("prova", "it", "tre"),
        ("altro", "fr", "un"),
        (NOTHING, "it", "ciao mondo"),
    ]


def test_topics_are_urgent_with_or_without_an_entry() -> None:
    pending = (Pending("tratta", "it", "x", True), Pending("casa", "it", "y", False))
    base = made_base(made_entry(urgent=True), made_entry("altro"), pending=pending)
    assert base.urgent_topics == {"prova", "tratta"}


def test_the_content_of_this_release_answers_for_sondrio() -> None:
    base = KnowledgeBase.read()
    assert base.ambiti == ["sondrio"]
    assert {entry.territory for entry in base.entries} == {"nazionale", "lombardia", "sondrio"}
    assert all(base.entry(entry.id, "sondrio") is entry for entry in base.entries)
    assert {"emergenza", "violenza"} <= base.urgent_topics
