"""Who may do what by API: as on the pages, and a program that is signed out gets 401 everywhere."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from knox.models import AuthToken

from lscb import people
from lscb.models import Role
from tests import factories
from tests.performance.api.conftest import FAULTY, World, address

pytestmark = pytest.mark.once

PLACES = (
    "",
    "schema/",
    "docs/",
    "docs/console/",
    "areas/",
    "returns/",
    "returns/police-da/",
    "returns/police-da/schema.json",
    "returns/police-da/template.csv",
    "submissions/",
    "submissions/1/",
    "submissions/1/problems.csv",
    "indicators/",
    "indicators/DA01/",
    "observations/",
    "no-such-thing/",
)


@pytest.mark.parametrize("path", PLACES)
def test_whoever_is_signed_out_gets_401_and_is_told_how_to_sign_in(world: World, path: str):
    answer = world.anonymous.get(path)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Token"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not-signed-in"


def test_whoever_is_signed_out_sends_and_withdraws_nothing(world: World):
    assert world.anonymous.send().status_code == 401
    assert world.anonymous.post("submissions/1/withdraw/", {"reason": "x"}).status_code == 401


def test_a_browser_that_is_signed_out_is_sent_from_the_documents_to_sign_in():
    answer = Client().get("/api/v1/docs/", headers={"Accept": "text/html"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_another_agencys_submission_is_not_found(world: World):
    number = world.processed(world.police.send(FAULTY)).pk
    for path in (f"submissions/{number}/", f"submissions/{number}/problems.csv"):
        for other in (world.council, world.subgroup):
            assert other.get(path).status_code == 404
        for allowed in (world.police, world.manager, world.scrutineer):
            assert allowed.get(path).status_code == 200
    assert world.council.post(f"submissions/{number}/withdraw/", {"reason": "x"}).status_code == 404


def test_the_list_holds_only_what_a_person_may_see(world: World):
    number = world.police.send().json()["id"]
    for sees, who in (([number], world.police), ([], world.council), ([number], world.manager)):
        assert [row["id"] for row in who.get("submissions/").json()["results"]] == sees
    assert world.subgroup.get("submissions/").status_code == 404


def test_who_may_see_but_not_withdraw_gets_403(world: World):
    number = world.processed(world.police.send()).pk
    answer = world.scrutineer.post(f"submissions/{number}/withdraw/", {"reason": "x"})
    assert answer.status_code == 403
    assert answer.json()["detail"] == "Your role may not withdraw submissions."


def test_an_analyst_sends_only_for_their_own_agency(world: World):
    assert world.council.send(agency="police").status_code == 403
    assert world.council.send().status_code == 403
    assert world.subgroup.send().status_code == 403
    assert world.scrutineer.send(agency="police").status_code == 403


@pytest.mark.parametrize("role", list(Role))
def test_everybody_signed_in_reads_figures(world: World, role: Role):
    browser = Client()
    browser.force_login(factories.person(role, "council" if role == Role.ANALYST else None))
    for path in ("areas/", "indicators/", "indicators/DA01/", "observations/", "returns/"):
        assert browser.get(address(path)).status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "Token",
        "Token x",
        "Token a b",
        "Token \xe9\xff",
        "Token " + "0" * 64,
        "Bearer abc",
        "Token \x00",
    ],
)
def test_a_token_that_is_none_is_401(world: World, header: str):
    answer = world.anonymous.client.get(address("areas/"), headers={"Authorization": header})
    assert answer.status_code == 401


def test_a_token_ends_when_it_expires(world: World):
    AuthToken.objects.filter(user=world.police_analyst).update(
        expiry=timezone.now() - timedelta(seconds=1)
    )
    answer = world.police.get("areas/")
    assert answer.status_code == 401
    assert "expired" in answer.json()["detail"]


def test_a_token_ends_when_its_person_is_disabled(world: World):
    people.disable(world.police_analyst, by=None)
    assert world.police.get("areas/").status_code == 401


@override_settings(DEMONSTRATION=False)
def test_the_demonstrations_people_have_no_token_that_works_outside_it(world: World):
    world.police_analyst.demonstration = True
    world.police_analyst.save()
    assert world.police.get("areas/").status_code == 401
