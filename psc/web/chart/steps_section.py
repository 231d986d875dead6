"""Numerator and denominator apart, where a contributor's denominator stepped: for the page of a chart."""

from html import escape

import pandas as pd

from psc.catalogue.definition import Metric
from psc.charts.spc.count_panels import Counts, counts_figure
from psc.narrate.denominator_step_sentences import Step, step_sentences
from psc.narrate.verdicts import Verdict
from psc.narrate.words import capitalised
from psc.web.session import store


def steps_in(metric: str, area: str) -> list[Step]:
    """Return the steps of contributors in an area's figures; none where there are none or nobody could check."""
    return [
        Step(
            row.contributor,
            row.contributor_name,
            row.first_period.date(),
            row.ratio,
            None if pd.isna(row.value_without) else row.value_without,
        )
        for row in store.rows("denominator_steps", metric=metric, area=area).itertuples()
    ]


def apart(definition: Metric, area: str, steps: list[Step], verdict: Verdict) -> str:
    """Return what stepped, and the counts of the area and of each such contributor as small charts (HTML)."""
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in step_sentences(definition, steps, verdict))
    rows = store.rows("step_contributors", metric=definition.id, area=area)
    names = {step.contributor: step.name for step in steps}
    firsts = {code: [step.first_period for step in steps if step.contributor == code] for code in names}
    first_code = next(iter(names))
    figures = [
        _figure(definition, store.area_names()[area], rows[rows["contributor"] == first_code], "area_", []),
        *(_figure(definition, names[code], rows[rows["contributor"] == code], "", firsts[code]) for code in names),
    ]
    note = '<p class="psc-note">Dashed: where a step begins. Each chart has a scale of its own, from zero.</p>'
    return f'<div class="psc-read">{said}</div><div class="psc-parts">{"".join(figures)}</div>{note}'


def _figure(definition: Metric, title: str, rows: pd.DataFrame, prefix: str, marked: list) -> str:
    assert definition.contributors is not None, "steps are checked to be of a measure with contributors"
    panels = [
        Counts(
            capitalised(getattr(definition.contributors, column)),
            [None if pd.isna(value) else float(value) for value in rows[f"{prefix}{column}"]],
        )
        for column in ("numerator", "denominator")
    ]
    periods = [(row.period_start.date(), row.period_end.date()) for row in rows.itertuples()]
    return counts_figure(title, periods, panels, marked)
