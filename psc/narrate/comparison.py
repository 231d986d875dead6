"""How the areas changed and stand beside England, in a few sentences: differences, never places in a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from psc.catalogue.definition import Metric
from psc.geography.areas import ENGLAND
from psc.narrate.against import departure
from psc.narrate.funnel_sentences import FunnelFacts, describe_clear_levels
from psc.narrate.pandemic import pandemic_clause
from psc.narrate.verdicts import (
    ABOUT_THE_SAME,
    LEAD,
    NEEDED,
    REASON_WORDS,
    Verdict,
    describe_before,
    describe_directed,
    describe_percent,
)
from psc.narrate.words import (
    MONTHS_OF_A_YEAR,
    VERBS,
    capitalised,
    describe_count,
    describe_few,
    describe_list,
    describe_month,
    describe_number,
    describe_old,
)

NONE_FASTER = "No area clearly differed from that."


@dataclass(frozen=True, slots=True)
class Compared:
    """In which period the areas are compared, and how that stands to the newest.

    ``period`` in words; ``without``: the names of the areas that have no figure in it. ``newest``: the newest period in
    words where it is a later one, of which too few areas have a figure (``newest_areas`` many); else "".
    """

    period: str
    without: tuple[str, ...] = ()
    newest: str = ""
    newest_areas: int = 0


def comparison_headline(verdicts: Mapping[str, Verdict], funnel: FunnelFacts | None, today: date) -> str:
    """Return how England changed, how many areas differ from it in change and level, and the age of the figures.

    ``verdicts`` by area id, England's among them. The age is that of the period which most areas' figures end with.
    """
    ends = sorted(verdict.period_end for area, verdict in verdicts.items() if area != ENGLAND)
    most = max(ends, key=ends.count, default=None)
    age = f"To {describe_month(most)}, {describe_old(most, today)}." if most else ""
    pace = describe_pace(verdicts)
    if funnel and pace == NONE_FASTER:
        apart = [describe_clear_levels(funnel, other="change")]
    else:
        # Why a change is not judged takes so many words that none are left for the curves.
        apart = [pace, describe_clear_levels(funnel, curves=bool(pace)) if funnel else ""]
    said = [_describe_england(verdicts.get(ENGLAND)), *apart, age]
    return " ".join(part for part in said if part)


def _describe_england(england: Verdict | None) -> str:
    if england is None:
        return "There is no figure for England."
    if not england.is_judged:
        return f"Change is not judged: {REASON_WORDS[england.reason]}."
    before = _describe_earlier(england)
    if england.reason == "too_few_to_say":
        return "Too few are counted in England to say if it changed."
    without = pandemic_clause(england)
    if england.direction == "none" or england.change is None:
        other = f", but {without}" if without else _both_changes(england) or f" on {before}"
        return f"England: no clear change{other}."
    if without and england.certain:
        return f"England: {describe_directed(england.change)} than {before}, {without}."
    lead = f"{LEAD[england.state].lower()}, " if england.state in LEAD else ""
    about, doubt = ("", "") if england.certain else ("about ", ", perhaps by chance")
    return f"England: {lead}{about}{describe_directed(england.change)} than {before}{doubt}."


def _both_changes(england: Verdict) -> str:
    """Of years without a clear change, both changes: the last year may have risen in every area."""
    if england.change is None or england.change_on_year is None:
        return ""
    earlier, last = _above(england.change), _above(england.change_on_year)
    return f", {earlier} {_describe_earlier(england)}, {last} the last"


def _above(change: float) -> str:
    if abs(change) < ABOUT_THE_SAME:
        return "about the same as"
    return f"{describe_percent(change)} {'above' if change > 0 else 'below'}"


def _describe_earlier(verdict: Verdict) -> str:
    """What a change is measured from, shorter than `describe_before`: an answer has 30 words."""
    return describe_count(verdict.years, "earlier year") if verdict.method == "yearly" else describe_before(verdict)


def describe_pace(verdicts: Mapping[str, Verdict]) -> str:
    """Return how many areas changed clearly faster or slower than England; nothing where that cannot be compared."""
    england = verdicts.get(ENGLAND)
    known = [verdict for verdict in verdicts.values() if verdict.against_england]
    if england is None or not known:
        return ""
    apart = {way: [one for one in known if departure(one, england) == way] for way in ("lower", "higher")}
    if not any(apart.values()):
        return NONE_FASTER
    if not england.certain:
        said = [f"{VERBS[way]} in {describe_count(len(areas), 'area')}" for way, areas in apart.items() if areas]
        return f"Unlike in England, it clearly {describe_list(said)}."
    ahead, behind = apart[england.direction], apart["higher" if england.direction == "lower" else "lower"]
    some = any(not one.certain or one.direction != england.direction for one in behind)
    slowly = "slower or unclear" if some else "slower"
    said = [
        f"{how} in {describe_count(len(areas), 'area')}"
        for how, areas in (("faster", ahead), (slowly, behind))
        if areas
    ]
    return f"{capitalised(', '.join(said))}."


def comparison_sentence(
    definition: Metric, figures: pd.Series, compared: Compared, england: float | None = None
) -> str:
    """Return the sentence for the latest figures: their period, their range, England's figure, which are missing.

    ``figures`` has each area's figure of the same period, at least one and none missing. A plain count of England is
    the sum of the areas and is never laid beside one of them: pass no ``england``.
    """
    said = [_newest_sentence(compared), _range_sentence(definition, figures, compared)]
    if compared.without:
        has = "has" if len(compared.without) == 1 else "have"
        said.append(f"{capitalised(describe_few(compared.without))} {has} no figure for it.")
    if definition.is_count:
        said.append("These are plain counts: an area with more people can expect more.")
    elif england is not None:
        said.append(f"England’s figure was {describe_number(england, definition.decimals)}.")
    return " ".join(part for part in said if part)


def _newest_sentence(compared: Compared) -> str:
    if not compared.newest:
        return ""
    few = f"Only {describe_count(compared.newest_areas, 'area')} {'has' if compared.newest_areas == 1 else 'have'}"
    return f"{few if compared.newest_areas else 'No area has'} a figure for {compared.newest}."


def _range_sentence(definition: Metric, figures: pd.Series, compared: Compared) -> str:
    low, high = (describe_number(value, definition.decimals) for value in (figures.min(), figures.max()))
    if len(figures) == 1:
        return f"In {compared.period} one area has a figure: {definition.unit_sentence.format(value=low)}."
    which = f"{describe_count(len(figures), 'area')} with figures" if compared.without else "areas"
    if low == high:
        return f"In {compared.period} the {which} all had {definition.unit_sentence.format(value=low)}."
    return f"In {compared.period} the {which} ranged from {definition.unit_sentence.format(value=f'{low} to {high}')}."


def describe_open_dots(verdicts: Mapping[str, Verdict]) -> str:
    """Return why a change whose interval leaves out none is not clear, where there is one among areas; else nothing."""
    found = [
        one
        for area, one in verdicts.items()
        if area != ENGLAND and one.method != "rare" and one.direction == "none" and one.is_apart_from_none
    ]
    if not found:
        return ""
    lines = describe_count(len(found), "open dot has a line", "open dots have lines")
    if found[0].method == "yearly":
        needed = "show against the last two years alone"
    else:
        needed = f"be 2% or more, and go the same way in {NEEDED[MONTHS_OF_A_YEAR]} of 12 months"
    return f"{capitalised(lines)} clear of 0%: a clear change must also {needed}."
