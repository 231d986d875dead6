"""How the areas differ from England, in a sentence: differences, never places in a list."""

import pandas as pd

from psc.catalogue.definition import Definition
from psc.narrate.words import count_words, number_words, period_words


def comparison_sentence(definition: Definition, latest: pd.DataFrame, england: float | None) -> str:
    """Return the sentence for the latest figures.

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
    spread += f"; England's figure was {number_words(england, decimals)}"
    if latest["lower"].isna().all():
        return f"{spread}."
    above = int((latest["lower"] > england).sum())
    below = int((latest["upper"] < england).sum())
    return (
        f"{spread}. The 95% interval lies wholly above it in {count_words(above, 'area')} and wholly below it in "
        f"{count_words(below, 'area')}."
    )
