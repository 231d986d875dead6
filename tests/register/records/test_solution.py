"""What a solution must say before it is shared."""

import pytest

from psc.register.errors import Incomplete
from tests.register.world import RESULT


@pytest.mark.parametrize(
    "source", ["https://journal.example/article", "BMJ Open Quality, doi: 10.1136/bmjoq-2018-000563"]
)
def test_peer_reviewed_grade_needs_address_of_article(world, source):
    graded = world.solution(shared=False, evidence_grade="B")
    with pytest.raises(Incomplete) as incomplete:
        world.act(world.lead, graded, "propose")
    assert set(incomplete.value.problems) == {"evidence_grade"}
    assert "web address" in incomplete.value.problems["evidence_grade"]
    content = {**graded.content, "results": [{**RESULT, "source": source}]}
    mended = world.service.edit(world.lead, "solution", graded.id, content, version=graded.version)
    assert world.act(world.lead, mended, "propose").links["proposed"]
