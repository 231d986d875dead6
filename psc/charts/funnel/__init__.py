"""Funnel plots."""
