"""Markup made comparable: a line for each tag, without the names that a browser or a library makes up as it goes."""

import re

_TAG = re.compile(r'<\w(?:[^">]|"[^"]*")*>')
_ATTRIBUTE = re.compile(r' ([^\s="<>]+="[^"]*")')
_CLASSES = re.compile(r'(?<= class=")[^"]*')
# Style sheets that are made at run time name their rules. How the page looks is in its picture.
_OF_STYLES = re.compile(r"st-emotion-cache-\w+|e[0-9a-z]{6,9}\d+|st-[a-z0-9]{2,3}")
_MADE_UP = (
    # React numbers its elements in the order in which they come to be.
    (re.compile(r":r[0-9a-z]+:|«r[0-9a-z]+»|\b_r_[0-9a-z]+_\b|\bbui-?\d+\w*"), "ID"),
    (re.compile(r"\breact-aria-?\d+"), "react-aria"),
    # Streamlit names a widget by a hash of what it was made with.
    (re.compile(r"\$\$ID-[0-9a-f]{32}-"), "$$ID-"),
    # Plotly draws a name for each chart and series.
    (re.compile(r"\b(clip|defs-|topdefs-|legend|trace)[0-9a-f]{6}(?![0-9a-f])"), r"\1ID"),
)


def in_lines(markup: str) -> str:
    """Return the markup with each tag at the start of a line, and made-up names replaced."""
    markup = _TAG.sub(lambda tag: _without_made_up(tag.group()), markup)
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"(?=<)", "\n", markup)).strip()


def _without_made_up(tag: str) -> str:
    tag = _CLASSES.sub(_own_classes, tag)
    for made_up, instead in _MADE_UP:
        tag = made_up.sub(instead, tag)
    return _sorted(tag)


def _sorted(tag: str) -> str:
    """Put the attributes into one order: in which a script sets them is seen by nobody."""
    name, *_ = re.split(r"[\s>]", tag, maxsplit=1)
    found = _ATTRIBUTE.findall(tag)
    return f"{' '.join([name, *sorted(found)])}>" if found else tag


def _own_classes(classes: re.Match[str]) -> str:
    return " ".join(name for name in classes.group().split() if not _OF_STYLES.fullmatch(name))
