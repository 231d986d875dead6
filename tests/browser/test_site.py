"""What a visitor does, in a real browser on a real server."""

import re

import pytest
from playwright.sync_api import Page, expect

from psc.catalogue.definition import load_catalogue
from psc.settings import data_folder
from tests.browser.choosing import choose
from tests.browser.windows import PHONE

METHOTREXATE = load_catalogue(data_folder() / "harms").by_id["methotrexate-10mg"].title
PAGES = {
    "/": "Where is harm changing?",
    "/area?area=wessex": "What is happening in Wessex?",
    "/signals": "What do all measures say, everywhere?",
    "/chart?metric=methotrexate-10mg&area=nenc": f"{METHOTREXATE}: North East and North Cumbria",
    "/compare?metric=emergency-admission-waits": "How do areas differ?",
    "/priorities": "What has each area said it will work on?",
    "/priority?id=manchester-opioids": "Safer use of opioids",
    "/solutions": "What has been tried, and who else has tried it?",
    "/solutions?id=sim-withdrawn": "Serenity Integrated Mentoring",
    "/learning": "How are people learning to make care safer?",
    "/suggest": "What matters to you?",
    "/methods": "Can I trust this?",
}


# What is drawn is drawn for the window in which it is opened, so that a smaller window afterwards is not enough.
DRAWN = [path for path in PAGES if path.startswith(("/?", "/area", "/chart", "/compare")) or path == "/"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_in_a_wide_window_and_in_a_narrow_one(visitor, path):
    page = visitor.open(path)
    expect(page.locator("h1.psc-title")).to_have_text(PAGES[path])
    expect(page).to_have_title(re.compile(re.escape(PAGES[path])))
    page.wait_for_load_state("networkidle")
    assert_whole(page)
    page.set_viewport_size(PHONE)
    assert_whole(page)
    visitor.is_clean()


@pytest.mark.parametrize("path", DRAWN)
def test_what_is_drawn_fits_a_phone(phone, path):
    page = phone.open(path)
    page.wait_for_load_state("networkidle")
    assert_whole(page)
    phone.is_clean()


def assert_whole(page: Page) -> None:
    # Charts are drawn wide and then fitted; a page that goes on scrolling sideways fails here.
    page.wait_for_function(
        "(box => box.scrollWidth <= box.clientWidth)(document.querySelector('[data-testid=stMain]'))"
    )
    page.wait_for_function("[...document.images].every(i => i.complete)")
    broken = page.evaluate("[...document.images].filter(i => !i.naturalWidth).map(i => i.src)")
    assert broken == []
    assert "Traceback" not in page.content()


def test_the_map_draws_the_fifteen_areas_and_an_enlarged_london(visitor):
    visitor.open("/")
    frame = visitor.map_frame()
    expect(frame.locator("path.psc-area")).to_have_count(15)
    expect(frame.locator(".psc-inset path.leaflet-interactive")).to_have_count(3)
    expect(frame.locator(".psc-label").filter(has_text="Wessex")).to_have_count(1)
    visitor.is_clean()


def test_a_click_on_an_area_opens_its_summary_and_the_way_to_its_page(visitor):
    page = visitor.open("/")
    frame = visitor.map_frame()
    frame.locator("path.psc-area[data-area=nenc]").click()
    page.wait_for_url("**area=nenc*")
    expect(page.locator("h2.psc-card-title").first).to_have_text("North East and North Cumbria")
    page.get_by_role("link", name="Open North East and North Cumbria").click()
    expect(page.locator("h1.psc-title")).to_have_text("What is happening in North East and North Cumbria?")
    expect(page.locator(".js-plotly-plot")).to_have_count(20)
    assert "area=nenc" in page.url
    visitor.is_clean()


def test_london_can_be_chosen_in_the_inset(visitor):
    page = visitor.open("/")
    frame = visitor.map_frame()
    # The lower half of the inset, left of its middle, is South London; the inset is 230 by 146 here.
    frame.locator(".psc-inset-map").click(position={"x": 97, "y": 117})
    page.wait_for_url("**area=south-london*")
    expect(page.locator("h2.psc-card-title").first).to_have_text("South London")
    visitor.is_clean()


def test_another_measure_repaints_the_map_in_place_and_keeps_the_area(visitor):
    page = visitor.open("/?area=wessex&metric=high-dose-opioids")
    frame = visitor.map_frame()
    frame.locator("body").evaluate("body => { window.untouched = true; }")
    before = int(frame.locator("body").get_attribute("data-painted"))
    choose(page.get_by_role("combobox", name="Measure"), re.compile("Methotrexate"))
    expect(page.locator(".psc-brief").first).to_contain_text("Methotrexate given as strong 10 mg tablets in England.")
    page.wait_for_url("**metric=methotrexate-10mg*")
    frame.locator(f"body:not([data-painted='{before}'])").wait_for(state="attached")
    assert frame.locator("body").evaluate("() => window.untouched") is True, "the map was mounted anew"
    assert "area=wessex" in page.url
    pressed = frame.locator("path.psc-area[aria-pressed=true]")
    expect(pressed).to_have_attribute("data-area", "wessex")
    visitor.is_clean()


def test_the_map_works_from_the_keyboard_with_one_tab_stop(visitor):
    page = visitor.open("/?area=wessex")
    frame = visitor.map_frame()
    expect(frame.locator("path.psc-area[tabindex='0']")).to_have_count(1)
    area = frame.locator("path.psc-area[data-area=wessex]")
    area.focus()
    expect(area).to_have_attribute("aria-label", re.compile(r"^Wessex\. .* cases per 100,000 people"))
    page.keyboard.press("ArrowUp")
    reached = frame.locator("path.psc-area:focus")
    name = reached.get_attribute("data-area")
    assert name != "wessex"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**area={name}*")
    visitor.is_clean()


def test_the_same_area_can_be_clicked_again_after_the_picker_chose_another(visitor):
    page = visitor.open("/")
    frame = visitor.map_frame()
    frame.locator("path.psc-area[data-area=eastern]").click()
    page.wait_for_url("**area=eastern*")
    expect(page.locator("h2.psc-card-title").first).to_have_text("Eastern")
    choose(page.get_by_role("combobox", name="Area"), re.compile("Wessex"))
    page.wait_for_url("**area=wessex*")
    frame.locator("path.psc-area[data-area=eastern]").click()
    page.wait_for_url("**area=eastern*")
    visitor.is_clean()


def test_the_map_can_be_read_as_a_table_and_by_value(visitor):
    page = visitor.open("/?metric=emergency-admission-waits")
    page.get_by_role("radio", name="Latest value").click()
    page.wait_for_url("**colour=value*")
    expect(visitor.map_frame().locator(".psc-value").first).to_be_visible()
    page.get_by_role("radio", name="Table").click()
    table = page.locator(".psc-table-wrap table").first
    expect(table.locator("tbody tr")).to_have_count(15)
    expect(table.locator("thead th")).to_have_count(6)
    lines = table.locator(".psc-whole-words").evaluate_all("all => all.map(one => one.getClientRects().length)")
    assert len(lines) == 15 and max(lines) <= 2, "a month and its year, neither broken"
    visitor.is_clean()


def test_a_search_in_the_gallery_leads_to_a_case(visitor):
    page = visitor.open("/solutions")
    expect(page.locator("article.psc-card")).to_have_count(43)
    search = page.get_by_role("textbox", name="Search")
    search.fill("pressure ulcers")
    search.press("Enter")
    expect(page.locator(".psc-answer")).to_contain_text("of 43 shared solutions")
    page.get_by_role("link", name="North East pressure ulcer collaborative").click()
    page.wait_for_url("**id=pu-nenc*")
    expect(page.locator("h1.psc-title")).to_contain_text("pressure ulcer")
    expect(page.locator("table caption").first).to_have_text("Published results")
    visitor.is_clean()


@pytest.mark.parametrize("path", ["/priorities", "/solutions"])
def test_on_a_phone_the_filters_unfold_and_stay_so(phone, path):
    page = phone.open(path)
    harm = page.get_by_role("combobox", name="Kind of harm")
    expect(harm).to_be_hidden()
    page.get_by_text("Filters: 6 ways to narrow this down").tap()
    expect(harm).to_be_visible()
    choose(harm, re.compile("^Falls"), finger=True)
    page.wait_for_url("**harm=*")
    expect(page.get_by_text("1 of 6 in use.")).to_be_visible()
    expect(page.get_by_role("combobox", name="Care setting")).to_be_visible()
    phone.is_clean()


def test_beside_the_cards_the_filters_stand_open(visitor):
    page = visitor.open("/priorities")
    expect(page.get_by_role("combobox", name="Kind of harm")).to_be_visible()
    expect(page.get_by_text("ways to narrow this down")).to_be_hidden()


def test_the_pages_can_be_walked_through_the_navigation(visitor):
    page = visitor.open("/?area=wessex")
    for name, question in (
        ("Signals", "What do all measures say, everywhere?"),
        ("Compare", "How do areas differ?"),
        ("Priorities", "What has each area said it will work on?"),
        ("Shared learning", "What has been tried, and who else has tried it?"),
        ("Data and methods", "Can I trust this?"),
        ("Area", "What is happening in Wessex?"),
        ("Map", "Where is harm changing?"),
    ):
        page.get_by_role("link", name=name, exact=True).first.click()
        expect(page.locator("h1.psc-title")).to_have_text(question)
    visitor.is_clean()


def test_the_signals_of_all_fifteen_areas_are_seen_at_once_in_a_wide_window(visitor):
    page = visitor.open("/signals")
    table = page.get_by_role("region", name="Verdicts on all measures in England and all areas")
    assert table.evaluate("box => box.scrollWidth <= box.clientWidth")
    cut = "heads => heads.filter(head => head.scrollWidth > head.clientWidth).map(head => head.innerText)"
    assert table.locator("thead th").evaluate_all(cut) == []
    visitor.is_clean()


def test_a_matrix_wider_than_its_window_says_that_it_can_be_swiped_and_keeps_names_and_caption_in_view(visitor, phone):
    hint = "Swipe or scroll sideways for all areas."
    expect(visitor.open("/signals").get_by_text(hint)).to_be_hidden()
    page = phone.open("/signals")
    expect(page.get_by_text(hint)).to_be_visible()
    table = page.get_by_role("region", name="Verdicts on all measures in England and all areas")
    table.evaluate("box => box.scrollTo(500, 0)")
    for seen in (
        table.get_by_text("Change of every measure in England"),
        table.get_by_text("MRSA bloodstream infections", exact=True),
    ):
        box = seen.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    names = table.locator("tbody th[scope=row]").first.bounding_box()
    assert names["width"] <= PHONE["width"] / 3
    phone.is_clean()


def test_a_sign_of_the_matrix_leads_to_its_chart_which_can_be_read_without_seeing_it(visitor):
    page = visitor.open("/signals")
    page.locator('a[href="/chart?metric=high-dose-opioids&area=wessex"]').click()
    expect(page.locator("h1.psc-title")).to_have_text("High-dose opioid items per 1,000 patients: Wessex")
    chart = page.get_by_role(
        "figure", name=re.compile(r"^Chart of High-dose opioid items per 1,000 patients in Wessex\.")
    )
    expect(chart).to_be_visible()
    page.get_by_text("Every figure as a table, newest first").click()
    expect(page.get_by_role("row").filter(has_text="December 2025")).to_be_visible()
    visitor.is_clean()


def test_the_figures_of_a_measure_can_be_downloaded(visitor):
    page = visitor.open("/methods?metric=mrsa")
    with page.expect_download() as download:
        page.get_by_role("link", name="mrsa.csv").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0].startswith("\ufeffmetric,area,area_name,period_start"), "what makes Excel read it as UTF-8"
    assert sum(line.startswith("mrsa,nenc,") for line in lines) == 15
    visitor.is_clean()


def test_a_chosen_area_can_be_undone_with_the_back_button(visitor):
    page = visitor.open("/")
    visitor.map_frame().locator("path.psc-area[data-area=eastern]").click()
    expect(page.locator("h2.psc-card-title").first).to_have_text("Eastern")
    page.go_back()
    expect(page.locator("h2.psc-card-title").first).to_have_text("What needs attention")
    assert "area=" not in page.url
    visitor.is_clean()


def test_the_keyboard_stays_on_the_map_after_choosing(visitor):
    page = visitor.open("/?area=wessex")
    frame = visitor.map_frame()
    before = frame.locator("body").get_attribute("data-painted")
    frame.locator("path.psc-area[data-area=nenc]").focus()
    page.keyboard.press("Enter")
    frame.locator(f"body:not([data-painted='{before}'])").wait_for(state="attached")
    expect(frame.locator("path.psc-area[data-area=nenc]")).to_be_focused()
    visitor.is_clean()


def test_the_cautions_of_a_measure_are_one_click_away(visitor):
    page = visitor.open("/?metric=emergency-admission-waits")
    page.get_by_text("What to be careful about with this measure").click()
    expect(page.get_by_text("How area figures were made.")).to_be_visible()
    expect(page.get_by_text("Maidstone and Tunbridge Wells")).to_be_visible()
    visitor.is_clean()
