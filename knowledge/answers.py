"""From a question to what the person reads: an answer, a choice, whom to call, or "I do not know" with a person.

Nothing here makes words up: the text of an answer is an entry's, the rest comes from locales/.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from core.languages import LANGUAGES
from core.locales import say, spoken
from core.text import isolate
from knowledge.base import KnowledgeBase
from knowledge.desks import cards
from knowledge.finder import Candidate, TopicFinder
from knowledge.model import NOTHING, Entry

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


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """All that there is to say on a topic in one place and one language: entry, additions and desks together."""

    topic: str
    urgent: bool
    language: str
    own: bool  # whether that is the language that was asked for
    title: str
    answer: str
    facets: dict[str, str]
    source: str
    checked_on: str  # the oldest of its parts'
    reviewed: bool


class Answerer:
    """Answers from one knowledge base. Keeps nothing between questions."""

    def __init__(self, base: KnowledgeBase, finder: TopicFinder, now: Callable[[], datetime] = _now) -> None:
        self.base, self.finder, self.now = base, finder, now

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
        told = self._told(topic, language, ambito)
        if told is None:
            return self.unsupported(language)
        steps = URGENT_STEPS if told.urgent else NEXT_STEPS
        said = spoken(told.language)
        person = self._person(said)
        buttons = (
            *((person,) if told.urgent else ()),
            *(Choice(self._title(other, language), topic_command(other.id)) for other in also),
            *self._steps(told, [name for name in steps if name in told.facets]),
            *(() if told.urgent else (person,)),
        )
        urgent = (say("reply.urgent_person", said),) if told.urgent else ()
        topics = (topic, *(other.id for other in also))
        return replace(self._from(told, (told.answer, *urgent), language, topics), buttons=buttons)

    def facet(self, topic: str, facet: str, language: str, ambito: str) -> Answer:
        """One facet of a topic; says so where it is not known, and offers a person."""
        told = self._told(topic, language, ambito)
        if told is None:
            return self.unsupported(language)
        if facet not in told.facets:
            text, person = say("reply.facet_missing", language), self._person(spoken(language))
            return Answer(text, spoken(language), "unsupported", (topic,), (person,), offer="human")
        said = spoken(told.language)
        others = [name for name in NEXT_STEPS if name in told.facets and name != facet]
        head = f"{told.title} · {say(f'facets.{facet}', said)}"
        answer = self._from(told, (head, told.facets[facet]), language, (topic,))
        return replace(answer, buttons=(*self._steps(told, others), self._person(said)))

    @staticmethod
    def _steps(told: Told, facets: list[str]) -> tuple[Choice, ...]:
        said = spoken(told.language)
        return tuple(
            Choice(say(f"facets.{name}", said), facet_command(told.topic, name)) for name in facets[:MAX_STEPS]
        )

    def _told(self, topic: str, language: str, ambito: str) -> Told | None:
        """What there is to say on `topic` in `ambito`: the whole entry, what nearer territories add, the desks."""
        entry = self.base.entry(topic, ambito)
        if entry is None:
            return None
        words, own = entry.in_language(language)
        parts = [(entry, words)]
        parts += [(each, each.in_language(words.language)[0]) for each in self.base.additions(topic, ambito)]
        facets: dict[str, list[str]] = {}
        answers = []
        for each, local in parts:
            here = f"{say('reply.here', words.language, name=self.base.ambito_name(each.territory))}\n"
            head = here if each.adds else ""
            answers.append(head + local.answer)
            for name, text in local.facets.items():
                facets.setdefault(name, []).append(head + text)
        desks = self.base.desks_for(topic, ambito)
        if desks:
            facets.setdefault("where", []).append(cards(desks, words.language, self.now(), self.base.territories))
        return Told(
            topic=topic,
            urgent=entry.urgent,
            language=words.language,
            own=own,
            title=words.title,
            answer="\n\n".join(answers),
            facets={name: "\n\n".join(texts) for name, texts in facets.items()},
            source="; ".join(dict.fromkeys(str(each.sources[0]) for each, _ in parts)),
            checked_on=min(each.checked_on for each, _ in parts).isoformat(),
            reviewed=all(local.status == "reviewed" for _, local in parts),
        )

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

    def _from(self, told: Told, blocks: tuple[str, ...], language: str, topics: tuple[str, ...]) -> Answer:
        """The answer made of these blocks of text, which are in the language of `told`."""
        strange = () if told.own else (say("reply.other_language", language),)
        text = "\n\n".join((*strange, *blocks))
        right_to_left = told.language in LANGUAGES and LANGUAGES[told.language].direction == "rtl"
        return Answer(
            text=isolate(text) if right_to_left else text,
            language=told.language,
            outcome="emergency" if told.urgent else "answer",
            topics=topics,
            source=told.source,
            checked_on=told.checked_on,
            note=None if told.reviewed else say("notes.draft", told.language),
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
