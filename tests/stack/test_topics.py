"""Topics in every language; what a territory adds; what nobody knows; danger; a person."""

import httpx
import pytest

from approdo.client import ChatClient
from approdo.stack import Stack
from core.locales import say
from knowledge.base import KnowledgeBase

pytestmark = pytest.mark.stack

RENEWAL = next(entry for entry in KnowledgeBase.read().entries if entry.id == "permesso-rinnovo")

# Written for this test: they stand in no entry.
ASKED = {
    "permesso-rinnovo": (
        "il mio permesso di soggiorno scade tra poco, come lo rinnovo?",
        "my residence permit expires soon, how can I renew it?",
        "mon titre de séjour expire bientôt, comment le renouveler ?",
        "تصريح إقامتي سينتهي قريبا، كيف أقوم بتجديده؟",
    ),
    "permesso-primo-rilascio": (
        "sono appena arrivato in Italia, come chiedo il primo permesso di soggiorno?",
        "I have just arrived in Italy, how do I apply for my first residence permit?",
        "je viens d'arriver en Italie, comment demander le premier titre de séjour ?",
        "وصلت للتو إلى إيطاليا، كيف أطلب أول تصريح إقامة؟",
    ),
    "tessera-sanitaria": (
        "come faccio ad avere la tessera sanitaria?",
        "how do I get the health card?",
        "comment obtenir la carte sanitaire ?",
        "كيف أحصل على البطاقة الصحية؟",
    ),
    "iscrizione-scuola": (
        "come iscrivo mio figlio a scuola?",
        "how do I enrol my son at school?",
        "comment inscrire mon fils à l'école ?",
        "كيف أسجل ابني في المدرسة؟",
    ),
    "laboratori-linguistici": (
        "ci sono laboratori di italiano a scuola per bambini appena arrivati?",
        "are there Italian language labs at school for newly arrived pupils?",
        "y a-t-il des laboratoires d'italien à l'école pour les élèves nouveaux arrivés ?",
        "هل توجد ورشات لغة إيطالية في المدرسة للتلاميذ الجدد؟",
    ),
    "mediazione-linguistica": (
        "come si chiede un mediatore linguistico culturale?",
        "how do I request a linguistic and cultural mediator?",
        "comment demander un médiateur linguistique et culturel ?",
        "كيف أطلب وسيطا لغويا ثقافيا؟",
    ),
    "sportello-badanti": (
        "dov'è lo sportello per le badanti e le famiglie?",
        "what is the desk for carers (sportello badanti)?",
        "le guichet pour les badanti, c'est quoi ?",
        "ما هو مكتب البادانتي للعائلات ومقدمات الرعاية؟",
    ),
    "emergenza": (
        "che numero chiamo per l'ambulanza?",
        "which number do I call for an ambulance?",
        "quel numéro pour appeler une ambulance ?",
        "ما هو رقم الإسعاف في إيطاليا؟",
    ),
    "violenza": (
        "mio marito mi picchia, a chi chiedo aiuto?",
        "my husband beats me, who can help me?",
        "mon mari me frappe, qui peut m'aider ?",
        "زوجي يضربني، من يساعدني؟",
    ),
    "servizi-sociali": (
        "come prendo appuntamento con l'assistente sociale?",
        "how do I get an appointment with the social worker?",
        "comment prendre rendez-vous avec l'assistante sociale ?",
        "كيف آخذ موعدا مع المساعدة الاجتماعية؟",
    ),
}
LANGUAGES = ("it", "en", "fr", "ar")
CASES = [(topic, language, texts[i]) for topic, texts in ASKED.items() for i, language in enumerate(LANGUAGES)]


@pytest.mark.parametrize(("topic", "language", "text"), CASES)
def test_each_topic_is_answered_in_each_language_with_source_and_date(
    stack: Stack, topic: str, language: str, text: str
) -> None:
    (reply,) = ChatClient(stack.url).ask(text)
    assert reply["topics"][0] == topic
    assert reply["outcome"] == ("emergency" if topic in ("emergenza", "violenza") else "answer")
    assert reply["language"] == language
    assert reply["source"].count("https://") == 1
    assert len(reply["checked_on"]) == 10
    assert reply["note"], "a translation that nobody has reviewed says so"


TITLES = {code: words.title for code, words in RENEWAL.words.items() if code not in LANGUAGES}


@pytest.mark.parametrize("language", TITLES)
def test_every_other_language_is_answered_in_its_own_words(stack: Stack, language: str) -> None:
    (reply,) = ChatClient(stack.url, language=language).ask(TITLES[language])
    assert (reply["topics"][0], reply["outcome"], reply["language"]) == ("permesso-rinnovo", "answer", language)
    assert reply["buttons"][-1]["title"] == say("buttons.person", language)


# What the texts tell people to write when they want a person: the word between the quotation marks.
PERSON = {
    "it": "persona", "en": "person", "fr": "une personne", "es": "persona", "ar": "شخص", "sq": "person", "uk": "людина",
    "ru": "человек", "zh": "人工", "ur": "شخص", "bn": "মানুষ", "pa": "ਵਿਅਕਤੀ",
}  # fmt: skip


@pytest.mark.parametrize("language", PERSON)
def test_the_word_that_the_texts_tell_people_to_write_calls_a_person(stack: Stack, language: str) -> None:
    (reply,) = ChatClient(stack.url, language=language).ask(PERSON[language])
    assert (reply["outcome"], reply["language"]) == ("handoff", language)


def test_what_sondrio_adds_is_said_below_the_nation_s_answer(stack: Stack) -> None:
    (reply,) = ChatClient(stack.url).ask("quali vaccini deve fare il bambino e dove?")
    assert reply["topics"][0] == "vaccinazioni"
    nation, _, sondrio = reply["text"].partition("Nel tuo territorio (Sondrio):")
    assert "10 vaccini" in nation and "Lab'Impact" in sondrio


def test_the_invented_territory_is_not_there_unless_it_is_asked_for(stack: Stack) -> None:
    refused = httpx.post(f"{stack.url}/api/web/conversations", json={"ambito": "demo"})
    assert refused.status_code == 422
    assert refused.json()["detail"] == "There is no ambito `demo`. There are: sondrio."


@pytest.mark.parametrize(
    "text",
    [
        "che tempo fa domani a Milano?",
        "who won the football match yesterday?",
        "comment faire des crêpes ?",
        "ما هي عاصمة اليابان؟",
        "qwrtz plmk 123",
    ],
)
def test_what_is_not_known_ends_in_choices_or_a_person(stack: Stack, text: str) -> None:
    (reply,) = ChatClient(stack.url).ask(text)
    assert reply["outcome"] in ("clarify", "unsupported", "smalltalk", "handoff")
    assert any(button["payload"] == "/human" for button in reply["buttons"]) or reply["outcome"] == "handoff"


def test_not_knowing_twice_calls_a_person(stack: Stack) -> None:
    chat = ChatClient(stack.url, language="it")
    (first,) = chat.ask("quanto costa un telefono nuovo?")
    (second,) = chat.ask("qual è il film più visto al cinema?")
    assert (first["outcome"], second["outcome"]) == ("unsupported", "handoff")


def test_a_yes_accepts_the_offered_person(stack: Stack) -> None:
    chat = ChatClient(stack.url, language="it")
    chat.ask("quanto costa un telefono nuovo?")
    (reply,) = chat.ask("sì")
    assert reply["outcome"] == "handoff"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("voglio parlare con una persona", "it"),
        ("can I talk to a real person please", "en"),
        ("je veux parler à quelqu'un, pas à un robot", "fr"),
        ("أريد التحدث مع موظف", "ar"),
    ],
)
def test_who_asks_for_a_person_gets_one(stack: Stack, text: str, language: str) -> None:
    (reply,) = ChatClient(stack.url).ask(text)
    assert (reply["outcome"], reply["language"]) == ("handoff", language)


def test_danger_comes_first_in_the_middle_of_a_clarification(stack: Stack) -> None:
    chat = ChatClient(stack.url, language="it")
    chat.ask("permesso")
    (reply,) = chat.ask("aiuto mio marito mi sta picchiando")
    assert reply["outcome"] == "emergency"
    assert "112" in reply["text"]
    assert reply["buttons"][0]["payload"] == "/human"


def test_another_language_on_request_and_then_the_answer_in_it(stack: Stack) -> None:
    chat = ChatClient(stack.url)
    chat.ask("bonjour")
    (changed,) = chat.ask("in English please")
    assert changed["language"] == "en"
    (answer,) = chat.ask("health card")
    assert answer["language"] == "en"
