"""Areas to ask: where a measure clearly improves faster than in England, and what those areas have shared on it."""

from collections.abc import Sequence

from markupsafe import Markup

from psc.geography.areas import ENGLAND
from psc.narrate.against import departure, side_of
from psc.narrate.verdicts import Verdict, describe_before, describe_change
from psc.narrate.words import capitalised
from psc.register.records.priority import Priority
from psc.register.records.solution import Solution
from psc.register.search.selection import priorities_about, solutions_about
from psc.web.components.page_parts import html_table, sign
from psc.web.components.render import html_lines, html_link, render_macro
from psc.web.session import store
from psc.web.session.cache import cached
from psc.web.session.navigation import address

ASKED = "macros/areas_to_ask.html"
NOWHERE = "No area is clearly improving faster than England on this measure."
COLUMNS = ["Area", "What the figures show", "Solutions it shared on this", "Priorities it published on this"]


def faster_areas(metric: str) -> dict[str, Verdict]:
    """Return the verdicts, by area id, of the areas that clearly improve, and clearly faster than England."""
    definition, verdicts = store.definition(metric), store.verdicts_on(metric)
    england = verdicts.get(ENGLAND)
    return {
        area: verdict
        for area, verdict in verdicts.items()
        if verdict.state == "improving" and side_of(definition, departure(verdict, england)) == "more"
    }


@cached(entries=60, register=True)
def improving_elsewhere(metric: str) -> Markup:
    """Return the areas whose figures improve faster than England's, with what they shared and published (HTML)."""
    faster = faster_areas(metric)
    if not faster:
        return render_macro(ASKED, "nowhere", NOWHERE)
    solutions = solutions_about(store.register(), metric)
    priorities = [p for p in priorities_about(store.register(), metric) if p.scope != "national"]
    england = store.verdicts_on(metric)[ENGLAND]
    body = [_row(metric, area, verdict, england, solutions, priorities) for area, verdict in faster.items()]
    return html_table(COLUMNS, body, f"{store.definition(metric).title}: areas improving faster than England")


def _row(
    metric: str,
    area: str,
    verdict: Verdict,
    england: Verdict,
    solutions: Sequence[Solution],
    priorities: Sequence[Priority],
) -> list[str]:
    own = [solution for solution in solutions if area in solution.areas_of_origin]
    shared = html_lines([html_link(address("solutions", id=solution.id), solution.title) for solution in own])
    published = html_lines(
        [
            html_link(address("priority", id=priority.id), priority.title)
            for priority in priorities
            if area in priority.areas
        ]
    )
    image = sign(verdict.state, verdict.direction, 22, named=False)
    return [
        html_link(address("chart", metric=metric, area=area), store.area_names()[area]),
        render_macro(ASKED, "change", image, _moved(verdict, england)),
        shared or "none recorded",
        published or "none recorded",
    ]


def _moved(verdict: Verdict, england: Verdict) -> str:
    own = f"{capitalised(describe_change(verdict.change or 0))} than {describe_before(verdict)}"
    return own if england.change is None else f"{own}; England {describe_change(england.change)}"
