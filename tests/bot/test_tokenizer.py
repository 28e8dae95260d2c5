"""Tokens in twelve languages."""

import unittest

from rasa.shared.nlu.training_data.message import Message

from bot.components.fold import fold
from bot.components.tokenizer import SpacyScriptTokenizer

TEXTS = {
    "it": ("Dov'è l'ufficio dell'INPS,  per favore?", 7),
    "en": ("I need a doctor, please!", 6),
    "fr": ("Où est l’école de ma fille ?", 6),
    "es": ("¿Dónde está la oficina?", 5),
    "ar": ("أين مكتبُ الهجرة؟", 3),
    "sq": ("Ku është zyra e punës?", 5),
    "uk": ("Де їхня школа № 5?", 4),
    "ru": ("Где школа, подскажите?", 4),
    "zh": ("我想续签居留许可", 4),
    "ur": ("اسکول کہاں ہے؟", 3),
    "bn": ("স্কুল কোথায়?", 2),
    "pa": ("ਸਕੂਲ ਕਿੱਥੇ ਹੈ?", 3),
}


class TokenizerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.tokenizer = SpacyScriptTokenizer(SpacyScriptTokenizer.get_default_config())

    def tokens(self, text):
        return self.tokenizer.tokenize(Message.build(text), "text")

    def test_offsets_are_right_and_no_token_is_empty(self) -> None:
        for code, (text, least) in TEXTS.items():
            with self.subTest(code):
                tokens = self.tokens(text)
                self.assertGreaterEqual(len(tokens), least)
                for token in tokens:
                    self.assertEqual(text[token.start : token.end], token.text)
                    self.assertTrue(token.text.strip())
                    self.assertTrue(token.lemma)

    def test_nothing_but_space_is_lost(self) -> None:
        for code, (text, _) in TEXTS.items():
            with self.subTest(code):
                self.assertEqual("".join(token.text for token in self.tokens(text)), "".join(text.split()))

    def test_the_lemma_is_the_folded_word(self) -> None:
        self.assertEqual([token.lemma for token in self.tokens("PERCHÉ Università")], ["perche", "universita"])
        self.assertEqual([token.lemma for token in self.tokens("الإقامةُ إلى")], ["الاقامه", "الي"])

    def test_vowel_signs_stay_with_their_word_in_indic_scripts(self) -> None:
        self.assertEqual([token.text for token in self.tokens("স্কুল কোথায়")], ["স্কুল", "কোথায়"])
        self.assertEqual([token.text for token in self.tokens("ਸਕੂਲ ਕਿੱਥੇ")], ["ਸਕੂਲ", "ਕਿੱਥੇ"])
        self.assertEqual(fold("কোথায়"), fold(fold("কোথায়")))

    def test_what_folding_would_leave_empty_keeps_its_own_form(self) -> None:
        for text in ("ـ", "\u0301", "ok ـــ ok"):
            with self.subTest(text):
                self.assertTrue(all(token.lemma for token in self.tokens(text)))

    def test_texts_without_words(self) -> None:
        for text in ("", "   ", "\n\t"):
            with self.subTest(repr(text)):
                self.assertEqual(self.tokens(text), [])
        self.assertEqual([token.text for token in self.tokens("🙏")], ["🙏"])


if __name__ == "__main__":
    unittest.main()
