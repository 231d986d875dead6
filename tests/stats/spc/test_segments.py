"""Series are cut at the days from which limits are rebased, and each segment gets a row of its own."""

import math

import numpy as np
import pytest

from psc.stats.spc.segments import rebase_starts, split_segments

NAN = math.nan


def test_rebase_starts_at_the_first_point_on_or_after_its_date():
    dates = ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]
    assert rebase_starts(dates, ["2024-02-29"]).tolist() == [False, True, False, False]
    assert rebase_starts(dates, ["2024-03-01", "2024-03-15"]).tolist() == [False, False, True, False]
    assert rebase_starts(dates, ["2023-01-01"]).tolist() == [True, False, False, False]
    assert not rebase_starts(dates, ["2024-05-01"]).any()
    assert not rebase_starts(dates, []).any()
    assert rebase_starts([], ["2024-05-01"]).shape == (0,)


@pytest.mark.parametrize("dates", [["2024-02-01", "2024-01-01"], ["2024-01-01", "2024-01-01"], ["2024-01-01", "NaT"]])
def test_dates_out_of_order_repeated_or_missing_are_refused(dates):
    with pytest.raises(ValueError, match="in order, each once, none missing"):
        rebase_starts(dates, [])


def test_split_segments_gives_each_segment_a_row_of_its_own():
    rows, series, segment = split_segments(
        [[1.0, 2, 3, NAN], [4, NAN, 6, 7]], [[False, False, True, False], [False, True, False, True]]
    )
    np.testing.assert_array_equal(
        rows, [[1, 2, NAN, NAN], [NAN, NAN, 3, NAN], [4, *[NAN] * 3], [NAN, NAN, 6, NAN], [NAN, NAN, NAN, 7]]
    )
    assert (series.tolist(), segment.tolist()) == ([0, 0, 1, 1, 1], [0, 1, 0, 1, 2])
