"""What the form of a priority proposes for its aim: the latest figure of the measure that was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from psc.narrate.words import describe_period, describe_value
from psc.web.session import store
from psc.web.workspace.form.form_fields import Field, Proposal


def with_latest_figure(fields: tuple[Field, ...], areas: Sequence[str]) -> tuple[Field, ...]:
    """Return the fields of a form, with today's figure of the first of the areas as where an aim starts."""
    propose = partial(_latest, areas[0])
    return tuple(replace(field, propose=propose) if field.name == "aim_start_value" else field for field in fields)


def _latest(area: str, content: Mapping[str, Any]) -> Proposal:
    """The latest figure of the measure of the aim in an area, as it is printed, and what it is in words."""
    metric = str(content.get("aim_metric") or "")
    if metric not in store.catalogue().by_id:
        return Proposal(None, None)
    definition, place = store.definition(metric), store.area_names()[area]
    signals = store.rows("metric_signals", metric=metric)
    found = signals[signals["area_id"] == area]
    if found.empty:
        return Proposal(metric, None, f"There are no figures of this measure in {place}: give the aim in words.")
    row = found.iloc[0]
    period = describe_period(row["period_start"], row["period_end"], definition.grain)
    note = f"The latest figure in {place} is {describe_value(definition, row['value'])} ({period})."
    return Proposal(metric, round(float(row["value"]), definition.decimals), note)
