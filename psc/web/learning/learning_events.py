"""The parts of the Learning page: the answer, events to come and past, and the calendar."""

from html import escape

import streamlit as st

from psc.narrate.words import capitalised, describe_count, describe_tally
from psc.register.public.public_register import Capability, LearningEvent
from psc.web.components.event_card import describe_day, event_card
from psc.web.components.page_parts import alert, section, this_site
from psc.web.components.record_status import today
from psc.web.learning.skills import capabilities_of, count_card, describe_newest, is_readable, nobody
from psc.web.routes.calendar_routes import FEED
from psc.web.session import store

NOT_READ = (
    "What the areas have recorded about events and training cannot be read at the moment. Please try again in a few "
    "minutes."
)


def events_of(area: str | None) -> list[LearningEvent]:
    """Return the events that an area runs, or all of them, the earliest first."""
    found = [event for event in store.register().events if area is None or area in event.areas]
    return sorted(found, key=lambda event: (event.date, event.title))


def page_summary(area: str | None) -> str:
    """Return in words how many events are coming, when the next one is, and which areas have recorded skills."""
    events, recorded = events_of(area), capabilities_of(area)
    if not is_readable():
        return NOT_READ
    if not events and not recorded:
        return f"{nobody(area)} recorded a learning event, people trained or coaches yet."
    return f"{_describe_coming(events)} {_describe_recorded(area, recorded)}"


def _describe_coming(events: list[LearningEvent]) -> str:
    coming = [event for event in events if not is_past(event) and not event.cancelled]
    if not coming:
        return "No learning event is in the diary."
    first = "under way now" if coming[0].date <= today() else f"on {describe_day(coming[0].date)}"
    if len(coming) == 1:
        return f"One learning event is in the diary, {first}."
    return f"{capitalised(describe_count(len(coming), 'learning event'))} are in the diary, the first of them {first}."


def _describe_recorded(area: str | None, recorded: list[Capability]) -> str:
    if not recorded:
        return f"{nobody(area)} recorded people trained or coaches yet."
    if area:
        return describe_newest(recorded)
    areas = len({item.area for item in recorded})
    return f"People trained or coaches are recorded by {describe_tally(areas)} of 15 areas."


def is_past(event: LearningEvent) -> bool:
    """Whether an event's last day is over."""
    return (event.end or event.date) < today()


def asked_for(item: str) -> None:
    """Show the one event or count that the address asks for; say so when there is none of that name."""
    register = store.register()
    shown: list[str] = [event_card(event) for event in register.events if event.id == item]
    shown += [count_card(count) for count in register.capabilities if count.id == item]
    if shown:
        section("What you asked for")
        st.html(f'<div class="psc-cards">{shown[0]}</div>')
    else:
        alert(
            "warning",
            f"This address asks for “{item[:60]}”, which does not exist here. All that the areas have recorded about "
            "learning is below.",
        )


def events(area: str | None) -> None:
    """Show the events to come, and the past ones folded away."""
    section("Events", "events", "Whole days, in England. Cancelled events stay here, with the reason.")
    found = events_of(area)
    coming = [event for event in found if not is_past(event)]
    past = [event for event in reversed(found) if is_past(event)]
    if coming:
        st.html(_cards(coming))
    elif is_readable():
        none = "recorded a learning event yet." if not past else "recorded a learning event that is still to come."
        st.html(f'<p class="psc-read">{escape(nobody(area))} {none}</p>')
    if past:
        count = describe_count(len(past), "event")
        st.html(
            f'<details class="psc-place"><summary>Past events <span class="psc-muted">{count}</span></summary>'
            f"{_cards(past)}</details>"
        )


def _cards(found: list[LearningEvent]) -> str:
    return f'<div class="psc-cards">{"".join(event_card(event) for event in found)}</div>'


def calendar(area: str | None) -> None:
    """Show the addresses from which a calendar program fetches the events."""
    section("In your own calendar", "calendar")
    st.html(
        '<p class="psc-read">Give this address to your calendar program (in Outlook: “Add calendar”, then “From '
        "internet”), and events appear, move and are cancelled there by themselves.</p>"
    )
    site = this_site()
    if area:
        st.html(f'<p class="psc-small">Events of {escape(store.area_names()[area])}</p>')
        st.code(f"{site}{FEED}?area={area}", language=None, wrap_lines=True)
    st.html('<p class="psc-small">Events of all areas</p>')
    st.code(f"{site}{FEED}", language=None, wrap_lines=True)
    one = "" if area else " For the events of one area only, choose it at the top of this page."
    st.html(f'<p class="psc-note">Or <a href="{FEED}">download the file once</a>.{one}</p>')
