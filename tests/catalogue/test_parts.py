"""The parts of a definition refuse what cannot be meant."""

import pytest
from pydantic import ValidationError

from psc.catalogue.parts import EnglandFigure, Gap, Rebase

FIGURE = {"period_start": "2024-03-01", "tolerance_percent": 0.5, "source": "Table 1"}
REBASE = {"start": "2024-03-01", "reason": "A new ward.", "decided_by": "A. Lead", "decided_on": "2024-06-01"}


def test_published_figure_is_of_the_column_that_it_names():
    assert EnglandFigure.model_validate({**FIGURE, "numerator": 150}).published == ("numerator", 150)
    assert EnglandFigure.model_validate({**FIGURE, "value": 2.5}).published == ("value", 2.5)


@pytest.mark.parametrize("parts", [{}, {"numerator": 150, "value": 2.5}])
def test_published_figure_of_both_columns_or_neither_is_refused(parts):
    with pytest.raises(ValidationError):
        EnglandFigure.model_validate({**FIGURE, **parts})


@pytest.mark.parametrize("tolerance", [0, -1, 5.1])
def test_tolerance_that_is_none_or_too_wide_is_refused(tolerance):
    with pytest.raises(ValidationError):
        EnglandFigure.model_validate({**FIGURE, "value": 2.5, "tolerance_percent": tolerance})


def test_gap_that_ends_before_it_begins_is_refused():
    gap = {"first": "2024-03-01", "last": "2024-03-01", "reason": "Nothing came."}
    assert Gap.model_validate(gap).first == Gap.model_validate(gap).last
    with pytest.raises(ValidationError):
        Gap.model_validate({**gap, "last": "2024-02-01"})


@pytest.mark.parametrize(("points", "is_enough"), [(12, True), (11, False)])
def test_new_limits_rest_on_twelve_points_or_more(points, is_enough):
    if is_enough:
        assert Rebase.model_validate({**REBASE, "baseline_points": points}).baseline_points == points
    else:
        with pytest.raises(ValidationError):
            Rebase.model_validate({**REBASE, "baseline_points": points})
