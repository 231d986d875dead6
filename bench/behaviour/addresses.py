"""Which addresses are recorded: each page in its states, and what the servers answer besides pages."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import duckdb

from bench.behaviour.answers import Asked

ANYBODY = ""
"""In the place of a person's name in PEOPLE: somebody who is not signed in."""

PUBLIC = (
    "/",
    "/?metric=high-dose-opioids&area=wessex",
    "/?metric=mrsa&colour=value",
    "/?metric=gabapentinoids&view=table",
    "/?metric=never-events",
    "/?metric=nonsense&area=nowhere",
    "/area",
    "/area?area=kss",
    "/area?area=nowhere",
    "/signals",
    "/chart",
    "/chart?metric=high-dose-opioids&area=wessex",
    "/chart?metric=high-dose-opioids&area=wessex&limits=all&data=0&register=0",
    "/chart?metric=emergency-admission-waits&area=nenc",
    "/chart?metric=methotrexate-10mg&area=nenc",
    "/chart?metric=shmi&area=south-west",
    "/chart?metric=falls-admissions-65-plus&area=manchester",
    "/chart?metric=total-opioids&area=oxford",
    "/chart?metric=klebsiella&area=eastern",
    "/chart?metric=never-events&area=imperial",
    "/compare",
    "/compare?metric=mrsa&order=alphabetical",
    "/compare?metric=emergency-admission-waits",
    "/compare?metric=shmi",
    "/compare?metric=total-opioids",
    "/compare?metric=never-events",
    "/priorities",
    "/priorities?area=wessex,kss&origin=local",
    "/priorities?q=zzzz",
    "/priority",
    "/priority?id=wessex-restore2",
    "/priority?id=nothing",
    "/solutions",
    "/solutions?id=restore2",
    "/methods",
    "/shared-learning",
    "/shared-learning?q=falls&status=completed",
    "/shared-learning?case=restore2",
    "/shared-learning?case=sim-withdrawn",
    "/shared-learning?case=nothing",
    "/learning",
    "/search",
    "/search?q=presure+ulcer",
    "/search?q=zzzz",
    "/data-and-methods",
    "/data-and-methods?metric=shmi",
    "/suggest",
    "/suggest?area=wessex",
    "/workspace",
    "/nonsense",
)
MEMBERS = {
    ANYBODY: (
        "/area?area=wessex",
        "/chart?metric=methotrexate-10mg&area=wessex",
        "/priorities?area=wessex",
        "/priority?id=fewer-methotrexate-errors-00000008",
        "/shared-learning?case=one-strength-only-0000000c",
        "/shared-learning?case=a-solution-withdrawn-after-sharing-00000016",
        "/learning?area=wessex",
        "/search?q=methotrexate+strenght",
        "/suggest",
        "/workspace",
        "/workspace?signin=failed",
    ),
    "contributor": (
        "/workspace",
        "/workspace?new=priority&form=0badcafe",
        "/workspace?new=test&priority_id=fewer-methotrexate-errors-00000008&form=00000001",
        "/workspace?new=solution&test_id=two-nurse-check-00000009&form=00000002",
        "/workspace?new=event&form=00000003",
        "/workspace?new=capability&form=00000004",
        "/workspace?new=chart_decision&metric=mrsa&form=00000005",
        "/workspace?record=test:a-draft-of-a-test-0000000b",
    ),
    "lead": (
        "/workspace",
        "/workspace?record=priority:falls-at-night-in-consultation-00000011",
        "/workspace?record=priority:wessex-restore2",
        "/workspace?record=solution:a-solution-sent-back-00000015",
        "/workspace?record=suggestion:suggestion-00000019",
        "/workspace?record=event:learning-day-on-handovers-0000001b",
        "/workspace?record=chart_decision:chart-decision-00000022",
        "/workspace?record=priority:nothing",
    ),
    "lead-elsewhere": (
        "/workspace",
        "/workspace?new=adoption&solution_id=restore2&form=00000006",
        "/workspace?record=priority:falls-at-night-in-consultation-00000011",
    ),
    "reviewer": (
        "/workspace",
        "/workspace?record=solution:a-solution-that-waits-for-a-reviewer-00000014",
    ),
    "administrator": ("/workspace", "/workspace?people=1", "/workspace?audit=1"),
}
BROKEN = ("/", "/priorities", "/workspace")
"""Pages of the sites without a store or without a register."""

PATHS = (
    "/map", "/area", "/area/", "/signals", "/chart", "/compare", "/priorities", "/priority", "/shared-learning",
    "/learning", "/search", "/data-and-methods", "/suggest", "/workspace", "/healthz", "/connection",
    "/assets/catchments.js", "/assets/places.svg", "/assets/icons/steady.svg", "/assets/icons/assurance-pass.svg",
    "/assets/icons/sign-unclear-higher.svg", "/assets/icons/nonsense.svg", "/assets/leaflet/leaflet.js",
    "/assets/favicon.svg", "/assets/site.css", "/assets/nonsense.js", "/calendar.ics", "/calendar.ics?area=nowhere",
    "/calendar/nothing.ics", "/data/nonsense.csv", "/data/never-events.csv", "/robots.txt", "/favicon.ico",
    "/sitemap.xml", "/nonsense", "/index.html", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics",
    "/_stcore/agent/openapi.json", "/_stcore/upload_file/x/y", "/media/nonsense.png", "/component/nonsense/x.js",
    "/component/streamlit_folium.st_folium/index.html", "/auth/login", "/auth/logout", "/oauth2callback",
    "/oauth2callback?error=access_denied", "/oauth2callback?code=1&state=2", "/..%2f..%2fetc/passwd",
)  # fmt: skip
FILES = (
    "all-measures.csv", "areas.csv", "catchments.geojson", "priorities.csv", "tests-of-change.csv", "solutions.csv",
    "adoptions.csv", "suggestions.csv", "learning-events.csv", "chart-decisions.csv", "people-trained.csv",
)  # fmt: skip
_SOCKET = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}  # fmt: skip
OTHERWISE = (
    Asked("/", "HEAD"),
    Asked("/", "POST", body="x=1"),
    Asked("/healthz", "POST", body="x=1"),
    Asked("/data/areas.csv", "HEAD"),
    Asked("/data/areas.csv", "DELETE"),
    Asked("/", headers={"X-Forwarded-Proto": "https"}),
    Asked("/", headers={"Host": "other.example"}),
    Asked("/auth/logout", headers={"Sec-Fetch-Site": "cross-site"}),
    Asked("/auth/logout", headers={"Sec-Fetch-Site": "same-origin"}),
    Asked("/_stcore/stream", headers=_SOCKET),
    Asked("/_stcore/stream", headers={**_SOCKET, "Origin": "https://other.example"}),
)


def of_public(store: Path) -> list[Asked]:
    """Return what is asked of the public site: everything there is, of every measure and area in the store."""
    with duckdb.connect(str(store), read_only=True) as connection:
        metrics = [row[0] for row in connection.execute("SELECT id FROM metric ORDER BY position").fetchall()]
        areas = [row[0] for row in connection.execute("SELECT id FROM area ORDER BY id").fetchall()]
    paths = [
        *PATHS,
        *(f"/data/{name}" for name in FILES),
        *(f"/data/{name}?plain" for name in ("areas.csv", "priorities.csv")),
        *(f"/data/{metric}.csv" for metric in metrics if f"/data/{metric}.csv" not in PATHS),
        *(f"/calendar.ics?area={quote(area)}" for area in areas),
    ]
    return [*map(Asked, paths), *OTHERWISE]


def of_members() -> list[Asked]:
    """Return what is asked of the site with signing in: what the records that people wrote are a part of."""
    paths = [
        "/healthz",
        "/calendar.ics",
        "/calendar.ics?area=wessex",
        "/calendar/learning-day-on-handovers-0000001b.ics",
        "/calendar/an-event-in-draft-0000001e.ics",
        "/auth/login",
        "/auth/logout",
        "/oauth2callback",
        "/oauth2callback?error=access_denied",
        "/oauth2callback?code=1&state=2",
        *(f"/data/{name}" for name in FILES[3:]),
    ]
    return [*map(Asked, paths), *(asked for asked in OTHERWISE if asked.path.startswith(("/auth", "/_stcore")))]


def of_broken() -> list[Asked]:
    """Return what is asked of a site on which something is missing. The last is one download too many for one."""
    paths: Sequence[str] = (
        "/", "/nonsense", "/healthz", "/connection", "/assets/catchments.js", "/calendar.ics", "/data/areas.csv",
        "/data/solutions.csv", "/data/priorities.csv", "/data/mrsa.csv",
    )  # fmt: skip
    return [*map(Asked, paths)]
