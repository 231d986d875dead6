"""What needs attention: harm by size and places, risks and waits where they differ from England."""

import re

import pytest
import textstat

from psc.narrate.attention import (
    Everywhere,
    departures,
    describe_harm,
    describe_national,
    describe_no_clear,
    describe_on_year,
    describe_own_change,
    describe_unsure,
    harm_worsening_most,
    harms,
    has_changed,
)
from psc.narrate.measure import describe_areas, describe_england
from psc.narrate.overall import describe_uncounted, england_answer, everywhere_answer
from psc.narrate.pandemic import describe_series
from psc.store.query import run_query
from psc.store.stored_documents import read_documents
from psc.web.session.store import verdict_of
from tests.narrate.agreement import disagreements
from tests.narrate.verdict_samples import NONE, UNJUDGED, UNSURE, a_month, a_steady_year, a_year, everywhere

NAMES = {f"a{number}": f"Area {number}" for number in range(15)}
LOST, GAINED = a_year(flags=("pandemic_none",)), a_steady_year(flags=("pandemic_higher",))
UNSAID = re.compile(
    r"\busual|\bsince\b|\bnan\b|None|\{|\}|  |\.\.| ,|\bbest\b|\bworst\b|because|due to|newest", re.IGNORECASE
)


@pytest.fixture
def harm(definition):
    return definition(id="harm", kind="harm", grain="financial_year", chart="run", plain_title="Falls")


@pytest.fixture
def risk(definition):
    return definition(id="risk", kind="hazard", plain_title="Strong tablets")


def test_harm_that_changed_in_england_comes_first_then_by_the_number_of_areas(harm):
    few = everywhere(harm, a_year(), a_steady_year())
    many = everywhere(harm, a_steady_year(), a_year(), a_year())
    none = everywhere(harm, a_steady_year(), a_steady_year())
    unjudged = everywhere(harm, a_year(**UNJUDGED), a_year(**UNJUDGED))
    assert harms([unjudged, none, many, few]) == [few, many, none]
    assert [has_changed(found) for found in (few, many, none)] == [True, True, False]


def test_a_harm_is_said_with_its_size_its_interval_and_its_places(harm):
    found = everywhere(harm, a_year(), a_year(), a_steady_year(change_on_year=-0.02), a_year(change=0.31))
    assert describe_harm(found, NAMES) == (
        "In England, 15% higher than the five years before (6% to 24%), and 10% higher than the year before. "
        "Clearly higher in Area 2 31%, Area 0 15%."
    )


def test_a_place_without_a_size_is_named_last_and_without_england_the_size_says_from_when(harm):
    places = [a_year(change=None), a_year(change=-0.2, direction="lower", change_on_year=-0.1), a_year()]
    assert describe_harm(everywhere(harm, None, *places), NAMES) == (
        "Clearly higher than before in Area 2 15%, Area 0. Clearly lower than before in Area 1 20%."
    )


@pytest.mark.parametrize(
    ("areas", "words"),
    [
        ([a_year(), LOST, a_steady_year()], "Area 1 counts as higher only with the two years of the pandemic."),
        (
            [LOST, LOST, GAINED],
            "Area 0 and Area 1 count as higher only with the two years of the pandemic; without them, one other area "
            "would.",
        ),
        ([a_year(), GAINED, GAINED], "Without the two years of the pandemic, two other areas would count as higher."),
        ([GAINED, a_steady_year()], "Without the two years of the pandemic, one area would count as higher."),
    ],
)
def test_the_places_of_a_harm_say_which_of_them_rest_on_the_pandemic(harm, areas, words):
    found = everywhere(harm, a_year(), *areas)
    assert words in describe_harm(found, NAMES)
    assert has_changed(everywhere(harm, a_steady_year(), *areas))


def test_a_harm_that_is_clear_nowhere_but_up_everywhere_says_so(harm):
    found = everywhere(harm, a_steady_year(), *[a_steady_year()] * 15)
    assert describe_on_year(found) == (
        "9% higher than the year before, and higher in all 15 areas, but not clearly above the five years before"
    )
    assert describe_harm(found, NAMES).endswith("Higher than the year before in all 15 areas.")
    mixed = everywhere(harm, a_steady_year(change_on_year=0.001), a_steady_year(), a_steady_year(change_on_year=-0.1))
    assert describe_on_year(mixed) == "about the same as the year before"
    assert describe_on_year(everywhere(harm, None, a_steady_year())) == ""


@pytest.mark.parametrize(
    ("england", "reason"),
    [
        ({"change_on_year": 0.01}, ""),
        ({"change_on_year": -0.04}, ", but not clearly below the five years before"),
        ({"change": 0.2, "lower": 0.1, "upper": 0.3}, ", but not clearly above the last two years"),
        ({"change": -0.2, "lower": -0.3, "upper": -0.1}, ", but still below the five years before"),
        (
            {"change": -0.2, "lower": -0.3, "upper": -0.1, "change_on_year": -0.05},
            ", but not clearly below the last two years",
        ),
        (
            {"change": 0.2, "lower": 0.1, "upper": 0.3, "change_on_year": -0.05, "years": 4},
            ", but still above the four years before",
        ),
    ],
)
def test_a_year_that_moved_without_a_clear_change_says_what_keeps_it_from_one(harm, england, reason):
    said = describe_on_year(
        everywhere(harm, a_steady_year(**england), a_steady_year(), a_steady_year(change_on_year=0))
    )
    assert said.partition(" than the year before")[2] == reason


def test_pages_open_with_the_harm_that_is_a_concern_in_most_areas(harm, risk):
    two = everywhere(harm.model_copy(update={"id": "two"}), None, a_year(), a_year())
    one = everywhere(harm.model_copy(update={"id": "one"}), a_year(), a_year(), a_steady_year())
    falling = everywhere(harm, a_year(), *[a_year(state="improving", direction="lower")] * 3)
    risks = everywhere(risk, a_month(), *[a_month(state="concern", direction="higher")] * 15)
    assert harm_worsening_most([risks, falling, one, two]) == "two"
    assert harm_worsening_most([risks]) == "risk"
    assert harm_worsening_most([]) == ""


def test_risks_are_listed_by_their_largest_difference_from_england(risk, harm):
    small = everywhere(risk, a_month(), a_month(against_england="higher", against_change=0.02))
    large = everywhere(
        risk,
        a_month(change=-0.22),
        a_month(**{**NONE, "against_england": "higher", "against_change": 0.50}),
        a_month(change=-0.15, against_england="higher", against_change=0.09),
        a_month(change=-0.30, against_england="lower", against_change=-0.11),
    )
    harmful = everywhere(harm, a_year(), a_year(against_england="higher"))
    neutral = everywhere(risk.model_copy(update={"direction": "neutral"}), a_month(), a_month(against_england="lower"))
    less = departures([small, harmful, neutral, large], "less")
    assert [(one.everywhere, one.clear, one.others) for one in less] == [
        (large, ("a1",), ("a0",)),
        (small, ("a0",), ()),
    ]
    assert [one.clear for one in departures([small, large], "more")] == [("a2",)]
    assert describe_no_clear(less[0]) == "no clear fall in"
    assert describe_own_change(large.verdicts["a1"]) == "15% lower"
    assert describe_own_change(a_month(change=None)) == ""


@pytest.mark.parametrize(
    ("number", "areas", "words"),
    [
        (6, [a_month()] * 15, "Six prescribing risks are falling in England, nearly everywhere."),
        (1, [a_month()] * 14 + [a_month(**NONE)], "One prescribing risk is falling in England, nearly everywhere."),
        (2, [a_month()] * 5 + [a_month(**NONE)] * 10, "Two prescribing risks are falling in England."),
    ],
)
def test_a_national_change_is_one_sentence_and_not_one_for_each_area(risk, number, areas, words):
    assert describe_national([everywhere(risk, a_month(), *areas)] * number) == words


def test_risks_that_fall_in_england_but_not_in_most_areas_are_told_apart(risk):
    wide, narrow = everywhere(risk, a_month(), *[a_month()] * 15), everywhere(risk, a_month(), *[a_month(**NONE)] * 15)
    assert describe_national([wide, wide, narrow]) == (
        "Three prescribing risks are falling in England, two of them in nearly every area."
    )


def test_waits_and_risks_that_worsen_come_first_and_have_their_name(risk):
    wait = everywhere(risk.model_copy(update={"kind": "process"}), a_month(state="concern", direction="higher"))
    assert describe_national([everywhere(risk, a_month()), wait]) == (
        "One risk or wait is rising in England. One prescribing risk is falling in England."
    )


def test_what_could_still_be_chance_is_said_as_that_with_its_size(risk):
    unsure = everywhere(risk, a_month(**UNSURE))
    assert describe_unsure([unsure, unsure, everywhere(risk, a_month())]) == (
        "In England, but could still be chance: Strong tablets, about 8% lower; strong tablets, about 8% lower."
    )
    assert describe_unsure([everywhere(risk, a_month())]) == ""


@pytest.fixture(scope="module")
def everything(store) -> list[Everywhere]:
    """The measures and verdicts of the committed data."""
    catalogue = read_documents(store).catalogue
    found: dict[str, dict] = {}
    for _, row in run_query(store, "all_verdicts").iterrows():
        found.setdefault(row["metric_id"], {})[row["area_id"]] = verdict_of(row)
    return [Everywhere(catalogue.by_id[metric], verdicts) for metric, verdicts in found.items()]


def test_every_sentence_of_the_real_figures_is_fair_and_can_be_read_at_fourteen(everything, store):
    names = dict(run_query(store, "areas")[["id", "name"]].itertuples(index=False, name=None))
    england = [(each.definition, each.england) for each in everything if each.england]
    areas = [(each.definition, verdict) for each in everything for verdict in each.areas.values()]
    said = [england_answer(england), everywhere_answer(england, areas, 15), describe_uncounted(england, [])]
    said += [describe_harm(each, names) for each in harms(everything)]
    said += [describe_national(everything), describe_unsure(everything), describe_series(england, areas)]
    said += [f"Falls: {words}." for each in everything if (words := describe_on_year(each))]
    for each in everything:
        said.append(describe_england(each.definition, each.england))
        said.append(describe_areas(each.areas.values(), each.england, 15))
    assert len(said) > 40
    for sentence in filter(None, said):
        assert not UNSAID.search(sentence), sentence
        assert disagreements(sentence) == [], sentence
        assert sentence.endswith(".") and sentence[0].isupper(), sentence
    text = re.sub("|".join(names.values()), "It", " ".join(sorted(set(said))))
    assert textstat.flesch_kincaid_grade(text) + 5 <= 14
    assert all(len(sentence.split()) <= 30 for sentence in said[:2]), said[:2]


def test_harm_is_never_among_the_differences_of_risks(everything):
    kinds = {one.everywhere.definition.kind for side in ("less", "more") for one in departures(everything, side)}
    assert kinds and kinds <= {"hazard", "process"}
