"""The Suggest page."""
