"""The time: moments in UTC, and the day it is in England, whatever the server's own time zone is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return today in London, summer time included."""
    return london_day(now())


def london_day(moment: datetime | str) -> date:
    """Return the day it was in London at a moment (aware, or as ISO 8601 text with its offset)."""
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    try:
        return at.astimezone(LONDON).date()
    except OverflowError:  # within a day of the first or the last that there is, where no zone's time can be told
        return at.date()
