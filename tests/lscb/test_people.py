"""Signing in, being disabled, and the demonstration's people."""

import logging

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.test import Client
from knox.models import AuthToken

from lscb import people
from lscb.models import AuditEvent, Person, Role
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _no_attempts_counted():
    """Attempts are counted in the cache that all processes share; each test starts from none."""
    cache.clear()


def sign_in(client: Client, email: str, password: str = PASSWORD, **more):
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def test_a_person_signs_in_with_email_and_password_and_goes_where_they_wanted(client):
    person = factories.person()
    assert client.get("/scorecard/").url == "/accounts/login/?next=/scorecard/"
    answer = sign_in(client, person.email.upper(), next="/scorecard/")
    assert (answer.status_code, answer.url) == (302, "/scorecard/")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert AuditEvent.objects.get(person=person).action == "signed in"


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_signing_in_never_leads_to_another_site(client, wanted):
    assert sign_in(client, factories.person().email, next=wanted).url == "/"


def test_a_wrong_password_says_the_same_as_an_unknown_address_and_is_logged(client, caplog):
    person = factories.person()
    with caplog.at_level(logging.WARNING, "lscb.people"):
        answers = [
            sign_in(client, address, "not the password at all").content.decode()
            for address in (person.email, "nobody@example.org")
        ]
    for answer in answers:
        assert "No account has this email address and password" in answer
        assert "Error: Sign in" in answer
    assert "a sign-in failed, from 127.0.0.1" in caplog.text
    assert person.email not in caplog.text
    assert "_auth_user_id" not in client.session


def test_too_many_wrong_passwords_for_one_address_are_stopped_although_the_next_is_right(client):
    person = factories.person()
    for _ in range(5):
        sign_in(client, person.email, "not the password at all")
    answer = sign_in(client, person.email)
    assert "Too many attempts. Wait five minutes" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_too_many_sign_ins_from_one_place_get_a_page_that_says_so(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    answers = [sign_in(client, "nobody@example.org") for _ in range(3)]
    assert answers[-1].status_code == 429
    assert "<h1>Too many attempts</h1>" in answers[-1].content.decode()


@pytest.mark.parametrize("password", ["short but odd", "a" * 14, "passwordpassword"[:14]])
def test_a_short_password_is_refused(client, password):
    person = factories.person()
    client.force_login(person)
    fields = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer = client.post("/accounts/password/change/", fields)
    assert "too short" in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_changing_the_password_ends_other_sessions_and_tokens_and_is_audited(client):
    person = factories.person()
    other = Client()
    for one in (client, other):
        one.force_login(person)
    AuthToken.objects.create(user=person)
    password = "sixty-four is allowed too: " + "x" * 37
    assert len(password) == 64
    fields = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post("/accounts/password/change/", fields).status_code == 302
    assert client.get("/accessibility/").context["user"] == person
    assert other.get("/scorecard/").status_code == 302
    assert not AuthToken.objects.exists()
    assert AuditEvent.objects.filter(person=person, action="changed password").exists()


def test_nobody_can_sign_up_or_change_their_address(client):
    person = factories.person()
    for path in ("/accounts/signup/", "/accounts/email/"):
        assert client.get(path).status_code == 302  # sent to sign in, as from any unknown address
    client.force_login(person)
    for path in ("/accounts/signup/", "/accounts/email/"):
        assert client.post(path, {"email": "new@example.org"}).status_code == 404
    assert not EmailAddress.objects.exists()


def test_signing_out_needs_a_post(client):
    client.force_login(factories.person())
    assert "Sign out?" in client.get("/accounts/logout/").content.decode()
    assert "_auth_user_id" in client.session
    assert client.post("/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_signing_out_from_another_site_fails():
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.person())
    answer = client.post("/accounts/logout/")
    assert answer.status_code == 403
    assert "That form was out of date" in answer.content.decode()
    assert "_auth_user_id" in client.session


def test_a_password_is_reset_by_a_link_that_works_once(client, mailoutbox):
    person = factories.person()
    client.post("/accounts/password/reset/", {"email": person.email})
    [mail] = mailoutbox
    assert mail.to == [person.email]
    link = next(word for word in mail.body.split() if "/password/reset/key/" in word)
    form = client.get(link.removeprefix("http://testserver"), follow=True)
    where = form.redirect_chain[-1][0]
    new = "eight slow herons wade"
    done = client.post(where, {"password1": new, "password2": new}, follow=True)
    assert "Your password is changed" in done.content.decode()
    person.refresh_from_db()
    assert person.check_password(new)
    again = Client().get(link.removeprefix("http://testserver"), follow=True)
    assert "This link no longer works" in again.content.decode()


def test_asking_for_a_reset_tells_nothing_about_who_is_here(client, mailoutbox):
    answer = client.post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert "Check your email" in answer.content.decode()
    assert mailoutbox == []


# Disabling


def test_disabling_a_person_ends_sessions_and_tokens_for_good(client):
    manager, person = factories.person(Role.MANAGER), factories.person()
    client.force_login(person)
    AuthToken.objects.create(user=person)
    people.disable(person, by=manager)
    assert client.get("/scorecard/").status_code == 302
    assert not AuthToken.objects.exists()
    done = AuditEvent.objects.filter(object_type="lscb.person", person=manager)
    assert [event.action for event in done] == ["disabled person"]


def test_disabling_one_person_leaves_the_others_signed_in(client):
    client.force_login(factories.person())
    people.disable(factories.person(), by=None)
    assert client.get("/accounts/password/change/").status_code == 200


def test_a_disabled_person_is_told_so_only_with_the_right_password(client):
    person = factories.person()
    people.disable(person, by=None)
    assert "No account has" in sign_in(client, person.email, "guessed wrongly").content.decode()
    answer = client.post(SIGN_IN, {"login": person.email, "password": PASSWORD}, follow=True)
    assert "This account is disabled" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_analyst_must_have_an_agency():
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create_user("a@example.org", PASSWORD, name="A", role=Role.ANALYST)


# The demonstration


@pytest.fixture
def agencies():
    for slug, *_ in factories.AGENCIES:
        factories.agency(slug)


def test_the_demonstration_has_everybody_that_a_return_needs_and_they_can_sign_in(
    agencies, settings, client
):
    first = people.demonstration_people()
    assert {
        person.email: (person.role, person.agency and person.agency.slug) for person in first
    } == {
        "manager@example.org": ("manager", None),
        "analyst.police@example.org": ("analyst", "police"),
        "analyst.council@example.org": ("analyst", "council"),
        "colleague.council@example.org": ("analyst", "council"),
        "analyst.health@example.org": ("analyst", "health"),
        "colleague.health@example.org": ("analyst", "health"),
        "analyst.training@example.org": ("analyst", "training"),
        "subgroup@example.org": ("subgroup", None),
        "chair@example.org": ("chair", None),
        "executive@example.org": ("executive", None),
        "scrutineer@example.org": ("scrutineer", None),
    }
    assert sign_in(client, "chair@example.org", settings.DEMO_PASSWORD).status_code == 302


def test_making_them_again_changes_nothing_but_a_changed_password(agencies, settings):
    first = people.demonstration_people()
    again = people.demonstration_people()
    assert [(one.pk, one.password) for one in first] == [(one.pk, one.password) for one in again]
    settings.DEMO_PASSWORD = "another password altogether"
    assert people.demonstration_people()[0].check_password("another password altogether")
    assert Person.objects.count() == len(first)


def test_without_their_agencies_they_are_not_made():
    with pytest.raises(LookupError, match="council, health, police, training"):
        people.demonstration_people()
    assert not Person.objects.exists()


def test_outside_the_demonstration_they_are_neither_made_nor_let_in(agencies, settings, client):
    people.demonstration_people()
    client.force_login(Person.objects.get(email="manager@example.org"))
    settings.DEMONSTRATION = False
    with pytest.raises(ImproperlyConfigured):
        people.demonstration_people()
    assert client.get("/scorecard/").status_code == 302
    answer = sign_in(Client(), "manager@example.org", settings.DEMO_PASSWORD)
    assert answer.url == "/accounts/inactive/"


def test_outside_the_demonstration_they_are_found_and_disabled(agencies, settings):
    people.demonstration_people()
    real = factories.person()
    assert not run_checks(databases=["default"])
    settings.DEMONSTRATION = False
    [error] = [one for one in run_checks(databases=["default"]) if one.id == "lscb.E003"]
    assert "manager@example.org" in error.msg
    people.disable_forbidden_people()
    assert not run_checks(databases=["default"])
    assert not Person.objects.filter(demonstration=True, is_active=True).exists()
    real.refresh_from_db()
    assert real.is_active
