import pytest

from core.errors import ContentError, InvalidInput
from knowledge.base import KnowledgeBase
from knowledge.model import NOTHING
from tests.knowledge.made import made_base, made_desk, made_entry, made_topics, made_tree, made_words


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


def test_the_questions_are_those_of_entries_and_those_about_nothing_each_once() -> None:
    entry = made_entry(words={"it": made_words(questions=("uno", "due"))})
    near = made_entry(territory="sondrio", words={"it": made_words(questions=("due", "tre"))})
    base = made_base(entry, near, nothing=("ciao mondo",))
    assert base.questions() == [
        ("prova", "it", "uno"),
        ("prova", "it", "due"),
        ("prova", "it", "tre"),
        (NOTHING, "it", "ciao mondo"),
    ]


def test_titles_teach_the_finder_too() -> None:
    french = made_words("fr", questions=(), title="Essai")
    entry = made_entry(words={"it": made_words(title="Prova", questions=("uno",)), "fr": french})
    assert made_base(entry).examples() == [("prova", "it", "uno"), ("prova", "it", "Prova"), ("prova", "fr", "Essai")]


def test_invented_territories_teach_nothing() -> None:
    tree = made_tree()
    tree["sondrio/territory.yml"] += "demo: true\n"
    assert KnowledgeBase.of(tree, demo=True).examples() == KnowledgeBase.of(tree).examples()


def test_topics_are_urgent_with_or_without_an_entry() -> None:
    base = made_base(made_entry(urgent=True), made_entry("altro"), topics=made_topics("casa", urgent=("tratta",)))
    assert base.urgent_topics == {"prova", "tratta"}


def test_the_content_of_this_release_answers_for_sondrio() -> None:
    base = KnowledgeBase.read()
    assert base.ambiti == ["sondrio"]
    assert {entry.territory for entry in base.entries} == {"nazionale", "lombardia", "sondrio"}
    assert all(base.entry(topic, "sondrio") for topic in base.topics)
    assert len(base.topics) == 77
    assert len(base.comuni("sondrio")) == 22
    assert {"emergenza", "violenza"} <= base.urgent_topics


def test_nearer_territories_add_to_the_nearest_whole_entry_the_farther_first() -> None:
    nation = made_entry()
    region, sondrio = (made_entry(territory=each, adds=True) for each in ("lombardia", "sondrio"))
    comune = made_entry(territory="sondrio.tresivio", adds=True)
    base = made_base(nation, region, sondrio, comune)
    assert base.entry("prova", "sondrio.tresivio") is nation
    assert base.additions("prova", "sondrio.tresivio") == [region, sondrio, comune]
    assert base.additions("prova", "lecco") == [region]


def test_a_whole_entry_hides_what_farther_territories_add() -> None:
    whole = made_entry(territory="sondrio")
    base = made_base(made_entry(), made_entry(territory="lombardia", adds=True), whole)
    assert base.entry("prova", "sondrio") is whole
    assert base.additions("prova", "sondrio") == []


def test_an_addition_without_a_whole_entry_answers_nothing() -> None:
    base = made_base(made_entry(territory="sondrio", adds=True))
    assert base.entry("prova", "sondrio") is None


def test_desks_serve_the_places_in_their_territory_and_the_nearest_come_first() -> None:
    here, there = made_desk("b"), made_desk("a", territory="lecco")
    other = made_desk("c", topics=("altro",))
    base = made_base(desks=(here, there, other))
    assert base.desks_for("prova", "sondrio.tresivio") == [here]
    assert base.desks_for("prova", "lombardia") == []


def test_what_is_invented_is_loaded_only_where_it_is_asked_for() -> None:
    tree = made_tree()
    tree["sondrio/territory.yml"] += "demo: true\n"
    shown, hidden = KnowledgeBase.of(tree, demo=True), KnowledgeBase.of(tree)
    assert (shown.ambiti, len(shown.entries), len(shown.desks)) == (["sondrio"], 2, 1)
    assert (hidden.ambiti, len(hidden.entries), len(hidden.desks)) == ([], 1, 0)
    assert "sondrio.tresivio" not in hidden.territories


@pytest.mark.parametrize("folder", ["sondrio/prova", "sondrio/desks"])
def test_what_lies_in_no_territory_is_refused(folder: str) -> None:
    moved = {path.replace("sondrio/", "sondiro/") if path.startswith(folder) else path: text
             for path, text in made_tree().items()}  # fmt: skip
    with pytest.raises(ContentError, match="there is no territory `sondiro`"):
        KnowledgeBase.of(moved)
