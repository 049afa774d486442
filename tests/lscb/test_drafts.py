"""Drafts of forms: what was typed and not kept comes back to its writer, and to nobody else."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from lscb import drafts, tasks
from lscb.models import AuditEvent, Draft, Person, Role
from priorities.models import PlanAction
from tests import factories
from tests.priorities import building

pytestmark = pytest.mark.django_db
FORM = "/priorities/actions/new/?priority=1"
SAVE = "/account/drafts/save/"
TYPED = {
    "title": "Visit families at home",
    "about": "Twice a month",
    "due": "soon",
    "state": "done",
}


@pytest.fixture
def person():
    building.priority()
    return factories.person(Role.MANAGER)


@pytest.fixture
def browser(person):
    client = Client()
    client.force_login(person)
    return client


def token(client, where=FORM):
    return client.get(where).context["draft"].token


def words(answer):
    return " ".join(answer.content.decode().split())


def test_a_draft_comes_back_as_it_was_typed_and_counts_nothing(browser):
    answer = browser.post(SAVE, TYPED | {"draft": token(browser)})
    assert (answer.status_code, answer.url) == (302, FORM)
    page = words(browser.get(FORM))
    for text in ("Visit families at home", "Twice a month", "this is your draft of"):
        assert text in page
    assert '<option value="done" selected>' in page
    assert "Error:" not in page, "what is unfinished is no fault yet"
    assert not PlanAction.objects.exists()
    assert not AuditEvent.objects.filter(object_type="lscb.draft").exists()


def test_a_draft_comes_back_from_an_address_longer_than_is_kept(browser):
    where = FORM + "&why=" + "x" * 600
    browser.post(SAVE, TYPED | {"draft": token(browser, where)})
    assert len(Draft.objects.get().address) == 500
    assert "Visit families at home" in words(browser.get(where))


def test_a_form_in_which_nothing_stands_is_no_draft_and_ends_the_one_there_was(browser):
    blank = {"title": " ", "about": "", "draft": token(browser)}
    assert browser.post(SAVE, blank).status_code == 302
    assert not Draft.objects.exists()
    browser.post(SAVE, TYPED | {"draft": token(browser)})
    assert Draft.objects.count() == 1
    browser.post(SAVE, blank)
    assert not Draft.objects.exists()
    assert "this is your draft of" not in words(browser.get(FORM))


def test_a_draft_belongs_to_its_writer_and_to_its_form_alone(browser):
    browser.post(SAVE, TYPED | {"draft": token(browser)})
    assert "Visit families" not in words(browser.get("/priorities/risks/new/"))
    other = Client()
    other.force_login(factories.person(Role.CHAIR))
    assert "Visit families" not in words(other.get(FORM))
    assert "New action" not in words(other.get("/account/drafts/"))
    number = Draft.objects.get().pk
    assert other.post(f"/account/drafts/{number}/forget/").status_code == 404
    assert other.post(SAVE, {"draft": token(browser), "title": "Mine"}).status_code == 422
    assert other.post("/account/drafts/discard/", {"draft": token(browser)}).status_code == 404
    assert Draft.objects.get().data["title"] == ["Visit families at home"]


@pytest.mark.once
def test_the_script_is_told_in_json_when_the_draft_was_saved(browser):
    answer = browser.post(
        SAVE, TYPED | {"draft": token(browser)}, headers={"Accept": "application/json"}
    )
    assert answer.json()["said"].startswith("Draft saved at ")
    assert answer.json()["refused"] == {}


def test_what_is_kept_takes_its_draft_away(browser):
    page = browser.get("/priorities/campaigns/new/")
    given = {
        "title": "See it",
        "form": "campaign",
        "area": building.home().pk,
        "about": "It is seen.",
    }
    given["draft"] = page.context["draft"].token
    browser.post(SAVE, given)
    assert Draft.objects.count() == 1
    assert browser.post("/priorities/campaigns/new/", given).status_code == 302
    assert not Draft.objects.exists()


def test_what_is_refused_keeps_its_draft(browser):
    given = TYPED | {"draft": token(browser)}
    browser.post(SAVE, given)
    assert browser.post(FORM, given).status_code == 422
    assert Draft.objects.count() == 1


def test_a_draft_is_discarded_on_its_form_or_in_the_list(browser):
    given = TYPED | {"draft": token(browser)}
    browser.post(SAVE, given)
    assert "Discard the draft" in words(browser.get(FORM))
    assert browser.post("/account/drafts/discard/", given).url == FORM
    assert "Visit families" not in words(browser.get(FORM))
    browser.post(SAVE, given)
    assert 'href="/priorities/actions/new/?priority=1">New action' in words(
        browser.get("/account/drafts/")
    )
    number = Draft.objects.get().pk
    assert browser.post(f"/account/drafts/{number}/forget/").url == "/account/drafts/"
    assert not Draft.objects.exists()


@pytest.mark.once
def test_what_is_sent_after_the_session_ended_waits_behind_the_sign_in(browser, person):
    given = TYPED | {"draft": token(browser)}
    browser.logout()
    answer = browser.post(FORM, given)
    assert answer.status_code == 302
    assert answer.url == "/accounts/login/?next=%2Fpriorities%2Factions%2Fnew%2F%3Fpriority%3D1"
    assert "saved as a draft" in words(browser.get(answer.url))
    browser.force_login(person)
    assert "Visit families at home" in words(browser.get(FORM))


@pytest.mark.once
def test_the_script_of_a_page_whose_session_ended_saves_and_learns_the_way_back(browser):
    given = TYPED | {"draft": token(browser)}
    browser.logout()
    answer = browser.post(SAVE, given, headers={"Accept": "application/json"}).json()
    assert answer["problem"].startswith("You are signed out.")
    assert answer["way"].startswith("/accounts/login/?next=")
    assert Draft.objects.get().data["about"] == ["Twice a month"]


@pytest.mark.once
def test_a_form_older_than_the_sign_in_is_put_down_instead_of_lost(person):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(person)
    answer = careful.post(FORM, TYPED | {"draft": token(careful), "csrfmiddlewaretoken": "old"})
    assert (answer.status_code, answer.url) == (302, FORM)
    assert "Visit families at home" in words(careful.get(FORM))


@pytest.mark.once
def test_nobody_writes_into_drafts_without_a_form_that_was_theirs(browser):
    real = token(browser)
    browser.logout()
    for forged in ("", "x", real[:-3] + "abc"):
        assert browser.post(FORM, TYPED | {"draft": forged}).url == "/accounts/login/?next=/"
    assert not Draft.objects.exists()


def test_a_person_who_was_disabled_leaves_no_draft(browser, person):
    given = TYPED | {"draft": token(browser)}
    person.is_active = False
    person.save()
    assert browser.post(FORM, given).url == "/accounts/login/?next=/"
    assert not Draft.objects.exists()


@pytest.mark.once
def test_what_seems_to_name_somebody_is_left_out_and_shown_to_be_copied(browser):
    given = TYPED | {"draft": token(browser)}
    browser.post(SAVE, given)
    answer = browser.post(
        SAVE, given | {"title": "Write weekly", "about": "Ask Anna Smith to write"}
    )
    assert answer.status_code == 422
    assert "Ask Anna Smith to write" in words(answer)
    assert "It looks like a name." in words(answer)
    draft = Draft.objects.get()
    assert (draft.data["title"], draft.data["about"]) == (["Write weekly"], ["Twice a month"])
    told = browser.post(
        SAVE, given | {"about": "Ask Anna Smith"}, headers={"Accept": "application/json"}
    )
    assert told.json()["refused"] == {"about": "a name"}
    assert "Anna" not in told.content.decode()


def test_a_draft_remembers_what_its_writer_had_seen(browser):
    risk = building.risk()
    where = f"/priorities/risks/{risk.pk}/edit/"
    page = browser.get(where)
    form, seen = page.context["form"], page.context["seen"]
    data = {name: form[name].value() or "" for name in form.fields}
    data |= {"title": "Posts are empty", "seen": seen, "draft": page.context["draft"].token}
    browser.post(SAVE, data)
    other = Client()
    other.force_login(factories.person(Role.CHAIR))
    other.post(where, data | {"title": "Changed by the chair"})
    assert browser.get(where).context["seen"] == str(seen)
    answer = browser.post(where, data)
    assert answer.status_code == 422
    assert "Somebody else changed this" in words(answer)


def test_what_is_too_long_for_a_draft_is_refused_in_words(browser):
    given = {"draft": token(browser), "about": "a b " * drafts.LONGEST}
    answer = browser.post(SAVE, given)
    assert answer.status_code == 422
    assert "too long for a draft" in words(answer)
    assert not Draft.objects.exists()


def test_an_old_draft_is_not_shown_and_the_night_deletes_it(browser):
    browser.post(SAVE, TYPED | {"draft": token(browser)})
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=31))
    assert "Visit families" not in words(browser.get(FORM))
    fresh = Draft.objects.get()
    fresh.pk, fresh.form, fresh.saved_at = None, "other", timezone.now() - timedelta(days=29)
    fresh.save()
    tasks.forget_drafts()
    assert [one.form for one in Draft.objects.all()] == ["other"]


REBASE = "/indicators/FD03/rebases/"
OURS = {"HTTP_REFERER": f"http://testserver{REBASE}?area=demonstration"}


@pytest.mark.once
def test_what_was_typed_into_a_form_without_drafts_is_shown_once_more_after_a_time_out(person):
    signed_out = Client()
    typed = {
        "reason": "A new system & a new count",
        "word": "Moved",
        "number": "17",
        "password": "correct horse battery",
        "csrfmiddlewaretoken": "a b",
    }
    answer = signed_out.post("/indicators/FD03/comparable/2024-05/", typed, **OURS)
    page = words(answer)
    assert answer.status_code == 403
    for text in ("A new system &amp; a new count", "Moved", "The form was not sent"):
        assert text in page
    assert "correct horse" not in page
    assert "17" not in re.findall("<textarea[^>]*>([^<]*)<", page)
    assert f"?next={quote(f'{REBASE}?area=demonstration', safe='')}" in page
    stale = Client(enforce_csrf_checks=True)
    stale.force_login(person)
    answer = stale.post("/indicators/FD03/comparable/2024-05/", typed, **OURS)
    assert "A new system &amp; a new count" in words(answer)
    assert f'href="{REBASE}?area=demonstration"' in words(answer)


@pytest.mark.once
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_REFERER": "http://elsewhere.test/page"},
        {**OURS, "HTTP_ORIGIN": "http://elsewhere.test"},
    ],
)
def test_nothing_that_another_site_sent_is_shown(headers):
    answer = Client().post("/indicators/FD03/rebases/", {"reason": "Call this number"}, **headers)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.url


@pytest.mark.once
@pytest.mark.parametrize(
    ("where", "field"),
    [
        ("/indicators/FD03/rebases/", "reason"),
        ("/indicators/FD03/settings/", "reason"),
        ("/indicators/proposals/", "definition"),
        ("/returns/calendar/not-applicable/", "reason"),
    ],
)
def test_the_forms_of_indicators_and_of_the_calendar_come_back_after_a_time_out(
    browser, where, field
):
    given = {"draft": token(browser, where), field: "Because the system changed"}
    browser.logout()
    assert "/accounts/login/" in browser.post(where, given).url
    browser.force_login(Person.objects.get())
    assert "Because the system changed" in words(browser.get(where))
