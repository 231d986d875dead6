"""A published aim is a line on its measure's chart in its area, with one sentence wherever it is named."""

import re
from datetime import date

import pytest

from psc.register.errors import Incomplete
from psc.web.components import aim_list
from psc.web.session import store
from psc.web.session.register import access
from tests.register.world import PRIORITY
from tests.web.chain import METRIC, figures, links_to, world_of_site
from tests.web.conftest import Site
from tests.web.desk import CASEY, LENA, box, codes, fill, new, press

BY = "2027-12-31"


@pytest.fixture
def world(store_file, tmp_path, monkeypatch):
    """A register of this test's own, with its people, on a day in November 2026."""
    monkeypatch.setenv("PSC_STORE", str(store_file))
    monkeypatch.setenv("PSC_REGISTER_URL", f"sqlite:///{tmp_path / 'register.db'}")
    monkeypatch.setattr(aim_list, "today", lambda: date(2026, 11, 28))
    return world_of_site(monkeypatch)


def latest(metric: str = METRIC, area: str = "wessex") -> float:
    found = store.rows("metric_signals", metric=metric)
    definition = store.definition(metric)
    return round(float(found.loc[found["area_id"] == area, "value"].iloc[0]), definition.decimals)


def aim(start: float, **words) -> dict:
    return {
        "aim_metric": METRIC, "aim_start_value": start, "aim_target_value": round(start / 2, 2), "aim_by": BY, **words,
    }  # fmt: skip


def published(world, **words):
    record = world.priority(**{**aim(latest()), **words})
    access().look_again()
    return record


def aim_lines(site: Site) -> list[dict]:
    return [trace for figure in figures(site) for trace in figure["data"]
            if (trace.get("name"), trace["mode"]) == ("aim", "lines")]  # fmt: skip


def alt_texts(site: Site) -> list[str]:
    return [chart.proto.alt for chart in site.app.get("plotly_chart")]


def test_a_published_aim_is_a_line_and_a_sentence_on_its_chart(world):
    record = published(world)
    site = Site().visit("chart", metric=METRIC, area="wessex")
    (line,) = aim_lines(site)
    assert line["x"] == ["2026-11-02", BY]
    assert line["y"] == [latest(), round(latest() / 2, 2)]
    definition = store.definition(METRIC)
    goal = definition.unit_sentence.format(value=f"{latest() / 2:.2f}".rstrip("0"))
    sentence = (
        rf"Aim: {re.escape(goal[:3])}[^;]* by December 2027; [^;]+ now \([A-Z][a-z]+ \d{{4}}\), not reached yet\."
    )
    assert re.search(sentence, site.text)
    assert any(re.search(sentence, alt) for alt in alt_texts(site))
    assert {"id": record.id} in links_to(site, "priority")
    assert "No target is set" not in site.text
    assert "Aim of the priority" in site.text and "31 December 2027" in site.text
    assert not aim_lines(Site().visit("chart", metric=METRIC, area="eastern"))


def test_area_priority_and_card_say_the_same_sentence(world):
    record = published(world)
    sentence = re.search(r"Aim: [^<]+?not reached yet\.", Site().visit("chart", metric=METRIC, area="wessex").text)[0]
    area = Site().visit("area", area="wessex")
    assert area.text.count(sentence) == 2, "on the card and below the chart"
    assert len(aim_lines(area)) == 1
    assert sentence in Site().visit("priority", id=record.id).text
    assert sentence in Site().visit("priorities", area="wessex").text


def test_several_aims_about_a_measure_are_a_line_each(world):
    published(world)
    published(world, title="Half the strong tablets sooner", aim_by="2027-06-30")
    site = Site().visit("chart", metric=METRIC, area="wessex")
    assert [line["x"][1] for line in aim_lines(site)] == ["2027-06-30", BY]
    assert site.text.count("not reached yet.") == 2


def test_a_draft_and_a_closed_priority_draw_nothing(world):
    world.priority("in_consultation", **aim(latest()))
    access().look_again()
    assert not aim_lines(Site().visit("chart", metric=METRIC, area="wessex"))
    record = published(world)
    world.act(world.lead, record, "close", "It is over.")
    access().look_again()
    site = Site().visit("chart", metric=METRIC, area="wessex")
    assert not aim_lines(site) and "Aim:" not in site.text and "No target is set" not in site.text
    assert "Aim:" not in Site().visit("priority", id=record.id).text


def test_an_aim_in_words_only_draws_nothing_and_keeps_its_words(world):
    words = {"aim_start_value": None, "aim_target_value": None, "aim_baseline": "2.9% in 2024", "aim_target": "1.5%"}
    record = published(world, **words)
    assert not aim_lines(Site().visit("chart", metric=METRIC, area="wessex"))
    text = Site().visit("priority", id=record.id).text
    assert "2.9% in 2024" in text and "1.5%" in text


def test_panels_of_all_areas_have_room_for_an_aim(world):
    published(world)
    site = Site().visit("compare", metric=METRIC)
    (drawn,) = [f for f in figures(site) if any(trace.get("name") == "aim" for trace in f["data"])]
    low, high = drawn["layout"]["yaxis"]["range"]
    assert low <= latest() / 2 <= high


def test_what_an_area_wrote_cannot_become_part_of_the_page(world):
    published(world, title="Fewer <script>strong</script> tablets")
    for page, query in (("chart", {"metric": METRIC, "area": "wessex"}), ("area", {"area": "wessex"})):
        assert "<script>strong" not in Site().visit(page, **query).text


def test_the_register_of_the_site_knows_which_way_is_better_and_where_there_are_figures(world):
    with pytest.raises(Incomplete) as refused:
        world.priority(**aim(latest(), aim_target_value=latest() + 1))
    assert set(refused.value.problems) == {"aim_target_value"}
    empty = next(metric.id for metric in store.catalogue().metrics if not metric.has_series)
    with pytest.raises(Incomplete) as refused:
        world.priority(**aim(latest(), aim_metric=empty))
    assert set(refused.value.problems) == {"aim_metric"}


def test_the_form_proposes_the_latest_figure_of_the_area_as_the_start(signed_in):
    page = signed_in(CASEY, new="priority")
    form = new(page, "priority")
    fill(page, form, title="Fewer strong tablets", aim_metric=METRIC)
    assert box(page, f"{form}|aim_start_value").value == latest()
    assert "The latest figure in Wessex is" in page.text
    fill(page, form, aim_metric="high-dose-opioids")
    assert box(page, f"{form}|aim_start_value").value == latest("high-dose-opioids")
    fill(page, form, aim_start_value=0.75)
    fill(page, form, aim_metric=METRIC)
    assert box(page, f"{form}|aim_start_value").value == 0.75, "what somebody typed stays"


def test_a_measure_without_figures_here_is_said_to_have_none(signed_in):
    page = signed_in(CASEY, new="priority")
    form = new(page, "priority")
    empty = next(metric.id for metric in store.catalogue().metrics if not metric.has_series)
    fill(page, form, title="Fewer strong tablets", aim_metric=empty)
    assert box(page, f"{form}|aim_start_value").value is None
    assert "There are no figures of this measure in Wessex: give the aim in words." in page.text


def test_opening_a_record_proposes_nothing_and_changes_nothing(register, signed_in):
    words = {**codes(register, PRIORITY), "aim_metric": METRIC, "aim_baseline": "2.9%"}
    draft = register.create(LENA, "priority", words, areas=["wessex"])
    page = signed_in(CASEY, record=f"priority:{draft.id}")
    assert box(page, f"priority:{draft.id}|aim_start_value").value is None
    page.app.run()
    assert box(page, f"priority:{draft.id}|aim_start_value").value is None
    assert "Something in the form below is not saved yet." not in page.text


def test_an_aim_typed_into_the_form_is_saved_and_shown_as_the_public_will_see_it(register, signed_in):
    page = signed_in(CASEY, new="priority")
    form = new(page, "priority")
    fill(page, form, title="Fewer strong tablets", aim_metric=METRIC)
    fill(page, form, aim_target_value=latest() + 1, aim_by=date(2027, 12, 31))
    press(page, "Save")
    assert "the target must be below where it stands now" in page.text
    fill(page, form, aim_target_value=0.0)
    assert "Aim: " in page.text and "by December 2027" in page.text
    press(page, "Save")
    assert "Saved." in page.text
    (saved,) = register.records(CASEY, "priority")[:1]
    kept = {name: value for name, value in saved.content.items() if name.startswith("aim_")}
    assert kept == {"aim_metric": METRIC, "aim_start_value": latest(), "aim_target_value": 0.0, "aim_by": BY}
