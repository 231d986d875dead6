"""Steps in the denominators of contributors: what the two files beside the observations hold, reading and finding them.

``denominator_steps.csv`` has a row for each step of a contributor, such as a trust, and ``step_contributors.csv`` those
contributors' own numerators and denominators in all periods, so that an area's figures can be formed without them. Both
are there only where a step was found.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from psc.catalogue.definition import Grain
from psc.catalogue.observations import AREAS, EARLIEST, LARGEST_FIGURE
from psc.catalogue.reporting import STEP
from psc.faults import InvalidData
from psc.files.tables import LINE, check_table, read_table
from psc.settings import data_folder
from psc.stats.verdicts.denominator_steps import denominator_steps

STEPS, PARTS = "denominator_steps.csv", "step_contributors.csv"
KEY = ["area", "contributor"]
_AREA = {
    "name": "area",
    "type": "string",
    "description": "Area id.",
    "constraints": {"required": True, "enum": list(AREAS)},
}
_CONTRIBUTOR = {
    "name": "contributor",
    "type": "string",
    "description": "ODS code of the contributor; those that merged into it since are counted with it.",
    "constraints": {"required": True, "pattern": "[0-9A-Z]{3,6}"},
}
_POSITIVE = {"required": True, "minimum": 0, "maximum": LARGEST_FIGURE}
STEPS_SCHEMA: dict[str, Any] = {
    "fields": [
        _AREA,
        _CONTRIBUTOR,
        {
            "name": "contributor_name",
            "type": "string",
            "description": "Name of the contributor.",
            "constraints": {"required": True},
        },
        {
            "name": "first_period",
            "type": "date",
            "description": "First day of the first period of the step.",
            "constraints": {"required": True, "minimum": EARLIEST},
        },
        {
            "name": "ratio",
            "type": "number",
            "description": "Median denominator during the step ÷ median of the 12 months before it.",
            "constraints": _POSITIVE,
        },
        {
            "name": "share",
            "type": "number",
            "description": "Part of the area's denominator (of 1), from 12 months before the step to its end.",
            "constraints": {"required": True, "minimum": 0, "maximum": 1},
        },
    ],
    "primaryKey": [*KEY, "first_period"],
    "missingValues": [""],
}
PARTS_SCHEMA: dict[str, Any] = {
    "fields": [
        _AREA,
        _CONTRIBUTOR,
        {
            "name": "period_start",
            "type": "date",
            "description": "First day of the period; no row where the contributor is not counted in the area's figure.",
            "constraints": {"required": True, "minimum": EARLIEST},
        },
        {
            "name": "numerator",
            "type": "number",
            "description": "The contributor's part of the area's numerator.",
            "constraints": _POSITIVE,
        },
        {
            "name": "denominator",
            "type": "number",
            "description": "The contributor's part of the area's denominator.",
            "constraints": _POSITIVE,
        },
    ],
    "primaryKey": [*KEY, "period_start"],
    "missingValues": [""],
}
SCHEMAS = {STEPS: STEPS_SCHEMA, PARTS: PARTS_SCHEMA}
STEP_COLUMNS, PART_COLUMNS = ([field["name"] for field in schema["fields"]] for schema in SCHEMAS.values())
DECIMALS = 3
"""Of ratio and share in the file."""


def has_steps(folder: Path, metric_id: str) -> bool:
    """Whether the harms folder has steps of a metric."""
    return (folder / metric_id / STEPS).is_file()


def read_steps(folder: Path | None, metric_id: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the steps of a metric and the parts of their contributors from the harms folder (None: the committed one).

    The steps have area, contributor (ODS code), contributor_name, first_period (datetime64), ratio and share (of 1);
    the parts area, contributor, period_start, numerator and denominator (in the definition's units). Both are empty
    where there are no files. Raises InvalidData where a file or a cell cannot be read.
    """
    folder = folder or data_folder() / "harms"
    if not has_steps(folder, metric_id):
        return pd.DataFrame(columns=STEP_COLUMNS), pd.DataFrame(columns=PART_COLUMNS)
    faults = []
    for name, schema in SCHEMAS.items():
        faults += check_table(folder / metric_id / name, schema, file=f"harms/{metric_id}/{name}")
    if faults:
        raise InvalidData(faults)
    steps, parts = (typed_table(folder, metric_id, name) for name in SCHEMAS)
    return steps[STEP_COLUMNS], parts[PART_COLUMNS]


def typed_table(folder: Path, metric_id: str, name: str) -> pd.DataFrame:
    """One of the two files with its types and ``line``, the line in the file; what cannot be read is missing.

    Empty if the file is no such table.
    """
    fields = SCHEMAS[name]["fields"]
    table, _ = read_table(folder / metric_id / name, file=f"harms/{metric_id}/{name}")
    if table is None or not {field["name"] for field in fields} <= set(table.columns):
        return pd.DataFrame(columns=[*(field["name"] for field in fields), "line"])
    table = table.rename(columns={LINE: "line"})
    for field in fields:
        if field["type"] == "date":
            table[field["name"]] = pd.to_datetime(table[field["name"]], format="%Y-%m-%d", errors="coerce")
        elif field["type"] == "number":
            table[field["name"]] = pd.to_numeric(table[field["name"]], errors="coerce").astype(float)
    return table


def find_steps(parts: pd.DataFrame, observations: pd.DataFrame, grain: Grain) -> pd.DataFrame:
    """Find the steps of contributors: rows of ``denominator_steps.csv`` without the names, sorted.

    ``parts`` has the columns of ``step_contributors.csv`` for every contributor to be looked at, and ``observations``
    those of ``observations.csv``. Dates are datetime64. The rule: ``psc.stats.verdicts.denominator_steps``.
    """
    apart = STEP[grain]
    first, last = (_months(observations["period_start"].agg([side]))[0] for side in ("min", "max"))
    own = _matrix(parts, KEY, first, last, apart)
    areas = _matrix(observations, ["area"], first, last, apart)
    found = denominator_steps(own.to_numpy(), areas.reindex(own.index.get_level_values("area")).to_numpy(), apart)
    starts = (np.datetime64(int(first), "M") + found.first * apart).astype("datetime64[D]")
    steps = own.index[found.contributor].to_frame(index=False)
    steps = steps.assign(first_period=pd.to_datetime(starts), ratio=found.ratio, share=found.share)
    return steps.sort_values([*KEY, "first_period"], ignore_index=True)


def _matrix(table: pd.DataFrame, key: list[str], first: int, last: int, apart: int) -> pd.DataFrame:
    """Denominators, a row for each key and a column for each period from the first to the last."""
    place = (_months(table["period_start"]) - first) // apart
    wide = table.assign(place=place).pivot(index=key, columns="place", values="denominator")
    return wide.reindex(columns=range((last - first) // apart + 1)).astype(float)


def _months(dates: pd.Series) -> np.ndarray:
    return dates.to_numpy().astype("datetime64[M]").astype(np.int64)
