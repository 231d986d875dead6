"""Small folders of data, each with its package."""

import json
from pathlib import Path

import pytest

from tests.files.small_package import AREAS, FIGURES, PACKAGE, write_csv_file


@pytest.fixture
def small(tmp_path) -> Path:
    """A package of two small tables with each rule that a schema can give."""
    (tmp_path / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
    write_csv_file(tmp_path / "areas.csv", AREAS)
    write_csv_file(tmp_path / "figures.csv", FIGURES)
    return tmp_path


@pytest.fixture
def package(tmp_path) -> Path:
    """A folder with one file, which its package describes."""
    (tmp_path / "datapackage.json").write_text('{"resources": [{"name": "a", "path": "a.md"}]}', encoding="utf-8")
    (tmp_path / "a.md").write_text("a", encoding="utf-8")
    return tmp_path
