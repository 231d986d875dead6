"""The cells of a table that hold what a verdict says (HTML)."""

from html import escape

from psc.catalogue.definition import Metric
from psc.narrate.against import describe_against
from psc.narrate.pandemic import pandemic_clause
from psc.narrate.verdicts import Verdict, describe_change, describe_interval
from psc.narrate.words import describe_period
from psc.web.components.page_parts import sign_with_words

TOO_FEW = "Too few to say"


def sign_cell(verdict: Verdict) -> str:
    """Return the sign and its words, and what the verdict would be without the years of the pandemic, if another."""
    clause = pandemic_clause(verdict)
    note = f'<p class="psc-note">{escape(clause)}</p>' if clause else ""
    if verdict.reason == "too_few_to_say":
        return f"{TOO_FEW}{note}"
    return f"{sign_with_words(verdict.state, verdict.direction)}{note}"


def change_cell(verdict: Verdict) -> str:
    """Return the size of the change, with its 99% interval where there is one."""
    if verdict.change is None:
        return "not judged" if not verdict.is_judged else "no size"
    interval = describe_interval(verdict.lower, verdict.upper)
    return escape(f"{describe_change(verdict.change)}{f' ({interval})' if interval else ''}")


def year_cell(verdict: Verdict) -> str:
    """Return the change on the year before, for yearly figures; a monthly change is one already."""
    return "as before" if verdict.change_on_year is None else escape(describe_change(verdict.change_on_year))


def against_cell(verdict: Verdict, england: Verdict | None) -> str:
    """Return how the change differs from England's."""
    return escape(describe_against(verdict, england))


def period_cell(definition: Metric, verdict: Verdict) -> str:
    """Return the period of the latest figure, which no narrow column breaks within a word."""
    words = describe_period(verdict.period_start, verdict.period_end, definition.grain)
    return f'<span class="psc-whole-words">{escape(words)}</span>'
