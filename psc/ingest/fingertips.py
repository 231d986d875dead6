"""Fingertips indicators (OHID): directly standardised rates per district and financial year, England included."""

from pathlib import Path

import pandas as pd

from psc.faults import Fault, InvalidData
from psc.geography.apportion import Weight, apportion, load_weights
from psc.geography.areas import ENGLAND
from psc.ingest.publication import AMOUNT, FINANCIAL_YEAR, LINE, TEXT, label, read_publication, records
from psc.ingest.tidy_observations import as_values, financial_year

COLUMNS = {"area_code": TEXT, "area_name": TEXT, "period": FINANCIAL_YEAR, "value": AMOUNT, "measure": TEXT}
MEASURE = "Age standardised rate per 100,000"
ENGLAND_CODE = "E92000001"
COMBINED_AUTHORITY = "E47"  # sums of districts that are listed themselves
MOST_MISSING = 0.05
"""An area gets no value where districts with more than this share of its people have none."""


def read_rates(path: Path, boundaries: Path) -> pd.DataFrame:
    """Read one indicator: code (ONS code of a district of 2018, or of England), name, year (start), rate.

    NA (suppressed or not published) is read as missing. Combined authorities are left out. Every
    district must have a line for every year, and England a value. Raises InvalidData.
    """
    frame = read_publication(path, COLUMNS, key=["area_code", "period"], missing=["NA"], may_be_missing=["value"])
    frame = frame[~frame["area_code"].str.startswith(COMBINED_AUTHORITY)]
    weights = load_weights(boundaries)
    known = {*weights.loc[weights["geography"] == "lad18", "code"], ENGLAND_CODE}
    faults = _faults(label(path), frame, known)
    if faults:
        raise InvalidData(faults)
    rates = frame[["area_code", "area_name", "period", "value"]].reset_index(drop=True)
    rates.columns = pd.Index(["code", "name", "year", "rate"])
    return rates


def _faults(file: str, frame: pd.DataFrame, known: set[str]) -> list[Fault]:
    unknown = frame[~frame["area_code"].isin(known)].drop_duplicates("area_code")
    expected = "the ONS code of a district of 2018, or of England"
    faults = [Fault(file, repr(row.area_code), expected, row.line, "area_code") for row in records(unknown)]
    faults += [
        Fault(file, repr(row.measure), repr(MEASURE), row.line, "measure")
        for row in records(frame[frame["measure"] != MEASURE])
    ]
    empty = frame[(frame["area_code"] == ENGLAND_CODE) & frame["value"].isna()]
    faults += [Fault(file, "nothing", "the rate of England", row[LINE], "value") for _, row in empty.iterrows()]
    wanted = pd.MultiIndex.from_product([sorted(frame["period"].unique()), sorted(known)])
    for year, code in wanted.difference(pd.MultiIndex.from_frame(frame[["period", "area_code"]])):
        faults.append(Fault(file, f"no line for {code} in {year}", "every district and England in every year"))
    return faults


def weighted_means(rates: pd.DataFrame, boundaries: Path, people: Weight) -> pd.DataFrame:
    """Return, per area and year: value, the mean district rate weighted by people; missing, the share without one.

    An approximation: the exact rate of an area needs its counts by age, which are not published. ``people`` says who
    is counted: ``weight`` for everybody, ``weight_65_plus`` for those aged 65 and over (mid-2020, each district's own
    number). Rate × people is a count and is apportioned as one; districts without a rate leave both sums.
    """
    column = {"weight": "population", "weight_65_plus": "population_65_plus"}[people]
    weights = load_weights(boundaries)
    number = weights[weights["geography"] == "lad18"].groupby("code")[column].sum()
    frame = rates.assign(everyone=rates["code"].map(number))
    frame["counted"] = frame["everyone"].where(frame["rate"].notna(), 0)
    frame["product"] = frame["counted"] * frame["rate"].fillna(0)
    columns = ["product", "counted", "everyone"]
    means = apportion(frame[["code", "year", *columns]], "lad18", columns, by=people, folder=boundaries)
    means["value"] = means["product"] / means["counted"]
    means["missing"] = 1 - means["counted"] / means["everyone"]
    return means[["area", "year", "value", "missing"]]


def standardised_series(path: Path, boundaries: Path, people: Weight) -> pd.DataFrame:
    """Return the observations of one indicator per area and financial year; England as published.

    Standardised rates have no numerator; numerator and denominator stay blank.
    """
    rates = read_rates(path, boundaries)
    districts = rates[rates["code"] != ENGLAND_CODE]
    areas = weighted_means(districts, boundaries, people)
    incomplete = areas["missing"] > MOST_MISSING
    areas["value"] = areas["value"].mask(incomplete)
    areas["note"] = [
        f"No figure: districts with {share:.0%} of the people have no published rate." if hidden else ""
        for share, hidden in zip(areas["missing"], incomplete, strict=True)
    ]
    england = rates[rates["code"] == ENGLAND_CODE].rename(columns={"rate": "value"})
    rows = pd.concat([areas, england.assign(area=ENGLAND, note="Published England value.")], ignore_index=True)
    rows["period_start"] = [financial_year(year)[0] for year in rows["year"]]
    rows["period_end"] = [financial_year(year)[1] for year in rows["year"]]
    return as_values(rows)
