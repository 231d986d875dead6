"""What the verdicts of all measures add up to: harm and risks apart, in at most 30 words."""

from datetime import date
from itertools import product

import pytest
import textstat

from psc.narrate.overall import describe_uncounted, england_answer, everywhere_answer
from tests.narrate.verdict_samples import NONE, UNJUDGED, UNSURE, a_month, a_steady_year, a_year

MOST_WORDS = 30
NOTHING = "Nothing measured here can be judged in England yet."
NO_HARM = "No measure of harm clearly rose or fell in England."
FELL = {"direction": "lower", "state": "improving"}


@pytest.fixture
def harm(definition):
    """Make a measure of harm with a verdict of years."""

    def make(name, verdict):
        return definition(kind="harm", plain_title=name, grain="financial_year", chart="run"), verdict

    return make


@pytest.fixture
def risk(definition):
    """Make a risk with a verdict of months: of what is prescribed, unless another kind is asked for."""

    def make(verdict, kind="hazard", **changes):
        return definition(kind=kind, **changes), verdict

    return make


def test_harm_is_named_and_risks_are_counted(harm, risk):
    measured = [
        harm("Blood infections with MRSA, a germ", a_year()),
        harm("Blood infections with Klebsiella, a gut germ", a_year()),
        harm("Falls", a_steady_year()),
        *[risk(a_month())] * 6,
        *[risk(a_month(**UNSURE))] * 2,
        risk(a_month(**NONE), kind="process"),
        risk(a_month(), direction="neutral"),
    ]
    assert england_answer(measured) == (
        "Blood infections with MRSA and Klebsiella rose in England to March 2024. "
        "Six of eight prescribing risks fell to December 2025."
    )


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        ([a_year()], "Falls rose in England to March 2024."),
        ([a_year(**FELL)], "Falls fell in England to March 2024."),
        ([a_steady_year()], NO_HARM),
        ([a_year(**UNSURE)], NO_HARM),
        ([a_year(**UNJUDGED)], NOTHING),
        ([], NOTHING),
    ],
)
def test_only_certain_verdicts_on_harm_are_in_the_answer(harm, verdicts, words):
    assert england_answer([harm("Falls", verdict) for verdict in verdicts]) == words


def test_harm_that_rose_comes_before_harm_that_fell_and_each_has_its_own_end(harm):
    measured = [
        harm("Burns", a_year(**FELL)),
        harm("Falls", a_year(period_end=date(2023, 3, 31))),
        harm("Cuts", a_year()),
    ]
    assert england_answer(measured) == (
        "Falls rose in England to March 2023. Cuts rose in England to March 2024. Burns fell in England to March 2024."
    )


@pytest.mark.parametrize(
    ("names", "rest", "words"),
    [
        (["Germs of A", "Germs of B", "Germs of C"], 1, "Germs of B and C rose in England to March 2024; A too, IF."),
        (["Falls", "Burns"], 1, "Burns rose in England to March 2024; falls too, IF."),
        (["Falls", "Burns"], 2, "Falls and burns rose in England to March 2024, IF."),
        ("ABCDEFGH", 3, "Eight measures of harm rose in England to March 2024, three of them only IF."),
        (
            ["Falls on wards and in the homes of patients"],
            1,
            "One measure of harm rose in England to March 2024, only IF.",
        ),
    ],
)
def test_harm_that_rose_only_with_the_pandemic_years_says_so(harm, names, rest, words):
    flags = [("pandemic_none",)] * rest + [()] * len(names)
    said = england_answer([harm(name, a_year(flags=own)) for name, own in zip(names, flags, strict=False)])
    assert said == words.replace("IF", "if the pandemic years count")


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        ([a_month(), a_month(state="concern", direction="higher")], "One of two risks and waits rose and one fell to"),
        ([a_month(**NONE)], "No risk or wait clearly rose or fell."),
    ],
)
def test_risks_that_are_not_of_prescribing_have_the_wider_name(risk, verdicts, words):
    said = england_answer([risk(verdict, kind="process") for verdict in verdicts])
    assert said.startswith(f"No measure of harm can be judged. {words}")


@pytest.mark.parametrize(("harms", "risks", "rest"), list(product([0, 1, 3, 6, 12], [0, 1, 8, 20], [0, 1, 5])))
def test_the_answer_is_short_and_can_be_read_at_fourteen_however_much_changed(harm, risk, harms, risks, rest):
    names = [f"Infections of the {part}" for part in ("blood", "lung", "gut", "skin", "eye", "ear") * 2]
    flags = [("pandemic_none",)] * rest + [()] * len(names)
    measured = [harm(name, a_year(flags=own)) for name, own in zip(names[:harms], flags, strict=False)]
    measured += [risk(a_month())] * risks
    said = england_answer(measured)
    assert len(said.split()) <= MOST_WORDS, said
    assert textstat.flesch_kincaid_grade(said) + 5 <= 14, said


def test_series_are_counted_for_harm_and_for_risks_apart(harm, risk):
    england = [harm("Falls", a_year()), harm("Burns", a_steady_year()), *[risk(a_month())] * 3]
    areas = [harm("Falls", a_year())] * 4 + [harm("Burns", a_year(**FELL))] + [risk(a_month(**NONE))] * 45
    said = everywhere_answer(england, areas, 15)
    assert said == (
        "England: one of two harms rose; three of three risks and waits fell. "
        "In the 15 areas, four of five harm series rose and one fell; none of 45 risk series clearly rose or fell."
    )


def test_a_site_without_any_harm_that_can_be_judged_says_so(risk):
    assert everywhere_answer([risk(a_month())], [risk(a_month())], 15) == (
        "England: no harms can be judged; one of one risk or wait fell. In the 15 areas, no harm series can be judged; "
        "one of one risk series fell."
    )


def test_what_is_not_counted_is_named_with_the_reason(harm, risk, definition):
    england = [
        risk(a_month(), direction="neutral"),
        risk(a_month(**NONE), direction="neutral"),
        harm("Falls, a harm", a_year(**UNJUDGED, reason="no_counts")),
        harm("Deaths", a_year(**UNJUDGED, reason="overlapping")),
        harm("Burns", a_year()),
    ]
    assert describe_uncounted(england, [definition(plain_title="Noise")]) == (
        "Not counted: two measures where neither way is better, of which one fell. "
        "Not judged: Falls (these rates were published without the number of people behind them). "
        "Not judged: Deaths (each figure covers 12 months that overlap with the next). "
        "No verdict is given, as it would often be chance: Noise."
    )
    assert describe_uncounted([harm("Burns", a_year())], []) == ""
