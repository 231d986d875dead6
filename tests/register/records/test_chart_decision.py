"""What people decide about a chart: who may, what fits its figures, and when a second person must agree."""

import datetime
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from psc.register.database import audit
from psc.register.database.database import Database
from psc.register.database.migrate import is_current, migrate, upgrade
from psc.register.errors import Incomplete, NoSuchRecord, NotAllowed, PersonalDataFound
from psc.register.records.chart_facts import ChartFacts
from psc.register.role_grants import ensure_administrators, grant
from psc.register.service import Service
from psc.register.workflow.permissions import PUBLIC
from tests.register.world import CHART_DECISION, KEY, KNOWN, World, published

MONTHS = tuple(datetime.date(2022 + n // 12, n % 12 + 1, 1) for n in range(48))
STEADY = ChartFacts("month", "xmr", "% of visits", MONTHS, 8.0, 12.0, (0.0, 100.0), is_concern=False)
TARGET = {"decision": "target", "target": 9.5, "date": "2025-04-01"}
NOTE = {"decision": "note", "date": "2025-03-17", "explanation": "Two trusts merged."}


def shown_as(world: World, facts: ChartFacts | None) -> World:
    """The same register, in which every chart shows the same."""
    return World(replace(world.service, charts=lambda metric, area: facts), world.clock)


@pytest.fixture
def steady(world: World) -> World:
    """A register whose charts show no concern."""
    return shown_as(world, STEADY)


@pytest.fixture
def concern(world: World) -> World:
    """A register whose charts show a concern."""
    return shown_as(world, replace(STEADY, is_concern=True))


def test_a_leads_new_limits_are_public_with_their_reason_until_they_are_withdrawn(steady):
    draft = steady.chart_decision(publish=False)
    assert (draft.state, published(steady).chart_decisions) == ("draft", ())
    shown = steady.act(steady.lead, draft, "publish")
    (decision,) = published(steady).chart_decisions
    assert (decision.metric, decision.area, decision.decision) == ("mrsa", "wessex", "new_limits")
    assert (decision.start, decision.decided_on, decision.approved) == ("2024-04-01", "2026-11-02", False)
    assert decision.reason == CHART_DECISION["explanation"]
    with pytest.raises(Incomplete, match="needs a reason"):
        steady.act(steady.lead, shown, "withdraw")
    gone = steady.act(steady.lead, shown, "withdraw", "The laboratory was the same after all.")
    assert published(steady).chart_decisions == ()
    assert steady.service.read(steady.lead, "chart_decision", gone.id).content["reason"].startswith("The laboratory")
    actions = [change.action for change in steady.service.history(steady.lead, "chart_decision", gone.id)]
    assert actions == ["withdraw", "publish", "create"]
    with steady.service.database.reading() as session:
        assert audit.verify(session, steady.service.key) == []


@pytest.mark.parametrize("words", [{}, {"decision": "baseline", "baseline_points": 20}], ids=["limits", "baseline"])
def test_limits_of_a_chart_with_a_concern_are_moved_once_a_second_person_approves(concern, words):
    waiting = concern.chart_decision(**words)
    assert (waiting.state, published(concern).chart_decisions) == ("proposed", ())
    for alone in (concern.lead, concern.contributor, concern.own_reviewer, concern.eastern_lead):
        with pytest.raises((NotAllowed, NoSuchRecord)):
            concern.act(alone, waiting, "approve")
    assert concern.act(concern.second_lead, waiting, "approve").state == "published"
    (decision,) = published(concern).chart_decisions
    assert decision.approved and decision.moves_limits


def test_a_reviewer_from_elsewhere_is_a_second_person_too(concern):
    assert concern.act(concern.reviewer, concern.chart_decision(), "approve").state == "published"


def test_a_lead_who_sends_it_back_and_proposes_it_again_is_still_not_the_second_person(concern):
    back = concern.act(concern.second_lead, concern.chart_decision(), "return", "Say which laboratory.")
    assert (back.state, back.content["reason"]) == ("draft", "Say which laboratory.")
    again = concern.act(concern.second_lead, back, "publish")
    assert again.state == "proposed" and "reason" not in again.content
    with pytest.raises(NotAllowed, match="yourself"):
        concern.act(concern.second_lead, again, "approve")
    assert concern.act(concern.lead, again, "approve").state == "published"


@pytest.mark.parametrize("words", [TARGET, NOTE], ids=["target", "note"])
def test_a_target_or_a_note_moves_no_limits_and_needs_no_second_person(concern, words):
    assert concern.chart_decision(**words).state == "published"


def test_where_a_chart_cannot_be_looked_at_new_limits_need_a_second_person(world):
    assert world.chart_decision().state == "proposed"
    assert world.chart_decision(**TARGET).state == "published"


def test_what_is_published_is_never_edited_so_that_a_note_does_not_become_new_limits(concern):
    note = concern.chart_decision(**NOTE)
    with pytest.raises(NotAllowed):
        concern.service.edit(concern.lead, "chart_decision", note.id, CHART_DECISION, version=note.version)
    waiting = concern.chart_decision()
    with pytest.raises(NotAllowed):
        concern.service.edit(concern.lead, "chart_decision", waiting.id, CHART_DECISION, version=waiting.version)


def test_a_decision_for_all_of_england_is_a_reviewers_and_holds_in_every_area(steady):
    with pytest.raises(NotAllowed):
        steady.service.create(steady.lead, "chart_decision", CHART_DECISION, areas=["england"])
    made = steady.service.create(steady.reviewer, "chart_decision", CHART_DECISION, areas=["england"])
    steady.act(steady.own_reviewer, made, "publish")
    own = steady.chart_decision(**NOTE)
    register = published(steady)
    assert [item.id for item in register.decisions_about("mrsa", "wessex")] == [made.id, own.id]
    assert [item.id for item in register.decisions_about("mrsa", "eastern")] == [made.id]
    assert register.decisions_about("methotrexate-10mg", "wessex") == ()


def test_new_limits_for_all_of_england_that_hide_a_concern_take_two_reviewers(concern):
    made = concern.service.create(concern.reviewer, "chart_decision", CHART_DECISION, areas=["england"])
    waiting = concern.act(concern.reviewer, made, "publish")
    assert waiting.state == "proposed"
    for alone in (concern.reviewer, concern.lead, concern.eastern_lead):
        with pytest.raises((NotAllowed, NoSuchRecord)):
            concern.act(alone, waiting, "approve")
    assert concern.act(concern.own_reviewer, waiting, "approve").state == "published"


def test_reviewers_see_the_drafts_of_decisions_for_all_of_england_and_areas_do_not(steady):
    made = steady.service.create(steady.reviewer, "chart_decision", CHART_DECISION, areas=["england"])
    assert steady.service.read(steady.own_reviewer, "chart_decision", made.id).content == made.content
    for other in (steady.lead, steady.eastern_lead, PUBLIC):
        with pytest.raises(NoSuchRecord):
            steady.service.read(other, "chart_decision", made.id)


@pytest.mark.parametrize("missing", ["metric", "decision", "date", "explanation"])
def test_a_decision_says_everything_before_it_is_public(steady, missing):
    draft = steady.chart_decision(publish=False, **{missing: None})
    with pytest.raises(Incomplete) as incomplete:
        steady.act(steady.lead, draft, "publish")
    assert set(incomplete.value.problems) == {missing}


@pytest.mark.parametrize("decision", ["baseline", "target"])
def test_a_decision_with_a_figure_gives_it_before_it_is_public(steady, decision):
    with pytest.raises(Incomplete) as incomplete:
        steady.chart_decision(decision=decision)
    assert set(incomplete.value.problems) == {{"baseline": "baseline_points"}.get(decision, decision)}


@pytest.mark.parametrize(
    ("words", "field", "said"),
    [
        ({"date": "2024-04-15"}, "date", "the first day of a month"),
        ({"date": "2022-01-01"}, "date", "after 1 January 2022"),
        ({"date": "2026-01-01"}, "date", "no later than 1 December 2025"),
        ({"decision": "baseline", "date": "2021-12-01"}, "date", "from 1 January 2022"),
        ({"decision": "baseline", "baseline_points": 11}, "baseline_points", "no number that can be used"),
        ({"decision": "baseline", "baseline_points": 22}, "baseline_points", "only 21 figures"),
        ({"target": 9.5}, "target", "only for a target"),
        ({**NOTE, "baseline_points": 12}, "baseline_points", "only for a baseline"),
        ({**TARGET, "target": 950.0}, "target", "% of visits: its figures lie from 8 to 12"),
        ({**TARGET, "target": 0.095}, "target", "its figures lie from 8 to 12"),
        ({**TARGET, "target": -1.0}, "target", "its figures lie from 8 to 12"),
        ({**TARGET, "target": "nine"}, "target", "number"),
        ({**TARGET, "date": "2021-12-31"}, "date", "begin on 1 January 2022"),
        ({**NOTE, "date": "2037-01-01"}, "date", "next 10 years"),
        ({"metric": "no-such-measure"}, "metric", "the id of a metric"),
        ({"explanation": "x" * 501}, "explanation", "at most 500 characters"),
        ({"explanation": "!!!"}, "explanation", "letters or digits"),
    ],
)
def test_what_does_not_fit_the_chart_is_refused_with_what_to_do(steady, words, field, said):
    with pytest.raises(Incomplete) as refused:
        steady.chart_decision(publish=False, **words)
    assert said in refused.value.problems[field]


@pytest.mark.parametrize(
    "words",
    [
        {"decision": "baseline", "date": "2022-01-01", "baseline_points": 12},
        {"decision": "baseline", "date": "2024-04-01", "baseline_points": 21},
        {"date": "2022-02-01"},
        {"date": "2025-12-01"},
        {**TARGET, "target": 0.0},
        {**TARGET, "date": "2027-04-01"},
    ],
)
def test_what_fits_the_chart_is_taken(steady, words):
    assert steady.chart_decision(**words).state == "published"


def test_a_measure_without_figures_or_limits_takes_no_new_limits(world):
    with pytest.raises(Incomplete, match="no figures here"):
        shown_as(world, None).chart_decision(publish=False)
    with pytest.raises(Incomplete, match="no limits"):
        shown_as(world, replace(STEADY, chart="line")).chart_decision(publish=False)
    assert shown_as(world, replace(STEADY, chart="line")).chart_decision(**NOTE).state == "published"
    yearly = replace(STEADY, grain="financial_year", chart="run", periods=MONTHS[3::12])
    with pytest.raises(Incomplete, match="financial year, 1 April"):
        shown_as(world, yearly).chart_decision(publish=False, date="2024-05-01")
    with pytest.raises(Incomplete, match="no limits"):
        shown_as(world, yearly).chart_decision(publish=False, decision="baseline", baseline_points=12)


def test_personal_data_in_a_reason_is_refused(steady):
    with pytest.raises(PersonalDataFound):
        steady.chart_decision(publish=False, explanation="Ring 020 7946 0018 about the new laboratory.")
    shown = steady.chart_decision()
    with pytest.raises(PersonalDataFound):
        steady.act(steady.lead, shown, "withdraw", "Ring 020 7946 0018.")


@pytest.fixture
def made_before(register_url) -> Iterator[World]:
    """A register of the version before decisions about charts, once on each kind of database."""
    with closing(Database(register_url)) as database:
        with database.writing() as session:
            upgrade(session.connection(), "0002")
        world = World(Service(database, KEY, KNOWN))
        ensure_administrators(world.service, (World.admin.email,))
        for who, role in ((world.lead, "lead"), (world.second_lead, "lead"), (world.contributor, "contributor")):
            grant(world.service, world.admin, who.email, role, "wessex")
        yield world


def test_a_register_made_before_keeps_its_records_and_takes_decisions_about_charts(made_before):
    priority = made_before.priority()
    assert not is_current(made_before.service.database)
    migrate(made_before.service.database)
    assert is_current(made_before.service.database)
    assert made_before.service.read(made_before.lead, "priority", priority.id).content == priority.content
    made_before.act(made_before.second_lead, made_before.chart_decision(), "approve")
    with made_before.service.database.reading() as session:
        assert audit.verify(session, KEY) == []
    assert len(published(made_before).chart_decisions) == 1
