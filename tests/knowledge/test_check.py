from dataclasses import replace
from datetime import date

import pytest

from knowledge.base import KnowledgeBase
from knowledge.check import check
from knowledge.files import Pending
from knowledge.model import Entry, Source
from tests.knowledge.made import ANSWER, FACETS, TODAY, made_base, made_entry, made_words, with_words

PLACE = "nazionale/prova"


def found(*entries: Entry, pending: tuple[Pending, ...] = (), nothing: tuple[str, ...] = ()) -> list[str]:
    return [str(finding) for finding in check(made_base(*entries, pending=pending, nothing=nothing), TODAY)]


def in_italian(**changes: object) -> Entry:
    """An entry in all languages alike, its Italian (and so its translations) changed."""
    changed = {code: replace(words, **changes) for code, words in made_entry().words.items()}
    return made_entry(words=changed)


def test_an_entry_without_a_fault_gives_no_finding() -> None:
    assert found(made_entry(), made_entry("altra", "lombardia"), made_entry("terza", "sondrio", urgent=True)) == []


def test_the_content_of_this_release_has_no_fault_on_the_day_it_was_checked() -> None:
    base = KnowledgeBase.read()
    assert [str(each) for each in check(base, max(entry.checked_on for entry in base.entries))] == []


def test_without_a_day_it_is_today() -> None:
    tomorrow = made_entry(checked_on=date.max, review_by=date.max)
    assert [each.reason[:14] for each in check(made_base(tomorrow))] == ["says that it w"]


def test_a_missing_language_is_found() -> None:
    entry = made_entry()
    words = {code: each for code, each in entry.words.items() if code != "ar"}
    assert found(replace(entry, words=words)) == [f"{PLACE}/ar.md: is missing"]


def test_an_outdated_translation_is_found() -> None:
    entry = with_words(made_entry(), "fr", translates="0")
    assert found(entry) == [f"{PLACE}/fr.md: is outdated: the Italian has changed since"]


def test_a_language_that_has_no_locale_yet_is_checked_as_well() -> None:
    entry = made_entry()
    entry = replace(entry, words={**entry.words, "sq": made_words("sq", translates="0")})
    assert found(entry) == [f"{PLACE}/sq.md: is outdated: the Italian has changed since"]


def test_facets_that_differ_from_the_italian_are_found() -> None:
    entry = with_words(made_entry(), "en", facets={"link": FACETS["link"], "time": "Oggi."})
    assert found(entry) == [
        f"{PLACE}/en.md: `## cost` is missing",
        f"{PLACE}/en.md: `## time` is not in the Italian",
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": "t" * 81}, "title: has 81 characters; 80 is the most"),
        ({"answer": ANSWER + " " * (601 - len(ANSWER))}, "answer: has 601 characters; 600 is the most"),
        ({"facets": {**FACETS, "cost": FACETS["cost"] + " " * 500}}, "cost: has 528 characters; 500 is the most"),
    ],
)
def test_a_text_that_is_too_long_is_found(changes: dict[str, object], reason: str) -> None:
    assert found(with_words(made_entry(), "fr", **changes)) == [f"{PLACE}/fr.md: {reason}"]


def test_a_text_of_the_greatest_length_is_fine() -> None:
    facets = {**FACETS, "cost": FACETS["cost"].ljust(500, "!")}
    assert found(with_words(made_entry(), "fr", title="t" * 80, answer=ANSWER.ljust(600, "!"), facets=facets)) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Costa TODO euro", "TODO"),
        ("XXXX", "XXXX"),
        ("Lorem ipsum", "Lorem"),
        ("Ciao {{name}}", "{{"),
        ("Poi:\n- ...\n- basta", "- ..."),
        ("…", "…"),
    ],
)
def test_a_placeholder_is_found_wherever_it_is_read(text: str, shown: str) -> None:
    reason = f"`{shown}` stands where a text should"
    assert found(with_words(made_entry(), "en", title=text)) == [f"{PLACE}/en.md: title: {reason}"]
    facets = {**FACETS, "cost": f"{FACETS['cost']}\n{text}"}
    assert found(with_words(made_entry(), "en", facets=facets)) == [f"{PLACE}/en.md: cost: {reason}"]


@pytest.mark.parametrize("text", ["Todo está bien", "Aspetta... poi vai", "Taglia XXL", "{ok}"])
def test_what_only_looks_like_a_placeholder_is_fine(text: str) -> None:
    assert found(with_words(made_entry(), "en", title=text)) == []


def test_a_wrong_web_address_is_found_in_texts_and_sources() -> None:
    facets = {**FACETS, "link": "Guarda https://esempio/come"}
    assert f"{PLACE}/it.md: link: `https://esempio/come` is not a web address" in found(in_italian(facets=facets))
    entry = made_entry(sources=(Source("Legge", "https://legge"),))
    assert found(entry) == [f"{PLACE}/entry.yml: `https://legge` is not a web address"]


def test_an_italian_answer_that_is_hard_to_read_is_found() -> None:
    hard = "L'amministrazione provvede al rilascio della documentazione attestante la regolarità della permanenza."
    assert found(in_italian(answer=hard)) == [f"{PLACE}/it.md: answer: is hard to read (Gulpease 39; at least 60)"]


def test_numbers_that_differ_from_the_italian_are_found_by_section() -> None:
    entry = with_words(
        made_entry(),
        "ar",
        title="٣",
        answer=ANSWER.replace("0342 000 000", "0342 000 001"),
        facets={**FACETS, "cost": "١٬٠٠٠ - 13"},
    )
    assert found(entry) == [
        f"{PLACE}/ar.md: title: 3 not in the Italian",
        f"{PLACE}/ar.md: answer: 0342000000 not in the translation; 0342000001 not in the Italian",
        f"{PLACE}/ar.md: cost: 12 not in the translation; 13 not in the Italian",
    ]


def test_too_few_questions_are_found() -> None:
    entry = made_entry()
    assert found(with_words(entry, "it", questions=entry.words["it"].questions[:11])) == [
        f"{PLACE}/it.md: has 11 questions; there must be at least 12"
    ]


def test_an_urgent_entry_that_does_not_say_what_to_do_is_found() -> None:
    entry = replace(made_entry(), urgent=True)
    assert found(entry) == [f"{PLACE}/it.md: is urgent and does not say what to do: `## now` is missing"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"review_by": date(2026, 11, 23)}, "was to be reviewed by 2026-11-23"),
        ({"checked_on": date(2026, 11, 25)}, "says that it was checked on 2026-11-25, which is in the future"),
        ({"level": "ambito"}, "`level` is ambito, but an entry in nazionale is nazionale"),
        ({"see_also": ("altra",)}, "`see_also` names `altra`, which is no topic"),
    ],
)
def test_what_is_wrong_with_the_entry_itself_is_found(changes: dict[str, object], reason: str) -> None:
    assert found(made_entry(**changes)) == [f"{PLACE}/entry.yml: {reason}"]


def test_dates_of_today_are_fine() -> None:
    assert found(made_entry(checked_on=TODAY, review_by=TODAY)) == []


def test_see_also_may_name_an_entry_or_a_topic_that_waits_for_one() -> None:
    entry = made_entry(see_also=("altra", "attesa"))
    assert found(entry, made_entry("altra"), pending=(Pending("attesa", "it", "quando?", False),)) == []


def test_a_question_of_two_topics_is_found_however_it_is_spelt() -> None:
    first = with_words(made_entry(), "it", questions=(*made_entry().words["it"].questions, "Perché  no?"))
    second = made_entry("altra", "sondrio")
    second = with_words(second, "it", questions=(*second.words["it"].questions, "perche no?"))
    assert found(first, second) == [
        "sondrio/altra/it.md: the question `perche no?` of altra is also one of prova (nazionale/prova/it.md)"
    ]
    waiting = Pending("attesa", "it", "PERCHÉ NO?", False)
    assert found(first, pending=(waiting, waiting)) == [
        "pending/it.jsonl: the question `PERCHÉ NO?` of attesa is also one of prova (nazionale/prova/it.md)"
    ]
    assert found(first, nothing=("perche' no?", "perché no?")) == [
        "out_of_scope/it.txt: the question `perché no?` of out_of_scope is also one of prova (nazionale/prova/it.md)"
    ]


def test_a_question_may_stand_in_two_languages_and_in_two_territories() -> None:
    questions = tuple(f"domanda {number}" for number in range(12))
    words = {code: made_words(code, questions=questions) for code in made_entry().words}
    assert found(made_entry(words=words), made_entry(territory="sondrio", words=words)) == []
