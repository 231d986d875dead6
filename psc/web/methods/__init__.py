"""The Data and methods page."""
