"""The page of a chart whose figures a contributor's step could fake."""

import re

WAITS = "emergency-admission-waits"


def test_chart_with_a_step_shows_numerator_and_denominator_apart_with_the_same_in_words(site):
    text = site.visit("chart", metric=WAITS, area="west-midlands").text
    assert "Numerator and denominator apart" in text
    assert "(University Hospitals Coventry And Warwickshire NHS Trust) fell by about half from June 2024." in text
    alts = re.findall(r'<img src="data:image/svg[^"]*" alt="(Waits of over 4 hours: [^"]*)"', text)
    assert len(alts) == 2 and all("Emergency admissions: " in alt for alt in alts)
    assert "That happened here" in text


def test_two_trusts_with_steps_have_their_charts_beside_the_areas(site):
    text = site.visit("chart", metric=WAITS, area="nenc").text
    titles = re.findall(r"<figcaption>([^<]*)</figcaption><img", text)
    assert [title.split()[0] for title in titles] == ["North", "Gateshead", "Northumbria"]


def test_chart_without_a_step_says_that_it_was_looked_for(site):
    text = site.visit("chart", metric=WAITS, area="wessex").text
    assert "Numerator and denominator apart" not in text and "That did not happen here" in text


def test_chart_of_a_measure_published_by_area_says_that_nobody_could_check(site):
    text = site.visit("chart", metric="mrsa", area="wessex").text
    assert "Not checked: these figures are published for whole areas." in text
