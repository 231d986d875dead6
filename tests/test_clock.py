"""The day is England's, in every part of the program, whatever zone and year the server's clock is set to."""

import ast
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from psc import clock
from psc.clock import london_day

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [path for folder in ("psc", "pages") for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-06-30T22:59:59.999+00:00", "2026-06-30"),
        ("2026-06-30T23:00:00+00:00", "2026-07-01"),
        ("2026-12-31T23:59:59+00:00", "2026-12-31"),
        ("2026-03-29T00:59:59+00:00", "2026-03-29"),
        ("2026-10-25T23:30:00+00:00", "2026-10-25"),
        ("2026-10-24T23:30:00+00:00", "2026-10-25"),
        ("1970-01-01T00:00:00+00:00", "1970-01-01"),
        ("2026-07-01T09:00:00+10:00", "2026-07-01"),
        ("0001-01-01T00:00:00+00:00", "0001-01-01"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01"),
        ("9999-12-31T23:59:59+00:00", "9999-12-31"),
        ("9999-12-31T23:59:59-10:00", "9999-12-31"),
    ],
)
def test_the_day_of_a_moment_is_londons(moment, day):
    assert london_day(moment).isoformat() == day
    assert london_day(datetime.fromisoformat(moment)).isoformat() == day


def test_today_changes_at_midnight_in_summer_time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 6, 30, 23, 0, tzinfo=UTC))
    assert clock.today().isoformat() == "2026-07-01"


def test_the_zone_of_the_server_does_not_matter_and_its_zone_files_are_not_needed():
    asked = "from psc.clock import london_day; print(london_day('2026-06-30T23:00:00+00:00'))"
    for zone in ("Pacific/Auckland", "America/Los_Angeles", "UTC"):
        done = subprocess.run(
            [sys.executable, "-c", asked],
            env={"TZ": zone, "PYTHONTZPATH": ""},
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=True,
        )
        assert done.stdout.strip() == "2026-07-01"


def test_no_other_module_asks_the_server_which_day_it_is():
    asking = [f"{path.relative_to(ROOT)}:{line}" for path in SOURCES for line in _asks_for_the_time(path)]
    assert asking == []


def _asks_for_the_time(path: Path) -> list[int]:
    if path == ROOT / "psc" / "clock.py":
        return []
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)]
    return [
        node.lineno
        for node in calls
        if node.attr in ("today", "now", "utcnow", "fromtimestamp")
        and ast.unparse(node.value) in ("date", "datetime", "datetime.date", "datetime.datetime", "pd.Timestamp")
    ]
