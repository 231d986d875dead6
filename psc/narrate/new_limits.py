"""When new limits are suggested to an area's lead, and in which words: never made by the site, nor to end a concern."""

from psc.catalogue.definition import Definition
from psc.narrate.verdicts import Verdict, verdict_sentence
from psc.narrate.words import capitalised, month_words, periods_words
from psc.store.one_side import Run

ENOUGH = 13
"""Figures on one side of the average: as many as limits are made from."""


def new_limits_words(definition: Definition, verdict: Verdict, run: Run | None) -> str:
    """Return the suggestion with its evidence, where a sustained change is likely real. Else nothing.

    That is a certain verdict, and the latest 13 figures or more on the side of the average that the change went to.
    """
    went = {"lower": "below", "higher": "above"}.get(verdict.direction)
    if run is None or run.length < ENOUGH or not verdict.certain or verdict.state == "concern" or run.side != went:
        return ""
    figures = capitalised(periods_words(run.length, definition.grain))
    return (
        f"{verdict_sentence(definition, verdict)} {figures} in a row, since {month_words(run.since)}, lie {run.side} "
        f"the average of all figures since {month_words(run.first)}. That is when the line crossed the average, not "
        "always when something changed. If you know what changed, and when, new limits could start there."
    )
