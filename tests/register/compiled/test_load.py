"""The register is loaded whole, or every fault of every file comes at once."""

from pathlib import Path

import pytest

from psc.faults import InvalidData
from psc.register.compiled.load import load_register
from psc.settings import data_folder
from tests.register.compiled.few_records import KSS, Edit


def test_all_faults_come_at_once(folder: Path, edit_all: Edit) -> None:
    edit_all(KSS, "areas: [kss]", "areas: [kent]")
    edit_all(KSS, "year_to: 2020", "year_to: 2018")
    edit_all("solutions/elc.yaml", "figure_kind: pilot", "figure_kind: best")
    edit_all("solutions/elc.yaml", "end: '2017'", "end: 2014-12")
    edit_all("timeline.yaml", "date: '2013-08-06'", "date: 2013-08-32")
    (folder / "solutions" / "hush.yaml").write_text("- id: hush\n  title: [never closed\n", encoding="utf-8")
    with pytest.raises(InvalidData) as raised:
        load_register(folder)
    places = {(fault.file.removeprefix("register/"), fault.column) for fault in raised.value.faults}
    assert places >= {
        (KSS, "0.areas.0"),
        (KSS, "0.year_to"),
        ("solutions/elc.yaml", "0.results.0.figure_kind"),
        ("solutions/elc.yaml", "0.end"),
        ("timeline.yaml", "1.date"),
        ("solutions/hush.yaml", None),
    }


def test_a_year_needs_no_quotes(folder: Path, edit_all: Edit) -> None:
    edit_all("solutions/elc.yaml", "end: '2017'", "end: 2017")
    edit_all("timeline.yaml", "date: '2013-08-06'", "date: 2013-08-06")
    register = load_register(folder)
    assert register.solutions_by_id["elc"].end == "2017"
    assert register.timeline[1].date == "2013-08-06"


def test_register_is_found_by_id_and_solutions_come_by_title() -> None:
    register = load_register(data_folder() / "register")
    assert list(register.solutions_by_id) == [solution.id for solution in register.solutions]
    titles = [solution.title.casefold() for solution in register.solutions]
    assert titles == sorted(titles)
    assert [event.date for event in register.timeline] == sorted(event.date for event in register.timeline)
