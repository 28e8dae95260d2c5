from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

import pytest

from core.clock import ITALY
from core.locales import say
from core.text import isolate
from knowledge.answers import Answer, Answerer, facet_command, language_choices, topic_command
from knowledge.finder import Candidate, TopicFinder
from knowledge.model import NOTHING, Source
from tests.knowledge.made import FACETS, made_base, made_desk, made_entry, made_topics, made_words, with_words

HERE = "sondrio"
CASA = made_entry("casa")
SCUOLA = made_entry("scuola", "sondrio")
LAVORO = made_entry("lavoro", "lombardia")
EMERGENZA = made_entry("emergenza", urgent=True)
VIOLENZA = made_entry("violenza", urgent=True)
TOPICS = made_topics("casa", "scuola", "lavoro", "tasse", urgent=("emergenza", "violenza", "tratta"))
BASE = made_base(CASA, SCUOLA, LAVORO, EMERGENZA, VIOLENZA, topics=TOPICS)


class Ranking:
    """Stands for the finder: ranks as a test says, whatever the text."""

    def __init__(self, **probabilities: float) -> None:
        self.ranked = [Candidate(topic, probability) for topic, probability in probabilities.items()]

    def rank(self, text: str) -> list[Candidate]:
        return self.ranked


def answerer(**probabilities: float) -> Answerer:
    return Answerer(BASE, cast(TopicFinder, Ranking(**probabilities)))


def ask(language: str = "it", ambito: str = HERE, /, **probabilities: float) -> Answer:
    return answerer(**probabilities).question("?", language, ambito)


def commands(answer: Answer) -> list[str]:
    return [button.payload for button in answer.buttons]


def test_a_likely_topic_is_answered_with_its_words_and_where_they_come_from() -> None:
    answer = ask(casa=0.25, scuola=0.04)
    assert (answer.outcome, answer.topics, answer.language) == ("answer", ("casa",), "it")
    assert answer.text == CASA.words["it"].answer
    assert answer.source == "Legge di prova, art. 1 – https://www.esempio.it/legge"
    assert (answer.checked_on, answer.provenance) == ("2026-11-01", "curated")
    assert commands(answer) == [facet_command("casa", "cost"), "/human"]


def test_a_second_likely_topic_is_a_button_beside_the_answer() -> None:
    answer = ask(casa=0.5, lavoro=0.06, tasse=0.05, scuola=0.05)
    assert answer.topics == ("casa", "lavoro")
    assert commands(answer)[0] == topic_command("lavoro")
    assert answer.buttons[0].title == "Prova lavoro"


def test_unreviewed_words_say_so_and_reviewed_ones_do_not() -> None:
    assert ask("fr", casa=0.9).note == say("notes.draft", "fr")
    reviewed = made_base(with_words(CASA, "fr", status="reviewed"))
    assert Answerer(reviewed, cast(TopicFinder, Ranking(casa=0.9))).question("?", "fr", HERE).note is None


def test_topics_that_are_not_likely_enough_are_offered_as_choices() -> None:
    answer = ask("fr", casa=0.24, tasse=0.2, scuola=0.1, lavoro=0.05, violenza=0.04)
    assert (answer.outcome, answer.topics) == ("clarify", ("casa", "scuola", "lavoro"))
    assert answer.text == say("reply.clarify", "fr")
    assert commands(answer) == [*map(topic_command, ("casa", "scuola", "lavoro")), "/human"]
    assert (answer.source, answer.provenance, answer.offer) == (None, "system", None)


def test_a_single_choice_is_what_a_yes_accepts() -> None:
    answer = ask(casa=0.24, scuola=0.001)
    assert (answer.outcome, answer.topics, answer.offer) == ("clarify", ("casa",), "casa")


def test_an_unlikely_topic_is_not_offered() -> None:
    assert ask(casa=0.014).outcome == "unsupported"
    assert ask(casa=0.016).outcome == "clarify"


@pytest.mark.parametrize("ranked", [{NOTHING: 0.9, "casa": 0.1}, {NOTHING: 0.2, "casa": 0.19}, {"tasse": 0.9}])
def test_what_nobody_here_knows_is_unsupported_and_offers_a_person(ranked: dict[str, float]) -> None:
    answer = ask("ar", **ranked)
    assert (answer.outcome, answer.text, answer.topics) == ("unsupported", say("reply.unsupported", "ar"), ())
    assert (commands(answer), answer.offer) == (["/human"], "human")
    assert answer.provenance == "system"


def test_an_entry_of_another_ambito_does_not_answer() -> None:
    assert ask("it", HERE, scuola=0.9).outcome == "answer"
    assert ask("it", "lecco", scuola=0.9).outcome == "unsupported"


def test_an_urgent_entry_is_an_emergency_with_a_person_first() -> None:
    answer = ask("ar", violenza=0.9)
    assert answer.outcome == "emergency"
    assert answer.text == isolate(f"{VIOLENZA.words['ar'].answer}\n\n{say('reply.urgent_person', 'ar')}")
    assert commands(answer) == ["/human", facet_command("violenza", "now")]


def test_words_of_another_language_are_introduced_in_the_readers() -> None:
    entry = with_words(CASA, "fr", translates="0")
    base = made_base(entry)
    answer = Answerer(base, cast(TopicFinder, Ranking(casa=0.9))).question("?", "fr", HERE)
    assert answer.text == f"{say('reply.other_language', 'fr')}\n\n{CASA.words['en'].answer}"
    assert answer.language == "en"
    assert answer.buttons[-1].title == say("buttons.person", "en")


def test_a_language_without_words_and_locale_is_answered_in_english() -> None:
    answer = ask("xx", casa=0.9)
    assert answer.language == "en"
    assert answer.text.startswith(say("reply.other_language", "en"))


def test_a_facet_is_told_with_its_title_and_what_else_can_be_asked() -> None:
    facets = {"who": "Tutti.", "documents": "Niente.", "where": "Qui.", "time": "Oggi.", **FACETS}
    entry = made_entry("casa", words={"it": made_words(topic="casa", facets=facets)})
    made = Answerer(made_base(entry), cast(TopicFinder, Ranking()))
    answer = made.facet("casa", "cost", "it", HERE)
    assert answer.text == f"Prova casa · {say('facets.cost', 'it')}\n\n{FACETS['cost']}"
    assert (answer.outcome, answer.topics, answer.provenance) == ("answer", ("casa",), "curated")
    expected = [facet_command("casa", name) for name in ("documents", "where", "time", "who")]
    assert commands(answer) == [*expected, "/human"]


def test_a_facet_that_is_not_known_is_said_to_be_and_offers_a_person() -> None:
    answer = answerer().facet("casa", "time", "fr", HERE)
    assert (answer.outcome, answer.text) == ("unsupported", say("reply.facet_missing", "fr"))
    assert (commands(answer), answer.offer, answer.topics) == (["/human"], "human", ("casa",))


def test_a_topic_or_a_facet_of_no_entry_is_unsupported() -> None:
    assert answerer().topic("tasse", "it", HERE).outcome == "unsupported"
    assert answerer().facet("tasse", "cost", "it", HERE).outcome == "unsupported"


def test_an_urgent_text_is_answered_with_its_danger_though_something_else_is_likelier() -> None:
    answer = answerer(casa=0.6, violenza=0.3).question("?", "it", HERE, 1.0)
    assert (answer.outcome, answer.topics) == ("emergency", ("violenza",))


@pytest.mark.parametrize("ranked", [{"casa": 0.9, "violenza": 0.04}, {"tratta": 0.9}, {NOTHING: 0.9}])
def test_an_urgent_text_of_no_known_danger_gets_the_general_emergency(ranked: dict[str, float]) -> None:
    assert answerer(**ranked).question("?", "it", HERE, 1.0).topics == ("emergenza",)


@pytest.mark.parametrize(
    ("confidence", "ranked", "outcome"),
    [
        (0.59, {"casa": 0.5, "violenza": 0.09}, "answer"),
        (0.60, {"casa": 0.5, "violenza": 0.09}, "emergency"),
        (0.25, {"casa": 0.5, "violenza": 0.06, "tratta": 0.04}, "emergency"),
        (0.25, {"casa": 0.49, "violenza": 0.09}, "emergency"),
        (0.24, {"casa": 0.49, "violenza": 0.09}, "answer"),
    ],
)
def test_an_unsure_urgency_gives_way_to_a_matter_that_is_clearly_ordinary(
    confidence: float, ranked: dict[str, float], outcome: str
) -> None:
    assert answerer(**ranked).question("?", "it", HERE, confidence).outcome == outcome


@pytest.mark.parametrize(
    ("ranked", "topics"),
    [
        ({"violenza": 0.25, "casa": 0.2}, ("violenza",)),
        ({"violenza": 0.24, "casa": 0.2}, None),
        ({"casa": 0.5, "violenza": 0.3}, None),
        ({"tasse": 0.9}, None),
        ({NOTHING: 0.9}, None),
    ],
)
def test_an_alarm_is_raised_by_a_likely_danger_only(ranked: dict[str, float], topics: tuple[str, ...] | None) -> None:
    answer = answerer(**ranked).alarm("?", "it", HERE)
    assert (answer and answer.topics) == topics
    assert answer is None or answer.outcome == "emergency"


def test_a_text_is_about_a_topic_where_that_is_clear_and_has_an_entry() -> None:
    assert answerer(casa=0.5).is_about_a_topic("?", HERE)
    assert not answerer(casa=0.49).is_about_a_topic("?", HERE)
    assert not answerer(tasse=0.9).is_about_a_topic("?", HERE)


def test_the_languages_to_choose_from_are_those_of_the_locales_by_their_own_names() -> None:
    choices = {choice.payload: choice.title for choice in language_choices()}
    assert choices['/change_language{"language": "ar"}'] == "العربية"
    assert choices['/change_language{"language": "it"}'] == "Italiano"
    assert '/change_language{"language": "zz"}' not in choices


def test_an_answer_of_the_system_has_no_source() -> None:
    system = Answer("ciao", "it", "smalltalk")
    assert (system.provenance, replace(system, source="x").provenance) == ("system", "curated")


def adding(territory: str = "sondrio", **changes: Any) -> Answerer:
    """Answers from a base in which a nearer territory adds to `casa`, and a desk serves it."""
    words = {code: made_words(code, "casa", answer=f"Qui ({code}).", facets={"where": f"Da noi ({code})."})
             for code in ("it", "ar")}  # fmt: skip
    addition = made_entry("casa", territory, adds=True, words=words, checked_on=date(2026, 10, 1), **changes)
    base = made_base(CASA, addition, desks=(made_desk(topics=("casa",)),))
    now = datetime(2026, 11, 24, 10, tzinfo=ITALY)
    return Answerer(base, cast(TopicFinder, Ranking(casa=0.9)), lambda: now)


def test_what_a_nearer_territory_adds_stands_below_under_its_name() -> None:
    answer = adding().topic("casa", "it", HERE)
    assert answer.text == f"{CASA.words['it'].answer}\n\nNel tuo territorio (Sondrio):\nQui (it)."
    assert adding("lecco").topic("casa", "it", HERE).text == CASA.words["it"].answer


def test_the_oldest_date_and_every_source_are_shown() -> None:
    answer = adding(sources=(Source("Ente", "https://example.org/qui"),)).topic("casa", "it", HERE)
    assert answer.checked_on == "2026-10-01"
    assert answer.source == ("Legge di prova, art. 1 – https://www.esempio.it/legge; Ente – https://example.org/qui")


def test_a_reviewed_text_with_a_draft_below_it_is_a_draft() -> None:
    reviewed = with_words(CASA, "it", status="reviewed", reviewed_by="A", reviewed_on=date(2026, 11, 1))
    draft = made_entry("casa", "sondrio", adds=True)
    for entries, note in (((reviewed,), None), ((reviewed, draft), say("notes.draft", "it"))):
        answerer_of = Answerer(made_base(*entries), cast(TopicFinder, Ranking(casa=0.9)))
        assert answerer_of.topic("casa", "it", HERE).note == note


def test_where_tells_of_the_desks_and_whether_they_are_open() -> None:
    answer = adding().facet("casa", "where", "it", HERE)
    assert "Da noi (it)." in answer.text
    assert "Telefono: 000 000 001" in answer.text
    assert "Aperto ora, fino alle 12:30." in answer.text
    assert facet_command("casa", "where") in commands(adding().topic("casa", "it", HERE))
    assert "Telefono" not in adding().facet("casa", "cost", "it", HERE).text


def test_where_there_is_a_desk_the_facet_need_not_be_written() -> None:
    base = made_base(CASA, desks=(made_desk(topics=("casa",), phone=None, hours=None),))
    answer = Answerer(base, cast(TopicFinder, Ranking(casa=0.9))).facet("casa", "where", "it", HERE)
    assert (answer.outcome, "Via Prova 1, Tresivio" in answer.text) == ("answer", True)
    assert "Telefono" not in answer.text


def test_a_phone_in_a_right_to_left_text_keeps_its_order() -> None:
    text = adding().facet("casa", "where", "ar", HERE).text
    assert "\u2066000 000 001\u2069" in text
    assert "\u2066" not in adding().facet("casa", "where", "it", HERE).text
