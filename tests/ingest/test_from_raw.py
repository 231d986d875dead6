"""The committed series, rebuilt from the publishers' files and held against what the publishers say of England."""

import csv
import datetime as dt
from collections import defaultdict
from itertools import pairwise

import pandas as pd
import pytest

from psc.geography.apportion import load_weights, trust_areas
from psc.ingest.ae import expected_providers, find_repeats, read_providers, reasons_to_leave_out, repeated_months
from psc.ingest.build_harms import build_harms
from psc.ingest.contributors import merged_into
from psc.ingest.fingertips import ENGLAND_CODE, read_rates, weighted_means
from psc.ingest.measures import HCAI, MEASURES
from psc.ingest.openprescribing import read_measure
from psc.ingest.shmi import read_releases
from psc.ingest.ukhsa import read_england, read_icb_rates, read_workbook

# In one group, so that the series are rebuilt once and not by each process of the tests.
pytestmark = [pytest.mark.needs_raw, pytest.mark.xdist_group("raw")]


@pytest.fixture(scope="module")
def rebuilt(raw, data, tmp_path_factory):
    """A data folder whose harms were built from the raw files just now."""
    folder = tmp_path_factory.mktemp("rebuilt")
    (folder / "boundaries").symlink_to(data / "boundaries", target_is_directory=True)
    build_harms(raw, folder)
    return folder


@pytest.fixture(scope="module")
def workbook(raw):
    return read_workbook(raw / "harms/ukhsa_hcai/ukhsa_hcai_annual_tables_2023_to_2024.ods")


@pytest.fixture(scope="module")
def providers(raw, data):
    """All provider-months of the A&E file, with what they repeat and why they are not counted."""
    path = raw / "harms/nhs_england_ae/england_trust_accidents_emergency.csv"
    frame = read_providers(path, trust_areas(data / "boundaries"))
    frame["repeats"] = find_repeats(frame)
    return frame.assign(reason=reasons_to_leave_out(frame))


def series(folder, metric):
    return pd.read_csv(folder / "harms" / metric / "observations.csv", parse_dates=["period_start", "period_end"])


def england(folder, metric):
    rows = series(folder, metric)
    return rows[rows["area"] == "england"].set_index("period_start")


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_the_committed_file_is_what_the_raw_files_give(rebuilt, data, measure):
    name = f"harms/{measure.id}/observations.csv"
    assert (rebuilt / name).read_bytes() == (data / name).read_bytes()


@pytest.mark.parametrize("metric", ["emergency-admission-waits", "shmi"])
@pytest.mark.parametrize("name", ["denominator_steps.csv", "step_contributors.csv"])
def test_the_committed_steps_are_what_the_raw_files_give(rebuilt, data, metric, name):
    assert (rebuilt / "harms" / metric / name).read_bytes() == (data / "harms" / metric / name).read_bytes()


@pytest.mark.parametrize(
    ("metric", "published"), [("mrsa", 910), ("c-difficile", 16_867), ("e-coli", 42_224)], ids=lambda value: str(value)
)
def test_cases_of_2023_24_match_the_published_count(rebuilt, metric, published):
    assert england(rebuilt, metric)["numerator"]["2023-04-01"] == pytest.approx(published, rel=0.005)


@pytest.mark.parametrize("measure", HCAI, ids=lambda measure: measure.id)
def test_cases_of_every_year_match_the_published_counts(rebuilt, workbook, measure):
    published = read_england(workbook["Table_S1"], "workbook")
    published = published[published["species"] == measure.source].set_index("year")["cases"]
    estimated = england(rebuilt, measure.id)["numerator"]
    assert len(estimated) >= 7
    for start, cases in estimated.items():
        assert cases == pytest.approx(published[start.year], rel=0.0015), start


def test_the_workbook_and_the_retabulated_rates_agree(raw, data, workbook):
    weights = load_weights(data / "boundaries")
    codes = set(weights.loc[weights["geography"] == "icb24", "code"])
    rates = read_icb_rates(workbook["Table_S6"], "workbook", [measure.source for measure in HCAI], codes)
    other = pd.read_csv(raw / "harms/ukhsa_hcai/hcai_icb_fy_rates.csv")
    both = rates.merge(
        other, how="outer", left_on=["species", "code", "year"], right_on=["species", "icb_ons", "fy_start"]
    )
    assert len(both) == len(rates) == len(other)
    assert both["rate_x"].to_numpy() == pytest.approx(both["rate_y"].to_numpy(), rel=1e-12)


def test_observed_and_expected_deaths_balance_in_every_release(raw, data):
    releases = read_releases(raw / "harms/shmi/shmi.csv", trust_areas(data / "boundaries"))
    sums = releases.groupby("release")[["observed", "expected"]].sum()
    ratios = sums["observed"] / sums["expected"]
    assert len(ratios) == 11
    unbalanced = dt.date(2012, 4, 1)  # as published: 564 fewer deaths than expected, spread over many trusts
    assert ratios.drop(unbalanced).to_numpy() == pytest.approx(1, abs=0.0005)
    assert ratios[unbalanced] == pytest.approx(0.998, abs=0.0005)


@pytest.mark.parametrize(("source", "people"), [("falls", "weight_65_plus"), ("self_harm", "weight")])
def test_weighting_district_rates_reproduces_the_rate_of_england(raw, data, source, people):
    boundaries = data / "boundaries"
    rates = read_rates(raw / f"harms/fingertips/admissions_{source}.csv", boundaries)
    column = {"weight_65_plus": "population_65_plus", "weight": "population"}[people]
    districts = rates[(rates["code"] != ENGLAND_CODE) & rates["rate"].notna()]
    weights = load_weights(boundaries)
    number = weights[weights["geography"] == "lad18"].groupby("code")[column].sum()
    published = rates[rates["code"] == ENGLAND_CODE].set_index("year")["rate"]
    tolerance = 0.005 if source == "falls" else 0.02  # self-harm varies more with age, which weights by people ignore
    for year, part in districts.groupby("year"):
        share = part["code"].map(number)
        assert (part["rate"] * share).sum() / share.sum() == pytest.approx(published[year], rel=tolerance), year
    assert set(weighted_means(districts, boundaries, people)["area"]) == set(trust_areas(boundaries).values())


def test_emergency_admissions_add_up_to_the_file(raw, rebuilt, providers):
    """Nothing is lost: what is published, plus the months and areas said to be without figure, is the whole file."""
    rows = series(rebuilt, "emergency-admission-waits")
    areas = rows[rows["area"] != "england"]
    blank = {(row.area, row.period_start.date()) for row in areas.itertuples() if pd.isna(row.numerator)}
    keys = pd.MultiIndex.from_frame(providers[["area", "month"]])
    counted = providers[~keys.isin(blank) & (providers["reason"] == "")]
    assert areas["denominator"].sum() == counted["admissions"].sum()
    assert areas["numerator"].sum() == counted["waits"].sum()
    with (raw / "harms/nhs_england_ae/england_trust_accidents_emergency.csv").open(encoding="utf-8") as stream:
        total = sum(
            int(row["total_emergency_admissions"]) for row in csv.DictReader(stream) if row["date"] == "June 2023"
        )
    assert england(rebuilt, "emergency-admission-waits")["denominator"]["2023-06-01"] == total == 522_666


def test_what_is_left_out_of_emergency_admissions_is_known(providers):
    """A new surprise in the publisher's file must be looked at by a person before it is published."""
    assert repeated_months(providers) == {
        dt.date(2025, 2, 1): dt.date(2024, 2, 1),
        dt.date(2025, 3, 1): dt.date(2024, 3, 1),
    }
    repeated = providers["month"].isin([dt.date(2025, 2, 1), dt.date(2025, 3, 1)])
    rest = providers[(providers["reason"] != "") & ~repeated]
    found = {(row.code, f"{row.month:%Y-%m}", row.reason) for row in rest.itertuples()}
    assert found == {
        ("RTQ", "2021-07", "waits not reported"),
        ("RC9", "2022-04", "figures repeat April 2021"),
        ("RBD", "2022-04", "implausible figures"),
        ("RVJ", "2022-05", "figures repeat May 2021"),
        # One month alone, with as many attendances as in the months around it.
        ("RQ3", "2022-10", "implausible figures"),
        ("RLT", "2022-11", "implausible figures"),
        ("RLT", "2023-02", "implausible figures"),
        ("RHM", "2023-07", "implausible figures"),
        ("RCX", "2025-04", "implausible figures"),
    }


def test_providers_that_stop_reporting_had_merged(providers, data):
    last = expected_providers(providers).groupby("code")["month"].max()
    stopped = last[last < providers["month"].max()]
    assert stopped.to_dict() == {
        "RA4": dt.date(2023, 3, 1),  # Yeovil, into Somerset
        "RAP": dt.date(2024, 12, 1),  # North Middlesex, into Royal Free
        "RBZ": dt.date(2022, 3, 1),  # Northern Devon, into Royal Devon
        "RVY": dt.date(2023, 6, 1),  # Southport and Ormskirk, into St Helens and Knowsley
        "RW6": dt.date(2021, 9, 1),  # Pennine Acute, into Northern Care Alliance
    }
    merged = merged_into(data / "boundaries", dt.date(2021, 4, 1), dt.date(2025, 7, 31))
    assert set(stopped.index) - set(merged) == {"RW6"}  # shared out between two trusts


def test_apportionment_agrees_with_a_slow_obvious_twin(raw, data, rebuilt):
    shares = defaultdict(list)
    with (data / "boundaries/geography_weights.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["geography"] == "sub_icb24_ods":
                shares[row["code"]].append((row["area"], float(row["weight"])))
    top, bottom = defaultdict(float), defaultdict(float)
    with (raw / "harms/openprescribing/broad_spectrum.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            for area, weight in shares[row["code"]]:
                for key in ((area, row["month"]), ("england", row["month"])):
                    top[key] += weight * float(row["numerator"])
                    bottom[key] += weight * float(row["denominator"])
    with (rebuilt / "harms/broad-spectrum-antibiotics/observations.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert {(row["area"], row["period_start"]) for row in rows} == set(top)
    for row in rows:
        key = row["area"], row["period_start"]
        assert float(row["numerator"]) == pytest.approx(top[key], abs=0.1)
        assert float(row["denominator"]) == pytest.approx(bottom[key], abs=0.1)
        assert float(row["value"]) == pytest.approx(100 * top[key] / bottom[key], rel=1e-4)


def test_no_prescribing_month_is_missing_or_repeats_the_one_before(raw, data):
    for path in sorted((raw / "harms/openprescribing").glob("*.csv")):
        frame = read_measure(path, data / "boundaries")
        months = sorted(frame["month"].unique())
        steps = [(b.year - a.year) * 12 + b.month - a.month for a, b in pairwise(months)]
        assert set(steps) == {1}, path.name
        wide = frame.pivot(index="month", columns="code", values=["numerator", "denominator"])
        assert not wide.duplicated().any(), path.name
