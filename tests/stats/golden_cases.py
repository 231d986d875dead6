"""Reads the reference figures in tests/golden, made by running the R packages that the cases name."""

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "golden"


@dataclass(frozen=True)
class Case:
    id: str
    stratum: str
    note: str
    status: str
    params: dict
    expected: dict
    inputs: list[dict]
    rows: list[dict]


def rows(name: str) -> list[dict]:
    with (FOLDER / name).open(newline="") as file:
        return list(csv.DictReader(file))


@cache
def cases(family: str) -> dict[str, Case]:
    by_case: dict[str, dict[str, list]] = {"inputs": defaultdict(list), "expected": defaultdict(list)}
    for part, found in by_case.items():
        for row in rows(f"{family}_{part}.csv"):
            found[row["case_id"]].append(row)
    return {
        told["id"]: Case(
            *(told[key] for key in ("id", "stratum", "note", "status", "params", "expected")),
            by_case["inputs"][told["id"]],
            by_case["expected"][told["id"]],
        )
        for told in json.loads((FOLDER / f"{family}_cases.json").read_text())
    }


def number(text: str) -> float:
    return float(text) if text else float("nan")
