"""Records the built store: every table's rows, and every query's answer for all measures and areas it can be asked."""

import csv
import io
import itertools
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from bench.behaviour.folder import Folder, digest
from bench.behaviour.inside import QUERIES
from bench.servers import ROOT

_CHOICES = {
    "metric": "SELECT id FROM metric ORDER BY position",
    "area": "SELECT id FROM area UNION ALL SELECT 'england' ORDER BY id",
}


def record_store(store: Path, folder: Folder) -> None:
    """Write the tables and the queries' answers. Raises KeyError for a parameter that `_CHOICES` does not know."""
    with duckdb.connect(str(store), read_only=True) as connection:
        # Sums of decimal numbers depend on their order, and that on the threads.
        connection.execute("SET threads = 1")
        tables, queries = folder.below("tables"), folder.below("queries")
        for name in _column(connection, "SELECT table_name FROM information_schema.tables ORDER BY 1"):
            tables.write(name, _answer(connection.execute(f'FROM "{name}" ORDER BY ALL')))
        for path in sorted((ROOT / QUERIES).glob("*.sql")):
            queries.write(path.stem, _answers(connection, path.read_text(encoding="utf-8")))


def release(store: Path) -> str:
    """Return the store's version, which is another whenever a line of code is."""
    with duckdb.connect(str(store), read_only=True) as connection:
        return _column(connection, "SELECT version FROM release")[0]


def _answers(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """Every answer to a query, one below the other; those without a row only in the count at the top."""
    names = sorted(set(re.findall(r"\$(\w+)", query)))
    choices = [[(name, value) for value in _column(connection, _CHOICES[name])] for name in names]
    answers = []
    empty = 0
    for asked in itertools.product(*choices):
        answer = _answer(connection.execute(query, dict(asked) or None))
        empty += answer.startswith("0 rows")
        if not answer.startswith("0 rows") or not asked:
            answers.append(" ".join([*(f"{name}={value}" for name, value in asked), answer]))
    return "\n".join([f"{len(answers)} answers with rows, {empty} without", *answers])


def _answer(result: duckdb.DuckDBPyConnection) -> str:
    columns = [column[0] for column in result.description or ()]
    rows = result.fetchall()
    body = _csv([columns, *rows])
    return f"{len(rows)} rows, {digest(body.encode())}\n{body}"


def _csv(rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _column(connection: duckdb.DuckDBPyConnection, query: str) -> list[Any]:
    return [row[0] for row in connection.execute(query).fetchall()]
