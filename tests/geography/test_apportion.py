"""Counts of other geographies become counts of areas, and nobody is lost or counted twice."""

from collections import defaultdict

import numpy as np
import pandas as pd
import pytest

from psc.geography.apportion import UnknownCodesError, apportion, load_weights, trust_areas
from psc.settings import data_folder

GEOGRAPHIES = ("icb24", "icb24_ods", "sub_icb24", "sub_icb24_ods", "lad18", "lad24")
BOUNDARIES = data_folder() / "boundaries"


def slow_apportion(frame, geography, columns, by):
    """The obvious way: look every code up, row by row, and add."""
    weights = [row for row in load_weights().to_dict("records") if row["geography"] == geography]
    totals = defaultdict(float)
    for row in frame.to_dict("records"):
        for weight in weights:
            if weight["code"] == row["code"]:
                for column in columns:
                    totals[weight["area"], row["month"], row["sex"], column] += row[column] * weight[by]
    return totals


def random_counts(geography, seed):
    random = np.random.default_rng(seed)
    codes = sorted(load_weights().query("geography == @geography")["code"].unique())
    rows = [(code, month, sex) for code in codes for month in ("2024-01", "2024-02") for sex in ("f", "m")]
    frame = pd.DataFrame(rows, columns=["code", "month", "sex"])
    frame["cases"] = random.integers(0, 500, len(frame))
    frame["people"] = random.integers(1_000, 900_000, len(frame))
    return frame.sample(frac=1, random_state=seed)


@pytest.mark.parametrize("geography", GEOGRAPHIES)
@pytest.mark.parametrize("by", ["weight", "weight_65_plus"])
def test_every_area_gets_its_share_and_no_more(geography, by):
    frame = random_counts(geography, seed=len(geography))
    result = apportion(frame, geography, ["cases", "people"], by=by)
    expected = slow_apportion(frame, geography, ["cases", "people"], by)

    assert list(result.columns) == ["area", "month", "sex", "cases", "people"]
    assert len(result) == 15 * 4
    for row in result.to_dict("records"):
        for column in ("cases", "people"):
            assert row[column] == pytest.approx(expected[row["area"], row["month"], row["sex"], column])
    assert result["cases"].sum() == pytest.approx(frame["cases"].sum(), rel=1e-6)


def test_a_board_cut_in_two_is_shared_by_people():
    frame = pd.DataFrame({"code": ["QHG"], "cases": [1000.0]})
    shares = apportion(frame, "icb24_ods", ["cases"]).set_index("area")["cases"]
    # Bedfordshire, Luton and Milton Keynes: 682,311 people in Eastern and 276,787 in Oxford and Thames Valley.
    assert shares["eastern"] == pytest.approx(1000 * 682_311 / 959_098, abs=0.01)
    assert shares["oxford"] == pytest.approx(1000 * 276_787 / 959_098, abs=0.01)


def test_old_people_are_shared_by_old_people():
    frame = pd.DataFrame({"code": ["E06000049"], "falls": [89_148.0]})
    shares = apportion(frame, "lad18", ["falls"], by="weight_65_plus").set_index("area")["falls"]
    assert shares["manchester"] == pytest.approx(48_916, abs=1)
    assert shares["north-west-coast"] == pytest.approx(40_232, abs=1)


def test_the_populations_of_a_geography_are_the_populations_of_the_areas():
    people = pd.read_csv(BOUNDARIES / "areas.csv").set_index("id")
    for geography in GEOGRAPHIES:
        weights = load_weights().query("geography == @geography")
        codes = weights.groupby("code", as_index=False)[["population", "population_65_plus"]].sum()
        everybody = apportion(codes[["code", "population"]], geography, ["population"]).set_index("area")
        older = apportion(codes[["code", "population_65_plus"]], geography, ["population_65_plus"], by="weight_65_plus")
        older = older.set_index("area")
        assert everybody["population"].to_dict() == pytest.approx(people["population"].to_dict(), abs=3)
        assert older["population_65_plus"].to_dict() == pytest.approx(people["population_65_plus"].to_dict(), abs=3)


def test_unknown_codes_are_all_named():
    frame = pd.DataFrame({"code": ["QHG", "Q99", "X01", None], "cases": [1, 2, 3, 4]})
    with pytest.raises(UnknownCodesError, match=r"3 code\(s\) not in geography icb24_ods: \(empty\), Q99, X01\."):
        apportion(frame, "icb24_ods", ["cases"])


def test_a_missing_count_leaves_its_area_without_a_total():
    frame = pd.DataFrame({"code": ["QHG", "QM7", "QOP"], "cases": [np.nan, 5.0, 7.0]})
    result = apportion(frame, "icb24_ods", ["cases"]).set_index("area")["cases"]
    assert np.isnan(result["eastern"]) and np.isnan(result["oxford"])
    assert result["manchester"] == 7.0


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(KeyError, match="deaths"):
        apportion(pd.DataFrame({"code": ["QHG"]}), "icb24_ods", ["deaths"])


def test_an_unknown_geography_is_refused():
    with pytest.raises(ValueError, match="lad99"):
        apportion(pd.DataFrame({"code": ["QHG"], "n": [1]}), "lad99", ["n"])


@pytest.mark.parametrize(
    ("code", "area", "why"),
    [
        ("RNZ", "wessex", "Salisbury is on NHS England's list"),
        ("RJN", "manchester", "so is East Cheshire"),
        ("RC1", "eastern", "Bedford follows its successor"),
        ("RM4", "manchester", "Trafford follows two successors, one after the other"),
        ("RT3", "imperial", "Royal Brompton stays where it stands, though it joined a south London trust"),
        ("RW6", "manchester", "Pennine Acute was shared between two trusts, both in Greater Manchester"),
        ("RJF", "west-midlands", "Burton's hospital stands in Staffordshire, its successor in Derby"),
        ("5QT", "wessex", "the Isle of Wight ran its own hospital"),
        ("RYQ", "south-london", "South London Healthcare has no successor on record"),
    ],
)
def test_trusts_past_and_present_have_their_area(code, area, why):
    assert trust_areas()[code] == area, why


def test_trusts_in_wales_have_no_area():
    assert not {"RQF", "RT4", "RYT"} & set(trust_areas())


def test_former_trusts_lie_in_the_area_of_their_districts():
    weights = load_weights().query("geography == 'lad24' and weight == 1")
    district_area = dict(zip(weights["code"], weights["area"], strict=True))
    former = pd.read_csv(BOUNDARIES / "former_organisations.csv", dtype=str)
    for row in former.itertuples():
        assert {district_area[code] for code in row.districts.split(";")} == {row.area}, row.name


def successor_files(folder, links):
    pd.DataFrame({"ods_code": ["AAA", "BBB"], "area": ["wessex", "oxford"]}).to_csv(folder / "organisations.csv")
    pd.DataFrame(columns=["ods_code", "area"]).to_csv(folder / "former_organisations.csv")
    pd.DataFrame(links, columns=["old_code", "new_code", "date"]).to_csv(folder / "organisation_successors.csv")
    return folder


def test_a_trust_shared_between_areas_has_none(tmp_path):
    folder = successor_files(tmp_path, [("CCC", "AAA", "2015-04-01"), ("CCC", "BBB", "2015-04-01")])
    assert "CCC" not in trust_areas(folder)


def test_a_code_used_twice_does_not_follow_its_first_life(tmp_path):
    # DDD became CCC in 2015; an earlier body called CCC had become BBB in 2001.
    links = [("DDD", "CCC", "2015-04-01"), ("CCC", "BBB", "2001-04-01"), ("CCC", "AAA", "2018-04-01")]
    assert trust_areas(successor_files(tmp_path, links))["DDD"] == "wessex"


def test_a_code_that_leads_nowhere_or_round_in_a_circle_has_no_area(tmp_path):
    links = [("CCC", "ZZZ", "2015-04-01"), ("DDD", "EEE", "2015-04-01"), ("EEE", "DDD", "2015-04-01")]
    assert set(trust_areas(successor_files(tmp_path, links))) == {"AAA", "BBB"}
