"""What matters to you? The public's suggestions, and what was done about them."""

from psc.web.components.page_parts import heading
from psc.web.session import store
from psc.web.suggest import suggestion_form


def main() -> None:
    heading("What matters to you?", suggestion_form.page_summary())
    # Reading first says whether the register can be reached, before anybody begins to write.
    store.register()
    suggestion_form.form()
    suggestion_form.said_and_done()


main()
