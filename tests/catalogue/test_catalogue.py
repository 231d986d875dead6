"""The committed catalogue: every metric is there, understood by a newcomer, and honest about what it is."""

import re

import pytest
import textstat

from psc.catalogue.definition import Catalogue, load_catalogue
from psc.catalogue.observations import AREAS, check_harms, read_observations
from psc.ingest.measures import MEASURES

WITH_SERIES = {
    "mrsa", "mssa", "c-difficile", "e-coli", "klebsiella", "pseudomonas",
    "methotrexate-10mg", "high-dose-opioids", "total-opioids", "anxiolytics-hypnotics", "gabapentinoids",
    "fluoroquinolones", "broad-spectrum-antibiotics", "all-antibiotics", "high-dose-inhaled-steroids", "saba-share",
    "falls-admissions-65-plus", "self-harm-admissions", "emergency-admission-waits", "shmi",
}  # fmt: skip
WITHOUT_SERIES = {
    "pressure-ulcers", "inpatient-falls", "medical-device-incidents", "vte-risk-assessment", "never-events",
    "incident-reporting-nrls", "incident-reporting-lfpse", "maternity-indicators",
}  # fmt: skip
NEUTRAL = {
    "gabapentinoids", "total-opioids", "shmi", "medical-device-incidents", "never-events", "incident-reporting-nrls",
    "incident-reporting-lfpse",
}  # fmt: skip
HARM_CODES_IN_USE = {
    "absconding", "adoption_spread", "aki_hydration", "all_events", "all_incidents", "ambulance",
    "atrial_fibrillation", "capability", "cauti", "composite_harm", "copd_asthma", "copd_surgery", "crisis_care",
    "delirium", "deterioration", "deterioration_child", "falls", "infection", "maternity_neonatal", "measurement",
    "medical_devices", "medication", "mental_health_safety", "mortality", "mortality_review", "never_events", "niv",
    "older_people", "opioids", "preterm_brain_injury", "preterm_mortality", "pressure_ulcers", "primary_care_safety",
    "restrictive_practice", "safety_culture", "sepsis", "ssi", "suicide_self_harm", "surgery", "system_safety",
    "tracheostomy", "transfers_discharge", "transitions_paed_adult", "uti", "violence_aggression", "vte",
}  # fmt: skip
SETTING_CODES_IN_USE = {
    "all", "acute", "ambulance", "care_homes", "community", "community_pharmacy", "emergency_department",
    "maternity_neonatal", "memory_clinics", "mental_health", "primary_care", "private",
}  # fmt: skip
SCHOOL_YEARS_BEFORE = 5
"""A child is about five when the first school year begins, so reading age = Flesch-Kincaid grade + 5."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def metric_ids() -> list[str]:
    return sorted(WITH_SERIES | WITHOUT_SERIES)


def test_every_metric_is_there_and_figures_are_loaded_for_the_right_ones(catalogue):
    assert {metric.id for metric in catalogue.metrics if metric.has_series} == WITH_SERIES
    assert {metric.id for metric in catalogue.metrics if not metric.has_series} == WITHOUT_SERIES


def test_nothing_in_the_committed_harms_folder_is_wrong():
    assert [str(fault) for fault in check_harms()] == []


def test_metrics_come_harm_by_harm_and_those_with_figures_first(catalogue):
    order = [area.code for area in catalogue.harm_areas]
    places = [(order.index(metric.harm_area), not metric.has_series, metric.title) for metric in catalogue.metrics]
    assert places == sorted(places)
    groups = [catalogue.group_of[metric.harm_area].code for metric in catalogue.metrics]
    assert groups[0] == "infections"
    assert len(dict.fromkeys(groups)) == sum(1 for a, b in zip(groups, [None, *groups], strict=False) if a != b)


def test_the_vocabulary_has_a_word_for_every_code_priorities_and_cases_use(catalogue):
    assert {area.code for area in catalogue.harm_areas} >= HARM_CODES_IN_USE
    assert {setting.code for setting in catalogue.care_settings} >= SETTING_CODES_IN_USE
    assert 12 <= len(catalogue.harm_groups) <= 15


@pytest.mark.parametrize("metric_id", metric_ids())
def test_why_it_matters_can_be_read_at_fourteen(catalogue, metric_id):
    text = catalogue.by_id[metric_id].why_it_matters
    assert 2 <= textstat.sentence_count(text) <= 5  # abbreviated Latin names ("C. difficile") count as an end
    assert textstat.flesch_kincaid_grade(text) + SCHOOL_YEARS_BEFORE <= 14


def test_harm_groups_and_settings_can_be_read_at_fourteen(catalogue):
    for words in (catalogue.harm_groups, catalogue.harm_areas, catalogue.care_settings):
        text = " ".join(word.sentence for word in words)
        assert textstat.flesch_kincaid_grade(text) + SCHOOL_YEARS_BEFORE <= 14


def test_figures_with_no_better_direction_are_neutral_and_the_rest_are_not(catalogue):
    assert {metric.id for metric in catalogue.metrics if metric.direction == "neutral"} == NEUTRAL
    assert {metric.id for metric in catalogue.metrics if metric.direction == "higher"} == {"vte-risk-assessment"}


def test_prescribing_says_first_of_all_that_it_is_no_count_of_harm(catalogue):
    prescribing = [metric for metric in catalogue.metrics if "openprescribing" in metric.source_url]
    assert len(prescribing) == 10
    for metric in prescribing:
        assert metric.kind == "hazard"
        assert "hazardous prescribing, not a count of harm" in metric.caveats[0]


def test_area_figures_that_only_come_close_are_labelled(catalogue):
    approximate = {m.id for m in catalogue.metrics if m.area_values and m.area_values.approximate}
    infections = {m.id for m in catalogue.metrics if m.harm_area == "infection"}
    assert approximate == infections | {"falls-admissions-65-plus", "self-harm-admissions"}


def test_a_metric_without_figures_says_so_and_how_to_load_some(catalogue):
    for metric_id in WITHOUT_SERIES:
        no_series = catalogue.by_id[metric_id].no_series
        assert no_series.reason.startswith("No published series loaded. ")
        assert f"data/harms/{metric_id}/observations.csv" in no_series.how_to_load


@pytest.mark.parametrize(
    ("metric_id", "breaks"),
    [
        ("pressure-ulcers", ["2019-04-01"]),
        ("never-events", ["2018-02-01"]),
        ("incident-reporting-nrls", ["2024-07-01"]),
        ("vte-risk-assessment", ["2019-04-01", "2024-04-01"]),
        ("maternity-indicators", ["2019-04-01"]),
    ],
)
def test_known_changes_of_definition_break_the_series(catalogue, metric_id, breaks):
    assert [str(brk.date) for brk in catalogue.by_id[metric_id].series_breaks] == breaks


def test_the_multiplier_is_the_one_the_figures_were_made_with(catalogue):
    assert {m.id: m.multiplier for m in MEASURES} == {i: catalogue.by_id[i].multiplier for i in WITH_SERIES}


@pytest.mark.parametrize("metric_id", sorted(WITH_SERIES))
def test_the_latest_figure_of_an_area_reads_as_a_sentence(catalogue, metric_id):
    metric, table = catalogue.by_id[metric_id], read_observations(None, metric_id)
    latest = table[(table["area"] == "wessex") & table["value"].notna()].iloc[-1]
    sentence = metric.unit_sentence.format(value=f"{latest['value']:,.{metric.decimals}f}")
    assert re.match(r"\d[\d,]*(\.\d+)?%? ?\w", sentence)
    assert not sentence.startswith("0 "), "the figure needs more decimals"
    assert set(table["area"]) == {*AREAS, "england"}


@pytest.mark.parametrize(
    ("metric_id", "year", "cases"),
    [("mrsa", 2023, 910), ("c-difficile", 2023, 16867), ("e-coli", 2023, 42224), ("mrsa", 2009, 1898)],
)
def test_england_infections_come_to_the_published_count(metric_id, year, cases):
    table = read_observations(None, metric_id)
    england = table[(table["area"] == "england") & (table["period_start"] == f"{year}-04-01")]
    assert england["numerator"].item() == pytest.approx(cases, rel=0.005)
