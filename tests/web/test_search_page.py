"""The search page says how much it found, marks it, and leads to it."""

import re

from markupsafe import escape

from psc.register.compiled.load import load_register
from psc.settings import data_folder

REGISTER = load_register(data_folder() / "register")


def test_it_says_what_can_be_found_before_anything_is_asked(site):
    text = site.visit("search").text
    assert "What do you want to find?" in text
    assert "Search the 15 areas, the measures, and what the areas have published" in text
    assert "psc-hit" not in text and not site.app.info


def test_what_is_found_is_counted_by_kind_marked_and_linked(site):
    text = site.visit("search", q="presure ulcer").text
    assert "Found: one measure, four priorities and three shared solutions." in text
    assert text.count('<li class="psc-hit">') == 8
    assert re.search(r'href="/priority\?id=[a-z0-9-]+"><mark>Pressure</mark> <mark>ulcers</mark></a>', text)
    assert re.search(r'Shared solution</span><h2><a href="/solutions\?id=pu-nenc">', text)


def test_the_words_typed_go_to_the_address(site):
    site.visit("search")
    site.app.text_input[0].set_value("laparotomy").run()
    assert site.asked("q") == "laparotomy"
    assert "<mark>laparotomy</mark>" in site.text


def test_nothing_found_says_what_to_do(site):
    text = site.visit("search", q="xylophone <b>").text
    assert "Nothing here has all of these words in it." in text
    assert "fewer words" in site.app.info[0].value
    assert "<b>" not in text


def test_where_nothing_has_all_of_the_words_the_best_that_have_some_are_shown(site):
    text = site.visit("search", q="my mum fell on the staircase xylophone").text
    assert "Nothing here has all of these words in it. These have some of them." in text
    assert 1 <= text.count('<li class="psc-hit">') <= 10
    assert "The best" not in text and not site.app.info


def test_more_than_a_page_of_hits_says_how_many_there_are(site):
    text = site.visit("search", q="care").text
    assert text.count('<li class="psc-hit">') == 50
    assert "The best 50 of 93." in text


def test_every_priority_is_reached_by_its_link(site):
    for priority in REGISTER.priorities[::9]:
        assert f'href="/priority?id={priority.id}"' in site.visit("search", q=priority.title).text
        assert escape(priority.summary) in site.visit("priority", id=priority.id).text


def test_what_a_patient_calls_it_finds_what_the_field_calls_it(site):
    for patient, field in (("bed sores", "pressure ulcers"), ("premature", "preterm")):
        found = [re.findall(r'<h2><a href="([^"]+)"', site.visit("search", q=words).text) for words in (patient, field)]
        assert found[0] and found[0] == found[1]


def test_areas_and_measures_are_found_too_and_lead_to_their_pages(site):
    assert 'href="/area?area=wessex"><mark>Wessex</mark></a>' in site.visit("search", q="Wessex").text
    text = site.visit("search", q="superbug").text
    assert 'href="/compare?metric=mrsa"><mark>MRSA</mark>' in text
    assert 'href="/methods?metric=pressure-ulcers"' in site.visit("search", q="bedsore").text
