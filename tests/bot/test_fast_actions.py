"""The cached check of an action server's answer is as strict as Rasa's own."""

import unittest

from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

import bot.fast_actions

GOOD = (
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "topic", "value": "x"}], "responses": [{"text": "ciao", "buttons": []}]},
    {},
)
BAD = (
    {"events": {}, "responses": []},
    {"events": [{"name": "no event"}], "responses": []},
    {"events": [], "responses": ["text"]},
    {"events": [], "responses": "text"},
    [],
    None,
    "text",
)


class ActionResultTest(unittest.TestCase):
    def setUp(self) -> None:
        self.action = RemoteAction("action_answer", None)

    def test_it_is_in_use(self) -> None:
        self.assertIs(RemoteAction._validate_action_result, bot.fast_actions._validate_action_result)

    def test_a_good_answer_passes(self) -> None:
        for result in GOOD:
            with self.subTest(result):
                self.assertTrue(self.action._validate_action_result(result))

    def test_a_bad_answer_is_refused(self) -> None:
        for result in BAD:
            with self.subTest(result), self.assertRaises(ValidationError) as raised:
                self.action._validate_action_result(result)
            self.assertIn("action server", str(raised.exception))

    def test_the_schema_is_checked_once(self) -> None:
        bot.fast_actions._validator.cache_clear()
        for _ in range(3):
            self.action._validate_action_result({})
        self.assertEqual(bot.fast_actions._validator.cache_info().misses, 1)


if __name__ == "__main__":
    unittest.main()
