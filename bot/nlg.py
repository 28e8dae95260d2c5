"""Responses in the language of the conversation, from `locales/<language>.yml`.

In `domain.yml` the text of a response is a key of those files, so that the bot's own words and the services' stand in
one place, one file a language. `rasa run`, `rasa shell` and `rasa test` all read them through `endpoints.yml`.
"""

from pathlib import Path
from typing import Any, Dict, Optional

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.io import read_yaml_file
from rasa.utils.endpoints import EndpointConfig

LOCALES = Path(__file__).resolve().parent.parent / "locales"
FALLBACKS = ("en", "it")


def conversation_language(tracker: DialogueStateTracker) -> str:
    """What the last message was identified as; else what the services say; else the slot; else Italian."""
    latest = tracker.latest_message
    if latest is not None:
        for entity in latest.entities:
            if entity.get("entity") == "language":
                return str(entity["value"])
        stated = (latest.metadata or {}).get("language")
        if stated:
            return str(stated)
    return str(tracker.get_slot("language") or "it")


class LocaleResponses(TemplatedNaturalLanguageGenerator):
    """Looks a response's key up in the locale of the conversation; English, then Italian, where it has none.

    Rasa makes the generator before it loads the model, and gives the domain's responses afterwards, but only to the
    class that this one derives from.
    """

    def __init__(self, endpoint_config: Optional[EndpointConfig], domain: Domain) -> None:
        super().__init__(domain.responses)
        self.locales: Dict[str, Dict[str, Any]] = {
            path.stem: read_yaml_file(path) for path in sorted(LOCALES.glob("*.yml"))
        }

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> Optional[Dict[str, Any]]:
        """The reply: text, buttons, and `custom` as the services expect it (see docs/architecture.md)."""
        variants = self.responses.get(utter_action)
        if not variants:
            return None
        variant = variants[0]
        spoken = conversation_language(tracker)
        language = next(code for code in (spoken, *FALLBACKS) if code in self.locales)
        words = self.locales[language]
        buttons = [
            {"title": words["buttons"][button["title"]], "payload": button["payload"]}
            for button in variant.get("buttons", [])
        ]
        custom = {"outcome": "smalltalk", "provenance": "system", "topics": [], "language": language}
        custom["effects"] = {"language": spoken}
        return {"text": words["bot"][variant["text"]], "buttons": buttons, "custom": custom}
