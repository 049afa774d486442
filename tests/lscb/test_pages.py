"""The frame of every page, and the pages that belong to no other app."""

import logging
import re

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.html import strip_tags

from lscb import context, health, views
from lscb.checks import brand_is_usable, contrast_with_white
from lscb.models import Area, Role
from tests import factories

pytestmark = pytest.mark.django_db


def page(client, where: str = "/accessibility/") -> str:
    return client.get(where).content.decode()


def entries(html: str) -> list[str]:
    """The words of the first navigation: the one of a wide screen."""
    nav = re.search(r'<nav class="bar-nav".*?</nav>', html, re.DOTALL)
    return strip_tags(nav[0]).split() if nav else []


# The frame


def test_a_page_has_one_heading_landmarks_a_skip_link_and_its_language(client):
    html = page(client)
    assert html.count("<h1") == 1
    assert '<html lang="en-GB"' in html
    for landmark in ("<header", '<main id="main"', "<footer"):
        assert html.count(landmark) == 1
    assert html.index('href="#main"') < html.index("<header")
    title = re.search(r"<title>(.*?)</title>", html)
    assert title[1] == "Accessibility statement – Luton Safeguarding Children Partnership"


def test_the_partnerships_name_and_colour_are_settings(client, settings):
    settings.PARTNERSHIP_PLACE, settings.PARTNERSHIP_BRAND = "Fenland", "#5b1f3d"
    assert "<b>Fenland</b> Safeguarding Children Partnership" in page(client)
    assert page(client, "/brand.css") == ":root{--brand:#5b1f3d}\n"


@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.MANAGER, True), (Role.ANALYST, True), (Role.SCRUTINEER, True), (Role.CHAIR, False)],
)
def test_the_navigation_offers_what_the_person_may_open(client, role, sees):
    client.force_login(factories.person(role))
    words = entries(page(client))
    assert words[:3] == ["Scorecard", "Dashboards", "Indicators"]
    assert ("Submissions" in words) is sees


def test_somebody_signed_out_sees_no_navigation_and_no_way_to_sign_out(client):
    html = page(client)
    assert entries(html) == []
    assert "Sign out" not in html


def test_the_navigation_marks_the_current_page_and_the_part_it_lies_in():
    person = factories.person(Role.MANAGER)
    marks = {link.label: link.current for link in context.links(person, "/returns/")}
    assert marks["Returns"] == "page"
    assert set(marks.values()) == {"page", ""}
    marks = {link.label: link.current for link in context.links(person, "/returns/gcp2/")}
    assert marks["Returns"] == "true"


def test_an_entry_appears_once_its_address_exists_and_says_how_many_things_wait(monkeypatch):
    entries = [
        context.Entry("Nowhere", "no-such-name"),
        context.Entry("Returns", "returns", waiting=lambda person: 3),
    ]
    monkeypatch.setattr(context, "NAVIGATION", entries)
    [link] = context.links(factories.person(), "/")
    assert (link.label, link.waiting) == ("Returns", 3)


def test_the_page_says_who_is_signed_in_and_in_which_role(client):
    client.force_login(factories.person(Role.ANALYST, "police", name="Ada Vale"))
    assert "Ada Vale Partner analyst, Bedfordshire Police" in strip_tags(page(client))


def test_a_page_about_an_invented_area_says_so(rf: RequestFactory):
    request = rf.get("/")
    for synthetic in (True, False):
        area = Area(code="demonstration", name="Demonstration area", synthetic=synthetic)
        answer = views.render(request, "404.html", {"area": area})
        said = "Demonstration area: synthetic figures." in answer.content.decode()
        assert said is synthetic


def test_the_footer_names_the_licence_and_the_accessibility_statement(client):
    html = page(client)
    licence = "Contains public sector information licensed under the Open Government Licence v3.0."
    assert licence in html
    assert 'href="/accessibility/"' in html


# Errors


def test_the_list_of_a_forms_faults_names_the_fields_that_are_only_empty(rf: RequestFactory):
    class Plan(forms.Form):
        title = forms.CharField(label="Title")
        area = forms.ChoiceField(label="Area", choices=[("luton", "Luton")])
        day = forms.DateField(label="Day", error_messages={"required": "Choose the day."})

    page = render_to_string("parts/error_summary.html", {"form": Plan({})}, rf.get("/"))
    for fault in ("Fill in: Title.", "Fill in: Area.", "Choose the day."):
        assert fault in page
    assert "This field is required" not in page


def test_an_error_page_says_what_to_do_and_keeps_the_navigation(client):
    client.force_login(factories.person())
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()
    assert "Scorecard" in entries(answer.content.decode())


def test_a_refusal_says_what_the_role_does_not_allow(rf: RequestFactory):
    answer = views.permission_denied(rf.get("/"), PermissionDenied("Your role may not fly."))
    assert answer.status_code == 403
    assert "Your role may not fly." in answer.content.decode()


def test_a_bad_request_has_a_page(rf: RequestFactory):
    answer = views.bad_request(rf.get("/"))
    assert answer.status_code == 400
    assert "That request was not understood" in answer.content.decode()


# Health


def test_health_answers_when_process_and_database_do(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "checks": {"database": "ok"}}
    assert client.post("/healthz").status_code == 405


def test_readiness_names_each_thing_it_needs(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert set(answer.json()["checks"]) >= {"database", "migrations", "queue"}


def test_another_apps_check_makes_it_not_ready_and_a_failing_check_does_not_break_the_page(
    client, monkeypatch
):
    def broken() -> str | None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setitem(health.READY_CHECKS, "oldest waiting submission", lambda: "2 hours")
    monkeypatch.setitem(health.READY_CHECKS, "broken", broken)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "not ok"
    assert answer.json()["checks"]["oldest waiting submission"] == "2 hours"
    assert answer.json()["checks"]["broken"] == "the check failed"
    assert "secret" not in answer.content.decode()


def test_a_database_that_does_not_answer_is_said_in_plain_words(client, monkeypatch, caplog):
    def gone(*_args: object) -> None:
        raise DatabaseError("connection to 10.0.0.1 refused")

    monkeypatch.setattr(health.connection, "cursor", gone)
    with caplog.at_level(logging.ERROR, "lscb.health"):
        assert health.run(health.HEALTH_CHECKS) == {"database": "does not answer"}
    assert "10.0.0.1" in caplog.text


def test_migrations_not_applied_are_counted(monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: ["one", "two"])
    assert health.migrations_applied() == "2 not applied"


def test_a_queue_that_cannot_be_reached_is_noticed(settings, tmp_path):
    settings.REDIS_URL, settings.QUEUE_DIR = "", tmp_path / "nowhere"
    assert health.queue_reachable() == "its folder cannot be written to"
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert health.queue_reachable() == "does not answer"


# Settings that are checked


@pytest.mark.parametrize(
    ("colour", "fault"),
    [
        ("#12344d", None),
        ("navy", "lscb.E001"),
        ("#123", "lscb.E001"),
        ("#12344d;}body{", "lscb.E001"),
        ("#7fc1ea", "lscb.E002"),
    ],
)
def test_the_brands_colour_must_be_one_and_dark_enough_for_white_words(settings, colour, fault):
    settings.PARTNERSHIP_BRAND = colour
    assert [error.id for error in brand_is_usable()] == ([fault] if fault else [])


def test_contrast_is_that_of_wcag():
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#ffffff") == pytest.approx(1)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.005)
