"""A day in a record is one that every calendar and chart can show."""

import datetime

import pandas as pd
import pytest

from psc.register.errors import Incomplete
from psc.register.public.public_register import LearningEvent
from psc.register.records.kinds import CONTENTS, checked
from psc.register.records.record_content import EARLIEST, LATEST
from psc.web.routes.calendar_routes import calendar_file
from tests.register.test_clean_records import KINDS
from tests.register.world import KNOWN

A_DAY = datetime.timedelta(days=1)


def day_fields(kind):
    fields = CONTENTS[kind].model_json_schema()["properties"].items()
    return [name for name, field in fields if {"format": "date", "type": "string"} in field.get("anyOf", ())]


@pytest.mark.parametrize("kind", [kind for kind in CONTENTS if day_fields(kind)])
@pytest.mark.parametrize("day", [datetime.date.min, EARLIEST - A_DAY, LATEST + A_DAY, datetime.date.max], ids=str)
def test_day_outside_1900_to_2199_is_refused_in_every_day_field(kind, day):
    for field in day_fields(kind):
        with pytest.raises(Incomplete) as refused:
            checked(kind, KINDS[kind] | {field: day.isoformat()}, KNOWN)
        assert refused.value.problems[field] == "Expected a day in the years 1900 to 2199."


@pytest.mark.parametrize("day", [EARLIEST, LATEST], ids=str)
def test_first_and_last_day_taken_can_be_shown(day):
    assert checked("event", {"title": "An event", "date": day.isoformat()}, KNOWN)["date"] == day.isoformat()
    event = LearningEvent("event", (), "An event", day.isoformat(), updated_at="2026-01-01T00:00:00+00:00")
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}".encode() in calendar_file([event], {}, "Events", "events")
    assert pd.Timestamp(day).as_unit("ns").date() == day


@pytest.mark.parametrize("kind", ["priority", "solution", "test", "event"])
def test_title_that_nobody_can_read_is_refused(kind):
    with pytest.raises(ValueError, match="letters or digits"):
        CONTENTS[kind].model_validate({"title": "\u200b\u200b\u200b"})
