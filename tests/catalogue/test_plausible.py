"""Figures and definitions that are well-formed, agree with each other, and cannot be true are named."""

import pytest

from psc.settings import data_folder
from tests.catalogue.real_measures import Measures
from tests.catalogue.real_names import CASES, RATE, SHARE, WAITS

BLANK = {"numerator": "", "denominator": ""}


def times(factor: float, **blanks: str):
    """Each value so many times as large, and some cells blank."""

    def change(row):
        row["value"] = row["value"] and f"{float(row['value']) * factor:.6g}"
        row.update(blanks)

    return change


def as_rate(measures):
    """Waits per 1,000 admissions, with ten times as many people waiting as there may have been."""
    measures.replace(
        WAITS,
        ("unit: '% of emergency admissions'", "unit: per 1,000 admissions"),
        ("{value}% of emergency admissions", "{value} per 1,000 admissions"),
        ("multiplier: 100", "multiplier: 1000"),
    )

    def change(row):
        if row["numerator"]:
            row["numerator"] = f"{float(row['numerator']) * 10:g}"
            row["value"] = f"{float(row['numerator']) / float(row['denominator']) * 1000:.6g}"

    measures.each(WAITS, change)


def as_percentage(measures):
    measures.without(RATE, "england_published")
    measures.replace(
        RATE,
        ("unit: per 100,000 people, age-standardised", "unit: '% of people'"),
        ("{value} per 100,000 people, age-standardised", "{value}% of people"),
        ("multiplier: 100000", "multiplier: 100"),
    )


def of_imperial(rows):
    imperial = {row["period_start"]: row["value"] for row in rows if row["area"] == "imperial"}
    for row in rows:
        row["value"] = imperial[row["period_start"]] if row["area"] == "kss" else row["value"]


def of_england(rows):
    england = {row["period_start"]: row["value"] for row in rows if row["area"] == "england"}
    for row in rows:
        row["value"] = row["value"] and england[row["period_start"]]


def only_areas(factor):
    return lambda row: row["area"] != "england" and times(factor)(row)


def of_kss(value):
    return lambda row: row["area"] == "kss" and row.update(value=value)


def one_enormous(rows):
    next(row for row in rows if row["area"] == "kss").update(value="99999")


def without_values(row):
    if row["area"] == "kss" and row["period_start"] >= "2016":
        row.update(value="", note="Not published.")


UNLIKELY = {
    "a share above 100 without parts": (
        SHARE,
        lambda m: m.each(SHARE, times(10, **BLANK)),
        "at most 100, for the unit",
    ),
    "a rate called a share": (RATE, as_percentage, "value: found 226.286; expected at most 100, for the unit is a %"),
    "denominators without numerators": (
        WAITS,
        lambda m: m.each(WAITS, times(9, numerator="")),
        "numerator: found a blank; expected a numerator, which interval wilson in the definition needs",
    ),
    "a rate of counted events without parts": (
        CASES,
        lambda m: m.each(CASES, times(1, **BLANK)),
        "a numerator, which interval byar in the definition needs",
    ),
    "a ratio to what is expected without parts": (
        "shmi",
        lambda m: m.each("shmi", times(1, **BLANK)),
        "a numerator, which ratio_to_expected in the definition needs",
    ),
    "denominators alone": (
        SHARE,
        lambda m: m.each(SHARE, times(1, numerator="")),
        "numerator: found a blank; expected a numerator, as in other rows and for the denominator",
    ),
    "more waiting than were admitted": (
        WAITS,
        as_rate,
        "at most the denominator, for the interval is wilson, so that it is a share",
    ),
    "fractions for percentages": (
        SHARE,
        lambda m: m.each(SHARE, times(0.01, **BLANK)),
        "value: found no figure above 0.55",
    ),
    "parts without their value": (
        CASES,
        lambda m: m.each(CASES, without_values),
        "value: found a blank; expected a figure, made of the two parts",
    ),
    "an area with another's figures": (
        RATE,
        lambda m: m.rows(RATE, of_imperial),
        "the same figure for kss as for imperial in each of 8 periods",
    ),
    "every area with England's figures": (
        RATE,
        lambda m: m.rows(RATE, of_england),
        "the same figure for england as for eastern in each of 8 periods",
    ),
    "an area of nothing": (RATE, lambda m: m.each(RATE, of_kss("0")), "found 0; expected a figure like those of the"),
    "areas a tenth of what they are": (
        RATE,
        lambda m: m.each(RATE, only_areas(0.1)),
        "expected a figure between the lowest and the highest area",
    ),
    "a figure of 99999": (RATE, lambda m: m.rows(RATE, one_enormous), "line 34, value: found 99999; expected a figure"),
}


@pytest.mark.parametrize("case", UNLIKELY)
def test_figures_that_cannot_be_true_are_named(data, tmp_path, case):
    name, spoil, expected = UNLIKELY[case]
    measures = Measures(data, tmp_path / "harms", name)
    spoil(measures)
    said = measures.said()
    assert any(expected in fault for fault in said), said[:5]
    assert all(fault.startswith(f"harms/{name}/") for fault in said)


def test_a_count_that_was_suppressed_beside_its_known_denominator_is_accepted(data, tmp_path):
    measures = Measures(data, tmp_path / "harms", WAITS)

    def suppress(rows):
        gone = next(row for row in rows if row["area"] == "kss" and row["period_start"] > "2024")
        gone.update(numerator="", value="", note="Suppressed: fewer than five.")
        england = next(r for r in rows if r["area"] == "england" and r["period_start"] == gone["period_start"])
        same = [r for r in rows if r["period_start"] == gone["period_start"] and r["area"] not in ("england", "kss")]
        waited = sum(float(row["numerator"] or 0) for row in same)
        england.update(numerator=f"{waited:g}", value=f"{waited / float(england['denominator']) * 100:.6g}")

    measures.rows(WAITS, suppress)
    assert measures.said() == []


def test_a_share_that_is_truly_below_one_is_accepted_with_a_published_figure(data, tmp_path):
    measures = Measures(data, tmp_path / "harms", SHARE)
    measures.each(SHARE, times(0.01, **BLANK))
    published = "england_published: [{period_start: 2020-12-01, value: %s, tolerance_percent: 1, source: A table}]\n"
    england = next(
        line.split(",")[5]
        for line in (measures.folder / SHARE / "observations.csv").read_text().splitlines()
        if line.startswith("england,2020-12-01")
    )
    measures.replace(SHARE, ("checked_on:", published % england + "checked_on:"), ("decimals: 1", "decimals: 3"))
    assert measures.said() == []


def gap(first: str, last: str) -> tuple[str, str]:
    return "gaps:\n", f"gaps:\n  - {{first: {first}, last: {last}, reason: Nothing came.}}\n"


REASONS = "reason: R, decided_by: A. Lead"

TWICE = f"{{start: 2015-04-01, {REASONS}, decided_on: 2026-01-05}}"

MISFITS = {
    "a % in the sentence alone": (CASES, [("'{value} cases per 100,000 people'", "'{value}% of patients'")], "no % as"),
    "a % in the unit alone": (SHARE, [("'{value}% of", "'{value} of")], "unit_sentence: found {value} of"),
    "another number after per": (CASES, [("{value} cases per 100,000", "{value} cases per 1,000")], "the same number"),
    "a % at the end": (SHARE, [("'% of reliever and", "'(%) of reliever and")], "% at the beginning, as in % of"),
    "100 without a %": (CASES, [("multiplier: 100000", "multiplier: 100")], "another than 100, or a unit with % first"),
    "checked in the future": (CASES, [("checked_on: 2026", "checked_on: 2031")], "a day no later than today"),
    "checked before the figures": (
        CASES,
        [("checked_on: 2026", "checked_on: 2010"), ("next_review: 2027", "next_review: 2011")],
        "checked_on: found 2010-11-22; expected a day after 2024-03-31, when the newest figure ends",
    ),
    "checked before there was an NHS": (CASES, [("checked_on: 2026", "checked_on: 1900")], "earlier than 1948-07-05"),
    "a break in another century": (
        CASES,
        [("series_breaks: []", "series_breaks: [{date: 2202-04-01, reason: R}]")],
        "series_breaks.0.date: found '2202-04-01'; expected a day no later than",
    ),
    "limits twice on a day": (
        CASES,
        [("series_breaks: []", f"rebases: [{TWICE}, {TWICE}]")],
        "rebases: found 2015-04-01 twice for all areas",
    ),
    "limits of an area on the day of all": (
        CASES,
        [("series_breaks: []", f"rebases: [{TWICE}, {TWICE[:-1]}, area: kss}}]")],
        "rebases: found 2015-04-01 twice for kss",
    ),
    "a care setting twice": (
        CASES,
        [("care_settings:\n", "care_settings:\n  - acute\n  - acute\n")],
        "care_settings: found acute, acute",
    ),
    "a decision of the future": (
        CASES,
        [("series_breaks: []", f"rebases: [{{start: 2015-04-01, {REASONS}, decided_on: 2031-01-05}}]")],
        "rebases.0.decided_on: found 2031-01-05; expected a day no later than today",
    ),
    "a gap full of figures": (WAITS, [gap("2022-02-01", "2023-02-01")], "figures in it; expected periods that no area"),
    "a gap backwards": (WAITS, [gap("2023-02-01", "2022-02-01")], "gaps.0.last: found 2022-02-01; expected a day no"),
    "a gap to come": (WAITS, [gap("2030-01-01", "2030-02-01")], "between which the figures lie"),
    "a gap of all time": (WAITS, [gap("0001-01-01", "9999-12-31")], "gaps.0.first: found '0001-01-01'; expected a day"),
    "a gap that begins before the figures": (WAITS, [gap("1999-01-01", "2025-03-01")], "between which the figures lie"),
    "too few decimals for a ratio": ("shmi", [("decimals: 2", "decimals: 0")], "figures of 15 areas are shown as 1"),
    "too few decimals for a rate": (CASES, [("decimals: 2", "decimals: 0")], "expected decimals enough to tell areas"),
}


@pytest.mark.parametrize("case", MISFITS)
def test_a_definition_that_does_not_fit_is_named(data, tmp_path, case):
    name, changes, expected = MISFITS[case]
    measures = Measures(data, tmp_path / "harms", name)
    measures.replace(name, *changes)
    said = measures.said()
    assert any(expected in fault for fault in said), said[:5]
    assert all(fault.startswith(f"harms/{name}/") for fault in said)


def test_a_folder_without_any_figures_is_one_fault(data, tmp_path):
    names = sorted(path.parent.name for path in (data_folder() / "harms").glob("*/definition.yaml"))
    none = [name for name in names if not (data_folder() / "harms" / name / "observations.csv").exists()]
    assert Measures(data, tmp_path / "harms", *none).said() == [
        "harms: found no measure with figures; expected observations.csv of at least one measure"
    ]
