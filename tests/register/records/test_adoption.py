"""The stages of an adoption, and the days that belong to them."""

import pytest

from psc.register.errors import Incomplete


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"stage": "adopted", "adopted_on": "2099-01-01"}, "adopted_on"),
        ({"stage": "interested", "adopted_on": "2025-01-01"}, "adopted_on"),
        ({"stage": "sustained", "adopted_on": "2025-01-01", "sustained_on": "2025-01-02"}, "sustained_on"),
        ({"stage": "engaged", "engaged_on": "2025-01-02", "interested_on": "2025-02-01"}, "stage"),
    ],
)
def test_stage_that_its_days_do_not_bear_out_is_refused(world, words, field):
    with pytest.raises(Incomplete) as incomplete:
        world.adoption(world.solution(), **{"adopted_on": None, **words})
    assert list(incomplete.value.problems) == [field]


def test_stopped_adoption_is_not_published_without_day_of_adoption(world):
    draft = world.adoption(world.solution(), publish=False, stage="stopped", adopted_on=None, stopped_on="2026-01-01")
    with pytest.raises(Incomplete) as incomplete:
        world.act(world.eastern_lead, draft, "publish")
    assert "adopted_on" in incomplete.value.problems
