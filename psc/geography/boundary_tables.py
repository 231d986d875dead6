"""The small tables beside the map, derived from the raw lookups: weights, population, organisations, LSOAs.

Each function takes the folder of raw files and returns a table ready to be written: named columns, sorted, rounded.
"""

from pathlib import Path

import pandas as pd

from psc.files.tables import text_table

AGE_BANDS = ("0-14", "15-44", "45-64", "65-84", "85+")

EARLIEST_FIGURES = "2010-04-01"
"""No series by trust reaches further back, so older mergers do not matter."""

TRUST_CODE = r"R[A-Z0-9]{2}"


def geography_weights(raw: Path) -> pd.DataFrame:
    """Code of another geography × area: the share of the code's people who live in the area (sums to 1)."""
    table = _read(raw / "boundaries" / "geography_weights.csv").rename(columns={"psc_id": "area"})
    for name in ("weight", "weight_65_plus"):
        table[name] = [f"{float(value):.6g}" for value in table[name]]
    return table.sort_values(["geography", "code", "area"])


def population(raw: Path) -> pd.DataFrame:
    """Area × age band: people in mid-2020, summed over small areas."""
    table = _read(raw / "boundaries" / "psc_population_mid2020.csv").rename(columns={"psc_id": "area"})
    long = table.melt(id_vars="area", value_vars=list(AGE_BANDS), var_name="age_band", value_name="people")
    long["age_band"] = pd.Categorical(long["age_band"], categories=AGE_BANDS)
    return long.sort_values(["area", "age_band"])


def organisations(raw: Path) -> pd.DataFrame:
    """The trusts of 2022: ODS code, name, area (none in Wales), how the area was found, headquarters."""
    table = _read(raw / "boundaries" / "lookup_trust_psc.csv")
    basis = table["basis"].where(table["basis"] == "QART list", "headquarters")
    return pd.DataFrame(
        {
            "ods_code": table["nhs_trust22_code"],
            "name": table["nhs_trust22_name"],
            "area": table["psc_id"].replace("NA", ""),
            "basis": basis.replace("QART list", "NHS England list"),
            "lon": [f"{float(value):.5f}" for value in table["lon"]],
            "lat": [f"{float(value):.5f}" for value in table["lat"]],
            "status": table["status"],
        }
    ).sort_values("ods_code")


def organisation_successors(raw: Path) -> pd.DataFrame:
    """Which trust followed which, and when: NHS trusts only, since the earliest figures by trust."""
    table = _read(raw / "harms" / "organisations" / "ods_successors.csv")
    trusts = table["old_code"].str.fullmatch(TRUST_CODE) & table["new_code"].str.fullmatch(TRUST_CODE)
    recent = table[trusts & (table["date"] >= EARLIEST_FIGURES)]
    return recent[["old_code", "new_code", "date"]].sort_values(["old_code", "date", "new_code"])


def lsoa_ranges(raw: Path) -> pd.DataFrame:
    """LSOA 2021 → area as runs of consecutive codes: ``first`` to ``last`` inclusive all exist and share an area."""
    table = _read(raw / "boundaries" / "lookup_lsoa21_psc.csv").sort_values("lsoa21_code")
    number = table["lsoa21_code"].str[1:].astype(int)
    starts = (number.diff() != 1) | (table["psc_id"] != table["psc_id"].shift())
    runs = table.groupby(starts.cumsum())
    return pd.DataFrame(
        {"first": runs["lsoa21_code"].first(), "last": runs["lsoa21_code"].last(), "area": runs["psc_id"].first()}
    )


def tiles(raw: Path) -> pd.DataFrame:
    """Column and row of each area in the layout of 15 equal tiles, by area."""
    table = _read(raw / "boundaries" / "psc_tiles.csv").set_index("psc_id")
    return table[["col", "row"]].rename(columns={"col": "tile_col", "row": "tile_row"})


def _read(path: Path) -> pd.DataFrame:
    return text_table(path, file=f"{path.parent.name}/{path.name}")
