"""Decisions about charts on the pages: who decided what, when and why."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from psc.catalogue.definition import Metric
from psc.narrate.chart_decision_sentences import describe_decider, describe_decision
from psc.register.records.chart_decision import ChartDecision
from psc.register.text.markup import plain
from psc.store.limits import Limits
from psc.web.components.render import render_macro
from psc.web.session import store
from psc.web.session.navigation import address

DECISIONS = "macros/chart_decisions.html"


def decisions_list(metric: str, area: str) -> Markup:
    """Return the decisions about a chart, the earliest first, with who decided, when and why (HTML); or that none is.

    The way to where leads write them follows.
    """
    definition = store.definition(metric)
    decisions = [
        (describe_decision(definition, item), _sentence(plain(item.reason)), _who(item))
        for item in store.register().decisions_about(metric, area)
    ]
    where = address("workspace", new="chart_decision", metric=metric, area=area)
    return render_macro(DECISIONS, "decisions_list", decisions, where)


def decided_in(decisions: Sequence[ChartDecision], definition: Metric, first: date, last: date) -> str:
    """Return what was decided for a period, from its first to its last day, with the reasons; "" if nothing was."""
    found = [item for item in decisions if first <= date.fromisoformat(item.start) <= last]
    return " ".join(f"{describe_decision(definition, item)}: {_sentence(plain(item.reason))}" for item in found)


def with_decisions(alt: str, definition: Metric, decisions: Sequence[ChartDecision], limits: Limits | None) -> str:
    """Return the text that stands for a chart, with the new limits that it draws: other decisions are marks."""
    found = [item for item in decisions if item.moves_limits and limits in (None, "ours")]
    return " ".join(
        [alt, *(f"{describe_decision(definition, item)}: {_sentence(plain(item.reason))}" for item in found)]
    )


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def decision_card(decision: ChartDecision) -> Markup:
    """Return a decision as a card (HTML). Its measure may not be chosen yet."""
    known = store.catalogue().by_id.get(decision.metric)
    title = describe_decision(known, decision) if known else "A decision about a chart"
    said = {"Measure": known.title if known else "", "Why": plain(decision.reason), "Who": _who(decision)}
    return render_macro(DECISIONS, "card", title, [(name, words) for name, words in said.items() if words])


def _who(decision: ChartDecision) -> str:
    return describe_decider(decision, store.place_names()[decision.area])
