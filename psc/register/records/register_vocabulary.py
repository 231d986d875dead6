"""The words the register may use, each with a title and what it means in plain English.

Evidence grades, kinds of figure, spread, inferred statuses and stages are this project's own classification, not any
source's: a page that shows one says so.
"""

from typing import Literal, get_args

Origin = Literal[
    "local",
    "multi_area",
    "mixed",
    "national_must_do",
    "national_workstream",
    "national_cluster",
    "national_commission",
]
PriorityStatus = Literal["draft", "in_consultation", "active", "closed", "superseded", "unknown"]
StatusBasis = Literal["stated", "inferred_from_dates"]
SolutionStatus = Literal[
    "developing", "tested_locally", "shared_nationally", "active", "completed", "withdrawn", "unknown"
]
Provenance = Literal["compiled", "authored"]
InvolvementLevel = Literal["none", "informed", "consulted", "involved", "partners", "led"]
Decision = Literal["adopt", "adapt", "abandon"]
ChartDecisionKind = Literal["new_limits", "baseline", "target", "note"]
FigureKind = Literal["observed", "adjusted", "modelled", "reach", "target", "pilot"]
EvidenceGrade = Literal["A", "B", "C", "D", "W"]
SpreadReach = Literal["region", "multi_region", "national", "withdrawn"]
AdoptionStage = Literal["interested", "engaged", "adopted", "sustained", "stopped", "unknown"]
MethodTag = Literal[
    "breakthrough_collaborative",
    "regional_collaborative",
    "pdsa",
    "measurement",
    "audit",
    "training",
    "coaching",
    "co_production",
    "trial",
    "evaluation",
    "digital",
    "toolkit",
    "care_bundle",
    "network",
    "national_rollout",
]

ORIGINS: dict[Origin, tuple[str, str]] = {
    "local": ("Local", "Chosen by the collaborative and its own partners."),
    "multi_area": ("Several areas", "Owned by several collaboratives together."),
    "mixed": ("National and local", "Part of a national programme, shaped or added to locally."),
    "national_must_do": ("National must-do", "Work every collaborative was told to do beside its local priorities."),
    "national_workstream": ("National workstream", "One of the three workstreams NHS Improvement set from 2017."),
    "national_cluster": (
        "National cluster",
        "A subject on which collaboratives grouped together, as reported in July 2016.",
    ),
    "national_commission": ("National commission", "Work commissioned nationally from the collaboratives."),
}
"""Who set a priority. The source table's levels map one to one, except that ``multi_psc`` is called ``multi_area``."""

PEER_REVIEWED: frozenset[EvidenceGrade] = frozenset({"A", "B"})
EVIDENCE_GRADES: dict[EvidenceGrade, tuple[str, str]] = {
    "A": (
        "Peer-reviewed, compared",
        "Published in a peer-reviewed journal, with a comparison group or an adjustment for other changes.",
    ),
    "B": (
        "Peer-reviewed, before and after",
        "Published in a peer-reviewed journal as a before-and-after project or a pilot trial. "
        "How far it spread is reported by those who ran it.",
    ),
    "C": ("Formally evaluated", "Formally evaluated, but without a comparison group."),
    "D": ("Self-reported", "Reported by the collaborative, its network or NHS England, not independently checked."),
    "W": ("Withdrawn", "Withdrawn: do not use. It is kept here so that others can learn from it."),
}
"""Our own grading of how strong the published evidence is."""

FIGURE_KINDS: dict[FigureKind, tuple[str, str]] = {
    "observed": ("Observed", "Counted or measured in practice. Other things may have changed at the same time."),
    "adjusted": ("Adjusted", "An estimate of the effect after allowing for other changes or differences."),
    "modelled": ("Modelled", "Worked out with assumptions, not counted: lives saved, for example."),
    "reach": ("Reach", "How many people, teams or places took part. It does not show that care improved."),
    "target": ("Target", "What was aimed for, not what happened."),
    "pilot": ("Pilot", "Measured in the first small test. Results at larger scale are usually smaller."),
}
"""What sort of figure a result is: our own labels."""

SPREAD: dict[SpreadReach, tuple[str, str]] = {
    "region": ("Used where it began", "Used within the area where it began."),
    "multi_region": ("Several areas", "Used in more than one area."),
    "national": ("National", "Used, or offered for use, across England."),
    "withdrawn": ("Withdrawn", "No longer recommended, however far it had spread."),
}
"""How far a solution has spread: our own labels."""

ADOPTION_STAGES: dict[AdoptionStage, tuple[str, str]] = {
    "interested": ("Interested", "Asked about it or showed interest."),
    "engaged": ("Engaged", "Took part. Use in practice is not shown."),
    "adopted": ("Adopted", "Took it into use. Whether it lasted is not shown."),
    "sustained": ("Sustained", "Still in use a year or more later."),
    "stopped": ("Stopped", "Was in use and has been stopped."),
    "unknown": ("Not recorded", "Taken up, but how far is not recorded."),
}

PRIORITY_STATUSES: dict[PriorityStatus, tuple[str, str]] = {
    "draft": ("Draft", "Being written. Only its own area sees it."),
    "in_consultation": ("In consultation", "Being talked over with patients and staff, before it is published."),
    "active": ("Active", "Work is, or was last known to be, under way."),
    "closed": ("Closed", "Work under this priority has ended."),
    "superseded": ("Replaced", "Replaced by a later programme."),
    "unknown": ("Not recorded", "No source says whether work goes on."),
}

SOLUTION_STATUSES: dict[SolutionStatus, tuple[str, str]] = {
    "developing": ("Developing", "Being worked out. Only its own area sees it."),
    "tested_locally": ("Tested locally", "Tested where it began; not shared nationally yet."),
    "shared_nationally": ("Shared nationally", "A reviewer from another area agreed that it be shared."),
    "active": ("Active", "Still being worked on."),
    "completed": ("Completed", "The project has ended."),
    "withdrawn": ("Withdrawn", "No longer recommended. Do not use."),
    "unknown": ("Not recorded", "No source says whether work goes on."),
}

INVOLVEMENT_LEVELS: dict[InvolvementLevel, tuple[str, str]] = {
    "none": ("Not involved", "Patients and staff took no part."),
    "informed": ("Informed", "They were told what was planned."),
    "consulted": ("Consulted", "They were asked what they thought."),
    "involved": ("Involved", "They worked on it with the collaborative."),
    "partners": ("Partners", "They decided together with the collaborative."),
    "led": ("Led by them", "Patients, carers or front-line staff led it."),
}
"""At what level patients and staff took part: a ladder from none to leading, our own wording."""

DECISIONS: dict[Decision, tuple[str, str]] = {
    "adopt": ("Adopt", "It worked: make it part of usual care."),
    "adapt": ("Adapt", "Change it and test again."),
    "abandon": ("Abandon", "It did not work: stop."),
}
"""What was decided at the end of a test of change."""

CHART_DECISIONS: dict[ChartDecisionKind, tuple[str, str]] = {
    "new_limits": ("New limits", "The level changed for a known reason: limits are worked out anew from here on."),
    "baseline": (
        "Baseline",
        "Limits rest on the first so many figures from here on, so that later ones are held to them.",
    ),
    "target": ("Target", "What the figure is to reach from here on."),
    "note": ("Note", "Something to know when reading the chart. It changes no limits."),
}
"""What people decide about a measure's chart."""
MOVES_LIMITS: frozenset[ChartDecisionKind] = frozenset({"new_limits", "baseline"})

METHODS: dict[MethodTag, tuple[str, str]] = {
    "breakthrough_collaborative": (
        "Breakthrough collaborative",
        "Teams learn together at set events and test changes in between (the IHI Breakthrough Series).",
    ),
    "regional_collaborative": ("Regional collaborative", "Organisations of one or more regions working together."),
    "pdsa": ("Small tests of change (PDSA)", "Plan, do, study, act: try a change on a small scale and learn from it."),
    "measurement": ("Measurement for improvement", "Data plotted over time, such as control charts or safety crosses."),
    "audit": ("Audit", "Checking care against a standard, then checking again."),
    "training": ("Training", "Courses, films or modules for staff."),
    "coaching": ("Coaching and funded time", "Improvement coaches, or staff time paid for to lead the work."),
    "co_production": ("Co-production", "Designed together with patients, families, residents or staff."),
    "trial": ("Controlled trial", "Compared with a group that did not get the change."),
    "evaluation": ("Formal evaluation", "Someone set out to study how well it worked."),
    "digital": ("Digital", "Software, electronic referral or electronic surveys."),
    "toolkit": ("Toolkit", "A ready-made set of tools, forms or leaflets."),
    "care_bundle": ("Care bundle", "A short list of proven steps to be done together."),
    "network": ("Learning network", "A community of practice or events for sharing what is learned."),
    "national_rollout": ("National roll-out", "Spread by a national programme."),
}
"""How the work was done, for filtering."""

OUTCOME_KINDS: tuple[FigureKind, ...] = ("adjusted", "observed")
"""The kinds of figure that may stand as a headline, strongest first."""


def codes(vocabulary: object) -> tuple[str, ...]:
    """The values a ``Literal`` of this module allows, in order."""
    return get_args(vocabulary)
