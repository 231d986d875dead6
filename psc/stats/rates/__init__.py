"""Rates, standardised or not, and their confidence intervals."""
