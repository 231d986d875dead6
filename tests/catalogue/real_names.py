"""Measures of the committed data that the tests spoil."""

SHARE, WAITS, RATE, CASES = "saba-share", "emergency-admission-waits", "self-harm-admissions", "mrsa"
