"""A test of change as a card: what was typed is shown as typed, and Markdown is HTML."""

from dataclasses import replace

import pytest

from psc.register.public.public_register import PdsaCycle
from psc.web.components import pdsa_cards
from psc.web.components.pdsa_cards import solution_link
from psc.web.session import store

BAD = "<b>R&D</b>"
SHOWN = "&lt;b&gt;R&amp;D&lt;/b&gt;"
CYCLE = PdsaCycle(
    id="t1", priority_id="none", area="wessex", cycle=2, title=BAD, question="Is it *less*?", sites=BAD,
    start="2026-01-02", end="2026-03-04", decision="adopt",
)  # fmt: skip


@pytest.fixture(autouse=True)
def store_of_the_site(store_file, tmp_path, monkeypatch):
    monkeypatch.setenv("PSC_STORE", str(store_file))
    monkeypatch.setenv("PSC_REGISTER_URL", f"sqlite:///{tmp_path / 'register.db'}")


def test_title_and_sites_are_shown_as_typed():
    made = pdsa_cards.test_card(CYCLE)
    assert f"<h3>Test 2: {SHOWN}</h3>" in made
    assert f"<dd>{SHOWN}</dd>" in made


def test_markdown_of_a_question_is_html():
    assert "<em>less</em>" in pdsa_cards.test_card(CYCLE)


def test_unnumbered_card_has_the_title_alone():
    assert f"<h3>{SHOWN}</h3>" in pdsa_cards.test_card(CYCLE, numbered=False)


def test_card_elsewhere_links_to_its_priority():
    priority = store.register().priorities[0]
    made = pdsa_cards.test_card(replace(CYCLE, priority_id=priority.id), elsewhere=True)
    assert f'<h3><a href="/priority?id={priority.id}#t1">Test 2: {SHOWN}</a></h3>' in made


def test_test_under_way_has_no_decision():
    made = pdsa_cards.test_card(replace(CYCLE, end=None, decision=None))
    assert "Under way" in made
    assert "Decision" not in made


def test_link_of_a_withdrawn_solution_says_so():
    solution = store.register().solutions[0]
    withdrawn = solution_link(solution.model_copy(update={"status": "withdrawn", "title": BAD}))
    assert withdrawn.endswith(f">{SHOWN}</a> (withdrawn: do not use)")
    assert "withdrawn" not in solution_link(solution.model_copy(update={"status": "in_use"}))
