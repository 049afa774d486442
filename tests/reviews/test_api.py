"""The register by API: what a person may see, and no more."""

import pytest
from knox.models import AuthToken

from lscb.models import Role
from reviews import actions
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/reviews/"


def headers_of(person):
    _, token = AuthToken.objects.create(user=person)
    return {"Authorization": f"Token {token}"}


def test_the_register_is_given_with_its_limits(rapid, audit, manager, client):
    headers = headers_of(manager)
    answer = client.get(ADDRESS, {"kind": "rapid-review"}, headers=headers).json()
    (one,) = answer["results"]
    assert (one["title"], one["state"], one["stage"]) == ("Child A", "notified", "underway")
    assert one["limits"][0]["day"] == "2026-04-15"
    assert one["limits"][0]["met_on"] is None
    assert "summary" not in one
    assert len(client.get(ADDRESS, headers=headers).json()["results"]) == 2
    assert client.get(ADDRESS, {"year": "2020-21"}, headers=headers).json()["results"] == []
    for wrong in ({"kind": "thing"}, {"knid": "scr"}, {"year": "soon"}):
        assert client.get(ADDRESS, wrong, headers=headers).status_code == 400
    assert client.get(ADDRESS).status_code == 401


def test_a_restricted_review_is_not_given_to_others(rapid, manager, client):
    actions.change_review(by=manager, review=rapid, restricted=True, people=[manager])
    other = headers_of(factories.person(Role.EXECUTIVE))
    assert client.get(ADDRESS, headers=other).json()["results"] == []
    assert len(client.get(ADDRESS, headers=headers_of(manager)).json()["results"]) == 1
