"""Numbers, dates and lists as a person would say them."""

from collections.abc import Mapping, Sequence
from datetime import date

from psc.catalogue.definition import Metric

SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PERIOD_NAME = {
    "month": ("month", "months"),
    "quarter": ("quarter", "quarters"),
    "financial_year": ("year", "years"),
    "overlapping_year": ("release", "releases"),
}
MONTHS_OF_A_YEAR = 12
VERBS: Mapping[str, str] = {"higher": "rose", "lower": "fell"}
FEW_NAMES = 4
"""So many areas are named; more are counted."""
PERIOD_MONTHS = {"month": 1, "quarter": 3, "financial_year": 12, "overlapping_year": 3}


def describe_month(day: date) -> str:
    """Return "March 2024"."""
    return f"{day:%B %Y}"


def describe_period(start: date, end: date, grain: str) -> str:
    """Return the period in words: "March 2024", or "April 2023 to March 2024" for anything longer than a month."""
    return describe_month(start) if grain == "month" else f"{describe_month(start)} to {describe_month(end)}"


def describe_date(day: str) -> str:
    """Return a date as precise as it is known: "2014-10-14" as "14 October 2014", "2014-10" as "October 2014"."""
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 1:
        return day
    month = f"{date(parts[0], parts[1], 1):%B %Y}"
    return f"{parts[2]} {month}" if len(parts) == 3 else month


def describe_span(start: str | None, end: str | None) -> str:
    """Return a span of dates as far as it is known: "May 2024 to March 2025", "from May 2024, end not recorded"."""
    if start and end:
        return f"{describe_date(start)} to {describe_date(end)}"
    if start:
        return f"from {describe_date(start)}, end not recorded"
    return f"until {describe_date(end)}, start not recorded" if end else "not recorded"


def describe_number(value: float, decimals: int) -> str:
    """Return the number with thousands separated: "1,234.5"."""
    return f"{value:,.{decimals}f}"


def describe_value(definition: Metric, value: float) -> str:
    """Return the value with its unit, as it reads inside a sentence."""
    return definition.unit_sentence.format(value=describe_number(value, definition.decimals))


def describe_count(count: int, one: str, many: str | None = None) -> str:
    """Return "no areas", "one area", "three areas", "14 areas"."""
    number = SMALL_NUMBERS[count] if count < len(SMALL_NUMBERS) else f"{count:,}"
    return f"{number} {one if count == 1 else many or one + 's'}"


def describe_tally(count: int) -> str:
    """Return "none", "one", "three", "14": a number standing for things named elsewhere in the sentence."""
    return "none" if count == 0 else SMALL_NUMBERS[count] if count < len(SMALL_NUMBERS) else f"{count:,}"


def describe_some(count: int, one: str, many: str) -> str:
    """Return "none is", "one is", "three are": the number as the subject of a sentence."""
    return f"none {one}" if count == 0 else describe_count(count, one, many)


def describe_periods(count: int, grain: str) -> str:
    """Return "seven months", "one year", ..."""
    return describe_count(count, *PERIOD_NAME[grain])


def describe_each_period(grain: str) -> str:
    """Return "each month", "each quarter", ..."""
    return f"each {PERIOD_NAME[grain][0]}"


def describe_old(end: date, today: date) -> str:
    """Return how old the figures are that end on a day: "11 months old", "2 years 8 months old"."""
    months = (today.year - end.year) * MONTHS_OF_A_YEAR + today.month - end.month
    years, rest = divmod(max(months, 0), MONTHS_OF_A_YEAR)
    counted = [(years, "year"), (rest, "month")]
    said = " ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in counted if count)
    return f"{said} old" if said else "less than a month old"


def describe_list(items: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"; items that have a comma or an "and" of their own get semicolons."""
    if len(items) < 2:
        return "".join(items)
    if any("," in item or " and " in item for item in items):
        return f"{'; '.join(items[:-1])}; and {items[-1]}"
    return f"{', '.join(items[:-1])} and {items[-1]}"


def describe_few(names: Sequence[str]) -> str:
    """Return the names of a few areas as a list; of more than a few, how many areas they are: "five areas"."""
    return describe_list(names) if len(names) <= FEW_NAMES else describe_count(len(names), "area")


def capitalised(text: str) -> str:
    """Return the text with its first letter in upper case and the rest as it is."""
    return text[:1].upper() + text[1:]
