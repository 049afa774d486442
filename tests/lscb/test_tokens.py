"""Tokens: shown once, kept as a hash, ended by their person."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from lscb import tokens
from lscb.models import AuditEvent, Person, Role
from tests import factories

pytestmark = pytest.mark.django_db
PAGE, REVOKE = "/account/tokens/", "/account/tokens/revoke/"


@pytest.fixture
def person() -> Person:
    """Somebody who has a program."""
    return factories.person(Role.SUBGROUP)


@pytest.fixture
def browser(person: Person) -> Client:
    """Their browser."""
    client = Client()
    client.force_login(person)
    return client


def shown(client: Client, days: int = 30) -> str:
    """The token that the page shows after one was made."""
    answer = client.post(PAGE, {"days": days})
    assert answer.status_code == 200
    found = re.search(r'id="new-token" value="([0-9a-f]{64})"', answer.content.decode())
    assert found
    return found[1]


def asks_api(token: str) -> int:
    """What the API answers to a program with this token."""
    return Client().get("/api/v1/areas/", headers={"Authorization": f"Token {token}"}).status_code


def test_a_new_token_works_for_the_api_at_once(browser: Client):
    assert asks_api(shown(browser)) == 200


def test_a_token_is_shown_once_and_stored_only_as_a_hash(browser: Client, person: Person):
    token = shown(browser)
    assert token not in browser.get(PAGE).content.decode()
    stored = AuthToken.objects.get(user=person)
    assert token not in (stored.digest, stored.token_key)
    assert tokens.name_of(stored) == f"{token[:8]}…"


def test_the_page_with_a_token_is_stored_by_no_browser(browser: Client):
    assert "no-store" in browser.post(PAGE, {"days": 30}).headers["Cache-Control"]


@pytest.mark.parametrize("days", [30, 90, 365])
def test_a_token_works_for_as_many_days_as_were_chosen(browser: Client, person: Person, days: int):
    shown(browser, days)
    expiry = AuthToken.objects.get(user=person).expiry
    assert abs(expiry - timezone.now() - timedelta(days=days)) < timedelta(minutes=1)


@pytest.mark.parametrize("days", ["", "9999", "never"])
def test_no_token_works_for_another_time(browser: Client, days: str):
    assert browser.post(PAGE, {"days": days}).status_code == 422
    assert not AuthToken.objects.exists()


def test_a_revoked_token_works_no_more(browser: Client, person: Person):
    token = shown(browser)
    key = AuthToken.objects.get(user=person).token_key
    assert browser.post(REVOKE, {"token_key": key}).status_code == 302
    assert asks_api(token) == 401


def test_nobody_revokes_the_token_of_somebody_else(browser: Client):
    other = factories.person(Role.MANAGER)
    stored, token = AuthToken.objects.create(user=other)
    assert browser.post(REVOKE, {"token_key": stored.token_key}).status_code == 404
    assert asks_api(token) == 200


@pytest.mark.parametrize("key", ["", "unknown"])
def test_a_token_that_does_not_exist_is_not_found(browser: Client, key: str):
    assert browser.post(REVOKE, {"token_key": key}).status_code == 404


def test_the_page_lists_only_ones_own_tokens_that_still_work(browser: Client, person: Person):
    mine, _ = AuthToken.objects.create(user=person, expiry=timedelta(days=1))
    old, _ = AuthToken.objects.create(user=person, expiry=-timedelta(days=1))
    others, _ = AuthToken.objects.create(
        user=factories.person(Role.MANAGER), expiry=timedelta(days=1)
    )
    page = browser.get(PAGE).content.decode()
    assert tokens.name_of(mine) in page
    assert tokens.name_of(old) not in page
    assert tokens.name_of(others) not in page


def test_there_are_never_more_than_ten(browser: Client, person: Person):
    for _ in range(tokens.MOST_TOKENS):
        shown(browser)
    answer = browser.post(PAGE, {"days": 30})
    assert answer.status_code == 422
    assert "Revoke one" in answer.content.decode()
    assert AuthToken.objects.filter(user=person).count() == tokens.MOST_TOKENS


def test_making_and_revoking_leave_a_trace_without_the_token(browser: Client, person: Person):
    token = shown(browser)
    browser.post(REVOKE, {"token_key": AuthToken.objects.get(user=person).token_key})
    events = AuditEvent.objects.filter(action__in=["token made", "token revoked"])
    assert {event.action for event in events} == {"token made", "token revoked"}
    for event in events:
        assert event.person == person
        assert token not in str(event.details)
