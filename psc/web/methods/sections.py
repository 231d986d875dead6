"""The parts of the Data and methods page."""

from html import escape

import pandas as pd
import streamlit as st

from psc.catalogue.definition import Metric
from psc.narrate.words import describe_count, describe_list, describe_month
from psc.web.components.page_parts import facts, html_table
from psc.web.components.register_cards import setting_titles
from psc.web.routes.download_routes import FILES, PLAIN
from psc.web.session import store
from psc.web.session.cache import cached
from psc.web.session.navigation import address

DIRECTIONS = {
    "lower": "Lower is better",
    "higher": "Higher is better",
    "neutral": "Neither: a higher or lower figure is not good or bad in itself",
}
KINDS = {
    "harm": "Harm that reached patients",
    "hazard": "A hazard: it makes harm more likely, and is not harm itself",
    "process": "A process of care",
    "outcome": "An outcome with many causes",
    "recording": "Recording: more reports do not mean more harm",
}
GRAINS = {
    "month": "Monthly",
    "quarter": "Quarterly",
    "financial_year": "Yearly, April to March",
    "overlapping_year": "Twelve months, overlapping",
}


_FOR_PROGRAMS = (
    "<p>CSV files are in UTF-8. They begin with a byte order mark, so that Excel shows every letter as it is written. "
    f"Programs that do not expect one can add <code>?{PLAIN}</code> to the address, for example "
    f"<code>/data/areas.csv?{PLAIN}</code>. A text that a spreadsheet would run as a formula, such as one that begins "
    "with an equals sign, has an apostrophe before it.</p>"
)


def page_summary() -> str:
    """Return how much there is, and how much is missing, in a sentence."""
    metrics = store.catalogue().metrics
    loaded = sum(metric.has_series for metric in metrics)
    observations = int(store.rows("release")["observations"].iloc[0])
    return (
        f"{len(metrics)} measures are defined. For {loaded} of them published figures are loaded, {observations:,} in "
        f"all; for the other {len(metrics) - loaded} no published series could be had, and they are shown as missing."
    )


def coverage() -> None:
    """Show for which measures and years there are figures."""
    st.html(_coverage())


@cached(entries=2)
def _coverage() -> str:
    rows = store.rows("coverage")
    years = sorted(int(year) for year in rows["year"].dropna().unique())
    body = []
    for metric in store.catalogue().metrics:
        mine = rows[rows["metric_id"] == metric.id].set_index("year")
        cells = [_coverage_cell(mine.loc[year]) if year in mine.index else "–" for year in years]
        body.append([escape(metric.title), GRAINS[metric.grain], *cells])
    table = html_table(
        ["Measure", "Grain", *(str(year) for year in years)],
        body,
        "Periods with figures, by the year they begin in. A dash: none loaded. An asterisk: some areas missing.",
        wide=True,
        cells_are_html=True,
    )
    return f'<div class="psc-dense">{table}</div>'


def _coverage_cell(row: pd.Series) -> str:
    complete = row["values"] == 15 * row["expected"]
    return f'<span class="psc-cover">{int(row["periods"])}{"" if complete else "*"}</span>'


def definition(metric: Metric) -> None:
    """Show everything that is said of one measure."""
    st.html(f'<h3 class="psc-group">{escape(metric.title)}</h3><p class="psc-read">{escape(metric.why_it_matters)}</p>')
    settings = setting_titles()
    pairs = {
        "In plain English": escape(metric.plain_title),
        "What kind of figure": KINDS[metric.kind],
        "Care settings": escape(describe_list([settings[code] for code in metric.care_settings])),
        "Numerator": escape(metric.numerator),
        "Denominator": escape(metric.denominator or "None: it is a plain count"),
        "Unit": escape(metric.unit),
        "Better direction": DIRECTIONS[metric.direction],
        "How often": GRAINS[metric.grain],
        "Chart, and why": escape(chart_reason(metric)),
        "Cautions": "<ul>" + "".join(f"<li>{escape(caveat)}</li>" for caveat in metric.caveats) + "</ul>",
        "Series breaks": _breaks(metric),
        "New limits a person decided on": _rebases(metric),
        "Target": _targets(metric),
        "Gaps": "<br>".join(
            f"{describe_month(gap.first)} to {describe_month(gap.last)}: {escape(gap.reason)}" for gap in metric.gaps
        )
        or "None",
        "Publisher": escape(metric.publisher),
        "Source": f'<a href="{escape(metric.source_url)}">{escape(metric.source_title)}</a>',
        "Licence": escape(metric.licence),
        "Checked on, next review": f"{metric.checked_on:%d %B %Y}, {metric.next_review:%d %B %Y}",
    }
    if metric.area_values:
        about = " These area figures are approximations." if metric.area_values.approximate else ""
        pairs["How area figures were made"] = escape(metric.area_values.how + about)
    if metric.no_series:
        pairs["No published series loaded"] = escape(metric.no_series.reason)
        pairs["How to load one"] = escape(metric.no_series.how_to_load)
    else:
        pairs["Download"] = f'<a href="/data/{escape(metric.id)}.csv" download>{escape(metric.id)}.csv</a>'
        pairs["See it"] = f'<a href="{escape(address("compare", metric=metric.id))}">Compare the 15 areas</a>'
    st.html(facts(pairs, values_are_html=True))


def chart_reason(metric: Metric) -> str:
    """Return which chart the measure gets, and why."""
    return {
        "xmr": f"XmR chart: {GRAINS[metric.grain].lower()} figures, enough of them to learn what is usual. Under 13 "
        "points, or under five events a period, a run chart.",
        "run": "Run chart without limits: yearly figures are too few to tell what is usual.",
        "line": "Plain line, no rules: each figure covers twelve months that overlap the next.",
    }[metric.chart]


def _breaks(metric: Metric) -> str:
    said = [f"{item.date:%d %B %Y}: {escape(item.reason)}" for item in metric.series_breaks]
    return "<br>".join(said) or "None known in the figures shown"


def _rebases(metric: Metric) -> str:
    names = store.area_names()
    said = [
        f"{item.start:%d %B %Y}, {escape(names[item.area]) if item.area else 'all areas'}: {escape(item.reason)} "
        f"({escape(item.decided_by)}, {item.decided_on:%d %B %Y})"
        for item in metric.rebases
    ]
    return "<br>".join(said) or "None"


def _targets(metric: Metric) -> str:
    said = [
        f"{escape(metric.unit_sentence.format(value=f'{item.value:g}'))} from {item.start:%d %B %Y} "
        f"({escape(item.source)})"
        for item in metric.targets
    ]
    return "<br>".join(said) or "None set here"


def drawing() -> None:
    """Tell how the areas were drawn, the places cut out and the places others draw differently."""
    documents = store.documents()
    names = store.area_names()
    body = documents.how_drawn.split("\n", 1)[1]
    with st.expander("How the lines were drawn, in full"):
        st.markdown(body)
    st.html(
        '<figure class="psc-figure"><img src="/assets/places.svg" alt="Map of England’s 15 areas with eleven numbered '
        'places; the two tables name them."><figcaption>Squares: places cut out. Circles: places that others draw '
        "differently. The numbers are those of the tables.</figcaption></figure>"
    )
    splits = [
        [
            f"{number}. {escape(place['place'])}",
            f"{int(place['population']):,}",
            escape(names[place["area"]]),
            escape(names[place["rest_of_icb"]]),
            escape(place["how_cut"]),
        ]
        for number, place in enumerate(documents.splits, 1)
    ]
    st.html(
        html_table(
            ["Place", "People", "Drawn in", "Rest of its board", "How it was cut"],
            splits,
            "Cut out",
            cells_are_html=True,
        )
    )
    disputed = [
        [
            f"{number}. {escape(place['place'])}",
            escape(names[place["drawn_in"]]),
            escape(describe_list([names[area] for area in place["also_linked_to"].split("; ") if area]) or "none"),
            escape(place["why"]),
        ]
        for number, place in enumerate(documents.disputed_places, len(documents.splits) + 1)
    ]
    st.html(
        html_table(
            ["Place", "Drawn in", "Also linked to", "Why"],
            disputed,
            "Places others draw differently",
            cells_are_html=True,
        )
    )


def sources() -> None:
    """Show every publisher with what comes from it."""
    body = [
        [
            escape(metric.title),
            escape(metric.publisher),
            f'<a href="{escape(metric.source_url)}">{escape(metric.source_title)}</a>',
            escape(metric.licence),
        ]
        for metric in store.catalogue().metrics
        if metric.has_series
    ]
    st.html(
        html_table(
            ["Measure", "Publisher", "Source", "Licence"], body, "Sources of the figures shown", cells_are_html=True
        )
    )


def missing() -> None:
    """Say plainly which harms have no figures here."""
    without = [metric for metric in store.catalogue().metrics if metric.no_series]
    body = [[escape(metric.title), escape(metric.no_series.reason)] for metric in without if metric.no_series]
    st.html(
        html_table(
            ["Measure", "Why there are no figures"],
            body,
            f"{describe_count(len(without), 'measure')} without figures",
            cells_are_html=True,
        )
    )


def downloads() -> None:
    """Show the links to the data as files."""
    items = "".join(
        f'<li><a href="/data/{escape(name)}" download>{escape(name)}</a>: {escape(what)}</li>'
        for name, (what, _) in FILES.items()
    )
    st.html(f"<ul>{items}<li>One file for each measure: at the foot of its definition above.</li></ul>{_FOR_PROGRAMS}")
