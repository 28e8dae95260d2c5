"""What must hold of the whole knowledge base beyond the form of its files. Finds everything, changes nothing."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from core.languages import LANGUAGES
from core.text import fold
from knowledge.base import KnowledgeBase
from knowledge.check_desks import Finding, check_desks
from knowledge.facts import difference, is_web_address, web_addresses
from knowledge.model import MAX_ADDITION, MAX_ANSWER, MAX_FACET, NOTHING, REFERENCE, Entry, Words
from knowledge.readability import gulpease
from knowledge.tree import TOPICS, Tree, canonical

MAX_TITLE = 80
# A topic is known by its questions, in every language. Some languages have fewer writers yet.
MIN_QUESTIONS = 20
MIN_QUESTIONS_FEW = 12
FEW_QUESTIONS = frozenset({"uk", "ru", "zh", "ur", "bn", "pa"})
# Easy for who has finished the middle school.
MIN_GULPEASE = 60
# `TODO` in capitals only: in Spanish "todo" is a word. Dots count where a line has nothing else.
_PLACEHOLDER = re.compile(r"\bTODO\b|\bXXX+\b|\b[Ll](?:orem|OREM)\b|\{\{|^[-\s]*(?:\.{3,}|…)\s*$", re.MULTILINE)


def check(base: KnowledgeBase, today: date | None = None) -> Iterator[Finding]:
    """Everything that is wrong: entry by entry, desk by desk, then what is wrong between them."""
    today = today or date.today()
    for entry in base.entries:
        yield from _entry(base, entry, today)
    yield from check_desks(base, today)
    yield from _topics(base)
    yield from _repeated(base)


def check_form(tree: Tree) -> Iterator[Finding]:
    """Documents that are not written in the one spelling: `approdo kb format` does it."""
    for path, text in tree.items():
        if canonical(path, text) != text:
            yield Finding(path, "is not in the form that `approdo kb format` gives it")


def _entry(base: KnowledgeBase, entry: Entry, today: date) -> Iterator[Finding]:
    place = f"{entry.territory}/{entry.id}"
    for reason in (*_dates(entry, today), *_level(base, entry), *_links(base, entry), *_topic(base, entry)):
        yield Finding(f"{place}/entry.yml", reason)
    local = base.territories[entry.territory].kind in ("ambito", "comune")
    for language in LANGUAGES:
        document = f"{place}/{language}.md"
        if language not in entry.words:
            yield Finding(document, "is missing", warning=local)
            continue
        words = entry.words[language]
        if entry.is_outdated(language):
            yield Finding(document, "is outdated: the Italian has changed since", warning=local)
        yield from (Finding(document, reason) for reason in _language(entry, words))


def _dates(entry: Entry, today: date) -> Iterator[str]:
    if entry.review_by < today:
        yield f"was to be reviewed by {entry.review_by}"
    if entry.checked_on > today:
        yield f"says that it was checked on {entry.checked_on}, which is in the future"


def _level(base: KnowledgeBase, entry: Entry) -> Iterator[str]:
    expected = base.territories[entry.territory].level
    if entry.level != expected:
        yield f"`level` is {entry.level}, but an entry in {entry.territory} is {expected}"


def _links(base: KnowledgeBase, entry: Entry) -> Iterator[str]:
    known = base.topics or {each.id for each in base.entries}
    yield from (f"`see_also` names `{topic}`, which is no topic" for topic in entry.see_also if topic not in known)
    yield from (f"`{source.url}` is not a web address" for source in entry.sources if not is_web_address(source.url))


def _topic(base: KnowledgeBase, entry: Entry) -> Iterator[str]:
    if not base.topics:
        return
    topic = base.topics.get(entry.id)
    if topic is None:
        yield f"`{entry.id}` is no topic: add it to {TOPICS}"
        return
    for name, expected in (("area", topic.area), ("urgent", topic.urgent)):
        if getattr(entry, name) != expected:
            yield f"`{name}` is {getattr(entry, name)}, but {TOPICS} says {expected}"
    if entry.adds and not any((place, entry.id) in base.places for place in list(base.lineage(entry.territory))[1:]):
        yield "`adds: true`, but no farther territory has an entry that it could add to"


def _language(entry: Entry, words: Words) -> Iterator[str]:
    yield from _lengths(entry, words)
    yield from _texts(words)
    yield from _italian(entry, words) if words.language == REFERENCE else _translation(entry, words)


def _sections(words: Words) -> dict[str, str]:
    return {"title": words.title, "answer": words.answer, **words.facets}


def _lengths(entry: Entry, words: Words) -> Iterator[str]:
    limits = {"title": MAX_TITLE, "answer": MAX_ADDITION if entry.adds else MAX_ANSWER}
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
    if "what" not in words.facets and not entry.adds:
        yield "does not say what it is: `## what` is missing"
    if entry.urgent and not entry.adds and "now" not in words.facets:
        yield "is urgent and does not say what to do: `## now` is missing"
    index = gulpease(words.answer)
    if index < MIN_GULPEASE:
        yield f"answer: is hard to read (Gulpease {index:.0f}; at least {MIN_GULPEASE})"


def _translation(entry: Entry, words: Words) -> Iterator[str]:
    italian = entry.words[REFERENCE]
    yield from (f"`## {facet}` is missing" for facet in italian.facets if facet not in words.facets)
    yield from (f"`## {facet}` is not in the Italian" for facet in words.facets if facet not in italian.facets)
    translated = _sections(words)
    for name, text in _sections(italian).items():
        differs = difference(text, translated[name]) if name in translated else None
        if differs:
            yield f"{name}: {differs}"


def _topics(base: KnowledgeBase) -> Iterator[Finding]:
    """Topics without an entry, or without enough questions to know them by."""
    answered = {entry.id for entry in base.entries if not entry.adds}
    asked: Counter[tuple[str, str]] = Counter()
    for topic, language, _ in base.questions():
        asked[topic, language] += 1
    for topic in base.topics:
        if topic not in answered:
            yield Finding(TOPICS, f"nobody answers `{topic}`: there is no entry on it")
            continue
        for language in LANGUAGES:
            least = MIN_QUESTIONS_FEW if language in FEW_QUESTIONS else MIN_QUESTIONS
            if asked[topic, language] < least:
                reason = (
                    f"`{topic}` has {asked[topic, language]} questions in {language}; there must be at least {least}"
                )
                yield Finding(TOPICS, reason)


def _all_questions(base: KnowledgeBase) -> Iterator[tuple[str, str, str, str]]:
    """(place, topic, language, question) of everything known."""
    for entry in base.entries:
        for words in entry.words.values():
            place = f"{entry.territory}/{entry.id}/{words.language}.md"
            yield from ((place, entry.id, words.language, question) for question in words.questions)
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
