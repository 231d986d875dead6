"""Everything that is installed is pinned, with its hash, as what is asked for says."""

import re
from pathlib import Path

import pytest

from psc.settings import ROOT

ASKED = re.compile(r"^([A-Za-z0-9-]+)(?:\[\w+\])?==(\S+)$", re.MULTILINE)
PINNED = re.compile(
    r"^([a-z0-9-]+)(?:\[\w+\])?==(\S+)(?: ; [^\\\n]+)? \\\n(    --hash=sha256:[0-9a-f]{64})", re.MULTILINE
)


def asked(name: str) -> dict[str, str]:
    return {package.lower(): version for package, version in ASKED.findall(Path(ROOT, name).read_text("utf-8"))}


def pinned(name: str) -> list[tuple[str, str]]:
    return [(package, version) for package, version, _ in PINNED.findall(Path(ROOT, name).read_text("utf-8"))]


@pytest.mark.parametrize("stem", ["requirements", "requirements-dev"])
def test_every_requirement_is_pinned_at_the_version_asked_for(stem):
    found = pinned(f"{stem}.txt")
    assert asked(f"{stem}.in")
    assert set(asked(f"{stem}.in").items()) <= set(found), "run make lock"


@pytest.mark.parametrize("stem", ["requirements", "requirements-dev"])
def test_every_pinned_package_has_a_hash(stem):
    lines = Path(ROOT, f"{stem}.txt").read_text("utf-8").splitlines()
    assert len(pinned(f"{stem}.txt")) == sum(not line.startswith((" ", "#", "-")) for line in lines if line)


def test_development_and_dashboard_share_one_version_of_each_package():
    run, development = (set(pinned(name)) for name in ("requirements.txt", "requirements-dev.txt"))
    names = {package for package, _ in run} & {package for package, _ in development}
    assert {pair for pair in development if pair[0] in names} <= run


def test_no_file_of_requirements_names_where_packages_come_from():
    for path in Path(ROOT).glob("requirements*"):
        assert "://" not in path.read_text("utf-8")
