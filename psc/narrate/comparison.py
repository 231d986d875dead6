"""How the areas differ from England, in a sentence: differences, never places in a list."""

from dataclasses import dataclass

import pandas as pd

from psc.catalogue.definition import Definition
from psc.narrate.words import count_words, number_words, period_words


@dataclass(frozen=True, slots=True)
class FunnelFacts:
    """What a funnel found: ``above`` and ``below`` of ``areas`` beyond the 99.8% limits, ``expected`` there by chance.

    ``overdispersed``: areas differ by more than chance, and the limits allow for that; ``phi``: by how much (1 = none).
    """

    areas: int
    above: int
    below: int
    expected: float
    overdispersed: bool
    phi: float


def comparison_sentence(
    definition: Definition, latest: pd.DataFrame, england: float | None, funnel: FunnelFacts | None = None
) -> str:
    """Return the sentence for the latest figures: their range, England's figure, and what the funnel found.

    ``latest`` has one row per area, all of the same period, with ``value``, ``period_start`` and ``period_end``.
    """
    first = latest.iloc[0]
    period = period_words(first["period_start"], first["period_end"], definition.grain)
    low, high = (number_words(value, definition.decimals) for value in (latest["value"].min(), latest["value"].max()))
    said = [f"In {period} the areas ranged from {definition.unit_sentence.format(value=f'{low} to {high}')}."]
    if england is not None:
        said.append(f"England's figure was {number_words(england, definition.decimals)}.")
    if funnel is not None:
        said.append(funnel_sentence(funnel))
    return " ".join(said)


def funnel_sentence(funnel: FunnelFacts) -> str:
    """Return whether areas differ by more than chance, and how many lie beyond limits that allow for what is usual."""
    parts = [
        f"{count_words(count, 'area')} {'lies' if count == 1 else 'lie'} {way}"
        for count, way in ((funnel.above, "above"), (funnel.below, "below"))
        if count
    ] or ["no area lies outside"]
    if funnel.overdispersed:
        return f"Areas differ by more than chance alone; on limits that allow for this, {' and '.join(parts)}."
    return f"On the limits of chance, {' and '.join(parts)}."


def funnel_note(definition: Definition, funnel: FunnelFacts) -> str:
    """Return how to read a funnel: what its limits allow for, and how many areas chance alone puts outside."""
    spread = (
        f"Here areas differ {_times(funnel.phi)} as much as chance alone would make them, as they nearly always do, so "
        "the limits are widened until they allow for what is usual. "
        if funnel.overdispersed
        else "Here areas differ no more than chance alone would make them. "
    )
    return (
        "Each dot is an area; the further right, the more it rests on. The solid curves are 99.8% limits: by chance "
        f"alone {_chance(funnel.expected)} of {funnel.areas} areas would lie outside. {spread}Outside is a question to "
        "ask, and inside is no proof that all is well."
    )


def _times(phi: float) -> str:
    """The spread of z is the root of φ: that many times as far from the middle."""
    times = max(phi, 1.0) ** 0.5
    return f"about {times:.0f} times" if times >= 2 else f"about {times:.1f} times"


def _chance(expected: float) -> str:
    return f"about {expected:.2f}" if expected < 1 else f"about {expected:.0f}"
