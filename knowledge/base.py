"""The knowledge base in memory: which entry answers for an ambito, and what questions are known."""

from collections.abc import Iterator
from pathlib import Path

from core.errors import InvalidInput
from knowledge.files import CONTENT, Pending, read_entries, read_out_of_scope, read_pending, read_territories
from knowledge.model import NOTHING, Entry, Territory


class KnowledgeBase:
    """Entries by territory. Immutable once read: an edit makes a new one."""

    def __init__(
        self,
        territories: dict[str, Territory],
        entries: list[Entry],
        pending: list[Pending],
        out_of_scope: list[tuple[str, str]],
    ) -> None:
        self.territories = territories
        self.entries = entries
        self.pending = pending
        self.out_of_scope = out_of_scope
        self.urgent_topics = {e.id for e in entries if e.urgent} | {p.topic for p in pending if p.urgent}
        self._by_place = {(entry.territory, entry.id): entry for entry in entries}

    @classmethod
    def read(cls, content: Path = CONTENT) -> "KnowledgeBase":
        """From the files. Raises `ContentError`."""
        return cls(read_territories(content), read_entries(content), read_pending(content), read_out_of_scope(content))

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

    def lineage(self, ambito: str) -> Iterator[str]:
        """The territory itself, its region, the nation: nearest first."""
        here: str | None = ambito
        while here is not None:
            yield here
            here = self.territories[here].parent

    def entry(self, topic: str, ambito: str) -> Entry | None:
        """The nearest entry on `topic` that holds in `ambito`."""
        places = (self._by_place.get((territory, topic)) for territory in self.lineage(ambito))
        return next((entry for entry in places if entry is not None), None)

    def questions(self) -> list[tuple[str, str, str]]:
        """(topic, language, question) of everything known, answered or not, each once; `NOTHING` for out of scope."""
        known = [
            (entry.id, words.language, question)
            for entry in self.entries
            for words in entry.words.values()
            for question in words.questions
        ]
        nothing = [(NOTHING, language, text) for language, text in self.out_of_scope]
        waiting = [(row.topic, row.language, row.text) for row in self.pending]
        return list(dict.fromkeys(known + waiting + nothing))
