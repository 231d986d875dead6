"""The Area page."""
