"""The build makes the committed files of the raw files again."""

import shutil

import pytest

from psc.geography.build_boundaries import TABLES, build_boundaries
from psc.settings import data_folder

BOUNDARIES = data_folder() / "boundaries"
pytestmark = [pytest.mark.needs_raw, pytest.mark.xdist_group("raw")]


def test_build_of_the_raw_files_makes_the_committed_files_again(raw, tmp_path):
    for file in ("areas.csv", "area_names.csv"):
        shutil.copy(BOUNDARIES / file, tmp_path)
    build_boundaries(raw, tmp_path)
    for file in ("catchments.geojson", "areas.csv", *TABLES):
        assert (tmp_path / file).read_bytes() == (BOUNDARIES / file).read_bytes(), file
