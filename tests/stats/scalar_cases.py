"""Reads the reference cases that expect a few figures rather than rows: those of standardised rates."""

import json
from functools import cache

from tests.stats.golden_cases import FOLDER, Case, number, rows


@cache
def scalar_cases(family: str) -> dict[str, Case]:
    inputs = rows(f"{family}_inputs.csv")
    return {
        told["id"]: Case(
            *(told[key] for key in ("id", "stratum", "note", "status", "params", "expected")),
            [row for row in inputs if row["case_id"] == told["id"]],
            [],
        )
        for told in json.loads((FOLDER / f"{family}_cases.json").read_text())
    }


def figure(told: float | str | None) -> float:
    """A figure as the cases' JSON writes it: null is missing, NaN a string."""
    return float("nan") if told is None else float(told)


def column(case: Case, name: str) -> list[float]:
    return [number(row[name]) for row in case.inputs]
