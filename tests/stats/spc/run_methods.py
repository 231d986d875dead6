"""The ways to judge a run chart, by their names in the reference figures."""

METHODS = {"anhoej": "anhoej", "bestbox": "best box", "cutbox": "cut box"}
