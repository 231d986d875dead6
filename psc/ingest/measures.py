"""The metrics that have a series: which file they come from and how a value follows from its parts.

``multiplier`` turns numerator ÷ denominator into the value: 1 for "per 1,000 patients" (the publisher's
denominators are already in thousands) and for SHMI (a ratio), 100 for a percentage, 100,000 for a rate per
100,000 people. The definitions of the metrics carry the same figure.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric: its id, what the publisher calls it, and how its figures are formed and rounded."""

    id: str
    source: str
    multiplier: float
    numerator_decimals: int = 2
    denominator_decimals: int = 2


HCAI = [
    Measure("mrsa", "Methicillin-resistant Staphylococcus aureus (MRSA)", 100_000, 2, 0),
    Measure("mssa", "Methicillin-sensitive Staphylococcus aureus (MSSA)", 100_000, 2, 0),
    Measure("c-difficile", "C. difficile", 100_000, 2, 0),
    Measure("e-coli", "Escherichia coli", 100_000, 2, 0),
    Measure("klebsiella", "Klebsiella genus", 100_000, 2, 0),
    Measure("pseudomonas", "Pseudomonas aeruginosa", 100_000, 2, 0),
]
PRESCRIBING = [
    Measure("methotrexate-10mg", "methotrexate", 100),
    Measure("high-dose-opioids", "opioidper1000", 1),
    Measure("total-opioids", "opioidome", 1, 0, 2),
    Measure("anxiolytics-hypnotics", "bdzper1000", 1, 0, 2),
    Measure("gabapentinoids", "gabapentinoidsddd", 1, 0, 2),
    Measure("fluoroquinolones", "fluoroquinolones_list", 1),
    Measure("broad-spectrum-antibiotics", "broad_spectrum", 100),
    Measure("all-antibiotics", "all_antibiotics", 1),
    Measure("high-dose-inhaled-steroids", "icsdose", 100),
    Measure("saba-share", "saba", 100),
]
FALLS = Measure("falls-admissions-65-plus", "admissions_falls", 100_000)
SELF_HARM = Measure("self-harm-admissions", "admissions_self_harm", 100_000)
EMERGENCY_WAITS = Measure("emergency-admission-waits", "england_trust_accidents_emergency", 100, 0, 0)
SHMI = Measure("shmi", "shmi", 1, 0, 2)
MEASURES = [*HCAI, *PRESCRIBING, FALLS, SELF_HARM, EMERGENCY_WAITS, SHMI]
