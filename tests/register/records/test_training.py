"""What a count of trained people may say, and must say before it is public."""

import datetime

import pytest

from psc.register.errors import Incomplete
from psc.register.records.kinds import checked, missing
from tests.register.world import KNOWN

TODAY = datetime.date(2026, 11, 2)


def test_period_that_has_not_ended_is_refused():
    with pytest.raises(Incomplete) as refused:
        checked("capability", {"skill": "Coaching", "end": "2026-11-03"}, KNOWN, TODAY)
    assert list(refused.value.problems) == ["end"]
    assert checked("capability", {"skill": "Coaching", "end": "2026-11-02"}, KNOWN, TODAY)["end"] == "2026-11-02"


def test_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(Incomplete) as refused:
        checked("capability", {"skill": "Coaching", "start": "2026-02-01", "end": "2026-01-01"}, KNOWN, TODAY)
    assert refused.value.problems == {"end": "The end lies before the beginning."}


def test_count_of_nobody_is_a_count():
    assert "people" not in missing("capability", {"skill": "Coaching", "people": 0})
    assert "people" in missing("capability", {"skill": "Coaching"})
