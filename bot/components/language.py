"""Which of the twelve languages a message is in: lingua, with script and conversation as priors.

The answer is the entity `language`, which fills the slot of that name. A short or doubtful text never changes the
language of a conversation ("ok", "permesso", a name, a number).
"""

import re
from typing import Any, Dict, List, Optional, Tuple

from lingua import IsoCode639_1, Language, LanguageDetectorBuilder
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

_SCRIPTS: Tuple[Tuple[str, Any, Tuple[str, ...]], ...] = (
    ("arabic", re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"), ("ar", "ur")),
    ("bengali", re.compile(r"[\u0980-\u09ff]"), ("bn",)),
    ("gurmukhi", re.compile(r"[\u0a00-\u0a7f]"), ("pa",)),
    ("han", re.compile(r"[\u3400-\u9fff]"), ("zh",)),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]"), ("uk", "ru")),
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f]"), ("it", "en", "fr", "es", "sq")),
)
_LATIN = "it"  # one of the languages in Latin letters
_NOISE = re.compile(r"https?://\S+|\S+@\S+|[\d\W_]+", re.UNICODE)
# Italian words that people of every language use for Italian things: they say nothing of the language.
_LOANS = frozenset(
    [
        "permesso",
        "soggiorno",
        "questura",
        "comune",
        "poste",
        "kit",
        "marca",
        "bollo",
        "asl",
        "asst",
        "ats",
        "cup",
        "spid",
        "cie",
        "isee",
        "caf",
        "patronato",
        "inps",
        "naspi",
        "codice",
        "fiscale",
        "tessera",
        "sanitaria",
        "residenza",
        "anagrafe",
        "carta",
        "badante",
        "colf",
        "sportello",
        "ambito",
        "sondrio",
        "prefettura",
        "ricevuta",
        "nulla",
        "osta",
        "decreto",
        "flussi",
        "assistente",
        "sociale",
        "consultorio",
        "medico",
        "base",
        "stp",
        "scuola",
        "asilo",
        "ok",
        "visa",
        "email",
        "whatsapp",
        "telegram",
        "cv",
    ]
)


def script_languages(text: str) -> Tuple[str, ...]:
    """The languages written in the script of `text`; empty if it has no letters.

    Italian terms are typed in Latin letters inside every other script: two letters of another are enough for it.
    """
    *others, (latin, latin_codes) = [(len(pattern.findall(text)), codes) for _, pattern, codes in _SCRIPTS]
    most, codes = max(others, key=lambda pair: pair[0])
    if most >= 2 or most > latin:
        return codes
    return latin_codes if latin else ()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageIdentifier(GraphComponent, EntityExtractorMixin):
    """Sets the entity `language`; reads `language` and `locale_hint` from the message's metadata."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {
            "languages": ["it", "en", "fr", "es", "ar", "sq", "uk", "ru", "zh", "ur", "bn", "pa"],
            "default": "it",
            # How much likelier than the second the first must be before a conversation changes its language.
            "margin": 0.25,
            # The same, for Latin letters in a conversation of another script: Arabic, Urdu, Bengali, Punjabi are
            # often typed in them, and resemble English then (of such questions one in five is as sure as this).
            "latin_margin": 0.6,
            # A text of fewer words than this changes nothing while its script fits the conversation's language.
            "min_words": 3,
        }

    @staticmethod
    def required_packages() -> List[str]:
        return ["lingua"]

    def __init__(self, config: Dict[str, Any]) -> None:
        self._config = config
        codes = [getattr(IsoCode639_1, code.upper()) for code in config["languages"]]
        # Loaded now and not at the first message, which would wait two seconds for it.
        self._detector = LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_preloaded_language_models().build()
        self._iso = {Language.from_iso_code_639_1(code): code.name.lower() for code in codes}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LanguageIdentifier":
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the entity to every message that has a text."""
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            metadata = message.get("metadata") or {}
            code, confidence = self.identify(text, metadata.get("language"), metadata.get("locale_hint"))
            entity = {
                "entity": "language",
                "value": code,
                "start": 0,
                "end": len(text),
                "confidence_entity": confidence,
                "extractor": type(self).__name__,
            }
            message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)
        return messages

    def identify(self, text: str, current: Optional[str] = None, hint: Optional[str] = None) -> Tuple[str, float]:
        """The ISO 639-1 code of `text` and a confidence from 0 to 1.

        `current` is the conversation's language, kept unless the text says otherwise beyond doubt; `hint` is the
        channel's locale, used where there is no current language and the text alone does not decide.
        """
        words = [word for word in _NOISE.sub(" ", text).split() if word.casefold() not in _LOANS]
        possible = script_languages(" ".join(words))
        prior = current or hint
        if not possible:
            return prior or self._config["default"], 0.0
        if len(possible) == 1:
            return possible[0], 1.0
        return self._decide(" ".join(words), len(words), possible, current, hint)

    def _decide(
        self, text: str, count: int, possible: Tuple[str, ...], current: Optional[str], hint: Optional[str]
    ) -> Tuple[str, float]:
        ranked = [
            (self._iso[found.language], found.value)
            for found in self._detector.compute_language_confidence_values(text)
            if self._iso[found.language] in possible
        ]
        first, second = [*ranked, (possible[0], 0.0), (possible[0], 0.0)][:2]
        prior = current or hint
        foreign = _LATIN in possible and prior is not None and prior not in possible
        margin = self._config["latin_margin" if foreign else "margin"]
        sure = first[1] - second[1] >= margin and (count >= self._config["min_words"] or current is None)
        if not sure:
            for prior in (current, hint):
                if prior and (prior in possible or foreign):
                    return prior, dict(ranked).get(prior, 0.0)
        return first
