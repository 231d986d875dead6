"""How figures are judged and compared, told to a reader."""

from html import escape

import streamlit as st

from psc.narrate.signal_words import describe_rule
from psc.narrate.verdicts import verdict_sentence
from psc.web.components.verdict_section import show_verdict
from psc.web.session import store

TREND_POINTS = 7
EXAMPLE = ("high-dose-opioids", "wessex")


def judging() -> None:
    """Explain how verdicts are given and how a chart's latest point is judged, with a worked example from the data."""
    rules = "".join(f"<li>{escape(words)}</li>" for words in describe_rule(TREND_POINTS).values())
    other = [metric.title for metric in store.catalogue().metrics if metric.trend_points != TREND_POINTS]
    agreed = f"<p>A run that only rises or only falls counts from six points on: {escape('; '.join(other))}.</p>"
    st.html(
        '<div class="psc-read"><p>Two questions are kept apart. <b>Has it gone up or down?</b> That is the '
        "verdict, on the "
        "map, in counts and in headlines. <b>Is the latest month odd?</b> That is the sign on a chart.</p>"
        "<p><b>The verdict of a monthly measure.</b> We set each of the last 12 months beside the same month a year "
        "before. That takes the season out. We say lower only if at least 11 of the 12 months are lower, and by at "
        "least 2% taken together. You can count the months on the chart’s own page. Then we ask if chance alone could "
        "do this. If it could, we say so, and it does not count on the map.</p>"
        "<p><b>Rare events.</b> Where fewer than five are counted a month, we compare the count of the last 12 months "
        "with that of the 12 before, by an exact test. Often that is too few to say.</p>"
        "<p><b>Yearly counts, such as infections.</b> We set the latest year against the five years before. It "
        "is higher "
        "only if it is far above them, above the year before, and above the last two. Two of the five were years of "
        "the pandemic; where the verdict rests on them, we say so.</p>"
        "<p><b>Beside England.</b> Many measures rise or fall everywhere at once. So we also ask if an area changed "
        "more than England did. That is what an area can learn from.</p>"
        "<p><b>How sure?</b> We made up hundreds of worlds in which nothing changes, with the same ups and "
        "downs as the "
        "real figures. In them a verdict still appears now and then. Each page says how often. Areas rise and fall "
        "together, so it is usually in none of them and sometimes in many at once.</p>"
        "<p><b>The sign on a chart</b> follows NHS England’s “Making Data Count”: the average, and limits at "
        "2.66 times "
        "the step from one point to the next. The limits rest on the last two years unless you choose others. A point "
        f"is called special when it is</p><ul>{rules}</ul>{agreed if other else ''}"
        "<p>On monthly figures with a season this sign appears by chance far more often than the verdict. It asks "
        "you to look, no more. Yearly figures, fewer than 13 points, and fewer than five events a month get no "
        "limits.</p>"
        "<p>A verdict says that something changed. It does not say why, and it is no proof that any work caused it."
        "</p></div>"
    )
    metric, area = EXAMPLE
    verdict = store.verdicts_on(metric).get(area)
    if verdict is None:
        return
    definition, name = store.definition(metric), store.area_names()[area]
    st.html(
        f"<p><b>Worked example: {escape(definition.title)}, {escape(name)}.</b> "
        f"{escape(verdict_sentence(definition, verdict))}</p>"
    )
    show_verdict(definition, area)


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
