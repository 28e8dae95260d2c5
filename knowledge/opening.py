"""When a desk is open, from OpenStreetMap's opening_hours syntax, with Italy's public holidays.

Source of the syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby

from babel.dates import format_date
from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

from core.clock import ITALY
from core.locales import say

# Where a rule says nothing of public holidays the syntax leaves it open; an Italian office is closed on them.
_HOLIDAYS = "PH"
_ALWAYS = "24/7"
_DAY = {"zh": "M月d日 EEEE", "es": "EEEE d 'de' MMMM"}
DAYS_AHEAD = 7


@lru_cache(maxsize=10_000)
def parsed(hours: str) -> OpeningHours:
    """The rule, in Italian time. Raises `ValueError` that says where it cannot be read."""
    rule = hours if _HOLIDAYS in hours or _ALWAYS in hours else f"{hours}; {_HOLIDAYS} off"
    try:
        return OpeningHours(rule, timezone=ITALY, country="IT")
    except ParserError as error:
        raise ValueError(f"`{hours}` is not in the opening_hours syntax: {_first_line(str(error))}") from None


def _first_line(message: str) -> str:
    return message.strip().splitlines()[-1].strip(" =") or message


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a desk is open, and until or from when (None: it does not change)."""

    is_open: bool
    changes_at: datetime | None


def opening(hours: str, now: datetime) -> Opening:
    """The state at `now` (any time zone). Raises `ValueError`."""
    rule, here = parsed(hours), now.astimezone(ITALY)
    is_open = rule.is_open(here)
    changes = rule.next_change(here)
    while changes is not None and rule.is_open(changes) == is_open:  # a change to "unknown" or of comment only
        changes = rule.next_change(changes)
    return Opening(is_open, changes)


def opening_sentence(hours: str, now: datetime, language: str) -> str:
    """ "Open now, until 12:30", "Closed now. Opens tomorrow at 9:00": in `language`."""
    state, today = opening(hours, now), now.astimezone(ITALY).date()
    if state.changes_at is None:
        return say("desks.always" if state.is_open else "desks.closed", language)
    day, time = state.changes_at.date(), f"{state.changes_at:%H:%M}"
    if state.is_open:
        time = time if (day - today).days <= 1 else f"{day_name(state.changes_at, language)}, {time}"
        return say("desks.open", language, time=time)
    key = {0: "desks.today", 1: "desks.tomorrow"}.get((day - today).days)
    if key:
        return say(key, language, time=time)
    return say("desks.later", language, day=day_name(state.changes_at, language), time=time)


def day_name(day: datetime, language: str) -> str:
    """ "Thursday 26 November", in `language`."""
    return str(format_date(day, _DAY.get(language, "EEEE d MMMM"), locale=language))


def week(hours: str, now: datetime, language: str) -> list[str]:
    """The next seven days as lines "Mon–Fri 09:00–12:30"; days that are closed are left out. Raises `ValueError`."""
    start = now.astimezone(ITALY).replace(hour=0, minute=0, second=0, microsecond=0)
    start -= timedelta(days=start.weekday())  # the week that we are in, Monday first
    days = [start + timedelta(days=number) for number in range(DAYS_AHEAD)]
    spans = [(day, _spans(hours, day)) for day in days]
    lines = []
    for times, group in groupby(spans, key=lambda item: item[1]):
        if times:
            named = [str(format_date(day, "EEE", locale=language)) for day, _ in group]
            lines.append(f"{named[0]}–{named[-1]} {times}" if len(named) > 1 else f"{named[0]} {times}")
    return lines


def _spans(hours: str, day: datetime) -> str:
    """ "09:00–12:30, 14:00–16:00" of one day."""
    end = day + timedelta(days=1)
    found = [
        (max(begin, day), min(until, end))
        for begin, until, state, _ in parsed(hours).intervals(day, end)
        if str(state).lower().endswith("open")
    ]
    return ", ".join(f"{begin:%H:%M}–{'24:00' if until == end else f'{until:%H:%M}'}" for begin, until in found)
