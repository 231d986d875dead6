"""What all tests share: the raw files where there are any, and one store built from the committed data."""

import fcntl
import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

from psc.register.database.database import Database
from psc.settings import data_folder, register_url
from psc.store.build_store import build_store
from psc.store.connection import Store
from tests.slow_modules import SLOW
from tests.small_data import copy_of, few_series_of

# Two tests at once on a busy machine are slow now and then; how long a thing takes is measured in `bench/`.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# The modules that tests are made with stay, some hundred thousand objects: no garbage is looked for among them.
gc.disable()

RAW = Path(__file__).resolve().parents[2] / "shared" / "raw"


def pytest_collection_modifyitems(config, items):
    """Mark the tests that need PostgreSQL and the slow ones; leave out those that need raw files no clone has."""
    for item in items:
        if "postgres" in item.nodeid:
            item.add_marker(pytest.mark.postgres)
        if item.nodeid.partition("::")[0] in SLOW:
            item.add_marker(pytest.mark.slow)
    if RAW.is_dir():
        return
    left_out = [item for item in items if item.get_closest_marker("needs_raw")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish():
    """From here on garbage is looked for among what the tests make."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


def pytest_unconfigure():
    """Modules that look at the end whether all was let go find that it was."""
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def state(tmp_path_factory) -> Path:
    """A state folder of the tests' own: no test may touch the register of whoever runs them."""
    folder = tmp_path_factory.mktemp("state")
    for name in ("PSC_REGISTER_URL", "PSC_AUDIT_KEY", "PSC_ADMINISTRATORS"):
        os.environ.pop(name, None)
    os.environ["PSC_STATE"] = str(folder)
    # Registers elsewhere keep their key here, and a key without a register beside it is refused at a start.
    Database(register_url()).close()
    # All tests come from one address, and from one that asks for more than any visitor.
    os.environ["PSC_MAX_DOWNLOADS_PER_MINUTE"] = "1000000"
    return folder


@pytest.fixture(scope="session")
def raw() -> Path:
    """The publishers' raw files (only for tests marked `needs_raw`)."""
    return RAW


@pytest.fixture(scope="session")
def data() -> Path:
    """The committed data."""
    return data_folder()


@pytest.fixture(scope="session")
def store_file(tmp_path_factory, data) -> Path:
    """A store built from the committed data, once for all workers; not to be changed."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    target = folder / "store" / "psc.duckdb"
    target.parent.mkdir(exist_ok=True)
    with (folder / "store.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            build_store(data, target)
    return target


@pytest.fixture(scope="session")
def store(store_file):
    """The built store, opened as the pages open it."""
    with Store(store_file) as opened:
        yield opened


@pytest.fixture(scope="session")
def few_series(tmp_path_factory, data) -> Path:
    """The committed data with the figures of two measures only, quick to build from; not to be changed."""
    return few_series_of(data, tmp_path_factory.mktemp("few") / "data")


@pytest.fixture
def small_data(few_series, tmp_path) -> Path:
    """A copy of it that a test may change."""
    return copy_of(few_series, tmp_path / "data")
