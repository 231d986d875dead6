"""The figures of a metric: reading ``observations.csv``, and checking the whole harms folder."""

import io
import os
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from psc.catalogue.across import same_measures
from psc.catalogue.consistency import inconsistencies
from psc.catalogue.definition import Metric, read_catalogue
from psc.faults import Fault, InvalidData
from psc.files.csv_rows import EXPECTED
from psc.files.reading import LARGEST_TABLE, read_bytes
from psc.files.tables import LINE, check_table, read_table
from psc.files.unforeseen import faults_of
from psc.geography.areas import ENGLAND
from psc.settings import data_folder

EARLIEST = "1948-07-05"
"""The first day of the NHS."""
LARGEST_FIGURE = 1e12
"""500 times the largest figure loaded, England's monthly opioids in milligrams; beyond it sums begin to lose units."""
AREAS = (
    "nenc",
    "north-west-coast",
    "manchester",
    "yorkshire-humber",
    "east-midlands",
    "west-midlands",
    "eastern",
    "uclpartners",
    "imperial",
    "south-london",
    "kss",
    "oxford",
    "wessex",
    "south-west",
    "west-of-england",
)
SCHEMA: dict[str, Any] = {
    "fields": [
        {
            "name": "area",
            "type": "string",
            "description": "Area id, or england for the country.",
            "constraints": {"required": True, "enum": [*AREAS, ENGLAND]},
        },
        {
            "name": "period_start",
            "type": "date",
            "description": "First day of the period.",
            "constraints": {"required": True, "minimum": EARLIEST},
        },
        {
            "name": "period_end",
            "type": "date",
            "description": "Last day of the period.",
            "constraints": {"required": True, "minimum": EARLIEST},
        },
        {
            "name": "numerator",
            "type": "number",
            "description": "What the definition's numerator says; blank for standardised rates and missing periods.",
            "constraints": {"minimum": 0, "maximum": LARGEST_FIGURE},
        },
        {
            "name": "denominator",
            "type": "number",
            "description": "What the definition's denominator says; blank for standardised rates and missing periods.",
            "constraints": {"minimum": 0, "maximum": LARGEST_FIGURE},
        },
        {
            "name": "value",
            "type": "number",
            "description": "numerator ÷ denominator × multiplier, in the definition's unit; blank if unknown.",
            "constraints": {"minimum": 0, "maximum": LARGEST_FIGURE},
        },
        {
            "name": "note",
            "type": "string",
            "description": "What a reader must know about this one figure; blank for most.",
        },
    ],
    "primaryKey": ["area", "period_start"],
    "missingValues": [""],
}
COLUMNS = [field["name"] for field in SCHEMA["fields"]]


def read_observations(folder: Path | None, metric_id: str) -> pd.DataFrame:
    """Read the figures of one metric from the harms folder (None: that of the committed data).

    Columns: area (id or ``england``), period_start and period_end (datetime64), numerator, denominator and value
    (float, NaN where blank; units as in the definition), note (str, '' where blank). In file order: by area, then
    period. Raises ``InvalidData`` if the file is missing or a cell cannot be read.
    """
    path, file = _observations(folder or data_folder() / "harms", metric_id), _name(metric_id)
    faults = check_table(path, SCHEMA, file=file)
    if faults:
        raise InvalidData(faults)
    return _typed(path, file)[COLUMNS]


def read_checked_observations(folder: Path, metric_id: str) -> pd.DataFrame:
    """As ``read_observations``, several times as fast, for a folder in which ``check_harms`` has found no fault."""
    path, file = _observations(folder, metric_id), _name(metric_id)
    return pd.read_csv(
        io.BytesIO(read_bytes(path, file, most=LARGEST_TABLE, expected=EXPECTED)),
        dtype={"area": "str", "note": "str", "numerator": float, "denominator": float, "value": float},
        parse_dates=["period_start", "period_end"],
        date_format="%Y-%m-%d",
        keep_default_na=False,
        na_values={name: [""] for name in ("numerator", "denominator", "value")},
        encoding="utf-8-sig",
    )[COLUMNS]


def check_harms(folder: Path | None = None) -> list[Fault]:
    """Everything wrong in the harms folder: vocabulary, definitions, figures, and how they agree.

    Figures are held to the table's schema, to the period of the metric's grain, to value = numerator ÷ denominator
    × multiplier, to England being the sum of the areas, to the published England figures, and to each other. Every
    fault names the file, the line, and the column or key.
    """
    folder = folder or data_folder() / "harms"
    catalogue, faults = read_catalogue(folder)
    if catalogue.metrics and not faults and not any(metric.has_series for metric in catalogue.metrics):
        faults.append(Fault("harms", "no measure with figures", "observations.csv of at least one measure"))
    tables: dict[str, pd.DataFrame] = {}
    for metric in catalogue.metrics:
        faults += faults_of(partial(_check_metric, folder, metric, tables), _name(metric.id))
    return faults + same_measures(catalogue.metrics, tables)


def _check_metric(folder: Path, metric: Metric, tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Faults of the figures of one metric, whose readable rows are kept in ``tables``."""
    path, file = _observations(folder, metric.id), _name(metric.id)
    if not metric.has_series:
        found = "observations of a metric whose definition says no_series"
        there = os.path.lexists(path)
        return [Fault(file, found, "no such file, or a definition without no_series")] if there else []
    if not os.path.lexists(path):
        return [Fault(file, "no such file", "observations, or no_series in the definition with the reason")]
    faults = check_table(path, SCHEMA, file=file)
    table = _typed(path, file)
    # Rows of places or periods that could not be read are faults by now, and take no part in what follows.
    readable = table["area"].isin([*AREAS, ENGLAND]) & table["period_start"].notna() & table["period_end"].notna()
    table = tables[metric.id] = table[readable].reset_index(drop=True)
    return faults if table.empty else faults + inconsistencies(table, metric, file, AREAS, ENGLAND)


def _typed(path: Path, file: str) -> pd.DataFrame:
    """The table with its types and ``line``, the line in the file; empty if it is not a table of observations.

    What cannot be read as a date or a number, or is too large for any sum, is missing.
    """
    table, _ = read_table(path, file=file)
    if table is None or not set(COLUMNS) <= set(table.columns):
        return pd.DataFrame(columns=[*COLUMNS, "line"])
    table = table.rename(columns={LINE: "line"})
    for name in ("period_start", "period_end"):
        table[name] = pd.to_datetime(table[name], format="%Y-%m-%d", errors="coerce")
    for name in ("numerator", "denominator", "value"):
        numbers = pd.to_numeric(table[name], errors="coerce").astype(float)
        table[name] = numbers.where(numbers.abs() <= LARGEST_FIGURE)
    return table.astype({"area": "str", "note": "str"})


def _observations(folder: Path, metric_id: str) -> Path:
    return folder / metric_id / "observations.csv"


def _name(metric_id: str) -> str:
    return f"harms/{metric_id}/observations.csv"
