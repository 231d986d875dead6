"""Tests of change (PDSA cycles) as cards: on the page of their priority, and on that of their area."""

from markupsafe import Markup

from psc.narrate.words import describe_date, describe_list
from psc.register.public.public_register import PdsaCycle
from psc.register.records.register_vocabulary import DECISIONS
from psc.register.records.solution import Solution
from psc.web.components.chart_annotations import test_address
from psc.web.components.prose import NOT_RECORDED, or_not_recorded, prose
from psc.web.components.record_status import today
from psc.web.components.render import render_macro
from psc.web.session import store
from psc.web.session.navigation import address

CARDS = "macros/pdsa_cards.html"
PLANNED, UNDER_WAY = "Planned", "Under way"


def test_card(test: PdsaCycle, *, elsewhere: bool = False, numbered: bool = True) -> Markup:
    """Return a test as a card (HTML).

    ``elsewhere``: not on the page of its priority, so it links to that. Not ``numbered``: its place is not known yet.
    """
    title = f"Test {test.cycle}: {test.title}" if numbered else test.title
    where = ""
    pairs: dict[str, str] = {}
    priority = store.register().priorities_by_id.get(test.priority_id)
    if priority and elsewhere:
        where = test_address(test)
        pairs["Priority"] = priority.title
    elif priority and len(priority.areas) > 1:
        pairs["Area"] = store.area_names()[test.area]
    pairs |= {
        "Question": prose(test.question, own=True),
        "What was expected": prose(test.prediction, own=True),
        "Plan": prose(test.plan, own=True),
        "Sites": or_not_recorded(test.sites),
        "When": _when(test),
    }
    if test.end:
        pairs |= {
            "What happened": prose(test.what_happened, own=True),
            "What was learned": prose(test.learned, own=True),
            "Decision": _decision(test),
        }
    elif test.what_happened:
        pairs["What happened so far"] = prose(test.what_happened, own=True)
    if grown := store.register().solutions_from(test.id):
        pairs["Grew into"] = Markup(describe_list([solution_link(solution) for solution in grown]))
    labels = [PLANNED if is_planned(test) else UNDER_WAY if not test.end else "Ended"]
    labels += [DECISIONS[test.decision][0]] if test.end and test.decision else []
    return render_macro(CARDS, "card", test.id, title, where, labels, list(pairs.items()))


def test_link(test: PdsaCycle) -> Markup:
    """Return the way to a test, with its number and the priority it belongs to (HTML)."""
    priority = store.register().priorities_by_id[test.priority_id]
    where = address("priority", id=priority.id)
    return render_macro(CARDS, "test_link", test_address(test), test, where, priority)


def solution_link(solution: Solution) -> Markup:
    """Return the way to a solution's page (HTML); of one that was withdrawn it is said, wherever it is named."""
    where = address("solutions", id=solution.id)
    return render_macro(CARDS, "solution_link", where, solution.title, solution.status == "withdrawn")


def is_planned(test: PdsaCycle) -> bool:
    """Say whether a test has not begun yet."""
    return bool(test.start and test.start > today())


def _when(test: PdsaCycle) -> str:
    if not test.start:
        return NOT_RECORDED
    if is_planned(test):
        return f"planned from {describe_date(test.start)}{f' to {describe_date(test.end)}' if test.end else ''}"
    return f"{describe_date(test.start)} to {describe_date(test.end) if test.end else 'now: it is under way'}"


def _decision(test: PdsaCycle) -> str:
    if not test.decision:
        return NOT_RECORDED
    return render_macro(CARDS, "decision", *DECISIONS[test.decision])
