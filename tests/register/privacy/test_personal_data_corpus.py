"""How much of what it promises the guard finds, and how much it refuses wrongly, on sentences with made-up persons.

The sentences of ``held_out`` were never used to better the guard, those of ``tuned`` and ``later`` were.
"""

import csv
import datetime
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from psc.register.privacy.personal_data import LOOKS_LIKE, Finding, Kind, find_personal_data, undeclared

CORPUS = Path(__file__).parents[2] / "data" / "personal_data"
TODAY = datetime.date(2026, 11, 28)
PARTS = ("tuned", "held_out", "later")
LEAST_RECALL = {kind: 0.99 if kind == "nhs_number" else 0.97 for kind in LOOKS_LIKE}
MOST_FALSE_ALARMS = 0.01


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (CORPUS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def found_in(text: str) -> list[Finding]:
    return find_personal_data(text, TODAY)


def is_found(row: dict[str, str]) -> bool:
    """Whether a finding of the row's own kind lies on what is marked in it."""
    start = row["text"].index(row["found"])
    end = start + len(row["found"])
    return any(
        finding.kind == row["kind"] and finding.start < end and start < finding.end for finding in found_in(row["text"])
    )


def is_let_through(row: dict[str, str]) -> bool:
    declared = row["declared"].split("|") if row["declared"] else []
    return not undeclared(found_in(row["text"]), declared)


def test_the_corpus_is_as_large_as_its_rates_need() -> None:
    assert set(Counter(row["kind"] for row in rows("positives"))) == set(LOOKS_LIKE)
    for name in ("positives", "negatives"):
        counts = Counter(row["part"] for row in rows(name))
        assert counts["tuned"] + counts["held_out"] >= 600, name
        assert len({row["text"] for row in rows(name)}) >= 0.97 * len(rows(name)), name


@pytest.mark.parametrize("kind", LOOKS_LIKE)
def test_each_kind_is_found_as_often_as_promised_in_the_part_held_out_and_in_all(kind: Kind) -> None:
    for parts in (("held_out",), PARTS):
        told = [row for row in rows("positives") if row["kind"] == kind and row["part"] in parts]
        missed = [row["text"] for row in told if not is_found(row)]
        assert len(told) >= 25
        assert 1 - len(missed) / len(told) >= LEAST_RECALL[kind], missed


def test_what_is_no_personal_data_is_hardly_ever_refused_in_the_part_held_out_and_in_all() -> None:
    for parts in (("held_out",), PARTS):
        told = [row for row in rows("negatives") if row["part"] in parts]
        refused = [row["text"] for row in told if not is_let_through(row)]
        assert len(refused) / len(told) <= MOST_FALSE_ALARMS, refused


def test_no_sort_of_ordinary_text_is_refused_more_than_once() -> None:
    refused = Counter(row["about"] for row in rows("negatives") if not is_let_through(row))
    assert all(count <= 1 for count in refused.values()), refused
