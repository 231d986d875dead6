"""What a contributor's step means for an area, in sentences."""

from dataclasses import replace
from datetime import date

import pytest
import textstat

from psc.catalogue.definition import load_catalogue
from psc.narrate.denominator_step_sentences import Step, describe_checked, describe_moved, step_sentences
from psc.narrate.verdicts import Verdict, verdict_sentence
from psc.register.text.readability import SCHOOL_YEARS_BEFORE
from psc.settings import data_folder

CATALOGUE = load_catalogue(data_folder() / "harms")
WAITS = CATALOGUE.by_id["emergency-admission-waits"]
VERDICT = Verdict(
    *("monthly", "none", False, "steady", 0.01, -0.1, 0.1, None, 12, 7, 0, "alike", None, None, None),
    *(("denominator_step",), "", date(2025, 7, 1), date(2025, 7, 31), 25.81),
)
STEP = Step("RKB", "Coventry Hospitals", date(2024, 6, 1), 0.544, 26.46)


def test_sentence_names_the_trust_what_fell_when_and_the_figure_without_it():
    assert step_sentences(WAITS, [STEP], VERDICT) == [
        "One trust’s emergency admissions (Coventry Hospitals) fell by about half from June 2024. The area’s figure "
        "for July 2025 is 25.8% of emergency admissions, and 26.5% without it.",
        "The verdict is the same without it.",
    ]


def test_area_whose_verdict_hangs_on_a_trust_says_that_it_is_not_judged():
    verdict = replace(VERDICT, direction="not_judged", state="unjudged", reason="denominator_step")
    assert step_sentences(WAITS, [STEP], verdict)[-1] == (
        "Without it the verdict would be different, so we do not judge this area."
    )


def test_two_trusts_have_a_sentence_each_and_one_verdict():
    other = Step("RTF", "Northumbria", date(2024, 7, 1), 0.698, 25.8)
    first, second, last = step_sentences(WAITS, [STEP, other], VERDICT)
    assert "Coventry" in first and "Northumbria" in second and "and the same without it" in second
    assert last == "The verdict is the same without them."


def test_two_steps_of_one_trust_are_one_sentence():
    later = replace(STEP, first_period=date(2025, 1, 1), ratio=1.4)
    first, _ = step_sentences(WAITS, [STEP, later], VERDICT)
    assert "fell by about half from June 2024 and rose by 40% from January 2025." in first


def test_area_of_one_trust_alone_says_that_nothing_would_be_left():
    assert (
        "Without it the area would have no figure in July 2025."
        in (step_sentences(WAITS, [replace(STEP, value_without=None)], VERDICT)[0])
    )


def test_measure_that_is_never_judged_has_no_sentence_on_its_verdict():
    shmi = CATALOGUE.by_id["shmi"]
    verdict = replace(VERDICT, direction="not_judged", reason="overlapping", value=0.9)
    (sentence,) = step_sentences(shmi, [replace(STEP, value_without=0.85)], verdict)
    assert sentence.startswith("One trust’s expected deaths (Coventry Hospitals)")


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (0.5, "fell by about half"),
        (0.55, "fell by about half"),
        (0.7, "fell by 30%"),
        (1.5, "rose by 50%"),
        (2.1, "about doubled"),
    ],
)
def test_size_of_a_step_in_words(ratio, words):
    assert describe_moved(ratio) == words


def test_every_measure_says_whether_it_was_checked():
    for metric in CATALOGUE.metrics:
        said = describe_checked(metric, [])
        assert said.startswith("" if metric.is_count else "We checked" if metric.contributors else "Not checked"), (
            metric.id
        )
    assert "That happened here" in describe_checked(WAITS, [STEP])


def test_sentences_can_be_read_at_fourteen():
    for ratio in (0.5, 0.7, 1.4, 2.0):
        for verdict in (VERDICT, replace(VERDICT, direction="not_judged", reason="denominator_step")):
            said = [verdict_sentence(WAITS, verdict), *step_sentences(WAITS, [replace(STEP, ratio=ratio)], verdict)]
            text = " ".join(said).replace("’", "'")
            assert textstat.flesch_kincaid_grade(text) + SCHOOL_YEARS_BEFORE <= 14, text
    for metric in CATALOGUE.metrics:
        for steps in ([], [STEP]):
            if text := describe_checked(metric, steps):
                assert textstat.flesch_kincaid_grade(text) + SCHOOL_YEARS_BEFORE <= 14, text
