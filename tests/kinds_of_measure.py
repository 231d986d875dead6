"""A data folder with a small made-up measure of every kind, each in every state of being incomplete.

Figures are drawn from a seeded generator; England is the sum of the areas that have a figure. A measure's id is its
kind and its state: "share-whole", "count-newest-blank".
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from psc.catalogue.observations import AREAS, COLUMNS
from psc.geography.areas import ENGLAND

FIRST = pd.Timestamp("2017-04-01")
ONE = "wessex"
"""The area that lacks figures, or that alone has any."""
NOTE = "Not published."


@dataclass(frozen=True)
class Kind:
    """A kind of measure: what its definition says beyond `DEFINITION`, and how its figures are made."""

    definition: Mapping[str, object]
    periods: int
    mean: float
    total: float | None = None
    published: bool = True

    @property
    def step(self) -> int:
        """Months from the start of one period to the next."""
        return {"month": 1, "quarter": 3, "financial_year": 12, "overlapping_year": 3}[str(self.definition["grain"])]

    @property
    def length(self) -> int:
        """Months that a period covers."""
        return 12 if self.definition["grain"] == "overlapping_year" else self.step


SHARE = {"unit": "% of stays", "unit_sentence": "{value}% of stays", "multiplier": 100, "interval": "wilson"}
RATE = {"unit": "falls per 1,000 bed days", "unit_sentence": "{value} falls per 1,000 bed days", "multiplier": 1000}
COUNT = {"denominator": None, "unit": "events", "unit_sentence": "{value} events", "multiplier": 1, "decimals": 0}
MONTHLY = {"grain": "month", "chart": "xmr"}
YEARLY = {"grain": "financial_year", "chart": "run"}
KINDS: Mapping[str, Kind] = {
    "share": Kind({**MONTHLY, **SHARE}, 30, 40, 500),
    "almost-all": Kind({**MONTHLY, **SHARE, "direction": "higher"}, 30, 97.5, 100),
    "rare-share": Kind({**MONTHLY, **SHARE}, 30, 1.5, 900),
    "rate": Kind({**MONTHLY, **RATE, "interval": "byar"}, 30, 30, 9000),
    "amount": Kind({**MONTHLY, **RATE}, 30, 3000, 9000),
    "quarterly": Kind({"grain": "quarter", "chart": "xmr", **SHARE}, 18, 60, 700),
    "yearly": Kind({**YEARLY, **RATE, "interval": "byar"}, 8, 300, 90000),
    "standardised": Kind({**YEARLY, **RATE}, 8, 200, published=False),
    "overlapping": Kind(
        {"grain": "overlapping_year", "chart": "line", **RATE, "ratio_to_expected": True, "direction": "neutral"},
        12, 900, 880,
    ),
    "count": Kind({**MONTHLY, **COUNT, "interval": "none"}, 30, 9),
    "yearly-count": Kind({**YEARLY, **COUNT, "interval": "byar"}, 8, 40),
}  # fmt: skip
DEFINITION: Mapping[str, object] = {
    "why_it_matters": "It is made up to try the pages.",
    "harm_area": "never_events",
    "care_settings": ["acute"],
    "kind": "harm",
    "numerator": "What happened",
    "denominator": "What it happened to",
    "decimals": 1,
    "direction": "lower",
    "interval": "none",
    "publisher": "Nobody",
    "source_title": "Nothing",
    "source_url": "https://www.example.org/",
    "licence": "Open Government Licence v3.0",
    "caveats": ["It is made up."],
    "area_values": {"how": "They were drawn at random.", "approximate": False},
    "checked_on": date(2026, 11, 22),
    "next_review": date(2027, 11, 22),
}

Blank = Callable[[pd.DataFrame], "pd.Series[bool]"]


def _area(table: pd.DataFrame) -> "pd.Series[bool]":
    return table["area"] == ONE


def _newest(table: pd.DataFrame) -> "pd.Series[bool]":
    return table["period_start"] == table["period_start"].max()


STATES: Mapping[str, Blank] = {
    "whole": lambda table: pd.Series(False, index=table.index),
    "area-lacks-newest": lambda table: _area(table) & _newest(table),
    "area-without-figures": _area,
    "newest-blank": _newest,
    "newest-of-one-area": lambda table: ~_area(table) & _newest(table),
    "first-blank": lambda table: table["period_start"] == table["period_start"].min(),
    "one-area-alone": lambda table: ~_area(table),
}


def write_measures(harms: Path, kinds: Sequence[str] = tuple(KINDS), states: Sequence[str] = tuple(STATES)) -> None:
    """Write the definition and the observations of each kind in each state into a harms folder."""
    for kind in kinds:
        for state in states:
            write_measure(harms, f"{kind}-{state}", KINDS[kind], STATES[state])


def write_measure(harms: Path, metric: str, kind: Kind, blank: Blank = STATES["whole"], **changes: object) -> None:
    """Write one measure; ``changes`` are what its definition says differently."""
    (harms / metric).mkdir()
    names = {"id": metric, "title": f"Made up: {metric}", "plain_title": f"Made up {metric}"}
    definition = {**DEFINITION, **names, **kind.definition, **changes}
    text = yaml.safe_dump(definition, sort_keys=False)
    (harms / metric / "definition.yaml").write_text(text, encoding="utf-8")
    table = _with_england(_figures(kind, blank), kind)
    table.to_csv(harms / metric / "observations.csv", index=False, float_format="%.6g", date_format="%Y-%m-%d")


def write_measure_of_england_alone(harms: Path, metric: str) -> None:
    """Write a measure whose publisher gives figures of England and of no area."""
    write_measure(harms, metric, KINDS["standardised"])
    path = harms / metric / "observations.csv"
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    areas = table["area"] != ENGLAND
    table.loc[areas, ["numerator", "denominator", "value"]] = ""
    table.loc[areas, "note"] = NOTE
    table.to_csv(path, index=False)


def _figures(kind: Kind, blank: Blank) -> pd.DataFrame:
    random = np.random.default_rng(7)
    start = [FIRST + pd.DateOffset(months=kind.step * n) for n in range(kind.periods)]
    end = [day + pd.DateOffset(months=kind.length, days=-1) for day in start]
    table = pd.DataFrame({"area": np.repeat(sorted(AREAS), kind.periods)})
    table["period_start"], table["period_end"] = start * len(AREAS), end * len(AREAS)
    size = np.repeat(random.uniform(0.5, 2, len(AREAS)), kind.periods) * random.uniform(0.9, 1.1, len(table))
    if kind.total is None:
        table["numerator"], table["denominator"] = random.poisson(kind.mean, len(table)), np.nan
    elif "%" in str(kind.definition["unit"]):
        table["denominator"] = np.round(kind.total * size)
        table["numerator"] = random.binomial(table["denominator"].astype(int), kind.mean / 100)
    else:
        table["denominator"] = np.round(kind.total * size)
        table["numerator"] = random.poisson(kind.mean * size)
    table = table.astype({"numerator": float, "denominator": float})
    if not kind.published:
        table["value"] = np.round(random.normal(kind.mean, 5, len(table)), 2)
        table[["numerator", "denominator"]] = np.nan
    gone = blank(table)
    table.loc[gone, [name for name in ("numerator", "denominator", "value") if name in table]] = np.nan
    return table.assign(note=np.where(gone, NOTE, ""))


def _with_england(table: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    by = table.groupby(["period_start", "period_end"], as_index=False)
    total = by[["numerator", "denominator"]].sum(min_count=1).assign(area=ENGLAND)
    if kind.published:
        table = pd.concat([table, total])
        whole = table["denominator"].fillna(1.0) if kind.total is None else table["denominator"]
        table["value"] = table["numerator"] / whole * float(str(kind.definition["multiplier"]))
    else:
        table = pd.concat([table, total.assign(value=by["value"].mean()["value"])])
    table["note"] = np.where(table["value"].isna(), NOTE, "")
    return table.sort_values(["area", "period_start"])[COLUMNS]
