"""When a shared solution is looked at again: after two years, unless its lead says sooner."""

import datetime
from collections.abc import Mapping
from typing import Any

REVIEW_YEARS = 2


def with_next_review(content: Mapping[str, Any], today: datetime.date) -> dict[str, Any]:
    """Return a solution's content with the day of its next review: the one given, where it is neither past nor late."""
    given, latest = content.get("next_review"), two_years_on(today).isoformat()
    return {**content, "next_review": given if given and today.isoformat() < given <= latest else latest}


def two_years_on(day: datetime.date) -> datetime.date:
    """Return the same day two years later (28 February for a leap day)."""
    try:
        return day.replace(year=day.year + REVIEW_YEARS)
    except ValueError:
        return day.replace(year=day.year + REVIEW_YEARS, day=28)
