"""Decisions about charts, from the form in the workspace to the chart that everyone sees."""

import pytest

from psc.register.members import grant
from psc.register.roles import Actor
from psc.web import data
from psc.web.chart_facts import chart_facts
from psc.web.register_access import access
from tests.web.desk import ADMIN, CASEY, ELLIS, LENA, ROWAN, box, fill, labels, new, press

METRIC = "high-dose-opioids"
WHY = "A new guideline came into force."
SASHA = Actor("second@wessex.example", "Sasha Second")


def words_of(metric: str, back: int = 20, **words):
    """New limits on a measure's chart in Wessex, from so many periods before its latest."""
    periods = chart_facts(metric, "wessex").periods
    return {"metric": metric, "decision": "new_limits", "date": f"{periods[-back]}", "explanation": WHY, **words}


def decided(register, who=LENA, area="wessex", **words):
    """A published decision."""
    made = register.create(who, "chart_decision", words, areas=[area])
    made = register.act(who, "chart_decision", made.id, "publish", version=made.version)
    access().look_again()
    return made


@pytest.fixture
def a_concern(register) -> str:
    """A measure whose chart shows a concern in Wessex."""
    shown = {metric.id: chart_facts(metric.id, "wessex") for metric in data.catalogue().metrics if metric.has_series}
    return next(metric for metric, facts in shown.items() if facts and facts.is_concern and facts.chart != "line")


def test_a_contributor_writes_a_decision_and_their_lead_publishes_it(signed_in, register):
    page = signed_in(CASEY, new="chart_decision", metric=METRIC)
    name = new(page, "chart_decision", METRIC)
    assert box(page, f"{name}|metric").value == METRIC
    fill(page, name, decision="note", explanation=WHY)
    press(page, "Save")
    (made,) = register.records(CASEY, "chart_decision")
    assert (made.state, made.content) == ("draft", {"metric": METRIC, "decision": "note", "explanation": WHY})
    assert "Publish" not in labels(page)
    page = signed_in(LENA, record=f"chart_decision:{made.id}")
    press(page, "Publish")
    assert "Say from which day on." in page.text
    register.edit(LENA, "chart_decision", made.id, made.content | {"date": "2025-02-03"}, version=made.version)
    press(signed_in(LENA, record=f"chart_decision:{made.id}"), "Publish")
    assert register.read(LENA, "chart_decision", made.id).state == "published"


def test_new_limits_where_there_is_a_concern_wait_until_somebody_else_approves(signed_in, register, a_concern):
    grant(register, ADMIN, SASHA.email, "lead", "wessex")
    made = register.create(LENA, "chart_decision", words_of(a_concern, 1), areas=["wessex"])
    page = signed_in(LENA, record=f"chart_decision:{made.id}")
    press(page, "Publish")
    assert "waits for a second person" in page.text and "Approve" not in labels(page)
    assert data.register().chart_decisions == ()
    assert "please read it" not in signed_in(LENA).text
    for other in (SASHA, ROWAN):
        assert "waits for a second person: please read it" in signed_in(other).text
    assert "please read it" not in signed_in(ELLIS).text
    page = signed_in(SASHA, record=f"chart_decision:{made.id}")
    assert WHY in page.text
    press(page, "Approve")
    assert "It is approved and drawn on the chart." in page.text
    (decision,) = data.register().chart_decisions
    assert decision.approved


def test_a_second_person_sends_it_back_with_a_reason_that_its_lead_reads(signed_in, register, a_concern):
    made = decided(register, **words_of(a_concern, 1))
    page = signed_in(ROWAN, record=f"chart_decision:{made.id}")
    fill(page, f"chart_decision:{made.id}:return", words="Which guideline?")
    press(page, "Send back")
    assert "sent back by a second person" in signed_in(LENA).text
    assert "Sent back: Which guideline?" in signed_in(LENA, record=f"chart_decision:{made.id}").text


def test_a_reviewer_decides_for_all_of_england_and_sees_it_on_their_desk(signed_in, register):
    page = signed_in(ROWAN, new="chart_decision", metric=METRIC)
    assert "For All of England." in page.text
    name = new(page, "chart_decision", METRIC)
    fill(page, name, decision="note", explanation="The national definition changed.")
    press(page, "Save")
    (made,) = register.records(ROWAN, "chart_decision")
    assert made.areas == ("england",)
    assert "A note" not in signed_in(LENA).text and "Note: " in signed_in(ROWAN).text
    assert "What happened to it" in [
        found.label for found in signed_in(ROWAN, record=f"chart_decision:{made.id}").app.expander
    ]


def test_a_lead_of_two_places_starts_with_the_area_that_the_address_names(signed_in, register):
    grant(register, ADMIN, LENA.email, "lead", "oxford")
    page = signed_in(LENA, new="chart_decision", metric=METRIC, area="wessex")
    assert page.app.selectbox(key="new chart_decision area").value == "wessex"


def test_what_looks_like_personal_data_is_not_saved(signed_in, register):
    page = signed_in(CASEY, new="chart_decision", metric=METRIC)
    fill(page, new(page, "chart_decision", METRIC), decision="note", explanation="Ring Jane on 020 7946 0018.")
    press(page, "Save")
    assert "Not saved yet" in page.text and register.records(CASEY, "chart_decision") == []
