"""Whether each measure is one of its own: another title, and other figures."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from psc.catalogue.definition import Metric
from psc.faults import Fault

DIFFERENT = 6
"""Tables with fewer different figures can be the same by chance: events so rare that nearly all are nought."""


def same_measures(metrics: Sequence[Metric], tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Titles that two measures have, and figures that stand under two measures; ``tables`` by the metric's id."""
    in_order = sorted(metrics, key=lambda metric: metric.id)
    return [*_same_titles(in_order), *_same_figures([metric.id for metric in in_order if metric.id in tables], tables)]


def _same_titles(metrics: Sequence[Metric]) -> Iterator[Fault]:
    for column in ("title", "plain_title"):
        first: dict[str, str] = {}
        for metric in metrics:
            title = getattr(metric, column)
            other = first.setdefault(" ".join(title.split()).casefold(), metric.id)
            if other != metric.id:
                file = f"harms/{metric.id}/definition.yaml"
                yield Fault(file, title, f"words of its own: {other} has the same", column=column)


def _same_figures(ids: Sequence[str], tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    first: dict[object, str] = {}
    for name in ids:
        figures = tables[name].dropna(subset=["value"]).sort_values(["area", "period_start"])
        if figures["value"].nunique() < DIFFERENT:
            continue
        kept = (
            tuple(figures["area"]),
            figures["period_start"].to_numpy().tobytes(),
            figures["value"].to_numpy().tobytes(),
        )
        other = first.setdefault(kept, name)
        if other != name:
            yield Fault(
                f"harms/{name}/observations.csv", f"every figure of {other}", "figures of its own", column="value"
            )
