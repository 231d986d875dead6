"""What is written is checked field by field, whatever kind of record it is."""

import pytest

from psc.register.errors import Incomplete


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": "x"}, "title"),
        ({"title": "A title", "harm_areas": ["dragons"]}, "harm_areas"),
        ({"title": "A title", "review_date": "31/31/2027"}, "review_date"),
        ({"title": "A title", "summary": "x" * 4001}, "summary"),
        ({"title": "A title", "colour": "red"}, "colour"),
    ],
)
def test_value_that_cannot_be_used_is_refused_at_its_field(world, words, field):
    with pytest.raises(Incomplete) as incomplete:
        world.service.create(world.contributor, "priority", words, areas=["wessex"])
    assert list(incomplete.value.problems) == [field]
