"""The areas side by side."""
