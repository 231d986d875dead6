"""The data as files for anyone: one CSV for each measure, all measures at once, areas, outlines, the register."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields
from functools import lru_cache
from typing import Any, ClassVar, Protocol

import pandas as pd
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from psc.files.csv_files import BYTE_ORDER_MARK, csv_text
from psc.register.errors import Unavailable
from psc.register.public.public_register import Aim, Capability, LearningEvent, PdsaCycle, PublicRegister, Suggestion
from psc.register.records.chart_decision import ChartDecision
from psc.store.connection import Store, open_store
from psc.store.query import run_query
from psc.store.stored_documents import read_documents
from psc.web.session.register import access

PLAIN = "plain"
"""The query parameter that asks for a file without a byte order mark."""


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


@lru_cache(maxsize=2)
def _figures(store: Store) -> str:
    return csv_text(run_query(store, "all_figures"))


def _areas(store: Store) -> str:
    return csv_text(run_query(store, "areas"))


def _records(records: Iterable[BaseModel | _Dataclass], kind: type[_Dataclass] | None = None) -> str:
    """Records as a table; ``kind`` names the columns where there may be no record yet."""
    rows = [{name: _cell(value) for name, value in _flat(record).items()} for record in records]
    columns = [field.name for field in fields(kind)] if kind else None
    # As objects: a column with a gap would otherwise turn whole numbers into decimal ones.
    return csv_text(pd.DataFrame(rows, columns=columns, dtype=object))


def _flat(record: BaseModel | _Dataclass) -> dict[str, Any]:
    """A record's fields, with those of whose word it is and of its aim each in a column of their own."""
    found = record.model_dump(mode="json") if isinstance(record, BaseModel) else asdict(record)
    whose, aim = getattr(record, "standing", None), getattr(record, "aim", None)
    if whose is not None:
        found |= whose._asdict()
        del found["standing"]
    if "aim" in found:
        del found["aim"]
        found |= {f"aim_{name}": getattr(aim, name, None) for name in Aim._fields}
    return found


def _cell(value: Any) -> Any:
    """Put a list of words into one cell with semicolons, and anything deeper as JSON."""
    if isinstance(value, list | tuple):
        value = "; ".join(value) if all(isinstance(item, str) for item in value) else json.dumps(value)
    return json.dumps(value) if isinstance(value, dict) else value


def _adoptions() -> str:
    taken = [(solution.id, adoption) for solution in _register().solutions for adoption in solution.adopted_by]
    rows = [{"solution_id": solution, **{name: _cell(value) for name, value in _flat(found).items()}}
            for solution, found in taken]  # fmt: skip
    return csv_text(pd.DataFrame(rows, dtype=object))


def _register() -> PublicRegister:
    published = access().published()
    if not published.is_read:
        raise Unavailable("The register cannot be read at the moment. Try again later.")
    return published


FILES: dict[str, tuple[str, Callable[[Store], str]]] = {
    "all-measures.csv": ("Every figure of every measure", _figures),
    "areas.csv": ("The 15 areas", _areas),
    "catchments.geojson": ("The areas' outlines", lambda store: json.dumps(read_documents(store).catchments)),
    "priorities.csv": ("Published priorities", lambda _: _records(_register().priorities)),
    "tests-of-change.csv": ("Tests of change", lambda _: _records(_register().tests, PdsaCycle)),
    "solutions.csv": ("Shared solutions", lambda _: _records(_register().solutions)),
    "adoptions.csv": ("Who took which solution up", lambda _: _adoptions()),
    "suggestions.csv": (
        "Suggestions from the public, with their answers",
        lambda _: _records(_register().suggestions, Suggestion),
    ),
    "learning-events.csv": ("Learning events", lambda _: _records(_register().events, LearningEvent)),
    "chart-decisions.csv": (
        "New limits, baselines, targets and notes that people decided on",
        lambda _: _records(_register().chart_decisions, ChartDecision),
    ),
    "people-trained.csv": ("People trained, and coaches", lambda _: _records(_register().capabilities, Capability)),
}


def download(request: Request) -> Response:
    """Answer `/data/<file>`: one of FILES, or `<metric>.csv` for a single measure.

    A CSV file begins with a byte order mark, for Excel; with ``?plain``, for programs, it does not.
    """
    store, name = open_store(), request.path_params["file"]
    is_plain = PLAIN in request.query_params
    if name in FILES:
        return _as_file(name, FILES[name][1](store), store, is_plain)
    metric = read_documents(store).catalogue.by_id.get(name.removesuffix(".csv"))
    if metric is None or not metric.has_series:
        known = ", ".join([*FILES, "and <measure>.csv for each measure on the Data and methods page"])
        return PlainTextResponse(f"There is no file {name[:80]} here. There are {known}.", status_code=404)
    return _as_file(name, csv_text(run_query(store, "figures", metric=metric.id)), store, is_plain)


def _as_file(name: str, body: str, store: Store, is_plain: bool) -> Response:
    is_csv = name.endswith(".csv")
    kind = "text/csv; charset=utf-8" if is_csv else "application/geo+json"
    if is_csv and not is_plain:
        body = BYTE_ORDER_MARK + body
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Data-Version": store.version}
    return Response(body, media_type=kind, headers=headers)


DOWNLOAD_ROUTE = Route("/data/{file}", download)
