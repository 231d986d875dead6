"""Whose a suggestion is."""

import pytest

from psc.register.records.suggestion import SuggestionContent


@pytest.mark.parametrize(
    ("areas", "fits"), [(("wessex",), True), (("eastern",), False), (("wessex", "eastern"), False)]
)
def test_suggestion_belongs_to_the_place_it_names(areas, fits):
    assert SuggestionContent.may_belong_to(areas, {"what": "Look at falls.", "area": "wessex"}) is fits
