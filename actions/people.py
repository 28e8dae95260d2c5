"""Calling a person, and what a bare "yes" means."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.shared import answerer
from actions.turn import Turn, reply
from core.locales import say, spoken
from knowledge.answers import SURELY_HUMAN, Answer


def hand_over(dispatcher: CollectingDispatcher, language: str, reason: str) -> list[dict[str, Any]]:
    """Say that a person is called, and call one."""
    said = spoken(language)
    return reply(dispatcher, Answer(say("system.queued", said), said, "handoff"), language, handoff=reason)


class ActionHandoff(Action):
    """The person asked for a person."""

    def name(self) -> str:
        """As in `domain.yml`."""
        return "action_handoff"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Hand over, unless the act is unsure and the words are clearly about a topic ("someone who translates")."""
        turn = Turn(tracker)
        unsure = turn.acts.get("human", 1.0) < SURELY_HUMAN
        if unsure and answerer().is_about_a_topic(turn.text, turn.ambito):
            return reply(dispatcher, answerer().question(turn.text, turn.language, turn.ambito), turn.language)
        return hand_over(dispatcher, turn.language, "asked")


class ActionAffirm(Action):
    """A "yes": to what was offered last."""

    def name(self) -> str:
        """As in `domain.yml`."""
        return "action_affirm"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Do what was offered; where nothing was, ask for the question."""
        turn = Turn(tracker)
        if turn.offer == "human":
            return hand_over(dispatcher, turn.language, "asked")
        if turn.offer:
            return reply(dispatcher, answerer().topic(turn.offer, turn.language, turn.ambito), turn.language)
        said = spoken(turn.language)
        return reply(dispatcher, Answer(say("reply.affirm", said), said, "smalltalk"), turn.language)
