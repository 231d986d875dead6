"""How the areas changed and stand beside England, in a few sentences: differences, never places in a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from psc.catalogue.definition import Definition
from psc.narrate.against import departure
from psc.narrate.pandemic import pandemic_clause
from psc.narrate.verdicts import ABOUT_THE_SAME, LEAD, REASON_WORDS, Verdict, directed_words, percent_words
from psc.narrate.words import (
    capitalised,
    count_words,
    list_words,
    month_words,
    number_words,
    old_words,
    tally_words,
)

FEW_NAMES = 4
ENGLAND = "england"
NONE_FASTER = "No area clearly differed from that."
NONE_OUTSIDE = "No area’s level stands out."
VERB = {"lower": "fell", "higher": "rose"}


@dataclass(frozen=True, slots=True)
class FunnelFacts:
    """What a funnel found: the names ``above`` and ``below`` the 99.8% limits among ``areas`` many areas.

    ``expected``: how many chance alone puts beyond its own limits. ``overdispersed``: areas differ by more than
    chance, and the limits allow for that. ``beyond_chance``: how many lie beyond the limits of chance alone.
    """

    areas: int
    above: tuple[str, ...]
    below: tuple[str, ...]
    expected: float
    overdispersed: bool
    beyond_chance: int


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
    """Return how England changed, how many areas changed otherwise, how many stand out, and the age of the figures.

    ``verdicts`` by area id, England's among them. The age is that of the period which most areas' figures end with.
    """
    ends = sorted(verdict.period_end for area, verdict in verdicts.items() if area != ENGLAND)
    most = max(ends, key=ends.count, default=None)
    age = f"To {month_words(most)}, {old_words(most, today)}." if most else ""
    apart = [pace_words(verdicts), _standing_words(funnel) if funnel else ""]
    if apart == [NONE_FASTER, NONE_OUTSIDE]:
        apart = ["No area stands apart in change or level."]
    said = [_england_words(verdicts.get(ENGLAND)), *apart, age]
    return " ".join(part for part in said if part)


def _england_words(england: Verdict | None) -> str:
    if england is None:
        return "There is no figure for England."
    if not england.is_judged:
        return f"Change is not judged: {REASON_WORDS[england.reason]}."
    before = before_words(england)
    if england.reason == "too_few_to_say":
        return "Too few are counted in England to say if it changed."
    without = pandemic_clause(england)
    if england.direction == "none" or england.change is None:
        other = f", but {without}" if without else _both_changes(england) or f" on {before}"
        return f"No clear change in England{other}."
    if without and england.certain:
        return f"England: {directed_words(england.change)} than {before}, {without}."
    lead = f"{LEAD[england.state].lower()}, " if england.state in LEAD else ""
    about, doubt = ("", "") if england.certain else ("about ", ", perhaps by chance")
    return f"England: {lead}{about}{directed_words(england.change)} than {before}{doubt}."


def _both_changes(england: Verdict) -> str:
    """Of years without a clear change, both changes: the last year may have risen in every area."""
    if england.change is None or england.change_on_year is None:
        return ""
    earlier, last = (_above(change) for change in (england.change, england.change_on_year))
    return f": {earlier} {count_words(england.years, 'earlier year')}, {last} the last"


def _above(change: float) -> str:
    if abs(change) < ABOUT_THE_SAME:
        return "about the same as"
    return f"{percent_words(change)} {'above' if change > 0 else 'below'}"


def before_words(verdict: Verdict) -> str:
    """Return what a change is measured from: "a year before", "the five years before"."""
    return f"the {count_words(verdict.years, 'year')} before" if verdict.method == "yearly" else "a year before"


def pace_words(verdicts: Mapping[str, Verdict]) -> str:
    """Return how many areas changed clearly faster or slower than England; nothing where that cannot be compared."""
    england = verdicts.get(ENGLAND)
    known = [verdict for verdict in verdicts.values() if verdict.against_england]
    if england is None or not known:
        return ""
    apart = {way: [one for one in known if departure(one, england) == way] for way in ("lower", "higher")}
    if not any(apart.values()):
        return NONE_FASTER
    if not england.certain:
        said = [f"{VERB[way]} in {count_words(len(areas), 'area')}" for way, areas in apart.items() if areas]
        return f"Unlike in England, it clearly {list_words(said)}."
    ahead, behind = apart[england.direction], apart["higher" if england.direction == "lower" else "lower"]
    some = any(not one.certain or one.direction != england.direction for one in behind)
    slowly = "slower or not clearly" if some else "slower"
    said = [
        f"{how} in {count_words(len(areas), 'area')}" for how, areas in (("faster", ahead), (slowly, behind)) if areas
    ]
    return f"{capitalised(', '.join(said))}."


def _standing_words(funnel: FunnelFacts) -> str:
    outside = len(funnel.above) + len(funnel.below)
    if not outside:
        return NONE_OUTSIDE
    return f"{capitalised(count_words(outside, 'area stands', 'areas stand'))} out in level."


def _named(names: tuple[str, ...]) -> str:
    return list_words(names) if len(names) <= FEW_NAMES else count_words(len(names), "area")


def comparison_sentence(
    definition: Definition, figures: pd.Series, compared: Compared, england: float | None = None
) -> str:
    """Return the sentence for the latest figures: their period, their range, England's figure, which are missing.

    ``figures`` has each area's figure of the same period, at least one and none missing. A plain count of England is
    the sum of the areas and is never laid beside one of them: pass no ``england``.
    """
    said = [_newest_sentence(compared), _range_sentence(definition, figures, compared)]
    if compared.without:
        has = "has" if len(compared.without) == 1 else "have"
        said.append(f"{capitalised(_named(compared.without))} {has} no figure for it.")
    if definition.is_count:
        said.append("These are plain counts: an area with more people can expect more.")
    elif england is not None:
        said.append(f"England’s figure was {number_words(england, definition.decimals)}.")
    return " ".join(part for part in said if part)


def _newest_sentence(compared: Compared) -> str:
    if not compared.newest:
        return ""
    few = f"Only {count_words(compared.newest_areas, 'area')} {'has' if compared.newest_areas == 1 else 'have'}"
    return f"{few if compared.newest_areas else 'No area has'} a figure for {compared.newest}."


def _range_sentence(definition: Definition, figures: pd.Series, compared: Compared) -> str:
    low, high = (number_words(value, definition.decimals) for value in (figures.min(), figures.max()))
    if len(figures) == 1:
        return f"In {compared.period} one area has a figure: {definition.unit_sentence.format(value=low)}."
    which = f"{count_words(len(figures), 'area')} with figures" if compared.without else "areas"
    if low == high:
        return f"In {compared.period} the {which} all had {definition.unit_sentence.format(value=low)}."
    return f"In {compared.period} the {which} ranged from {definition.unit_sentence.format(value=f'{low} to {high}')}."


def funnel_sentence(funnel: FunnelFacts) -> str:
    """Return how many areas differ by more than chance, and which lie outside the curves."""
    parts = [
        f"{_named(names)} {'lies' if len(names) == 1 else 'lie'} {way}"
        for names, way in ((funnel.above, "above the curves"), (funnel.below, "below the curves"))
        if names
    ]
    outside = f"{capitalised(' and '.join(parts) or 'no area lies outside the curves')}."
    if not funnel.overdispersed:
        return outside
    count, areas = funnel.beyond_chance, count_words(funnel.areas, "area")
    many = f"All {areas}" if count == funnel.areas else f"{capitalised(tally_words(count))} of {areas}"
    return f"{many} {'differs' if count == 1 else 'differ'} from the rest by more than chance alone. {outside}"


def funnel_note(funnel: FunnelFacts) -> str:
    """Return how to read a funnel: what a dot and the curves are, what to ask, and how often it is wrong."""
    dots = (
        "Each dot is an area: higher up, a higher figure; further right, a larger area. The line across the middle is "
        "England. "
    )
    asked = (
        "Of a dot outside the solid curves, ask: are the people there older or more ill? Is more found and reported? "
        "Is care given in another way? A dot inside may still have much to mend."
    )
    if not funnel.overdispersed:
        curves = "The curves show how far chance alone may take an area from that line; small areas, further. "
        return f"{dots}{curves}{asked} Chance puts an area outside in about {_in_100(funnel.expected)} charts of 100."
    curves = (
        "The curves show how far an area of that size may lie from that line before it stands out: chance and the "
        "ordinary differences between areas are allowed for. "
    )
    # Simulated: areas that differ by nothing but a normal spread, limits estimated from the same 15 (docs/methods.md).
    return f"{dots}{curves}{asked} About one in six such charts shows an area outside though none is odd."


def _in_100(expected: float) -> str:
    return tally_words(max(round(100 * expected), 1))
