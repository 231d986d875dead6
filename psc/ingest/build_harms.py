"""Rebuilds every ``observations.csv``, and the steps of contributors, from the publishers' raw files."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from psc.catalogue.definition import Grain
from psc.faults import Fault, InvalidData
from psc.ingest.ae import emergency_wait_series, provider_parts
from psc.ingest.contributors import contributor_steps, write_steps
from psc.ingest.fingertips import standardised_series
from psc.ingest.measures import EMERGENCY_WAITS, FALLS, HCAI, MEASURES, PRESCRIBING, SELF_HARM, SHMI, Measure
from psc.ingest.openprescribing import prescribing_series
from psc.ingest.shmi import mortality_series, trust_parts
from psc.ingest.tidy_observations import write_observations
from psc.ingest.ukhsa import infection_series

Reader = Callable[[], dict[str, pd.DataFrame]]


def build_harms(raw: Path, data: Path) -> None:
    """Write ``data/harms/<metric>/observations.csv`` for every metric with a series, and what steps there are.

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
    boundaries = data / "boundaries"
    steps = {
        measure.id: contributor_steps(read_parts(), built[measure.id], boundaries, measure, grain)
        for measure, grain, read_parts in _contributors(raw / "harms", boundaries)
    }
    for measure in MEASURES:
        folder = data / "harms" / measure.id
        write_observations(built[measure.id], folder / "observations.csv", measure)
        if measure.id in steps:
            write_steps(*steps[measure.id], folder, measure)


def _contributors(harms: Path, boundaries: Path) -> list[tuple[Measure, Grain, Callable[[], pd.DataFrame]]]:
    """The measures whose publisher gives the figures of each contributor, and how to read those."""
    return [
        (EMERGENCY_WAITS, "month", partial(provider_parts, _emergency_file(harms), boundaries)),
        (SHMI, "overlapping_year", partial(trust_parts, _shmi_file(harms), boundaries)),
    ]


def _emergency_file(harms: Path) -> Path:
    return harms / "nhs_england_ae" / f"{EMERGENCY_WAITS.source}.csv"


def _shmi_file(harms: Path) -> Path:
    return harms / "shmi" / f"{SHMI.source}.csv"


def _readers(harms: Path, boundaries: Path) -> list[Reader]:
    fingertips = harms / "fingertips"
    singles: list[tuple[str, Callable[[], pd.DataFrame]]] = [
        (m.id, partial(prescribing_series, harms / "openprescribing" / f"{m.source}.csv", boundaries, m))
        for m in PRESCRIBING
    ]
    singles += [
        (FALLS.id, partial(standardised_series, fingertips / f"{FALLS.source}.csv", boundaries, "weight_65_plus")),
        (SELF_HARM.id, partial(standardised_series, fingertips / f"{SELF_HARM.source}.csv", boundaries, "weight")),
        (EMERGENCY_WAITS.id, partial(emergency_wait_series, _emergency_file(harms), boundaries, EMERGENCY_WAITS)),
        (SHMI.id, partial(mortality_series, _shmi_file(harms), boundaries, SHMI)),
    ]
    return [
        partial(infection_series, harms / "ukhsa_hcai", boundaries, HCAI),
        *(partial(_named, name, series) for name, series in singles),
    ]


def _named(name: str, series: Callable[[], pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: series()}
