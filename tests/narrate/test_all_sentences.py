"""Every sentence that the real figures give rise to: fair, free of blame, and within a fourteen-year-old's reach."""

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
import textstat

from psc.narrate.aim_sentences import MeasuredAim, aim_sentence
from psc.narrate.area import describe_missing
from psc.narrate.chart import (
    assurance_sentence,
    chart_choice,
    describe_age,
    describe_chance,
    describe_limits,
    describe_run,
    describe_this_month,
    gaps_note,
    where_points_stand,
)
from psc.narrate.comparison import Compared, comparison_sentence
from psc.narrate.funnel_sentences import FunnelFacts
from psc.narrate.signal_words import describe_average, describe_point, describe_unlike_verdict
from psc.narrate.words import describe_period
from psc.store.query import run_query
from psc.store.stored_documents import read_documents
from psc.web.session.store import signal_of, verdict_of
from tests.narrate.agreement import disagreements

SCHOOL_YEARS_BEFORE = 5
"""A child is about five when the first school year begins, so reading age = Flesch-Kincaid grade + 5."""
BLAMING = re.compile(
    r"\b(because|due to|thanks to|caused|owing to|as a result|fail\w*|worst|worse|best|better than|outperform\w*"
    r"|slip\w*|poor performance|league|rank\w*|good|bad|blame\w*|deteriorat\w*|successful\w*|achiev\w*)\b",
    re.IGNORECASE,
)
MISSING = re.compile(r"\bnan\b|\bNaT\b|\bNone\b|\{|\}|  |\.\.| ,")


@pytest.fixture(scope="module")
def catalogue(store):
    return read_documents(store).catalogue


@pytest.fixture(scope="module")
def signals(store) -> pd.DataFrame:
    """Every signal of every area and of England."""
    return store.cursor().execute("SELECT * FROM signal ORDER BY metric_id, area_id").df()


def funnel_of(store, metric) -> FunnelFacts | None:
    found = run_query(store, "funnel", metric=metric)
    if found.empty:
        return None
    row, areas = found.iloc[0], run_query(store, "funnel_areas", metric=metric)
    names = {
        word: tuple(areas.loc[areas[column] == value, "name"])
        for word, column, value in (
            ("higher", "level", "higher"), ("lower", "level", "lower"),
            ("above", "side", "high"), ("below", "side", "low"),
        )
    }  # fmt: skip
    return FunnelFacts(
        areas=row["areas"],
        expected=0.03,
        overdispersed=row["overdispersed"],
        not_compared=int((~areas["compared"]).sum()),
        **names,
    )


def aim_sentences(definition, signal) -> list[str]:
    """All that can be said of an aim of a fifth less that was set before the latest figure, then and later."""
    last = signal.period_end
    series = pd.DataFrame(
        {"period_start": [pd.Timestamp(signal.period_start)], "period_end": [pd.Timestamp(last)], "value": signal.value}
    )
    aim = MeasuredAim(
        date(last.year - 1, 1, 1), signal.value + 1, date(last.year + 1, 12, 31), 0.8 * signal.value, "A priority"
    )
    before = replace(aim, by=date(last.year, last.month, 1))
    met = replace(aim, start=aim.target, target=aim.start - 0.5)
    return [
        aim_sentence(definition, aim, series, last),
        aim_sentence(definition, aim, series, date(last.year + 3, 1, 1)),
        aim_sentence(definition, before, series, date(last.year + 3, 1, 1)),
        aim_sentence(definition, met, series, last),
    ]


@pytest.fixture(scope="module")
def said(store, catalogue, signals) -> dict[str, list[str]]:
    """Everything there is to say about each measure."""
    sentences: dict[str, list[str]] = {}
    for metric, rows in signals.groupby("metric_id"):
        definition = catalogue.by_id[metric]
        all_signals = [signal_of(row) for _, row in rows.iterrows()]
        own = [
            words
            for signal in all_signals
            for words in (
                chart_choice(definition, signal),
                describe_limits(definition, signal),
                describe_run(signal),
                describe_missing(signal.missing, definition.grain),
                describe_chance(definition, signal),
                describe_this_month(definition, signal),
                describe_age(signal.period_end, date(2026, 11, 22)),
                assurance_sentence(definition, signal),
            )
            if words
        ]
        verdicts = run_query(store, "metric_verdicts", metric=metric).set_index("area_id")
        for area, signal in zip(rows["area_id"], all_signals, strict=True):
            unlike = describe_unlike_verdict(signal, verdict_of(verdicts.loc[area]))
            average = f"The latest point alone, against {describe_average(signal)}."
            point = f"{average} {describe_point(definition, signal)}".strip()
            own += [words for words in (unlike, point, where_points_stand(definition)) if words]
        own += [words for signal in all_signals for words in aim_sentences(definition, signal)]
        own += [gaps_note(definition, 2, 1), gaps_note(definition, 0, 0)] if definition.funnel == "proportion" else []
        areas = run_query(store, "compared_areas", metric=metric)
        start, end = areas["period_start"].iloc[0], areas["period_end"].iloc[0]
        england = run_query(store, "england_series", metric=metric).set_index("period_start")["value"]
        compared = Compared(describe_period(start, end, definition.grain), ("Wessex",), "May 2025", 2)
        own.append(comparison_sentence(definition, areas["value"], compared, england.get(start)))
        sentences[metric] = own
    return sentences


def test_there_is_something_to_say_of_every_measure_with_figures(said, catalogue):
    assert set(said) == {metric.id for metric in catalogue.metrics if metric.has_series}
    assert sum(map(len, said.values())) > 500


def test_no_sentence_blames_explains_or_ranks(said, catalogue):
    assert BLAMING.search("Wessex is the worst")
    for sentence in (sentence for sentences in said.values() for sentence in sentences):
        assert not BLAMING.search(sentence), sentence
        assert not MISSING.search(sentence), sentence
        assert sentence[-1] == "."
        assert sentence[0].isupper() or sentence[0].isdigit(), sentence


def test_numbers_and_verbs_agree_in_every_sentence(said):
    for sentence in (sentence for sentences in said.values() for sentence in sentences):
        assert disagreements(sentence) == [], sentence


def test_measures_with_no_better_side_are_never_improving_nor_a_concern(said, catalogue):
    neutral = [metric.id for metric in catalogue.metrics if metric.direction == "neutral" and metric.has_series]
    assert {"gabapentinoids", "total-opioids", "shmi"} <= set(neutral)
    for metric in neutral:
        for sentence in said[metric]:
            assert not re.search(r"improv|concern", sentence, re.IGNORECASE), sentence


def test_every_measure_can_be_read_at_fourteen(said, catalogue, store):
    """All that is said of one measure is judged as one text, each pattern of sentence once.

    The formula knows sentences, words and syllables only, so one name such as "gabapentinoids" would outweigh the rest
    of a short sentence. What has a name keeps it on the page; here a short word stands in its place, because names,
    titles and units are judged with the definitions. A label before a colon is read as a sentence of its own.
    """
    areas = list(run_query(store, "areas")["name"])
    for metric, sentences in said.items():
        definition = catalogue.by_id[metric]
        unit = definition.unit_sentence.replace("{value}", "").strip()
        names = [definition.plain_title, definition.title, definition.title[0].lower() + definition.title[1:], *areas]
        patterns = set()
        for sentence in sentences:
            for name in names:
                sentence = sentence.replace(name, "It")
            plain = sentence.replace(unit, "items").replace(": ", ". ")
            patterns.add(re.sub(r"\b[A-Z][a-z]+ 20\d\d", "May 2025", re.sub(r"\b\d[\d,.]*(?=[ %])", "5", plain)))
        text = " ".join(sorted(patterns))
        age = textstat.flesch_kincaid_grade(text) + SCHOOL_YEARS_BEFORE
        assert age <= 14, f"{metric}: {age:.1f}: {text}"
