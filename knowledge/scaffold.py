"""The first files of something new: an ambito, a desk, an entry of its own. They are right as they are, or say TODO."""

import re
from dataclasses import replace
from datetime import date, timedelta

from core.errors import ContentError
from core.text import romanize
from knowledge.base import KnowledgeBase
from knowledge.formatting import format_desk, format_entry, format_territory, format_words
from knowledge.model import REFERENCE, Desk, Entry, Source, Territory, Words, comune_id
from knowledge.parsing import check_id, parse_desk
from knowledge.tree import Tree

# When somebody has to look again at what is written today.
REVIEW_AFTER = timedelta(days=180)


def id_from(name: str) -> str:
    """The id that a name suggests: `Ponte in Valtellina` -> `ponte-in-valtellina`."""
    return re.sub(r"[^a-z0-9]+", "-", romanize(name)).strip("-")


def new_ambito(base: KnowledgeBase, name: str, title: str, parent: str, comuni: list[str]) -> Tree:
    """The documents of a new ambito: `territory.yml`. Raises `ContentError` where it cannot be."""
    path = f"{name}/territory.yml"
    check_id(name, "a territory", path)
    if name in base.territories:
        raise ContentError(f"there is already a territory `{name}`", path)
    if parent not in base.territories:
        raise ContentError(f"there is no territory `{parent}` for it to lie in", path)
    territory = Territory(name, "ambito", title, parent)
    ids = [id_from(comune) for comune in comuni]
    for twice in {each for each in ids if ids.count(each) > 1 or not each}:
        raise ContentError(f"two comuni have the id `{twice}`, or one has no name", path)
    rows = [Territory(comune_id(name, key), "comune", comune, name) for key, comune in zip(ids, comuni, strict=True)]
    return {path: format_territory(territory, rows)}


def new_desk(base: KnowledgeBase, desk: Desk) -> Tree:
    """The document of a new desk. Raises `ContentError` where it cannot be."""
    path = f"{desk.territory}/desks/{desk.id}.yml"
    if desk.territory not in base.ambiti:
        raise ContentError(f"there is no ambito `{desk.territory}`; there are {', '.join(base.ambiti)}", path)
    if any(other.id == desk.id and other.territory == desk.territory for other in base.desks):
        raise ContentError("this desk is there already: change its file", path)
    text = format_desk(desk)
    parse_desk(text, path)
    return {path: text}


def new_entry(base: KnowledgeBase, territory: str, topic: str, today: date, *, adds: bool) -> Tree:
    """The documents of a territory's own entry on `topic`. Raises `ContentError` where it cannot be.

    With `adds` an Italian text to be written, that goes below the farther answer; else a copy of the farther entry in
    all its languages, to be changed.
    """
    path = f"{territory}/{topic}/entry.yml"
    known = base.topics.get(topic)
    if known is None:
        raise ContentError(f"`{topic}` is no topic; knowledge/content/topics.yml lists those there are", path)
    if territory not in base.territories:
        raise ContentError(f"there is no territory `{territory}`", path)
    if (territory, topic) in base.places:
        raise ContentError("this entry is there already: change its files", path)
    farther = base.entry(topic, territory)
    if adds and farther is None:
        raise ContentError("no farther territory has an entry that this one could add to", path)
    entry = Entry(
        id=topic,
        territory=territory,
        area=known.area,
        level=base.territories[territory].level,
        urgent=known.urgent,
        adds=adds,
        sources=farther.sources if farther else (Source("TODO", "https://example.org"),),
        checked_on=today,
        review_by=today + REVIEW_AFTER,
        owner="redazione",
    )
    title = farther.words[REFERENCE].title if farther else known.about[:80]
    todo = Words(REFERENCE, title, "TODO: che cosa cambia qui.", {}, (), "draft")
    if adds or farther is None:
        words = [todo]
    else:
        words = [replace(each, questions=(), status="draft", reviewed_by=None, reviewed_on=None)
                 for each in farther.words.values()]  # fmt: skip
    texts = {f"{territory}/{topic}/{each.language}.md": format_words(each) for each in words}
    return {path: format_entry(entry), **texts}
