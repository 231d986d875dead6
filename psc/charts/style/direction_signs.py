"""The sign of a verdict: which way a series has gone, how sure that is, and whether it is better or worse.

These are not the icons of NHS "Making Data Count", which say something of the latest point alone (`icons`).
"""

from html import escape

from psc.charts.style.palette import STATE_COLOUR, TEXT, WHITE

STATE_WORDS = {
    "improving": "Improving",
    "concern": "A concern",
    "higher": "Higher than before; neither way is better",
    "lower": "Lower than before; neither way is better",
    "unclear": "could still be chance",
    "steady": "No clear change",
    "unjudged": "Not judged",
}
_WAYS = {"lower": "lower than before", "higher": "higher than before"}
_SHAPES = {
    "improving": '<circle cx="16" cy="16" r="13.5" {paint}/>',
    "concern": '<rect x="3" y="3" width="26" height="26" rx="3" {paint}/>',
    "higher": '<path d="M16 1.5 L30.5 16 L16 30.5 L1.5 16 Z" {paint}/>',
    "lower": '<path d="M16 1.5 L30.5 16 L16 30.5 L1.5 16 Z" {paint}/>',
    "unclear": '<circle cx="16" cy="16" r="13.5" {paint} stroke-dasharray="3 2.4"/>',
    "steady": '<circle cx="16" cy="16" r="13.5" {paint}/>',
    "unjudged": "",
}
_ARROWS = {
    "lower": '<path d="M16 8 V22 M10.5 17 L16 23 L21.5 17" {line}/>',
    "higher": '<path d="M16 24 V10 M10.5 15 L16 9 L21.5 15" {line}/>',
    "none": '<path d="M9.5 16 H22.5" {line}/>',
    "not_judged": '<circle cx="16" cy="16" r="2.6" fill="{ink}"/>',
}


def describe_sign(state: str, direction: str) -> str:
    """Return what a sign says, in words. Raises KeyError for a state or direction that is none."""
    if state in ("improving", "concern"):
        return f"{STATE_WORDS[state]}: {_WAYS[direction]}"
    if state == "unclear":
        way = _WAYS[direction]
        return f"{way[:1].upper()}{way[1:]}, but it could still be chance"
    return STATE_WORDS[state]


def sign_name(state: str, direction: str) -> str:
    """Return a name for the sign, as the map keeps it: "improving-lower", "steady"."""
    return f"{state}-{direction}" if direction in _WAYS else state


def sign_names() -> dict[str, tuple[str, str]]:
    """Return every sign's name with its state and direction, in the order of a key."""
    two_way = [(state, way) for state in ("concern", "improving", "unclear") for way in ("higher", "lower")]
    pairs = [*two_way, ("higher", "higher"), ("lower", "lower"), ("steady", "none"), ("unjudged", "not_judged")]
    return {sign_name(state, way): (state, way) for state, way in pairs}


def sign_svg(state: str, direction: str, size: int = 28, *, named: bool = True) -> str:
    """Return the sign as an inline SVG of ``size`` pixels; its meaning is its accessible name, unless not ``named``.

    A concern is a filled square, an improvement a filled circle, a change where neither way is better a diamond, a
    change that could be chance a ring of dashes, each with an arrow; no clear change is a ring with a bar, and what is
    not judged a dot. No two states share a shape, so the sign survives greyscale printing.
    """
    white = state in ("higher", "lower")
    ink = WHITE if white else TEXT
    paint = f'fill="{STATE_COLOUR[state]}" stroke="{TEXT}" stroke-width="2"'
    if state in ("steady", "unclear"):
        paint = f'fill="{WHITE}" stroke="{TEXT}" stroke-width="1.6"'
    line = f'fill="none" stroke="{ink}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"'
    body = _SHAPES[state].format(paint=paint) + _ARROWS[direction].format(line=line, ink=ink)
    words = escape(describe_sign(state, direction))
    told = f'role="img" aria-label="{words}"><title>{words}</title>' if named else 'aria-hidden="true">'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 32 32" {told}{body}</svg>'
    )
