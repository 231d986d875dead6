"""How many fewer, or more, people there would be at England's rate, as pages say it."""

import pandas as pd

from psc.narrate import people_sentences as words
from psc.web.session import store


def people_sentence(metric: str, area: str) -> str:
    """Return the difference from England in people, in a sentence; nothing where there is none to be sure of."""
    found = people_on(metric).get(area)
    return words.people_sentence(store.definition(metric), found) if found else ""


def people_on(metric: str) -> dict[str, words.People]:
    """Return the difference in people by area; empty unless the measure counts people."""
    return {row["area_id"]: _people(row) for _, row in store.rows("metric_people", metric=metric).iterrows()}


def _people(row: pd.Series) -> words.People:
    return words.People(
        difference=float(row["difference"]),
        lower=float(row["lower"]),
        upper=float(row["upper"]),
        clear=bool(row["clear"]),
        months=int(row["months"]),
        period_end=row["period_end"].date(),
    )
