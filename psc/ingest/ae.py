"""NHS England A&E statistics: one line per provider and month; waits of over four hours after the decision to admit."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd

from psc.faults import Fault, InvalidData
from psc.files.csv_rows import rows_of
from psc.geography.apportion import trust_areas
from psc.geography.areas import ENGLAND
from psc.ingest.measures import Measure
from psc.ingest.publication import COUNT, LINE, MONTH_IN_WORDS, TEXT, label, read_publication, records
from psc.ingest.tidy_observations import month_end, with_england

WAITS = "emergency_admissions_over_4hours"
COUNTS = {
    "total_attendances": "attendances",
    "attendances_over_4hours": "attendances_over",
    "total_emergency_admissions": "admissions",
    WAITS: "waits",
}
COLUMNS = {"nhs_trust22_code": TEXT, "date": MONTH_IN_WORDS} | dict.fromkeys(COUNTS, COUNT)
LARGE = 1000
"""Emergency admissions from which a provider's four counts cannot agree in two months by chance."""
FAR_ABOVE = 4
"""Emergency admissions beyond this many times the provider's own median are a mistake, not a busy month."""
ODD_MONTH = 1.5
"""A month this many times above or below the months on both sides of it is a mistake: care does not jump and return."""
MONTHS_AROUND = 3
"""So many months before and after are looked at, by their medians: one more odd month among them does no harm."""
SAME_LEVEL = 1.25
"""The months after a single odd one are within this ratio of the months before; else the level itself has changed."""
MOST_LEFT_OUT = 0.1
"""Share of an area's usual admissions beyond which what is left out could change the picture: no figure is given."""
NAMED = 3
"""A note names the providers it leaves out up to this number."""


def read_providers(path: Path, areas: dict[str, str]) -> pd.DataFrame:
    """Read every provider-month: code, month (first day), area, attendances, attendances_over, admissions, waits.

    NA (not reported) is read as missing; before June 2023 the field-test sites of new standards did not report
    attendances over four hours, but did report waits for admission. ``areas`` maps ODS codes to areas. Raises
    InvalidData for an unknown provider or more waits than admissions.
    """
    may_be_missing = ["attendances_over_4hours", WAITS]
    key = ["nhs_trust22_code", "date"]
    frame = read_publication(path, COLUMNS, key=key, missing=["NA"], may_be_missing=may_be_missing)
    frame = frame.rename(columns={"nhs_trust22_code": "code", "date": "month", **COUNTS})
    frame = frame.astype(dict.fromkeys(COUNTS.values(), float))
    file = label(path)
    faults = [
        Fault(file, repr(row.code), "the ODS code of a trust in England", row.line, "nhs_trust22_code")
        for row in records(frame[~frame["code"].isin(areas)].drop_duplicates("code"))
    ]
    faults += [
        Fault(file, f"{row.waits:g}", f"at most the emergency admissions, {row.admissions:g}", row.line, WAITS)
        for row in records(frame[frame["waits"] > frame["admissions"]])
    ]
    if faults:
        raise InvalidData(faults)
    return frame.drop(columns=LINE).assign(area=frame["code"].map(areas)).sort_values(["month", "code"])


def find_repeats(frame: pd.DataFrame) -> pd.Series:
    """Return, for each row, the earlier month whose four counts the provider's row repeats, or None.

    Two months of a large provider never agree in every count; where they do, the later figures are a copy of the
    earlier ones, put there in place of figures that were not to hand.
    """
    counts = frame[list(COUNTS.values())].fillna(-1)
    first = frame.groupby([frame["code"], *(counts[name] for name in counts)])["month"].transform("first")
    large = frame["admissions"] >= LARGE
    return first.where(large & (first != frame["month"]), None)


def repeated_months(frame: pd.DataFrame) -> dict[dt.date, dt.date]:
    """Months that are a copy of another as a whole (most large providers repeat it) → the month they repeat."""
    large = frame[frame["admissions"] >= LARGE]
    found = {}
    for month in large["month"].unique():
        rows = large[large["month"] == month]
        copies = rows["repeats"].dropna().mode()
        if len(copies) and (rows["repeats"] == copies[0]).sum() > len(rows) / 2:
            found[month] = copies[0]
    return found


def find_odd_months(frame: pd.DataFrame) -> pd.Series:
    """Return, for each row, whether its emergency admissions leave the provider's level for this one month only.

    The median of the three months recorded before and that of the three after must agree within a quarter, and the
    month be half as much again above both or below both. A change that lasts is none, nor is one in the first or last
    three months, where nobody can tell yet. Needs the column ``repeats``; repeated months are passed over.
    """
    own = frame[frame["repeats"].isna()].sort_values(["code", "month"])
    admissions, by_provider = own["admissions"], own.groupby("code")["admissions"]
    around = by_provider.rolling(MONTHS_AROUND).median().droplevel(0)
    before = around.groupby(own["code"]).shift(1)
    after = around.groupby(own["code"]).shift(-MONTHS_AROUND)
    lower, upper = np.minimum(before, after), np.maximum(before, after)
    is_odd = (admissions > ODD_MONTH * upper) | (ODD_MONTH * admissions < lower)
    is_large = np.maximum(admissions, lower) >= LARGE
    return (is_odd & is_large & (upper <= SAME_LEVEL * lower)).reindex(frame.index, fill_value=False)


def reasons_to_leave_out(frame: pd.DataFrame) -> pd.Series:
    """Return, for each row, why its figures cannot be counted, or ''. Needs the column ``repeats``."""
    usual = frame[frame["repeats"].isna()].groupby("code")["admissions"].median()
    far_above = (frame["admissions"] > FAR_ABOVE * frame["code"].map(usual)) & (frame["admissions"] >= LARGE)
    reasons = pd.Series("", index=frame.index)
    reasons[far_above | find_odd_months(frame)] = "implausible figures"
    repeats = frame["repeats"].map(lambda month: f"figures repeat {month:%B %Y}", na_action="ignore")
    reasons = reasons.mask(repeats.notna(), repeats)
    reasons[frame["waits"].isna()] = "waits not reported"
    return reasons


def expected_providers(frame: pd.DataFrame) -> pd.DataFrame:
    """Return what could be there: code, area, month, usual (median emergency admissions), reason ('' if counted).

    Expected are the providers that ever admit emergencies, from the first month of the file (all were open then) to
    the last month in which each has figures of its own: those that stop have merged into another provider.
    """
    own = frame[frame["repeats"].isna()]
    providers = own.groupby(["code", "area"], as_index=False).agg(
        last=("month", "max"), usual=("admissions", "median"), most=("admissions", "max")
    )
    months = pd.DataFrame({"month": sorted(frame["month"].unique())})
    expected = providers[providers["most"] > 0].merge(months, how="cross")
    expected = expected[expected["month"] <= expected["last"]]
    expected = expected.merge(frame[["code", "month", "reason"]], on=["code", "month"], how="left")
    expected["reason"] = expected["reason"].fillna("no figures")
    return expected[["code", "area", "month", "usual", "reason"]]


def coverage(frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return per area and month: enough (whether what is left out is little enough for a figure), and a note.

    England has a row per month with a note. ``names`` gives the name of each provider for the notes.
    """
    expected = expected_providers(frame)
    rows: list[tuple[str, dt.date, bool, str]] = []
    for month in expected["month"].unique():
        providers = expected[expected["month"] == month]
        areas = []
        for area in sorted(providers["area"].unique()):
            part = providers[providers["area"] == area]
            share = part.loc[part["reason"] != "", "usual"].sum() / part["usual"].sum()
            areas.append((area, month, share <= MOST_LEFT_OUT, _note(part, share, names)))
        enough = sum(row[2] for row in areas)
        note = _note(providers, 0, names) if enough == len(areas) else f"Total of {enough} of {len(areas)} areas."
        rows += [*areas, (ENGLAND, month, True, note)]
    return pd.DataFrame(rows, columns=["area", "month", "enough", "note"])


def _note(expected: pd.DataFrame, share: float, names: dict[str, str]) -> str:
    """Say how many of the expected providers are counted, and which are not and why."""
    out = expected[expected["reason"] != ""]
    if out.empty:
        return ""
    counted = f"{len(expected) - len(out)} of {len(expected)} providers"
    if len(out) <= NAMED:
        counted += ", without " + ", ".join(f"{names.get(row.code, row.code)} ({row.reason})" for row in records(out))
    if share > MOST_LEFT_OUT:
        return f"No figure: only {counted}; usually {share:.0%} of admissions are theirs."
    return f"Counts {counted}."


def judged_providers(path: Path, boundaries: Path) -> pd.DataFrame:
    """Return every provider-month with what it repeats and why it is not counted (``repeats``, ``reason``)."""
    frame = read_providers(path, trust_areas(boundaries))
    frame["repeats"] = find_repeats(frame)
    return frame.assign(reason=reasons_to_leave_out(frame))


def provider_parts(path: Path, boundaries: Path) -> pd.DataFrame:
    """Return every counted provider-month: area, contributor, period_start, numerator, denominator."""
    frame = judged_providers(path, boundaries)
    columns = {"code": "contributor", "month": "period_start", "waits": "numerator", "admissions": "denominator"}
    return frame.loc[frame["reason"] == "", ["area", *columns]].rename(columns=columns)


def emergency_wait_series(path: Path, boundaries: Path, measure: Measure) -> pd.DataFrame:
    """Return emergency admissions that waited over four hours ÷ all emergency admissions, per area and month.

    A provider-month whose waits are missing, whose figures repeat an earlier month or cannot be right is left out of
    numerator and denominator alike, and the note says so. An area has no figure for a month in which that leaves out
    providers who usually have more than a tenth of its admissions; a month that as a whole repeats an earlier one has
    none anywhere. England is the total of the areas that have a figure.
    """
    frame = judged_providers(path, boundaries)
    trusts = rows_of(boundaries / "organisations.csv", "boundaries/organisations.csv")
    names = {trust["ods_code"]: trust["name"] for trust in trusts}
    counted = frame[frame["reason"] == ""].groupby(["area", "month"], as_index=False)[["waits", "admissions"]].sum()
    rows = coverage(frame, names).merge(counted, on=["area", "month"], how="left")
    copies = repeated_months(frame)
    whole = rows["month"].isin(copies)
    rows.loc[whole | ~rows["enough"], ["waits", "admissions"]] = None
    rows.loc[whole, "note"] = [
        f"No figure: the file repeats those of {copies[month]:%B %Y} for this month." for month in rows["month"][whole]
    ]
    rows = rows.rename(columns={"waits": "numerator", "admissions": "denominator", "month": "period_start"})
    rows["period_end"] = rows["period_start"].map(month_end)
    return with_england(rows, measure)
