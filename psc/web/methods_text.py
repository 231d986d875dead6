"""How figures are judged and compared, told to a reader."""

from html import escape

import streamlit as st

from psc.narrate.signals import rule_words
from psc.web import data
from psc.web.panels import chart

TREND_POINTS = 7
EXAMPLE = ("high-dose-opioids", "wessex")


def judging() -> None:
    """Explain how signals are judged, with a worked example from the data."""
    rules = "".join(f"<li>{escape(words)}</li>" for words in rule_words(TREND_POINTS).values())
    other = [metric.title for metric in data.catalogue().metrics if metric.trend_points != TREND_POINTS]
    agreed = f"<p>A run that only rises or only falls counts from six points on: {escape('; '.join(other))}.</p>"
    st.html(
        '<div class="psc-read"><p>Every series goes up and down. Most of that is chance, and reacting to it does harm '
        "of its own. We use the XmR chart of NHS England's “Making Data Count”: the average, and limits at 2.66 times "
        "the usual step from one point to the next. Steps that are far too large are left out once before the limits "
        f"are drawn. A point is called special when it is</p><ul>{rules}</ul>{agreed if other else ''}"
        "<p>The signal on the map is that of the latest point. A special point on the better side is <b>improving</b>, "
        "on the worse side <b>a concern</b>. Where neither side is better we only say higher or lower. A change of "
        "definition starts new limits, and nothing is joined across it. Yearly figures, and series of fewer than 13 "
        "points, get a run chart around the middle value, without limits and with the sign for “not judged”.</p>"
        "<p>A single low month must not pass for an improvement. So on a monthly measure a signal stands only if the "
        "last 12 months moved the same way as it does, against the 12 before. Only months with a figure in both "
        "years count; with under ten, the years are not compared. If they moved the other way, we say <b>no clear "
        "verdict</b>. Where fewer than five events a period are counted, or in a share fewer than five cases without "
        "one, we draw no limits. Where a monthly share has so few events, the chart’s own page also shows how many "
        "cases lie between one event and the next, which says more about rare events than their rate. Nor do we "
        "draw limits where nearly all figures are the same, because there is too little movement to make them from.</p>"
        "<p>New limits can also start because a person has decided so. Then the definition says when, why and who. "
        "This site may suggest it, but never does it. Where a measure has a target, its own sign says whether the "
        "usual range lies on the right side of it. No measure here has one today.</p>"
        "<p>A shift is told in counts only where it is special: how many more or fewer there were a month in the last "
        "year than the rate of the first year would have given. So growth of the population is no change.</p>"
        "<p>Be careful: monthly figures can follow the seasons, and a long fall or rise makes one average over all "
        "years a poor yardstick. Where a third or more of the points lie beyond the limits, we say so beside the "
        "chart. A signal says that something changed. It does not say why, and it is no proof that any work caused "
        "it.</p></div>"
    )
    metric, area = EXAMPLE
    if area not in set(data.rows("metric_signals", metric=metric)["area_id"]):
        return
    name = data.area_names()[area]
    st.html(f"<p><b>Worked example: {escape(data.definition(metric).title)}, {escape(name)}.</b></p>")
    chart(metric, area, key="worked example", height=330)


def intervals_text() -> None:
    """Explain the intervals on the Compare page."""
    st.html(
        '<p class="psc-read">The lines beside the latest figures are 95% confidence intervals: Wilson’s for a '
        "percentage, Byar’s (exact for counts under ten) for a rate. They allow for chance alone, not for differences "
        "in age, illness or recording. Prescription items are not independent of each other, so their intervals are "
        "narrower than they should be. Doses and milligrams are amounts, not counts of events, and directly "
        "standardised rates come without the counts they were made from: both are shown without an interval.</p>"
    )


def funnels_text() -> None:
    """Explain the funnels on the Compare page."""
    st.html(
        '<p class="psc-read">A small area’s figure moves more by chance than a large one’s. A funnel shows each figure '
        "by its size, with limits that narrow as size grows. We use 99.8% limits. Areas nearly always differ by more "
        "than chance, because people and records differ. The limits are then widened by those same differences, and "
        "the page says how many areas lie beyond the limits of chance alone. So an area inside may still be far from "
        "England’s figure: read the distance, not only the side. Shares use the arcsine scale, rates the square root, "
        "deaths against expected deaths the logarithm. Nothing is ranked.</p>"
    )
