"""The committed register says what its sources say, and says what it does not know."""

import re
from collections import Counter

import pytest

from psc.register.compiled.check_register import check_register
from psc.register.compiled.load import Register, load_register
from psc.register.records.headline_figure import headline
from psc.register.records.solution_result import Result
from psc.settings import data_folder

FOLDER = data_folder() / "register"


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register(FOLDER)


def result_of(register: Register, solution: str, beginning: str) -> Result:
    found = [r for r in register.solutions_by_id[solution].results if r.measure.startswith(beginning)]
    assert len(found) == 1, f"{solution} has {len(found)} results that begin with {beginning!r}"
    return found[0]


def test_the_register_has_no_faults() -> None:
    assert [str(fault) for fault in check_register(FOLDER)] == []


def test_everything_compiled_is_there(register: Register) -> None:
    assert len(register.priorities) == 90
    assert len(register.programmes) == 10
    assert len(register.solutions) == 43
    assert len(register.timeline) == 29


def test_who_set_the_priorities(register: Register) -> None:
    assert Counter(priority.origin for priority in register.priorities) == {
        "local": 55,
        "national_commission": 20,
        "national_cluster": 5,
        "mixed": 4,
        "national_workstream": 3,
        "national_must_do": 2,
        "multi_area": 1,
    }
    assert Counter(priority.scope for priority in register.priorities) == {
        "one_area": 72,
        "national": 17,
        "several_areas": 1,
    }
    (shared,) = (priority for priority in register.priorities if priority.scope == "several_areas")
    assert set(shared.areas) == {"west-of-england", "south-west", "kss", "oxford", "wessex"}


def test_what_is_inferred_is_marked(register: Register) -> None:
    priorities = register.priorities
    assert sum(any(priority.dates_inferred.values()) for priority in priorities) == 63
    assert Counter(priority.status for priority in priorities) == {
        "closed": 72,
        "superseded": 11,
        "active": 6,
        "unknown": 1,
    }
    stated = {priority.id for priority in priorities if not priority.status_inferred}
    assert stated == {"wessex-restore2", "manchester-restrictive-practice"}
    assert [priority.id for priority in priorities if not priority.verified] == ["wessex-acute-kidney-injury"]
    assert [event.id for event in register.timeline if not event.verified] == ["sign-up-to-safety-closes"]

    catheters = register.priorities_by_id["south-london-no-catheter-no-cauti"]
    assert (catheters.year_to, catheters.dates_inferred) == (2016, {"year_from": False, "year_to": False})
    falls = register.priorities_by_id["north-west-coast-steady-on"]
    assert falls.dates_inferred == {"year_from": True, "year_to": True}
    huddles = register.solutions_by_id["hush"]
    assert huddles.dates_inferred == {"start": True, "end": True}
    assert register.solutions_by_id["precept"].dates_inferred == {"start": False, "end": False}
    assert register.programmes_by_id["psc-local"].dates_inferred == {"start": False, "end": True}
    assert register.solutions_by_id["prosper"].is_inferred("what_was_done")


def test_patients_took_part_only_where_a_source_says_so(register: Register) -> None:
    with_patients = {p.areas[0] for p in register.priorities if p.patient_involvement}
    assert with_patients == {
        "east-midlands",
        "north-west-coast",
        "oxford",
        "south-london",
        "eastern",
        "nenc",
        "yorkshire-humber",
    }
    assert sum(p.patient_involvement is not None for p in register.priorities) == 21
    assert register.priorities_by_id["north-west-coast-steady-on"].patient_involvement is None
    assert sum(s.patient_involvement is not None for s in register.solutions) == 14


def test_facts_typed_from_the_sources(register: Register) -> None:
    priorities, programmes = register.priorities_by_id, register.programmes_by_id
    manchester = priorities["manchester-opioids"]
    assert "About 20 in every 1,000 people" in manchester.summary and "about 17" in manchester.summary
    assert all(exact in (manchester.note or "") for exact in ("19.71", "17.43", "16.22", "13.72"))
    assert "25,000 fewer people" in priorities["west-midlands-opioids"].summary
    assert "£500,000 a year" in (priorities["west-of-england-emergency-laparotomy"].note or "")
    assert "45 organisations and 323 teams" in (priorities["yorkshire-humber-falls-huddles"].note or "")

    assert (programmes["mhsip"].start, programmes["mhsip"].end) == ("2021-04", "2023-09")
    assert any("172 wards (14%)" in figure.text for figure in programmes["mhsip"].published_results)
    assert "halve stillbirths" in programmes["matneosip"].aim.lower()
    assert programmes["sign-up-to-safety"].published_results == ()
    lives = [figure for figure in programmes["medsip"].published_results if "596 lives" in figure.text]
    assert [figure.figure_kind for figure in lives] == ["modelled"]

    assert result_of(register, "precission", "Infections avoided").result == "115; £566,720"
    assert result_of(register, "precission", "Infections avoided").figure_kind == "modelled"
    (pilot,) = (r for r in register.solutions_by_id["safer-leave"].results if r.population == "one pilot ward")
    assert (pilot.baseline, pilot.result) == ("56.0%", "87.1%")
    cord = result_of(register, "cord-nenc", "Eligible babies")
    assert (cord.baseline, cord.result, cord.change) == ("24% (2020/21)", "58% (2022/23)", "45% in 2021/22")
    assert result_of(register, "covid-oximetry", "Mortality").change == "not statistically significant"


def test_dates_where_sources_disagree(register: Register) -> None:
    dates = {event.id: event.date for event in register.timeline}
    assert dates["berwick-report"] == "2013-08-06"
    assert dates["pscs-announced"] == "2013-11"
    assert dates["psc-programme-established"] == "2014-04"
    assert dates["pscs-launched"] == "2014-10-14"
    assert dates["hin-licence"] == "2023-10-01"
    assert dates["nrls-withdrawn"] == "2024-06-30"
    assert list(dates.values()) == sorted(dates.values())


def test_every_figure_of_people_says_which_people(register: Register) -> None:
    for solution in register.solutions:
        for result in solution.results:
            if result.figure_kind in ("observed", "adjusted", "pilot", "target"):
                assert result.population, (solution.id, result.measure)
    mask = register.solutions_by_id["niv-we"]
    assert "given non-invasive ventilation" in mask.problem
    assert result_of(register, "niv-we", "Mortality").population == "patients given acute non-invasive ventilation"


VERBS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|cannot|could|miss|misses|die|died|get|gets|got|need|needs|lack|lacks|learns"
    r"|harm|used|appear|arrived|followed|told of three deaths)\b"
)


def test_every_problem_is_a_sentence_with_a_verb(register: Register) -> None:
    assert not VERBS.search("Babies born at under 27 weeks outside a level 3 centre.")
    assert not VERBS.search("Care homes with above-average hospital admissions for urinary infection.")
    assert [s.id for s in register.solutions if not VERBS.search(s.problem)] == []


WHAT_TO_DO = re.compile(
    r"(?:Adopt|Build|Detect|Have|Improve|Learn|Make|Measure|Prevent|Reduce|Report|Run|Set|Spot|Survey|Test|Use|Work)\b"
)


def test_every_summary_says_what_is_to_be_done_or_is_a_sentence_with_a_verb(register: Register) -> None:
    sentence = re.compile(rf"{VERBS.pattern}|\b(?:made|worked|shared|take|took|gave)\b")
    assert not WHAT_TO_DO.match("Pressure ulcers and in care homes.")
    for priority in register.priorities:
        first = re.split(r"(?<=[.:])\s", priority.summary)[0]
        assert WHAT_TO_DO.match(first) or sentence.search(first), (priority.id, priority.summary)


def test_reach_is_not_sustained_use(register: Register) -> None:
    homes = result_of(register, "restore2", "Care homes engaged")
    assert (homes.result, homes.figure_kind) == ("10,930; 7,518; 1,582", "reach")
    west = [a for a in register.solutions_by_id["restore2"].adopted_by if a.area == "west-of-england"]
    assert [(adoption.stage, adoption.solution) for adoption in west] == [("adopted", "restore2-we")]
    assert "84%" in (west[0].note or "")
    assert not any(a.stage == "sustained" for s in register.solutions for a in s.adopted_by)


def test_withdrawn_work_is_shown_as_withdrawn(register: Register) -> None:
    (withdrawn,) = (solution for solution in register.solutions if solution.status == "withdrawn")
    assert withdrawn.title == "Serenity Integrated Mentoring"
    assert withdrawn.evidence_grade == "W"
    assert "lived experience" in (withdrawn.withdrawn_reason or "")
    assert withdrawn.patient_involvement == "Absent: this was the main criticism."
    assert headline(withdrawn).sentence.startswith("Withdrawn. NHS England wrote to trusts to stop")
    assert headline(withdrawn).result is None
    assert [(adoption.area, adoption.stage) for adoption in withdrawn.adopted_by] == [("england", "stopped")]


def test_awards_are_not_results(register: Register) -> None:
    awarded = {solution.id for solution in register.solutions if solution.awards}
    assert awarded == {"periprem", "lfe-wm", "steady-on", "sim-withdrawn"}
    measures = " ".join(result.measure for solution in register.solutions for result in solution.results)
    assert "award" not in measures.lower()


def test_every_area_has_published_something(register: Register) -> None:
    areas = {area for priority in register.priorities for area in priority.areas}
    assert len(areas) == 15
    origins = {area for solution in register.solutions for area in solution.areas_of_origin}
    assert origins == areas


def test_metrics_are_linked_only_where_they_measure_the_same_harm(register: Register) -> None:
    records = [*register.priorities, *register.solutions]
    for record in records:
        if "opioids" in record.harm_areas:
            assert set(record.metrics) == {"high-dose-opioids", "total-opioids"}, record.id
        if set(record.harm_areas) <= {"aki_hydration", "deterioration", "safety_culture", "suicide_self_harm", "niv"}:
            assert record.metrics == (), record.id
    falls = [r for r in records if "falls" in r.harm_areas]
    assert all({"falls-admissions-65-plus", "inpatient-falls"} & set(record.metrics) for record in falls)


def test_no_personal_addresses_or_short_codes_are_left() -> None:
    forbidden = r"\w@\w+\.|\bGM\b|\bKSS PSC\b|\bHINSL\b|TODO"
    for path in FOLDER.rglob("*.yaml"):
        found = re.search(forbidden, path.read_text(encoding="utf-8"))
        assert found is None, f"{path.name}: {found}"


def test_sources_are_addresses_or_named_documents(register: Register) -> None:
    records = [*register.priorities, *register.programmes, *register.solutions, *register.timeline]
    sources = {source for record in records for source in record.sources}
    sources |= {source for s in register.solutions for result in s.results for source in result.sources}
    named = {source for source in sources if not re.fullmatch(r"https?://[^\s;,]+\.[^\s;]+", source)}
    assert all("careersdocbox document 7200" in source for source in named) and len(named) == 2
