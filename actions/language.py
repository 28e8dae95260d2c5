"""Another language."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn, reply
from core.languages import named_language
from core.locales import say, spoken
from knowledge.answers import Answer, language_choices


class ActionChangeLanguage(Action):
    """The person wants another language, and may have named it."""

    def name(self) -> str:
        """As in `domain.yml`."""
        return "action_change_language"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Change to the language named; where none is, or none that is spoken here, offer those there are."""
        turn = Turn(tracker)
        pressed = turn.text.startswith("/")
        wanted = turn.entities.get("language") if pressed else named_language(turn.text)
        if wanted and spoken(wanted) == wanted:
            return reply(dispatcher, Answer(say("reply.language_done", wanted), wanted, "smalltalk"), wanted)
        said = spoken(turn.language)
        ask = Answer(say("reply.language_ask", said), said, "smalltalk", buttons=language_choices())
        return reply(dispatcher, ask, turn.language)
