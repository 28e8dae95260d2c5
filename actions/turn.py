"""What an action knows of the turn it answers, and how it replies."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from core.metrics import ANSWERS
from core.settings import get_settings
from knowledge.answers import Answer


class Turn:
    """The turn in a tracker. What the services say (metadata) stands before slots: their database is the truth.

    `rasa shell` sends no metadata; there the slots stand in.
    """

    def __init__(self, tracker: Tracker) -> None:
        latest = tracker.latest_message or {}
        metadata: dict[str, Any] = latest.get("metadata") or {}
        self.context: dict[str, Any] = metadata.get("context") or {}
        self.text = str(latest.get("text") or "")
        self.entities = {e["entity"]: e["value"] for e in latest.get("entities", ())}
        slots = tracker.slots or {}
        stated = metadata.get("language") or slots.get("language") or "it"
        # A button's command is in no language: the entity `language` of a text is what it was identified as.
        is_command = self.text.startswith("/")
        self.language = str(stated if is_command else self.entities.get("language") or stated)
        self.ambito = str(metadata.get("ambito") or get_settings().default_ambito)
        self.topic = self.entities.get("topic") or self.context.get("topic") or slots.get("topic")
        self.offer = self.context.get("offer") if "offer" in self.context else slots.get("offer")
        self.misses = int(self.context.get("misses", 0))
        self.acts: dict[str, float] = {
            act["name"]: float(act["confidence"])
            for act in latest.get("intent_ranking", ())
            if act["name"] != "nlu_fallback"
        }

    def likeliest_act(self) -> tuple[str, float]:
        """The dialogue act that Rasa finds likeliest, also where it is too unsure to go by it, and how likely."""
        return max(self.acts.items(), key=lambda item: item[1], default=("question", 0.0))


def reply(
    dispatcher: CollectingDispatcher,
    answer: Answer,
    language: str,
    *,
    misses: int = 0,
    handoff: str | None = None,
) -> list[dict[str, Any]]:
    """Say `answer`; returns the slots to set.

    `language` is what the person writes; the answer may be in another one, where there are no words in theirs.
    `handoff` names the reason for which a person is called.
    """
    topic = answer.topics[0] if answer.outcome in ("answer", "emergency") and answer.topics else None
    context: dict[str, Any] = {"offer": answer.offer, "misses": misses}
    if topic:
        context["topic"] = topic
    urgent = answer.outcome == "emergency"
    effects = {"handoff": handoff, "urgent": urgent, "language": language, "context": context}
    ANSWERS.labels(answer.outcome, answer.language).inc()
    dispatcher.utter_message(
        text=answer.text,
        buttons=[{"title": choice.title, "payload": choice.payload} for choice in answer.buttons],
        json_message={**answer.details, "effects": effects},
    )
    slots = [SlotSet("outcome", answer.outcome), SlotSet("offer", answer.offer)]
    return [*slots, SlotSet("topic", topic)] if topic else slots
