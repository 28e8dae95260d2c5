"""Time: milliseconds since 1970 in UTC, everywhere that time is stored."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ITALY = ZoneInfo("Europe/Rome")


def now_ms() -> int:
    """Milliseconds since 1970-01-01 UTC."""
    return int(datetime.now(UTC).timestamp() * 1000)


def iso(ms: int) -> str:
    """RFC 3339 in UTC, for the APIs."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def italian_time(ms: int) -> str:
    """Hours and minutes on an Italian wall clock, with the day where it is not today."""
    local, today = datetime.fromtimestamp(ms / 1000, ITALY), datetime.now(ITALY).date()
    return local.strftime("%H:%M" if local.date() == today else "%d/%m/%Y %H:%M")
