"""What stands beside a chart: why this kind, how old the data are, what the limits rest on, the target."""

from datetime import date

from psc.catalogue.definition import Metric
from psc.narrate.signal_words import Signal, describe_no_limits
from psc.narrate.words import (
    MONTHS_OF_A_YEAR,
    PERIOD_MONTHS,
    capitalised,
    describe_count,
    describe_date,
    describe_month,
    describe_number,
    describe_old,
    describe_periods,
    describe_tally,
    describe_value,
)

STALE_MONTHS = 6
# How often the latest point of a stable monthly series gets a sign: one in so many, simulated from the season and the
# noise of each series that ships (docs/methods.md), with limits from two years and from all.
SIGNS_BY_CHANCE = {"two years": 8, "all years": 6}
ASSURANCE_WORDS = {
    "pass": "As things are, the figure can be expected to meet the target.",
    "fail": "As things are, the figure can be expected to miss the target.",
    "inconsistent": "As things are, the figure may or may not meet the target: ordinary variation alone decides.",
}


def chart_choice(definition: Metric, signal: Signal) -> str:
    """Return which kind of chart this is and why, in a sentence or two."""
    if signal.chart == "line":
        return "Each figure covers twelve months that overlap the next, so this is a plain line that is not judged."
    if signal.chart == "xmr":
        return (
            "There are enough figures for an XmR chart: its limits come from how much the figure usually "
            "moves from one period to the next."
        )
    if definition.grain == "financial_year":
        return "Yearly figures are not given limits, so this is a run chart: a line around its middle value."
    if signal.no_limits:
        reason = capitalised(describe_no_limits(definition, signal))
        return f"{reason}. This is a run chart: a line around its middle value."
    counted = describe_periods(signal.points, definition.grain)
    return f"With {counted} of figures there are too few for limits, so this is a run chart around its middle value."


def where_points_stand(definition: Metric) -> str:
    """Return where in its period a point is drawn, where periods are so long that a reader would ask. Else nothing."""
    months = PERIOD_MONTHS[definition.grain]
    if definition.grain == "overlapping_year":
        months = MONTHS_OF_A_YEAR
    return f"Each point stands in the middle of the {describe_tally(months)} months it covers." if months > 1 else ""


def describe_run(signal: Signal) -> str:
    """Return that a run chart moves more than chance explains: by the Anhøj rules, on its runs and crossings."""
    if not signal.non_random:
        return ""
    return "Over all these figures the line has moved more than chance alone explains: its runs on one side are long."


def describe_age(period_end: date, today: date) -> str:
    """Return how old the figures of a period are when that is worth a warning: half a year or more. Else nothing."""
    months = (today.year - period_end.year) * 12 + today.month - period_end.month
    if months < STALE_MONTHS:
        return ""
    return f"The latest figure is {describe_old(period_end, today)}."


def describe_limits(definition: Metric, signal: Signal) -> str:
    """Return what the average and the limits rest on: how many points, since when."""
    points = describe_periods(signal.points, definition.grain)
    if signal.chart == "line":
        first = "from" if signal.points == 1 else "the first of them from"
        return f"The line shows {points}, {first} {describe_month(signal.first_period)}."
    if signal.limits_points < signal.points:
        limited = describe_periods(signal.limits_points, definition.grain)
        return (
            f"The limits rest on the last {limited} with figures, from {describe_month(signal.limits_from)}. Earlier "
            "figures are drawn without limits and not judged."
        )
    kind = "limits" if signal.chart == "xmr" else "middle value"
    if definition.baseline_points and signal.chart == "xmr":
        fixed = describe_periods(min(definition.baseline_points, signal.points), definition.grain)
        return f"The limits rest on the first {fixed} from {describe_month(signal.first_period)}; {points} are shown."
    rest = "rests" if kind == "middle value" else "rest"
    return f"The {kind} {rest} on {points}, from {describe_month(signal.first_period)}."


def describe_chance(definition: Metric, signal: Signal) -> str:
    """Return how often the latest point gets a sign though nothing changes. Nothing where that was not measured."""
    if signal.chart != "xmr" or definition.grain != "month":
        return ""
    rate = SIGNS_BY_CHANCE["two years" if signal.limits_points < signal.points else "all years"]
    return (
        "In monthly measures like those shown here, the latest point gets a sign of change one time in "
        f"{describe_tally(rate)} though nothing is changing. Seasons do that, and months that are like the month "
        "before. "
        "Without them it would be one time in 50."
    )


def describe_this_month(definition: Metric, signal: Signal) -> str:
    """Return whether the latest month is odd for its time of year, and what was to be expected. Else nothing."""
    if signal.expected is None or signal.expected_lower is None or signal.expected_upper is None:
        return ""
    decimals, month = definition.decimals, describe_month(signal.period_start)
    low, high = (describe_number(figure, decimals) for figure in (signal.expected_lower, signal.expected_upper))
    found = {"high": f"Odd: higher than expected for {month}.", "low": f"Odd: lower than expected for {month}."}
    return (
        f"{found.get(signal.odd, f'Not odd for {month}.')} Going by the season and by the months before, we would "
        f"expect {describe_value(definition, signal.expected)}, and most likely a figure from {low} to {high}."
    )


def gaps_note(definition: Metric, above: int, certain: int) -> str:
    """Return how to read a chart of the gaps between rare events, of which so many lie ``above`` its limit."""
    rarer = {"lower": "the higher, the rarer, which is better", "higher": "the higher, the rarer, which is a concern"}
    way = rarer.get(definition.direction, "the higher, the rarer")
    found = f"{capitalised(describe_count(above, 'dot'))} {'lies' if above == 1 else 'lie'} above the limit"
    if above:
        found += f", {describe_tally(certain)} of them wherever in their months the events fell"
    return (
        f"Counts are small here, so each dot is the number of {definition.opportunities} between one event and the "
        f"next: {way}. The events are the {definition.counted or 'cases'}. Only the month of an event is published, so "
        f"the events of a month are laid evenly in it. {found}. This chart gives no verdict."
    )


def assurance_sentence(definition: Metric, signal: Signal) -> str:
    """Return how the target stands to the usual range, or from when there will be one; nothing where there is none."""
    target = definition.target_on(signal.period_end)
    if target is None:
        return _target_to_come(definition, signal)
    told = ASSURANCE_WORDS.get(signal.assurance, "Whether it can be expected to be met cannot be judged.")
    if signal.assurance and signal.chart != "xmr":
        told = f"Every figure here is the same and {'meets' if signal.assurance == 'pass' else 'misses'} it."
    return f"The target is {describe_target(definition, target)}. {told} {_target_to_come(definition, signal)}".strip()


def describe_target(definition: Metric, target: float) -> str:
    """Return a target with its unit, with all digits it was set with."""
    return definition.unit_sentence.format(value=f"{target:,.12g}")


def _target_to_come(definition: Metric, signal: Signal) -> str:
    """Which target comes next, if one begins after the period of the latest figure. Else nothing."""
    later = [item for item in definition.targets if item.start > signal.period_end]
    if not later:
        return ""
    shown, start = describe_target(definition, later[0].value), describe_date(later[0].start.isoformat())
    return f"A target of {shown} holds from {start} on, after the latest figure."
