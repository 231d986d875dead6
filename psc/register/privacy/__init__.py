"""Finds what looks like one person's data in what people write."""
