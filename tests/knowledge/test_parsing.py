from collections.abc import Callable
from datetime import date

import pytest

from core.errors import ContentError
from knowledge.base import KnowledgeBase
from knowledge.model import Source, Words
from knowledge.parsing import parse_desk, parse_entry, parse_territory, parse_words
from tests.knowledge.made import made_desk, made_tree

ENTRY = """\
id: prova
area: prove
level: ambito
urgent: false
sources:
  - title: "Legge 1/2000"
    url: https://www.esempio.it
checked_on: 2026-11-01
review_by: 2027-05-01
owner: redazione
see_also: [altra, terza]
"""
TERRITORY = """\
id: sondrio
kind: ambito
name: Sondrio
parent: lombardia
comuni:
- id: tresivio
  name: Tresivio
  position: [46.17, 9.94]
  spellings:
    ru: Трезивио
"""
ITALIAN = """\
---
title: 'Prova: uno'
status: draft
---
La risposta.

## cost
È gratis.

## questions
- quanto costa?
- è gratis?
"""
IT, HEAD, PLACE, DESK = (
    "sondrio/prova/it.md", "sondrio/prova/entry.yml", "sondrio/territory.yml", "sondrio/desks/sportello.yml",
)  # fmt: skip
DOCUMENTS = {**made_tree(), IT: ITALIAN, HEAD: ENTRY, PLACE: TERRITORY}


def test_an_entry_is_read_with_all_that_its_document_says() -> None:
    entry = parse_entry(ENTRY, HEAD)
    assert (entry.id, entry.territory, entry.area, entry.level) == ("prova", "sondrio", "prove", "ambito")
    assert (entry.urgent, entry.adds, entry.owner) == (False, False, "redazione")
    assert entry.sources == (Source("Legge 1/2000", "https://www.esempio.it"),)
    assert (entry.checked_on, entry.review_by) == (date(2026, 11, 1), date(2027, 5, 1))
    assert entry.see_also == ("altra", "terza")
    assert parse_entry(ENTRY.replace("see_also: [altra, terza]\n", ""), HEAD).see_also == ()
    assert parse_entry(ENTRY + "adds: true\n", HEAD).adds


def test_words_are_read_with_all_that_their_document_says() -> None:
    expected = Words("it", "Prova: uno", "La risposta.", {"cost": "È gratis."}, ("quanto costa?", "è gratis?"), "draft")
    assert parse_words(ITALIAN, IT) == expected


def test_a_territory_is_read_with_its_comuni() -> None:
    sondrio, tresivio = parse_territory(TERRITORY, PLACE)
    assert (sondrio.id, sondrio.kind, sondrio.parent, sondrio.demo) == ("sondrio", "ambito", "lombardia", False)
    assert (tresivio.id, tresivio.kind, tresivio.parent) == ("sondrio.tresivio", "comune", "sondrio")
    assert tresivio.names == ("Tresivio", "Трезивио")
    assert tresivio.position == (46.17, 9.94)


def test_a_desk_of_which_little_is_known_is_read() -> None:
    text = "id: sportello\nname: Uno\nkind: other\nsource: visto\nchecked_on: 2026-11-01\n"
    desk = parse_desk(text, DESK)
    assert (desk.id, desk.territory, desk.name) == ("sportello", "sondrio", "Uno")
    assert (desk.phone, desk.hours, desk.topics, desk.appointment, desk.position) == (None, None, (), False, None)
    assert parse_desk(DOCUMENTS[DESK], DESK) == made_desk()


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    ("name", "change", "line", "reason"),
    [
        (IT, replaced("---\n", ""), 1, "must begin with front matter"),
        (IT, replaced("status: draft\n---", "status: draft"), 1, "must begin with front matter"),
        (IT, replaced("'Prova: uno'", "Prova: uno"), 2, "not valid YAML"),
        (IT, replaced("status: draft", "status: draft\nstato: x"), None, "`stato` is not known here"),
        (IT, replaced("title: 'Prova: uno'\nstatus: draft", "- uno"), 1, "must hold `name: value` lines"),
        (IT, replaced("status: draft", "status: ready"), 2, "`status` draft or reviewed"),
        (IT, replaced("status: draft", "status: reviewed"), 2, "needs `reviewed_by` and `reviewed_on`"),
        (IT, replaced("draft", "reviewed\nreviewed_by: A\nreviewed_on: ieri"), None, "`reviewed_on` must be a date"),
        (IT, replaced("title: 'Prova: uno'\n", ""), 2, "`title` must be a text"),
        (IT, replaced("La risposta.\n", ""), 5, "has no answer"),
        (IT, replaced("## cost", "## costs"), 7, "`## costs` must be one of what, who"),
        (IT, replaced("## questions", "## cost\nx\n\n## questions"), 10, "`## cost` must be one of"),
        (IT, replaced("È gratis.\n", ""), 7, "`## cost` is empty"),
        (IT, replaced("- è gratis?", "è gratis?"), None, "a question is a line `- text`, not `è gratis?`"),
        (IT, replaced("- è gratis?", "- "), None, "a question is a line `- text`"),
        (HEAD, replaced("urgent: false", "urgent: [false"), 5, "not valid YAML"),
        (HEAD, replaced("urgent: false", "urgent: forse"), None, "`urgent` must be true or false"),
        (HEAD, replaced("area:", "zona:"), None, "`zona` is not known here"),
        (HEAD, replaced("area: prove\n", ""), None, "`area` is missing"),
        (HEAD, replaced("area: prove", "area: 3"), None, "`area` must be a text"),
        (HEAD, replaced("id: prova", "id: prove"), None, "`id` is prove, but the folder is prova"),
        (HEAD, replaced("2026-11-01", "ieri"), None, "`checked_on` must be a date"),
        (HEAD, replaced("2027-05-01", "2027"), None, "`review_by` must be a date"),
        (HEAD, replaced("2027-05-01", "2027-02-31"), None, "cannot be read"),
        (HEAD, replaced("https:", "http:"), None, "begins with https://"),
        (HEAD, replaced('"Legge 1/2000"', '""'), None, "each source has a `title`"),
        (HEAD, replaced("[altra, terza]", "altra"), None, "`see_also` must be a list"),
        (HEAD, lambda _: "", 1, "must hold `name: value` lines"),
        (PLACE, replaced("kind:", "type:"), None, "`type` is not known here"),
        (PLACE, replaced("kind: ambito", "kind: comune"), None, "it must be nazione, regione or ambito"),
        (PLACE, replaced("id: sondrio", "id: Sondrio!"), None, "`Sondrio!` cannot be the id"),
        (PLACE, replaced("id: sondrio", "id: sondrino"), None, "but the folder is sondrio"),
        (PLACE, replaced("ru: Т", "xx: Т"), None, "`xx` is none of the languages"),
        (PLACE, replaced("[46.17, 9.94]", "[460, 9]"), None, "`position` must be [degrees north, degrees east]"),
        (PLACE, replaced("parent: lombardia", "parent: lomellina"), None, "the parent `lomellina` is no territory"),
        (DESK, replaced("kind: sportello-stranieri", "kind: negozio"), None, "`kind` is negozio; it must be one of"),
        (DESK, replaced("name: ", "nome: "), None, "`nome` is not known here"),
        (DESK, replaced("id: sportello", "id: altro"), None, "`id` is altro, but the file is sportello.yml"),
        (DESK, replaced("000 000 001", "000"), None, "`phone` must be a text"),
        ("topics.yml", replaced("id: prova", "id: Prova"), None, "`Prova` cannot be the id of a topic"),
        ("topics.yml", lambda _: "prova: si\n", None, "must list the topics"),
    ],
)  # fmt: skip
def test_a_document_that_is_wrong_is_refused_by_name_and_line(
    name: str, change: Callable[[str], str], line: int | None, reason: str
) -> None:
    with pytest.raises(ContentError) as refused:
        KnowledgeBase.of({**DOCUMENTS, name: change(DOCUMENTS[name])})
    assert (refused.value.path, refused.value.line) == (name, line)
    assert reason in refused.value.reason
    assert str(refused.value).startswith(f"{name}:{line}: " if line else f"{name}: ")


def test_a_source_must_be_there() -> None:
    lines = [line for line in ENTRY.splitlines() if not line.startswith(" ")]
    with pytest.raises(ContentError, match=r"`sources` is missing|at least one source"):
        parse_entry("\n".join(lines).replace("sources:", "sources: []"), HEAD)


def test_a_file_in_no_known_language_is_refused() -> None:
    with pytest.raises(ContentError, match=r"xx\.md: `xx` is none of the languages it, en"):
        parse_words(ITALIAN, "sondrio/prova/xx.md")
