"""What the knowledge base holds: territories, entries, and an entry's words in one language."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Status = Literal["draft", "reviewed"]
REFERENCE = "it"

# The facets of an entry, in the order in which a person needs them. `now` is for urgent entries.
FACETS = ("what", "who", "documents", "where", "cost", "time", "link", "now")
# The "topic" of texts that no topic is about: the finder learns them so as not to take them for one.
NOTHING = "out_of_scope"
MAX_ANSWER = 600
MAX_FACET = 500


@dataclass(frozen=True, slots=True)
class Territory:
    """A part of the country that entries hold for."""

    id: str
    kind: Literal["nazione", "regione", "ambito"]
    name: str
    parent: str | None = None
    comuni: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: a law, an article of it, or an official site."""

    title: str
    url: str

    def __str__(self) -> str:
        return f"{self.title} – {self.url}"


@dataclass(frozen=True, slots=True)
class Words:
    """An entry in one language."""

    language: str
    title: str
    answer: str
    facets: dict[str, str]
    questions: tuple[str, ...]
    status: Status
    translates: str | None = None  # the version of the Italian that this translates; None in the Italian itself
    reviewed_by: str | None = None
    reviewed_on: date | None = None

    @property
    def version(self) -> str:
        """Twelve hex digits that change when what a person reads changes (the questions do not count)."""
        parts = [self.title, self.answer, *(f"{name}\0{text}" for name, text in sorted(self.facets.items()))]
        return hashlib.sha256("\1".join(parts).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Entry:
    """One topic in one territory: what does not depend on the language, and the words in each."""

    id: str
    territory: str
    area: str
    level: str
    urgent: bool
    sources: tuple[Source, ...]
    checked_on: date
    review_by: date
    owner: str
    see_also: tuple[str, ...] = ()
    words: dict[str, Words] = field(default_factory=dict)

    def is_outdated(self, language: str) -> bool:
        """Whether the Italian has changed since `language` was translated."""
        return language != REFERENCE and self.words[language].translates != self.words[REFERENCE].version

    def in_language(self, language: str) -> tuple[Words, bool]:
        """The words to show a reader of `language`, and whether they are in it.

        Where there are none, or outdated ones, English stands in if it is up to date, else the Italian.
        """
        if language in self.words and not self.is_outdated(language):
            return self.words[language], True
        if "en" in self.words and not self.is_outdated("en"):
            return self.words["en"], False
        return self.words[REFERENCE], language == REFERENCE
