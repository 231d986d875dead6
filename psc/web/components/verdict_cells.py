"""The cells of a table that hold what a verdict says (HTML)."""

from markupsafe import Markup

from psc.catalogue.definition import Metric
from psc.narrate.against import describe_against
from psc.narrate.pandemic import pandemic_clause
from psc.narrate.verdicts import Verdict, describe_change, describe_interval
from psc.narrate.words import describe_period
from psc.web.components.page_parts import sign_with_words
from psc.web.components.render import escaped, render_macro

CELLS = "macros/verdict_cells.html"
TOO_FEW = "Too few to say"


def sign_cell(verdict: Verdict) -> Markup:
    """Return the sign and its words, and what the verdict would be without the years of the pandemic, if another."""
    few = verdict.reason == "too_few_to_say"
    words = TOO_FEW if few else sign_with_words(verdict.state, verdict.direction)
    return render_macro(CELLS, "sign_cell", words, pandemic_clause(verdict))


def change_cell(verdict: Verdict) -> Markup:
    """Return the size of the change, with its 99% interval where there is one."""
    if verdict.change is None:
        return escaped("not judged" if not verdict.is_judged else "no size")
    interval = describe_interval(verdict.lower, verdict.upper)
    return escaped(f"{describe_change(verdict.change)}{f' ({interval})' if interval else ''}")


def year_cell(verdict: Verdict) -> Markup:
    """Return the change on the year before, for yearly figures; a monthly change is one already."""
    return escaped("as before" if verdict.change_on_year is None else describe_change(verdict.change_on_year))


def against_cell(verdict: Verdict, england: Verdict | None) -> Markup:
    """Return how the change differs from England's."""
    return escaped(describe_against(verdict, england))


def period_cell(definition: Metric, verdict: Verdict) -> Markup:
    """Return the period of the latest figure, which no narrow column breaks within a word."""
    words = describe_period(verdict.period_start, verdict.period_end, definition.grain)
    return render_macro(CELLS, "period_cell", words)
