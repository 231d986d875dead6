"""A sign is named for those who do not see it."""

from psc.charts.style.direction_signs import describe_sign, sign_svg


def test_sign_is_named_for_those_who_do_not_see_it_unless_words_stand_beside_it():
    words = describe_sign("improving", "lower")
    assert words == "Improving: lower than before"
    assert f'aria-label="{words}"' in sign_svg("improving", "lower")
    assert 'aria-hidden="true"' in sign_svg("improving", "lower", named=False)
