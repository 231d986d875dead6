"""The page of one chart."""
