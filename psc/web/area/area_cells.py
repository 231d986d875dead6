"""The cells of an area's tables: measure, figure here and in England, change, period (HTML)."""

from html import escape

import pandas as pd

from psc.catalogue.definition import Metric
from psc.clock import today
from psc.narrate.measure_sections import short_name
from psc.narrate.pandemic import pandemic_clause
from psc.narrate.verdicts import Verdict, describe_before, describe_directed, describe_interval, describe_than
from psc.narrate.words import describe_month, describe_number, describe_old
from psc.web.components.page_parts import count_or_none, sign
from psc.web.session import store
from psc.web.session.navigation import address

FEW_COUNTED = 100
"""Below this a rate is shown with the number that it counts: a few more or fewer would change it."""
NO_FIGURE = "–"
_BEFORE = "in the 12 months before"


def measure_cell(definition: Metric, verdict: Verdict, area: str) -> str:
    """Return the sign, the measure as a link to its chart, and its unit."""
    image = sign(verdict.state, verdict.direction, 24)
    return f'<span class="psc-icon">{image}<span>{name_cell(definition, area)}</span></span>'


def name_cell(definition: Metric, area: str) -> str:
    """Return the measure as a link to its chart, and its unit, without the sign of its change."""
    where = escape(address("chart", metric=definition.id, area=area))
    return (
        f'<a href="{where}">{escape(short_name(definition))}</a><span class="psc-unit">{escape(definition.unit)}</span>'
    )


def figure_cell(definition: Metric, verdict: Verdict, area: str) -> str:
    """Return the latest figure in an area, of few cases with their number: "2.2 (74 reported infections)"."""
    figure = describe_number(verdict.value, definition.decimals)
    count = counted_behind(definition, area)
    if definition.is_count or count is None or count >= FEW_COUNTED:
        return _whole(figure)
    return _whole(f"{figure} ({count_or_none(round(count))} {definition.counted or 'counted'})")


def _whole(words: str) -> str:
    """Words of which no narrow column breaks one, nor a number, in two."""
    return f'<span class="psc-whole-words">{escape(words)}</span>'


def counted_behind(definition: Metric, area: str) -> float | None:
    """Return how many are counted behind the latest figure in an area; None where nothing is counted or published."""
    if definition.numerator_kind != "count":
        return None
    latest = store.rows("metric_signals", metric=definition.id).set_index("area_id")["numerator"]
    return float(latest[area]) if area in latest and pd.notna(latest[area]) else None


def england_cell(definition: Metric, verdict: Verdict) -> str:
    """Return England's figure of the same period; a dash where there is none that an area's can be set beside."""
    value = england_figure(definition, verdict)
    return NO_FIGURE if value is None else _whole(describe_number(value, definition.decimals))


def england_figure(definition: Metric, verdict: Verdict) -> float | None:
    """Return England's figure of a verdict's period; None without one, and for a count, which is the areas' sum."""
    if definition.is_count:
        return None
    series = store.rows("england_series", metric=definition.id)
    found = series.loc[series["period_start"] == pd.Timestamp(verdict.period_start), "value"].dropna()
    return float(found.iloc[0]) if len(found) else None


def change_cell(verdict: Verdict | None) -> str:
    """Return a change with what it is measured from, its 99% interval where it is certain, and what it rests on."""
    if verdict is None or not verdict.is_judged:
        return "not judged"
    if verdict.reason == "too_few_to_say":
        return "too few to say"
    said = [f"{_describe_size(verdict)}{_on_year(verdict)}", _rests_on(verdict)]
    return escape("; ".join(filter(None, said)))


def _describe_size(verdict: Verdict) -> str:
    if verdict.change is None:
        return "no clear change" if verdict.direction == "none" else f"{verdict.direction}, from none {_BEFORE}"
    none = verdict.direction == "none"
    than = describe_than(verdict.change) if none else f"{describe_directed(verdict.change)} than"
    interval = describe_interval(verdict.lower, verdict.upper) if verdict.certain else ""
    doubt = "" if verdict.certain else " (not clear)"
    return f"{than} {describe_before(verdict)}{f' ({interval})' if interval else doubt}"


def _rests_on(verdict: Verdict) -> str:
    """What the verdict would be without the years of the pandemic, where that is another one."""
    clause = pandemic_clause(verdict)
    return clause and f"{'clear' if verdict.without_pandemic == 'none' else 'clearly'} {clause}"


def _on_year(verdict: Verdict) -> str:
    """The change on the year before, of yearly figures: the latest year may have risen where the average did not."""
    return "" if verdict.change_on_year is None else f", {describe_than(verdict.change_on_year)} the year before"


def period_cell(verdict: Verdict) -> str:
    """Return up to when the figures are, and how old they are."""
    return escape(f"To {describe_month(verdict.period_end)}, {describe_old(verdict.period_end, today())}")
