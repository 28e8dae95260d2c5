"""From a question to what the person reads: an answer, a choice, whom to call, or "I do not know" with a person.

Nothing here makes words up: the text of an answer is an entry's, the rest comes from locales/.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal

from core.languages import LANGUAGES
from core.locales import say, spoken
from knowledge.base import KnowledgeBase
from knowledge.finder import Candidate, TopicFinder
from knowledge.model import NOTHING, Entry, Words

Outcome = Literal["answer", "clarify", "emergency", "handoff", "smalltalk", "unsupported"]

# Above this the likeliest topic is answered; it was right 98 times in 100 on questions of other writers.
ANSWER = 0.25
# A topic less likely than this is not worth offering as a choice; nor is one far down the list.
CHOICE = 0.015
CHOICES_AMONG = 8
# A second topic at least this likely may also be right: it becomes a button beside the answer.
ALSO = 0.05
# When the dialogue act is already "urgent", this much is enough to tell which kind of danger it is.
URGENT = 0.05
# Danger: the dialogue act "urgent" with this probability is enough by itself; with the lower one it is, unless the
# words speak clearly of an ordinary matter and hardly of danger (a landlord who keeps the deposit).
SURELY_URGENT = 0.6
MAYBE_URGENT = 0.25
ORDINARY = 0.5
DANGER = 0.1
# What asks for a person less surely than this, and is clearly about a topic, is a question about that topic.
SURELY_HUMAN = 0.7
# The entry that every danger without an entry of its own falls back to.
EMERGENCY = "emergenza"
MAX_CHOICES = 3
# Facets offered as the next step after an answer, in this order, as many as fit.
NEXT_STEPS = ("documents", "cost", "where", "time", "who")
URGENT_STEPS = ("now", "where")
MAX_STEPS = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what is read, and the command that it means."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person reads and where it comes from."""

    text: str
    language: str
    outcome: Outcome
    topics: tuple[str, ...] = ()
    buttons: tuple[Choice, ...] = ()
    source: str | None = None
    checked_on: str | None = None
    note: str | None = None
    offer: str | None = None  # what a bare "yes" accepts

    @property
    def provenance(self) -> str:
        """`curated` for an entry's words, `system` for the system's own."""
        return "curated" if self.source else "system"

    @property
    def details(self) -> dict[str, Any]:
        """What a message says of itself beside its text, as the web-chat API names it."""
        return {
            "language": self.language,
            "outcome": self.outcome,
            "topics": list(self.topics),
            "source": self.source,
            "checked_on": self.checked_on,
            "note": self.note,
            "provenance": self.provenance,
        }


def topic_command(topic: str) -> str:
    """The command of a button that chooses a topic."""
    return f'/choose_topic{{"topic": "{topic}"}}'


def facet_command(topic: str, facet: str) -> str:
    """The command of a button that asks one facet of a topic."""
    return f'/ask_facet{{"topic": "{topic}", "facet": "{facet}"}}'


HUMAN_COMMAND = "/human"


class Answerer:
    """Answers from one knowledge base. Keeps nothing between questions."""

    def __init__(self, base: KnowledgeBase, finder: TopicFinder) -> None:
        self.base, self.finder = base, finder

    def question(self, text: str, language: str, ambito: str, urgency: float = 0.0) -> Answer:
        """The outcome of a text: emergency, answer, clarify, or unsupported.

        `urgency` is the probability, 0 to 1, of the dialogue act "urgent".
        """
        ranked = self.finder.rank(text)
        if self._is_danger(ranked, urgency):
            return self._emergency(ranked, language, ambito)
        best = ranked[0]
        if best.probability >= ANSWER and self.base.entry(best.topic, ambito):
            return self.topic(best.topic, language, ambito, also=self._also(ranked, ambito))
        return self._clarify(ranked, language, ambito) or self.unsupported(language)

    def _is_danger(self, ranked: list[Candidate], urgency: float) -> bool:
        danger = sum(c.probability for c in ranked if c.topic in self.base.urgent_topics)
        ordinary = ranked[0].probability >= ORDINARY and danger < DANGER
        return urgency >= SURELY_URGENT or (urgency >= MAYBE_URGENT and not ordinary)

    def is_about_a_topic(self, text: str, ambito: str) -> bool:
        """Whether there is an entry that a text is clearly about."""
        best = self.finder.rank(text)[0]
        return best.probability >= ORDINARY and self.base.entry(best.topic, ambito) is not None

    def alarm(self, text: str, language: str, ambito: str) -> Answer | None:
        """Whom to call, for a text of which nothing else is known; None if it does not tell of danger."""
        ranked = self.finder.rank(text)
        entry = self.base.entry(ranked[0].topic, ambito)
        if ranked[0].probability < ANSWER or entry is None or not entry.urgent:
            return None
        return self._emergency(ranked, language, ambito)

    def topic(self, topic: str, language: str, ambito: str, also: tuple[Entry, ...] = ()) -> Answer:
        """The answer of one topic, with what can be asked next; `also` are topics that may be right too."""
        entry = self.base.entry(topic, ambito)
        if entry is None:
            return self.unsupported(language)
        words, own = entry.in_language(language)
        steps = URGENT_STEPS if entry.urgent else NEXT_STEPS
        facets = [name for name in steps if name in words.facets][:MAX_STEPS]
        said = spoken(words.language)
        person = self._person(said)
        buttons = (
            *((person,) if entry.urgent else ()),
            *(Choice(self._title(other, language), topic_command(other.id)) for other in also),
            *(Choice(say(f"facets.{name}", said), facet_command(topic, name)) for name in facets),
            *(() if entry.urgent else (person,)),
        )
        text = words.answer if own else f"{say('reply.other_language', language)}\n\n{words.answer}"
        if entry.urgent:
            text = f"{text}\n\n{say('reply.urgent_person', said)}"
        outcome: Outcome = "emergency" if entry.urgent else "answer"
        topics = (topic, *(other.id for other in also))
        return replace(self._from_entry(entry, words, text, outcome, topics), buttons=buttons)

    def facet(self, topic: str, facet: str, language: str, ambito: str) -> Answer:
        """One facet of a topic; says so where it is not known, and offers a person."""
        entry = self.base.entry(topic, ambito)
        if entry is None:
            return self.unsupported(language)
        words, own = entry.in_language(language)
        said = spoken(words.language)
        person = self._person(said)
        if facet not in words.facets:
            text = say("reply.facet_missing", language)
            return Answer(text, spoken(language), "unsupported", (topic,), (person,), offer="human")
        others = [name for name in NEXT_STEPS if name in words.facets and name != facet][:MAX_STEPS]
        buttons = (
            *(Choice(say(f"facets.{name}", said), facet_command(topic, name)) for name in others),
            person,
        )
        text = f"{words.title} · {say(f'facets.{facet}', said)}\n\n{words.facets[facet]}"
        text = text if own else f"{say('reply.other_language', language)}\n\n{text}"
        outcome: Outcome = "emergency" if entry.urgent else "answer"
        return replace(self._from_entry(entry, words, text, outcome, (topic,)), buttons=buttons)

    def unsupported(self, language: str) -> Answer:
        """Nothing is known about it: say so, and offer a person."""
        said = spoken(language)
        return Answer(say("reply.unsupported", said), said, "unsupported", buttons=(self._person(said),), offer="human")

    def _clarify(self, ranked: list[Candidate], language: str, ambito: str) -> Answer | None:
        if ranked[0].topic == NOTHING:
            return None
        likely = [c.topic for c in ranked[:CHOICES_AMONG] if c.probability >= CHOICE]
        entries = [entry for entry in (self.base.entry(topic, ambito) for topic in likely) if entry][:MAX_CHOICES]
        if not entries:
            return None
        said = spoken(language)
        buttons = [Choice(self._title(entry, language), topic_command(entry.id)) for entry in entries]
        return Answer(
            text=say("reply.clarify", said),
            language=said,
            outcome="clarify",
            topics=tuple(entry.id for entry in entries),
            buttons=(*buttons, self._person(said)),
            offer=entries[0].id if len(entries) == 1 else None,
        )

    def _emergency(self, ranked: list[Candidate], language: str, ambito: str) -> Answer:
        dangers = [c.topic for c in ranked if c.probability >= URGENT]
        entries = [entry for entry in (self.base.entry(topic, ambito) for topic in dangers) if entry and entry.urgent]
        return self.topic(entries[0].id if entries else EMERGENCY, language, ambito)

    def _also(self, ranked: list[Candidate], ambito: str) -> tuple[Entry, ...]:
        likely = (self.base.entry(c.topic, ambito) for c in ranked[1:MAX_CHOICES] if c.probability >= ALSO)
        return tuple(entry for entry in likely if entry is not None)

    def _from_entry(self, entry: Entry, words: Words, text: str, outcome: Outcome, topics: tuple[str, ...]) -> Answer:
        note = None if words.status == "reviewed" else say("notes.draft", words.language)
        return Answer(
            text=text,
            language=words.language,
            outcome=outcome,
            topics=topics,
            source=str(entry.sources[0]),
            checked_on=entry.checked_on.isoformat(),
            note=note,
        )

    @staticmethod
    def _title(entry: Entry, language: str) -> str:
        return entry.in_language(language)[0].title

    @staticmethod
    def _person(language: str) -> Choice:
        return Choice(say("buttons.person", language), HUMAN_COMMAND)


def language_choices() -> tuple[Choice, ...]:
    """A button for each language in which there is a locale, in its own name."""
    return tuple(
        Choice(language.name, f'/change_language{{"language": "{code}"}}')
        for code, language in LANGUAGES.items()
        if spoken(code) == code
    )
