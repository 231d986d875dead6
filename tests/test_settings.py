"""Where data and store are, unless the environment says otherwise."""

from pathlib import Path

import pytest

from psc.settings import ROOT, check_settings, data_folder, hsts_seconds, limits, site_addresses, store_path

NUMBERS = [
    "PSC_MAX_SESSIONS",
    "PSC_MAX_SESSIONS_PER_ADDRESS",
    "PSC_MAX_CONNECTIONS",
    "PSC_MAX_DOWNLOADS_PER_MINUTE",
    "PSC_HSTS_SECONDS",
]


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


def test_limits_and_addresses_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("PSC_MAX_SESSIONS", " 9 ")
    monkeypatch.setenv("PSC_SITE_ADDRESS", "https://site.example/, https://[::1]:8501")
    monkeypatch.setenv("PSC_HSTS_SECONDS", "300")
    assert limits().sessions == 9
    assert site_addresses() == ("https://site.example", "https://[::1]:8501")
    assert hsts_seconds() == 300
    check_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, value) for name in NUMBERS for value in ("many", "-1", "1.5", "1e3", "٣", "9" * 12)),
        *((name, "0") for name in NUMBERS if name != "PSC_HSTS_SECONDS"),
        ("PSC_SITE_ADDRESS", "site.example"),
        ("PSC_SITE_ADDRESS", "https://site.example/path"),
        ("PSC_SITE_ADDRESS", "https://site.example, https://x y"),
    ],
)
def test_setting_that_cannot_be_used_ends_the_start_with_its_name(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match=name):
        check_settings()
