"""Measures of the data with steps of their contributors, and the files that declare them."""

WAITS, SHMI = "emergency-admission-waits", "shmi"
STEPS, PARTS = "denominator_steps.csv", "step_contributors.csv"
