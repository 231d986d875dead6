"""How often a verdict appears by chance, in words a reader can weigh: "in one area of a hundred"."""

from dataclasses import dataclass

from psc.narrate.words import describe_tally

WEAK = 0.7  # what a verdict should find of a fall of 10% a year
USUALLY = 0.5
TOGETHER = 1.5  # from so many on average, where there are any, "one" would say too little
MOST_WORLDS = 400  # what was not seen in so many worlds is not known to be rarer


@dataclass(frozen=True, slots=True)
class Chance:
    """One row of the store's `chance` table: how far the verdicts on a measure can be trusted."""

    gives_verdict: bool
    one_in: int
    none_at_once: float
    all_at_once: float
    expected: float
    finds_fall: float


def measure_chance_sentence(chance: Chance, *, certain: bool = False) -> str:
    """Return how far the verdicts on one measure can be trusted.

    Beside a ``certain`` verdict nothing is said of how seldom a real fall would be found.
    """
    if not chance.gives_verdict:
        return (
            "This measure goes up and down so much by itself that a verdict would often be chance. So we show the size "
            "of the change, and give no verdict."
        )
    often = (
        f"fewer than one area in {MOST_WORLDS}"
        if chance.one_in >= MOST_WORLDS
        else f"about one area in {chance.one_in}"
    )
    said = f"If nothing changed here, such a verdict would still come up by chance in {often}."
    return said if certain else f"{said} {power_sentence(chance)}".strip()


def power_sentence(chance: Chance) -> str:
    """Return how often a real fall would be seen, where that is so seldom that "no clear change" says little."""
    if chance.finds_fall >= WEAK:
        return ""
    found = round(chance.finds_fall * 10)
    seen = "would hardly ever be seen" if not found else f"would be seen in only {describe_tally(found)} of ten areas"
    return f"A real fall of 10% a year {seen}, so “no clear change” says little here."


def many_chance_sentence(expected: float, none: float, series: int) -> str:
    """Return how many of ``series`` many verdicts would be clear though nothing changes.

    ``expected``: how many on average. ``none``: how likely it is that none would. Areas move together, so that when any
    are clear, several may be.
    """
    few = "fewer than one" if expected < 1 else f"about {describe_tally(round(expected))}"
    several = expected >= TOGETHER * (1 - none)
    often, rarely = ("usually", "sometimes") if none >= USUALLY else ("at times", "at times")
    then = f"{rarely} {'several together' if several else 'one'}"
    return (
        f"If nothing were changing, {few} of these {series:,} would still look clear by chance: {often} none, {then}."
    )
