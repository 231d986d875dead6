"""The sentence of an aim: the figures a reader can find on the chart, and nothing about whether it will be reached."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.narrate.aim_sentences import MeasuredAim, aim_sentence

AIM = MeasuredAim(date(2027, 1, 15), 2.9, date(2027, 6, 30), 1.5, "Fewer strong tablets")
GOAL = "Aim: 1.5% of items by June 2027"
YEARS_LATER = date(2030, 1, 1)


def months(*values, first="2026-12-01") -> pd.DataFrame:
    starts = pd.date_range(first, periods=len(values), freq="MS")
    return pd.DataFrame({"period_start": starts, "period_end": starts + pd.offsets.MonthEnd(1), "value": values})


def told(definition, *values, today=date(2027, 6, 1), aim=AIM) -> str:
    return aim_sentence(definition(), aim, months(*values), today)


def test_an_aim_says_where_it_is_to_go_by_when_and_where_the_measure_is_now(definition):
    assert told(definition, 3.0, 2.94) == f"{GOAL}; 2.9% now (January 2027), not reached yet."
    words = {"unit_sentence": "{value} items per 1,000 patients a month", "decimals": 2}
    aim = MeasuredAim(date(2026, 11, 2), 0.89, date(2027, 12, 31), 0.6, "A priority")
    said = aim_sentence(definition(**words), aim, months(0.887, first="2025-12-01"), date(2026, 11, 28))
    assert said == (
        "Aim: 0.60 items per 1,000 patients a month by December 2027; 0.89 now (December 2025), not reached yet."
    )


@pytest.mark.parametrize(
    ("values", "today", "standing"),
    [
        # December 2026 to at most August 2027; the aim was set in January 2027, and its day is 30 June 2027.
        ((2.9, 2.8, 1.4), date(2027, 6, 1), "1.4% now (February 2027), reached in February 2027"),
        ((2.9, 1.4, 1.3), date(2027, 6, 1), "1.3% now (February 2027), reached in January 2027"),
        ((2.9, 1.4, 1.6, 1.4), date(2027, 6, 1), "1.4% now (March 2027), reached in March 2027"),
        ((2.9, 1.4, 1.6), date(2027, 6, 1), "1.6% now (February 2027), not reached yet"),
        ((1.4, 1.4), date(2027, 6, 1), "1.4% now (January 2027), reached in January 2027"),
        ((1.4,), date(2027, 6, 1), "1.4% now (December 2026), no figures since the aim was set"),
        ((2.9,), date(2027, 6, 30), "2.9% now (December 2026), not reached yet"),
        ((2.9,), date(2027, 7, 1), "2.9% now (December 2026), date passed, figures for it not published yet"),
        ((2.9, 2, 2, 2, 2, 1.4), YEARS_LATER, "1.4% now (May 2027), reached in May 2027"),
        ((2.9, 2, 2, 2, 2, 2), YEARS_LATER, "2.0% now (May 2027), date passed, figures for it not published yet"),
        ((2.9, 2, 2, 2, 2, 2, 2), YEARS_LATER, "2.0% now (June 2027), date passed, not reached"),
        ((2.9, 2, 2, 2, 2, 2, 2, 1.4), YEARS_LATER, "1.4% now (July 2027), reached in July 2027, after the date"),
        ((2.9, 2, 2, 2, 2, 2, 1.4, 2), YEARS_LATER, "2.0% now (July 2027), reached in June 2027"),
        ((2.9, 2, 2, 2, 2, 2, 1.4, None), YEARS_LATER, "1.4% now (June 2027), reached in June 2027"),
        ((2.9, 1.54), date(2027, 6, 1), "1.5% now (January 2027), reached in January 2027"),
    ],
)
def test_whether_it_is_reached_is_what_the_figures_since_it_was_set_say(definition, values, today, standing):
    assert told(definition, *values, today=today) == f"{GOAL}; {standing}."


def test_an_aim_to_rise_is_reached_from_below(definition):
    aim = MeasuredAim(date(2027, 1, 15), 90, date(2027, 12, 31), 95, "More")
    assert "95.0% now (January 2027), reached in January 2027." in told(definition, 90, 95, aim=aim)
    assert "94.9% now (January 2027), not reached yet." in told(definition, 90, 94.9, aim=aim)


def test_a_yearly_figure_is_named_by_its_months(yearly):
    aim = MeasuredAim(date(2022, 6, 1), 30, date(2025, 12, 31), 20, "Fewer")
    series = pd.DataFrame(
        {
            "period_start": pd.to_datetime(["2021-04-01", "2022-04-01"]),
            "period_end": pd.to_datetime(["2022-03-31", "2023-03-31"]),
            "value": [30.0, 19.0],
        }
    )
    assert aim_sentence(yearly, aim, series, date(2025, 1, 1)) == (
        "Aim: 20.0 per 100,000 people by December 2025; 19.0 now (April 2022 to March 2023), "
        "reached in April 2022 to March 2023."
    )


def test_without_figures_it_says_so(definition):
    assert told(definition, None) == f"{GOAL}; no figures yet."
    assert told(definition) == f"{GOAL}; no figures yet."


def test_a_target_keeps_the_digits_it_was_given(definition):
    aim = MeasuredAim(date(2027, 1, 15), 2.9, date(2027, 12, 31), 1.25, "Fewer")
    assert told(definition, 2.9, 1.254, aim=aim).startswith("Aim: 1.25% of items by December 2027; 1.25% now")


@given(st.lists(st.sampled_from([1.0, 2.0]), min_size=2, max_size=12), st.integers(0, 11))
def test_reached_is_said_exactly_where_the_figure_that_decides_has_met_the_target(definition, values, month):
    series, today = months(*values), date(2027 + month // 12, month % 12 + 1, 1)
    said = aim_sentence(definition(), AIM, series, today)
    passed = today > AIM.by
    decides = [
        value for row, value in zip(series.itertuples(), values, strict=True)
        if row.period_end.date() >= AIM.since and not (passed and row.period_start.date() > AIM.by)
    ]  # fmt: skip
    late = passed and decides[-1] > AIM.target and values[-1] <= AIM.target and len(values) > 7
    assert ("reached in" in said) == (decides[-1] <= AIM.target or late)


def test_an_aim_that_goes_nowhere_is_refused():
    with pytest.raises(ValueError, match="by: found 2027-01-15"):
        MeasuredAim(AIM.since, 2.9, AIM.since, 1.5, "A priority")
    with pytest.raises(ValueError, match=r"target: found 1\.5"):
        MeasuredAim(AIM.since, 1.5, AIM.by, 1.5, "A priority")
