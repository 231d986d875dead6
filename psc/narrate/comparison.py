"""How the areas differ from England, in a sentence: differences, never places in a list."""

from dataclasses import dataclass

import pandas as pd

from psc.catalogue.definition import Definition
from psc.narrate.words import capitalised, count_words, list_words, number_words

FEW_NAMES = 4
# Simulated: areas that differ by nothing but a normal spread, limits estimated from the same 15 (docs/methods.md).
WIDENED_ALARMS = "About one in six such charts shows an area outside though none is unusual."


@dataclass(frozen=True, slots=True)
class FunnelFacts:
    """What a funnel found: the names ``above`` and ``below`` the 99.8% limits among ``areas`` many areas.

    ``expected``: how many chance alone puts beyond its own limits. ``overdispersed``: areas differ by more than
    chance, and the limits allow for that; ``phi``: by how much (1 = none). ``beyond_chance``: how many lie
    beyond the limits of chance alone.
    """

    areas: int
    above: tuple[str, ...]
    below: tuple[str, ...]
    expected: float
    overdispersed: bool
    phi: float
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


def comparison_sentence(
    definition: Definition,
    figures: pd.Series,
    compared: Compared,
    england: float | None = None,
    funnel: FunnelFacts | None = None,
) -> str:
    """Return the sentence for the latest figures: their range, England's figure, and what the funnel found.

    ``figures`` has each area's figure of the same period, at least one and none missing. A plain count of England is
    the sum of the areas and is never laid beside one of them: pass no ``england``.
    """
    said = [_newest_sentence(compared), _range_sentence(definition, figures, compared)]
    if compared.without:
        said.append(f"{capitalised(_areas(compared.without))} {_has(compared.without)} no figure for it.")
    if definition.is_count:
        said.append("These are plain counts: an area with more people can expect more.")
    elif england is not None:
        said.append(f"England's figure was {number_words(england, definition.decimals)}.")
    if funnel is not None:
        said.append(funnel_sentence(funnel))
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


def _has(names: tuple[str, ...]) -> str:
    return "has" if len(names) == 1 else "have"


def funnel_sentence(funnel: FunnelFacts) -> str:
    """Return how many areas differ by more than chance, and which stand out even on limits widened for that."""
    parts = [
        f"{_areas(names)} {'lies' if len(names) == 1 else 'lie'} {way}"
        for names, way in ((funnel.above, "above"), (funnel.below, "below"))
        if names
    ]
    if not funnel.overdispersed:
        return f"On the limits of chance, {' and '.join(parts) or 'no area lies outside'}."
    return (
        f"{capitalised(count_words(funnel.beyond_chance, 'area'))} of {funnel.areas} "
        f"{'lies' if funnel.beyond_chance == 1 else 'lie'} beyond the limits of chance "
        f"alone; on limits widened by those same differences, {' and '.join(parts) or 'none stands out'}."
    )


def _areas(names: tuple[str, ...]) -> str:
    return list_words(names) if len(names) <= FEW_NAMES else count_words(len(names), "area")


def funnel_note(funnel: FunnelFacts) -> str:
    """Return how to read a funnel: what its limits allow for, and how often chance alone puts an area outside."""
    dots = "Each dot is an area; the further right, the more it rests on. The solid curves are 99.8% limits. "
    asked = "Outside is a question to ask, and inside is no proof that all is well."
    chance = f"Chance alone would put {funnel.expected:.2f} of {funnel.areas} areas outside"
    if not funnel.overdispersed:
        return f"{dots}{chance}, and areas differ no more than it would make them. {asked}"
    return (
        f"{dots}{chance} its own limits. But areas nearly always differ by more than chance; here "
        f"{_times(funnel.phi)} as much as it alone would make them. The limits are widened by those same differences, "
        "so they cannot show whether the differences are acceptable, only whether an area stands out from the rest. "
        f"{WIDENED_ALARMS} {asked}"
    )


def _times(phi: float) -> str:
    """The spread of z is the root of φ: that many times as far from the middle."""
    times = max(phi, 1.0) ** 0.5
    return f"about {times:.0f} times" if times >= 2 else f"about {times:.1f} times"
