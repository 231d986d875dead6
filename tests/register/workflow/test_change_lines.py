"""What happened to records is read as lines, newest first, by those it is for."""

import pytest

from psc.register.errors import NotAllowed


def test_the_audit_is_for_administrators_and_a_records_history_for_its_area(world):
    shown = world.priority()
    assert [change.action for change in world.service.history(world.lead, "priority", shown.id)] == [
        "publish", "consult", "create",
    ]  # fmt: skip
    with pytest.raises(NotAllowed):
        world.service.history(world.eastern_lead, "priority", shown.id)
    with pytest.raises(NotAllowed):
        world.service.audit_entries(world.lead)
    assert world.service.audit_entries(world.admin)[0].action == "publish"
