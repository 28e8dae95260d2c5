from datetime import date

import pytest

from core.errors import ContentError
from knowledge.base import KnowledgeBase
from knowledge.check import check
from knowledge.scaffold import id_from, new_ambito, new_desk, new_entry
from knowledge.tree import canonical
from tests.knowledge.made import TODAY, made_desk, made_tree

BASE = KnowledgeBase.of(made_tree())


def grown(documents: dict[str, str]) -> KnowledgeBase:
    """The made knowledge base with more documents; they are in the one form."""
    assert {path: canonical(path, text) for path, text in documents.items()} == documents
    return KnowledgeBase.of({**made_tree(), **documents})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ponte in Valtellina", "ponte-in-valtellina"),
        ("Castello dell'Acqua", "castello-dell-acqua"),
        ("Forlì", "forli"),
    ],
)
def test_a_name_suggests_an_id(name: str, expected: str) -> None:
    assert id_from(name) == expected


def test_a_new_ambito_answers_with_what_holds_in_its_region() -> None:
    base = grown(new_ambito(BASE, "tirano", "Tirano", "lombardia", ["Tirano", "Villa di Tirano"]))
    assert base.ambiti == ["sondrio", "tirano"]
    assert [comune.id for comune in base.comuni("tirano")] == ["tirano.tirano", "tirano.villa-di-tirano"]
    assert base.entry("prova", "tirano.villa-di-tirano") is not None


@pytest.mark.parametrize(
    ("name", "parent", "comuni", "reason"),
    [
        ("sondrio", "lombardia", [], "there is already a territory"),
        ("Tirano", "lombardia", [], "cannot be the id"),
        ("tirano", "lomellina", [], "there is no territory `lomellina`"),
        ("tirano", "lombardia", ["Aprica", "APRICA"], "two comuni have the id `aprica`"),
    ],
)
def test_an_ambito_that_cannot_be_is_refused(name: str, parent: str, comuni: list[str], reason: str) -> None:
    with pytest.raises(ContentError, match=reason):
        new_ambito(BASE, name, "Tirano", parent, comuni)


def test_a_new_desk_holds_what_was_said_of_it() -> None:
    desk = made_desk("nuovo", phone=None)
    assert desk in grown(new_desk(BASE, desk)).desks


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": "sportello"}, "this desk is there already"),
        ({"territory": "lecco"}, "there is no ambito `lecco`; there are sondrio"),
        ({"kind": "negozio"}, "`kind` is negozio"),
        ({"id": "Mio!"}, "cannot be the id of a desk"),
    ],
)
def test_a_desk_that_cannot_be_is_refused(changes: dict[str, str], reason: str) -> None:
    with pytest.raises(ContentError, match=reason):
        new_desk(BASE, made_desk(**{"name": "nuovo", **changes}))


def test_an_addition_begins_as_a_text_to_be_written() -> None:
    tree = {path: text for path, text in made_tree().items() if not path.startswith("sondrio/prova")}
    documents = new_entry(KnowledgeBase.of(tree), "sondrio", "prova", TODAY, adds=True)
    base = KnowledgeBase.of({**tree, **documents})
    (addition,) = base.additions("prova", "sondrio")
    assert (addition.adds, addition.checked_on, addition.review_by > TODAY) == (True, TODAY, True)
    findings = [str(each) for each in check(base, TODAY) if each.place.startswith("sondrio/prova")]
    assert "sondrio/prova/it.md: answer: `TODO` stands where a text should" in findings


def test_an_override_begins_as_a_copy_of_the_farther_entry_without_its_questions() -> None:
    tree = {path: text for path, text in made_tree().items() if not path.startswith("sondrio/prova")}
    base = KnowledgeBase.of(tree)
    copied = KnowledgeBase.of({**tree, **new_entry(base, "sondrio", "prova", TODAY, adds=False)})
    here, there = copied.entry("prova", "sondrio"), base.entry("prova", "sondrio")
    assert here is not None and there is not None
    assert (here.territory, there.territory, here.sources) == ("sondrio", "nazionale", there.sources)
    assert here.words["fr"].answer == there.words["fr"].answer
    assert not here.is_outdated("fr")
    assert copied.questions() == base.questions()


@pytest.mark.parametrize(
    ("territory", "topic", "reason"),
    [
        ("sondrio", "boh", "`boh` is no topic"),
        ("lecco", "prova", "there is no territory `lecco`"),
        ("sondrio", "prova", "this entry is there already"),
        ("sondrio", "altra", "no farther territory has an entry"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(territory: str, topic: str, reason: str) -> None:
    with pytest.raises(ContentError, match=reason):
        new_entry(BASE, territory, topic, date.today(), adds=True)
