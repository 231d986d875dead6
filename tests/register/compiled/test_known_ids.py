"""The ids that a compiled record may refer to are those of the data beside the register."""

from pathlib import Path

from psc.faults import Fault
from psc.register.compiled.known_ids import read_known_ids


def test_ids_of_areas_harms_settings_and_metrics_are_read(few: Path) -> None:
    faults: list[Fault] = []
    known, harm = read_known_ids(few.parent, faults)
    assert faults == []
    assert known.areas is not None and len(known.areas) == 15 and "wessex" in known.areas
    assert known.metrics == {"mrsa"}
    assert known.harm_areas is not None and set(harm.group_of) == known.harm_areas
    assert known.care_settings is not None and known.areas | known.harm_areas | known.care_settings <= set(harm.titles)


def test_list_that_cannot_be_read_is_unknown_and_one_fault(few: Path, tmp_path: Path) -> None:
    faults: list[Fault] = []
    known, harm = read_known_ids(tmp_path, faults)
    assert (known.areas, known.harm_areas, known.care_settings, known.metrics) == (None, None, None, None)
    assert dict(harm.titles) == {}
    assert [fault.file for fault in faults] == [
        "harms/harm_areas.yaml",
        "harms/care_settings.yaml",
        "harms/synonyms.yaml",
        "boundaries/areas.csv",
        "harms",
    ]
