"""The tables of a boundaries folder in which no fault of form was found, each read once, cells as text."""

from pathlib import Path

import pandas as pd

from psc.faults import InvalidData
from psc.files.tables import read_table


class Tables(dict[str, pd.DataFrame]):
    """File name → table. Raises InvalidData where a file can no longer be read."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def __missing__(self, file: str) -> pd.DataFrame:
        table, faults = read_table(self.folder / file, file=f"boundaries/{file}")
        if table is None:
            raise InvalidData(faults)
        self[file] = table
        return table
