"""What a difference from England would mean in people: a number to picture, never one that anything caused."""

from dataclasses import dataclass
from datetime import date

from psc.catalogue.definition import Metric
from psc.narrate.words import MONTHS_OF_A_YEAR, describe_month, describe_tally

PEOPLE_NOTE = (
    "Numbers of people only set an area beside England. They do not say why the two differ, nor how many cases could "
    "be prevented."
)
NOT_CLEAR = "no clear difference"


@dataclass(frozen=True, slots=True)
class People:
    """One row of the store's `people` table: how many more there would be at England's rate, fewer where negative."""

    difference: float
    lower: float
    upper: float
    clear: bool
    months: int
    period_end: date


def people_sentence(definition: Metric, people: People) -> str:
    """Return how many fewer, or more, there would be in the area at England's rate; nothing where it could be none."""
    if not people.clear:
        return ""
    number, way, interval = _parts(people)
    return (
        f"At England’s rate there would have been about {number} {way} {definition.counted} here in "
        f"{describe_when(people)} ({interval})."
    )


def describe_people(people: People) -> str:
    """Return the same for the cell of a table: "300 fewer (140 to 480)"."""
    if not people.clear:
        return NOT_CLEAR
    number, way, interval = _parts(people)
    return f"{number} {way} ({interval})"


def _parts(people: People) -> tuple[str, str, str]:
    low, high = sorted((abs(people.lower), abs(people.upper)))
    way = "fewer" if people.difference < 0 else "more"
    return _rounded(people.difference), way, f"{_rounded(low)} to {_rounded(high)}"


def _rounded(number: float) -> str:
    """Two figures, and no parts of a person: "9", "120", "29,000"."""
    whole = round(abs(number))
    return f"{int(float(f'{whole:.2g}')):,}"


def describe_when(people: People) -> str:
    """Return the months that are counted: "the year to March 2024"."""
    end = describe_month(people.period_end)
    if people.months == MONTHS_OF_A_YEAR:
        return f"the year to {end}"
    return f"the {describe_tally(people.months)} months with figures of the year to {end}"
