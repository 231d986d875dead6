"""A record as the public will see it, as one card."""

import re
from html import escape

from psc.register.public.preview import Shown
from psc.register.public.public_register import LearningEvent, PublishedAdoption, PublishedPriority, PublishedSolution
from psc.register.records.chart_decision import ChartDecision
from psc.register.records.register_vocabulary import ADOPTION_STAGES
from psc.web.components.chart_decision_list import decision_card
from psc.web.components.event_card import event_card
from psc.web.components.pdsa_cards import test_card
from psc.web.components.register_cards import describe_area, priority_card, solution_card

# A record that is not public yet has no page and no calendar file of its own: links to them would lead nowhere.
_OWN_LINK = re.compile(r'<a href="[^"]*(?:=preview|/preview\.ics)">(.*?)</a>')


def preview_html(shown: Shown) -> str:
    """Return the card (HTML), without links to the record's own page."""
    return _OWN_LINK.sub(r"\1", _card(shown))


def _card(shown: Shown) -> str:
    if isinstance(shown, PublishedPriority):
        return priority_card(shown)
    if isinstance(shown, PublishedSolution):
        return solution_card(shown)
    if isinstance(shown, PublishedAdoption):
        return _adoption(shown)
    if isinstance(shown, LearningEvent):
        return event_card(shown)
    if isinstance(shown, ChartDecision):
        return decision_card(shown)
    # Which test of its priority it will be depends on the first days of all that are public by then.
    return test_card(shown, numbered=False)


def _adoption(adoption: PublishedAdoption) -> str:
    stage, meaning = ADOPTION_STAGES[adoption.stage]
    said = [f"<b>{escape(describe_area((adoption.area,)))}: {escape(stage.lower())}.</b> {escape(meaning)}"]
    said += [f"Where: {escape(adoption.sites)}" if adoption.sites else ""]
    said += [f"What was adapted: {escape(adoption.adapted)}" if adoption.adapted else ""]
    return f'<article class="psc-card">{"".join(f"<p>{line}</p>" for line in said if line)}</article>'
