"""The bot's own words, in every locale."""

import asyncio
import unittest
from pathlib import Path

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlg import LOCALES, LocaleResponses, conversation_language

ROOT = Path(__file__).resolve().parents[2]


def said_in(code):
    return {"entity": "language", "value": code, "start": 0, "end": 1}


class ResponsesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.domain = Domain.load(str(ROOT / "domain.yml"))
        cls.responses = LocaleResponses(None, cls.domain)

    def tracker(self, *events):
        return DialogueStateTracker.from_events("someone", list(events), slots=self.domain.slots)

    def say(self, name, code):
        tracker = self.tracker(UserUttered("ciao", entities=[said_in(code)]))
        return asyncio.run(self.responses.generate(name, tracker, "approdo"))

    def test_every_response_has_words_in_every_locale(self) -> None:
        codes = sorted(path.stem for path in LOCALES.glob("*.yml"))
        self.assertIn("it", codes)
        self.assertTrue(self.domain.responses)
        for name, (variant, *more) in self.domain.responses.items():
            self.assertEqual(more, [], f"{name} has variants: only the first would ever be said")
            texts = set()
            for code in codes:
                with self.subTest(name, locale=code):
                    reply = self.say(name, code)
                    self.assertTrue(reply["text"].strip())
                    self.assertEqual(len(reply["buttons"]), len(variant.get("buttons", [])))
                    self.assertTrue(all(button["title"] and button["payload"] for button in reply["buttons"]))
                    self.assertEqual(reply["custom"]["language"], code)
                    self.assertEqual(reply["custom"]["outcome"], "smalltalk")
                    texts.add(reply["text"])
            self.assertEqual(len(texts), len(codes), f"{name} is the same in two languages")

    def test_a_language_without_a_locale_gets_english(self) -> None:
        self.assertFalse((LOCALES / "xx.yml").exists())
        reply = self.say("utter_greet", "xx")
        self.assertEqual(reply["custom"]["language"], "en")
        self.assertEqual(reply["custom"]["effects"], {"language": "xx"})
        self.assertEqual(reply["text"], self.say("utter_greet", "en")["text"])

    def test_italian_where_there_is_no_english_either(self) -> None:
        fewer = LocaleResponses(None, self.domain)
        fewer.locales = {"it": fewer.locales["it"]}
        reply = asyncio.run(
            fewer.generate("utter_greet", self.tracker(UserUttered("x", entities=[said_in("zh")])), "approdo")
        )
        self.assertEqual(reply["custom"]["language"], "it")

    def test_a_response_that_is_not_in_the_domain(self) -> None:
        self.assertIsNone(self.say("utter_nothing", "it"))

    def test_one_reply_leaves_the_next_untouched(self) -> None:
        first = self.say("utter_greet", "it")
        first["custom"]["effects"]["handoff"] = "asked"
        first["buttons"].append("x")
        self.assertEqual(self.say("utter_greet", "it")["custom"]["effects"], {"language": "it"})
        self.assertEqual(self.say("utter_greet", "it")["buttons"], [])

    def test_the_language_is_the_message_s_then_the_service_s_then_the_slot_s(self) -> None:
        slot = SlotSet("language", "fr")
        stated = {"language": "ar"}
        for expected, tracker in (
            ("en", self.tracker(slot, UserUttered("x", entities=[said_in("en")], metadata=stated))),
            ("ar", self.tracker(slot, UserUttered("/human", metadata=stated))),
            ("fr", self.tracker(slot, UserUttered("/human"))),
            ("it", self.tracker(UserUttered("/human"))),
            ("it", self.tracker()),
        ):
            with self.subTest(expected):
                self.assertEqual(conversation_language(tracker), expected)


if __name__ == "__main__":
    unittest.main()
