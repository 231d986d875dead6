"""No control character and no foreign line end is stored, whatever field of whatever kind of record it came in."""

from typing import Any

import pytest
from sqlalchemy import select

from psc.clean_text import clean
from psc.register.database import audit
from psc.register.database.register_tables import TABLES, FormRow
from psc.register.records.kinds import CONTENTS, checked
from psc.register.records.priority import TimelineEvent
from psc.register.records.text_lengths import LONG
from psc.register.role_grants import grant
from psc.register.unsaved_forms import keep_form, open_form
from psc.register.workflow.permissions import PUBLIC
from tests.register.dirty_text import CLEAN, DIRTY
from tests.register.world import ADOPTION, CHART_DECISION, KNOWN, PRIORITY, RESULT, SOLUTION, TEST

LINE = CLEAN.replace("\n", " ")
"""What stays of it in a field of one line."""

KINDS: dict[str, dict[str, Any]] = {
    "priority": PRIORITY,
    "test": TEST,
    "solution": SOLUTION,
    "adoption": ADOPTION,
    "suggestion": {"what": "Something about falls", "area": "wessex"},
    "event": {"title": "An event"},
    "capability": {"skill": "Measurement", "what": "coaches"},
    "chart_decision": CHART_DECISION,
    "grant": {},
}


def text_fields(schema: dict[str, Any]) -> dict[str, str]:
    """The fields of a kind that take any words, each with what is stored of the dirty ones."""
    found = {}
    for name, field in schema["properties"].items():
        choices = field.get("anyOf", [field])
        lengths = [
            choice["maxLength"] for choice in choices if choice.get("type") == "string" and "maxLength" in choice
        ]
        if lengths and name not in ("link", "url"):
            found[name] = CLEAN if lengths[0] >= 1000 else LINE
    return found


@pytest.mark.parametrize("kind", CONTENTS)
def test_every_text_field_of_every_kind_is_stored_clean(kind):
    schema = CONTENTS[kind].model_json_schema()
    expected = text_fields(schema)
    assert expected
    given = KINDS[kind] | dict.fromkeys(expected, DIRTY) | {"public_contacts": [DIRTY]}
    expected["public_contacts"] = [LINE]
    for name, part in (("results", "ResultContent"), ("resources", "ResourceContent")):
        if name in schema["properties"]:
            inner = text_fields(schema["$defs"][part])
            first = RESULT if name == "results" else {}
            given[name] = [first | dict.fromkeys(inner, DIRTY)]
            expected[name] = [first | inner]
    stored = checked(kind, given, KNOWN)
    assert {name: stored[name] for name in expected} == expected
    assert clean(stored) == stored


def test_a_text_that_only_control_characters_make_too_long_is_taken():
    words = checked("priority", {"title": "Falls", "summary": "a\r\n" * (LONG // 2)}, KNOWN)
    assert words["summary"] == ("a\n" * (LONG // 2)).strip()


def test_the_words_of_every_step_and_what_is_typed_meanwhile_are_stored_clean(world):
    service, reason = world.service, f"Because {DIRTY}"
    sent = service.create(PUBLIC, "suggestion", {"what": DIRTY, "area": "wessex"}, areas=["wessex"])
    assert sent.content["what"] == CLEAN
    world.act(world.reviewer, sent, "reject", words=reason)
    solution = world.solution(caveats=DIRTY)
    world.act(world.reviewer, solution, "withdraw", words=reason)
    form = open_form(service, world.lead, "any", version=None, content={})
    keep_form(service, world.lead, form, {"title": DIRTY, "results": [{"measure": DIRTY}]})
    held = grant(service, world.admin, "\r\n New\x07@Example.org\u2028 ", "lead", "oxford")
    assert held.links["email"] == "new@example.org"
    with service.database.reading() as session:
        for table in (*TABLES.values(), FormRow):
            for row in session.scalars(select(table)):
                values = {column.key: getattr(row, column.key) for column in row.__table__.columns}
                assert clean(values) == values
        assert f"Because {CLEAN}" in [row.content.get("reason") for row in session.scalars(select(TABLES["solution"]))]
        assert audit.verify(session, service.key) == []


def test_compiled_text_is_clean_too():
    event = TimelineEvent.model_validate(
        {"id": "one", "date": "2014-10", "event": f"Then {DIRTY}", "sources": ["s\u202e"], "verified": True}
    )
    assert (event.event, event.sources) == (f"Then {CLEAN}", ("s",))
