"""One whole chain in a register: a suggestion, the priority it led to, its tests, what grew of them, who took it up."""

import json
import re
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import parse_qs, urlsplit

from psc.register.role_grants import grant
from psc.register.workflow.permissions import PUBLIC
from psc.register.workflow.record import Record
from psc.web.session.navigation import ENTRIES
from psc.web.session.register import access
from tests.register.world import SOLUTION, Clock, World
from tests.web.conftest import Site

METRIC = "methotrexate-10mg"
ENDED = {
    "start": "2023-03-01",
    "end": "2023-05-31",
    "what_happened": "Nine of ten slips were **caught**.",
    "learned": "It takes four minutes a round.",
    "decision": "adapt",
}
PAGE_OF = {entry.path: name for name, entry in ENTRIES.items()}


@dataclass
class Chain:
    """The records of the chain."""

    world: World
    suggestion: Record
    priority: Record
    ended: Record
    running: Record
    solution: Record
    adoption: Record


def world_of_site(monkeypatch) -> World:
    """The people of two areas in the register that the pages read."""
    monkeypatch.setenv("PSC_ADMINISTRATORS", World.admin.email)
    world = World(replace(access().service(), now=Clock()))
    for who, role, area in (
        (world.contributor, "contributor", "wessex"),
        (world.lead, "lead", "wessex"),
        (world.eastern_lead, "lead", "eastern"),
        (world.reviewer, "reviewer", "eastern"),
    ):
        grant(world.service, world.admin, who.email, role, area)
    return world


def new_chain(world: World) -> Chain:
    """Build the chain from its first link to its last."""
    service = world.service
    said = service.create(
        PUBLIC, "suggestion", {"what": "My tablets <b>look</b> the same.", "area": "wessex"}, areas=["wessex"]
    )
    said = world.act(world.reviewer, said, "accept")
    priority = world.priority(
        aim_metric=METRIC, aim_baseline="2.9% in 2024", aim_target="1.5%", aim_by="2027-03-31",
        summary="Nobody should be given *ten milligram* tablets by mistake.",
    )  # fmt: skip
    said = world.act(world.lead, said, "answer", "We made it a priority.", priority_id=priority.id)
    ended = world.test(priority, **ENDED)
    running = world.test(priority, title="One strength on two wards", start="2024-02-01")
    solution = service.create(world.contributor, "solution", SOLUTION, areas=["wessex"], links={"test_ids": [ended.id]})
    solution = world.act(world.lead, world.act(world.lead, solution, "mark_tested"), "propose")
    solution = world.act(world.reviewer, solution, "share")
    adoption = world.adoption(solution, adopted_on="2024-10-01", adapted="Four tablets, not five.")
    access().look_again()
    return Chain(world, said, priority, ended, running, solution, adoption)


def links_to(site: Site, page: str) -> list[dict[str, str]]:
    """The queries of every link on a page that leads to one of our pages, its place under "#"."""
    found = []
    for href in re.findall(r'href="(/[^"]*)"', site.text):
        parts = urlsplit(unescape(href))
        if PAGE_OF.get(parts.path.strip("/")) == page:
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            found.append(query | ({"#": parts.fragment} if parts.fragment else {}))
    return found


def figures(site: Site) -> list[dict]:
    """Every chart of a page as plotly draws it."""
    return [json.loads(chart.proto.spec) for chart in site.app.get("plotly_chart")]


def series_figures(site: Site) -> list[dict]:
    """The charts on a chart's own page that draw the whole series: all but the one of the verdict's own figures."""
    charts = site.app.get("plotly_chart")
    return [json.loads(chart.proto.spec) for chart in charts if chart.key.split()[0] not in ("pairs", "years")]
