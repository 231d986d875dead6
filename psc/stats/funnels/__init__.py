"""Funnel plots: their limits, exact or approximate, and overdispersion."""
