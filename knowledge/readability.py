"""How easy an Italian text is to read: the Gulpease index.

Source: P. Lucisano, M. E. Piemontese, "GULPEASE: una formula per la predizione della difficoltà dei testi in lingua
italiana", Scuola e città 3 (1988), 110-124. The index runs from 0 to 100; below 80 a text is hard for who has primary
school only, below 60 for who has the licenza media, below 40 for who has a diploma.
"""

from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Span, Token

from knowledge.facts import without_addresses


@lru_cache(maxsize=1)
def _splitter() -> Language:
    """Italian words and sentences by rule: no model is downloaded."""
    splitter = spacy.blank("it")
    splitter.add_pipe("sentencizer")
    return splitter


def _is_word(token: Token) -> bool:
    return any(c.isalpha() for c in token.text)


def _sentences(text: str) -> list[Span]:
    """The sentences with words in them. A line ends its last sentence: so each point of a list is one."""
    lines = [line.strip() for line in without_addresses(text).splitlines()]
    sentences = [sentence for doc in _splitter().pipe(filter(None, lines)) for sentence in doc.sents]
    return [sentence for sentence in sentences if any(_is_word(token) for token in sentence)]


def gulpease(text: str) -> float:
    """89 + (300 * sentences - 10 * letters) / words, held between 0 and 100; 100 for a text without words.

    Web and e-mail addresses, phones and other numbers are not words.
    """
    sentences = _sentences(text)
    words = [token.text for sentence in sentences for token in sentence if _is_word(token)]
    if not words:
        return 100.0
    letters = sum(c.isalpha() for word in words for c in word)
    return min(100.0, max(0.0, 89 + (300 * len(sentences) - 10 * letters) / len(words)))
