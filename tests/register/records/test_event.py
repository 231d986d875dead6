"""What an event may say."""

import pytest

from psc.register.errors import Incomplete


def test_link_that_is_not_http_or_https_is_refused(world):
    words = {"title": "Falls day", "link": "javascript:alert(1)"}
    with pytest.raises(Incomplete) as incomplete:
        world.service.create(world.contributor, "event", words, areas=["wessex"])
    assert "link" in incomplete.value.problems
