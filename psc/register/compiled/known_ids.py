"""The ids a register document may refer to, read from the data beside the register."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from psc.catalogue.definition_files import read_document
from psc.catalogue.harm_vocabulary import CareSettings, HarmAreas, Synonyms
from psc.faults import Fault, InvalidData
from psc.files.csv_rows import rows_of
from psc.files.walk import folders_in, names_in
from psc.register.records.fields import KnownIds


@dataclass(frozen=True, slots=True)
class HarmVocabulary:
    """Harm code to the group it belongs to; harm code, care setting or area to its title; names for the same thing."""

    group_of: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    synonyms: tuple[tuple[str, ...], ...] = ()


def read_known_ids(data: Path, faults: list[Fault]) -> tuple[KnownIds, HarmVocabulary]:
    """Areas, harm codes, care settings and metrics under the data folder.

    A list that cannot be read is None in the answer, and one fault says so: the file's own faults are reported by the
    check of its own folder.
    """
    harms, _ = read_document(data / "harms" / "harm_areas.yaml", HarmAreas, file="harms/harm_areas.yaml")
    settings, _ = read_document(data / "harms" / "care_settings.yaml", CareSettings, file="harms/care_settings.yaml")
    names, _ = read_document(data / "harms" / "synonyms.yaml", Synonyms, file="harms/synonyms.yaml")
    areas = _area_names(data / "boundaries" / "areas.csv")
    metrics = frozenset(
        name for name in folders_in(data / "harms") if "definition.yaml" in names_in(data / "harms" / name)
    )
    for found, file in (
        (harms, "harms/harm_areas.yaml"),
        (settings, "harms/care_settings.yaml"),
        (names, "harms/synonyms.yaml"),
        (areas, "boundaries/areas.csv"),
        (metrics, "harms"),
    ):
        if not found:
            faults.append(Fault(file, "nothing that could be read", "the ids the register refers to"))
    known = KnownIds(
        areas=frozenset(areas) or None,
        harm_areas=frozenset(area.code for area in harms.harm_areas) if harms else None,
        care_settings=frozenset(setting.code for setting in settings.care_settings) if settings else None,
        metrics=metrics or None,
    )
    groups = {area.code: area.group for area in harms.harm_areas} if harms else {}
    titles = dict(areas)
    titles |= {setting.code: setting.title for setting in settings.care_settings} if settings else {}
    titles |= {area.code: area.title for area in harms.harm_areas} if harms else {}
    return known, HarmVocabulary(groups, titles, names.synonyms if names else ())


def _area_names(path: Path) -> dict[str, str]:
    """Area id to name; nothing where the file cannot be read."""
    try:
        rows = rows_of(path, "boundaries/areas.csv")
    except InvalidData:
        return {}
    return {row["id"]: row.get("name") or row["id"] for row in rows if row.get("id")}
