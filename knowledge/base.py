"""The knowledge base in memory: which entry answers where, which desks there are, what questions are known."""

from collections.abc import Iterator
from pathlib import Path

from core.errors import ContentError, InvalidInput
from knowledge.model import NOTHING, Desk, Entry, Territory, Topic
from knowledge.tree import CONTENT, Tree, desks_in, entries_in, out_of_scope_in, read_tree, territories_in, topics_in


class KnowledgeBase:
    """Topics, territories, desks, entries. Immutable once read: an edit makes a new one."""

    def __init__(
        self,
        territories: dict[str, Territory],
        entries: list[Entry],
        *,
        topics: dict[str, Topic] | None = None,
        desks: list[Desk] | None = None,
        out_of_scope: list[tuple[str, str]] | None = None,
    ) -> None:
        self.territories = territories
        self.entries = entries
        self.topics = topics or {}
        self.desks = desks or []
        self.out_of_scope = out_of_scope or []
        self.urgent_topics = {entry.id for entry in entries if entry.urgent}
        self.urgent_topics |= {topic.id for topic in self.topics.values() if topic.urgent}
        self._by_place = {(entry.territory, entry.id): entry for entry in entries}
        self.places = self._by_place.keys()

    @classmethod
    def of(cls, tree: Tree, *, demo: bool = False) -> "KnowledgeBase":
        """From documents; invented territories only if `demo`. Raises `ContentError`."""
        every = territories_in(tree)
        entries, desks = entries_in(tree), desks_in(tree)
        for path, territory in [
            *((f"{entry.territory}/{entry.id}", entry.territory) for entry in entries),
            *((f"{desk.territory}/desks/{desk.id}.yml", desk.territory) for desk in desks),
        ]:
            if territory not in every:
                raise ContentError(f"there is no territory `{territory}`: {territory}/territory.yml is missing", path)
        shown = {name: territory for name, territory in every.items() if demo or not territory.demo}
        return cls(
            shown,
            [entry for entry in entries if entry.territory in shown],
            topics=topics_in(tree),
            desks=[desk for desk in desks if desk.territory in shown],
            out_of_scope=out_of_scope_in(tree),
        )

    @classmethod
    def read(cls, content: Path = CONTENT, *, demo: bool = False) -> "KnowledgeBase":
        """From the files. Raises `ContentError`."""
        return cls.of(read_tree(content), demo=demo)

    @property
    def ambiti(self) -> list[str]:
        """The ids of the territories that have desks."""
        return [territory.id for territory in self.territories.values() if territory.kind == "ambito"]

    def check_ambito(self, ambito: str) -> str:
        """`ambito`, if there is one of that id. Raises `InvalidInput` that lists those there are."""
        if ambito not in self.ambiti:
            raise InvalidInput(f"There is no ambito `{ambito}`. There are: {', '.join(self.ambiti)}.", field="ambito")
        return ambito

    def ambito_name(self, ambito: str) -> str:
        """The name that people know it by."""
        return self.territories[ambito].name if ambito in self.territories else ambito

    def comuni(self, ambito: str) -> list[Territory]:
        """The comuni whose residents it serves."""
        return [each for each in self.territories.values() if each.kind == "comune" and each.parent == ambito]

    def lineage(self, place: str) -> Iterator[str]:
        """The territory itself, then what it lies in, up to the nation: nearest first."""
        here: str | None = place
        while here is not None:
            yield here
            here = self.territories[here].parent

    def entry(self, topic: str, place: str) -> Entry | None:
        """The nearest whole entry on `topic` that holds in `place`."""
        return next((entry for entry in self._entries(topic, place) if not entry.adds), None)

    def additions(self, topic: str, place: str) -> list[Entry]:
        """What nearer territories add to `entry(topic, place)`: the farther first, the nearest last."""
        nearer: list[Entry] = []
        for entry in self._entries(topic, place):
            if not entry.adds:
                break
            nearer.append(entry)
        return nearer[::-1]

    def _entries(self, topic: str, place: str) -> Iterator[Entry]:
        places = (self._by_place.get((territory, topic)) for territory in self.lineage(place))
        return (entry for entry in places if entry is not None)

    def desks_for(self, topic: str, place: str) -> list[Desk]:
        """The desks that serve `topic` in `place` and in what it lies in: the nearest territory's first."""
        lineage = list(self.lineage(place))
        found = [desk for desk in self.desks if topic in desk.topics and desk.territory in lineage]
        return sorted(found, key=lambda desk: (lineage.index(desk.territory), desk.name))

    def questions(self) -> list[tuple[str, str, str]]:
        """(topic, language, question) of everything known, each once; `NOTHING` for out of scope."""
        known = [
            (entry.id, words.language, question)
            for entry in self.entries
            for words in entry.words.values()
            for question in words.questions
        ]
        nothing = [(NOTHING, language, text) for language, text in self.out_of_scope]
        return list(dict.fromkeys(known + nothing))

    def examples(self) -> list[tuple[str, str, str]]:
        """What the topic finder learns: the questions, and the titles in every language.

        A title holds the words that the texts themselves use for a thing, and people write them back. Invented
        territories teach nothing: with and without them the finder is the same.
        """
        real = [entry for entry in self.entries if not self.territories[entry.territory].demo]
        titles = [(entry.id, words.language, words.title) for entry in real for words in entry.words.values()]
        return list(dict.fromkeys(self.questions() + titles))
