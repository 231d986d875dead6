"""Each table of a boundaries folder is read once, as text with line numbers, or refused with its file's name."""

import pytest

from psc.faults import InvalidData
from psc.files.tables import LINE
from psc.geography.sound_tables import Tables


def test_table_is_read_as_text_with_its_lines(tmp_path):
    (tmp_path / "areas.csv").write_text("id,people\nwessex,0012\nkss,\n", encoding="utf-8")
    table = Tables(tmp_path)["areas.csv"]
    assert table["people"].tolist() == ["0012", ""]
    assert table[LINE].tolist() == [2, 3]


def test_table_is_read_once_though_its_file_goes_away(tmp_path):
    (tmp_path / "areas.csv").write_text("id\nwessex\n", encoding="utf-8")
    tables = Tables(tmp_path)
    first = tables["areas.csv"]
    (tmp_path / "areas.csv").unlink()
    assert tables["areas.csv"] is first


def test_table_that_is_not_there_is_refused_by_its_name(tmp_path):
    with pytest.raises(InvalidData) as refused:
        Tables(tmp_path)["areas.csv"]
    assert [fault.file for fault in refused.value.faults] == ["boundaries/areas.csv"]
