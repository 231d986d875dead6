"""Summary Hospital-level Mortality Indicator: observed and expected deaths per trust and quarterly release."""

import datetime as dt
from pathlib import Path

import pandas as pd

from psc.faults import Fault, InvalidData
from psc.geography.apportion import trust_areas
from psc.ingest.measures import Measure
from psc.ingest.publication import AMOUNT, COUNT, MONTH, TEXT, label, read_publication, records
from psc.ingest.tidy_observations import month_end, months_before, with_england

COLUMNS = {"DATE": MONTH, "PROVIDER": TEXT, "OBSERVED": COUNT, "EXPECTED": AMOUNT, "VALUE": AMOUNT}
RELEASE_MONTHS = (1, 4, 7, 10)
VALUE_PRECISION = 0.0002  # published to four decimals
PUBLISHER_NOTES = {
    (dt.date(2011, 10, 1), "yorkshire-humber"): (
        "The publisher says York Hospital's data were incomplete, so this is probably too low; it was not revised."
    ),
}
"""Warnings of the publisher about a release (digital.nhs.uk, SHMI archive, April 2010 to March 2011)."""


def window(release: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the twelve months of discharges that a release covers.

    A release appears about seven months after its window: October 2011 covers April 2010 to March 2011, October 2012
    covers April 2011 to March 2012, January 2013 covers July 2011 to June 2012 (titles of those publications). Windows
    of successive releases overlap by nine months.
    """
    return months_before(release, 18), month_end(months_before(release, 7))


def read_releases(path: Path, areas: dict[str, str]) -> pd.DataFrame:
    """Read all releases: release (first day of its month), code (ODS), area, observed and expected deaths.

    ``areas`` maps ODS codes to areas, closed codes included. Raises InvalidData for an unknown trust, a release
    outside the quarterly rhythm, no expected deaths, or a ratio that is not the published one.
    """
    frame = read_publication(path, COLUMNS, key=["DATE", "PROVIDER"])
    file = label(path)
    faults = []
    for row in records(frame):
        if row.PROVIDER not in areas:
            faults.append(Fault(file, repr(row.PROVIDER), "the ODS code of a trust in England", row.line, "PROVIDER"))
        if row.DATE.month not in RELEASE_MONTHS:
            expected = "a release of January, April, July or October"
            faults.append(Fault(file, row.DATE.isoformat(), expected, row.line, "DATE"))
        if row.EXPECTED == 0:
            faults.append(Fault(file, "0", "a number above 0", row.line, "EXPECTED"))
        elif abs(row.OBSERVED / row.EXPECTED - row.VALUE) > VALUE_PRECISION:
            expected = f"OBSERVED / EXPECTED = {row.OBSERVED / row.EXPECTED:.4f}"
            faults.append(Fault(file, f"{row.VALUE:g}", expected, row.line, "VALUE"))
    if faults:
        raise InvalidData(faults)
    return pd.DataFrame(
        {
            "release": frame["DATE"],
            "code": frame["PROVIDER"],
            "area": frame["PROVIDER"].map(areas),
            "observed": frame["OBSERVED"],
            "expected": frame["EXPECTED"],
        }
    )


def trust_parts(path: Path, boundaries: Path) -> pd.DataFrame:
    """Return the deaths of every trust and release: area, contributor, period_start, numerator, denominator."""
    releases = read_releases(path, trust_areas(boundaries))
    releases["period_start"] = [window(release)[0] for release in releases["release"]]
    columns = {"code": "contributor", "observed": "numerator", "expected": "denominator"}
    return releases[["area", "period_start", *columns]].rename(columns=columns)


def mortality_series(path: Path, boundaries: Path, measure: Measure) -> pd.DataFrame:
    """Return observed ÷ expected deaths of the trusts of each area per release, England included."""
    releases = read_releases(path, trust_areas(boundaries))
    areas = releases.groupby(["release", "area"], as_index=False)[["observed", "expected"]].sum()
    england = areas.drop_duplicates("release").assign(area="england")
    rows = pd.concat([areas, england], ignore_index=True)
    rows = rows.rename(columns={"observed": "numerator", "expected": "denominator"})
    rows["period_start"] = [window(release)[0] for release in rows["release"]]
    rows["period_end"] = [window(release)[1] for release in rows["release"]]
    rows["note"] = [
        " ".join(filter(None, [f"Published {row.release:%B %Y}.", PUBLISHER_NOTES.get((row.release, row.area), "")]))
        for row in records(rows)
    ]
    return with_england(rows, measure)
