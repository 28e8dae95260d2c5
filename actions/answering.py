"""Questions, topics and facets."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.people import hand_over
from actions.shared import answerer
from actions.turn import Turn, reply

# The second question in a row that nobody here can answer calls a person without being asked.
MISSES_BEFORE_A_PERSON = 2


class ActionAnswer(Action):
    """A question: answer, choices, or nothing known."""

    def name(self) -> str:
        """As in `domain.yml`."""
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say what the knowledge base finds; call a person when it finds nothing twice in a row."""
        turn = Turn(tracker)
        answer = answerer().question(turn.text, turn.language, turn.ambito)
        misses = turn.misses + 1 if answer.outcome == "unsupported" else 0
        if misses >= MISSES_BEFORE_A_PERSON:
            return hand_over(dispatcher, turn.language, "not_understood")
        return reply(dispatcher, answer, misses=misses)


class ActionUrgent(Action):
    """Danger: whom to call, first and at once."""

    def name(self) -> str:
        """As in `domain.yml`."""
        return "action_urgent"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say the entry on this danger."""
        turn = Turn(tracker)
        return reply(dispatcher, answerer().urgent(turn.text, turn.language, turn.ambito))


class ActionChooseTopic(Action):
    """A topic that was chosen by its button."""

    def name(self) -> str:
        """As in `domain.yml`."""
        return "action_choose_topic"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say the answer of that topic."""
        turn = Turn(tracker)
        return reply(dispatcher, answerer().topic(str(turn.topic), turn.language, turn.ambito))


class ActionAskFacet(Action):
    """One facet (cost, documents …) of a topic, asked by its button."""

    def name(self) -> str:
        """As in `domain.yml`."""
        return "action_ask_facet"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say that facet."""
        turn = Turn(tracker)
        facet = str(turn.entities.get("facet", "what"))
        return reply(dispatcher, answerer().facet(str(turn.topic), facet, turn.language, turn.ambito))

