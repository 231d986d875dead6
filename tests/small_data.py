"""Copies of the data folder that a test may spoil, and one that is quick to build from."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import yaml

from psc.catalogue.package import write_package

WITH_SERIES = ("methotrexate-10mg", "mrsa")


def copy_of(data: Path, target: Path) -> Path:
    """Copy a folder, so that a test can change it."""
    return Path(shutil.copytree(data, target))


def few_series_of(data: Path, target: Path, keep: Sequence[str] = WITH_SERIES) -> Path:
    """Copy a data folder with everything in it but figures of two measures only, or of those to ``keep``."""
    folder = copy_of(data, target)
    for observations in sorted((folder / "harms").glob("*/observations.csv")):
        if observations.parent.name not in keep:
            _leave_out_figures(observations.parent)
    write_package(folder / "harms")
    return folder


def _leave_out_figures(folder: Path) -> None:
    """Turn a measure into one that is defined but has no series."""
    for figures in folder.glob("*.csv"):
        figures.unlink()
    definition = yaml.safe_load((folder / "definition.yaml").read_text(encoding="utf-8"))
    for key in ("area_values", "england_published", "gaps", "contributors"):
        definition.pop(key, None)
    definition["no_series"] = {"reason": "Left out here.", "how_to_load": "Put it back."}
    (folder / "definition.yaml").write_text(yaml.safe_dump(definition), encoding="utf-8")


def change_a_figure(data: Path, area: str = "wessex") -> None:
    """Revise the latest methotrexate figure of an area and England's with it, as a publisher might."""
    path = data / "harms" / "methotrexate-10mg" / "observations.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    for who in (area, "england"):
        place = max(n for n, line in enumerate(lines) if line.startswith(f"{who},"))
        cells = lines[place].split(",")
        numerator, denominator = float(cells[3]) + 1, float(cells[4])
        lines[place] = ",".join([*cells[:3], f"{numerator:g}", cells[4], f"{numerator / denominator * 100:.6g}", ""])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
