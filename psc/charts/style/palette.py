"""The product's colours: NHS.UK for the page, Making Data Count for signals. Each state also has a shape and words."""

TEXT = "#212b32"
SECONDARY_TEXT = "#4c6272"
BLUE = "#005eb8"
DARK_BLUE = "#003087"
GREY = "#768692"
MID_GREY = "#aeb7bd"
PALE_GREY = "#d8dde0"
BACKGROUND = "#f0f4f5"
WHITE = "#ffffff"

COMMON_CAUSE = "#a6a6a6"
IMPROVEMENT = "#00b0f0"
CONCERN = "#e46c0a"
NEUTRAL = "#490092"

STATE_COLOUR = {
    "improving": IMPROVEMENT,
    "concern": CONCERN,
    "higher": NEUTRAL,
    "lower": NEUTRAL,
    "unclear": WHITE,
    "steady": COMMON_CAUSE,
    "unjudged": WHITE,
}
# Paler than the icons that lie on them, so that icon and outline, not the fill alone, carry the meaning.
STATE_FILL = {
    "improving": "#a8e2f9",
    "concern": "#f6c9a0",
    "higher": "#cdb8e2",
    "lower": "#cdb8e2",
    "unclear": "#f4f5e6",
    "steady": "#e4e7e9",
    "unjudged": WHITE,
}
# One hue, light to dark (the Government Analysis Function's sequential blues): more or less, never good or bad.
SEQUENTIAL = ["#e8f1fa", "#b9d6ef", "#6bace6", "#2073bc", "#12436d"]
SEQUENTIAL_TEXT = [TEXT, TEXT, TEXT, WHITE, WHITE]
