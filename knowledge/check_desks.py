"""What must hold of desks beyond the form of their files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core.languages import LANGUAGES
from knowledge.base import KnowledgeBase
from knowledge.facts import is_web_address
from knowledge.model import Desk, comune_id
from knowledge.opening import parsed

# A phone or an hour that nobody has looked at for a year is no longer told.
MAX_AGE = timedelta(days=365)
_PHONE = re.compile(r"\+?[0-9]+([ -][0-9]+)*")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to put right: the document, relative to knowledge/content, and why.

    A warning is about words that a reader can do without for now: an ambito's own entry that is not translated yet.
    """

    place: str
    reason: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {'warning: ' if self.warning else ''}{self.reason}"


def check_desks(base: KnowledgeBase, today: date) -> Iterator[Finding]:
    """Everything that is wrong with the desks."""
    for desk in base.desks:
        place = f"{desk.territory}/desks/{desk.id}.yml"
        yield from (Finding(place, reason) for reason in (*_known(base, desk), *_written(desk), *_age(desk, today)))


def _known(base: KnowledgeBase, desk: Desk) -> Iterator[str]:
    """Names of other things."""
    if base.territories[desk.territory].kind != "ambito":
        yield f"a desk belongs to an ambito; {desk.territory} is none"
    if desk.comune is not None and comune_id(desk.territory, desk.comune) not in base.territories:
        yield f"`comune`: there is no `{desk.comune}` in {desk.territory}/territory.yml"
    yield from (f"`languages`: `{code}` is not known" for code in desk.languages if code not in LANGUAGES)
    known = base.topics or {entry.id for entry in base.entries}
    yield from (f"`topics`: `{topic}` is no topic" for topic in desk.topics if topic not in known)


def _written(desk: Desk) -> Iterator[str]:
    if desk.phone and not _PHONE.fullmatch(desk.phone):
        yield f"`phone`: `{desk.phone}` is no phone number; write digits in groups, like +39 0342 000 000"
    if desk.email and not _EMAIL.fullmatch(desk.email):
        yield f"`email`: `{desk.email}` is no e-mail address"
    if desk.web and not (desk.web.startswith("https://") and is_web_address(desk.web)):
        yield f"`web`: `{desk.web}` is no web address that begins with https://"
    if desk.hours:
        try:
            parsed(desk.hours)
        except ValueError as error:
            yield f"`hours`: {error}"


def _age(desk: Desk, today: date) -> Iterator[str]:
    if desk.checked_on > today:
        yield f"says that it was checked on {desk.checked_on}, which is in the future"
    if today - desk.checked_on > MAX_AGE:
        yield f"was checked on {desk.checked_on}, more than a year ago: look whether it is still true"
