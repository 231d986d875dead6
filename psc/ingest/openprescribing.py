"""OpenPrescribing measures: one CSV per measure, sub-ICB location × month, numerator and denominator."""

from pathlib import Path

import pandas as pd

from psc.faults import Fault, InvalidData
from psc.geography.apportion import apportion, load_weights
from psc.ingest.measures import Measure
from psc.ingest.publication import AMOUNT, LINE, MONTH, TEXT, label, read_publication, records
from psc.ingest.tidy_observations import month_end, with_england

COLUMNS = {"month": MONTH, "code": TEXT, "numerator": AMOUNT, "denominator": AMOUNT}


def read_measure(path: Path, boundaries: Path, *, share: bool = False) -> pd.DataFrame:
    """Read one measure: month (first day), code (ODS code of the sub-ICB location), numerator, denominator.

    Codes whose denominators sum to 0 over the whole file are dropped: closed commissioning groups that the export
    still lists. Every other code must be known to the geography weights and must have every month, because a total
    that leaves a place out is wrong without looking wrong. ``share`` says that the numerator is a part of the
    denominator and can therefore not exceed it. Raises InvalidData.
    """
    frame = read_publication(path, COLUMNS, key=["month", "code"])
    live = frame.groupby("code")["denominator"].transform("sum") > 0
    frame, dropped = frame[live], frame[~live]
    weights = load_weights(boundaries)
    known = set(weights.loc[weights["geography"] == "sub_icb24_ods", "code"])
    faults = _faults(label(path), frame, dropped, known, share)
    if faults:
        raise InvalidData(faults)
    return frame.drop(columns=LINE).reset_index(drop=True)


def _faults(file: str, frame: pd.DataFrame, dropped: pd.DataFrame, known: set[str], share: bool) -> list[Fault]:
    faults = [
        Fault(file, f"{row.numerator:g} with no denominator in any month", "0", row.line, "numerator")
        for row in records(dropped[dropped["numerator"] > 0])
    ]
    unknown = frame[~frame["code"].isin(known)].drop_duplicates("code")
    faults += [
        Fault(file, repr(row.code), "the ODS code of a sub-ICB location of 2024", row.line, "code")
        for row in records(unknown)
    ]
    if share:
        faults += [
            Fault(file, f"{row.numerator:g}", f"at most the denominator, {row.denominator:g}", row.line, "numerator")
            for row in records(frame[frame["numerator"] > frame["denominator"]])
        ]
    wanted = pd.MultiIndex.from_product([sorted(frame["month"].unique()), sorted(known)])
    for month, code in wanted.difference(pd.MultiIndex.from_frame(frame[["month", "code"]])):
        faults.append(Fault(file, f"no line for {code} in {month:%Y-%m}", "every sub-ICB location in every month"))
    return faults


def prescribing_series(path: Path, boundaries: Path, measure: Measure) -> pd.DataFrame:
    """Return the observations of one prescribing measure per area and month, England included.

    Numerators and denominators are apportioned by population weight and summed; the ratio is formed last.
    """
    frame = read_measure(path, boundaries, share=measure.multiplier == 100)
    areas = apportion(frame, "sub_icb24_ods", ["numerator", "denominator"], folder=boundaries)
    areas = areas.rename(columns={"month": "period_start"})
    areas["period_end"] = areas["period_start"].map(month_end)
    return with_england(areas.assign(note=""), measure)
