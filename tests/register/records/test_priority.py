"""What a priority must say before it is public."""

import pytest

from psc.register.errors import Incomplete


def test_unfinished_priority_is_kept_as_draft_but_not_published(world):
    draft = world.service.create(world.contributor, "priority", {"title": "Safer lifting"}, areas=["wessex"])
    consulted = world.act(world.lead, draft, "consult")
    with pytest.raises(Incomplete) as incomplete:
        world.act(world.lead, consulted, "publish")
    assert set(incomplete.value.problems) >= {"summary", "harm_areas", "patient_involvement", "review_date"}
    assert world.service.read(world.lead, "priority", draft.id).state == "in_consultation"


def test_aim_begun_in_words_is_not_published_until_it_is_whole(world):
    consulted = world.priority("in_consultation", aim_target="half as many")
    with pytest.raises(Incomplete) as incomplete:
        world.act(world.lead, consulted, "publish")
    assert set(incomplete.value.problems) == {"aim_measure", "aim_baseline", "aim_by"}
