"""A record is shown as the public would see it, before it is published."""

from psc.register.public.preview import preview
from tests.register.world import ADOPTION, CHART_DECISION, PRIORITY, SOLUTION, TEST

NOW = "2026-11-02T09:00:00"


def test_priority_is_shown_as_active():
    shown = preview("priority", PRIORITY, ("wessex",), {}, NOW)
    assert (shown.title, shown.areas, shown.status) == (PRIORITY["title"], ("wessex",), "active")


def test_priority_with_an_outcome_is_shown_as_closed():
    shown = preview("priority", {**PRIORITY, "outcome": "Half as many errors."}, ("wessex",), {}, NOW)
    assert (shown.status, shown.outcome) == ("closed", "Half as many errors.")


def test_priority_whose_origin_is_not_chosen_yet_shows_none():
    content = {name: value for name, value in PRIORITY.items() if name != "origin"}
    assert preview("priority", content, ("wessex",), {}, NOW).origin is None


def test_records_that_hang_on_others_are_shown_without_them():
    assert preview("test", TEST, ("wessex",), {}, NOW).cycle == 1
    assert preview("solution", SOLUTION, ("wessex",), {}, NOW).test_ids == ()
    assert preview("adoption", ADOPTION, ("eastern",), {}, NOW).area == "eastern"
    assert preview("chart_decision", CHART_DECISION, ("wessex",), {}, NOW).metric == "mrsa"


def test_kind_that_is_shown_as_a_figure_only_has_no_preview():
    assert preview("capability", {}, ("wessex",), {}, NOW) is None
