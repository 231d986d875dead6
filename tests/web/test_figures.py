"""A figure on a page is no more than it is: not a pilot's in front, nor a web page's beside an article's grade."""

NOT_THE_ARTICLE = "not from the article that earned the grade"


def in_turn(text, *parts):
    places = [text.find(part) for part in parts]
    assert -1 not in places, dict(zip(parts, places, strict=True))
    assert places == sorted(places), dict(zip(parts, places, strict=True))


def test_what_the_graded_article_found_comes_before_what_a_web_page_says(site):
    text = site.visit("solutions", id="hush").text
    in_turn(text, "26 of 27 questions better", "shows no fall in harm", "-30% on average")
    assert NOT_THE_ARTICLE not in text.partition("What happened")[0]
    assert f"From a web page, {NOT_THE_ARTICLE}." in text


def test_a_figure_that_the_graded_article_does_not_give_says_so_in_the_answer_and_on_the_card(site):
    answer = site.visit("solutions", id="elc").text.partition("The problem")[0]
    assert "-11% (observed; from a web page, not from the article that earned the grade)" in answer
    cards = site.visit("solutions", text="laparotomy").text
    assert f"from a web page, {NOT_THE_ARTICLE}" in cards.partition("Crude in-hospital 30-day mortality")[2][:300]


def test_pilots_come_last_on_a_page_and_in_a_programmes_box(site):
    in_turn(site.visit("solutions", id="elc").text, "-11%", "-18% in the first three months", "-42% (crude")
    box = site.visit("priorities").text
    in_turn(
        box, "-11% in the 28 hospitals", "over 90% on time", "-42% in the four hospitals of the pilot", "falls -60%"
    )
