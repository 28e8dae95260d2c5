"""What must hold of the whole knowledge base beyond the form of its files. Finds everything, changes nothing."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.locales import locales
from core.text import fold
from knowledge.base import KnowledgeBase
from knowledge.facts import difference, is_web_address, web_addresses
from knowledge.model import MAX_ANSWER, MAX_FACET, NOTHING, REFERENCE, Entry, Words
from knowledge.readability import gulpease

MAX_TITLE = 80
MIN_QUESTIONS = 12
# Easy for who has finished the middle school.
MIN_GULPEASE = 60
# The level of an entry by the kind of territory it is written for.
_LEVELS = {"nazione": "nazionale", "regione": "regionale", "ambito": "ambito"}
# `TODO` in capitals only: in Spanish "todo" is a word. Dots count where a line has nothing else.
_PLACEHOLDER = re.compile(r"\bTODO\b|\bXXX+\b|\b[Ll](?:orem|OREM)\b|\{\{|^[-\s]*(?:\.{3,}|…)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to put right: the file, relative to knowledge/content, and why."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


def check(base: KnowledgeBase, today: date | None = None) -> Iterator[Finding]:
    """Everything that is wrong, entry by entry, then what is wrong between them."""
    today = today or date.today()
    topics = {entry.id for entry in base.entries} | {row.topic for row in base.pending}
    for entry in base.entries:
        place = f"{entry.territory}/{entry.id}"
        reasons = (*_dates(entry, today), *_level(base, entry), *_links(entry, topics))
        yield from (Finding(f"{place}/entry.yml", reason) for reason in reasons)
        for language in dict.fromkeys((*entry.words, *locales())):
            yield from (Finding(f"{place}/{language}.md", reason) for reason in _language(entry, language))
    yield from _repeated(base)


def _dates(entry: Entry, today: date) -> Iterator[str]:
    if entry.review_by < today:
        yield f"was to be reviewed by {entry.review_by}"
    if entry.checked_on > today:
        yield f"says that it was checked on {entry.checked_on}, which is in the future"


def _level(base: KnowledgeBase, entry: Entry) -> Iterator[str]:
    expected = _LEVELS[base.territories[entry.territory].kind]
    if entry.level != expected:
        yield f"`level` is {entry.level}, but an entry in {entry.territory} is {expected}"


def _links(entry: Entry, topics: set[str]) -> Iterator[str]:
    yield from (f"`see_also` names `{topic}`, which is no topic" for topic in entry.see_also if topic not in topics)
    yield from (f"`{source.url}` is not a web address" for source in entry.sources if not is_web_address(source.url))


def _language(entry: Entry, language: str) -> Iterator[str]:
    if language not in entry.words:
        yield "is missing"
        return
    words = entry.words[language]
    yield from _lengths(words)
    yield from _texts(words)
    if len(words.questions) < MIN_QUESTIONS:
        yield f"has {len(words.questions)} questions; there must be at least {MIN_QUESTIONS}"
    yield from _italian(entry, words) if language == REFERENCE else _translation(entry, words)


def _sections(words: Words) -> dict[str, str]:
    return {"title": words.title, "answer": words.answer, **words.facets}


def _lengths(words: Words) -> Iterator[str]:
    limits = {"title": MAX_TITLE, "answer": MAX_ANSWER}
    for name, text in _sections(words).items():
        limit = limits.get(name, MAX_FACET)
        if len(text) > limit:
            yield f"{name}: has {len(text)} characters; {limit} is the most"


def _texts(words: Words) -> Iterator[str]:
    for name, text in _sections(words).items():
        for placeholder in _PLACEHOLDER.findall(text):
            yield f"{name}: `{placeholder.strip()}` stands where a text should"
        for address in web_addresses(text):
            if not is_web_address(address):
                yield f"{name}: `{address}` is not a web address"


def _italian(entry: Entry, words: Words) -> Iterator[str]:
    if entry.urgent and "now" not in words.facets:
        yield "is urgent and does not say what to do: `## now` is missing"
    index = gulpease(words.answer)
    if index < MIN_GULPEASE:
        yield f"answer: is hard to read (Gulpease {index:.0f}; at least {MIN_GULPEASE})"


def _translation(entry: Entry, words: Words) -> Iterator[str]:
    italian = entry.words[REFERENCE]
    if entry.is_outdated(words.language):
        yield "is outdated: the Italian has changed since"
    yield from (f"`## {facet}` is missing" for facet in italian.facets if facet not in words.facets)
    yield from (f"`## {facet}` is not in the Italian" for facet in words.facets if facet not in italian.facets)
    translated = _sections(words)
    for name, text in _sections(italian).items():
        differs = difference(text, translated[name]) if name in translated else None
        if differs:
            yield f"{name}: {differs}"


def _all_questions(base: KnowledgeBase) -> Iterator[tuple[str, str, str, str]]:
    """(place, topic, language, question) of everything known."""
    for entry in base.entries:
        for words in entry.words.values():
            place = f"{entry.territory}/{entry.id}/{words.language}.md"
            yield from ((place, entry.id, words.language, question) for question in words.questions)
    yield from ((f"pending/{row.language}.jsonl", row.topic, row.language, row.text) for row in base.pending)
    yield from ((f"out_of_scope/{language}.txt", NOTHING, language, text) for language, text in base.out_of_scope)


def _repeated(base: KnowledgeBase) -> Iterator[Finding]:
    """Questions that would teach the finder two topics at once."""
    topics: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for place, topic, language, question in _all_questions(base):
        known = topics[language, " ".join(fold(question).split())]
        others = [other for other in known if other != topic]
        if others and topic not in known:
            yield Finding(
                place, f"the question `{question}` of {topic} is also one of {others[0]} ({known[others[0]]})"
            )
        known.setdefault(topic, place)
