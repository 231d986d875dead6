"""Copies of committed measures, small enough to check quickly, for tests to spoil."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

from psc.catalogue.observations import check_harms

VOCABULARY = "harm_areas.yaml", "care_settings.yaml", "synonyms.yaml"
Row = dict[str, str]


class Measures:
    """A harms folder with some of the committed measures, and short ways to spoil it."""

    def __init__(self, data: Path, folder: Path, *names: str) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        for name in VOCABULARY:
            shutil.copy(data / "harms" / name, folder / name)
        for name in names:
            shutil.copytree(data / "harms" / name, folder / name)

    def replace(self, name: str, *changes: tuple[str, str]) -> None:
        """Replace texts in a definition, each of which must be in it."""
        path = self.folder / name / "definition.yaml"
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")

    def without(self, name: str, key: str) -> None:
        """Leave out a key of a definition with all that is under it."""
        path = self.folder / name / "definition.yaml"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        start = next(number for number, line in enumerate(lines) if line.startswith(f"{key}:"))
        ends = (number for number, line in enumerate(lines) if number > start and line[0] not in " -")
        path.write_text("".join(lines[:start] + lines[next(ends, len(lines)) :]), encoding="utf-8")

    def rows(self, name: str, change: Callable[[list[Row]], None]) -> None:
        """Change the rows of the observations of a measure."""
        path = self.folder / name / "observations.csv"
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        change(rows)
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(out.getvalue(), encoding="utf-8")

    def each(self, name: str, change: Callable[[Row], object]) -> None:
        """Change every row, one by one."""
        self.rows(name, lambda rows: [change(row) for row in rows] and None)

    def said(self) -> list[str]:
        """Every fault of the folder."""
        return [str(fault) for fault in check_harms(self.folder)]
