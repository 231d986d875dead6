"""The data as files for anyone: one CSV for each measure, all measures at once, areas, outlines, the register."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from psc.register.models import Priority
from psc.register.solution import Solution
from psc.store.connection import Store, StoreMissing, open_store
from psc.store.documents import read_documents
from psc.store.query import run_query


def _csv(frame: pd.DataFrame) -> str:
    return frame.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")


def _figures(store: Store) -> str:
    return _csv(run_query(store, "all_figures"))


def _areas(store: Store) -> str:
    return _csv(run_query(store, "areas"))


def _records(records: Iterable[Priority | Solution]) -> str:
    rows = [{name: _cell(value) for name, value in record.model_dump(mode="json").items()} for record in records]
    return _csv(pd.DataFrame(rows))


def _cell(value: Any) -> Any:
    """Put a list of words into one cell with semicolons, and anything deeper as JSON."""
    if isinstance(value, list):
        return "; ".join(value) if all(isinstance(item, str) for item in value) else json.dumps(value)
    return value


FILES: dict[str, tuple[str, Callable[[Store], str]]] = {
    "all-measures.csv": ("Every figure of every measure", _figures),
    "areas.csv": ("The 15 areas", _areas),
    "catchments.geojson": ("The areas' outlines", lambda store: json.dumps(read_documents(store).catchments)),
    "priorities.csv": ("Published priorities", lambda store: _records(read_documents(store).register.priorities)),
    "solutions.csv": ("Shared solutions", lambda store: _records(read_documents(store).register.solutions)),
}


def download(request: Request) -> Response:
    """Answer `/data/<file>`: one of FILES, or `<metric>.csv` for a single measure."""
    try:
        store, name = open_store(), request.path_params["file"]
    except StoreMissing as missing:
        return PlainTextResponse(str(missing), status_code=503)
    if name in FILES:
        return _as_file(name, FILES[name][1](store), store)
    metric = read_documents(store).catalogue.by_id.get(name.removesuffix(".csv"))
    if metric is None or not metric.has_series:
        known = ", ".join([*FILES, "and <measure>.csv for each measure on the Data and methods page"])
        return PlainTextResponse(f"There is no file {name[:80]} here. There are {known}.", status_code=404)
    return _as_file(name, _csv(run_query(store, "figures", metric=metric.id)), store)


def _as_file(name: str, body: str, store: Store) -> Response:
    kind = "application/geo+json" if name.endswith(".geojson") else "text/csv; charset=utf-8"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Data-Version": store.version}
    return Response(body, media_type=kind, headers=headers)


DOWNLOAD_ROUTE = Route("/data/{file}", download)
