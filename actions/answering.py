"""Questions, topics and facets."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.people import hand_over
from actions.shared import answerer
from actions.turn import Turn, reply

# The second question in a row that nobody here can answer calls a person without being asked.
MISSES_BEFORE_A_PERSON = 2
# What the knowledge base does not know may still be small talk that Rasa was not sure of: this sure is enough then.
SMALL_TALK = 0.3
# So is a person asked for, where the knowledge base has no answer anyway.
MAYBE_HUMAN = 0.3
SMALL_TALK_ACTS = frozenset({"greet", "thanks", "goodbye", "bot_challenge", "help", "deny"})


class ActionAnswer(Action):
    """A question: answer, choices, or nothing known."""

    def name(self) -> str:
        """As in `domain.yml`."""
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say what the knowledge base finds; call a person when it finds nothing twice in a row."""
        turn = Turn(tracker)
        answer = answerer().question(turn.text, turn.language, turn.ambito, turn.acts.get("urgent", 0.0))
        if answer.outcome in ("unsupported", "clarify") and turn.acts.get("human", 0.0) >= MAYBE_HUMAN:
            return hand_over(dispatcher, turn.language, "asked")
        if answer.outcome == "unsupported":
            act, confidence = turn.likeliest_act()
            if act in SMALL_TALK_ACTS and confidence >= SMALL_TALK:
                return [FollowupAction(f"utter_{act}")]
        misses = turn.misses + 1 if answer.outcome == "unsupported" else 0
        if misses >= MISSES_BEFORE_A_PERSON:
            return hand_over(dispatcher, turn.language, "not_understood")
        return reply(dispatcher, answer, turn.language, misses=misses)


class ActionUrgent(Action):
    """Danger: whom to call, first and at once."""

    def name(self) -> str:
        """As in `domain.yml`."""
        return "action_urgent"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say the entry on this danger."""
        turn = Turn(tracker)
        urgency = turn.acts.get("urgent", 1.0)
        return reply(dispatcher, answerer().question(turn.text, turn.language, turn.ambito, urgency), turn.language)


class ActionChooseTopic(Action):
    """A topic that was chosen by its button."""

    def name(self) -> str:
        """As in `domain.yml`."""
        return "action_choose_topic"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say the answer of that topic."""
        turn = Turn(tracker)
        return reply(dispatcher, answerer().topic(str(turn.topic), turn.language, turn.ambito), turn.language)


class ActionAskFacet(Action):
    """One facet (cost, documents …) of a topic, asked by its button."""

    def name(self) -> str:
        """As in `domain.yml`."""
        return "action_ask_facet"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say that facet."""
        turn = Turn(tracker)
        facet = str(turn.entities.get("facet", "what"))
        return reply(dispatcher, answerer().facet(str(turn.topic), facet, turn.language, turn.ambito), turn.language)
