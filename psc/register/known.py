"""The ids a register document may refer to, read from the data beside the register."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from psc.catalogue.documents import read_document
from psc.catalogue.vocabulary import CareSettings, HarmAreas
from psc.faults import Fault
from psc.register.fields import KnownIds


@dataclass(frozen=True, slots=True)
class HarmVocabulary:
    """Harm code to the group it belongs to."""

    group_of: Mapping[str, str] = field(default_factory=dict)


def read_known_ids(data: Path, faults: list[Fault]) -> tuple[KnownIds, HarmVocabulary]:
    """Areas, harm codes, care settings and metrics under the data folder.

    A list that cannot be read is None in the answer, and one fault says so: the file's own faults are reported by the
    check of its own folder.
    """
    harms, _ = read_document(data / "harms" / "harm_areas.yaml", HarmAreas, file="harms/harm_areas.yaml")
    settings, _ = read_document(data / "harms" / "care_settings.yaml", CareSettings, file="harms/care_settings.yaml")
    areas = _area_ids(data / "boundaries" / "areas.csv")
    metrics = frozenset(path.parent.name for path in (data / "harms").glob("*/definition.yaml"))
    for found, file in (
        (harms, "harms/harm_areas.yaml"),
        (settings, "harms/care_settings.yaml"),
        (areas, "boundaries/areas.csv"),
        (metrics, "harms"),
    ):
        if not found:
            faults.append(Fault(file, "nothing that could be read", "the ids the register refers to"))
    known = KnownIds(
        areas=areas,
        harm_areas=frozenset(area.code for area in harms.harm_areas) if harms else None,
        care_settings=frozenset(setting.code for setting in settings.care_settings) if settings else None,
        metrics=metrics or None,
    )
    return known, HarmVocabulary({area.code: area.group for area in harms.harm_areas} if harms else {})


def _area_ids(path: Path) -> frozenset[str] | None:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return frozenset(row["id"] for row in csv.DictReader(lines) if row.get("id")) or None
    except (OSError, UnicodeDecodeError, csv.Error):
        return None
