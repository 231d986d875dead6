"""Runs the queries of `psc/queries`: one file, one question, bound parameters only."""

from functools import cache
from pathlib import Path

import pandas as pd

from psc.store.reader import Store

QUERIES = Path(__file__).resolve().parents[1] / "queries"


def query_names() -> list[str]:
    """Return the names of all queries, in alphabetical order."""
    return sorted(path.stem for path in QUERIES.glob("*.sql"))


@cache
def query_text(name: str) -> str:
    """Return the SQL of a query. Raises KeyError for a name that is none."""
    if name not in query_names():
        raise KeyError(f"there is no query named {name}; there are {', '.join(query_names())}")
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def run_query(store: Store, name: str, **parameters: object) -> pd.DataFrame:
    """Run a query with its parameters bound, and return its rows (the columns are in the file's header)."""
    return store.cursor().execute(query_text(name), parameters or None).df()
