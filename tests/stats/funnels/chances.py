"""How often chance puts a unit beyond a limit."""

from hypothesis import strategies as st

levels = st.sampled_from([0.5, 0.95, 0.998])
