"""Verdicts: whether a series has been lower or higher than before, by how much, and how sure that is.

`monthly`: every month against the same month a year before. `rare`: the same for a handful of events a month, by exact
counts. `yearly`: the latest year against the years before. Pure functions on arrays; docs/methods.md has the reasons.
"""
