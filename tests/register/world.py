"""A register with people in it, for the tests: two areas, each with its contributor, lead and reviewer."""

import datetime
from dataclasses import dataclass, field, replace
from typing import Any

from psc.register.compiled.known_ids import read_known_ids
from psc.register.compiled.load import Register
from psc.register.database.database import Database
from psc.register.database.migrate import migrate
from psc.register.public.public_register import PublicRegister
from psc.register.public.read_public import read_published
from psc.register.records.fields import KnownIds
from psc.register.role_grants import ensure_administrators, grant
from psc.register.service import Service
from psc.register.workflow.permissions import Actor
from psc.register.workflow.record import Record
from psc.settings import data_folder

KNOWN = KnownIds(
    areas=frozenset({"wessex", "eastern", "oxford"}),
    harm_areas=frozenset({"falls", "medication"}),
    care_settings=frozenset({"acute", "care_homes"}),
    metrics=frozenset({"mrsa", "methotrexate-10mg"}),
)
KEY = b"a key for the tests"
PRIORITY = {
    "title": "Fewer methotrexate errors",
    "summary": "Nobody should be given ten milligram tablets of methotrexate by mistake.",
    "harm_areas": ["medication"],
    "care_settings": ["acute"],
    "origin": "local",
    "metrics": ["methotrexate-10mg"],
    "involvement_level": "partners",
    "patient_involvement": "Six patients helped to choose it.",
    "contact_role": "Patient safety lead",
    "review_date": "2028-01-31",
}
TEST = {
    "title": "Two-nurse check",
    "question": "Does a second look catch the wrong strength?",
    "prediction": "Half of the slips will be caught.",
    "plan": "Two nurses check every dose on one ward for a month.",
    "sites": "One ward in Southampton",
    "start": "2025-03-01",
}
RESULT = {
    "measure": "Wrong strength dispensed",
    "baseline": "9 a month",
    "result": "3 a month",
    "figure_kind": "observed",
    "source": "Ward audit, April 2025",
}
SOLUTION = {
    "title": "One strength only",
    "partners": "Three hospitals",
    "care_settings": ["acute"],
    "harm_areas": ["medication"],
    "metrics": ["methotrexate-10mg"],
    "problem": "Two strengths look alike.",
    "what_was_done": "Only one strength is kept on the ward.",
    "results": [RESULT],
    "evidence_grade": "D",
    "patient_involvement": "Patients chose the wording of the leaflet.",
    "caveats": "Measured on three wards.",
    "contact_role": "Chief pharmacist",
}
CHART_DECISION = {
    "metric": "mrsa",
    "decision": "new_limits",
    "date": "2024-04-01",
    "explanation": "A new laboratory counts more samples from this month on.",
}
ADOPTION = {"stage": "adopted", "sites": "Two hospitals", "adopted_on": "2025-10-01"}


class Clock:
    """A clock that goes on by a second each time it is read, from a day the test may set."""

    def __init__(self) -> None:
        self.now = datetime.datetime(2026, 11, 2, 9, tzinfo=datetime.UTC)

    def __call__(self) -> datetime.datetime:
        self.now += datetime.timedelta(seconds=1)
        return self.now


@dataclass
class World:
    """The register, and who is in it."""

    service: Service
    clock: Clock = field(default_factory=Clock)

    admin = Actor("admin@psc.example", "Addy Admin")
    contributor = Actor("contributor@wessex.example", "Casey Contributor")
    lead = Actor("lead@wessex.example", "Lena Lead")
    eastern_lead = Actor("lead@eastern.example", "Eddy Lead")
    reviewer = Actor("reviewer@eastern.example", "Rowan Reviewer")
    second_lead = Actor("second@wessex.example", "Sasha Second")
    own_reviewer = Actor("reviewer@wessex.example", "Robin Reviewer")

    def priority(self, to: str = "published", **words: Any) -> Record:
        """A priority of Wessex in a state."""
        made = self.service.create(self.contributor, "priority", {**PRIORITY, **words}, areas=["wessex"])
        for action, state in (("consult", "in_consultation"), ("publish", "published")):
            if to == made.state:
                break
            made = self.act(self.lead, made, action)
            assert made.state == state
        return made

    def test(self, priority: Record, *, publish: bool = True, **words: Any) -> Record:
        """A test of change of a priority of Wessex."""
        made = self.service.create(
            self.contributor, "test", {**TEST, **words}, areas=["wessex"], links={"priority_id": priority.id}
        )
        return self.act(self.lead, made, "publish") if publish else made

    def solution(self, *, shared: bool = True, **words: Any) -> Record:
        """A solution of Wessex, shared by the reviewer from Eastern."""
        made = self.service.create(self.contributor, "solution", {**SOLUTION, **words}, areas=["wessex"])
        made = self.act(self.lead, made, "mark_tested")
        if not shared:
            return made
        return self.act(self.reviewer, self.act(self.lead, made, "propose"), "share")

    def adoption(
        self, solution: Record, *, publish: bool = True, lead: Actor | None = None, area: str = "eastern", **words: Any
    ) -> Record:
        """An area's adoption of a solution: Eastern's, unless another area is named with its lead."""
        lead = lead or self.eastern_lead
        links = {"solution_id": solution.id}
        made = self.service.create(lead, "adoption", {**ADOPTION, **words}, areas=[area], links=links)
        return self.act(lead, made, "publish") if publish else made

    def chart_decision(self, *, publish: bool = True, **words: Any) -> Record:
        """A decision of Wessex about a chart. Nothing is known of the chart unless the service was told."""
        made = self.service.create(self.contributor, "chart_decision", {**CHART_DECISION, **words}, areas=["wessex"])
        return self.act(self.lead, made, "publish") if publish else made

    def act(self, actor: Actor, record: Record, action: str, words: str = "", **links: Any) -> Record:
        """Take a record a step on from where it was last seen."""
        return self.service.act(
            actor, record.kind, record.id, action, version=record.version, words=words, links=links or None
        )


def opened_world(url: str, now: datetime.datetime | None = None, **options: Any) -> World:
    """The register of a database whose tables are there, with its clock at ``now``."""
    clock = Clock()
    clock.now = now or clock.now
    return World(Service(Database(url, **options), KEY, KNOWN, now=clock), clock)


def knowing_the_data(world: World) -> World:
    """The same register, whose records may name all areas and measures of the data."""
    known: KnownIds = read_known_ids(data_folder(), [])[0]
    return World(replace(world.service, known=known), world.clock)


def new_world(url: str, **options: Any) -> World:
    """An empty register with its people."""
    world = opened_world(url, **options)
    service = world.service
    migrate(service.database)
    ensure_administrators(service, (World.admin.email,))
    for who, role, area in (
        (world.contributor, "contributor", "wessex"),
        (world.lead, "lead", "wessex"),
        (world.second_lead, "lead", "wessex"),
        (world.eastern_lead, "lead", "eastern"),
        (world.reviewer, "reviewer", "eastern"),
        (world.own_reviewer, "reviewer", "wessex"),
    ):
        grant(service, world.admin, who.email, role, area)  # type: ignore[arg-type]
    return world


def with_busy_seconds(world: World, seconds: float) -> World:
    """The same register through connections that wait less long for each other."""
    database = Database(world.service.database.url.render_as_string(hide_password=False), busy_seconds=seconds)
    return World(replace(world.service, database=database), world.clock)


NOTHING_COMPILED = Register(priorities=(), programmes=(), solutions=(), timeline=())


def published(world: World) -> PublicRegister:
    """What the public reads of a register to which nothing was compiled."""
    with world.service.database.reading() as session:
        return read_published(session, NOTHING_COMPILED)
