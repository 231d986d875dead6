"""The list of slow test modules names modules that exist."""

from psc.settings import ROOT
from tests.slow_modules import SLOW


def test_every_slow_module_exists():
    assert {name for name in SLOW if not (ROOT / name).is_file()} == set()
