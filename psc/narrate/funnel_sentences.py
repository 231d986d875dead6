"""What a funnel plot shows: which areas' level differs clearly from England's, and which lie outside the curves."""

from dataclasses import dataclass

from psc.catalogue.definition import Metric
from psc.narrate.words import capitalised, describe_count, describe_few, describe_tally

LEVEL_WORDS = {"higher": "clearly higher", "lower": "clearly lower", "": "no clear difference"}
SIDE_WORDS = {"high": ", above the curves", "low": ", below the curves", "": ""}


@dataclass(frozen=True, slots=True)
class FunnelFacts:
    """What a funnel found among ``areas`` many areas, by their names.

    ``higher`` and ``lower``: clearly so than England, by more than chance. ``above`` and ``below``: those of them
    beyond the 99.8% limits, the solid curves. ``expected``: how many chance alone puts beyond its own limits.
    ``overdispersed``: areas differ by more than chance, and the limits allow for that. ``not_compared``: in how many
    areas a step in what one contributor counts could make a difference by itself.
    """

    areas: int
    higher: tuple[str, ...]
    lower: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    expected: float
    overdispersed: bool
    not_compared: int = 0

    @property
    def clear(self) -> int:
        """How many areas differ clearly from England."""
        return len(self.higher) + len(self.lower)

    @property
    def outside(self) -> int:
        """How many areas lie outside the solid curves."""
        return len(self.above) + len(self.below)


def describe_level(level: str, side: str, *, compared: bool = True) -> str:
    """Return how an area's level stands to England's: "clearly higher, above the curves", "no clear difference"."""
    if not compared:
        return "not compared"
    return f"{LEVEL_WORDS[level]}{SIDE_WORDS[side]}"


def describe_clear_levels(funnel: FunnelFacts, other: str = "", *, curves: bool = True) -> str:
    """Return in how many areas the level differs clearly, and, with ``curves``, how many of them lie outside those.

    ``other``, such as "change", is what no area differs in.
    """
    if not funnel.clear:
        return f"No area clearly differs in level{f' or {other}' if other else ''}."
    every = funnel.clear == funnel.areas > 1
    areas = f"all {describe_count(funnel.areas, 'area')}" if every else describe_count(funnel.clear, "area")
    outside = f" ({_of_these(funnel)} outside the curves)" if curves and funnel.outside else ""
    none = f", none in {other}" if other else ""
    return f"{capitalised(areas)} clearly {'differs' if funnel.clear == 1 else 'differ'} in level{outside}{none}."


def _of_these(funnel: FunnelFacts) -> str:
    if funnel.outside == funnel.clear > 1:
        return "both" if funnel.clear == 2 else "all"
    return describe_tally(funnel.outside)


def funnel_sentence(funnel: FunnelFacts) -> str:
    """Return how many areas differ clearly from England, and which lie outside the solid curves."""
    count, compared = funnel.clear, funnel.areas - funnel.not_compared
    areas = describe_count(compared, "area") + (" that can be compared" if funnel.not_compared else "")
    some = f"All {areas}" if count == compared > 1 else f"{describe_tally(count)} of {areas}"
    dots = f" (filled dot{'' if count == 1 else 's'})" if count else ""
    differ = "differs" if count <= 1 else "differ"
    also = "also allow for the ordinary differences between areas" if funnel.overdispersed else "allow for chance alone"
    return (
        f"{capitalised(some if count else 'no area')}{dots} {differ} from England by more than chance. "
        f"{capitalised(_describe_outside(funnel))} the solid curves, which {also}."
    )


def _describe_outside(funnel: FunnelFacts) -> str:
    said = [
        f"{describe_few(names)} {'lies' if len(names) == 1 else 'lie'} {way}"
        for names, way in ((funnel.above, "above"), (funnel.below, "below"))
        if names
    ]
    return " and ".join(said) or "no area lies outside"


def difference_question(definition: Metric) -> str:
    """Return what to ask of a difference between areas; a ratio to expected deaths allows for age and illness."""
    people = "" if definition.ratio_to_expected else "are people there older or more ill, "
    return f"Of a difference, ask: {people}is more recorded, is care given in another way?"


def funnel_note(funnel: FunnelFacts) -> str:
    """Return how to read a funnel: what a dot and the curves are, and how often an area lies outside by chance."""
    dots = (
        "Each dot is an area: higher up, a higher figure; further right, a larger area. The line across the middle is "
        "England. A filled dot differs from it by more than chance, an open one does not; a triangle lies outside the "
        "solid curves. The curves are wider for small areas, where chance does more. "
    )
    if not funnel.overdispersed:
        often = f"Chance puts an area outside in about {_in_100(funnel.expected)} charts of 100."
    else:
        # Simulated: areas that differ by nothing but a normal spread, limits from the same 15 (docs/methods.md).
        often = "If areas had only their ordinary differences, about one such chart in six would show an area outside."
    if funnel.not_compared:
        dots += "An area that the table below calls not compared has an open dot too. "
    return f"{dots}{often} An area inside the curves may still have something to improve."


def _in_100(expected: float) -> str:
    return describe_tally(max(round(100 * expected), 1))
