"""Whether the steps of contributors' denominators agree with the observations, the rule and the boundaries."""

import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from psc.catalogue.declared_steps import DECIMALS, KEY, PARTS, SCHEMAS, STEPS, find_steps, typed_table
from psc.catalogue.definition import Metric, read_catalogue
from psc.catalogue.observations import read_observations
from psc.catalogue.reporting import as_day, as_number, report
from psc.faults import Fault
from psc.files.tables import check_table
from psc.geography.apportion import trust_areas

ROUNDING = 1e-5
"""Relative error of an area's part that was rounded after its contributors' were summed."""


def check_steps(harms: Path, boundaries: Path) -> list[Fault]:
    """Check the steps of every metric of the harms folder; return all faults.

    Raises InvalidData where observations or boundaries that they are compared with cannot be read.
    """
    catalogue, _ = read_catalogue(harms)
    faults: list[Fault] = []
    for metric in catalogue.metrics:
        present = [name for name in SCHEMAS if os.path.lexists(harms / metric.id / name)]
        if present:
            faults += _check_metric(harms, metric, present, boundaries)
    return faults


def _check_metric(harms: Path, metric: Metric, present: list[str], boundaries: Path) -> list[Fault]:
    names = {name: f"harms/{metric.id}/{name}" for name in SCHEMAS}
    if metric.contributors is None or not metric.has_series:
        found = "steps of contributors that the definition does not have"
        expected = "no such file, or a series and contributors in the definition"
        return [Fault(names[name], found, expected) for name in present]
    if len(present) < len(SCHEMAS):
        (lost,) = set(SCHEMAS) - set(present)
        return [Fault(names[lost], "no such file", f"one beside {present[0]}, or neither")]
    faults = []
    for name, schema in SCHEMAS.items():
        faults += check_table(harms / metric.id / name, schema, file=names[name])
    if faults:
        return faults
    steps, parts = (typed_table(harms, metric.id, name) for name in SCHEMAS)
    observations = read_observations(harms, metric.id)
    faults = [
        *_strangers(steps, parts, names),
        *_not_of_the_area(steps, trust_areas(boundaries), names[STEPS]),
        *_beyond_area(parts, observations, metric, names[PARTS]),
    ]
    return faults or _unlike_the_rule(steps, parts, observations, metric, names[STEPS])


def _strangers(steps: pd.DataFrame, parts: pd.DataFrame, names: Mapping[str, str]) -> list[Fault]:
    """Contributors that only one of the files has, and a contributor under two names."""
    faults = []
    for name, table, other_name, other in ((STEPS, steps, PARTS, parts), (PARTS, parts, STEPS, steps)):
        first = table.drop_duplicates(KEY)
        alone = ~pd.MultiIndex.from_frame(first[KEY]).isin(pd.MultiIndex.from_frame(other[KEY]))
        first = first.assign(alone=alone, found=first["contributor"] + " in " + first["area"])
        expected = f"an area and contributor that {other_name} has"
        faults += report(names[name], first, first["alone"], "contributor", lambda rows: rows["found"], expected)
    named = steps.assign(first=steps.groupby("contributor")["contributor_name"].transform("first"))
    wrong = named["contributor_name"] != named["first"]
    column = "contributor_name"
    expected_name = lambda rows: rows["first"] + ", as in the first row of this contributor"  # noqa: E731
    return faults + report(names[STEPS], named, wrong, column, lambda rows: rows[column], expected_name)


def _not_of_the_area(steps: pd.DataFrame, areas: Mapping[str, str], file: str) -> list[Fault]:
    """Contributors that are no trust of their area."""
    first = steps.drop_duplicates(KEY)
    wrong = first["contributor"].map(areas) != first["area"]
    expected = lambda rows: "the ODS code of a trust that the boundaries place in " + rows["area"]  # noqa: E731
    return report(file, first, wrong, "contributor", lambda rows: rows["contributor"], expected)


def _beyond_area(parts: pd.DataFrame, observations: pd.DataFrame, metric: Metric, file: str) -> list[Fault]:
    """Parts of periods in which the area has no figure, or larger than the area's; numerators above denominators."""
    whole = observations[["area", "period_start", "numerator", "denominator"]].dropna()
    whole = whole.drop_duplicates(["area", "period_start"])
    whole = whole.rename(columns={"numerator": "numerator_of_area", "denominator": "denominator_of_area"})
    table = parts.merge(whole, on=["area", "period_start"], how="left")
    outside = table["denominator_of_area"].isna()
    expected = "a period in which observations.csv has a numerator and a denominator of the area"
    faults = report(file, table, outside, "period_start", as_day("period_start"), expected)
    for column in ("numerator", "denominator"):
        # The contributors of an area together are at most the area: the one that goes beyond it is the fault.
        table["together"] = table.groupby(["area", "period_start"])[column].cumsum()
        beyond = table["together"] > table[f"{column}_of_area"] * (1 + ROUNDING) + 1e-9
        found = as_number("together", " with the contributors above it")
        limit = as_number(f"{column}_of_area", ", all of the area, at most")
        faults += report(file, table, beyond, column, found, limit)
    above = (table["numerator"] > table["denominator"]) & metric.is_proportion
    return faults + report(file, table, above, "numerator", as_number("numerator"), "at most the denominator")


def _unlike_the_rule(
    steps: pd.DataFrame, parts: pd.DataFrame, observations: pd.DataFrame, metric: Metric, file: str
) -> list[Fault]:
    """Steps that the parts do not show, steps that they show and the file does not have, and other sizes."""
    key = [*KEY, "first_period"]
    right = find_steps(parts, observations, metric.grain).round({"ratio": DECIMALS, "share": DECIMALS})
    both = steps.merge(right, on=key, how="outer", suffixes=("", "_right"), indicator="where")
    here = both[both["where"] != "right_only"]
    faults = report(
        file, here, here["where"] == "left_only", "first_period", as_day("first_period"),
        f"the beginning of a step that the figures in {PARTS} show",
    )  # fmt: skip
    for row in both[both["where"] == "right_only"].itertuples():
        found = f"no step of {row.contributor} in {row.area} from {row.first_period:%Y-%m-%d}"
        faults.append(Fault(file, found, f"every step that the figures in {PARTS} show"))
    for column in ("ratio", "share"):
        wrong = (here[column] - here[f"{column}_right"]).abs() > ROUNDING
        faults += report(file, here, wrong, column, as_number(column), as_number(f"{column}_right"))
    return faults
