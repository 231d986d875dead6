"""What a verdict says: checked by eye on the chart, of every kind there is, and within a fourteen-year-old's reach."""

import re
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
import textstat

from psc.charts.style.direction_signs import sign_name, sign_names, sign_svg
from psc.charts.style.palette import STATE_COLOUR
from psc.narrate.against import against_sentence
from psc.narrate.verdicts import (
    REASON_WORDS,
    STATE_WORDS,
    Verdict,
    describe_change,
    describe_interval,
    latest_sentence,
    verdict_sentence,
)
from psc.store.stored_documents import read_documents
from psc.web.session.store import verdict_of

SCHOOL_YEARS_BEFORE = 5

UNSAID = re.compile(r"\busual|\bsince\b|\bnan\b|None|\{|\}|  |\.\.| ,|\bbest\b|\bworst\b|because|due to", re.IGNORECASE)


def monthly(**changes):
    """A monthly series 8% lower in all of the last 12 months, certain, an improvement, but for what is asked for."""
    known = {
        "method": "monthly",
        "direction": "lower",
        "certain": True,
        "state": "improving",
        "change": -0.08,
        "lower": -0.10,
        "upper": -0.06,
        "change_on_year": None,
        "pairs": 12,
        "agreeing": 12,
        "years": 0,
        "against_england": "alike",
        "against_change": 0.0,
        "against_lower": -0.02,
        "against_upper": 0.02,
        "flags": (),
        "reason": "",
        "period_start": date(2025, 12, 1),
        "period_end": date(2025, 12, 31),
        "value": 9.31,
    }
    return Verdict(**{**known, **changes})


def yearly_verdict(**changes):
    known = {
        "method": "yearly",
        "direction": "higher",
        "state": "concern",
        "change": 0.19,
        "lower": 0.04,
        "upper": 0.36,
        "change_on_year": 0.15,
        "pairs": 0,
        "agreeing": 0,
        "years": 5,
        "period_start": date(2023, 4, 1),
        "period_end": date(2024, 3, 31),
    }
    return monthly(**{**known, **changes})


UNCERTAIN = {"certain": False, "state": "unclear", "lower": -0.21, "upper": 0.03}

NONE = {"direction": "none", "certain": False, "state": "steady"}


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (
            monthly(),
            "Improving: lower than a year before in 12 of the last 12 months; 8% lower (6% to 10%).",
        ),
        (
            monthly(pairs=10, agreeing=10),
            "Improving: lower than a year before in 10 of the 10 months that can be compared; 8% lower (6% to 10%).",
        ),
        (
            monthly(**UNCERTAIN, change=-0.1),
            "Lower than a year before in 12 of the last 12 months; about 10% lower. This could still be chance.",
        ),
        (
            monthly(**NONE, agreeing=7, change=0.03, lower=-0.02, upper=0.08),
            "No clear change: higher than a year before in 7 of the last 12 months; about 3% higher, but it could lie "
            "between 2% lower and 8% higher.",
        ),
        (
            monthly(**NONE, agreeing=10, change=-0.41, lower=-0.57, upper=-0.2),
            "No clear change: lower than a year before in 10 of the last 12 months, and it takes 11; about 41% lower "
            "(20% to 57%).",
        ),
        (
            monthly(**NONE, pairs=10, agreeing=9, change=-0.1, lower=-0.2, upper=-0.01),
            "No clear change: lower than a year before in 9 of the 10 months that can be compared, and it takes 10; "
            "about 10% lower (1% to 20%).",
        ),
        (
            monthly(**NONE, agreeing=8, change=0.03, lower=None, upper=None),
            "No clear change: higher than a year before in 8 of the last 12 months; about 3% higher.",
        ),
        (
            monthly(**NONE, agreeing=6, change=0.001, lower=-0.02, upper=0.003),
            "No clear change: higher than a year before in some months, lower in others; about the same overall, but "
            "it could lie between 2% lower and no change.",
        ),
        (
            monthly(**UNCERTAIN, change=-0.003, flags=("complement",)),
            "Lower than a year before in 12 of the last 12 months; about 0.3% lower. This could still be chance.",
        ),
        (
            monthly(**NONE, agreeing=5, change=0.03, lower=-0.01, upper=0.07),
            "No clear change: higher than a year before in some months, lower in others; about 3% higher, but it could "
            "lie between 1% lower and 7% higher.",
        ),
        (
            monthly(**NONE, agreeing=0, change=0.0),
            "No clear change: the same as a year before in every month that can be compared.",
        ),
        (
            monthly(**NONE, change=-0.015, lower=-0.03, upper=0.002),
            "No clear change: lower than a year before in 12 of the last 12 months, but by less than 2% (3% lower to "
            "no change).",
        ),
        (
            yearly_verdict(),
            "A concern: 19% higher than the five years before (4% to 36%), and 15% higher than the year before.",
        ),
        (
            yearly_verdict(**NONE, change=0.04, lower=-0.04, upper=0.13, change_on_year=0.002, years=4),
            "No clear change: 4% higher than the four years before (4% lower to 13% higher), and about the same as the "
            "year before, but not clearly above those four years.",
        ),
        (
            yearly_verdict(**NONE, change=0.31, lower=0.06, upper=0.61, flags=("pandemic_higher",)),
            "No clear change: 31% higher than the five years before (6% to 61%), and 15% higher than the year before, "
            "but not clearly above the last two. Without the two years of the pandemic it would count as higher.",
        ),
        (
            yearly_verdict(**NONE, change=-0.2, lower=-0.3, upper=-0.1, change_on_year=0.05),
            "No clear change: 20% lower than the five years before (10% to 30%), and 5% higher than the year before.",
        ),
        (
            monthly(method="rare", change=-0.7, lower=-0.8, upper=-0.5, agreeing=9),
            "Improving: the rate of the last 12 months was 70% lower (50% to 80%) than that of the 12 before.",
        ),
        (
            monthly(**NONE, method="rare", reason="too_few_to_say"),
            "Too few to say: so few are counted that the last 12 months and the 12 before may differ by chance.",
        ),
        (
            monthly(direction="not_judged", certain=False, state="unjudged", reason="overlapping"),
            "Not judged: each figure covers 12 months that overlap with the next.",
        ),
    ],
)
def test_verdict_is_said_so_that_it_can_be_checked_on_the_chart(definition, verdict, expected):
    assert verdict_sentence(definition(direction="lower"), verdict) == expected


def test_change_on_a_neutral_measure_is_never_called_improving_or_a_concern(definition):
    words = verdict_sentence(definition(direction="neutral"), monthly(state="lower"))
    assert words.endswith("(6% to 10%). On this measure neither way is better.")
    assert not re.search("improv|concern", words, re.IGNORECASE)


@pytest.mark.parametrize(
    ("here", "england", "expected"),
    [
        (monthly(against_england="lower"), monthly(), "That is a faster fall than in England."),
        (monthly(against_england="higher"), monthly(), "That is a slower fall than in England."),
        (monthly(), monthly(), "The change does not clearly differ from England’s."),
        (monthly(change=-0.69), monthly(change=-0.19), "The change does not clearly differ from England’s."),
        (
            monthly(**UNCERTAIN, against_england="lower"),
            monthly(**NONE),
            "The change does not clearly differ from England’s.",
        ),
        (monthly(**NONE, against_england="higher"), monthly(**UNCERTAIN), ""),
        (monthly(**NONE, against_england="alike"), monthly(), ""),
        (
            monthly(**NONE, against_england="higher"),
            monthly(change=-0.22),
            "In England it was 22% lower, a clear difference.",
        ),
        (monthly(against_england=""), monthly(), ""),
        (monthly(against_england="lower"), None, ""),
    ],
)
def test_change_is_set_beside_that_of_england(here, england, expected):
    assert against_sentence(here, england) == expected


def test_interval_is_said_from_the_smaller_to_the_larger_change():
    assert describe_interval(-0.1, -0.06) == "6% to 10%"
    assert describe_interval(0.04, 0.36) == "4% to 36%"
    assert describe_interval(-0.21, 0.03) == "21% lower to 3% higher"
    assert describe_interval(None, None) == ""


def test_change_of_under_half_a_percent_is_about_the_same():
    assert [describe_change(size) for size in (0.004, -0.008, 0.12)] == ["about the same", "0.8% lower", "12% higher"]


@pytest.fixture(scope="module")
def real(store):
    """Every verdict in the store with its definition and England's verdict on the same measure."""
    catalogue = read_documents(store).catalogue
    rows = store.cursor().execute("SELECT * FROM verdict ORDER BY metric_id, area_id").df()
    verdicts = [(row["metric_id"], row["area_id"], verdict_of(row)) for _, row in rows.iterrows()]
    england = {metric: verdict for metric, area, verdict in verdicts if area == "england"}
    return [(catalogue.by_id[metric], area, verdict, england.get(metric)) for metric, area, verdict in verdicts]


def every_kind(definition):
    """A verdict of every method, direction, certainty, reason and flag on a measure."""
    better = definition.direction
    for base, way, certain, flags in product(
        (monthly(), yearly_verdict(), monthly(method="rare")),
        ("lower", "higher"),
        (True, False),
        ((), ("pandemic_none",), ("pandemic_lower",), ("complement",), ("gaps",)),
    ):
        size = 0.3 if way == "higher" else -0.3
        state = way if better == "neutral" else "improving" if way == better else "concern"
        yield replace(
            base,
            direction=way,
            certain=certain,
            state=state if certain else "unclear",
            change=size,
            lower=min(size / 2, size * 2),
            upper=max(size / 2, size * 2),
            flags=flags,
        )
    for base in (monthly(), yearly_verdict()):
        yield replace(base, direction="none", certain=False, state="steady")
    for reason in REASON_WORDS:
        yield monthly(direction="not_judged", certain=False, state="unjudged", reason=reason)
    yield monthly(**NONE, method="rare", reason="too_few_to_say")


def sentences_of(definition, verdict, england):
    said = [latest_sentence(definition, verdict), against_sentence(verdict, england)]
    return [words for words in said if words]


def test_every_reason_in_the_store_has_words(real):
    reasons = {verdict.reason for _, _, verdict, _ in real}
    assert reasons <= {"", "too_few_to_say", *REASON_WORDS}


def test_every_sentence_on_every_measure_can_be_read_at_fourteen(real):
    """Names and units are judged with the definitions; a short word stands in their place here."""
    patterns: dict[str, set[str]] = {}
    for definition, _, verdict, england in real:
        unit = definition.unit_sentence.replace("{value}", "").strip()
        kinds = [verdict, *every_kind(definition)] if definition.id not in patterns else [verdict]
        for sentence in (one for kind in kinds for one in sentences_of(definition, kind, england)):
            assert not UNSAID.search(sentence), sentence
            assert sentence[0].isupper() or sentence[0].isdigit(), sentence
            assert sentence.endswith("."), sentence
            plain = sentence.replace(unit, "items").replace(": ", ". ")
            plain = re.sub(r"\b[A-Z][a-z]+ 20\d\d", "May 2025", re.sub(r"\d[\d,.]*(?=[ %])", "5", plain))
            patterns.setdefault(definition.id, set()).add(plain)
    for metric, found in patterns.items():
        assert len(found) > 20
        for text in (" ".join(sorted(found)), *(one for one in found if len(one.split()) >= 20)):
            age = textstat.flesch_kincaid_grade(text) + SCHOOL_YEARS_BEFORE
            assert age <= 14, f"{metric}: {age:.1f}: {text}"


def test_sentence_says_what_the_state_says(real):
    for definition, area, verdict, _ in real:
        words = verdict_sentence(definition, verdict)
        assert ("could still be chance" in words) == (verdict.state == "unclear"), (definition.id, area)
        assert words.startswith("Improving: ") == (verdict.state == "improving"), words
        assert words.startswith("A concern: ") == (verdict.state == "concern"), words
        assert words.startswith("Not judged: ") == (verdict.state == "unjudged"), words


def test_every_verdict_in_the_store_has_a_sign_of_its_own_shape(real):
    names = sign_names()
    assert {sign_name(verdict.state, verdict.direction) for _, _, verdict, _ in real} <= set(names)
    drawings = {
        re.sub(r"#[0-9a-f]{6}|<title>.*</title>|aria-label=\"[^\"]*\"", "", sign_svg(*names[one])) for one in names
    }
    assert len(drawings) == len(names)
    assert set(STATE_WORDS) == set(STATE_COLOUR)
