"""The catalogue, the register and the polygons as they stood when the store was built.

They are kept in the store, so that a page never shows a figure beside a definition it was not built from, and a
malformed file on disk cannot reach a page that is being served.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from pydantic import TypeAdapter

from psc.catalogue.definition import Catalogue, load_catalogue
from psc.faults import Fault, InvalidData
from psc.files.csv_rows import rows_of
from psc.files.reading import LARGEST_TEXT, read_text
from psc.geography.areas import load_catchments
from psc.register.compiled.load import Register, load_register
from psc.store.reader import Store

HOW_DRAWN = "how-the-lines-were-drawn.md"
_TABLE = TypeAdapter(list[dict[str, str]])
_KINDS: dict[str, TypeAdapter[Any]] = {
    "catalogue": TypeAdapter(Catalogue),
    "register": TypeAdapter(Register),
    "catchments": TypeAdapter(dict[str, Any]),
    "how_drawn": TypeAdapter(str),
    "splits": _TABLE,
    "disputed_places": _TABLE,
}


@dataclass(frozen=True)
class Documents:
    """What is not a table of figures.

    Definitions of metrics, what the collaboratives published, the catchments' polygons, and how they were drawn: the
    text (Markdown), the places cut out, the places others draw differently.
    """

    catalogue: Catalogue
    register: Register
    catchments: dict[str, Any]
    how_drawn: str
    splits: list[dict[str, str]]
    disputed_places: list[dict[str, str]]


def load_documents(data: Path) -> Documents:
    """Read the documents from the data folder. Raises InvalidData with every fault of the first part that has any."""
    boundaries = data / "boundaries"
    if faults := check_how_drawn(boundaries):
        raise InvalidData(faults)
    return Documents(
        catalogue=load_catalogue(data / "harms"),
        register=load_register(data / "register"),
        catchments=load_catchments(boundaries),
        how_drawn=_how_drawn(boundaries),
        splits=_table(boundaries / "splits.csv"),
        disputed_places=_table(boundaries / "disputed_places.csv"),
    )


def check_how_drawn(boundaries: Path) -> list[Fault]:
    """Return a fault if how the lines were drawn cannot be read: a heading, and words below it.

    That the file is there is checked elsewhere.
    """
    if not os.path.exists(boundaries / HOW_DRAWN):  # noqa: PTH110  (a path's own method may raise)
        return []
    try:
        text = _how_drawn(boundaries)
    except InvalidData as invalid:
        return invalid.faults
    below_heading = text.partition("\n")[2]
    if any(map(str.isalpha, below_heading)):
        return []
    return [
        Fault(f"boundaries/{HOW_DRAWN}", "no words below its first line", "a heading, then how the lines were drawn")
    ]


def write_documents(connection: duckdb.DuckDBPyConnection, documents: Documents) -> None:
    """Put the documents into the store being built."""
    for name, kind in _KINDS.items():
        body = kind.dump_json(getattr(documents, name)).decode()
        connection.execute("INSERT INTO document VALUES (?, ?)", [name, body])


def read_documents(store: Store) -> Documents:
    """Return the documents of an open store."""
    bodies = dict(store.cursor().execute("SELECT name, body FROM document").fetchall())
    return Documents(**{name: kind.validate_json(bodies[name]) for name, kind in _KINDS.items()})


def _how_drawn(boundaries: Path) -> str:
    file = f"boundaries/{HOW_DRAWN}"
    return read_text(boundaries / HOW_DRAWN, file, most=LARGEST_TEXT, expected="a text in Markdown")


def _table(path: Path) -> list[dict[str, str]]:
    return rows_of(path, f"boundaries/{path.name}")
