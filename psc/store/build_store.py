"""Builds the harm store from the committed data: written aside, checked, and swapped in as one step."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from psc import clock
from psc.catalogue.declared_steps import read_steps
from psc.catalogue.definition import Catalogue, Metric
from psc.catalogue.observations import read_checked_observations
from psc.faults import Fault, InvalidData
from psc.geography.areas import ENGLAND, Area, load_area_names, load_areas, load_organisations
from psc.stats.rates.intervals import Limits, byar, wilson
from psc.store.check_data import check_data
from psc.store.funnels import FunnelRows, funnel_rows
from psc.store.gaps import gap_rows
from psc.store.grid import Grid, grid_of
from psc.store.judge import Judged, judge
from psc.store.people_rows import people_rows
from psc.store.possible import within_possible
from psc.store.reader import NotWhole, Store
from psc.store.stored_documents import Documents, load_documents, write_documents
from psc.store.unfinished import remove, remove_unfinished, unfinished_path
from psc.store.verdicts.calibrated import calibrated
from psc.store.verdicts.denominator_step_rows import SteppedVerdicts, stepped_verdicts
from psc.store.verdicts.rows import verdict_rows
from psc.store.version import content_hash
from psc.store.whole import require_whole

Interval = Callable[[ArrayLike, ArrayLike], Limits]


def _no_interval(numerator: ArrayLike, denominator: ArrayLike) -> Limits:
    """Amounts (doses, milligrams) and standardised rates are no counts of events: no interval follows from them."""
    missing = np.full(np.shape(numerator), np.nan)
    return missing, missing


INTERVALS: dict[str, Interval] = {"wilson": wilson, "byar": byar, "none": _no_interval}
SCHEMA = Path(__file__).with_name("schema.sql")
AREA_COLUMNS = [
    "id",
    "name",
    "short_name",
    "psc_name",
    "hin_name",
    "website",
    "places",
    "population",
    "population_65_plus",
    "area_km2",
    "label_lon",
    "label_lat",
    "tile_col",
    "tile_row",
    "north_to_south",
    "straddles",
    "unverified",
]
METRIC_COLUMNS = [
    "id",
    "title",
    "harm_area",
    "kind",
    "unit",
    "decimals",
    "multiplier",
    "direction",
    "grain",
    "chart",
    "publisher",
]


def build_store(data: Path, target: Path) -> str:
    """Build a store from ``data`` and swap it in at ``target``; return its version.

    Raises InvalidData with every fault found, or that files changed meanwhile; ``target`` is then untouched and goes
    on being served. The file is written in the target's own folder because a rename is atomic only within one file
    system; what builds that were killed left there is removed.
    """
    version = content_hash(data)
    if faults := check_data(data):
        raise InvalidData(faults)
    target.parent.mkdir(parents=True, exist_ok=True)
    remove_unfinished(target.parent)
    aside = unfinished_path(target.parent)
    try:
        _write(data, aside, version)
        _check(aside, version)
        if content_hash(data) != version:
            raise InvalidData([Fault("data", "files that changed during the build", "files at rest: build once more")])
        aside.replace(target)
    finally:
        remove(aside)
    return version


def _write(data: Path, target: Path, version: str) -> None:
    documents = load_documents(data)
    catalogue = documents.catalogue
    tables = _geography_tables(data / "boundaries") | _metric_tables(catalogue) | _series_tables(data, catalogue)
    try:
        _write_tables(target, tables, documents, version)
    except (duckdb.OperationalError, duckdb.PermissionException) as error:
        found = f"a store that could not be written ({error})"
        raise InvalidData([Fault(target.name, found, f"room and permission to write in {target.parent}")]) from error
    except duckdb.Error as error:
        found = f"rows that do not fit together ({error})"
        expected = "rows that do; the checks should have said which do not, so tell the maintainers"
        raise InvalidData([Fault("data", found, expected)]) from error


def _write_tables(target: Path, tables: dict[str, pd.DataFrame], documents: Documents, version: str) -> None:
    with duckdb.connect(str(target)) as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        for name, frame in tables.items():
            if frame.empty:
                continue
            connection.append(name, frame, by_name=True)
        write_documents(connection, documents)
        built_at = clock.now().replace(tzinfo=None)
        figures = int(tables["observation"]["value"].count())
        connection.execute("INSERT INTO release VALUES (?, ?, ?)", [version, built_at, figures])


def _geography_tables(folder: Path) -> dict[str, pd.DataFrame]:
    names = [
        {
            "area_id": n.area,
            "name": n.name,
            "valid_from": n.valid_from,
            "valid_to": n.valid_to,
            "kind": n.kind,
            "verified": n.verified,
        }
        for n in load_area_names(folder)
    ]
    trusts = [
        {"ods_code": o.ods_code, "name": o.name, "area_id": o.area, "basis": o.basis}
        for o in load_organisations(folder)
    ]
    return {
        "area": pd.DataFrame([_area_row(area) for area in load_areas(folder)])[AREA_COLUMNS],
        "area_name": pd.DataFrame(names),
        "organisation": pd.DataFrame(trusts),
    }


def _area_row(area: Area) -> dict[str, object]:
    return {**asdict(area), "unverified": "; ".join(area.unverified)}


def _metric_tables(catalogue: Catalogue) -> dict[str, pd.DataFrame]:
    metrics = [
        {
            **{name: getattr(metric, name) for name in METRIC_COLUMNS},
            "position": position,
            "harm_group": catalogue.group_of[metric.harm_area].code,
            "has_series": metric.has_series,
        }
        for position, metric in enumerate(catalogue.metrics)
    ]
    breaks = [
        {"metric_id": metric.id, "date": item.date, "reason": item.reason}
        for metric in catalogue.metrics
        for item in metric.series_breaks
    ]
    return {"metric": pd.DataFrame(metrics), "series_break": pd.DataFrame(breaks)}


def _series_tables(data: Path, catalogue: Catalogue) -> dict[str, pd.DataFrame]:
    observations: list[pd.DataFrame] = []
    judged: list[Judged] = []
    verdicts: list[SteppedVerdicts] = []
    chances: list[dict[str, object]] = []
    funnels: list[FunnelRows] = []
    gaps: list[pd.DataFrame] = []
    compared: list[pd.DataFrame] = []
    people: list[pd.DataFrame] = []
    for metric in catalogue.metrics:
        if metric.has_series:
            frame = _observations(data / "harms", metric)
            observations.append(frame)
            grid = grid_of(frame)
            areas = grid.without(ENGLAND)
            judged.append(judge(metric, grid))
            chance = calibrated(metric, grid)
            chances += [chance.row(metric)] if chance else []
            judge_grid = partial(verdict_rows, metric, chance=chance)
            verdicts.append(stepped_verdicts(metric, grid, *read_steps(data / "harms", metric.id), judge_grid))
            funnels.append(funnel_rows(metric, areas))
            gaps.append(gap_rows(metric, areas))
            compared.append(_compared(metric, areas))
            people.append(people_rows(metric, grid, set(verdicts[-1].steps["area_id"])))
    return {
        "observation": pd.concat(observations),
        "spc_point": pd.concat([item.points for item in judged]),
        "signal": pd.concat([item.signals for item in judged]),
        "verdict": pd.concat([item.verdicts for item in verdicts]),
        "denominator_step": _filled([item.steps for item in verdicts]),
        "step_contributor": _filled([item.parts for item in verdicts]),
        "chance": pd.DataFrame(chances),
        "gap": pd.concat(gaps),
        "comparison": pd.concat(compared),
        "people": pd.concat(people),
        "funnel": pd.concat([item.funnel for item in funnels]),
        "funnel_area": pd.concat([item.areas for item in funnels]),
        "funnel_curve": pd.concat([item.curve for item in funnels]),
    }


def _filled(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """The frames that have rows, as one; none has types to lose."""
    return pd.concat([frame for frame in frames if not frame.empty] or frames[:1])


def _compared(metric: Metric, areas: Grid) -> pd.DataFrame:
    """The row of `comparison`; none where no area has a figure."""
    place = areas.compared
    if place is None:
        return pd.DataFrame()
    found = {
        "metric_id": metric.id,
        "period_start": areas.start[place],
        "period_end": areas.end[place],
        "newest_start": areas.start[-1],
        "newest_end": areas.end[-1],
        "newest_areas": int((~np.isnan(areas.value[:, -1])).sum()),
    }
    return pd.DataFrame([found])


def _observations(folder: Path, metric: Metric) -> pd.DataFrame:
    frame = read_checked_observations(folder, metric.id).rename(columns={"area": "area_id"})
    exposure = np.ones(len(frame)) if metric.is_count else frame["denominator"]
    limits = [side * metric.multiplier for side in INTERVALS[metric.interval](frame["numerator"], exposure)]
    lower, upper = (within_possible(metric, side) for side in limits)
    return frame.assign(metric_id=metric.id, lower=lower, upper=upper)


def _check(path: Path, version: str) -> None:
    """Open the new file as the pages will and make sure that it answers, before anyone is served from it."""
    with Store(path) as store:
        try:
            require_whole(store)
        except NotWhole as error:
            raise InvalidData(
                [Fault("data", f"too little for a store: {error}", "figures that can be judged")]
            ) from error
        assert store.version == version, "the file just written carries another version"
