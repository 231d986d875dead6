"""One series over time, with its limits and what is marked on it."""
