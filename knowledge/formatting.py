"""The documents of the knowledge base, from model to text: one spelling for each, so that nothing but facts differs."""

from collections.abc import Iterable
from typing import Any

import yaml

from knowledge.model import FACETS, Desk, Entry, Territory, Topic, Words


def dump_yaml(value: Any) -> str:
    """The one form of a YAML value; `load_yaml` of knowledge/parsing.py gives it back."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000)


def _given(**values: Any) -> dict[str, Any]:
    """`values` without what is unknown: an absent line, not an empty one."""
    return {name: value for name, value in values.items() if value not in (None, [], {}, False)}


def format_words(words: Words) -> str:
    """The `<lang>.md` of `words`; `parse_words` of it gives them back."""
    head: dict[str, Any] = {"title": words.title, "status": words.status}
    for name in ("translates", "reviewed_by", "reviewed_on"):
        if getattr(words, name) is not None:
            head[name] = getattr(words, name)
    facets = [(name, words.facets[name]) for name in FACETS if name in words.facets]
    blocks = [words.answer, *(f"## {name}\n{text}" for name, text in facets)]
    if words.questions:
        blocks.append("## questions\n" + "\n".join(f"- {question}" for question in words.questions))
    return f"---\n{dump_yaml(head)}---\n" + "\n\n".join(blocks) + "\n"


def format_entry(entry: Entry) -> str:
    """The `entry.yml` of `entry`; its words are documents of their own."""
    head = {"id": entry.id, "area": entry.area, "level": entry.level, "urgent": entry.urgent}
    facts = _given(
        adds=entry.adds,
        sources=[{"title": source.title, "url": source.url} for source in entry.sources],
        checked_on=entry.checked_on,
        review_by=entry.review_by,
        owner=entry.owner,
        see_also=list(entry.see_also),
    )
    return dump_yaml({**head, **facts})


def format_territory(territory: Territory, comuni: Iterable[Territory] = ()) -> str:
    """The `territory.yml` of a territory and its comuni."""
    rows = [
        _given(
            id=comune.local_id,
            name=comune.name,
            position=list(comune.position) if comune.position else None,
            spellings=dict(comune.spellings),
        )
        for comune in comuni
    ]
    head = {"id": territory.id, "kind": territory.kind, "name": territory.name}
    return dump_yaml({**head, **_given(parent=territory.parent, demo=territory.demo, comuni=rows)})


def format_desk(desk: Desk) -> str:
    """The `desks/<desk>.yml` of a desk."""
    return dump_yaml(
        _given(
            id=desk.id, name=desk.name, kind=desk.kind, comune=desk.comune, address=desk.address,
            position=list(desk.position) if desk.position else None,
            phone=desk.phone, email=desk.email, web=desk.web, hours=desk.hours, appointment=desk.appointment,
            languages=list(desk.languages), topics=list(desk.topics), source=desk.source, checked_on=desk.checked_on,
        )
    )  # fmt: skip


def format_topics(topics: Iterable[Topic]) -> str:
    """`topics.yml`."""
    rows = [
        {"id": topic.id, "area": topic.area, **_given(urgent=topic.urgent), "about": topic.about} for topic in topics
    ]
    return dump_yaml(rows)


def format_out_of_scope(texts: Iterable[str]) -> str:
    """An `out_of_scope/<lang>.txt`."""
    return "".join(f"{text}\n" for text in texts)
