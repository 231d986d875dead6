"""A learning event as a card, on the Learning page and before it is published."""

from datetime import date

from markupsafe import Markup

from psc.narrate.words import describe_date
from psc.register.public.public_register import LearningEvent
from psc.register.text.markup import to_html
from psc.web.components.page_parts import source_links
from psc.web.components.prose import NOT_RECORDED
from psc.web.components.register_cards import describe_area
from psc.web.components.render import render_macro
from psc.web.routes.calendar_routes import event_address


def describe_day(day: str) -> str:
    """Return "Friday 12 March 2027"."""
    return f"{date.fromisoformat(day):%A} {describe_date(day)}"


def _when(event: LearningEvent) -> str:
    """Return an event's days; a draft may have none yet."""
    if not event.date:
        return NOT_RECORDED
    last = f" to {describe_day(event.end)}" if event.end and event.end != event.date else ""
    return f"{describe_day(event.date)}{last}"


def event_card(event: LearningEvent) -> Markup:
    """Return an event as a card."""
    pairs = {
        "When": _when(event),
        "For": event.audience or NOT_RECORDED,
        "Where": event.place or NOT_RECORDED,
        "Places": f"{event.capacity:,}" if event.capacity else NOT_RECORDED,
        "Run by": describe_area(event.areas),
    }
    about = Markup(to_html(event.about)) if event.about else ""
    calendar = event_address(event) if event.date else ""
    more = source_links([event.link]) if event.link else ""
    return render_macro("macros/event_card.html", "card", event, about, list(pairs.items()), calendar, more)
