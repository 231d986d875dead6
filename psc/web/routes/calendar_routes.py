"""The learning events as calendars: one file to subscribe to, for all areas or one, and one for each event."""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from icalendar import STATUS, TRANSP, Calendar, Event, vText
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from psc.narrate.words import describe_list
from psc.register.public.public_register import LearningEvent
from psc.register.text.markup import plain_blocks
from psc.web.session import store

FEED = "/calendar.ics"
TITLE = "Patient Safety Collaboratives: learning events"
_HOST = "patient-safety-collaboratives"
_FRESH_FOR = timedelta(hours=12)
_BEFORE = 1_000_000_000
"""More than any number that calendars were given while it was made of the time: a lower one would be ignored there."""


def event_address(event: LearningEvent) -> str:
    """Return the address of an event's own calendar file."""
    return f"/calendar/{event.id}.ics"


def calendar_file(events: Iterable[LearningEvent], area_names: Mapping[str, str], title: str, name: str) -> bytes:
    """Return events as an iCalendar file (RFC 5545), the same bytes for the same events. ``name`` tells it from others.

    Each is on whole days. It has the same UID for good, and as SEQUENCE the number of its changes, which grows
    whatever the clock does.
    """
    calendar = Calendar.new(
        # The library takes the name as it is written, and only knows by its type that it is text to be escaped.
        name=vText(_clean(title)),
        uid=f"{name}@{_HOST}",
        prodid="-//Patient Safety Collaboratives//Learning events//EN",
        subcomponents=[_entry(event, area_names) for event in sorted(events, key=lambda event: (event.date, event.id))],
    )
    # The library leaves out what kind of value this is, which the format asks for.
    calendar.add("REFRESH-INTERVAL", _FRESH_FOR, parameters={"VALUE": "DURATION"})
    return calendar.to_ical()


def _entry(event: LearningEvent, area_names: Mapping[str, str]) -> Event:
    changed = datetime.fromisoformat(event.updated_at)
    about = [
        f"Cancelled: {event.cancelled}" if event.cancelled else None,
        *plain_blocks(event.about or ""),
        f"For: {event.audience}" if event.audience else None,
        f"Places: {event.capacity:,}" if event.capacity else None,
        f"Run by: {describe_list([area_names[area] for area in event.areas])}",
        f"More: {event.link}" if event.link else None,
    ]
    # Some calendars show nothing of the status, so that the title must say it too.
    title = f"Cancelled: {event.title}" if event.cancelled else event.title
    return Event.new(
        uid=f"{event.id}@{_HOST}",
        stamp=changed,
        last_modified=changed,
        sequence=_BEFORE + event.version,
        summary=_clean(title),
        description=_clean("\n".join(line for line in about if line)),
        location=_clean(event.place) if event.place else None,
        start=date.fromisoformat(event.date),
        end=date.fromisoformat(event.end or event.date) + timedelta(days=1),
        status=STATUS.CANCELLED if event.cancelled else STATUS.CONFIRMED,
        # Somebody who subscribes is not busy on every day on which an area has an event.
        transparency=TRANSP.TRANSPARENT,
        url=event.link,
    )


def _clean(text: str) -> str:
    """The format has no way to write a control character other than the end of a line."""
    return "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter) != "Cc")


def feed(request: Request) -> Response:
    """Answer `/calendar.ics`: every published event, or with `?area=` those that an area runs or takes part in."""
    area = request.query_params.get("area")
    if refused := _not_ready():
        return refused
    names = store.area_names()
    events = store.register().events
    if area is None:
        return _calendar(request, calendar_file(events, names, TITLE, "learning"), "learning-events.ics")
    if area not in names:
        known = ", ".join(names)
        return PlainTextResponse(f"There is no area {area[:60]} here. The areas are: {known}.", status_code=404)
    own = [event for event in events if area in event.areas]
    body = calendar_file(own, names, f"{TITLE} of {names[area]}", f"learning-{area}")
    return _calendar(request, body, f"learning-events-{area}.ics")


def one_event(request: Request) -> Response:
    """Answer `/calendar/<id>.ics`: one event."""
    if refused := _not_ready():
        return refused
    asked = request.path_params["id"]
    for event in store.register().events:
        if event.id == asked:
            return _calendar(request, calendar_file([event], store.area_names(), event.title, event.id), f"{asked}.ics")
    return PlainTextResponse(
        f"There is no learning event {asked[:60]} here. All that are published: {FEED}", status_code=404
    )


def _not_ready() -> Response | None:
    """An answer that makes a calendar keep what it has, where an empty one would make it forget every event."""
    if not store.register().is_read:
        return PlainTextResponse("The learning events cannot be read at the moment. Try again later.", status_code=503)
    return None


def _calendar(request: Request, body: bytes, name: str) -> Response:
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


CALENDAR_ROUTES = (Route(FEED, feed), Route("/calendar/{id}.ics", one_event))
