"""The catalogue is read whole, or with all faults of all files."""

import pytest

from psc.catalogue.definition import load_catalogue
from psc.faults import InvalidData


def test_all_faults_of_all_files_come_at_once(harms):
    harms.replace("germs/definition.yaml", "direction: lower", "direction: down")
    harms.replace("germs/definition.yaml", "decimals: 1", "decimals: many")
    harms.replace("care_settings.yaml", "title: Hospital", "title: ''")
    with pytest.raises(InvalidData) as raised:
        load_catalogue(harms.folder)
    assert [(fault.file, fault.column) for fault in raised.value.faults] == [
        ("harms/care_settings.yaml", "care_settings.0.title"),
        ("harms/germs/definition.yaml", "decimals"),
        ("harms/germs/definition.yaml", "direction"),
    ]
