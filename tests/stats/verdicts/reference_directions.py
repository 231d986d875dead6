"""The reference figures of directions, and the observations they were made from."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from psc.settings import data_folder
from tests.stats.golden_cases import FOLDER

REFERENCE = pd.read_csv(FOLDER / "verdicts.csv")

randomly = given(st.integers(0, 2**32).map(np.random.default_rng))


def figures(metric):
    """The reference rows of a measure, and its observations of the same areas as (S, N) arrays by column."""
    expected = REFERENCE[REFERENCE["metric"] == metric].set_index("area")
    rows = pd.read_csv(data_folder() / "harms" / metric / "observations.csv")

    def matrix(column):
        return rows.pivot(index="area", columns="period_start", values=column).loc[expected.index].to_numpy()

    return expected, matrix
