"""How long the register's texts and lists may be, and what a text is: for what people write and what is compiled."""

SHORT, ADDRESS, LONG = 160, 500, 4000
"""Characters of a title or a line, of an address or the name of a source, and of anything longer."""
REASON = 500
"""Characters of the reason for a decision about a chart, which stands on the chart."""
SHORTEST_TITLE = 3
MOST_CHOICES = 40
"""Items of a list of codes or lines."""
MOST_RECORDS = 20
"""Results or resources of one solution."""

_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters of Korean that leave a space and no mark."""


def is_readable(text: str) -> bool:
    """Whether a text has a letter or a digit: signs, spaces and what cannot be seen say nothing by themselves."""
    return any(each.isalnum() and each not in _BLANK_LETTERS for each in text)
