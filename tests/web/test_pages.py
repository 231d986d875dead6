"""Every page on every measure, every area and every case; and what it says when asked for something it has not."""

import re

import pytest
from markupsafe import escape

from psc.catalogue.definition import load_catalogue
from psc.geography.areas import load_areas
from psc.register.compiled.load import load_register
from psc.settings import data_folder
from psc.store.build_store import build_store
from psc.store.query import run_query
from psc.web.session.navigation import ENTRIES
from psc.web.session.store import verdicts_on
from tests.small_data import copy_of
from tests.web.conftest import Site

CATALOGUE = load_catalogue(data_folder() / "harms")
LOADED = [metric.id for metric in CATALOGUE.metrics if metric.has_series]
WITHOUT = [metric.id for metric in CATALOGUE.metrics if not metric.has_series]
AREAS = [area.id for area in load_areas(data_folder() / "boundaries")]
REGISTER = load_register(data_folder() / "register")


def test_every_page_opens_with_its_question_and_the_footer(site):
    questions = {
        "map": "Where is harm changing?",
        "area": "What is happening in your area?",
        "signals": "What do all measures say, everywhere?",
        "compare": "How do areas differ?",
        "priorities": "What has each area said it will work on?",
        "solutions": "What has been tried, and who else has tried it?",
        "learning": "How are people learning to make care safer?",
        "suggest": "What matters to you?",
        "methods": "Can I trust this?",
        "chart": "What does one chart say?",
        "priority": "What is being done about one priority?",
        "search": "What do you want to find?",
        "workspace": "What is your area working on?",
    }
    assert set(questions) == set(ENTRIES)
    for page, question in questions.items():
        text = site.visit(page).text
        assert question in text
        assert "Open Government Licence v3.0" in text
        assert "Not an official NHS service" in text


@pytest.mark.parametrize("page", ["map", "compare", "methods"])
def test_every_measure_with_figures_has_its_page(site, page):
    for metric in LOADED:
        text = site.visit(page, metric=metric).text
        definition = CATALOGUE.by_id[metric]
        assert definition.publisher.split(",")[0] in text, metric
        assert "How to load one" not in text, metric


@pytest.mark.parametrize("page", ["map", "compare"])
def test_a_measure_without_figures_says_so_and_how_to_load_some(site, page):
    for metric in WITHOUT:
        text = site.visit(page, metric=metric).text
        assert "No published series loaded" in text, metric
        assert "How to load one" in text, metric


def test_every_sign_of_the_matrix_says_its_verdict_in_a_sentence_and_leads_on(site):
    text = site.visit("signals").text
    cells = re.findall(
        r'<td><a href="/(chart|compare)\?metric=([a-z0-9-]+)(?:&amp;area=([a-z-]+))?" aria-label="(.+?)">', text
    )
    charts = {(metric, area) for page, metric, area, _ in cells if page == "chart"}
    assert charts == {(metric, area) for metric in LOADED for area in AREAS}
    assert [metric for page, metric, _, _ in cells if page == "compare"] == list(
        dict.fromkeys(m for _, m, _, _ in cells)
    )
    spoken = {(metric, area): words for _, metric, area, words in cells}
    assert all(re.match(r"[A-Z].*: .*\.$", words) for words in spoken.values())
    assert spoken["klebsiella", ""].startswith(
        "England, Klebsiella bloodstream infections, all reported: A concern: 15% higher than the five years before"
    )
    assert "The latest point alone: " in spoken["high-dose-opioids", "wessex"]
    assert "The latest point alone" not in spoken["klebsiella", "wessex"]


def test_the_matrix_shows_harm_before_risks_and_counts_them_apart(site):
    text = site.visit("signals").text
    groups = re.findall(r'scope="rowgroup"[^>]*><span>(.*?): ', text)
    assert groups == sorted(groups) and set(groups) == {"Harm", "Risks and waits"}
    assert "England: three of six harms rose; six of" in text
    assert "would still look clear by chance" in text
    assert "Not judged: Older people admitted to hospital after a fall" in text
    assert "No verdict is given, as it would often be chance: How many antibiotics are prescribed" in text


def test_the_matrix_marks_every_sign_that_the_pandemic_decides_and_says_which(site, store):
    query = "SELECT area_id, direction FROM verdict WHERE flags LIKE '%pandemic_%'"
    flagged = store.cursor().execute(query).df()
    text = site.visit("signals").text
    cells = re.findall(r"<td><a .*?</td>", text)
    marked = [cell for cell in cells if re.search(r"\*</span>", cell)]
    assert len(marked) == len(flagged) > 10
    assert all("Without the two years of the pandemic it would" in cell for cell in marked)
    areas = flagged[flagged["area_id"] != "england"]
    assert (areas["direction"] == "higher").sum() == 4 and (areas["direction"] == "none").sum() == 12
    assert "Clear only with those years: blood infections with MRSA in England; four signs in the areas." in text
    assert "Clear only without them: gut infections with C. difficile in England; 12 signs in the areas." in text


def test_the_tables_of_verdicts_say_what_the_pandemic_changes(site):
    table = site.visit("map", metric="mrsa", view="table").text
    assert table.count("only with the pandemic years") == 1


def test_a_name_in_the_matrix_ends_before_what_explains_it_and_not_inside_a_number(site):
    text = site.visit("signals").text
    assert ">High-dose opioid items per 1,000 patients</a>" in text
    assert ">Klebsiella bloodstream infections</a>" in text


def test_a_size_is_shown_only_where_there_is_a_direction(site):
    cells = re.findall(r"<td>(<a .*?)</td>", site.visit("signals").text)
    sized = [cell for cell in cells if re.search(r"<span[^>]*>[+−]?[0-9.]+%\*?</span>", cell)]
    directed = [cell for cell in cells if re.search(r"sign-[a-z]+-?(higher|lower)\.svg|sign-(higher|lower)\.svg", cell)]
    assert sized == directed and 100 < len(sized) < len(cells)


def test_every_measure_and_every_area_has_charts_that_say_what_they_rest_on(site):
    for number, metric in enumerate(LOADED):
        text = site.visit("chart", metric=metric, area=AREAS[number % len(AREAS)]).text
        for part in ("Why this chart", "What it rests on", "Every figure as a table", "old."):
            assert part in text, metric
        chart = site.app.get("plotly_chart")[0]
        assert chart.proto.alt.startswith("Chart of "), metric


def test_only_a_concern_shows_where_the_same_measure_improves(site, store):
    verdicts = run_query(store, "all_verdicts")
    concerns = verdicts[(verdicts["state"] == "concern") & (verdicts["area_id"] != "england")]
    concern = concerns.iloc[0]
    heading = "Where the same measure is improving"
    assert heading in site.visit("chart", metric=concern["metric_id"], area=concern["area_id"]).text
    assert heading not in site.visit("chart", metric="saba-share", area="wessex").text


def test_where_counts_are_small_the_gaps_between_events_are_shown_and_explained(site):
    text = site.visit("chart", metric="methotrexate-10mg", area="nenc").text
    assert "each dot is the number of methotrexate prescriptions between one event and the next" in text
    assert len(site.app.get("plotly_chart")) == 3
    assert "Every gap as a table" in text and text.count(">yes</td>") == 1
    assert "between one event" not in site.visit("chart", metric="methotrexate-10mg", area="wessex").text


def test_compare_shows_the_funnel_where_there_are_counts(site):
    text = site.visit("compare", metric="klebsiella").text
    assert "North East and North Cumbria lies above and West of England lies below the solid curves" in text
    assert "Each dot is an area" in text
    assert "about one such chart in six would show an area outside" in text
    assert "Which areas differ clearly" not in site.visit("compare", metric="total-opioids").text


def test_compare_shows_every_change_beside_englands_and_what_the_level_means_in_people(site):
    text = site.visit("compare", metric="klebsiella").text
    assert "Change against the five years before" in text and "Beside England’s change" in text
    changes = text.split("change in the 15 areas and in England")[1].split("</table>")[0]
    assert changes.count('role="rowheader"') == 16 and "about the same" in changes
    assert "190 fewer (94 to 310)" in text and "nor how many cases could be prevented" in text
    assert "At England’s rate" not in site.visit("compare", metric="total-opioids").text
    assert "Change against" not in site.visit("compare", metric="shmi").text


def test_areas_to_ask_are_only_those_clearly_improving_faster_than_england(site):
    text = site.visit("compare", metric="saba-share").text
    asked = text.split("Areas to ask")[1].split("</table>")[0]
    verdicts = verdicts_on("saba-share")
    faster = {area for area, one in verdicts.items() if one.certain and one.against_england == "lower"}
    assert faster and set(re.findall(r"area=([a-z-]+)", asked)) == faster
    alone = site.visit("compare", metric="klebsiella").text
    assert "No area is clearly improving faster than England on this measure." in alone
    assert "Areas to ask" not in site.visit("compare", metric="total-opioids").text


def test_an_area_says_first_how_it_differs_then_harm_then_risks(site):
    text = site.visit("area", area="nenc").text
    order = [
        "No priority of its own is known to have been active since",
        "Where the level here differs from England",
        "Where change here differs from England",
        ">Harm<",
        "Risks and waits that clearly",
        "Published",
    ]
    places = [text.index(part) for part in [*order, ">Risks and waits<", 'id="who"']]
    assert places == sorted(places)
    rows = text.split("Measures that changed clearly more or less here than in England")[1].split("</table>")[0]
    assert "Very strong doses of opioid painkillers" in rows and "11 months old" in rows
    assert "Last published: " in text and "usual" not in text.split(">Harm<")[1]


def test_a_chart_of_a_measure_without_figures_says_how_to_load_some(site):
    assert "How to load one" in site.visit("chart", metric=WITHOUT[0], area="wessex").text


def test_every_area_has_its_page(site):
    for area in AREAS:
        text = site.visit("area", area=area).text
        assert re.search(
            r"priorit(?:y|ies) (?:is|are|was|were|of its own is (?:known to have been active since|recorded))", text
        ), area
        for part in (
            "Published priorities",
            "Trends",
            "Solutions that began here",
            "Adopted, or looked at",
        ):
            assert part in text, area
        assert "nan" not in text.replace("governance", "").lower().split(), area
        assert len(site.app.get("plotly_chart")) == len(LOADED), area


def test_every_case_has_its_page_with_the_kind_of_each_figure(site):
    for solution in REGISTER.solutions:
        text = site.visit("solutions", id=solution.id).text
        assert escape(solution.title) in text
        assert text.count('class="psc-kind"') == len(solution.results), solution.id
        assert ("Withdrawn: do not use" in text) == (solution.status == "withdrawn"), solution.id
        if not solution.patient_involvement:
            assert "not recorded" in text, solution.id


@pytest.mark.parametrize(
    ("page", "query", "asked_for"),
    [
        ("map", {"metric": "no-such"}, "the measure"),
        ("map", {"area": "no-such"}, "the area"),
        ("area", {"area": "no-such"}, "the area"),
        ("compare", {"order": "no-such"}, "the order"),
        ("priorities", {"harm": "no-such"}, "kind of harm"),
        ("solutions", {"id": "no-such"}, "the case"),
        ("priority", {"id": "no-such"}, "the priority"),
        ("solutions", {"evidence": "no-such"}, "evidence"),
        ("methods", {"metric": "no-such"}, "the measure"),
    ],
)
def test_an_unknown_id_in_the_address_is_answered_with_a_message(site, page, query, asked_for):
    site.visit(page, **query)
    message = next(line for line in site.text.splitlines() if "psc-alert-warning" in line)
    assert asked_for in message and "no-such" in message and "does not exist here" in message


def test_filters_that_match_nothing_say_what_to_do(site):
    for page in ("priorities", "solutions"):
        site.visit(page, q="xylophone")
        assert "Take one away" in site.app.info[0].value


def test_the_choice_of_area_survives_another_measure_and_another_page(site):
    site.visit("map", area="wessex", metric="high-dose-opioids")
    site.app.selectbox(key="pick metric").select("methotrexate-10mg").run()
    assert site.asked("area") == "wessex"
    assert site.asked("metric") == "methotrexate-10mg"
    assert "Open Wessex" in str([link.label for link in site.app.get("page_link")])
    assert "What is happening in Wessex?" in site.visit("area").text


def test_choosing_a_kind_of_harm_goes_to_its_first_measure(site):
    site.visit("map")
    site.app.selectbox(key="pick harm").select("medicines").run()
    assert CATALOGUE.group_of[CATALOGUE.by_id[site.asked("metric")].harm_area].code == "medicines"


def test_filters_narrow_the_noticeboard_and_live_in_the_address(site):
    everything = site.visit("priorities").text.count("<article")
    site.app.multiselect(key="pick harm").select("pressure_ulcers").run()
    fewer = site.text.count("<article")
    assert everything == 90 and 0 < fewer < everything
    assert site.asked("harm") == "pressure_ulcers"


def test_inferred_dates_and_unverified_fields_are_marked(site):
    text = site.visit("priorities").text
    dates = [priority for priority in REGISTER.priorities if any(priority.dates_inferred.values())]
    statuses = [priority for priority in REGISTER.priorities if priority.status_inferred]
    assert len(dates) > 50 and len(statuses) > 50
    assert text.count("inferred). ") == len(dates)
    assert text.count("(inferred)</span>") == len(statuses)


def test_the_map_opens_with_the_harm_that_rose_in_most_areas_and_answers_for_all_measures(site):
    text = site.visit("map").text
    assert "Klebsiella and MSSA rose in England to March 2024; MRSA too, if the pandemic years count." in text
    assert "prescribing risks fell to December 2025." in text
    assert site.asked("metric") is None
    assert "Clearly higher in six of 15 areas. " in text
    assert "such a verdict would still come up by chance" in text
    assert site.app.selectbox(key="pick metric").value == "klebsiella"


def test_yearly_counts_are_shown_by_their_change(site):
    text = site.visit("map", metric="mssa").text
    assert site.asked("colour") is None
    legend = text[text.index('class="psc-legend"') :]
    assert "A concern: higher than before</span></span><span>in four areas" in legend
    assert 'class="psc-swatch"' not in text


def test_what_is_not_judged_is_shown_by_value(site):
    text = site.visit("map", metric="shmi").text
    assert 'class="psc-swatch"' in text and "Not judged: each figure covers 12 months" in text
    assert site.asked("colour") is None


def test_an_old_address_that_asks_for_signals_colours_by_change(site):
    text = site.visit("map", metric="shmi", colour="signal").text
    assert site.app.segmented_control(key="pick colour").value == "signal"
    assert 'class="psc-swatch"' not in text


def test_what_needs_attention_has_harm_first_and_says_the_age_of_its_figures(site):
    text = site.visit("map").text
    panel = text[text.index("What needs attention") :]
    harm, risks = panel[: panel.index("Risks and waits")], panel[panel.index("Risks and waits") :]
    assert re.search(r"Figures to March 2024, \d+ years? \d* ?", harm)
    assert harm.index("with Klebsiella") < harm.index("with E. coli") < harm.index("Not judged: ")
    assert (
        "(9% higher than the year before, and higher in all 15 areas, but not clearly above the five years before)"
        in harm
    )
    assert "last published to March 2018" in harm
    assert "prescribing risks are falling in England" in risks and 'href="/signals"' in risks
    assert "Improving less than England" in risks and "Improving more than England" in risks
    assert "usual" not in panel and "newest" not in panel.lower().replace("newest figures:", "")


def test_the_maps_table_has_the_change_with_its_interval_and_england_beside_it(site):
    rows = re.findall(r"<tr role=.row.>.*?</tr>", site.visit("map", metric="mrsa", view="table").text)
    south = next(re.sub(r"<[^>]+>", "|", row) for row in rows if "area=south-london" in row)
    assert "A concern: higher than before" in south and "95% higher (" in south and "faster rise" in south
    assert "April 2023 to March 2024" in south


def test_a_missing_store_is_said_plainly(tmp_path, monkeypatch):
    monkeypatch.setenv("PSC_STORE", str(tmp_path / "none.duckdb"))
    session = Site()
    assert "There is no data to show" in session.app.error[0].value
    assert "psc build" in session.app.error[0].value
    assert not session.app.exception


def test_a_store_that_cannot_be_read_is_said_plainly(tmp_path, monkeypatch):
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"not a database")
    monkeypatch.setenv("PSC_STORE", str(broken))
    assert "cannot be read" in Site().app.error[0].value


def test_an_area_with_missing_months_says_how_many(site):
    text = site.visit("compare", metric="emergency-admission-waits").text
    assert "Seven months have no figure here." in text  # Wessex: April to August 2021, February and March 2025
    assert "Two months have no figure here." in text


def test_a_priority_shows_the_verdict_on_its_measures_and_up_to_when(site):
    text = site.visit("priorities", area="manchester").text
    card = text.split("Safer use of opioids")[1].split("</article>")[0]
    assert "/assets/icons/sign-improving-lower.svg" in card and "(to December 2025)" in card
    assert "Linked measures now" in card and "/compare?metric=high-dose-opioids" in card


def test_a_target_and_a_rebase_that_a_person_wrote_down_are_on_the_chart(few_series, tmp_path, monkeypatch):
    data = copy_of(few_series, tmp_path / "data")
    path = data / "harms" / "methotrexate-10mg" / "definition.yaml"
    decided = (
        "series_breaks: []\n"
        "rebases: [{start: 2022-01-01, reason: A new policy., decided_by: A. Lead, decided_on: 2023-06-01}]\n"
        "targets: [{start: 2018-01-01, value: 2.5, source: A plan}]\n"
    )
    path.write_text(path.read_text(encoding="utf-8").replace("series_breaks: []\n", decided, 1), encoding="utf-8")
    build_store(data, tmp_path / "psc.duckdb")
    monkeypatch.setenv("PSC_STORE", str(tmp_path / "psc.duckdb"))
    monkeypatch.setenv("PSC_DATA", str(data))
    site = Site()
    text = site.visit("chart", metric="methotrexate-10mg", area="west-midlands", limits="all_years").text
    assert "The target is 2.5% of methotrexate tablet items." in text
    assert "/assets/icons/assurance-pass.svg" in text
    assert "from January 2022" in text
    drawn = site.app.get("plotly_chart")[1].proto.spec
    assert "new limits" in drawn and "#de1b1b" in drawn
    assert "assurance-pass.svg" in site.visit("signals").text
    told = site.visit("methods", metric="methotrexate-10mg").text
    assert "01 January 2022, all areas: A new policy. (A. Lead, 01 June 2023)" in told


@pytest.mark.parametrize(
    ("words", "said"), [("tracheostomy", "one gives"), ("ventilation", "none give"), ("falls", "three give")]
)
def test_the_gallery_counts_results_in_the_right_number(site, words, said):
    assert f"{said} an observed or adjusted result" in site.visit("solutions", q=words).text
