"""Every answer of the Area and Compare pages from the real figures: short, plain, free of blame, and never missing."""

import re
from datetime import date

import pandas as pd
import pytest
import textstat

from psc.narrate.area import Measured, area_headline, describe_panel
from psc.narrate.comparison import comparison_headline, describe_open_dots
from psc.narrate.funnel_sentences import difference_question, funnel_note, funnel_sentence
from psc.narrate.levels import Level, levels_sentence
from psc.narrate.people_sentences import People, people_sentence
from psc.store.query import run_query
from psc.store.stored_documents import read_documents
from psc.web.session.store import verdict_of
from tests.narrate.test_all_sentences import BLAMING, MISSING, SCHOOL_YEARS_BEFORE, funnel_of

TODAY = date(2026, 11, 28)
MOST_WORDS = 30


@pytest.fixture(scope="module")
def catalogue(store):
    return read_documents(store).catalogue


@pytest.fixture(scope="module")
def verdicts(store, catalogue):
    """Every verdict by measure and area."""
    found: dict[str, dict] = {metric.id: {} for metric in catalogue.metrics if metric.has_series}
    for _, row in store.cursor().execute("SELECT * FROM verdict ORDER BY metric_id, area_id").df().iterrows():
        found[row["metric_id"]][row["area_id"]] = verdict_of(row)
    return found


@pytest.fixture(scope="module")
def answers(store, catalogue, verdicts, known) -> list[str]:
    said = [comparison_headline(each, funnel_of(store, metric), TODAY) for metric, each in verdicts.items()]
    for area in run_query(store, "areas")["id"]:
        measured = [
            Measured(catalogue.by_id[metric], each[area], each.get("england"))
            for metric, each in verdicts.items()
            if area in each
        ]
        said.append(area_headline(measured, TODAY))
        listed = [level for level in levels_in(area, measured, known) if level.is_listed]
        said.append(levels_sentence(listed))
    return said


def levels_in(area, measured, known) -> list[Level]:
    """The level of each measure of an area, as the page makes it, from what is ``known`` of each measure."""
    found = []
    for one in measured:
        england, ways, people = known[one.definition.id]
        row = people_of(people.loc[area]) if area in people.index else None
        figure = england.get(pd.Timestamp(one.verdict.period_start))
        found.append(Level(one.definition, one.verdict, figure, way=ways.get(area, ""), people=row))
    return found


@pytest.fixture(scope="module")
def known(store, verdicts) -> dict[str, tuple]:
    """England's figures by period, the areas' sides in the funnel, and their differences in people, by measure."""
    return {
        metric: (
            run_query(store, "england_series", metric=metric).set_index("period_start")["value"],
            run_query(store, "funnel_areas", metric=metric).set_index("area_id")["level"],
            run_query(store, "metric_people", metric=metric).set_index("area_id"),
        )
        for metric in verdicts
    }


def people_of(row) -> People:
    return People(row.difference, row.lower, row.upper, row.clear, row.months, row.period_end.date())


@pytest.fixture(scope="module")
def sentences(store, catalogue, verdicts, answers) -> list[str]:
    said = list(answers)
    for metric, each in verdicts.items():
        own = [
            describe_panel(catalogue.by_id[metric], verdict, each.get("england"), TODAY) for verdict in each.values()
        ]
        funnel = funnel_of(store, metric)
        said += [*own, difference_question(catalogue.by_id[metric])]
        said += [words] if (words := describe_open_dots(each)) else []
        said += [funnel_sentence(funnel), funnel_note(funnel)] if funnel else []
    for row in store.cursor().execute("SELECT * FROM people").df().itertuples():
        said.append(people_sentence(catalogue.by_id[row.metric_id], people_of(row)) or "Nothing is said.")
    return said


def test_every_answer_has_at_most_thirty_words(answers):
    assert len(answers) > 30
    assert [answer for answer in answers if len(answer.split()) > MOST_WORDS] == []


def test_no_answer_calls_an_area_ahead_or_behind(answers):
    assert [answer for answer in answers if re.search(r"\bahead\b|\bis behind\b|\bbehind in\b", answer)] == []


def test_what_is_said_above_a_funnel_has_at_most_sixty_words(store, catalogue, verdicts):
    funnels = {metric: funnel for metric in verdicts if (funnel := funnel_of(store, metric))}
    said = [f"{funnel_sentence(funnel)} {difference_question(catalogue.by_id[m])}" for m, funnel in funnels.items()]
    assert len(said) > 10
    assert [words for words in said if len(words.split()) > 60] == []


def test_no_difference_in_people_is_clear_that_the_answer_passes_over(store):
    """The table of Compare calls it clear, so the sentence on levels counts it, and the column beside it agrees."""
    people = store.cursor().execute("SELECT * FROM people").df()
    for metric, rows in people.groupby("metric_id"):
        levels = run_query(store, "funnel_areas", metric=metric).set_index("area_id")
        for row in rows.itertuples():
            way = ("higher" if row.difference < 0 else "lower") if row.clear else ""
            assert levels["level"][row.area_id] == way or levels["side"][row.area_id], (metric, row.area_id)


def test_no_sentence_blames_explains_ranks_or_leaves_a_gap(sentences):
    for sentence in sentences:
        assert not BLAMING.search(sentence), sentence
        assert not MISSING.search(sentence), sentence
        assert "usual" not in sentence and "since" not in sentence, sentence
        assert sentence[-1] in ".?" and (sentence[0].isupper() or sentence[0].isdigit()), sentence


def test_the_sentences_are_within_a_fourteen_year_olds_reach(sentences):
    ages = [textstat.flesch_kincaid_grade(sentence) + SCHOOL_YEARS_BEFORE for sentence in sentences]
    assert sum(ages) / len(ages) < 14
