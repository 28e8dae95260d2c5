"""What the knowledge base holds: territories, desks, entries, and an entry's words in one language."""

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
# What an entry of a nearer territory adds below a farther one's answer.
MAX_ADDITION = 300
# What a desk can be. `other` is for what the list has no word for.
DESK_KINDS = (
    "sportello-stranieri", "comune", "servizi-sociali", "questura", "prefettura", "salute", "consultorio", "scuola",
    "cpia", "centro-impiego", "patronato", "caf", "sindacato", "associazione", "biblioteca", "other",
)  # fmt: skip

Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that people ask about. There is an entry on it in at least one territory."""

    id: str
    area: str
    urgent: bool
    about: str  # one English line for whoever writes the entry


@dataclass(frozen=True, slots=True)
class Territory:
    """A part of the country that entries and desks belong to."""

    id: str
    kind: Literal["nazione", "regione", "ambito", "comune"]
    name: str
    parent: str | None = None
    demo: bool = False  # invented, for showing and testing: loaded only where DEMO=1
    spellings: dict[str, str] = field(default_factory=dict)  # language -> the name in that language's script
    position: Position | None = None  # degrees north and east (WGS 84)

    @property
    def level(self) -> str:
        """The level of the entries that belong here."""
        return {"nazione": "nazionale", "regione": "regionale"}.get(self.kind, "ambito")

    @property
    def local_id(self) -> str:
        """The id within what it lies in: `tresivio` of `sondrio.tresivio`."""
        return self.id.rpartition(".")[2]

    @property
    def names(self) -> tuple[str, ...]:
        """The name in every spelling there is, each once."""
        return tuple(dict.fromkeys((self.name, *self.spellings.values())))


def comune_id(ambito: str, comune: str) -> str:
    """The territory's id of a comune: `sondrio.tresivio`."""
    return f"{ambito}.{comune}"


@dataclass(frozen=True, slots=True)
class Desk:
    """A place where a person is (sportello). Whatever is unknown is None or empty: nothing is made up."""

    id: str
    territory: str  # the ambito
    name: str
    kind: str
    checked_on: date
    source: str  # who or which page says so
    comune: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    web: str | None = None
    hours: str | None = None  # OpenStreetMap's opening_hours syntax
    appointment: bool = False  # by appointment only
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    position: Position | None = None


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
    adds: bool = False  # its answer goes below the farther territory's, instead of standing in its place
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
        if language != REFERENCE and "en" in self.words and not self.is_outdated("en"):
            return self.words["en"], False
        return self.words[REFERENCE], language == REFERENCE
