"""Variation and assurance icons after NHS "Making Data Count": letters, told apart by shape as well as hue."""

from html import escape

from psc.charts.style.palette import COMMON_CAUSE, CONCERN, IMPROVEMENT, STATE_COLOUR, TEXT, WHITE

STATE_WORDS = {
    "improving": "Improving",
    "concern": "A concern",
    "higher": "Higher than usual",
    "lower": "Lower than usual",
    "steady": "No significant change",
    "unjudged": "Not judged",
}
_SIDE_WORDS = {"high": ": higher than usual", "low": ": lower than usual", "": ""}
SIDED = ("improving", "concern")
ASSURANCE_WORDS = {
    "pass": "Expected to meet the target",
    "fail": "Expected to miss the target",
    "inconsistent": "May or may not meet the target",
}
# Letter, fill, outline, and how high the letter stands: a house, the same upside down, and a leaning bar.
_ASSURANCE = {
    "pass": ("P", IMPROVEMENT, "M16 2.5 L29 12.5 V29.5 H3 V12.5 Z", 24.5),
    "fail": ("F", CONCERN, "M3 2.5 H29 V19.5 L16 29.5 L3 19.5 Z", 18.5),
    "inconsistent": ("?", COMMON_CAUSE, "M9 6 H30.5 L23 26 H1.5 Z", 21.5),
}


def describe_icon(state: str, side: str) -> str:
    """Return what the icon says, in words."""
    return STATE_WORDS[state] + (_SIDE_WORDS[side] if state in SIDED else "")


def icon_name(state: str, side: str) -> str:
    """Return the icon's name, as in its address: "improving-low", "steady"; only a verdict's icon has a side."""
    return f"{state}-{side}" if state in SIDED else state


def icon_names() -> dict[str, tuple[str, str]]:
    """Return every icon's name with its state and side."""
    sided = [(state, side) for state in SIDED for side in ("high", "low")]
    pairs = [*sided, ("higher", "high"), ("lower", "low"), ("steady", ""), ("unjudged", "")]
    return {icon_name(state, side): (state, side) for state, side in pairs}


def icon_svg(state: str, side: str, size: int = 28) -> str:
    """Return the icon as an inline SVG of ``size`` pixels with its meaning as the accessible name.

    A concern is a filled square, an improvement a filled circle, a neutral signal a diamond, ordinary variation an open
    ring with a wave: no two states share a shape, so the icon survives greyscale printing.
    """
    head = _head(describe_icon(state, side), size)
    colour = STATE_COLOUR[state]
    outline = f'fill="{colour}" stroke="{TEXT}" stroke-width="2"'
    if state == "steady":
        body = (
            f'<circle cx="16" cy="16" r="13.5" fill="{WHITE}" stroke="{TEXT}" stroke-width="2"/>'
            f'<path d="M6 17 q5 -9 10 0 t10 0" fill="none" stroke="{TEXT}" stroke-width="2.4"/>'
        )
    elif state == "unjudged":
        body = (
            f'<circle cx="16" cy="16" r="13.5" fill="{WHITE}" stroke="{TEXT}" stroke-width="1.5" '
            f'stroke-dasharray="4 3"/><path d="M10 16 h12" stroke="{TEXT}" stroke-width="2.4"/>'
        )
    else:
        shape = {
            "improving": f'<circle cx="16" cy="16" r="13.5" {outline}/>',
            "concern": f'<rect x="3" y="3" width="26" height="26" rx="3" {outline}/>',
        }.get(state, f'<path d="M16 1.5 L30.5 16 L16 30.5 L1.5 16 Z" {outline}/>')
        body = shape + _letter_and_arrow(side, WHITE if state in ("higher", "lower") else TEXT)
    return f"{head}{body}</svg>"


def describe_assurance(verdict: str) -> str:
    """Return what an assurance icon says. Raises ValueError for a verdict that is none."""
    if verdict not in ASSURANCE_WORDS:
        raise ValueError(f'assurance: found "{verdict}"; expected one of {", ".join(ASSURANCE_WORDS)}')
    return ASSURANCE_WORDS[verdict]


def assurance_svg(verdict: str, size: int = 28) -> str:
    """Return the assurance icon as an inline SVG of ``size`` pixels with its meaning as the accessible name.

    ``verdict`` is "pass" (P in a house), "fail" (F in a house upside down) or "inconsistent" (? in a leaning bar); no
    variation icon has any of these shapes. Raises ValueError for anything else.
    """
    head = _head(describe_assurance(verdict), size)
    letter, colour, shape, baseline = _ASSURANCE[verdict]
    return (
        f'{head}<path d="{shape}" fill="{colour}" stroke="{TEXT}" stroke-width="2" stroke-linejoin="round"/>'
        f'<text x="16" y="{baseline}" font-family="Arial, sans-serif" font-size="15" font-weight="700" '
        f'text-anchor="middle" fill="{TEXT}">{letter}</text></svg>'
    )


def _head(words: str, size: int) -> str:
    name = escape(words)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 32 32" '
        f'role="img" aria-label="{name}"><title>{name}</title>'
    )


def _letter_and_arrow(side: str, ink: str) -> str:
    letter, arrow = ("H", "M22 9 l3.4 5 h-6.8 Z") if side == "high" else ("L", "M22 23 l3.4 -5 h-6.8 Z")
    return (
        f'<text x="12.5" y="21.2" font-family="Arial, sans-serif" font-size="14" font-weight="700" '
        f'text-anchor="middle" fill="{ink}">{letter}</text><path d="{arrow}" fill="{ink}"/>'
    )
