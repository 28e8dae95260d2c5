from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from knowledge.base import KnowledgeBase
from knowledge.check import check, check_form
from knowledge.model import Entry, Source
from knowledge.tree import read_tree
from tests.knowledge.made import (
    ANSWER,
    FACETS,
    TODAY,
    made_base,
    made_entry,
    made_topics,
    made_tree,
    made_words,
    with_words,
)  # fmt: skip

PLACE = "nazionale/prova"


def found(*entries: Entry, **given: Any) -> list[str]:
    return [str(finding) for finding in check(made_base(*entries, **given), TODAY)]


def in_italian(**changes: object) -> Entry:
    """An entry in all languages alike, its Italian (and so its translations) changed."""
    changed = {code: replace(words, **changes) for code, words in made_entry().words.items()}
    return made_entry(words=changed)


def test_an_entry_without_a_fault_gives_no_finding() -> None:
    assert found(made_entry(), made_entry("altra", "lombardia"), made_entry("terza", "sondrio", urgent=True)) == []


def test_the_content_of_this_release_has_no_fault_on_the_day_it_was_checked() -> None:
    tree = read_tree()
    base = KnowledgeBase.of(tree, demo=True)
    today = max(entry.checked_on for entry in base.entries)
    assert [str(each) for each in (*check_form(tree), *check(base, today))] == []


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
    entry = with_words(made_entry(), "en", facets={"what": FACETS["what"], "link": FACETS["link"], "time": "Oggi."})
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


def test_a_topic_with_too_few_questions_is_found_in_each_language() -> None:
    entry = made_entry()
    for code, number in (("it", 19), ("fr", 20), ("zh", 11), ("pa", 12)):
        questions = tuple(f"{code} {each}" for each in range(number))
        entry = replace(
            entry, words={**entry.words, code: replace(entry.words["it"], language=code, questions=questions)}
        )
    reasons = found(entry, topics=made_topics("prova"))
    assert "topics.yml: `prova` has 19 questions in it; there must be at least 20" in reasons
    assert "topics.yml: `prova` has 11 questions in zh; there must be at least 12" in reasons
    assert not any("questions in fr" in reason or "questions in pa" in reason for reason in reasons)


def test_a_topic_that_nobody_answers_is_found() -> None:
    reasons = found(topics=made_topics("altro"))
    assert reasons == ["topics.yml: nobody answers `altro`: there is no entry on it"]


def test_an_entry_on_no_topic_is_found() -> None:
    reasons = found(made_entry("terza"), topics={})
    assert reasons == []
    reasons = found(made_entry(), made_entry("terza"), topics=made_topics("prova"))
    assert "nazionale/terza/entry.yml: `terza` is no topic: add it to topics.yml" in reasons


def test_an_entry_that_is_not_as_its_topic_is_found() -> None:
    reasons = found(made_entry(area="altre"), topics=made_topics(urgent=("prova",)))
    assert f"{PLACE}/entry.yml: `area` is altre, but topics.yml says prove" in reasons
    assert f"{PLACE}/entry.yml: `urgent` is False, but topics.yml says True" in reasons


def test_a_missing_translation_of_an_ambito_s_own_entry_is_a_warning() -> None:
    entry = made_entry(territory="sondrio")
    words = {code: each for code, each in entry.words.items() if code != "ar"}
    (finding,) = check(made_base(replace(entry, words=words)), TODAY)
    assert (str(finding), finding.warning) == ("sondrio/prova/ar.md: warning: is missing", True)


def test_an_addition_is_short_and_adds_to_something() -> None:
    topics = made_topics("prova")
    addition = made_entry(territory="sondrio", adds=True)
    long = replace(addition, words={code: replace(each, answer=ANSWER.ljust(301, "!"))
                                    for code, each in addition.words.items()})  # fmt: skip
    assert "sondrio/prova/it.md: answer: has 301 characters; 300 is the most" in found(
        made_entry(), long, topics=topics
    )
    reason = "sondrio/prova/entry.yml: `adds: true`, but no farther territory has an entry that it could add to"
    assert reason in found(addition, topics=topics)
    assert reason not in found(made_entry(), addition, topics=topics)


def test_an_entry_that_does_not_say_what_it_is_is_found() -> None:
    facets = {name: text for name, text in FACETS.items() if name != "what"}
    assert f"{PLACE}/it.md: does not say what it is: `## what` is missing" in found(in_italian(facets=facets))


def test_a_document_in_another_form_is_found() -> None:
    tree = made_tree()
    assert list(check_form(tree)) == []
    tree["nazionale/territory.yml"] = "kind: nazione\nid: nazionale\nname: Italia\n"
    assert [finding.place for finding in check_form(tree)] == ["nazionale/territory.yml"]


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


def test_a_question_of_two_topics_is_found_however_it_is_spelt() -> None:
    first = with_words(made_entry(), "it", questions=(*made_entry().words["it"].questions, "Perché  no?"))
    second = made_entry("altra", "sondrio")
    second = with_words(second, "it", questions=(*second.words["it"].questions, "perche no?"))
    assert found(first, second) == [
        "sondrio/altra/it.md: the question `perche no?` of altra is also one of prova (nazionale/prova/it.md)"
    ]
    assert found(first, nothing=("perche' no?", "perché no?")) == [
        "out_of_scope/it.txt: the question `perché no?` of out_of_scope is also one of prova (nazionale/prova/it.md)"
    ]


def test_a_question_may_stand_in_two_languages_and_in_two_territories() -> None:
    questions = tuple(f"domanda {number}" for number in range(12))
    words = {code: made_words(code, questions=questions) for code in made_entry().words}
    assert found(made_entry(words=words), made_entry(territory="sondrio", words=words)) == []
