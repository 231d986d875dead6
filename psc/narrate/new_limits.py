"""When new limits are suggested to an area's lead, and in which words: never made by the site, nor to end a concern."""

from psc.catalogue.definition import Metric
from psc.narrate.verdicts import Verdict, verdict_sentence
from psc.narrate.words import capitalised, describe_month, describe_periods
from psc.store.one_side import Run

ENOUGH = 13
"""Figures on one side of the average: as many as limits are made from."""


def describe_new_limits(definition: Metric, verdict: Verdict, run: Run | None) -> str:
    """Return the suggestion with its evidence, where a sustained change is likely real. Else nothing.

    That is a certain verdict, and the latest 13 figures or more on the side of the average that the change went to.
    """
    went = {"lower": "below", "higher": "above"}.get(verdict.direction)
    if run is None or run.length < ENOUGH or not verdict.certain or verdict.state == "concern" or run.side != went:
        return ""
    figures = capitalised(describe_periods(run.length, definition.grain))
    return (
        f"{verdict_sentence(definition, verdict)} {figures} in a row, since {describe_month(run.since)}, "
        f"lie {run.side} "
        f"the average of all figures since {describe_month(run.first)}. That is when the line crossed the average, not "
        "always when something changed. If you know what changed, and when, new limits could start there."
    )
