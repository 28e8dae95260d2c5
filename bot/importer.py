"""Feeds Rasa the questions of the knowledge base as examples of the intent `question`.

Editors add questions to the entries; this importer reads them where they are, so the two never drift apart. Which
entry a question belongs to is found on the knowledge side: Rasa only learns what a question looks like.
"""

import os
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Text, Tuple, Union

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

INTENT = "question"
# Where the running knowledge base has been written down; without it, the one in the checkout.
CONTENT_VARIABLE = "KNOWLEDGE_DIR"
# Enough to know a question by; all of them would only make training slower.
PER_TOPIC_AND_LANGUAGE = 14


def _in_entries(content: Path) -> Iterator[Tuple[str, str, str]]:
    """(topic, language, question) of every question listed in an entry that is not about danger."""
    for path in sorted(content.glob("*/*/*.md")):
        if "urgent: true" in (path.parent / "entry.yml").read_text("utf-8"):
            continue  # danger has an intent of its own
        _, _, questions = path.read_text("utf-8").partition("\n## questions\n")
        for line in questions.splitlines():
            if line.startswith("- "):
                yield path.parent.name, path.stem, line[2:].strip()


def _out_of_scope(content: Path) -> Iterator[str]:
    """What people write that no topic is about: a question too, though the knowledge base will not know."""
    for path in sorted((content / "out_of_scope").glob("*.txt")):
        yield from filter(None, map(str.strip, path.read_text("utf-8").splitlines()))


class KnowledgeImporter(TrainingDataImporter):
    """A `TrainingDataImporter` over `knowledge/content`; stands beside `RasaFileImporter` in `config.yml`."""

    def __init__(
        self,
        config_file: Optional[Text] = None,
        domain_path: Optional[Text] = None,
        training_data_paths: Optional[Union[List[Text], Text]] = None,
    ) -> None:
        root = Path(config_file).resolve().parent if config_file else Path.cwd()
        self.content = Path(os.environ.get(CONTENT_VARIABLE) or root / "knowledge" / "content")

    def get_domain(self) -> Domain:
        """None of its own."""
        return Domain.empty()

    def get_stories(self, exclusion_percentage: Optional[int] = None) -> StoryGraph:
        """None of its own."""
        return StoryGraph([])

    def get_conversation_tests(self) -> StoryGraph:
        """None of its own."""
        return StoryGraph([])

    def get_config(self) -> Dict:
        """None of its own."""
        return {}

    def get_config_file_for_auto_config(self) -> Optional[Text]:
        """None of its own."""
        return None

    def get_nlu_data(self, language: Optional[Text] = "en") -> TrainingData:
        """The first few questions of every topic in every language."""
        taken: Dict[Tuple[str, str], int] = {}
        seen = set()
        examples = []
        for topic, code, text in _in_entries(self.content):
            taken[topic, code] = taken.get((topic, code), 0) + 1
            if taken[topic, code] > PER_TOPIC_AND_LANGUAGE or text in seen:
                continue
            seen.add(text)
            examples.append(Message.build(text, INTENT))
        examples += [Message.build(text, INTENT) for text in _out_of_scope(self.content) if text not in seen]
        return TrainingData(examples)
