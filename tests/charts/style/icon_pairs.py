"""The states of an icon with the sides it may have."""

from psc.charts.style.making_data_count import (
    icon_names,
)

PAIRS = list(icon_names().values())
