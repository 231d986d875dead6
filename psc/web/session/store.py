"""What the pages read: rows of the store and its documents, cached by the store's version."""

from functools import lru_cache

import pandas as pd
import streamlit as st

from psc.catalogue.definition import Catalogue, Metric
from psc.charts.style import scale
from psc.geography.areas import ENGLAND
from psc.narrate.attention import Everywhere
from psc.narrate.chance import Chance
from psc.narrate.signal_words import Signal
from psc.narrate.verdicts import Verdict
from psc.register.public.public_register import PublicRegister
from psc.store.connection import Store, open_store
from psc.store.query import run_query
from psc.store.stored_documents import Documents
from psc.web.session.register import access, documents_of


@st.cache_data(max_entries=800, show_spinner=False)
def _rows(version: str, name: str, parameters: tuple[tuple[str, object], ...], _store: Store) -> pd.DataFrame:
    return run_query(_store, name, **dict(parameters))


def rows(name: str, **parameters: object) -> pd.DataFrame:
    """Return the rows of a query of `psc/queries`."""
    store = open_store()
    return _rows(store.version, name, tuple(sorted(parameters.items())), store)


def documents() -> Documents:
    """Return the documents of the store being served."""
    return documents_of(open_store())


def catalogue() -> Catalogue:
    """Return the metric definitions and the vocabulary."""
    return documents().catalogue


def register() -> PublicRegister:
    """Return the published priorities, tests, solutions, suggestions and learning, and the programmes and history."""
    return access().published()


def register_version() -> str:
    """Return the key for anything made from the register and the store together."""
    return f"{version()}-{register().seal}"


def definition(metric: str) -> Metric:
    """Return a metric's definition. Raises KeyError for an id that is none."""
    return catalogue().by_id[metric]


def areas() -> pd.DataFrame:
    """Return the 15 areas, indexed by id, in alphabetical order of their names."""
    return rows("areas").set_index("id", drop=False)


@lru_cache(maxsize=2)
def _area_names(store: Store) -> dict[str, str]:
    names = run_query(store, "areas")
    return dict(zip(names["id"], names["name"], strict=True))


def area_names() -> dict[str, str]:
    """Return area id → name, in alphabetical order of the names."""
    return _area_names(open_store())


def place_names() -> dict[str, str]:
    """Return what a record may be about, id → name: all of England, or an area, in alphabetical order of the names."""
    return {ENGLAND: "All of England", **area_names()}


def version() -> str:
    """Return the version of the store being served: the key for anything made from it."""
    return open_store().version


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def signal_of(row: pd.Series) -> Signal:
    """Return a row of the `signal` table as the narrator takes it."""
    return Signal(
        chart=row["chart"],
        state=row["state"],
        side=row["side"],
        assurance=row["assurance"],
        rule=row["rule"],
        points=int(row["points"]),
        missing=int(row["missing"]),
        non_random=None if pd.isna(row["non_random"]) else bool(row["non_random"]),
        no_limits=row["no_limits"],
        period_start=row["period_start"].date(),
        period_end=row["period_end"].date(),
        value=float(row["value"]),
        first_period=row["first_period"].date(),
        limits_points=int(row["limits_points"]),
        limits_from=row["limits_from"].date(),
        odd=row["odd"],
        expected=_number(row["expected"]),
        expected_lower=_number(row["expected_lower"]),
        expected_upper=_number(row["expected_upper"]),
    )


def verdict_of(row: pd.Series) -> Verdict:
    """Return a row of the `verdict` table as the narrator takes it."""
    return Verdict(
        method=row["method"],
        direction=row["direction"],
        certain=bool(row["certain"]),
        state=row["state"],
        change=_share(row["change"]),
        lower=_share(row["lower"]),
        upper=_share(row["upper"]),
        change_on_year=_share(row["change_on_year"]),
        pairs=int(row["pairs"]),
        agreeing=int(row["agreeing"]),
        years=int(row["years"]),
        against_england=row["against_england"],
        against_change=_share(row["against_change"]),
        against_lower=_share(row["against_lower"]),
        against_upper=_share(row["against_upper"]),
        flags=tuple(flag for flag in row["flags"].split("; ") if flag),
        reason=row["reason"],
        period_start=row["period_start"].date(),
        period_end=row["period_end"].date(),
        value=float(row["value"]),
    )


def _share(figure: float | None) -> float | None:
    return None if figure is None or pd.isna(figure) else float(figure)


def verdicts_on(metric: str) -> dict[str, Verdict]:
    """Return the verdict on a measure by area, England's too; an area without figures has none."""
    return dict(_verdicts_on(version(), metric))


# Pages ask for the same verdicts dozens of times, and making objects of rows takes longer than all else they do.
@lru_cache(maxsize=64)
def _verdicts_on(version: str, metric: str) -> dict[str, Verdict]:
    return {row["area_id"]: verdict_of(row) for _, row in rows("metric_verdicts", metric=metric).iterrows()}


def verdicts_in(area: str) -> dict[str, Verdict]:
    """Return the verdicts in an area (or "england") by measure, in the order pages show measures in."""
    return dict(_verdicts_in(version(), area))


@lru_cache(maxsize=64)
def _verdicts_in(version: str, area: str) -> dict[str, Verdict]:
    return {row["metric_id"]: verdict_of(row) for _, row in rows("area_verdicts", area=area).iterrows()}


def chances() -> dict[str, Chance]:
    """Return how far the verdicts on each measure can be trusted; a measure that is never judged has no entry."""
    return dict(_chances(version()))


@lru_cache(maxsize=2)
def _chances(version: str) -> dict[str, Chance]:
    return {
        row["metric_id"]: Chance(
            gives_verdict=bool(row["gives_verdict"]),
            one_in=int(row["one_in"]),
            none_at_once=float(row["none_at_once"]),
            all_at_once=float(row["all_at_once"]),
            expected=float(row["expected"]),
            finds_fall=float(row["finds_fall"]),
        )
        for _, row in rows("chance").iterrows()
    }


def verdicts_everywhere() -> list[Everywhere]:
    """Return every measure with figures and its verdicts in all areas and England, in the order of the pages."""
    return list(_verdicts_everywhere(version()))


@lru_cache(maxsize=2)
def _verdicts_everywhere(version: str) -> list[Everywhere]:
    found: dict[str, dict[str, Verdict]] = {}
    for _, row in rows("all_verdicts").iterrows():
        found.setdefault(row["metric_id"], {})[row["area_id"]] = verdict_of(row)
    return [Everywhere(definition(metric), verdicts) for metric, verdicts in found.items()]


@st.cache_data(max_entries=100, show_spinner=False)
def _starts_at_zero(version: str, metric: str) -> bool:
    return scale.starts_at_zero(rows("series", metric=metric))


def starts_at_zero(metric: str) -> bool:
    """Return whether the axis of values of every chart over time of a measure starts at 0
    (`psc.charts.style.scale`)."""
    return _starts_at_zero(version(), metric)


def gives_verdicts(metric: str) -> bool:
    """Say whether a measure is steady enough by itself for verdicts to be more than chance; true where unknown."""
    chance = chances().get(metric)
    return chance is None or chance.gives_verdict
