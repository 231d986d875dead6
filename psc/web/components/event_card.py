"""A learning event as a card, on the Learning page and before it is published."""

from datetime import date
from html import escape

from psc.narrate.words import describe_date
from psc.register.public.public_register import LearningEvent
from psc.register.text.markup import to_html
from psc.web.components.page_parts import facts, source_links, tags
from psc.web.components.prose import NOT_RECORDED
from psc.web.components.register_cards import describe_area
from psc.web.routes.calendar_routes import event_address


def describe_day(day: str) -> str:
    """Return "Friday 12 March 2027"."""
    return f"{date.fromisoformat(day):%A} {describe_date(day)}"


def _when(event: LearningEvent) -> str:
    """Return an event's days (HTML); a draft may have none yet."""
    if not event.date:
        return NOT_RECORDED
    return escape(
        describe_day(event.date) + (f" to {describe_day(event.end)}" if event.end and event.end != event.date else "")
    )


def event_card(event: LearningEvent) -> str:
    """Return an event as a card."""
    pairs = {
        "When": _when(event),
        "For": escape(event.audience or "") or NOT_RECORDED,
        "Where": escape(event.place or "") or NOT_RECORDED,
        "Places": f"{event.capacity:,}" if event.capacity else NOT_RECORDED,
        "Run by": escape(describe_area(event.areas)),
    }
    calendar_file = f'<a href="{escape(event_address(event))}">Add to your calendar</a>' if event.date else ""
    about = f'<div class="psc-small">{to_html(event.about)}</div>' if event.about else ""
    more = f"<span>More: {source_links([event.link])}</span>" if event.link else ""
    cancelled = (
        f'{tags(["Cancelled"])}<p class="psc-result">It will not take place: {escape(event.cancelled)}</p>'
        if event.cancelled
        else ""
    )
    return (
        f'<article class="psc-card psc-event{" psc-withdrawn" if event.cancelled else ""}" id="{escape(event.id)}">'
        f"<h3>{escape(event.title)}</h3>{cancelled}{about}{facts(pairs, values_are_html=True)}"
        f'<p class="psc-card-foot">{calendar_file}{more}</p></article>'
    )
