"""Trusts lie where their head offices stand, and followers of a trust lead somewhere."""

import pytest

from tests.boundary_edits import cell, change_json, change_rows
from tests.geography.boundary_copy import said

FIRST_LINK = {"old_code": "R1E"}


@pytest.mark.parametrize(
    ("file", "change", "expected"),
    [
        (
            "organisation_successors.csv",
            cell(FIRST_LINK, new_code="R1E"),
            "line 2, new_code: found 'R1E'; expected anoth",
        ),
        (
            "organisation_successors.csv",
            cell(FIRST_LINK, new_code="ZZZ"),
            "line 2, new_code: found 'ZZZ'; expected a trus",
        ),
        (
            "organisation_successors.csv",
            cell(FIRST_LINK, date="2099-01-01"),
            "line 2, date: found 2099-01-01; expected",
        ),
        (
            "organisation_successors.csv",
            lambda rows: [rows[0].update(new_code="R1G"), rows[1].update(new_code="R1E")],
            "line 3, new_code: found R1G followed by R1E, and R1E by R1G; expected no circle",
        ),
        (
            "organisations.csv",
            cell({"ods_code": "R0A"}, area=""),
            "line 2, area: found no area for R0A; expected the area",
        ),
        (
            "organisations.csv",
            cell({"ods_code": "R1A"}, area=""),
            "area: found no area for R1A; expected west-midlands, where its head office stands",
        ),
        ("organisations.csv", cell({"ods_code": "R0A"}, area="kss"), "found kss for R0A, whose head office stands 2"),
    ],
)
def test_trust_or_successor_that_contradicts_another_file_is_named_with_its_line(folder, file, change, expected):
    change_rows(folder, file, change)
    found = said(folder)
    assert any(fault.startswith("boundaries/") and expected in fault for fault in found), found


def test_half_the_trusts_gone_are_missed_though_the_package_agrees(folder):
    change_rows(folder, "organisations.csv", lambda rows: rows.__delitem__(slice(None, None, 2)))
    change_json(folder, "datapackage.json", lambda package: [each.pop("stats", None) for each in package["resources"]])
    found = said(folder)
    assert any("trusts in England; expected at least 150" in fault for fault in found), found
    assert any("new_code: found 'RRE'; expected a trust" in fault for fault in found), found
