"""The pages of reviews: what they show, what a form keeps, and what nobody is told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lscb.models import Person, Role
from lscb.working_days import add_working_days
from reviews import actions
from reviews.models import Assessment, AuditCase, Finding, Review, Round, Theme
from tests import factories
from tests.reviews.test_section11 import assess, open_round

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def client(manager):
    return client_of(manager)


@pytest.mark.once
def test_a_review_is_entered_and_its_limit_is_shown_on_the_register(client, area):
    today = timezone.localdate()
    sent = {"kind": "rapid-review", "title": "Child Q", "on": today.isoformat(), "area": area.code}
    answer = client.post(reverse("review-new"), sent, follow=True)
    assert "Child Q" in answer.content.decode()
    entered = Review.objects.get()
    for step, days in ((None, 5), ("notify", 15)):
        if step:
            client.post(entered.get_absolute_url(), {"step": step, "on": today.isoformat()})
        register = client.get(reverse("reviews")).content.decode()
        last = add_working_days(today, days)
        assert f"{days} working days left" in register
        assert f"{last.day} {last:%B %Y}" in register


@pytest.mark.once
def test_a_form_keeps_what_was_typed_and_says_what_is_wrong(client, area):
    sent = {
        "kind": "scr",
        "title": "Child Q",
        "area": area.code,
        "summary": "Spoke to Sarah Thompson, kept <b>.",
    }
    answer = client.post(reverse("review-new"), sent)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Say on which day it began." in said
    assert "This holds what looks like a name." in said
    assert "Spoke to Sarah Thompson, kept &lt;b&gt;." in said
    assert not Review.objects.exists()


@pytest.mark.once
def test_a_step_is_taken_on_the_page_and_a_faulty_one_keeps_its_words(client, rapid):
    page = rapid.get_absolute_url()
    faulty = client.post(page, {"step": "send", "on": "", "text": "No review is proposed."})
    assert faulty.status_code == 422
    assert "No review is proposed." in faulty.content.decode()
    sent = {"step": "send", "on": "2026-04-15", "text": "No review is proposed."}
    assert client.post(page, sent).status_code == 302
    rapid.refresh_from_db()
    assert rapid.state == "sent"
    assert "in time" in client.get(page).content.decode()
    again = client.post(page, sent)
    assert again.status_code == 422
    assert "not open any more" in again.content.decode()


@pytest.mark.once
def test_the_fifteen_days_stand_one_by_one(client, rapid):
    page = client.get(rapid.get_absolute_url()).content.decode()
    assert page.count("<li class") >= 15
    assert "<b>15</b> <span>Wed 15 Apr</span>" in page
    assert "Fri 3 Apr" not in page  # Good Friday is no working day


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("review", {}),
        ("review-change", {}),
        ("review-judge", {}),
        ("review-part-new", {"what": "finding"}),
    ],
)
def test_a_restricted_review_looks_exactly_like_one_that_does_not_exist(audit, manager, name, more):
    actions.change_review(by=manager, review=audit, restricted=True, people=[manager])
    here = reverse(name, kwargs={"review_id": audit.pk, **more})
    nowhere = reverse(name, kwargs={"review_id": audit.pk + 1000, **more})
    other = client_of(factories.person(Role.MANAGER))
    for method in ("get", "post"):
        there, missing = getattr(other, method)(here), getattr(other, method)(nowhere)
        assert (there.status_code, missing.status_code) == (404, 404)
        assert len(there.content) == len(missing.content)
    assert client_of(manager).get(here).status_code == 200


def test_no_list_report_or_export_tells_of_a_restricted_review(audit, manager):
    actions.change_review(by=manager, review=audit, restricted=True, people=[manager])
    addresses = ("reviews", "reviews-csv", "review-themes", "review-actions", "review-report")
    for person in (factories.person(Role.EXECUTIVE), factories.person(Role.SCRUTINEER)):
        for name in addresses:
            assert audit.title not in client_of(person).get(reverse(name)).content.decode(), name
    assert audit.title in client_of(manager).get(reverse("reviews-csv")).content.decode()


def test_a_finding_is_added_changed_and_remembered(client, rapid):
    where = reverse("review-part-new", args=[rapid.pk, "finding"])
    client.post(where, {"kind": "to-improve", "text": "Too late."})
    finding = Finding.objects.get()
    change = reverse("review-part", args=[rapid.pk, "finding", finding.pk])
    assert "Too late." in client.get(change).content.decode()
    client.post(change, {"kind": "to-improve", "text": "Too little, too late."})
    page = client.get(rapid.get_absolute_url()).content.decode()
    assert "<del>Too late.</del>" in page
    assert client.get(reverse("review-part-new", args=[rapid.pk, "case"])).status_code == 404
    assert client.get(reverse("review-part-new", args=[rapid.pk, "thing"])).status_code == 404


def test_the_list_pages_and_exports_all(client, manager, area):
    for number in range(30):
        actions.add_review(
            by=manager,
            kind="single-agency-audit",
            title=f"=Audit {number:02d}",
            area=area,
            on=timezone.localdate() - timedelta(days=1),
        )
    first = client.get(reverse("reviews"), {"sort": "title"}).content.decode()
    assert "Page 1 of 2" in first
    assert "30 in this list" in first
    lines = client.get(reverse("reviews-csv")).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 31
    assert all(line.startswith("'=Audit") for line in lines[1:])


def test_an_agency_fills_section_11_in_by_itself_and_loses_nothing(manager, area):
    round_ = open_round(manager, area)
    police = factories.person(Role.ANALYST, "police")
    mine = client_of(police)
    where = reverse("section-11-agency", args=["2026-27", "police"])
    draft = {"standard": "5", "evidence": "A policy.", "do": "save"}
    assert mine.post(where, draft).status_code == 302
    assert Assessment.objects.get().state == "draft"
    faulty = mine.post(where, {**draft, "do": "send", "to_improve": "Train."})
    assert faulty.status_code == 422
    assert "Choose how far the standard is met." in faulty.content.decode()
    assert "Train." in faulty.content.decode()
    assert "A policy." not in client_of(manager).get(where).content.decode()
    sent = {**draft, "rating": "amber", "to_improve": "Train.", "do": "send"}
    assert mine.post(where, sent).status_code == 302
    page = client_of(manager).get(where).content.decode()
    assert "A policy." in page
    assert "Partly met" in page
    assert client_of(manager).post(where, sent).status_code == 403
    assert Round.objects.get() == round_


@pytest.mark.once
def test_a_round_is_exported_with_the_one_before(manager, area):
    police = factories.person(Role.ANALYST, "police")
    assess(police, open_round(manager, area), rating="red")
    assess(police, open_round(manager, area, "2027-28"), rating="green")
    answer = client_of(manager).get(reverse("section-11-round-csv", args=["2027-28"]))
    line = next(one for one in answer.content.decode().splitlines() if "Police" in one)
    assert "Met,Sent,Not met,better" in line


@pytest.mark.once
def test_an_analyst_reports_on_an_action_from_the_list(manager, rapid, client):
    asked = reverse("review-part-new", args=[rapid.pk, "recommendation"])
    client.post(asked, {"text": "Ask for the father."})
    recommendation = rapid.recommendations.get()
    police = factories.person(Role.ANALYST, "police")
    sent = {"agency": police.agency.pk, "text": "Train officers.", "due": "2026-05-01"}
    client.post(reverse("recommendation-action-new", args=[recommendation.pk]), sent)
    mine = client_of(police)
    assert "Overdue" in mine.get(reverse("review-actions")).content.decode()
    where = reverse("review-action", args=[recommendation.actions.get().pk])
    empty = mine.post(where, {"state": "done"})
    assert empty.status_code == 422
    assert "Say on which day it was done." in empty.content.decode()
    mine.post(where, {"state": "done", "progress": "All trained.", "done_on": "2026-06-01"})
    assert recommendation.actions.get().state == "done"
    council = client_of(factories.person(Role.ANALYST, "council"))
    assert council.get(where).status_code == 403


def seen_on(client: Client, address: str) -> str:
    return client.get(address).context["seen"]


def test_what_somebody_else_changed_meanwhile_is_told_once_and_not_overwritten(
    client, rapid, manager
):
    address = reverse("review-change", args=[rapid.pk])
    typed = {"title": rapid.title, "area": rapid.area.code, "summary": "Mine."}
    seen = seen_on(client, address)
    actions.change_review(by=manager, review=rapid, summary="Theirs.")
    answer = client.post(address, typed | {"seen": seen})
    assert answer.status_code == 422
    assert "Somebody else changed this" in answer.content.decode()
    assert "Mine." in answer.content.decode()
    rapid.refresh_from_db()
    assert rapid.summary == "Theirs."
    assert client.post(address, typed | {"seen": answer.context["seen"]}).status_code == 302
    rapid.refresh_from_db()
    assert rapid.summary == "Mine."


def test_a_fault_in_the_form_does_not_hide_that_somebody_else_changed_it(client, rapid, manager):
    address = reverse("review-change", args=[rapid.pk])
    typed = {
        "title": "",
        "area": rapid.area.code,
        "summary": "Mine.",
        "seen": seen_on(client, address),
    }
    actions.change_review(by=manager, review=rapid, summary="Theirs.")
    faulty = client.post(address, typed)
    second = client.post(address, typed | {"title": rapid.title, "seen": faulty.context["seen"]})
    assert "Somebody else changed this" in second.content.decode()


def test_two_analysts_of_an_agency_do_not_overwrite_each_other(manager, area):
    open_round(manager, area)
    first, second = (
        factories.person(Role.ANALYST, "police"),
        factories.person(Role.ANALYST, "police"),
    )
    where = reverse("section-11-agency", args=["2026-27", "police"])
    seen = client_of(first).get(where).context["forms"][0][-1].seen
    client_of(second).post(where, {"standard": "5", "evidence": "Theirs.", "do": "save"})
    typed = {"standard": "5", "evidence": "Mine.", "do": "save", "seen": seen}
    answer = client_of(first).post(where, typed)
    assert answer.status_code == 422
    assert "Somebody else changed this" in answer.content.decode()
    assert Assessment.objects.get().evidence == "Theirs."


@pytest.mark.parametrize("what", ["review-new", "step", "part", "section-11"])
def test_every_form_keeps_a_draft_that_only_its_writer_sees(what, rapid, manager, area):
    open_round(manager, area)
    person = factories.person(Role.ANALYST, "police") if what == "section-11" else manager
    mine = client_of(person)
    address, typed = {
        "review-new": (reverse("review-new"), {"summary": "Half a sentence"}),
        "step": (rapid.get_absolute_url(), {"text": "Half a sentence", "step": "send"}),
        "part": (
            reverse("review-part-new", args=[rapid.pk, "finding"]),
            {"text": "Half a sentence"},
        ),
        "section-11": (
            reverse("section-11-agency", args=["2026-27", "police"]),
            {"evidence": "Half a sentence", "standard": "5"},
        ),
    }[what]
    page = mine.get(address)
    rows = page.context.get("steps") or page.context.get("forms")
    draft = rows[0][-1] if rows else page.context["draft"]
    draft = getattr(draft, "draft", draft)  # of section 11 it stands beside the figures to pick
    mine.post(reverse("draft-save"), typed | {"draft": draft.token})
    assert "Half a sentence" in mine.get(address).content.decode()
    colleague = factories.person(person.role, "police" if what == "section-11" else None)
    assert "Half a sentence" not in client_of(colleague).get(address).content.decode()


@pytest.mark.once
def test_a_judgement_is_changed_from_where_it_stands(client, audit, manager):
    case = actions.save_part(by=manager, review=audit, part=AuditCase(), number=1)
    council = factories.agency("council")
    actions.save_judgement(by=manager, case=case, agency=council, grade="good", text="Seen alone.")
    where = f"{reverse('review-judge', args=[audit.pk])}?case={case.pk}&agency=council"
    assert where.replace("&", "&amp;") in client.get(audit.get_absolute_url()).content.decode()
    assert "Seen alone." in client.get(where).content.decode()
    sent = {"case": case.pk, "agency": council.pk, "grade": "requires", "text": "Not seen alone."}
    assert client.post(where, sent).status_code == 302
    assert [one.grade for one in case.judgements.all()] == ["requires"]


@pytest.mark.once
def test_the_day_of_a_state_is_corrected_on_a_page(client, rapid):
    change = rapid.changes.get()
    where = reverse("review-day", args=[rapid.pk, change.pk])
    assert where in client.get(rapid.get_absolute_url()).content.decode()
    assert client.post(where, {"on": ""}).status_code == 422
    assert client.post(where, {"on": "2026-03-24"}).status_code == 302
    assert "24 March 2026" in client.get(rapid.get_absolute_url()).content.decode()


@pytest.mark.once
def test_standards_rounds_and_themes_are_kept_on_pages_that_show_their_history(
    client, manager, area
):
    open_round(manager, area)
    new = {"number": "1", "name": "Leadership", "about": "Somebody answers."}
    assert client.post(reverse("section-11-standard-new"), new).status_code == 302
    assert "Standard 1: Leadership" in client.get(reverse("section-11")).content.decode()
    page = client.get(reverse("section-11-standard", args=[1])).content.decode()
    assert "Standard added" in page
    where = reverse("section-11-change", args=["2026-27"])
    assert where in client.get(reverse("section-11-round", args=["2026-27"])).content.decode()
    found = Round.objects.get()
    sent = {
        "standards": [one.pk for one in found.standards.all()],
        "agencies": [one.pk for one in found.agencies.all()],
        "due": "2027-05-01",
    }
    assert client.post(where, sent).status_code == 302
    page = client.get(reverse("section-11-round", args=["2026-27"])).content.decode()
    assert "1 May 2027" in page
    assert "Round changed" in page
    assert client.post(where, sent | {"agencies": []}).status_code == 422
    theme = actions.save_theme(by=manager, theme=Theme(), name="Thresholds")
    actions.save_theme(by=manager, theme=theme, name="Thresholds", about="Seen often.")
    page = client.get(reverse("review-theme", args=[theme.pk])).content.decode()
    assert "Theme changed" in page
