"""Where data and store are, unless the environment says otherwise."""

from pathlib import Path

from psc.settings import ROOT, data_folder, store_path


def test_data_and_store_lie_in_the_project_by_default(monkeypatch):
    monkeypatch.delenv("PSC_DATA", raising=False)
    monkeypatch.delenv("PSC_STORE", raising=False)
    assert data_folder() == ROOT / "data"
    assert store_path() == ROOT / "var" / "psc.duckdb"
    assert (data_folder() / "harms").is_dir()


def test_the_environment_moves_them(monkeypatch):
    monkeypatch.setenv("PSC_DATA", "/srv/psc/data")
    monkeypatch.setenv("PSC_STORE", "/srv/psc/psc.duckdb")
    assert (data_folder(), store_path()) == (Path("/srv/psc/data"), Path("/srv/psc/psc.duckdb"))
