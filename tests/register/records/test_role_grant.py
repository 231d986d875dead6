"""Whose a role may be."""

import pytest

from psc.register.records.role_grant import RoleGrantContent


@pytest.mark.parametrize(("areas", "fits"), [((), True), (("wessex",), True), (("wessex", "eastern"), False)])
def test_role_is_for_one_area_or_for_none(areas, fits):
    assert RoleGrantContent.may_belong_to(areas, {}) is fits
