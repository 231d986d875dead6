"""What compiled records say has happened has come, and what they plan is likely."""

from pathlib import Path

import pytest

from psc import clock
from tests.register.compiled.few_records import (
    IMPERIAL,
    MARTHA,
    PINCER,
    PROGRAMMES,
    TIMELINE,
    WITHDRAWN,
    Edit,
    Refusal,
    assert_refused,
    faults,
)

NEXT_YEAR, TEN_YEARS_ON = clock.today().year + 1, clock.today().year + 10

REFUSED_DATES: list[Refusal] = [
    (IMPERIAL, "year_from: 2014\n  year_to: 2016", "year_from: 2090\n  year_to: 2099", "0.year_from", "has come"),
    (IMPERIAL, "year_to: 2016", "year_to: 2099", "0.year_to", "has come, as this is closed"),
    (IMPERIAL, "year_to: 2016", "year_to:", "0.year_to", "the year in which it ended"),
    (IMPERIAL, "year_to: 2016\n  status: closed", "year_to: 2099\n  status: active", "0.year_to", "up to the year"),
    (
        IMPERIAL,
        "year_to: 2016\n  status: closed",
        "year_to: 2016\n  status: active",
        "0.year_to",
        "the timeline goes on to 20",
    ),
    (PINCER, "end: 2020-03", "end: 2099-03", "0.end", "has come, as this is completed"),
    (PINCER, "start: 2015-09\n  end: 2020-03", "start: 2099-09", "0.start", "has come"),
    (MARTHA, "start: 2024-05", f"start: {NEXT_YEAR}", "0.start", "has come, as this has begun"),
    (
        PINCER,
        "September 2015 to April 2017",
        "September 2015 to April 2099",
        "0.results.0.when",
        "a time that has come",
    ),
    (WITHDRAWN, "when: '2017'", "when: '2099'", "0.awards.0.when", "a time that has come"),
    (PROGRAMMES, "start: 2022-08", "start: 2090-08", "8.start", "up to the year"),
    (TIMELINE, "'2013-05-23'", "'2099-05-23'", "0.date", "has come"),
    (TIMELINE, "'2013-05-23'", f"'{NEXT_YEAR}'", "0.date", "has come"),
    (TIMELINE, "'2013-05-23'", "'9999-12-31'", "0.date", "1948 to 2100"),
    (TIMELINE, "'2013-05-23'", "'0001'", "0.date", "1948 to 2100"),
    (TIMELINE, "'2013-05-23'", "'\u0662\u0660\u0661\u0663'", "0.date", "as 2014, 2014-10 or 2014-10-14"),
]


@pytest.mark.parametrize("refusal", REFUSED_DATES)
def test_time_that_has_not_come_or_cannot_be_is_refused(edit: Edit, tmp_path: Path, refusal: Refusal) -> None:
    assert_refused(edit, tmp_path, refusal)


ALLOWED_DATES = [
    (IMPERIAL, "year_to: 2016\n  status: closed", f"year_to: {TEN_YEARS_ON}\n  status: active"),
    (IMPERIAL, "year_to: 2016\n  status: closed", "year_to:\n  status: active"),
    (
        IMPERIAL,
        "year_from: 2014\n  year_to: 2016\n  status: closed",
        f"year_from: {NEXT_YEAR}\n  year_to:\n  status: active",
    ),
    (PINCER, "end: 2020-03", f"end: {clock.today().isoformat()}"),
    (PINCER, "end: 2020-03", f"end: '{clock.today().year}'"),
    (PROGRAMMES, "start: 2022-08", f"start: {NEXT_YEAR}-04\n  end: {TEN_YEARS_ON}-03"),
]


@pytest.mark.parametrize(("file", "old", "new"), ALLOWED_DATES)
def test_date_that_may_well_be_true_is_let_through(edit: Edit, tmp_path: Path, file: str, old: str, new: str) -> None:
    edit(file, old, new)
    assert [str(fault) for fault in faults(tmp_path)] == []
