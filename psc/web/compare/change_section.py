"""How each area changed, beside England: the chart, what to ask, and the table."""

from dataclasses import asdict
from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from psc.catalogue.definition import Metric
from psc.charts.areas.change_figure import change_figure
from psc.geography.areas import ENGLAND
from psc.narrate.against import describe_against
from psc.narrate.chance import measure_chance_sentence
from psc.narrate.comparison import describe_open_dots, describe_pace
from psc.narrate.verdicts import Verdict, describe_before, describe_change, describe_interval
from psc.narrate.words import capitalised, describe_number, describe_period
from psc.web.components.page_parts import PLOTLY_CONFIG, html_table, sign_with_words
from psc.web.session import store
from psc.web.session.cache import cached

NONE = "none"


def is_judged(metric: str) -> bool:
    """Say whether the change of any area can be judged on a measure."""
    return any(verdict.is_judged and verdict.change is not None for verdict in _areas(metric).values())


def before(metric: str) -> str:
    """Return what changes on a measure are measured from; "a year before" where England has no verdict."""
    judged = [verdict for verdict in store.verdicts_on(metric).values() if verdict.is_judged]
    return describe_before(judged[-1]) if judged else "a year before"


def title(metric: str) -> str:
    """Return the title of the section."""
    return f"Change against {before(metric).replace('a year', 'the year', 1)}"


def note(metric: str) -> str:
    """Return how to read the changes, and why one may not be clear though its interval leaves out none."""
    read = (
        f"Each dot is how much an area’s figure changed from {before(metric)}, and its line is the 99% interval. A "
        "filled dot is a clear change, an open one is not. The dashed line is England, and the grey band its interval."
    )
    return f"{read} {describe_open_dots(store.verdicts_on(metric))}".strip()


def expected_by_chance(definition: Metric) -> str:
    """Return how often such a verdict appears though nothing changes; nothing where none is ever given."""
    chance = store.chances().get(definition.id)
    return measure_chance_sentence(chance) if chance else ""


def chart(metric: str, order: str) -> None:
    """Show the change in each area with its interval, beside England's."""
    st.plotly_chart(
        _figure(metric, order),
        theme=None,
        config=PLOTLY_CONFIG,
        key=f"change {metric}",
        alt=f"{title(metric)} of {store.definition(metric).title}, 15 areas and England. "
        f"{describe_pace(store.verdicts_on(metric))} The table says each.",
    )


@cached(entries=100)
def _figure(metric: str, order: str) -> go.Figure:
    areas, verdicts = _in_order(order), store.verdicts_on(metric)
    rows = pd.DataFrame(
        [{"name": areas.loc[area, "name"], **asdict(verdicts[area])} for area in areas["id"] if area in verdicts]
    )
    rows[["change", "lower", "upper"]] = rows[["change", "lower", "upper"]].astype(float)
    return change_figure(rows, verdicts.get(ENGLAND))


def change_table(definition: Metric, order: str) -> str:
    """Return every area's verdict with the size of its change, and England's, as a table (HTML)."""
    verdicts = store.verdicts_on(definition.id)
    areas = _in_order(order)
    yearly = any(verdict.method == "yearly" for verdict in verdicts.values())
    names = {**areas["name"].to_dict(), ENGLAND: "England"}
    body = [
        _line(definition, name, verdicts[area], verdicts.get(ENGLAND), yearly=yearly)
        if area in verdicts
        else _no_figures(name, yearly=yearly)
        for area, name in names.items()
        if area in verdicts or area != ENGLAND
    ]
    titles = ["Area", "Verdict", f"Change on {before(definition.id)} (99% interval)"]
    titles += ["Change on the year before"] * yearly + ["Beside England’s change", "Latest figure", "Period"]
    return html_table(titles, body, f"{definition.title}: change in the 15 areas and in England", cells_are_html=True)


def _line(definition: Metric, name: str, verdict: Verdict, england: Verdict | None, *, yearly: bool) -> list[str]:
    return [
        escape(name),
        sign_with_words(verdict.state, verdict.direction, 22),
        _change_cell(verdict),
        *[NONE if verdict.change_on_year is None else describe_change(verdict.change_on_year)] * yearly,
        "–" if verdict is england else escape(describe_against(verdict, england)),
        describe_number(verdict.value, definition.decimals),
        escape(describe_period(verdict.period_start, verdict.period_end, definition.grain)),
    ]


def _change_cell(verdict: Verdict) -> str:
    if verdict.change is None:
        return NONE
    within = describe_interval(verdict.lower, verdict.upper)
    return f"{capitalised(describe_change(verdict.change))}{f' ({within})' if within else ''}"


def _no_figures(name: str, *, yearly: bool) -> list[str]:
    return [escape(name), "no figures", *[NONE] * (4 + yearly)]


def _areas(metric: str) -> dict[str, Verdict]:
    return {area: verdict for area, verdict in store.verdicts_on(metric).items() if area != ENGLAND}


def _in_order(order: str) -> pd.DataFrame:
    return store.areas().sort_values("north_to_south" if order == "geographic" else "name")
