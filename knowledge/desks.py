"""What a person reads of a desk: a card in their language, with what is known and nothing else."""

import math
from datetime import datetime

from core.languages import LANGUAGES
from core.locales import say
from knowledge.model import Desk, Position, Territory, comune_id
from knowledge.opening import opening_sentence, week

# More cards than these do not fit a phone's screen.
MAX_CARDS = 3
_EARTH_KM = 6371.0


def distance_km(here: Position, there: Position) -> float:
    """The way a bird flies, in kilometres (haversine formula)."""
    north, east, north2, east2 = map(math.radians, (*here, *there))
    half = math.sin((north2 - north) / 2) ** 2
    half += math.cos(north) * math.cos(north2) * math.sin((east2 - east) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))


def nearest(desks: list[Desk], here: Position | None) -> list[Desk]:
    """The desks, nearest first; those whose place is unknown last; in the order given where `here` is unknown."""
    if here is None:
        return desks
    return sorted(desks, key=lambda desk: distance_km(here, desk.position) if desk.position else math.inf)


def card(desk: Desk, language: str, now: datetime, comune: Territory | None = None, km: float | None = None) -> str:
    """The lines of a desk: name, place, how to reach it, whether it is open now, languages, and when it was checked."""
    place = ", ".join(filter(None, (desk.address, comune.name if comune else None)))
    if km is not None:
        place = f"{place} ({km:.1f} km)" if place else f"{km:.1f} km"
    facts = (
        ("desks.address", place),
        ("desks.phone", desk.phone),
        ("desks.email", desk.email),
        ("desks.web", desk.web),
        ("desks.hours", "; ".join(week(desk.hours, now, language)) if desk.hours else None),
        ("desks.languages", ", ".join(LANGUAGES[code].name for code in desk.languages if code in LANGUAGES)),
    )
    lines = [desk.name, *(f"{say(key, language)}: {value}" for key, value in facts if value)]
    if desk.hours:
        lines.append(opening_sentence(desk.hours, now, language))
    if desk.appointment:
        lines.append(say("desks.appointment", language))
    lines.append(f"{say('notes.checked', language)}: {desk.checked_on.isoformat()}")
    return "\n".join(lines)


def cards(desks: list[Desk], language: str, now: datetime, comuni: dict[str, Territory]) -> str:
    """A heading and the first few cards; says where there are more. Empty where there is no desk."""
    if not desks:
        return ""
    shown = [
        card(desk, language, now, comuni.get(comune_id(desk.territory, desk.comune or "")))
        for desk in desks[:MAX_CARDS]
    ]
    more = [say("desks.more", language)] if len(desks) > MAX_CARDS else []
    return "\n\n".join([f"{say('desks.title', language)}:", *shown, *more])
