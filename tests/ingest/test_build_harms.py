"""Building all series: all or nothing, and in the units the definitions promise."""

import pytest

from psc.catalogue.definition import load_catalogue
from psc.ingest.build_harms import build_harms
from psc.ingest.measures import MEASURES


def test_missing_files_are_all_named_and_nothing_is_written(tmp_path, boundaries, faults_of):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "boundaries").symlink_to(boundaries, target_is_directory=True)
    found = faults_of(build_harms, tmp_path / "raw", tmp_path / "data")
    assert "ukhsa_hcai/ukhsa_hcai_annual_tables_2023_to_2024.ods: found no such file" in found[0]
    assert len(found) == 1 + 10 + 2 + 1 + 1
    assert not (tmp_path / "data" / "harms").exists()


def test_every_series_has_the_multiplier_of_its_definition(data):
    catalogue = load_catalogue(data / "harms")
    with_series = {metric.id: metric.multiplier for metric in catalogue.metrics if metric.no_series is None}
    assert with_series == {measure.id: measure.multiplier for measure in MEASURES}


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_a_figure_is_never_blank_without_saying_why(data, measure):
    lines = (data / "harms" / measure.id / "observations.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "area,period_start,period_end,numerator,denominator,value,note"
    blank = [line for line in lines[1:] if line.split(",")[5] == ""]
    assert all("No figure: " in line for line in blank)
