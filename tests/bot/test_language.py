"""Which language a message is in, and what never changes it."""

import unittest

from rasa.shared.nlu.training_data.message import Message

from bot.components.language import LanguageIdentifier, script_languages

PHRASES = {
    "it": ("come posso rinnovare il mio permesso di soggiorno?", "vorrei iscrivere mia figlia a scuola"),
    "en": ("how can I renew my residence permit?", "I would like to see a doctor tomorrow"),
    "fr": ("comment renouveler mon titre de séjour ?", "je voudrais inscrire ma fille à l'école"),
    "es": ("¿cómo puedo renovar mi permiso de residencia?", "quisiera inscribir a mi hija en el colegio"),
    "ar": ("كيف أجدد تصريح الإقامة؟", "أريد تسجيل ابنتي في المدرسة"),
    "sq": ("si mund ta rinovoj lejen e qëndrimit?", "dua ta regjistroj vajzën në shkollë"),
    "uk": ("як продовжити дозвіл на проживання?", "хочу записати доньку до школи"),
    "ru": ("как продлить вид на жительство?", "хочу записать дочь в школу"),
    "zh": ("我怎么更新居留许可?", "我想给女儿报名上学"),
    "ur": ("میں اپنا رہائشی اجازت نامہ کیسے بڑھاؤں؟", "میں اپنی بیٹی کو اسکول میں داخل کرانا چاہتا ہوں"),
    "bn": ("আমি কীভাবে আমার অনুমতি নবায়ন করব?", "আমি মেয়েকে স্কুলে ভর্তি করতে চাই"),
    "pa": ("ਮੈਂ ਆਪਣਾ ਪਰਮਿਟ ਕਿਵੇਂ ਨਵਿਆਵਾਂ?", "ਮੈਂ ਆਪਣੀ ਧੀ ਨੂੰ ਸਕੂਲ ਦਾਖਲ ਕਰਾਉਣਾ ਹੈ"),
}
# Of every script and of none: what a person may write in any language.
NEUTRAL = (
    "ok",
    "OK!",
    "permesso",
    "permesso di soggiorno",
    "Mohamed",
    "Amina Diallo",
    "12",
    "3401234567",
    "SPID",
    "questura",
    "amina.diallo@example.org",
    "https://www.example.org/questura?lang=en",
    "👍",
    "???",
)


class LanguageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.identifier = LanguageIdentifier(LanguageIdentifier.get_default_config())

    def code(self, text, current=None, hint=None):
        return self.identifier.identify(text, current, hint)[0]

    def test_the_twelve_languages_in_a_new_conversation(self) -> None:
        self.assertEqual(set(PHRASES), set(LanguageIdentifier.get_default_config()["languages"]))
        for code, phrases in PHRASES.items():
            for phrase in phrases:
                with self.subTest(phrase):
                    self.assertEqual(self.code(phrase), code)

    def test_a_phrase_in_another_language_changes_the_language(self) -> None:
        for code, phrases in PHRASES.items():
            for current in ("it", "en", "ar", "bn", "zh"):
                with self.subTest(phrases[0], current=current):
                    self.assertEqual(self.code(phrases[0], current), code)

    def test_nothing_neutral_ever_changes_the_language(self) -> None:
        for current in PHRASES:
            for text in NEUTRAL:
                with self.subTest(text, current=current):
                    self.assertEqual(self.code(text, current), current)

    def test_two_words_do_not_change_the_language_within_a_script(self) -> None:
        self.assertEqual(self.code("good morning", "it"), "it")
        self.assertEqual(self.code("good morning", "fr"), "fr")
        self.assertEqual(self.code("good morning my friends", "fr"), "en")

    def test_the_script_decides_at_once(self) -> None:
        for word, code in (("ধন্যবাদ", "bn"), ("ਧੰਨਵਾਦ", "pa"), ("谢谢", "zh"), ("شكرا", "ar")):
            for current in (None, "it", "ru"):
                with self.subTest(word, current=current):
                    self.assertEqual(self.code(word, current), code)

    def test_arabic_and_urdu_are_told_apart(self) -> None:
        for code in ("ar", "ur"):
            for phrase in PHRASES[code]:
                for current in (None, "ar", "ur", "it"):
                    with self.subTest(phrase, current=current):
                        self.assertEqual(self.code(phrase, current), code)
        self.assertEqual(self.code("سلام", "ur"), "ur")
        self.assertEqual(self.code("سلام", "ar"), "ar")

    def test_italian_terms_inside_another_script_do_not_hide_it(self) -> None:
        self.assertEqual(self.code("permesso di soggiorno per motivi familiari 怎么办"), "zh")
        self.assertEqual(self.code("дозвіл SPID Poste Italiane carta Nexus", "uk"), "uk")
        self.assertEqual(script_languages("Dichiarazione ISEE কিভাবে"), ("bn",))

    def test_romanized_words_leave_a_conversation_in_its_language(self) -> None:
        for text, current in (
            ("shukran", "ar"),
            ("mera permit khatam ho gaya hai", "ur"),
            ("amar permit er meyad shesh", "bn"),
            ("mainu doctor chahida hai", "pa"),
        ):
            with self.subTest(text):
                self.assertEqual(self.code(text, current), current)

    def test_a_hint_counts_where_there_is_no_current_language(self) -> None:
        self.assertEqual(self.code("12345", None, "uk"), "uk")
        self.assertEqual(self.code("ok", None, "bn"), "bn")
        self.assertEqual(self.code("12345", "fr", "uk"), "fr")
        self.assertEqual(self.code("how can I renew my residence permit?", None, "fr"), "en")

    def test_italian_where_nothing_is_known(self) -> None:
        self.assertEqual(self.code("12345"), "it")

    def test_a_message_gets_the_entity_and_metadata_are_read(self) -> None:
        message = Message(data={"text": "ok", "metadata": {"language": "sq"}})
        button = Message(data={"text": ""})
        self.identifier.process([message, button])
        (entity,) = message.get("entities")
        self.assertEqual((entity["entity"], entity["value"], entity["start"], entity["end"]), ("language", "sq", 0, 2))
        self.assertIsNone(button.get("entities"))


if __name__ == "__main__":
    unittest.main()
