"""From figures of single contributors, such as trusts, to the steps in their denominators that are kept with a series.

A trust counts together with those of its area that merged into it while the series ran: two trusts that become one are
no step, since the area's figures stay the same.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from psc.catalogue.declared_steps import DECIMALS, KEY, PART_COLUMNS, PARTS, STEP_COLUMNS, STEPS, find_steps
from psc.catalogue.definition import Grain
from psc.files.csv_files import write_csv
from psc.files.csv_rows import rows_of
from psc.geography.apportion import trust_areas
from psc.ingest.measures import Measure
from psc.ingest.tidy_observations import number_text

NOT_LISTED = {
    "RA4": ("RH5", "2023-04-01"),  # Yeovil, into Somerset
    "RAP": ("RAL", "2025-01-01"),  # North Middlesex, into Royal Free London
    "RVY": ("RBN", "2023-07-01"),  # Southport and Ormskirk, into St Helens and Knowsley
}
"""Mergers since the list of successors was published: the trust, the one it merged into, and when."""


def contributor_steps(
    parts: pd.DataFrame, observations: pd.DataFrame, boundaries: Path, measure: Measure, grain: Grain
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the steps and their contributors' parts: rows of ``denominator_steps.csv`` and ``step_contributors.csv``.

    ``parts`` has every contributor's counts that went into the ``observations`` of the ``measure``: area, contributor
    (ODS code), period_start, numerator, denominator. Both are empty where there is no step.
    """
    filled = observations.dropna(subset=["numerator", "denominator"])
    merged = merged_into(boundaries, observations["period_start"].min(), observations["period_end"].max())
    parts = parts.assign(contributor=parts["contributor"].replace(merged)).merge(filled[["area", "period_start"]])
    parts = parts.groupby([*KEY, "period_start"], as_index=False)[["numerator", "denominator"]].sum()
    parts = parts.round({"numerator": measure.numerator_decimals, "denominator": measure.denominator_decimals})
    steps = find_steps(_dated(parts), _dated(observations[observations["area"].isin(parts["area"])]), grain)
    steps["contributor_name"] = steps["contributor"].map(_names(boundaries))
    steps[["ratio", "share"]] = steps[["ratio", "share"]].round(DECIMALS)
    return steps[STEP_COLUMNS], parts.merge(steps[KEY].drop_duplicates())[PART_COLUMNS]


def merged_into(boundaries: Path, first: dt.date, last: dt.date) -> Mapping[str, str]:
    """Return trust → the trust of the same area that it had merged into by the ``last`` day, by ODS codes.

    Mergers before the ``first`` day are left out: codes have been used twice.
    """
    areas = trust_areas(boundaries)
    rows = rows_of(boundaries / "organisation_successors.csv", "boundaries/organisation_successors.csv")
    listed = [(row["old_code"], row["new_code"], row["date"]) for row in rows]
    listed += [(old, new, date) for old, (new, date) in NOT_LISTED.items()]
    within = [(old, new) for old, new, date in listed if first.isoformat() <= date <= last.isoformat()]
    shared_out = {old for old, new in within if sum(old == other for other, _ in within) > 1}
    into = {old: new for old, new in within if old not in shared_out and areas.get(old) == areas.get(new) is not None}
    return {old: _last(old, into) for old in into}


def _last(code: str, into: Mapping[str, str]) -> str:
    seen = {code}
    while (after := into.get(code)) is not None and after not in seen:
        seen.add(after)
        code = after
    return code


def write_steps(steps: pd.DataFrame, parts: pd.DataFrame, folder: Path, measure: Measure) -> None:
    """Write the two files of a metric into its ``folder``; where there is no step, remove those of an earlier time."""
    if steps.empty:
        for name in (STEPS, PARTS):
            (folder / name).unlink(missing_ok=True)
        return
    text = parts.copy()
    text["numerator"] = [number_text(part, measure.numerator_decimals) for part in parts["numerator"]]
    text["denominator"] = [number_text(part, measure.denominator_decimals) for part in parts["denominator"]]
    write_csv(steps, folder / STEPS)
    write_csv(text, folder / PARTS)


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(period_start=pd.to_datetime(table["period_start"]))


def _names(boundaries: Path) -> dict[str, str]:
    """The name of each trust, open or closed, by its ODS code."""
    files = ("former_organisations.csv", "organisations.csv")
    return {
        trust["ods_code"]: trust["name"] for file in files for trust in rows_of(boundaries / file, f"boundaries/{file}")
    }
