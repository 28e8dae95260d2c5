"""The actions over a knowledge base that a test makes up."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import ActionAffirm, ActionAnswer, ActionChangeLanguage, ActionHandoff
from actions.turn import Turn
from core.languages import LANGUAGES
from core.locales import say
from knowledge.answers import Answer


class Knows:
    """Answers every question in the same way; remembers how urgent it was told a text is."""

    def __init__(self, outcome: str, *, about: bool = False) -> None:
        self.outcome, self.about, self.urgency = outcome, about, -1.0

    def question(self, text: str, language: str, ambito: str, urgency: float = 0.0) -> Answer:
        self.urgency = urgency
        topics = ("permesso-rinnovo",) if self.outcome == "answer" else ()
        return Answer("testo", language, self.outcome, topics)  # type: ignore[arg-type]

    def topic(self, topic: str, language: str, ambito: str) -> Answer:
        return Answer("testo", language, "answer", (topic,))

    def is_about_a_topic(self, text: str, ambito: str) -> bool:
        return self.about


def tracker(text: str, *, metadata: dict[str, Any] | None = None, slots: dict[str, Any] | None = None,
            acts: dict[str, float] | None = None, **entities: str) -> Tracker:  # fmt: skip
    latest = {
        "text": text,
        "metadata": metadata or {},
        "entities": [{"entity": name, "value": value} for name, value in entities.items()],
        "intent_ranking": [{"name": name, "confidence": value} for name, value in (acts or {}).items()],
    }
    return Tracker("x", slots or {}, latest, [], False, None, {}, None)


def run(action: Any, knows: Knows, monkeypatch: pytest.MonkeyPatch, asked: Tracker) -> tuple[dict[str, Any], list[Any]]:
    for module in ("actions.answering", "actions.people"):
        monkeypatch.setattr(f"{module}.answerer", lambda: knows)
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, asked, {})
    return (dispatcher.messages[0] if dispatcher.messages else {}), events


def test_what_a_text_is_identified_as_stands_before_what_the_services_say_and_that_before_the_slot() -> None:
    stated, slots = {"language": "fr", "ambito": "altrove"}, {"language": "en"}
    assert Turn(tracker("x", metadata=stated, slots=slots, language="ar")).language == "ar"
    assert Turn(tracker("x", metadata=stated, slots=slots)).language == "fr"
    assert Turn(tracker("x", slots=slots)).language == "en"
    assert Turn(tracker("x")).language == "it"
    assert Turn(tracker("x", metadata=stated)).ambito == "altrove"
    assert Turn(tracker("x")).ambito == "sondrio"


def test_a_commands_entity_is_not_the_language_that_the_person_writes() -> None:
    assert Turn(tracker("/change_language", metadata={"language": "fr"}, language="ar")).language == "fr"


def test_a_question_is_told_how_urgent_rasa_finds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    knows = Knows("answer")
    message, events = run(ActionAnswer(), knows, monkeypatch, tracker("x", acts={"question": 0.6, "urgent": 0.3}))
    assert knows.urgency == 0.3
    assert message["custom"]["effects"]["context"] == {"offer": None, "misses": 0, "topic": "permesso-rinnovo"}
    assert {event["name"]: event["value"] for event in events}["outcome"] == "answer"


def test_small_talk_that_rasa_was_unsure_of_is_no_miss(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = tracker("heilà", acts={"nlu_fallback": 0.4, "greet": 0.35, "question": 0.3})
    message, events = run(ActionAnswer(), Knows("unsupported"), monkeypatch, asked)
    assert message == {}
    assert [event["name"] for event in events] == ["utter_greet"]


@pytest.mark.parametrize(("human", "outcome"), [(0.3, "handoff"), (0.29, "unsupported")])
def test_a_call_for_a_person_weighs_where_nothing_is_known(
    monkeypatch: pytest.MonkeyPatch, human: float, outcome: str
) -> None:
    asked = tracker("x", acts={"question": 0.6, "human": human})
    message, _ = run(ActionAnswer(), Knows("unsupported"), monkeypatch, asked)
    assert message["custom"]["outcome"] == outcome


def test_the_second_miss_in_a_row_calls_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = run(ActionAnswer(), Knows("unsupported"), monkeypatch, tracker("x"))
    context = first["custom"]["effects"]["context"]
    second, _ = run(ActionAnswer(), Knows("unsupported"), monkeypatch, tracker("x", metadata={"context": context}))
    assert (context["misses"], second["custom"]["effects"]["handoff"]) == (1, "not_understood")


@pytest.mark.parametrize(
    ("human", "about", "outcome"),
    [(0.69, True, "answer"), (0.69, False, "handoff"), (0.7, True, "handoff")],
)
def test_an_unsure_call_for_a_person_gives_way_to_a_clear_topic(
    monkeypatch: pytest.MonkeyPatch, human: float, about: bool, outcome: str
) -> None:
    asked = tracker("x", acts={"human": human})
    message, _ = run(ActionHandoff(), Knows("answer", about=about), monkeypatch, asked)
    assert message["custom"]["outcome"] == outcome


@pytest.mark.parametrize(
    ("offer", "outcome"), [("human", "handoff"), ("tessera-sanitaria", "answer"), (None, "smalltalk")]
)
def test_a_yes_accepts_what_was_offered(monkeypatch: pytest.MonkeyPatch, offer: str | None, outcome: str) -> None:
    asked = tracker("sì", metadata={"context": {"offer": offer}}, slots={"offer": "ignored"})
    message, _ = run(ActionAffirm(), Knows("answer"), monkeypatch, asked)
    assert message["custom"]["outcome"] == outcome


def test_the_language_that_was_named_is_spoken_and_an_unspoken_one_gets_choices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed, _ = run(ActionChangeLanguage(), Knows(""), monkeypatch, tracker("in english please", language="en"))
    assert changed["text"] == say("reply.language_done", "en")
    assert changed["custom"]["effects"]["language"] == "en"
    asked, _ = run(ActionChangeLanguage(), Knows(""), monkeypatch, tracker("parli tedesco?", language="it"))
    assert [button["title"] for button in asked["buttons"]] == [language.name for language in LANGUAGES.values()]
