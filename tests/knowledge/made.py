"""Small knowledge bases made up for tests. Nothing in them is true."""

from dataclasses import replace
from datetime import date
from typing import Any

from core.locales import locales
from knowledge.base import KnowledgeBase
from knowledge.files import Pending
from knowledge.model import Entry, Source, Territory, Words

TODAY = date(2026, 11, 24)
TERRITORIES = {
    "nazionale": Territory("nazionale", "nazione", "Italia"),
    "lombardia": Territory("lombardia", "regione", "Lombardia", "nazionale"),
    "sondrio": Territory("sondrio", "ambito", "Sondrio", "lombardia", ("Sondrio", "Tresivio")),
    "lecco": Territory("lecco", "ambito", "Lecco", "lombardia"),
}
ANSWER = "Vai in comune con il passaporto. Costa 5,50 euro. Chiama lo 0342 000 000 o scrivi a Info@esempio.it."
FACETS = {"cost": "Paghi 1.000 euro in 12 mesi.", "link": "Guarda https://www.esempio.it/come (oggi)."}


def made_words(language: str = "it", topic: str = "prova", **changes: Any) -> Words:
    """Words without a fault, in any language: numbers count, not the words between them."""
    given = Words(
        language=language,
        title=f"Prova {topic}",
        answer=ANSWER,
        facets=dict(FACETS),
        questions=tuple(f"{topic} {language} domanda {number}" for number in range(12)),
        status="draft",
    )
    return replace(given, **changes)


def made_entry(topic: str = "prova", territory: str = "nazionale", **changes: Any) -> Entry:
    """An entry without a fault, up to date in every language of the locales, or with the `words` given."""
    words = changes.pop("words", None) or {code: made_words(code, topic) for code in locales()}
    version = words["it"].version
    level = {"nazione": "nazionale", "regione": "regionale", "ambito": "ambito"}[TERRITORIES[territory].kind]
    facets = {"now": "Chiama il 112."} if changes.get("urgent") else {}
    if facets:
        words = {code: replace(each, facets={**each.facets, **facets}) for code, each in words.items()}
        version = words["it"].version
    given = Entry(
        id=topic,
        territory=territory,
        area="prove",
        level=level,
        urgent=False,
        sources=(Source("Legge di prova, art. 1", "https://www.esempio.it/legge"),),
        checked_on=date(2026, 11, 1),
        review_by=date(2027, 5, 1),
        owner="redazione",
        words={code: each if code == "it" else replace(each, translates=version) for code, each in words.items()},
    )
    return replace(given, **changes)


def with_words(entry: Entry, language: str, **changes: Any) -> Entry:
    """`entry` with changed words in one language; nothing else follows."""
    return replace(entry, words={**entry.words, language: replace(entry.words[language], **changes)})


def made_base(*entries: Entry, pending: tuple[Pending, ...] = (), nothing: tuple[str, ...] = ()) -> KnowledgeBase:
    """A base over nazionale > lombardia > sondrio, lecco."""
    out_of_scope = [("it", text) for text in nothing]
    return KnowledgeBase(TERRITORIES, list(entries), list(pending), out_of_scope)
