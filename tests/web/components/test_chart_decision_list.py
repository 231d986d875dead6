"""Decisions about charts, from the form in the workspace to the chart that everyone sees."""

import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from psc.register.database import audit
from psc.register.role_grants import grant
from psc.register.workflow.permissions import Actor
from psc.web.session import chart_facts as chart_facts_module
from psc.web.session import store
from psc.web.session.chart_facts import chart_facts
from psc.web.session.register import access
from tests.web.chain import figures
from tests.web.conftest import Site
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
    shown = {metric.id: chart_facts(metric.id, "wessex") for metric in store.catalogue().metrics if metric.has_series}
    return next(metric for metric, facts in shown.items() if facts and facts.is_concern and facts.chart != "line")


def test_a_concern_in_any_area_is_one_of_the_charts_of_all_england(register, a_concern):
    assert chart_facts(a_concern, "england").is_concern
    quiet = next(metric.id for metric in store.catalogue().metrics if metric.has_series and not shows(metric.id))
    assert not chart_facts(quiet, "england").is_concern
    assert chart_facts("no-such-measure", "wessex") is None
    unseen = next(metric.id for metric in store.catalogue().metrics if not metric.has_series)
    assert chart_facts(unseen, "wessex") is None


def shows(metric: str) -> bool:
    """Whether a chart of a measure shows a concern in any area, or England's verdict is one."""
    found = store.rows("metric_signals", metric=metric)
    return "concern" in {*found["state"], *(verdict.state for verdict in store.verdicts_on(metric).values())}


def test_limits_that_were_decided_on_before_are_not_moved_on_from_alone_where_they_show_a_concern(
    register, monkeypatch
):
    assert not chart_facts(METRIC, "wessex").is_concern
    decided(register, **words_of(METRIC))
    judged = chart_facts_module.judge_series

    def with_a_concern(definition, rows, decisions=(), limits=None):
        found = judged(definition, rows, decisions, limits)
        return replace(found, signals=found.signals.assign(state="concern")) if decisions else found

    monkeypatch.setattr(chart_facts_module, "judge_series", with_a_concern)
    assert chart_facts(METRIC, "wessex").is_concern and not chart_facts(METRIC, "eastern").is_concern


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
    assert store.register().chart_decisions == ()
    assert "please read it" not in signed_in(LENA).text
    for other in (SASHA, ROWAN):
        assert "waits for a second person: please read it" in signed_in(other).text
    assert "please read it" not in signed_in(ELLIS).text
    page = signed_in(SASHA, record=f"chart_decision:{made.id}")
    assert WHY in page.text
    press(page, "Approve")
    assert "It is approved and drawn on the chart." in page.text
    (decision,) = store.register().chart_decisions
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


def drawn(page) -> str:
    """All that the page's chart of the whole series says and draws."""
    return json.dumps(figures(page)[-1])


def limits_from(page) -> list[str]:
    """The first months of the stretches with limits on the chart of the whole series, as "2024-05"."""
    return [trace["x"][0][:7] for trace in figures(page)[-1]["data"] if trace.get("line", {}).get("dash") == "dash"]


def test_a_lead_sets_new_limits_which_the_chart_shows_at_once_until_they_are_withdrawn(signed_in, register):
    start = date.fromisoformat(words_of(METRIC)["date"])
    before = drawn(Site().visit("chart", metric=METRIC, area="wessex"))
    page = signed_in(LENA, new="chart_decision", metric=METRIC)
    name = new(page, "chart_decision", METRIC)
    fill(page, name, decision="new_limits", explanation=WHY)
    page.app.date_input[0].set_value(start).run()
    press(page, "Save")
    (made,) = register.records(LENA, "chart_decision")
    assert drawn(Site().visit("chart", metric=METRIC, area="wessex")) == before
    press(signed_in(LENA, record=f"chart_decision:{made.id}"), "Publish")

    page = Site().visit("chart", metric=METRIC, area="wessex")
    assert f"{start:%Y-%m}" in limits_from(page)
    assert "new limits: A new guideline" in drawn(page)
    since = f"New limits from {start:%B %Y}"
    assert f"<b>{since}.</b> {WHY}" in page.text
    assert "The lead of Wessex on" in page.text and LENA.email not in page.text and LENA.name not in page.text
    assert f"{since}: {WHY}</td>" in page.text
    (choice,) = [group for group in page.app.button_group if group.label == "Limits"]
    assert choice.value == "ours" and f"Ours since {start:%B %Y}" in choice.options
    other = Site().visit("chart", metric=METRIC, area="wessex", limits="last_two_years")
    assert "new limits" not in drawn(other) and since in other.text
    with register.database.reading() as session:
        entries = audit.entries(session, kind="chart_decision", record_id=made.id, last=9)
        assert [(entry.action, entry.who) for entry in entries] == [("create", LENA.email), ("publish", LENA.email)]
        assert audit.verify(session, register.key) == []

    page = signed_in(LENA, record=f"chart_decision:{made.id}")
    fill(page, f"chart_decision:{made.id}:withdraw", words="The guideline was put off.")
    press(page, "Withdraw")
    page = Site().visit("chart", metric=METRIC, area="wessex")
    assert drawn(page) == before and "Nothing was decided about this chart." in page.text and WHY not in page.text
    assert "Withdrawn: The guideline was put off." in signed_in(LENA, record=f"chart_decision:{made.id}").text


def test_new_limits_of_one_area_leave_the_charts_of_others_alone_and_those_of_england_do_not(site, register):
    there = drawn(site.visit("chart", metric=METRIC, area="eastern"))
    decided(register, **words_of(METRIC))
    assert drawn(Site().visit("chart", metric=METRIC, area="eastern")) == there
    decided(register, ROWAN, "england", **words_of(METRIC, explanation="The definition changed."))
    page = Site().visit("chart", metric=METRIC, area="eastern")
    assert "The definition changed" in drawn(page) and "A reviewer, for all of England on" in page.text


def test_a_baseline_holds_later_figures_to_the_first_so_many(site, register):
    decided(register, **words_of(METRIC, 30, decision="baseline", baseline_points=12))
    page = site.visit("chart", metric=METRIC, area="wessex")
    rows = store.rows("series", metric=METRIC)
    own = rows[(rows["area_id"] == "wessex") & rows["value"].notna()]
    first = own.iloc[-30:]["value"].iloc[:12].mean()
    centres = [trace["y"][-1] for trace in figures(page)[-1]["data"] if trace.get("line", {}).get("width") == 1.4]
    assert centres[-1] == pytest.approx(first, abs=1e-5)
    assert "The limits rest on the first 12 months from" in page.text and "30 months are shown" in page.text


def test_a_target_and_a_note_are_drawn_at_their_dates_with_their_reasons(site, register):
    target = words_of(METRIC, 8, decision="target", explanation="Agreed with <b>patients</b>.")
    value = float(store.rows("metric_signals", metric=METRIC)["value"].mean())
    decided(register, **target, target=round(value, 2))
    decided(register, **words_of(METRIC, 4, decision="note", explanation="Two trusts merged."))
    page = site.visit("chart", metric=METRIC, area="wessex")
    assert any(trace.get("name") == "target" for trace in figures(page)[-1]["data"])
    assert (
        "Two trusts merged" in drawn(page)
        and "Marked on this chart" in page.text
        and "decision about this chart" in page.text
    )
    assert "Agreed with &lt;b&gt;patients&lt;/b&gt;." in page.text and "<b>patients" not in page.text
    assert "The target is" in page.text
    assert "The target is" not in Site().visit("chart", metric=METRIC, area="eastern").text
    assert "Two trusts merged" in Site().visit("area", area="wessex").text


def test_the_signals_page_marks_own_limits_and_keeps_its_signs(site, register):
    before = site.visit("signals").text
    assert "psc-own-limits" not in before and "New limits were set" not in before
    decided(register, **words_of(METRIC))
    after = Site().visit("signals").text
    assert after.count("psc-own-limits") == 1
    month = pd.Timestamp(words_of(METRIC)["date"])
    assert f"New limits from {month:%B %Y}. With them, the latest point alone: " in after
    assert "The small icon here goes by the limits this site ships with." in after


def test_a_kept_address_says_what_has_changed_since(site, register):
    page = site.visit("chart", metric=METRIC, area="wessex")
    kept = next(words for words in page.text.split('"') if "register=" in words)
    query = dict(part.split("=") for part in kept.replace("&amp;", "&").partition("?")[2].split("&"))
    assert query["data"] == store.version() and query["metric"] == METRIC
    assert "Since this address was kept" not in Site().visit("chart", **query).text
    decided(register, **words_of(METRIC, decision="note"))
    said = "Since this address was kept, what people wrote changed on this site."
    assert said in Site().visit("chart", **query).text
    assert "the figures and what people wrote changed" in Site().visit("chart", **query | {"data": "of last year"}).text


def test_a_lead_is_told_where_new_limits_may_be_due_and_nobody_else_is(signed_in, register):
    page = signed_in(LENA)
    assert "New limits to think about" in page.text and "This site only suggests them." in page.text
    (found,) = [words for words in page.text.split("<li>") if words.startswith('<a href="/chart') and METRIC in words]
    assert "lie below the average of all figures since" in found and "new=chart_decision" in found
    for other in (CASEY, ROWAN):
        assert "New limits to think about" not in signed_in(other).text
    assert register.records(LENA, "chart_decision") == []
    decided(register, **words_of(METRIC, 14))
    left = [words for words in signed_in(LENA).text.split("<li>") if words.startswith('<a href="/chart')]
    assert left and not any(METRIC in words for words in left)
