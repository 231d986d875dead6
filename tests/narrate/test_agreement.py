"""Every sentence that counts reads right for none, one, two and fifteen."""

from dataclasses import replace
from datetime import date
from itertools import product

import pandas as pd
import pytest

from psc.charts.maps.adoption_stages import STEPS, describe_spread
from psc.narrate.area import Measured, area_headline, describe_missing
from psc.narrate.attention import describe_harm, describe_national, describe_on_year
from psc.narrate.chart import chart_choice, describe_age, describe_limits, gaps_note
from psc.narrate.comparison import Compared, comparison_headline, comparison_sentence, describe_open_dots
from psc.narrate.funnel_sentences import FunnelFacts, describe_clear_levels, funnel_sentence
from psc.narrate.measure import describe_areas, describe_data
from psc.narrate.overall import describe_uncounted, england_answer, everywhere_answer
from psc.narrate.words import describe_count, describe_periods, describe_some
from tests.narrate.agreement import disagreements
from tests.narrate.conftest import make_signal
from tests.narrate.test_verdicts import monthly
from tests.narrate.verdict_samples import NONE, UNJUDGED, a_month, a_steady_year, a_year, everywhere

COUNTS = (0, 1, 2, 15)
TODAY = date(2026, 11, 28)
AREAS = [f"Shire {letter}" for letter in "ABCDEFGHIJKLMNOPQRST"]
FUNNEL = FunnelFacts(areas=15, higher=(), lower=(), above=(), below=(), expected=0.03, overdispersed=True)


@pytest.mark.parametrize(
    "sentence",
    [
        "One area of 15 lie beyond the limits.",
        "One areas have no figures.",
        "Two area have no figures.",
        "15 areas has no figures.",
        "No areas has a figure.",
        "No area have a figure.",
        "One of them have ended and 1 dots lie above.",
        "The line shows one release, the first of them from March 2024.",
    ],
)
def test_the_check_finds_what_does_not_agree(sentence):
    assert disagreements(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "One area of 15 lies beyond the limits.",
        "One of 15 areas is on record; none of the two areas has ended.",
        "No area has a figure, and no areas lie outside.",
        "About one in six such charts shows an area outside.",
        "In 12 of the last 12 months; the two years of the pandemic are in it.",
    ],
)
def test_the_check_lets_right_sentences_be(sentence):
    assert disagreements(sentence) == []


def test_counted_words_agree_for_every_count():
    for count in range(30):
        for one, many in (("is", "are"), ("has", "have"), ("shows", "show")):
            said = [
                f"{describe_count(count, 'area')} {one if count == 1 else many} here",
                describe_some(count, one, many),
            ]
            assert [disagreements(sentence) for sentence in said] == [[], []], said
        for grain in ("month", "quarter", "financial_year", "overlapping_year"):
            assert disagreements(describe_periods(count, grain)) == []


@pytest.mark.parametrize(("inside", "above", "below"), list(product(COUNTS, repeat=3)))
def test_funnel_sentences_agree_for_every_count(inside, above, below):
    names = {"above": tuple(AREAS[:above]), "below": tuple(AREAS[:below])}
    facts = replace(FUNNEL, **names, higher=tuple(AREAS[: above + inside]), lower=names["below"])
    for overdispersed, areas in product((True, False), (facts.clear or 1, 40)):
        counted = replace(facts, overdispersed=overdispersed, areas=areas)
        said = [funnel_sentence(counted), describe_clear_levels(counted), describe_clear_levels(counted, "change")]
        assert [sentence for sentence in said if disagreements(sentence)] == []


@pytest.mark.parametrize("count", [1, 2, 15])
def test_open_dots_agree_for_every_count(count):
    month, year = {**NONE, "lower": -0.05, "upper": -0.03}, {**NONE, "lower": 0.03, "upper": 0.05}
    for verdict in (a_month(**month), a_year(**year)):
        said = describe_open_dots({f"a{number}": verdict for number in range(count)})
        assert said and disagreements(said) == [], said


@pytest.mark.parametrize(("figures", "without", "newest"), list(product((1, 2, 15), COUNTS, COUNTS)))
def test_comparisons_agree_for_every_count(definition, figures, without, newest):
    compared = Compared("December 2025", tuple(AREAS[:without]), "January 2026", newest)
    values = pd.Series([float(number) for number in range(figures)])
    said = comparison_sentence(definition(), values, compared, 3.2)
    assert disagreements(said) == [], said


@pytest.mark.parametrize(("ahead", "behind", "outside"), list(product(COUNTS, repeat=3)))
def test_answers_beside_england_agree_for_every_count(definition, ahead, behind, outside):
    areas = [monthly(against_england="lower")] * ahead + [monthly(against_england="higher")] * behind + [monthly()]
    england = monthly(against_england="")
    named = {f"a{number}": area for number, area in enumerate(areas)}
    measured = [Measured(definition(direction="lower"), area, england) for area in areas]
    said = [
        comparison_headline({**named, "england": england}, replace(FUNNEL, above=tuple(AREAS[:outside])), TODAY),
        area_headline(measured, TODAY),
    ]
    assert [sentence for sentence in said if disagreements(sentence)] == []


@pytest.mark.parametrize(("above", "certain"), list(product(COUNTS, repeat=2)))
def test_the_note_on_gaps_agrees_for_every_count(definition, above, certain):
    assert disagreements(gaps_note(definition(), above, certain)) == []


@pytest.mark.parametrize("count", [1, 2, 15, 24])
def test_what_stands_beside_a_chart_agrees_for_every_count(definition, yearly, count):
    said = [
        describe_limits(definition(), make_signal(points=count)),
        describe_limits(definition(), make_signal(points=count, chart="run")),
        describe_limits(definition(grain="overlapping_year"), make_signal(points=count, chart="line")),
        chart_choice(definition(), make_signal(points=count, chart="run")),
        describe_age(date(2025, 1, 31), date(2025 + count // 12, 1 + count % 12, 1)),
        describe_missing(count, "month"),
    ]
    assert [sentence for sentence in said if disagreements(sentence)] == []


@pytest.mark.parametrize(("clear", "steady", "unjudged"), list(product(COUNTS, repeat=3)))
def test_counts_of_verdicts_agree_for_every_count(definition, clear, steady, unjudged):
    verdicts = [a_month()] * clear + [a_month(**NONE)] * steady + [a_month(**UNJUDGED, reason="no_counts")] * unjudged
    measured = [(definition(), verdict) for verdict in verdicts]
    harm = [(definition(kind="harm"), verdict) for verdict in verdicts]
    neutral = [(definition(direction="neutral"), verdict) for verdict in verdicts]
    said = [england_answer([*harm, *measured]), everywhere_answer([*harm, *measured], [*harm, *measured], 15)]
    said += [describe_uncounted(neutral, []), describe_data(verdicts, date(2026, 1, 1))]
    said += [describe_areas(verdicts, england, len(verdicts) + 1) for england in (a_month(), a_month(**NONE), None)]
    assert [sentence for sentence in said if disagreements(sentence)] == []


@pytest.mark.parametrize(("faster", "slower", "steady"), list(product(COUNTS, repeat=3)))
def test_differences_from_england_agree_for_every_count(definition, faster, slower, steady):
    areas = [a_month(against_england="lower")] * faster + [a_month(**NONE, against_england="higher")] * slower
    areas += [a_steady_year()] * steady
    found = everywhere(definition(kind="harm"), a_year(), *areas)
    risk = everywhere(definition(kind="hazard"), a_month(), *areas)
    said = [describe_areas(areas, england, len(areas)) for england in (a_month(), a_year(), a_month(**NONE))]
    said += [describe_harm(found, {area: area.upper() for area in found.areas}), describe_on_year(found)]
    said += [describe_national([risk] * max(faster, 1))]
    assert [sentence for sentence in said if disagreements(sentence)] == []


@pytest.mark.parametrize("counts", list(product((0, 1, 2, 5), repeat=3)))
def test_the_spread_of_a_solution_agrees_for_every_count(counts):
    stages = ["engaged"] * counts[0] + ["stopped"] * counts[1] + ["unknown"] * counts[2]
    assert set(stages) <= {*STEPS, "stopped", "unknown"}
    said = describe_spread(dict(zip(AREAS, stages, strict=False)))
    assert disagreements(said) == [], said
