"""What is between an area and its reviewers is blank for everyone else."""

from psc.register.workflow.permissions import PUBLIC
from tests.register.world import SOLUTION


def test_what_is_between_an_area_and_its_reviewers_is_blank_for_others(world):
    shared = world.solution()
    words = {**SOLUTION, "problem": "Not for everyone yet."}
    revised = world.service.edit(world.lead, "solution", shared.id, words, version=shared.version)
    proposed = world.act(world.lead, revised, "propose")
    world.act(world.reviewer, proposed, "return", "Say how many wards.")
    for who, sees in ((world.lead, True), (world.reviewer, True), (world.eastern_lead, False), (PUBLIC, False)):
        links = world.service.read(who, "solution", shared.id).links
        assert (links["returned"] == "Say how many wards.") is sees
        assert bool(links["revision"]) is sees
