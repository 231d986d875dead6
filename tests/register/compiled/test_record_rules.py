"""A compiled record is held to what a lead's own record is held to, and a fault names file, line and key."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from psc import clock
from psc.faults import Fault
from psc.register.compiled.check_register import check_register
from psc.register.records.kinds import CONTENTS
from psc.register.records.register_vocabulary import PriorityStatus, SolutionStatus, codes
from psc.register.records.text_lengths import ADDRESS, LONG, SHORT
from psc.register.workflow.lifecycle import PUBLIC_STATES, states
from psc.settings import data_folder

IMPERIAL, SOUTH = "priorities/imperial.yaml", "priorities/south-of-england.yaml"

PINCER, WITHDRAWN, MARTHA = (f"solutions/{name}.yaml" for name in ("pincer", "sim-withdrawn", "marthas-rule"))

TIMELINE, PROGRAMMES = "timeline.yaml", "programmes.yaml"

NEXT_YEAR, TEN_YEARS_ON = clock.today().year + 1, clock.today().year + 10

Edit = Callable[[str, str, str], int]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a few records of each kind, so that a check of it takes no time."""
    folder, data = tmp_path_factory.mktemp("few"), data_folder()
    (folder / "boundaries").mkdir()
    shutil.copy(data / "boundaries" / "areas.csv", folder / "boundaries")
    for name in ("harm_areas.yaml", "care_settings.yaml", "synonyms.yaml", "mrsa/definition.yaml"):
        (folder / "harms" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(data / "harms" / name, folder / "harms" / name)
    for name in (IMPERIAL, SOUTH, PINCER, WITHDRAWN, MARTHA, TIMELINE, PROGRAMMES):
        text = (data / "register" / name).read_text(encoding="utf-8").replace("[pressure-ulcers]", "[mrsa]")
        (folder / "register" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "register" / name).write_text(text, encoding="utf-8")
    return folder / "register"


@pytest.fixture
def edit(few: Path, tmp_path: Path) -> Edit:
    """Replace text in a file of the folder ``tmp_path``; the answer is the line it stands on."""
    shutil.copytree(few.parent, tmp_path, dirs_exist_ok=True)

    def replace(file: str, old: str, new: str) -> int:
        path = tmp_path / "register" / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}: the test needs mending"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replace


def faults(tmp_path: Path) -> list[Fault]:
    return check_register(tmp_path / "register")


HIDDEN = [
    (file, status)
    for file, kind, statuses in ((IMPERIAL, "priority", PriorityStatus), (PINCER, "solution", SolutionStatus))
    for status in codes(statuses)
    if status in set(states(kind)) - PUBLIC_STATES[kind]
]


@pytest.mark.parametrize(("file", "status"), HIDDEN)
def test_a_state_that_the_public_may_not_see_is_refused(edit: Edit, tmp_path: Path, file: str, status: str) -> None:
    was = "closed" if file == IMPERIAL else "completed"
    line = edit(file, f"status: {was}", f"status: {status}")
    (fault,) = faults(tmp_path)
    assert (fault.file, fault.row, fault.column) == (f"register/{file}", line, "0.status")
    assert status in fault.found and "everyone can read" in fault.expected
    assert "one of active" in fault.expected or "one of shared_nationally" in fault.expected


def test_each_state_that_is_not_public_is_tried() -> None:
    assert {status for _, status in HIDDEN} == {"draft", "in_consultation", "developing", "tested_locally"}


STOPPED = "      stage: stopped\n      sources: [https://example.org]\n"

REFUSED = [
    # Which areas a record is of.
    (IMPERIAL, "areas: [imperial]", "areas: [imperial, wessex]", "0.areas", "imperial alone"),
    (IMPERIAL, "areas: [imperial]", "areas: [wessex]", "0.areas", "imperial alone"),
    (SOUTH, "areas: [kss, oxford, wessex, south-west, west-of-england]", "areas: [kss]", "0.areas", "several areas"),
    # Each thing once.
    (IMPERIAL, "areas: [imperial]", "areas: [imperial, imperial]", "0.areas.1", "each item once"),
    (IMPERIAL, "harm_areas: [capability]", "harm_areas: [niv, niv]", "0.harm_areas.1", "each item once"),
    (IMPERIAL, "care_settings: [all]", "care_settings: [all, all]", "0.care_settings.1", "each item once"),
    (IMPERIAL, "[year_from, year_to]", "[year_to, year_to]", "0.unverified_fields.1", "each item once"),
    (IMPERIAL, "metrics: [mrsa]", "metrics: [mrsa, mrsa]", "3.metrics.1", "each item once"),
    (PINCER, "[trial, regional_collaborative", "[trial, trial", "0.method_tags.1", "each item once"),
    (PINCER, "[east-midlands]", "[east-midlands, east-midlands]", "0.areas_of_origin.1", "each item once"),
    (PINCER, "- title: Training", "- title: PRIMIS tool", "0.resources.1", "each item once"),
    # Adoptions.
    (PINCER, "- area: england", "- area: east-midlands", "0.adopted_by.0.area", "another area than those where"),
    (PINCER, "stage: adopted", "stage: adopted\n      solution: pincer", "0.adopted_by.0.solution", "another solution"),
    (
        PINCER,
        "    - area: england\n",
        f"    - area: england\n{STOPPED}    - area: england\n",
        "0.adopted_by.1.area",
        "each area once",
    ),
    (PINCER, "spread_reach: national", "spread_reach: withdrawn", "0.spread_reach", "for no other"),
    (PINCER, "result: 2.97 million; 22,105", "result:", "0.results.2.result", "a figure"),
    (IMPERIAL, "care_settings: [all]", "care_settings: [all, acute]", "0.care_settings", "all alone"),
    # Figures that a reader could take for more than they are.
    (PINCER, "population: 343 practices", "population: pilot of 343 practices", "0.results.0.figure_kind", "pilot"),
    (
        PROGRAMMES,
        "text: 'Emergency laparotomy: deaths",
        "text: 'Pilot of emergency laparotomy: deaths",
        "0.published_results.0.figure_kind",
        "pilot, as the text says",
    ),
    # Titles and sentences.
    (IMPERIAL, "title: Network of quality", "title: network of quality", "0.title", "a capital letter"),
    (
        IMPERIAL,
        "title: System safety observatory",
        "title: System safety observatory.",
        "2.title",
        "without a full stop",
    ),
    (IMPERIAL, "for quality and safety.", "for quality and safety", "0.summary", "a full stop at the end"),
    (IMPERIAL, "for quality and safety.", "for quality and in care homes.", "0.summary", "look at 'and in '"),
    (IMPERIAL, "for quality and safety.", "for quality and or safety.", "0.summary", "look at 'and or'"),
    (IMPERIAL, "for quality and safety.", "for quality and.", "0.summary", "look at 'and.'"),
    (IMPERIAL, "for quality and safety.", "for the the quality.", "0.summary", "look at 'the the'"),
    (
        IMPERIAL,
        "Build a network of champions",
        "26% of patients die in hospital. Champions",
        "0.summary",
        "which people these are",
    ),
    (
        IMPERIAL,
        "Build a network of champions",
        "19.71 patients per 1,000 had them. Champions",
        "0.summary",
        "a round number",
    ),
    (
        PINCER,
        "problem: One in 20",
        "problem: Of all, 14.9% of patients who are old have one, and one in 20",
        "0.problem",
        "a round number",
    ),
    # When it was.
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
    # Texts, addresses and sources.
    (IMPERIAL, "title: Network of quality and safety champions", 'title: "\u200b"', "0.title", "letters or digits"),
    (IMPERIAL, "title: Network of quality", f"title: {'very ' * 40}", "0.title", f"at most {SHORT}"),
    (IMPERIAL, "summary: Build a network of", f"summary: {'very ' * 900}", "0.summary", f"at most {LONG:,}"),
    (PINCER, "title: PRIMIS tool", 'title: "..."', "0.resources.0.title", "letters or digits"),
    (PINCER, "title: PRIMIS tool", "title: Tool\n      url: javascript:alert(1)", "0.resources.0.url", "a web address"),
]


@pytest.mark.parametrize(("file", "old", "new", "key", "expected"), REFUSED)
def test_what_a_lead_could_not_write_is_refused(
    edit: Edit, tmp_path: Path, file: str, old: str, new: str, key: str, expected: str
) -> None:
    line = edit(file, old, new)
    found = faults(tmp_path)
    named = [fault for fault in found if fault.column == key]
    assert named and expected in named[0].expected, [str(fault) for fault in found]
    assert {fault.file for fault in found} == {f"register/{file}"}
    last = line + new.count("\n") + new.count("\\n")
    assert named[0].row is not None and line <= named[0].row <= last + 6
    assert not any(word in str(fault) for fault in found for word in ("Input should", "pattern", "tuple"))


ALLOWED = [
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
    (PINCER, "    - area: england\n", f"    - area: wessex\n{STOPPED}    - area: england\n"),
    (IMPERIAL, "title: Network of quality and safety champions", "title: Teamwork, culture and openness"),
    (IMPERIAL, "for quality and safety.", "for safety in hospitals and in care homes."),
    (IMPERIAL, "Build a network of champions", "About 20 in every 1,000 people had them. Champions"),
    (IMPERIAL, "Build a network of champions", "Of patients given oxygen, 26% of those who died were old. Champions"),
    (PINCER, "problem: One in 20", "problem: 15% of patients who are old have one, and one in 20"),
]


@pytest.mark.parametrize(("file", "old", "new"), ALLOWED)
def test_what_may_well_be_true_is_not_refused(edit: Edit, tmp_path: Path, file: str, old: str, new: str) -> None:
    edit(file, old, new)
    assert [str(fault) for fault in faults(tmp_path)] == []


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        (
            "      population: 343 practices in the East Midlands\n",
            "",
            "0.results.0.population",
            "this adjusted figure",
        ),
        ("evidence_grade: A", "evidence_grade: C", "0.results.0.peer_reviewed", "not that of a peer-reviewed article"),
        ("      peer_reviewed: true\n", "", "0.evidence_grade", "a result marked peer_reviewed"),
    ],
)
def test_a_figure_without_its_people_or_its_article_is_refused(
    edit: Edit, tmp_path: Path, old: str, new: str, key: str, expected: str
) -> None:
    edit(PINCER, old, new)
    (fault,) = faults(tmp_path)
    assert fault.file == f"register/{PINCER}" and fault.column == key and expected in fault.expected


def test_the_figure_beside_a_grade_is_one_of_the_article_that_earned_it(edit: Edit, tmp_path: Path) -> None:
    edit(PINCER, "      headline: true\n", "")
    line = edit(
        PINCER, "- measure: Patients at risk of an error\n", "- headline: true\n      measure: Patients at risk\n"
    )
    (fault,) = faults(tmp_path)
    assert (fault.row, fault.column) == (line, "0.results.3.headline")
    assert "the article that the grade rests on" in fault.expected


def test_a_programme_may_not_be_spoken_for_by_pilots_alone(edit: Edit, tmp_path: Path) -> None:
    for _ in range(3):
        edit(PROGRAMMES, "figure_kind: observed\n", "figure_kind: pilot\n")
    (fault,) = faults(tmp_path)
    assert fault.column == "0.published_results" and "a pilot may not speak" in fault.expected


def test_a_grade_that_only_a_journal_gives_needs_its_article(edit: Edit, tmp_path: Path) -> None:
    path = tmp_path / "register" / PINCER
    results, rest = path.read_text(encoding="utf-8").split("  spread:")
    named = re.sub(r"- https?://\S+", "- 'Avery and others, The Lancet, 2012'", results)
    path.write_text(f"{named}  spread:{rest}", encoding="utf-8")
    line = edit(PINCER, "evidence_grade: A", "evidence_grade: B")
    (fault,) = faults(tmp_path)
    assert (fault.row, fault.column) == (line, "0.evidence_grade") and "the journal's article" in fault.expected


def test_a_file_in_a_folder_where_nothing_reads_it_is_named(edit: Edit, tmp_path: Path) -> None:
    inner = tmp_path / "register" / "solutions" / "more"
    inner.mkdir()
    (tmp_path / "register" / PINCER).rename(inner / "pincer.yaml")
    (fault,) = faults(tmp_path)
    assert fault.file == "register/solutions/more" and "only those are read" in fault.expected


def test_the_national_file_needs_all_the_areas(edit: Edit, tmp_path: Path) -> None:
    edit(SOUTH, "south-mental-health", "national-mental-health")
    (tmp_path / "register" / SOUTH).rename(tmp_path / "register" / "priorities" / "national.yaml")
    (fault,) = faults(tmp_path)
    assert fault.file == "register/priorities/national.yaml" and fault.column == "0.areas"
    assert "without" in fault.found and "imperial" in fault.found and "wessex" not in fault.found


DESIGNATED = "NHS England designates 15 Academic Health Science Networks (AHSNs) that cover all of England."

ADDRESSES = "http://imperialcollegehealthpartners.com/our-work/patient-safety-4/"


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ("asked a colleague", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("file:///tmp/annual report 2016", False),
        ("www.example.org/report", False),
        ("https://localhost/report", False),
        (f"https://example.org/{'a' * ADDRESS}", False),
        ("West of England AHSN, annual report 2016/17", True),
        ("https://example.org:8443/report?year=2016#aims", True),
        ("https://doi.org/10.1136/bmjqs-2016-005000", True),
        ("doi:10.1136/bmjqs-2016-005000", True),
    ],
)
def test_a_source_is_an_address_or_a_document_that_can_be_found(
    edit: Edit, tmp_path: Path, source: str, is_one: bool
) -> None:
    line = edit(IMPERIAL, f"- {ADDRESSES}", f'- "{source}"')
    found = faults(tmp_path)
    assert [(fault.row, fault.column) for fault in found] == ([] if is_one else [(line, "0.sources.0")])


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        (PROGRAMMES, "title: Martha's Rule", "title: Sign Up to  SAFETY!", "9.title"),
        (PROGRAMMES, "short_title: MatNeoSIP", "short_title: MEDSIP", "4.short_title"),
        (WITHDRAWN, "title: Serenity Integrated Mentoring", "title: Martha\u2019s rule", "0.title"),
        (IMPERIAL, "title: System safety observatory", "title: Junior doctor  prescribing errors", "2.title"),
        (
            TIMELINE,
            "event: The Berwick report on patient safety is published.",
            f"event: {DESIGNATED}",
            "1.event",
        ),
    ],
)
def test_a_title_that_another_record_has_is_refused(
    edit: Edit, tmp_path: Path, file: str, old: str, new: str, key: str
) -> None:
    edit(file, old, new)
    (fault,) = faults(tmp_path)
    assert fault.column == key and "again" in fault.found and "no other has: see register/" in fault.expected


def test_a_copy_of_a_case_under_another_id_is_refused(edit: Edit, tmp_path: Path) -> None:
    text = (tmp_path / "register" / PINCER).read_text(encoding="utf-8")
    copy = tmp_path / "register" / "solutions" / "pincer-two.yaml"
    copy.write_text(text.replace("- id: pincer", "- id: pincer-two"), encoding="utf-8")
    (fault,) = faults(tmp_path)
    assert fault.column == "0.title"
    assert {fault.file, fault.expected.split(": see ")[1]} == {
        f"register/{PINCER}",
        "register/solutions/pincer-two.yaml, line 2",
    }


def test_an_area_may_set_a_priority_again_for_the_years_that_follow(edit: Edit, tmp_path: Path) -> None:
    path = tmp_path / "register" / SOUTH
    text = path.read_text(encoding="utf-8")
    later = text.replace("id: south-mental-health", "id: south-mental-health-2").replace(
        "year_to: 2019", "year_to: 2022"
    )
    path.write_text(text + later.replace("year_from: 2014", "year_from: 2019"), encoding="utf-8")
    assert faults(tmp_path) == []
    path.write_text(text + later, encoding="utf-8")
    assert [fault.column for fault in faults(tmp_path)] == ["1.title"]


ONE_PERSON = {
    "Mrs Jane Smith, NHS number 943 476 5919, born 3 May 1948, fell.": {"an NHS number", "a date of birth", "the name"},
    "She was born on 3 May 1948.": {"a date of birth"},
    "Ring Jane on 07700 900461.": {"a telephone number"},
    "Write to jane.smith@example.org.": {"an email address"},
    "He lives at SW1A 2AA.": {"a full postcode"},
    "Her number is AB 12 34 56 C.": {"a National Insurance number"},
    "The hospital number was 4829133.": {"a hospital number"},
    "Patient Maureen Iqbal was given the wrong dose of insulin.": {"the name of a patient"},
}


@pytest.mark.parametrize(
    ("file", "key"), [(IMPERIAL, "0.summary"), (PINCER, "0.adopted_by.0.note"), (TIMELINE, "1.note")]
)
def test_what_looks_like_one_persons_data_is_refused_and_not_repeated(
    edit: Edit, tmp_path: Path, file: str, key: str
) -> None:
    old = {
        IMPERIAL: "summary: Build a network of champions for quality and safety.",
        PINCER: "note: 2,688 practices in 104 clinical commissioning groups (39%) by December 2020.",
        TIMELINE: 'note: An NHS Improvement page says "August 2014". That is an error in the page.',
    }[file]
    before = old
    for text, kinds in ONE_PERSON.items():
        line = edit(file, before, before := f"{old.split(':')[0]}: '{text}'")
        found = faults(tmp_path)
        assert {(fault.file, fault.row, fault.column) for fault in found} == {(f"register/{file}", line, key)}
        assert all(any(kind in fault.found for fault in found) for kind in kinds), [str(fault) for fault in found]
        assert not any(part in str(fault) for fault in found for part in ("Smith", "943", "1948", "Maureen", "07700"))


def test_officials_and_the_numbers_of_pages_are_not_refused(edit: Edit, tmp_path: Path) -> None:
    edit(
        IMPERIAL,
        "summary: Build a network of",
        "summary: Dr Mike Durkin, director, opened the day of 3 May 2014. A network of",
    )
    edit(IMPERIAL, ADDRESSES, "https://example.org/news/9434765919")
    edit(
        TIMELINE, "event: The Berwick report", "event: Mr Jeremy Hunt, Secretary of State, said so. The Berwick report"
    )
    assert [str(fault) for fault in faults(tmp_path)] == []


@pytest.mark.parametrize("kind", ["priority", "solution", "test", "event"])
def test_a_title_of_a_form_that_nobody_can_read_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="letters or digits"):
        CONTENTS[kind].model_validate({"title": "\u200b\u200b\u200b"})
