"""Every record, event and measure is searched by its title, its main words and its other words."""

import pytest

from psc.catalogue.definition import load_catalogue
from psc.register.compiled.load import load_register
from psc.register.search.entries import entries_of, measure_entries
from psc.settings import data_folder


@pytest.fixture(scope="module")
def register():
    return load_register(data_folder() / "register")


def test_each_priority_and_then_each_solution_is_searched_once(register):
    assert [(entry.kind, entry.id) for entry in entries_of(register)] == [
        *(("priority", priority.id) for priority in register.priorities),
        *(("solution", solution.id) for solution in register.solutions),
    ]


def test_codes_are_searched_by_their_titles(register):
    entries = {entry.id: entry for entry in entries_of(register)}
    priority = next(priority for priority in register.priorities if priority.harm_areas)
    assert register.titles[priority.harm_areas[0]] in entries[priority.id].main


def test_national_priority_is_found_by_england_and_not_by_each_area(register):
    entries = {entry.id: entry for entry in entries_of(register)}
    national = next(priority for priority in register.priorities if priority.scope == "national")
    last_line = entries[national.id].rest.splitlines()[-1]
    assert last_line.lower() == "national, england"


def test_measure_is_searched_by_its_plain_title_and_by_how_it_is_counted():
    catalogue = load_catalogue()
    entries = {entry.id: entry for entry in measure_entries(catalogue)}
    assert set(entries) == {metric.id for metric in catalogue.metrics}
    for metric in catalogue.metrics:
        assert entries[metric.id].title == metric.title
        assert metric.plain_title in entries[metric.id].main.splitlines()
        assert metric.unit in entries[metric.id].rest.splitlines()
