"""Charts are drawn with limits that a measure offers, and else with its own default."""

from psc.catalogue.definition import load_catalogue
from psc.store.limits import default_limits, limits_drawn, offered_limits

METRICS = load_catalogue().metrics
MONTHLY = next(metric for metric in METRICS if (metric.chart, metric.grain) == ("xmr", "month"))
YEARLY = next(metric for metric in METRICS if metric.grain == "financial_year")


def test_monthly_figures_offer_limits_of_two_years_first():
    monthly = MONTHLY.model_copy(update={"baseline_points": None})
    assert offered_limits(monthly) == ("last_two_years", "all_years")
    assert default_limits(monthly) == "last_two_years"


def test_fixed_baseline_is_drawn_with_limits_of_all_years():
    assert default_limits(MONTHLY.model_copy(update={"baseline_points": 24})) == "all_years"


def test_limits_that_a_measure_does_not_offer_become_its_default():
    assert offered_limits(YEARLY) == ("all_years",)
    assert limits_drawn(YEARLY, "last_two_years") == "all_years"
    assert limits_drawn(MONTHLY, None) == default_limits(MONTHLY)
    assert limits_drawn(MONTHLY, "all_years") == "all_years"


def test_limits_that_an_area_decided_on_are_drawn_for_any_measure():
    assert limits_drawn(YEARLY, "ours") == "ours"
