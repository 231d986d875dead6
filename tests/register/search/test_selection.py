"""Filters, counts and search find what a reader would expect, and agree with a slow, obvious twin."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.register.compiled.load import Register, load_register
from psc.register.records.priority import Priority
from psc.register.records.solution import Solution
from psc.register.search.selection import (
    PriorityChoice,
    SolutionChoice,
    adopted_by,
    count_priorities,
    count_solutions,
    filter_priorities,
    filter_solutions,
    priorities_about,
    priorities_of,
    solutions_about,
    solutions_of,
)
from psc.settings import data_folder

REGISTER: Register = load_register(data_folder() / "register")
AREAS = sorted({area for priority in REGISTER.priorities for area in priority.areas})
HARMS = sorted({code for record in (*REGISTER.priorities, *REGISTER.solutions) for code in record.harm_areas})
GROUPS = sorted(set(REGISTER.harm_group_of.values()))
SETTINGS = sorted({code for record in (*REGISTER.priorities, *REGISTER.solutions) for code in record.care_settings})


def some(values: list[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=3).map(tuple)


PRIORITY_CHOICES = st.builds(
    PriorityChoice,
    areas=some(AREAS),
    harm_groups=some(GROUPS),
    harm_areas=some(HARMS),
    care_settings=some(SETTINGS),
    origins=some(["local", "national_commission", "mixed", "multi_area"]),
    statuses=some(["active", "closed", "superseded", "unknown"]),
    years=some([2013, 2014, 2018, 2022, 2025, 2027]),
)
SOLUTION_CHOICES = st.builds(
    SolutionChoice,
    harm_groups=some(GROUPS),
    harm_areas=some(HARMS),
    care_settings=some(SETTINGS),
    methods=some(["pdsa", "training", "digital", "trial"]),
    origins=some([*AREAS, "england"]),
    evidence_grades=some(["A", "B", "C", "D", "W"]),
    statuses=some(["active", "completed", "withdrawn", "unknown"]),
)


def slow_has_priority(priority: Priority, choice: PriorityChoice) -> bool:
    if choice.areas and not any(area in choice.areas for area in priority.areas):
        return False
    if choice.harm_groups and not any(REGISTER.harm_group_of[h] in choice.harm_groups for h in priority.harm_areas):
        return False
    if choice.harm_areas and not any(harm in choice.harm_areas for harm in priority.harm_areas):
        return False
    if choice.care_settings and not any(setting in choice.care_settings for setting in priority.care_settings):
        return False
    if choice.origins and priority.origin not in choice.origins:
        return False
    if choice.statuses and priority.status not in choice.statuses:
        return False
    return not choice.years or any(priority.year_from <= year <= priority.year_to for year in choice.years)


def slow_has_solution(solution: Solution, choice: SolutionChoice) -> bool:
    if choice.harm_groups and not any(REGISTER.harm_group_of[h] in choice.harm_groups for h in solution.harm_areas):
        return False
    if choice.harm_areas and not any(harm in choice.harm_areas for harm in solution.harm_areas):
        return False
    if choice.care_settings and not any(setting in choice.care_settings for setting in solution.care_settings):
        return False
    if choice.methods and not any(tag in choice.methods for tag in solution.method_tags):
        return False
    if choice.origins:
        here = any(area in choice.origins for area in solution.areas_of_origin)
        if not here and not (solution.national_origin and "england" in choice.origins):
            return False
    if choice.evidence_grades and solution.evidence_grade not in choice.evidence_grades:
        return False
    return not choice.statuses or solution.status in choice.statuses


@given(PRIORITY_CHOICES)
def test_priorities_match_the_slow_twin(choice: PriorityChoice) -> None:
    assert filter_priorities(REGISTER, choice) == [p for p in REGISTER.priorities if slow_has_priority(p, choice)]


@given(SOLUTION_CHOICES)
def test_solutions_match_the_slow_twin(choice: SolutionChoice) -> None:
    assert filter_solutions(REGISTER, choice) == [s for s in REGISTER.solutions if slow_has_solution(s, choice)]


@settings(max_examples=20)
@given(PRIORITY_CHOICES, st.sampled_from(["", "sepsis", "care homes", "wards"]))
def test_a_count_is_what_choosing_it_alone_would_show(choice: PriorityChoice, text: str) -> None:
    fields = {name: getattr(choice, name) for name in PriorityChoice.__dataclass_fields__} | {"text": text}
    for field, counts in count_priorities(REGISTER, PriorityChoice(**fields)).items():
        for value, count in counts.items():
            assert count == len(filter_priorities(REGISTER, PriorityChoice(**fields | {field: (value,)})))


@settings(max_examples=20)
@given(SOLUTION_CHOICES, st.sampled_from(["", "sepsis", "care homes", "wards"]))
def test_a_count_of_solutions_too(choice: SolutionChoice, text: str) -> None:
    fields = {name: getattr(choice, name) for name in SolutionChoice.__dataclass_fields__} | {"text": text}
    for field, counts in count_solutions(REGISTER, SolutionChoice(**fields)).items():
        for value, count in counts.items():
            assert count == len(filter_solutions(REGISTER, SolutionChoice(**fields | {field: (value,)})))


def test_counts_keep_choices_that_now_lead_nowhere() -> None:
    counts = count_priorities(REGISTER, PriorityChoice(areas=("wessex",), text="RESTORE2"))
    assert counts["harm_areas"]["deterioration"] == 1
    assert counts["harm_areas"]["falls"] == 0
    assert counts["areas"]["west-of-england"] == 1, "other areas show what choosing them instead would give"


def test_priorities_of_an_area_put_its_own_first() -> None:
    scopes = [priority.scope for priority in priorities_of(REGISTER, "kss")]
    assert scopes == ["one_area"] * 5 + ["several_areas"] + ["national"] * 17
    assert len(priorities_of(REGISTER, "imperial")) == 5 + 17
    assert priorities_of(REGISTER, "atlantis") == []


def test_solutions_of_an_area() -> None:
    assert [s.id for s in solutions_of(REGISTER, "eastern")] == ["psirf-east"]
    assert {s.id for s in solutions_of(REGISTER, "oxford")} == {
        "good-hydration",
        "safer-leave",
        "place-of-birth-ox",
        "covid-oximetry",
    }
    national_only = {"opioids", "marthas-rule", "restrictive-practice"}
    assert not any(s.id in national_only for area in AREAS for s in solutions_of(REGISTER, area))


def test_adoptions_only_where_a_source_says_so() -> None:
    assert [(s.id, a.stage) for s, a in adopted_by(REGISTER, "kss")] == [("hush", "adopted")]
    assert {s.id for s, _ in adopted_by(REGISTER, "west-of-england")} == {"restore2", "score-sw"}
    assert adopted_by(REGISTER, "nenc") == []
    nationally = {s.id: a for s, a in adopted_by(REGISTER, "nenc", national=True)}
    assert nationally["precept"].area == "england"
    assert "tcam" not in nationally, "it began in the North East"
    assert nationally["sim-withdrawn"].stage == "stopped"


def test_records_about_a_metric() -> None:
    assert "manchester-opioids" in {p.id for p in priorities_about(REGISTER, "high-dose-opioids")}
    assert [s.id for s in solutions_about(REGISTER, "high-dose-opioids")] == ["opioids"]
    assert priorities_about(REGISTER, "shmi") == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("martha", "marthas-rule"),
        ("Martha’s RULE", "marthas-rule"),
        ("catheters", "no-catheter-no-cauti"),
        ("laparot", "elc"),
        ("hydrating", "good-hydration"),
        ("the use of opioids in pain", "opioids"),
        ("NEWS2 care homes soft signs", "restore2"),
        ("serenity", "sim-withdrawn"),
    ],
)
def test_search_finds_what_was_meant(text: str, first: str) -> None:
    assert filter_solutions(REGISTER, SolutionChoice(text=text))[0].id == first


def test_search_ignores_accents_and_needs_every_word() -> None:
    pain_cafes = [p.id for p in filter_priorities(REGISTER, PriorityChoice(text="pain café"))]
    assert pain_cafes == ["south-west-high-dose-opioids"]
    assert filter_priorities(REGISTER, PriorityChoice(text="sepsis zebra")) == []
    everything = list(REGISTER.priorities)
    assert filter_priorities(REGISTER, PriorityChoice(text="  ?! ")) == everything
    assert filter_priorities(REGISTER, PriorityChoice()) == everything


def test_a_title_counts_more_than_a_mention() -> None:
    found = [p.id for p in filter_priorities(REGISTER, PriorityChoice(text="sepsis"))]
    titles = [("sepsis" in REGISTER.priorities_by_id[id].title.lower()) for id in found]
    assert titles == sorted(titles, reverse=True) and titles.count(True) == 6


@given(st.text(max_size=20))
def test_no_search_text_breaks_the_page(text: str) -> None:
    found = filter_solutions(REGISTER, SolutionChoice(text=text))
    assert {s.id for s in found} <= set(REGISTER.solutions_by_id)
