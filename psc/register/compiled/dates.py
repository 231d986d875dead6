"""When compiled records may say that something was: what happened has happened, and a plan is a likely one.

A date that is a year or a month counts from its beginning: in November 2026 the year 2026 has come.
"""

import datetime
import re
from collections.abc import Iterator

from psc.register.compiled.source_record import Misfit
from psc.register.records.fields import DATE_FIELDS, EARLIEST_YEAR, LATEST_YEAR, SourcedRecord
from psc.register.records.priority import Priority, Programme, TimelineEvent
from psc.register.records.solution import Solution

ANNOUNCED_YEARS = 2
"""How many years ahead an area or a programme may announce what it will begin."""
LONG_OVER_YEARS = 5
"""How long before the newest event of the timeline work may have ended that is still called active."""
PLANNED_YEARS = 20
"""How many years ahead the end of anything may be planned."""

_OVER = frozenset({"closed", "superseded", "completed", "withdrawn"})
_NOT_YET = frozenset({"target", "modelled"})
"""The kinds of figure that may be about years to come."""
_YEAR = re.compile(r"(?<!\d)(?:19|2\d)\d\d(?!\d)", re.ASCII)


def days_to_come(record: SourcedRecord, today: datetime.date) -> Iterator[Misfit]:
    """Each date of a record that lies later than what is said about it allows, or outside the years of the NHS."""
    if odd := list(_outside_the_years(record)):
        yield from odd
    elif isinstance(record, TimelineEvent):
        yield from _later("date", record.date, today, "has happened")
    elif isinstance(record, Priority):
        yield from _period(record.status, today, year_from=str(record.year_from), year_to=_text(record.year_to))
    elif isinstance(record, Programme):
        yield from _period("", today, start=record.start, end=record.end)
    elif isinstance(record, Solution):
        yield from _period(record.status, today, is_begun=True, start=record.start, end=record.end)
        yield from _of_results(record, today)


def _outside_the_years(record: SourcedRecord) -> Iterator[Misfit]:
    for field in DATE_FIELDS:
        date = getattr(record, field, None)
        if isinstance(date, str) and not EARLIEST_YEAR <= int(date[:4]) <= LATEST_YEAR:
            yield (field,), date, f"a date in the years {EARLIEST_YEAR} to {LATEST_YEAR}"


def long_over(record: SourcedRecord, newest: int | None) -> Iterator[Misfit]:
    """Work that is called active and ended years before ``newest``, the year of the newest event that is recorded."""
    if newest is None or not isinstance(record, Priority | Solution) or record.status != "active":
        return
    field, end = ("year_to", _text(record.year_to)) if isinstance(record, Priority) else ("end", record.end)
    if end and int(end[:4]) < newest - LONG_OVER_YEARS:
        wanted = f"a later end, none, or another status: it is {record.status}, and the timeline goes on to {newest}"
        yield (field,), end, wanted


def _period(status: str, today: datetime.date, *, is_begun: bool = False, **dates: str | None) -> Iterator[Misfit]:
    (first, start), (last, end) = dates.items()
    if status in _OVER:
        yield from _later(first, start, today, f"is {status}")
        yield from _later(last, end, today, f"is {status}")
        return
    if is_begun:
        yield from _later(first, start, today, "has begun")
    else:
        yield from _beyond(first, start, today, ANNOUNCED_YEARS)
    yield from _beyond(last, end, today, PLANNED_YEARS)


def _later(field: str, date: str | None, today: datetime.date, said: str) -> Iterator[Misfit]:
    if date and date > today.isoformat()[: len(date)]:
        yield (field,), date, f"a date that has come, as this {said}: today is {today.isoformat()}"


def _beyond(field: str, date: str | None, today: datetime.date, years: int) -> Iterator[Misfit]:
    latest = today.year + years
    if date and int(date[:4]) > latest:
        yield (field,), date, f"a date up to the year {latest}"


def _of_results(solution: Solution, today: datetime.date) -> Iterator[Misfit]:
    told = [(("results", place, "when"), r.when, r.figure_kind) for place, r in enumerate(solution.results)]
    won = [(("awards", place, "when"), award.when, "award") for place, award in enumerate(solution.awards)]
    for key, when, kind in (*told, *won):
        later = [year for year in _YEAR.findall(when or "") if int(year) > today.year]
        if later and kind not in _NOT_YET:
            yield key, repr(when), f"a time that has come, as this is said to have happened: it is {today.year} now"


def _text(year: int | None) -> str | None:
    return None if year is None else str(year)
