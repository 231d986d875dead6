"""Decisions about charts on the pages: who decided what, when and why."""

from html import escape

from psc.narrate.chart_decisions import decider_words, decision_words
from psc.register.markup import plain
from psc.register.published import ChartDecision
from psc.web import data
from psc.web.parts import facts


def decision_card(decision: ChartDecision) -> str:
    """Return a decision as a card (HTML). Its measure may not be chosen yet."""
    known = data.catalogue().by_id.get(decision.metric)
    title = decision_words(known, decision) if known else "A decision about a chart"
    said = {
        "Measure": escape(known.title) if known else "",
        "Why": escape(plain(decision.reason)),
        "Who": escape(_who(decision)),
    }
    told = facts({name: words for name, words in said.items() if words})
    return f'<article class="psc-card"><h3>{escape(title)}</h3>{told}</article>'


def _who(decision: ChartDecision) -> str:
    return decider_words(decision, data.place_names()[decision.area])
