"""What matters to you? The public's suggestions, and what was done about them."""

from psc.web import data, suggest_view
from psc.web.parts import heading


def main() -> None:
    heading("What matters to you?", suggest_view.answer())
    # Reading first says whether the register can be reached, before anybody begins to write.
    data.register()
    suggest_view.form()
    suggest_view.said_and_done()


main()
