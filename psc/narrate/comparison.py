"""How the areas differ from England, in a sentence: differences, never places in a list."""

import pandas as pd

from psc.catalogue.definition import Definition
from psc.narrate.words import count_words, period_words, value_words


def comparison_sentence(definition: Definition, latest: pd.DataFrame, england: float | None) -> str:
    """Return the sentence for the latest figures.

    ``latest`` has one row per area, all of the same period, with ``value``, ``lower``, ``upper``, ``period_start`` and
    ``period_end``. An area differs from England when England's figure lies outside the area's interval.
    """
    first = latest.iloc[0]
    period = period_words(first["period_start"], first["period_end"], definition.grain)
    low, high = latest["value"].min(), latest["value"].max()
    spread = f"In {period} the areas ranged from {value_words(definition, low)} to {value_words(definition, high)}"
    if england is None:
        return f"{spread}."
    spread += f"; England had {value_words(definition, england)}"
    if latest["lower"].isna().all():
        return f"{spread}."
    above = int((latest["lower"] > england).sum())
    below = int((latest["upper"] < england).sum())
    return (
        f"{spread}. The interval lies wholly above England's figure in {count_words(above, 'area')} and wholly below "
        f"it in {count_words(below, 'area')}."
    )
