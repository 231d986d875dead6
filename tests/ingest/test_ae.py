"""A&E statistics: what counts when providers do not report, repeat themselves or blunder."""

import datetime as dt
import random
from statistics import median

import pandas as pd
import pytest

from psc.geography.apportion import trust_areas
from psc.ingest.ae import emergency_wait_series, find_odd_months, read_providers
from psc.ingest.measures import EMERGENCY_WAITS


@pytest.fixture
def rows(samples, boundaries):
    series = emergency_wait_series(samples / "ae_good.csv", boundaries, EMERGENCY_WAITS)
    return series.set_index(["area", "period_start"])


def month(number):
    return dt.date(2021, number, 1)


def test_waits_and_admissions_are_added_up_per_area(rows):
    april = rows.loc[("wessex", month(4))]
    assert (april["numerator"], april["denominator"], april["note"]) == (520, 6500, "")
    assert april["value"] == 8
    assert april["period_end"] == dt.date(2021, 4, 30)
    assert rows.loc[("england", month(4))]["numerator"] == 820


def test_a_provider_without_waits_leaves_numerator_and_denominator(rows):
    may = rows.loc[("wessex", month(5))]
    assert (may["numerator"], may["denominator"]) == (610, 6200)
    assert may["value"] == pytest.approx(100 * 610 / 6200)
    assert may["note"] == "Counts 2 of 3 providers, without Gamma Hospitals (waits not reported)."


def test_no_figure_while_a_large_provider_is_not_in_the_file(rows):
    june = rows.loc[("wessex", month(6))]
    assert pd.isna(june["value"]) and pd.isna(june["numerator"])
    assert june["note"] == (
        "No figure: only 2 of 3 providers, without Alpha Hospitals (no figures); usually 61% of admissions are theirs."
    )
    england = rows.loc[("england", month(6))]
    assert (england["numerator"], england["denominator"]) == (320, 3200)
    assert england["note"] == "Total of 1 of 2 areas."


def test_an_impossible_number_of_admissions_is_left_out(rows):
    assert pd.isna(rows.loc[("kss", month(7))]["value"])
    assert "without Epsilon Hospitals (implausible figures)" in rows.loc[("kss", month(7))]["note"]


def admissions(**providers):
    """Months of providers, each with its emergency admissions from April 2021 on, none of them repeated."""
    return pd.DataFrame(
        [
            (code, dt.date(2021 + (3 + place) // 12, (3 + place) % 12 + 1, 1), number, None)
            for code, numbers in providers.items()
            for place, number in enumerate(numbers)
        ],
        columns=["code", "month", "admissions", "repeats"],
    )


def odd(frame):
    return frame.loc[find_odd_months(frame), "admissions"].tolist()


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([4620, 4928, 4721, 7865, 4788, 4618, 4953], [7865]),
        ([2358, 2351, 2348, 1111, 2239, 2143, 2263], [1111]),
        ([4620, 4928, 4721, 6900, 4788, 4618, 4953], []),
        ([620, 628, 621, 965, 628, 618, 653], []),
    ],
    ids=["far above", "far below", "a busy month", "a small provider"],
)
def test_a_single_month_far_from_those_around_it_is_odd(numbers, found):
    assert odd(admissions(RAA=numbers)) == found


def test_a_change_that_lasts_is_not_an_odd_month():
    assert odd(admissions(RAA=[9600, 9500, 9700, 6300, 6200, 6100, 6300])) == []
    assert odd(admissions(RAA=[2900, 2900, 2900, 7500, 7500, 7500, 7400])) == []


def test_nobody_can_tell_yet_whether_one_of_the_last_months_is_odd():
    assert odd(admissions(RAA=[4620, 4928, 4721, 4700, 7865, 4788, 4618])) == []


def test_providers_do_not_lend_each_other_the_months_around():
    assert odd(admissions(RAA=[4000] * 3 + [8000], RBB=[4000] * 3)) == []


def test_a_repeated_month_is_not_among_those_around_an_odd_one():
    frame = admissions(RAA=[2358, 2351, 2348, 9000, 1111, 9000, 2239, 2143, 2263])
    frame.loc[frame["admissions"] == 9000, "repeats"] = dt.date(2020, 1, 1)
    assert odd(frame) == [1111]


def slow_odd(numbers):
    """The twin: month by month, in plain words."""
    found = []
    for place in range(3, len(numbers) - 3):
        low, high = sorted([median(numbers[place - 3 : place]), median(numbers[place + 1 : place + 4])])
        number = numbers[place]
        away = number > 1.5 * high or 1.5 * number < low
        if away and max(number, low) >= 1000 and high <= 1.25 * low:
            found.append(number)
    return found


def test_odd_months_agree_with_a_slow_obvious_twin():
    chance = random.Random(11)
    series = {
        f"R{place}": [round(chance.choice([900, 3000]) * chance.choice([1, 1, 1, 0.6, 1.4, 1.8])) for _ in range(40)]
        for place in range(60)
    }
    frame = admissions(**series).sample(frac=1, random_state=11)
    by_code = {code: set(numbers) for code, numbers in frame[find_odd_months(frame)].groupby("code")["admissions"]}
    twin = {code: set(slow_odd(numbers)) for code, numbers in series.items()}
    assert by_code == {code: found for code, found in twin.items() if found}
    assert sum(map(len, twin.values())) > 50


def test_a_provider_that_has_merged_is_no_longer_expected(rows):
    assert rows.loc[("wessex", month(8))]["note"] == ""


def test_a_month_that_repeats_an_earlier_one_has_no_figures(rows):
    september = rows.xs(month(9), level="period_start")
    assert set(september.index) == {"england", "kss", "wessex"}
    assert september[["numerator", "denominator", "value"]].isna().all(axis=None)
    assert set(september["note"]) == {"No figure: the file repeats those of April 2021 for this month."}
    assert rows.loc[("kss", month(10))]["value"] == 10


def test_malformed_cells_are_all_named(samples, boundaries, faults_of):
    assert faults_of(read_providers, samples / "ae_bad.csv", trust_areas(boundaries)) == [
        "ingest/ae_bad.csv, line 2, date: found '2021-04-01'; expected a month in words such as April 2021",
        "ingest/ae_bad.csv, line 3, total_emergency_admissions: found 'NA'; expected a whole number, 0 or more",
        "ingest/ae_bad.csv, line 4, total_emergency_admissions: found '3165.5'; expected a whole number, 0 or more",
        "ingest/ae_bad.csv, line 6, nhs_trust22_code+date: found REE, 2021-04-01 again; "
        "expected once (it stands on line 5)",
    ]


def test_unknown_providers_and_too_many_waits_are_all_named(samples, boundaries, faults_of):
    assert faults_of(read_providers, samples / "ae_inconsistent.csv", trust_areas(boundaries)) == [
        "ingest/ae_inconsistent.csv, line 3, nhs_trust22_code: found '7A1'; "
        "expected the ODS code of a trust in England",
        "ingest/ae_inconsistent.csv, line 2, emergency_admissions_over_4hours: found 101; "
        "expected at most the emergency admissions, 100",
    ]
