"""What Rasa is given of the knowledge base."""

import os
import tempfile
import unittest
import unittest.mock
from pathlib import Path

from bot.importer import CONTENT_VARIABLE, INTENT, PER_TOPIC_AND_LANGUAGE, KnowledgeImporter

ROOT = Path(__file__).resolve().parents[2]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


class ImporterTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.content = self.root / "knowledge" / "content"

    def entry(self, topic, questions, urgent=False, code="it") -> None:
        write(self.content / "nazionale" / topic / "entry.yml", f"id: {topic}\nurgent: {str(urgent).lower()}\n")
        listed = "".join(f"- {question}\n" for question in questions)
        write(
            self.content / "nazionale" / topic / f"{code}.md",
            f"---\ntitle: x\n---\nText.\n\n## what\n- not a question\n\n## questions\n{listed}",
        )

    def texts(self):
        data = KnowledgeImporter(str(self.root / "config.yml")).get_nlu_data()
        self.assertLessEqual({example.get("intent") for example in data.intent_examples}, {INTENT})
        return [example.get("text") for example in data.intent_examples]

    def test_the_questions_of_an_entry_and_nothing_else_of_it(self) -> None:
        self.entry("scuola", ["come iscrivo mia figlia", "quando si paga la mensa"])
        self.assertEqual(self.texts(), ["come iscrivo mia figlia", "quando si paga la mensa"])

    def test_so_many_a_topic_and_language(self) -> None:
        many = [f"domanda {number}" for number in range(PER_TOPIC_AND_LANGUAGE + 5)]
        self.entry("scuola", many)
        self.entry("casa", [f"casa {text}" for text in many])
        self.entry("scuola", [f"question {text}" for text in many], code="en")
        self.assertEqual(len(self.texts()), 3 * PER_TOPIC_AND_LANGUAGE)

    def test_urgent_topics_are_left_out(self) -> None:
        self.entry("violenza", ["mio marito mi picchia"], urgent=True)
        self.entry("patente", ["come si converte la patente"])
        self.assertEqual(self.texts(), ["come si converte la patente"])

    def test_the_running_knowledge_base_is_read_where_it_has_been_written_down(self) -> None:
        self.entry("scuola", ["da qui"])
        content, self.content = self.content, self.root / "running"
        self.entry("scuola", ["da là"])
        self.content = content
        with unittest.mock.patch.dict(os.environ, {CONTENT_VARIABLE: str(self.root / "running")}):
            self.assertEqual(self.texts(), ["da là"])
        self.assertEqual(self.texts(), ["da qui"])

    def test_each_question_once(self) -> None:
        self.entry("scuola", ["dove vado", "dove vado"])
        self.entry("casa", ["dove vado"])
        write(self.content / "out_of_scope" / "it.txt", "dove vado\nche tempo fa\n\nche tempo fa\n")
        self.assertEqual(self.texts(), ["dove vado", "che tempo fa"])

    def test_what_is_out_of_scope_is_a_question_too(self) -> None:
        write(self.content / "out_of_scope" / "it.txt", "\n  che tempo fa  \n")
        self.assertEqual(self.texts(), ["che tempo fa"])

    def test_the_content_of_this_checkout(self) -> None:
        data = KnowledgeImporter(str(ROOT / "config.yml")).get_nlu_data()
        texts = [example.get("text") for example in data.intent_examples]
        self.assertGreater(len(texts), 5000)
        self.assertEqual(len(texts), len(set(texts)))
        self.assertTrue(all(text.strip() for text in texts))

    def test_it_brings_nothing_but_questions(self) -> None:
        importer = KnowledgeImporter(str(ROOT / "config.yml"))
        self.assertTrue(importer.get_domain().is_empty())
        self.assertTrue(importer.get_stories().is_empty())
        self.assertTrue(importer.get_conversation_tests().is_empty())
        self.assertEqual(importer.get_config(), {})


if __name__ == "__main__":
    unittest.main()
