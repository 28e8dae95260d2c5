"""A spaCy tokenizer that fits the language of each message."""

import re
from typing import Any, Dict, List

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language

from bot.components.fold import fold

# A script says which rules of spaCy's fit; spaCy has no Punjabi, its multi-language rules do there.
_SCRIPTS = (
    (re.compile(r"[\u4e00-\u9fff]"), "zh"),
    (re.compile(r"[ٹڈڑںے]"), "ur"),
    (re.compile(r"[\u0600-\u06ff]"), "ar"),
    (re.compile(r"[\u0980-\u09ff]"), "bn"),
    (re.compile(r"[\u0a00-\u0a7f]"), "xx"),
    (re.compile(r"[іїєґІЇЄҐ]"), "uk"),
    (re.compile(r"[\u0400-\u04ff]"), "ru"),
)
_LATIN = "it"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyScriptTokenizer(Tokenizer):
    """Tokens by spaCy's rules for the script at hand; their lemma is the folded form, which the featurizers read."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @staticmethod
    def required_packages() -> List[str]:
        return ["spacy"]

    def __init__(self, config: Dict[str, Any]) -> None:
        super().__init__(config)
        codes = {code for _, code in _SCRIPTS if code not in ("uk", "ru")} | {_LATIN}
        self._pipelines: Dict[str, Language] = {code: spacy.blank(code) for code in codes}
        # spaCy's Russian and Ukrainian need a lemmatizer's dictionary only for lemmas: the multi-language rules split
        # Cyrillic words just as well.
        self._pipelines.update({"uk": self._pipelines["xx"], "ru": self._pipelines["xx"]})

    def _pipeline(self, text: str) -> Language:
        for pattern, code in _SCRIPTS:
            if pattern.search(text):
                return self._pipelines[code]
        return self._pipelines[_LATIN]

    def tokenize(self, message: Message, attribute: str) -> List[Token]:
        """Split `message[attribute]`; tokens that are only space are left out."""
        text = message.get(attribute)
        doc = self._pipeline(text).make_doc(text)
        tokens = [Token(word.text, word.idx, lemma=fold(word.text) or word.text) for word in doc if not word.is_space]
        return self._apply_token_pattern(tokens)
