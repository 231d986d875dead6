"""Verdicts of areas with a step in a contributor's denominator: shown only where they hold without that contributor."""

import numpy as np
import pandas as pd
import pytest

from psc.catalogue.definition import load_catalogue
from psc.settings import data_folder
from psc.store.grid import grid_of
from psc.store.verdicts.denominator_step_rows import stepped_verdicts
from psc.store.verdicts.rows import verdict_rows

MONTHS = pd.date_range("2019-04-01", periods=48, freq="MS")
WAITS = "emergency-admission-waits"


@pytest.fixture(scope="module")
def definition():
    return load_catalogue(data_folder() / "harms").by_id[WAITS]


def scattered(mean, seed, yearly=1.0):
    scatter = np.exp(np.random.default_rng(seed).normal(0, 0.01, 48))
    return mean * yearly ** (np.arange(48) / 12) * scatter


def rows(area, numerator, denominator):
    return pd.DataFrame(
        {
            "area_id": area,
            "period_start": MONTHS,
            "period_end": MONTHS + pd.offsets.MonthEnd(),
            "numerator": numerator,
            "denominator": denominator,
            "value": numerator / denominator * 100,
        }
    )


class World:
    """Wessex is the sum of a part that nothing happens to but ``yearly`` change, and of contributors with steps."""

    def __init__(self, *contributors, yearly=1.0, england_yearly=1.0):
        rest = (scattered(1_000, 1, yearly), np.full(48, 10_000.0))
        numerator, denominator = (sum(part) for part in zip(rest, *contributors, strict=True))
        england = scattered(20_000, 2, england_yearly)
        frame = pd.concat([rows("england", england, np.full(48, 200_000.0)), rows("wessex", numerator, denominator)])
        self.grid = grid_of(frame)
        codes = [f"R0{n}" for n in range(len(contributors))]
        self.steps = pd.DataFrame(
            [
                {"area": "wessex", "contributor": code, "contributor_name": code, "first_period": MONTHS[36],
                 "ratio": 0.5, "share": 0.3}
                for code in codes
            ]
        )  # fmt: skip
        self.parts = pd.concat(
            pd.DataFrame(
                {
                    "area": "wessex",
                    "contributor": code,
                    "period_start": MONTHS,
                    "numerator": part[0],
                    "denominator": part[1],
                }
            )
            for code, part in zip(codes, contributors, strict=True)
        )

    def judged(self, definition):
        return stepped_verdicts(definition, self.grid, self.steps, self.parts)

    def verdict(self, definition):
        return self.judged(definition).verdicts.set_index("area_id").loc["wessex"]


def halved(seed=3, size=5_000.0, yearly=1.0):
    """Admissions halve a year before the end, and the waits stay as they are."""
    admissions = np.full(48, size)
    admissions[36:] /= 2
    return scattered(size / 10, seed, yearly), admissions


def test_rise_that_is_one_contributors_denominator_is_not_judged(definition):
    world = World(halved())
    before = verdict_rows(definition, world.grid).set_index("area_id").loc["wessex"]
    assert (before["direction"], before["state"]) == ("higher", "concern")
    row = world.verdict(definition)
    assert (row["direction"], row["certain"], row["state"]) == ("not_judged", False, "unjudged")
    assert (row["reason"], row["flags"], row["against_england"]) == ("denominator_step", "denominator_step", "")
    assert pd.isna(row["change"])


def test_rise_that_is_there_without_the_contributor_too_is_shown_with_a_flag(definition):
    row = World(halved(), yearly=1.15).verdict(definition)
    assert (row["direction"], row["certain"], row["state"]) == ("higher", True, "concern")
    assert (row["flags"], row["reason"], row["against_england"]) == ("denominator_step", "", "higher")


def test_verdict_of_a_fall_that_a_step_hides_is_not_shown_as_no_change(definition):
    world = World(halved(size=2_500.0), yearly=0.86)
    assert verdict_rows(definition, world.grid).set_index("area_id").loc["wessex", "direction"] == "none"
    assert world.verdict(definition)["direction"] == "not_judged"


def test_comparison_with_england_that_hangs_on_the_step_is_dropped_though_the_direction_holds(definition):
    world = World(halved(), yearly=1.15, england_yearly=1.15)
    assert verdict_rows(definition, world.grid).set_index("area_id").loc["wessex", "against_england"] == "higher"
    row = world.verdict(definition)
    assert (row["direction"], row["against_england"]) == ("higher", "")


def test_two_small_steps_that_only_together_make_the_verdict_are_left_out_together(definition):
    world = World(halved(3, 4_000.0), halved(4, 4_000.0))
    steps = world.judged(definition).steps
    assert list(steps["direction_without"]) == ["higher", "higher"]
    assert world.verdict(definition)["direction"] == "not_judged"


def test_area_of_one_contributor_alone_is_not_judged(definition):
    world = World(halved())
    world.parts[["numerator", "denominator"]] = np.column_stack(
        [matrix[world.grid.areas.index("wessex")] for matrix in (world.grid.numerator, world.grid.denominator)]
    )
    judged = world.judged(definition)
    assert list(judged.steps["direction_without"]) == ["not_judged"]
    assert judged.verdicts.set_index("area_id").loc["wessex", "reason"] == "denominator_step"


def test_size_without_the_contributor_is_that_of_the_rest(definition):
    world = World(halved(), yearly=1.15)
    row = world.judged(definition).steps.iloc[0]
    rest = scattered(1_000, 1, 1.15) / 100
    assert row["value_without"] == pytest.approx(rest[-1])
    assert row["change_without"] == pytest.approx(np.exp(np.mean(np.log(rest[-12:] / rest[-24:-12]))) - 1)


def test_months_in_which_a_contributor_is_not_counted_stay_as_they_are(definition):
    world = World(halved(), yearly=1.15)
    dropped = world.parts.iloc[:-1]
    row = stepped_verdicts(definition, world.grid, world.steps, dropped).steps.iloc[0]
    assert row["value_without"] == pytest.approx(world.grid.value[world.grid.areas.index("wessex"), -1])


def test_measure_without_steps_is_judged_as_if_none_were_looked_for(definition):
    world = World(halved())
    found = stepped_verdicts(definition, world.grid, world.steps.iloc[:0], world.parts.iloc[:0])
    pd.testing.assert_frame_equal(found.verdicts, verdict_rows(definition, world.grid))
    assert found.steps.empty and found.parts.empty


def test_west_midlands_waits_of_the_committed_data_are_flagged_and_rose_less_without_coventry(store):
    row = store.cursor().execute(
        "SELECT ratio, change_without, change FROM denominator_step JOIN verdict USING (metric_id, area_id) "
        f"WHERE metric_id = '{WAITS}' AND contributor = 'RKB' AND flags LIKE '%denominator_step%'"
    )
    ratio, without, change = row.fetchone()
    assert ratio == pytest.approx(0.544) and without < change
