"""A copy of the committed boundaries, for a test to spoil."""

import shutil

import pytest

from psc.settings import data_folder


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(data_folder() / "boundaries", tmp_path / "boundaries")
