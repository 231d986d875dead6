"""What a verdict says, in sentences that a reader can check by eye on the chart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from psc.catalogue.definition import Metric
from psc.narrate.words import MONTHS_OF_A_YEAR, capitalised, describe_count, describe_period, describe_value

LEAD: Mapping[str, str] = {"improving": "Improving", "concern": "A concern"}
STATE_WORDS: Mapping[str, str] = {
    "improving": "Improving",
    "concern": "A concern",
    "higher": "Higher than before",
    "lower": "Lower than before",
    "unclear": "Could still be chance",
    "steady": "No clear change",
    "unjudged": "Not judged",
}
REASON_WORDS: Mapping[str, str] = {
    "overlapping": "each figure covers 12 months that overlap with the next",
    "no_counts": "these rates were published without the number of people behind them",
    "quarterly": "figures of quarters cannot be judged yet",
    "too_few_months": "fewer than ten months have a figure a year before",
    "denominator_step": "one organisation changed how much it counts, and without it the verdict would be different",
    "too_few_years": "it takes at least four earlier years",
}
ABOUT_THE_SAME = 0.005
SMALL = 0.02
PANDEMIC = "pandemic_"
NEEDED = {10: 10, 11: 11, 12: 11}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row of the store's `verdict` table. Changes are shares of 1; None where there is none."""

    method: str
    direction: str
    certain: bool
    state: str
    change: float | None
    lower: float | None
    upper: float | None
    change_on_year: float | None
    pairs: int
    agreeing: int
    years: int
    against_england: str
    against_change: float | None
    against_lower: float | None
    against_upper: float | None
    flags: tuple[str, ...]
    reason: str
    period_start: date
    period_end: date
    value: float

    @property
    def is_apart_from_none(self) -> bool:
        """Whether the interval of the change leaves out no change."""
        return self.lower is not None and self.upper is not None and (self.lower > 0 or self.upper < 0)

    @property
    def is_judged(self) -> bool:
        """Whether a direction was looked for at all."""
        return self.direction != "not_judged"

    @property
    def without_pandemic(self) -> str:
        """Which direction it would have without 2020/21 and 2021/22, where that is another one; else ""."""
        return next((flag for flag in self.flags if flag.startswith(PANDEMIC)), "").removeprefix(PANDEMIC)


def verdict_sentence(definition: Metric, verdict: Verdict) -> str:
    """Return the verdict in a sentence or two."""
    if not verdict.is_judged:
        return f"Not judged: {REASON_WORDS[verdict.reason]}."
    if verdict.direction == "none":
        return f"{_describe_no_change(verdict)}{_describe_flag(verdict)}"
    found = {"monthly": _describe_months, "rare": _describe_rare, "yearly": _describe_years}[verdict.method](verdict)
    if not verdict.certain:
        return f"{capitalised(found)}. This could still be chance.{_describe_flag(verdict)}"
    neither = " On this measure neither way is better." if definition.direction == "neutral" else ""
    lead = LEAD.get(verdict.state)
    return f"{f'{lead}: {found}' if lead else capitalised(found)}.{neither}{_describe_flag(verdict)}"


def figure_sentence(definition: Metric, verdict: Verdict) -> str:
    """Return the latest figure with its period: "9.3% of items in December 2025."."""
    period = describe_period(verdict.period_start, verdict.period_end, definition.grain)
    return f"{capitalised(describe_value(definition, verdict.value))} in {period}."


def latest_sentence(definition: Metric, verdict: Verdict) -> str:
    """Return the latest figure with its period, and the verdict."""
    return f"{figure_sentence(definition, verdict)} {verdict_sentence(definition, verdict)}"


def describe_change(change: float) -> str:
    """Return "8% lower", "15% higher", "about the same"."""
    return "about the same" if abs(change) < ABOUT_THE_SAME else describe_directed(change)


def describe_than(change: float) -> str:
    """Return "8% lower than", "about the same as": what it was measured from follows."""
    words = describe_change(change)
    return f"{words} {'as' if words == 'about the same' else 'than'}"


def describe_before(verdict: Verdict) -> str:
    """Return what a change is measured from: "a year before", "the five years before"."""
    return f"the {describe_count(verdict.years, 'year')} before" if verdict.method == "yearly" else "a year before"


def describe_directed(change: float) -> str:
    """Return a change that has a direction: near 100% a share can be "0.3% lower", never "about the same"."""
    return f"{describe_percent(change)} {'higher' if change > 0 else 'lower'}"


def describe_signed(change: float) -> str:
    """Return a change as it is short: "−8%", "+15%", "+0.3%", "0%"."""
    size = describe_percent(change)
    return "0%" if size == "0.0%" else f"{'+' if change > 0 else '−'}{size}"


def describe_percent(change: float) -> str:
    """Return the size of a change without its sign: "8%", "0.7%", "more than ten times as much" beyond 900%."""
    size = abs(change)
    return f"{size:.1%}" if size < 0.01 else f"{size:,.0%}"


def describe_interval(lower: float | None, upper: float | None) -> str:
    """Return the 99% interval of a change as a reader takes it: "6% to 10%", "21% lower to 3% higher". Else nothing."""
    if lower is None or upper is None:
        return ""
    if lower > 0 or upper < 0:
        low, high = sorted((abs(lower), abs(upper)))
        return f"{describe_percent(low)} to {describe_percent(high)}"
    return f"{_describe_end(lower)} to {_describe_end(upper)}"


def _describe_end(change: float) -> str:
    return "no change" if abs(change) < ABOUT_THE_SAME else describe_change(change)


def _describe_months(verdict: Verdict) -> str:
    """A direction of months: "lower than a year before in 12 of the last 12 months; 8% lower (6% to 10%)"."""
    counted = f"{verdict.direction} than a year before in {_which_months(verdict)}"
    return counted if verdict.change is None else f"{counted}; {_describe_size(verdict)}"


def _describe_size(verdict: Verdict) -> str:
    assert verdict.change is not None, "a size is asked for where there is one"
    interval = describe_interval(verdict.lower, verdict.upper) if verdict.certain else ""
    within = f" ({interval})" if interval else ""
    return f"{'' if verdict.certain else 'about '}{describe_directed(verdict.change)}{within}"


def _which_months(verdict: Verdict) -> str:
    if verdict.pairs == MONTHS_OF_A_YEAR:
        return f"{verdict.agreeing} of the last 12 months"
    return f"{verdict.agreeing} of the {verdict.pairs} months that can be compared"


def _describe_rare(verdict: Verdict) -> str:
    without = "complement" in verdict.flags
    if verdict.change is None:
        some = "some cases without it" if without else "some"
        return f"there were {some} in the last 12 months, and none in the 12 before"
    what = "cases without it were" if without else "the rate of the last 12 months was"
    before = "in the last 12 months than in the 12 before" if without else "than that of the 12 before"
    return f"{what} {_describe_size(verdict)} {before}"


def _describe_years(verdict: Verdict) -> str:
    assert verdict.change is not None and verdict.change_on_year is not None, "a judged year has both changes"
    uncertain = verdict.direction != "none" and not verdict.certain
    interval = "" if uncertain else describe_interval(verdict.lower, verdict.upper)
    within = f" ({interval})" if interval else ""
    earlier = f"{describe_than(verdict.change)} {describe_before(verdict)}{within}"
    return f"{earlier}, and {describe_than(verdict.change_on_year)} the year before"


def _describe_no_change(verdict: Verdict) -> str:
    if verdict.reason == "too_few_to_say":
        return "Too few to say: so few are counted that the last 12 months and the 12 before may differ by chance."
    if verdict.method == "yearly":
        return f"No clear change: {_describe_years(verdict)}{_describe_not_clear_of(verdict)}."
    if verdict.change is None:
        return "No clear change."
    if not verdict.agreeing:
        return "No clear change: the same as a year before in every month that can be compared."
    if 2 * verdict.agreeing <= verdict.pairs:
        return f"No clear change: higher than a year before in some months, lower in others{_possible_size(verdict)}."
    counted = f"{'higher' if verdict.change > 0 else 'lower'} than a year before in {_which_months(verdict)}"
    needed = NEEDED.get(verdict.pairs, verdict.pairs)
    if verdict.agreeing >= needed and abs(verdict.change) < SMALL:
        interval = describe_interval(verdict.lower, verdict.upper)
        return f"No clear change: {counted}, but by less than 2%{f' ({interval})' if interval else ''}."
    too_few = f", and it takes {needed}" if verdict.is_apart_from_none else ""
    return f"No clear change: {counted}{too_few}{_possible_size(verdict)}."


def _possible_size(verdict: Verdict) -> str:
    """The size of a change that is not clear: "; about 3% higher, but it could lie between 2% lower and 8% higher"."""
    assert verdict.change is not None, "a size is asked for where there is one"
    same = abs(verdict.change) < ABOUT_THE_SAME
    size = "; about the same overall" if same else f"; about {describe_change(verdict.change)}"
    if verdict.lower is None or verdict.upper is None:
        return size
    if verdict.is_apart_from_none:
        return f"{size} ({describe_interval(verdict.lower, verdict.upper)})"
    return f"{size}, but it could lie between {_describe_end(verdict.lower)} and {_describe_end(verdict.upper)}"


def _describe_not_clear_of(verdict: Verdict) -> str:
    """Why a last year that moved on has no direction: it is not far enough from the five before, or the last two."""
    assert verdict.change is not None and verdict.change_on_year is not None, "a judged year has both changes"
    if verdict.change * verdict.change_on_year <= 0:
        return ""
    years = "the last two" if verdict.is_apart_from_none else f"those {describe_count(verdict.years, 'year')}"
    return f", but not clearly {'above' if verdict.change > 0 else 'below'} {years}"


def _describe_flag(verdict: Verdict) -> str:
    without = verdict.without_pandemic
    if not without:
        return ""
    counted = "show no clear change" if without == "none" else f"count as {without}"
    return f" Without the two years of the pandemic it would {counted}."
