"""Days, numbers and yes or no in a definition are written in one form each."""

import pytest

TARGET = "targets: [{start: 2024-02-01, value: 9, source: A plan}]"

TRAJECTORY = "trajectory: [{date: 2024-02-01, value: 9}]"

BREAK = "series_breaks: [{date: 2024-02-01, reason: B}]"

REBASE = "rebases: [{start: 2024-02-01, reason: B, decided_by: A. Lead, decided_on: 2024-06-01}]"

NUMBERS = {
    "multiplier": ("", "multiplier: 100"),
    "targets.0.value": (TARGET, "value: 9"),
    "trajectory.0.value": (TRAJECTORY, "value: 9"),
    "england_published.0.numerator": ("", "numerator: 150"),
    "england_published.0.tolerance_percent": ("", "tolerance_percent: 0.5"),
}

DAYS = {
    "checked_on": ("", "checked_on: 2026-11-22"),
    "next_review": ("", "next_review: 2027-11-22"),
    "england_published.0.period_start": ("", "period_start: 2024-03-01"),
    "targets.0.start": (TARGET, "start: 2024-02-01"),
    "trajectory.0.date": (TRAJECTORY, "date: 2024-02-01"),
    "series_breaks.0.date": (BREAK, "date: 2024-02-01"),
    "rebases.0.start": (REBASE, "start: 2024-02-01"),
    "rebases.0.decided_on": (REBASE, "decided_on: 2024-06-01"),
}


def written(harms, place: str, fields: dict[str, tuple[str, str]], value: str) -> list[str]:
    """The faults of the definition when a field of it is written as ``value``."""
    context, field = fields[place]
    if context:
        harms.replace("germs/definition.yaml", "series_breaks: []", context)
        assert harms.said() == []
    harms.replace("germs/definition.yaml", field, f"{field.partition(':')[0]}: {value}")
    return harms.said()


@pytest.mark.parametrize("value", ["1e400", "infinity", "nan", "'45'", "-Infinity", "45%", "1e2", "true"])
@pytest.mark.parametrize("place", NUMBERS)
def test_a_number_that_is_not_written_as_one_is_named(harms, place, value):
    (fault,) = written(harms, place, NUMBERS, value)
    quoted = value if value == "true" or "'" in value else f"'{value}'"
    assert f", {place}: found {quoted}; expected a number such as 45 or 0.5" in fault


@pytest.mark.parametrize(
    "value", ["1577836800", "0", "2024", "2024-3-1", "2024-03-01T00:00:00", "'1577836800'", "true"]
)
@pytest.mark.parametrize("place", DAYS)
def test_a_day_that_is_not_written_as_one_is_named(harms, place, value):
    (fault,) = written(harms, place, DAYS, value)
    quoted = f"'{value}'" if value.startswith("2024-") else value
    assert f", {place}: found {quoted}; expected a day such as 2024-03-31" in fault


def test_only_true_and_false_are_flags(harms):
    harms.replace("germs/definition.yaml", "approximate: false", "approximate: 'no'")
    (fault,) = harms.said()
    assert "line 23, area_values.approximate: found 'no'; expected true or false" in fault
