"""Trend, priority, test, solution, adoption, trend: every link of the chain is there both ways, dated on the charts."""

from datetime import date, timedelta
from itertools import product

import pytest

from psc.charts.spc.annotations import KINDS
from psc.register.compiled.load import load_register
from psc.register.public.public_register import PublishedSolution, RecordProvenance
from psc.register.role_grants import grant
from psc.register.workflow.permissions import Actor
from psc.settings import data_folder
from psc.web.components import record_status
from psc.web.session import store
from psc.web.session.register import access
from tests.web.chain import METRIC, PAGE_OF, Chain, figures, links_to, new_chain, series_figures, world_of_site
from tests.web.conftest import Site

REGISTER = load_register(data_folder() / "register")


@pytest.fixture
def own_register(store_file, tmp_path, monkeypatch):
    """A register of this test's own, with its people."""
    monkeypatch.setenv("PSC_STORE", str(store_file))
    monkeypatch.setenv("PSC_REGISTER_URL", f"sqlite:///{tmp_path / 'register.db'}")
    return world_of_site(monkeypatch)


@pytest.fixture
def chain(own_register) -> Chain:
    """The chain, in a register with nothing else but what is compiled."""
    return new_chain(own_register)


@pytest.fixture
def visit(chain):
    """A visitor of the site with the chain."""
    return Site()


def card(site: Site, title: str) -> str:
    """The card on a page with a title."""
    return next(part for part in site.text.split("<article")[1:] if title in part.split("</h3>")[0])


def symbols(figure: dict) -> list[str]:
    """The names of the marks on a chart, in the order in which they are drawn, each as often as it is marked."""
    return [trace["name"] for trace in figure["data"] if trace.get("name") in {kind[0] for kind in KINDS.values()}
            for _ in trace["x"]]  # fmt: skip


def test_the_chain_can_be_walked_from_a_trend_to_the_trend_of_the_area_that_took_it_up(chain, visit):
    visit.visit("chart", metric=METRIC, area="wessex")
    assert {"id": chain.priority.id} in links_to(visit, "priority")
    visit.visit("priority", id=chain.priority.id)
    assert f'id="{chain.ended.id}"' in visit.text and f'id="{chain.running.id}"' in visit.text
    assert {"id": chain.solution.id} in links_to(visit, "solutions")
    visit.visit("solutions", id=chain.solution.id)
    assert {"metric": METRIC, "area": "eastern"} in links_to(visit, "chart")
    assert {"area": "eastern"} in links_to(visit, "area")


def test_the_chain_can_be_walked_back_from_the_trend_of_the_area_that_took_it_up(chain, visit):
    visit.visit("chart", metric=METRIC, area="eastern")
    assert {"id": chain.solution.id} in links_to(visit, "solutions")
    visit.visit("solutions", id=chain.solution.id)
    assert {"id": chain.priority.id, "#": chain.ended.id} in links_to(visit, "priority")
    visit.visit("priority", id=chain.priority.id)
    assert {"metric": METRIC, "area": "wessex"} in links_to(visit, "chart")
    assert {"area": "wessex"} in links_to(visit, "area")


def test_the_area_pages_lead_into_the_chain(chain, visit):
    visit.visit("area", area="wessex")
    assert {"id": chain.priority.id} in links_to(visit, "priority")
    assert {"id": chain.priority.id, "#": chain.running.id} in links_to(visit, "priority")
    assert "Test 2: One strength on two wards" in visit.text and "One test that has ended" in str(visit.app.expander)
    assert 'href="#tests"' in visit.text
    visit.visit("area", area="eastern")
    assert {"id": chain.solution.id} in links_to(visit, "solutions")
    assert "Adopted 1 October 2024" in visit.text and "Two hospitals" in visit.text


def test_every_link_of_the_chains_pages_leads_somewhere(chain, visit):
    priorities, cases, charts, places = set(), set(), set(), set()
    for page, query in (
        ("chart", {"metric": METRIC, "area": "wessex"}),
        ("chart", {"metric": METRIC, "area": "eastern"}),
        ("priority", {"id": chain.priority.id}),
        ("solutions", {"id": chain.solution.id}),
        ("area", {"area": "wessex"}),
        ("priorities", {"area": "wessex"}),
        ("search", {"q": "methotrexate"}),
    ):
        visit.visit(page, **query)
        priorities |= {(link["id"], link.get("#")) for link in links_to(visit, "priority")}
        cases |= {link["id"] for link in links_to(visit, "solutions") if "id" in link}
        charts |= {(link["metric"], link["area"]) for link in links_to(visit, "chart")}
        places |= {link["area"] for link in links_to(visit, "area")}
    assert {priority for priority, _ in priorities} <= set(store.register().priorities_by_id)
    assert (chain.priority.id, chain.ended.id) in priorities
    for priority, place in priorities:
        text = visit.visit("priority", id=priority).text
        assert place is None or f'id="{place}"' in text, place
    assert chain.solution.id in cases and cases <= set(store.register().solutions_by_id)
    assert places <= set(store.area_names())
    assert charts <= set(product((metric.id for metric in store.catalogue().metrics), store.area_names()))
    assert {"priority", "solutions", "chart", "area"} <= set(PAGE_OF.values())


def test_a_priority_says_all_that_its_area_has_said(chain, visit):
    text = visit.visit("priority", id=chain.priority.id).text
    for words in (
        "A priority of Wessex. Active. Two tests of change, one under way; one solution grew out of them.",
        "Published by the Wessex collaborative, November 2026",
        "<em>ten milligram</em>",
        "<b>Partners.</b> They decided together with the collaborative.",
        "Six patients helped to choose it.",
        "31 January 2028",
        "Patient safety lead",
        "2.9% in 2024",
        "1.5%",
        "31 March 2027",
        "What the measure says now",
        "<b>Adapt.</b> Change it and test again.",
        "<strong>caught</strong>",
        "now: it is under way",
        "My tablets &lt;b&gt;look&lt;/b&gt; the same.",
        "We made it a priority.",
    ):
        assert words in text, words
    assert text.index("Test 1: Two-nurse check") < text.index("Test 2: One strength on two wards")
    assert "on track" not in text and "off track" not in text


def test_a_closed_priority_says_what_came_of_it(chain, visit):
    chain.world.act(chain.world.lead, chain.priority, "close", "The wrong strength is hardly seen any more.")
    access().look_again()
    text = visit.visit("priority", id=chain.priority.id).text
    assert "The wrong strength is hardly seen any more." in text and "Closed" in text


def test_a_compiled_priority_has_its_page_and_says_what_is_not_recorded(site):
    for priority in REGISTER.priorities[::6]:
        text = site.visit("priority", id=priority.id).text
        assert "Compiled from public sources" in text, priority.id
        assert "No test of change of this priority is recorded." in text, priority.id
        assert "nan" not in text.lower().split(), priority.id


def test_a_long_text_is_cut_on_the_card_and_whole_on_the_page(own_register):
    long = "We begin here.\n\n- first\n- second\n\n" + "And so on and on. " * 60 + "The very end."
    priority = own_register.priority(summary=long)
    access().look_again()
    site = Site()
    on_card = card(site.visit("area", area="wessex"), "Fewer methotrexate errors")
    assert "We begin here. first; second; And so on" in on_card and "The very end." not in on_card
    assert "The very end." in site.visit("priority", id=priority.id).text


def test_an_unknown_priority_is_answered_with_a_way_on(site):
    assert "“no-such”, which does not exist here" in site.visit("priority", id="no-such").text
    assert "All published priorities" in [link.label for link in site.app.get("page_link")]


def test_the_charts_are_marked_where_something_was_tried_or_taken_up_and_nowhere_else(chain, visit):
    visit.visit("chart", metric=METRIC, area="wessex")
    assert symbols(series_figures(visit)[0]) == ["test of change", "test of change"]
    assert "Marked: Two-nurse check" in visit.app.get("plotly_chart")[1].proto.alt
    assert "Tried and taken up here" in visit.text and "2023-03-01" in str(series_figures(visit)[0])
    visit.visit("chart", metric=METRIC, area="eastern")
    assert symbols(series_figures(visit)[0]) == ["adoption"]
    visit.visit("chart", metric=METRIC, area="oxford")
    assert symbols(series_figures(visit)[0]) == [] and "Tried and taken up here" not in visit.text
    visit.visit("area", area="wessex")
    assert sum(bool(symbols(figure)) for figure in figures(visit)) == 1
    assert visit.text.count("psc-panel-marks") == 1


def test_a_chart_of_rare_events_has_the_same_marks(chain, visit):
    lead = Actor("lead@south-west.example", "Lead of South West")
    grant(chain.world.service, chain.world.admin, lead.email, "lead", "south-west")
    chain.world.adoption(chain.solution, lead=lead, area="south-west", adopted_on="2025-03-01")
    access().look_again()
    visit.visit("chart", metric=METRIC, area="south-west")
    assert [symbols(figure) for figure in series_figures(visit)] == [["adoption"], ["adoption"]]
    rare = visit.app.get("plotly_chart")[2].proto
    assert "between events" in rare.spec and "Marked: One strength only, 1 March 2025." in rare.alt


def test_a_new_test_is_marked_at_once(chain, visit):
    assert len(symbols(series_figures(visit.visit("chart", metric=METRIC, area="wessex"))[0])) == 2
    chain.world.test(chain.priority, title="A third try", start="2025-01-10")
    access().look_again()
    assert len(symbols(series_figures(visit.visit("chart", metric=METRIC, area="wessex"))[0])) == 3


def test_a_case_shows_how_the_measures_moved_where_it_began_and_where_it_was_taken_up(chain, visit):
    text = visit.visit("solutions", id=chain.solution.id).text
    assert "It does not show that the solution caused it" in text
    assert "No dated adoption is recorded" not in text
    assert [symbols(figure) for figure in figures(visit)] == [["test of change"], ["adoption"]]
    assert "Wessex: it began here" in text and "Eastern: adopted 1 October 2024" in text
    assert "On record, of 15 areas: 1 took part and 1 took it into use. Whether any still used it" in text
    assert "Four tablets, not five." in text


def test_a_case_without_a_dated_adoption_says_that_its_charts_are_not_marked(site):
    charted = [
        solution
        for solution in REGISTER.solutions
        if solution.areas_of_origin and any(store.definition(metric).has_series for metric in solution.metrics)
    ]
    assert charted
    for solution in charted:
        text = site.visit("solutions", id=solution.id).text
        assert "No dated adoption is recorded, so the charts are not marked." in text, solution.id
        assert not any(symbols(figure) for figure in figures(site)), solution.id


def test_a_case_that_only_tests_led_to_says_that_only_they_are_marked(chain, visit):
    world, adoption = chain.world, chain.adoption
    world.service.edit(
        world.eastern_lead, "adoption", adoption.id, {"stage": "engaged", "sites": "One", "engaged_on": "2025-01-01"},
        version=adoption.version,
    )  # fmt: skip
    access().look_again()
    text = visit.visit("solutions", id=chain.solution.id).text
    assert "so only the tests it grew from are marked" in text and "the charts are not marked" not in text
    assert [symbols(figure) for figure in figures(visit)] == [["test of change"], []]


def test_a_case_of_all_areas_together_leads_to_compare(site):
    text = site.visit("solutions", id="opioids").text
    assert "All 15 areas worked on it together: Compare shows each of them." in text and not figures(site)
    assert {"metric": "high-dose-opioids"} in links_to(site, "compare")


def test_a_case_whose_measures_have_no_figures_says_so(site):
    text = site.visit("solutions", id="hush").text
    assert "No published series of them is loaded, so there is no chart to show." in text
    assert "the charts are not marked" not in text and not figures(site)


def test_a_case_with_many_adoptions_shows_six_charts_and_names_the_rest(chain, visit):
    world = chain.world
    for number, area in enumerate(("oxford", "nenc", "kss", "manchester", "south-london", "imperial", "west-midlands")):
        lead = Actor(f"lead@{area}.example", area)
        grant(world.service, world.admin, lead.email, "lead", area)
        stage = (
            {"stage": "engaged", "engaged_on": "2025-01-01"}
            if number == 6
            else {"adopted_on": f"2025-0{number + 1}-01"}
        )
        words = {"stage": "adopted", "sites": "One board", **stage}
        made = world.service.create(lead, "adoption", words, areas=[area], links={"solution_id": chain.solution.id})
        world.act(lead, made, "publish")
    access().look_again()
    text = visit.visit("solutions", id=chain.solution.id).text
    assert len(figures(visit)) == 6
    assert [symbols(figure) for figure in figures(visit)][1:] == [["adoption"]] * 5
    also = text.split("Also: ")[1].split("</p>")[0]
    assert "South London" in also and "North West London" in also and "West Midlands</a> (engaged)" in also
    assert "metric=methotrexate-10mg&amp;area=west-midlands" in also


def test_an_adoption_of_no_known_stage_is_said_to_be_one(site):
    unknown = [(s, a) for s in REGISTER.solutions for a in s.adopted_by if a.stage == "unknown"]
    assert unknown
    for solution, _ in unknown:
        assert "Taken up, stage not recorded" in site.visit("solutions", id=solution.id).text


def test_cards_say_whose_word_they_are(chain, visit):
    visit.visit("priorities", area="wessex")
    assert "Published by the Wessex collaborative, November 2026" in card(visit, "Fewer methotrexate errors")
    assert f'href="/priority?id={chain.priority.id}"' in card(visit, "Fewer methotrexate errors")
    compiled = next(priority for priority in REGISTER.priorities if priority.areas == ("wessex",))
    assert "Compiled from public sources<" in card(visit, compiled.title)
    visit.visit("solutions")
    assert "Published by the Wessex collaborative" in card(visit, "One strength only")


def test_what_a_lead_took_over_says_both_who_compiled_it_and_who_speaks_for_it_now(own_register):
    world = own_register
    compiled = next(priority for priority in REGISTER.priorities if priority.areas == ("wessex",))
    world.act(world.lead, world.service.read(world.lead, "priority", compiled.id), "claim")
    access().look_again()
    text = Site().visit("priority", id=compiled.id).text
    assert "Compiled from public sources; taken over by the Wessex lead, 2 November 2026" in text


def test_a_review_is_due_from_its_day_on_and_for_what_no_area_ever_reviewed(chain, visit):
    solution = store.register().solutions_by_id[chain.solution.id]
    assert isinstance(solution, PublishedSolution) and solution.next_review
    due = date.fromisoformat(solution.next_review)
    before = (due - timedelta(days=1)).isoformat()
    assert record_status.describe_review(solution, before) == "Next review 2 November 2028"
    assert record_status.describe_review(solution, due.isoformat()) == "Review due since 2 November 2028"
    assert "Next review 2 November 2028" in card(visit.visit("solutions"), "One strength only")
    assert "Next review 2 November 2028" in visit.visit("solutions", id=chain.solution.id).text
    never = "Review due: compiled from public sources and never reviewed by its area"
    assert never in visit.visit("solutions", id="pu-nenc").text
    assert visit.visit("solutions").text.count(never) == sum(s.status != "withdrawn" for s in REGISTER.solutions)
    assert "Review due" not in visit.visit("solutions", id="sim-withdrawn").text


def test_a_withdrawn_solution_says_why_and_that_nobody_grades_it_any_more(own_register):
    world = own_register
    solution = new_chain(world).solution
    assert "The area graded it." in Site().visit("solutions", id=solution.id).text
    world.act(world.lead, world.service.read(world.lead, "solution", solution.id), "withdraw", "It hid late doses.")
    access().look_again()
    text = Site().visit("solutions", id=solution.id).text
    assert "Withdrawn: do not use." in text and "It hid late doses." in text
    assert "graded it" not in text


@pytest.mark.parametrize(
    ("whose", "areas", "day", "words"),
    [
        (RecordProvenance(), ("wessex",), None, "Compiled from public sources"),
        (RecordProvenance("authored"), ("wessex",), "2026-03-09", "Published by the Wessex collaborative, March 2026"),
        (
            RecordProvenance("authored"),
            ("wessex", "eastern"),
            None,
            "Published by the Wessex and Eastern collaboratives",
        ),
        (
            RecordProvenance("compiled", "wessex", "2026-03-09"),
            ("wessex",),
            None,
            "Compiled from public sources; taken over by the Wessex lead, 9 March 2026",
        ),
    ],
)
def test_standing_in_words(own_register, whose, areas, day, words):
    assert record_status.describe_standing(whose, areas, day) == words


def test_what_people_wrote_cannot_become_part_of_the_page(chain, visit):
    world, script = chain.world, "<script>alert(1)</script> & <img src=x onerror=alert(1)>"
    priority = world.priority(title=f"Title {script}", summary=script, patient_involvement=script, how_set=script)
    world.test(priority, title=f"Test {script}", sites=script, question=script, start="2024-01-01")
    access().look_again()
    for page, query in (
        ("priority", {"id": priority.id}),
        ("priorities", {"area": "wessex"}),
        ("area", {"area": "wessex"}),
        ("chart", {"metric": METRIC, "area": "wessex"}),
    ):
        text = visit.visit(page, **query).text
        assert "&lt;script&gt;" in text and "<script" not in text and "<img src=x" not in text, page


def test_a_test_that_has_not_begun_is_not_under_way_on_the_areas_page(visit, chain):
    chain.world.test(chain.priority, title="Next year's test", start="2099-03-01")
    access().look_again()
    page = visit.visit("area", area="wessex")
    assert "One test that is planned" in [found.label for found in page.app.expander]
    under_way = page.text.split('id="tests"')[1].split("</div>")[0]
    assert "One strength on two wards" in under_way and "Next year" not in under_way
