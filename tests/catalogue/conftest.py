"""A small harms folder that has nothing wrong with it, for tests to spoil one thing in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from psc.catalogue.observations import AREAS, check_harms
from tests.catalogue.measures_with_steps import SHMI, WAITS
from tests.catalogue.real_measures import Measures

HARM_AREAS = """\
groups:
  - {code: infections, title: Infections, sentence: Germs.}
harm_areas:
  - {code: infection, title: Infection, sentence: Germs., group: infections}
"""
CARE_SETTINGS = """\
care_settings:
  - {code: acute, title: Hospital, sentence: Wards.}
"""
SYNONYMS = """\
synonyms:
  - [germ, bug]
"""
DEFINITION = """\
id: germs
title: Germs
plain_title: Germs that make people ill
why_it_matters: Germs make people ill. Clean hands stop them.
harm_area: infection
care_settings: [acute]
kind: harm
numerator: Cases
denominator: Admissions
unit: '% of admissions'
unit_sentence: '{value}% of admissions'
decimals: 1
multiplier: 100
direction: lower
grain: month
chart: xmr
publisher: Somebody
source_title: Some statistics
source_url: https://www.example.org/statistics
licence: Open Government Licence v3.0
caveats: [Numbers are small.]
series_breaks: []
area_values: {how: Summed., approximate: false}
checked_on: 2026-11-22
next_review: 2027-11-22
england_published:
  - {period_start: 2024-03-01, numerator: 150, tolerance_percent: 0.5, source: Some table}
"""
PERIODS = (("2024-01-01", "2024-01-31"), ("2024-02-01", "2024-02-29"), ("2024-03-01", "2024-03-31"))


def rows() -> list[str]:
    """The header and 48 rows: area number n has n + the number of the period of 50 cases, from 1 and 1."""
    lines = ["area,period_start,period_end,numerator,denominator,value,note"]
    counts = {(area, p): place + p + 1 for place, area in enumerate(AREAS) for p in range(3)}
    for area in sorted([*AREAS, "england"]):
        for p, (start, end) in enumerate(PERIODS):
            if area == "england":
                cases, admissions = sum(counts[each, p] for each in AREAS), 750
            else:
                cases, admissions = counts[area, p], 50
            lines.append(f"{area},{start},{end},{cases},{admissions},{cases / admissions * 100:.6g},")
    return lines


class Harms:
    """The folder, and short ways to spoil it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "germs").mkdir(parents=True)
        self.write("harm_areas.yaml", HARM_AREAS)
        self.write("synonyms.yaml", SYNONYMS)
        self.write("care_settings.yaml", CARE_SETTINGS)
        self.write("germs/definition.yaml", DEFINITION)
        self.write("germs/observations.csv", "\n".join(rows()) + "\n")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
        self.write(name, text.replace(old, new))

    def edit(self, change: Callable[[list[str]], None]) -> None:
        """Change the lines of the observations; ``lines[n]`` is line n of the file, as an editor counts."""
        lines = ["", *rows()]
        change(lines)
        self.write("germs/observations.csv", "\n".join(lines[1:]) + "\n")

    def said(self) -> list[str]:
        return [str(fault) for fault in check_harms(self.folder)]


@pytest.fixture
def harms(tmp_path: Path) -> Harms:
    return Harms(tmp_path / "harms")


@pytest.fixture
def measures(data, tmp_path):
    """Copies of measures whose contributors' steps are declared."""
    return Measures(data, tmp_path / "harms", WAITS, SHMI, "mrsa")
