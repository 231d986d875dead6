"""Full dates in a text, in the ways people write them, and which of them are the ends of a period."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LONGEST_PERIOD = datetime.timedelta(days=3653)
"""Two dates farther apart than ten years are not the ends of a project's period."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_FULL_YEAR = r"(?P<year>(?:19|20)\d\d)"
_YEAR = r"'?(?P<year>(?:(?:19|20)\d\d|\d\d))"
_SHAPES = [
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?<![\d.,/-]){_DAY}[ \n./-]{{0,2}}(?:of )?{_MONTH_NAME}[ \n.,/-]{{0,2}}{_YEAR}(?!\d)",
        rf"(?<!\w)(?<!\d[ \n]){_MONTH_NAME}\.?[ \n]{_DAY}(?:,[ \n]?|[ \n]){_YEAR}(?!\d)",
        rf"(?<!\d){_FULL_YEAR}([./-])(?P<month>\d\d?)\2(?P<day>\d\d?)(?!\d)",
        rf"(?<![\d./-])(?P<day>\d\d?)(?P<gap> ?[ ./-] ?)(?P<month>\d\d?)(?P=gap){_YEAR}(?!\d|(?P=gap)\d)",
        rf"(?<!\d)(?P<day>\d\d)(?P<month>\d\d){_FULL_YEAR}(?!\d)",
    )
]
_UNUSUAL = re.compile(
    r"(?<!\d)(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d\d)(?!\d)"
    r"|(?<!\d)(?P<d>\d\d?)(?P<gap>[|,;:])(?P<m>\d\d?)(?P=gap)(?P<y>(?:19|20)?\d\d)(?!\d)"
)
"""What is a date only where the words before it say so."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date, and where it stands in a text."""

    start: int
    end: int
    value: datetime.date
    is_full: bool
    """Written with all four digits of the year and with something between its parts."""
    is_usual: bool = True
    """Written as people write dates; else it is a date only where the words before it say so."""


def written_dates(text: str, today: datetime.date) -> Iterator[WrittenDate]:
    """Return the dates in a folded ``text``, in no order; of a year of two digits, the last that is not to come."""
    for shape in _SHAPES:
        for match in shape.finditer(text):
            value = _value(match.groupdict(), today)
            if value is not None:
                written = match.group()
                is_full = len(match["year"]) == 4 and not re.fullmatch(r"[\d \n]+", written)
                yield WrittenDate(match.start(), match.end(), value, is_full)
    for match in _UNUSUAL.finditer(text):
        parts = {"day": match["day"] or match["d"], "month": match["month"] or match["m"]}
        value = _value({**parts, "year": match["year"] or match["y"]}, today)
        if value is not None:
            yield WrittenDate(match.start(), match.end(), value, is_full=False, is_usual=False)


def _value(parts: dict[str, str | None], today: datetime.date) -> datetime.date | None:
    name = parts.get("name")
    day, year = int(parts["day"] or 0), int(parts["year"] or 0)
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(parts["month"] or 0)
    if month > 12 and not name:
        day, month = month, day
    try:
        if year >= 100:
            return datetime.date(year, month, day)
        this_century = datetime.date(today.year // 100 * 100 + year, month, day)
        return this_century if this_century <= today else this_century.replace(year=this_century.year - 100)
    except ValueError:
        return None


def ends_of_periods(text: str, dates: Sequence[WrittenDate]) -> set[int]:
    """The starts of all dates that are the first or last day of a period written as two dates."""
    ends: set[int] = set()
    for first, last in pairwise(date for date in dates if date.is_usual):
        is_short = abs(last.value - first.value) < _LONGEST_PERIOD
        if is_short and re.fullmatch(r"\s*(?:to|until|till|-)\s*", text[first.end : last.start][:20]):
            ends |= {first.start, last.start}
    return ends
