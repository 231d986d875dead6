"""How the areas differ from England, in a sentence: differences, never places in a list."""

import pandas as pd

from psc.catalogue.definition import Definition
from psc.narrate.words import capitalised, count_words, number_words, period_words


def comparison_sentence(definition: Definition, latest: pd.DataFrame, england: float | None) -> str:
    """Return the sentence for the latest figures.

    Only events of harm are counted against England: prescription items and waits are so many, and so little
    independent of each other, that nearly every area would lie outside its interval.

    ``latest`` has one row per area, all of the same period, with ``value``, ``lower``, ``upper``, ``period_start`` and
    ``period_end``. An area differs from England when England's figure lies outside the area's interval.
    """
    first = latest.iloc[0]
    period = period_words(first["period_start"], first["period_end"], definition.grain)
    decimals = definition.decimals
    low, high = (number_words(value, decimals) for value in (latest["value"].min(), latest["value"].max()))
    spread = f"In {period} the areas ranged from {definition.unit_sentence.format(value=f'{low} to {high}')}"
    if england is None:
        return f"{spread}."
    spread += f". England's figure was {number_words(england, decimals)}"
    if latest["lower"].isna().all():
        return f"{spread}."
    above = int((latest["lower"] > england).sum())
    below = int((latest["upper"] < england).sum())
    if definition.kind != "harm":
        return f"{spread}."
    return (
        f"{spread}. {capitalised(count_words(above, 'area'))} {'lies' if above == 1 else 'lie'} above England and "
        f"{count_words(below, 'area')} below by more than chance; by chance alone, about one of 15 would."
    )
