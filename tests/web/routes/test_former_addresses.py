"""Links that were kept before a page got another address."""

import pytest

from tests.web.routes.test_application import client  # noqa: F401


@pytest.mark.parametrize(
    ("kept", "now"),
    [
        ("/shared-learning", "/solutions"),
        ("/shared-learning?case=pu-nenc", "/solutions?id=pu-nenc"),
        ("/shared-learning?q=falls&status=completed,withdrawn", "/solutions?q=falls&status=completed%2Cwithdrawn"),
        ("/data-and-methods?metric=mrsa", "/methods?metric=mrsa"),
    ],
)
def test_former_address_leads_to_the_page_with_what_was_asked_for(client, kept, now):  # noqa: F811
    answer = client.get(kept, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, now)
    assert client.get(kept).status_code == 200


def test_former_address_leads_nowhere_but_to_this_site(client):  # noqa: F811
    answer = client.get("/shared-learning?next=//elsewhere.example", follow_redirects=False)
    assert answer.headers["location"] == "/solutions?next=%2F%2Felsewhere.example"
