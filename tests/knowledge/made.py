"""Small knowledge bases made up for tests. Nothing in them is true."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from core.languages import LANGUAGES
from knowledge.base import KnowledgeBase
from knowledge.formatting import format_desk, format_entry, format_territory, format_topics, format_words
from knowledge.model import Desk, Entry, Source, Territory, Topic, Words
from knowledge.tree import Tree

TODAY = date(2026, 11, 24)
TERRITORIES = {
    "nazionale": Territory("nazionale", "nazione", "Italia"),
    "lombardia": Territory("lombardia", "regione", "Lombardia", "nazionale"),
    "sondrio": Territory("sondrio", "ambito", "Sondrio", "lombardia"),
    "lecco": Territory("lecco", "ambito", "Lecco", "lombardia"),
    "sondrio.tresivio": Territory(
        "sondrio.tresivio", "comune", "Tresivio", "sondrio", spellings={"ru": "Трезивио"}, position=(46.17, 9.94)
    ),
}
ANSWER = "Vai in comune con il passaporto. Costa 5,50 euro. Chiama lo 0342 000 000 o scrivi a Info@esempio.it."
FACETS = {
    "what": "È una prova.",
    "cost": "Paghi 1.000 euro in 12 mesi.",
    "link": "Guarda https://www.esempio.it/come (oggi).",
}


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
    """An entry without a fault, up to date in every language, or with the `words` given."""
    words = changes.pop("words", None) or {code: made_words(code, topic) for code in LANGUAGES}
    version = words["it"].version
    level = {"nazione": "nazionale", "regione": "regionale"}.get(TERRITORIES[territory].kind, "ambito")
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


def made_desk(name: str = "sportello", **changes: Any) -> Desk:
    """A desk without a fault."""
    given = Desk(
        id=name,
        territory="sondrio",
        name=f"Sportello {name}",
        kind="sportello-stranieri",
        checked_on=date(2026, 11, 1),
        source="Lo sportello, al telefono",
        comune="tresivio",
        address="Via Prova 1",
        phone="000 000 001",
        email="prova@example.org",
        web="https://example.org/prova",
        hours="Mo-Fr 09:00-12:30",
        languages=("it", "fr"),
        topics=("prova",),
        position=(46.18, 9.95),
    )
    return replace(given, **changes)


def made_topics(*names: str, urgent: tuple[str, ...] = ()) -> dict[str, Topic]:
    """Topics of the area that made entries have."""
    return {name: Topic(name, "prove", name in urgent, f"About {name}") for name in (*names, *urgent)}


def made_base(
    *entries: Entry,
    topics: dict[str, Topic] | None = None,
    desks: tuple[Desk, ...] = (),
    nothing: tuple[str, ...] = (),
) -> KnowledgeBase:
    """A base over nazionale > lombardia > sondrio > sondrio.tresivio, and lecco."""
    out_of_scope = [("it", text) for text in nothing]
    return KnowledgeBase(TERRITORIES, list(entries), topics=topics, desks=list(desks), out_of_scope=out_of_scope)


def made_tree() -> Tree:
    """A small knowledge base as documents, in the one form: a nation, a region, an ambito, two entries, a desk."""
    italian = made_words(title="Prova: uno", questions=("quanto costa?", "è gratis?"))
    french = made_words("fr", translates=italian.version, title="Essai", questions=())
    local = made_words(answer="=Qui è diverso.", facets={}, questions=())
    entry = made_entry(sources=(Source("Legge 1/2000, art. 2", "https://www.esempio.it"),), see_also=("altra",))
    addition = made_entry(territory="sondrio", adds=True)
    sondrio, tresivio = TERRITORIES["sondrio"], TERRITORIES["sondrio.tresivio"]
    return {
        "nazionale/prova/entry.yml": format_entry(entry),
        "nazionale/prova/fr.md": format_words(french),
        "nazionale/prova/it.md": format_words(italian),
        "nazionale/territory.yml": format_territory(TERRITORIES["nazionale"]),
        "lombardia/territory.yml": format_territory(TERRITORIES["lombardia"]),
        "out_of_scope/it.txt": "che tempo fa\nchi ha vinto\n",
        "sondrio/desks/sportello.yml": format_desk(made_desk()),
        "sondrio/prova/entry.yml": format_entry(addition),
        "sondrio/prova/it.md": format_words(local),
        "sondrio/territory.yml": format_territory(sondrio, [tresivio]),
        "topics.yml": format_topics(made_topics("prova", "altra").values()),
    }


def write_files(tree: Tree, folder: Path) -> Path:
    """`tree` as files under `folder`."""
    for name, text in tree.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return folder
