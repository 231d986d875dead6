"""Rebuilds every ``observations.csv`` from the publishers' raw files."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from psc.faults import Fault, InvalidData
from psc.ingest.ae import emergency_wait_series
from psc.ingest.fingertips import standardised_series
from psc.ingest.measures import EMERGENCY_WAITS, FALLS, HCAI, MEASURES, PRESCRIBING, SELF_HARM, SHMI
from psc.ingest.observations import write_observations
from psc.ingest.openprescribing import prescribing_series
from psc.ingest.shmi import mortality_series
from psc.ingest.ukhsa import infection_series

Reader = Callable[[], dict[str, pd.DataFrame]]


def build_harms(raw: Path, data: Path) -> None:
    """Write ``data/harms/<metric>/observations.csv`` for every metric with a series.

    ``raw`` holds the publishers' files (``harms/<publisher>/...``); ``data`` holds the boundaries that areas are made
    with. Everything is read and checked before anything is written. Raises InvalidData with the faults of all files.
    The result depends on the input alone.
    """
    built: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    for read in _readers(raw / "harms", data / "boundaries"):
        try:
            built |= read()
        except InvalidData as invalid:
            faults += invalid.faults
    if faults:
        raise InvalidData(faults)
    for measure in MEASURES:
        write_observations(built[measure.id], data / "harms" / measure.id / "observations.csv", measure)


def _readers(harms: Path, boundaries: Path) -> list[Reader]:
    fingertips, emergency, shmi = harms / "fingertips", harms / "nhs_england_ae", harms / "shmi"
    singles: list[tuple[str, Callable[[], pd.DataFrame]]] = [
        (m.id, partial(prescribing_series, harms / "openprescribing" / f"{m.source}.csv", boundaries, m))
        for m in PRESCRIBING
    ]
    singles += [
        (FALLS.id, partial(standardised_series, fingertips / f"{FALLS.source}.csv", boundaries, "weight_65_plus")),
        (SELF_HARM.id, partial(standardised_series, fingertips / f"{SELF_HARM.source}.csv", boundaries, "weight")),
        (
            EMERGENCY_WAITS.id,
            partial(emergency_wait_series, emergency / f"{EMERGENCY_WAITS.source}.csv", boundaries, EMERGENCY_WAITS),
        ),
        (SHMI.id, partial(mortality_series, shmi / f"{SHMI.source}.csv", boundaries, SHMI)),
    ]
    return [
        partial(infection_series, harms / "ukhsa_hcai", boundaries, HCAI),
        *(partial(_named, name, series) for name, series in singles),
    ]


def _named(name: str, series: Callable[[], pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: series()}
