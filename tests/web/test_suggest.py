"""The Suggest page: what the public writes arrives once, is refused kindly, is never lost; and what became of it."""

import re

import pytest

from psc.demo import grant_roles
from psc.register.public_suggestions import Allowance
from psc.register.workflow.permissions import PUBLIC
from psc.web.session.register import access
from psc.web.suggest import suggestion_form
from tests.web.conftest import Site
from tests.web.records import REVIEWER, Records

WHAT = "Tell families sooner when something <b>goes</b> wrong."


@pytest.fixture
def records(store_file, tmp_path, monkeypatch):
    """A register of its own, from which nobody has sent anything yet."""
    url = f"sqlite:///{tmp_path / 'register.db'}"
    monkeypatch.setenv("PSC_STORE", str(store_file))
    monkeypatch.setenv("PSC_REGISTER_URL", url)
    allowance = Allowance()
    monkeypatch.setattr(suggestion_form, "_allowance", lambda: allowance)
    grant_roles(url)
    service = access().service()
    yield Records(service)
    service.database.close()


def write(site, what=WHAT, area="wessex", harm=None):
    """Fill the form in and press Send."""
    site.app.text_area[0].set_value(what)
    boxes = {box.label: box for box in site.app.selectbox}
    boxes["Where"].set_value(area)
    boxes["Kind of harm (you may leave this open)"].set_value(harm)
    return press(site, "Send")


def press(site, label):
    next(button for button in site.app.button if button.label == label).click().run()
    assert not site.app.exception
    return site.text


def received(records):
    return records.service.records(REVIEWER, "suggestion")


def test_what_is_sent_arrives_and_its_sender_learns_where_to_look(records, site):
    text = write(site.visit("suggest"), harm="falls")
    [found] = received(records)
    assert found.content == {"what": WHAT, "area": "wessex", "harm_area": "falls"} and found.state == "received"
    assert found.updated_by == PUBLIC.email
    assert "Thank you. What you wrote has arrived." in text
    assert f"/suggest#{found.id}" in text and "What happens next" in text
    assert not site.app.text_area
    assert "No suggestion has been published yet." in text, "nothing is published before somebody has read it"


def test_another_one_begins_empty_and_is_another_record(records, site):
    write(site.visit("suggest"))
    press(site, "Write another one")
    assert site.app.text_area[0].value in (None, "")
    write(site, "Something else that matters.", "england")
    assert {record.content["area"] for record in received(records)} == {"wessex", "england"}


def test_a_second_press_before_the_thanks_are_shown_sends_nothing_more(records, site):
    write(site.visit("suggest"))
    del site.app.session_state["suggestion sent"]
    site.app.run()
    write(site)
    assert len(received(records)) == 1
    assert "has arrived" in site.text


def test_before_one_writes_the_page_says_what_happens_and_what_not_to_write(records, site):
    text = site.visit("suggest").text
    for words in ("no names", "999 or 111", "Somebody from another area reads it first"):
        assert words in text
    assert "Suggestions cannot be taken" not in text


def test_the_area_of_a_link_is_chosen_already(records, site):
    boxes = {box.label: box.value for box in site.visit("suggest", area="wessex").app.selectbox}
    assert boxes["Where"] == "wessex"
    assert {box.label: box.value for box in Site().visit("suggest", area="atlantis").app.selectbox}["Where"] is None


@pytest.mark.parametrize(
    ("what", "area", "said"),
    [
        ("", "wessex", "What matters to you: This is needed."),
        ("Too short", "wessex", "What matters to you: This is too short: at least 10 characters."),
        (WHAT, None, "Where: This is needed."),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_lost(records, site, what, area, said):
    assert said in write(site.visit("suggest"), what, area)
    assert received(records) == []
    assert (site.app.text_area[0].value or "") == what
    site.visit("map")
    site.visit("suggest")
    assert (site.app.text_area[0].value or "") == what, "it is still there after a look at another page"
    assert {box.label: box.value for box in site.app.selectbox}["Where"] == area


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ("0117 496 0123", "a telephone number"),
        ("jo@example.org", "an email address"),
        ("BS1 3NX", "a full postcode"),
        ("943 476 5919", "an NHS number"),
    ],
)
def test_a_persons_data_is_refused_with_the_place_marked(records, site, found, words):
    what = f"  Look & see: {found} <i>was</i> not told in time."
    text = write(site.visit("suggest"), what)
    assert received(records) == []
    assert words in site.app.error[0].value and "public contact" not in text
    assert f"Look &amp; see: <mark>{found}</mark> &lt;i&gt;was&lt;/i&gt; not told in time." in text
    assert site.app.text_area[0].value == what
    site.app.run()
    assert words in site.app.error[0].value, "a page that is drawn anew still says why"
    assert "has arrived" in write(site, "Look: she was not told in time.")


def test_more_than_a_few_from_one_place_are_put_off_and_kept(records, site, monkeypatch):
    few = Allowance(from_one=2)
    monkeypatch.setattr(suggestion_form, "_allowance", lambda: few)
    for _ in range(2):
        assert "has arrived" in write(Site().visit("suggest"))
    later = site.visit("suggest")
    text = write(later, "Another one from here.")
    assert "2 suggestions an hour are taken from one place" in text and "in about 60 minutes" in text
    assert later.app.text_area[0].value == "Another one from here."
    assert len(received(records)) == 2


def test_a_register_that_is_away_is_said_before_one_writes_and_nothing_is_lost(records, site, tmp_path, monkeypatch):
    away = tmp_path / "away.db"
    away.write_bytes(b"no database" * 1000)
    monkeypatch.setenv("PSC_REGISTER_URL", f"sqlite:///{away}")
    text = site.visit("suggest").text
    assert "Suggestions cannot be taken at the moment" in site.app.warning[0].value
    assert "Earlier suggestions cannot be read" in text and str(tmp_path) not in text
    text = write(site)
    assert "Sent twice, it still arrives once." in text and str(tmp_path) not in text
    assert site.app.text_area[0].value == WHAT
    away.unlink()
    access().look_again()
    assert "has arrived" in press(site, "Send")


def test_you_said_we_did_shows_what_was_accepted_and_never_the_rest(records, site):
    priority = next(item for item in records.service.records(PUBLIC, "priority") if item.areas == ("wessex",))
    records.suggestion("This one waits to be read.", accepted=False)
    records.suggestion("Please <b>watch</b> falls at night.", harm_area="falls")
    told = records.suggestion("Tell us about\nmedicines.")
    records.answered(told, "We made it **part** of our work. <script>", priority.id)
    access().look_again()
    text = site.visit("suggest").text
    cards = {re.search("<blockquote.*?>(.*?)</blockquote>", card, re.DOTALL)[1]: card
             for card in re.findall("<article.*?</article>", text, re.DOTALL)}  # fmt: skip
    assert set(cards) == {"Please &lt;b&gt;watch&lt;/b&gt; falls at night.", "Tell us about\nmedicines."}
    waiting, answered = cards["Please &lt;b&gt;watch&lt;/b&gt; falls at night."], cards["Tell us about\nmedicines."]
    assert "Wessex" in waiting and "Falls" in waiting and "not answered yet" in waiting
    assert "We made it <strong>part</strong> of our work. &lt;script&gt;" in answered
    assert f'href="/priority?id={priority.id}"' in answered and "not answered yet" not in answered
    month = re.search(r"Sent in (\w+ \d{4})\. Answered in (\w+ \d{4})\.", answered)
    assert month and f'id="{told.id}"' in answered
    assert PUBLIC.name not in text and REVIEWER.name not in text and "lead@wessex.example" not in text


def test_a_text_is_shown_as_it_was_written_also_with_marks_of_a_link(records, site):
    records.suggestion("See [this](javascript:alert(1)) and <a href='https://example.org'>that</a>.")
    access().look_again()
    assert "[this](javascript:alert(1)) and &lt;a href=" in site.visit("suggest").text
