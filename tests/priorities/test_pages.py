"""The pages of the plan: lists, forms that lose nothing, impact, the plan on a page, the sample."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from lscb.models import Role
from performance.models import Signal
from priorities import contributions, impact, paper, report
from priorities.models import PlanAction, Voice
from priorities.records import KINDS
from tests import factories, personas
from tests.personas import COUNCIL, MANAGER, SUBGROUP
from tests.priorities import building

pytestmark = pytest.mark.django_db
MAKE = {
    "priorities": building.priority,
    "actions": building.action,
    "risks": building.risk,
    "campaigns": building.campaign,
    "voice": building.voice,
}


def words(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def manager():
    return personas.client_of(MANAGER)


@pytest.mark.once
@pytest.mark.parametrize("kind", MAKE)
def test_every_kind_of_record_is_listed_exported_shown_and_changed(kind, manager):
    made = MAKE[kind]()
    for where in (
        f"/priorities/{kind}/",
        f"/priorities/{kind}/list.csv",
        f"/priorities/{kind}/new/",
        f"/priorities/{kind}/{made.pk}/edit/",
    ):
        assert manager.get(where).status_code == 200, where
    assert "---------" not in words(manager.get(f"/priorities/{kind}/new/"))
    page = manager.get(f"/priorities/{kind}/{made.pk}/", follow=True)
    assert str(made) in words(page)
    assert "History" in words(page)
    assert str(made) in manager.get(f"/priorities/{kind}/list.csv").content.decode()


@pytest.mark.once
@pytest.mark.parametrize("kind", MAKE)
def test_a_form_that_is_sent_back_unchanged_changes_nothing(kind, manager):
    made = MAKE[kind]()
    page = manager.get(f"/priorities/{kind}/{made.pk}/edit/")
    form = page.context["form"]
    data = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    answer = manager.post(
        f"/priorities/{kind}/{made.pk}/edit/", data | {"seen": page.context["seen"]}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert len(manager.get(answer.url, follow=True).context["history"]) == 1


@pytest.mark.once
def test_a_faulty_form_keeps_what_was_typed_and_says_what_to_do(manager):
    building.priority()
    answer = manager.post("/priorities/actions/new/", {"title": "Visit homes", "due": "tomorrow"})
    assert answer.status_code == 422
    assert 'value="Visit homes"' in words(answer)
    assert "Enter a day, such as 2026-05-31." in words(answer)
    assert "Fill in: Agency." in words(answer)
    assert not PlanAction.objects.exists()


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_and_nothing_typed_is_lost(manager):
    risk = building.risk()
    page = manager.get(f"/priorities/risks/{risk.pk}/edit/")
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"seen": page.context["seen"]}
    assert manager.post(f"/priorities/risks/{risk.pk}/edit/", data | {"likelihood": 5}).url
    late = manager.post(
        f"/priorities/risks/{risk.pk}/edit/", data | {"mitigation": "Something else"}
    )
    assert late.status_code == 422
    assert "Somebody else changed this" in words(late)
    assert "Something else" in words(late)
    again = data | {"mitigation": "Something else", "seen": late.context["seen"]}
    assert manager.post(f"/priorities/risks/{risk.pk}/edit/", again).status_code == 302


def test_a_report_that_was_told_of_another_change_once_is_kept_when_it_is_sent_again(manager):
    where = f"/priorities/actions/{building.action().pk}/report/"
    data = {"state": "under-way", "seen": manager.get(where).context["seen"]}
    assert manager.post(where, data | {"state": "planned"}).status_code == 302
    late = manager.post(where, data | {"different": "Seen early.", "known_by": "An audit."})
    assert "Somebody else changed this" in words(late)
    again = data | {"different": "Seen early.", "known_by": "An audit."}
    assert manager.post(where, again | {"seen": late.context["seen"]}).status_code == 302


@pytest.mark.once
@pytest.mark.parametrize(
    ("kind", "given", "field", "says"),
    [
        ("priorities", {"ends": "2026-03-31"}, "ends", "It cannot end before it begins."),
        ("campaigns", {"starts": "2026-05-01", "ends": "2026-04-30"}, "ends", "before it begins"),
        ("actions", {"closed_on": "2026-05-01"}, "closed_on", "Empty it, or say that it is done."),
        ("actions", {"state": "done"}, "closed_on", "on which day"),
        ("voice", {"did": "A leaflet", "changed_on": "2126-01-01"}, "changed_on", "has not come"),
        ("voice", {"did": "A leaflet", "told_on": "2126-01-01"}, "told_on", "has not come"),
    ],
)
def test_what_does_not_stand_together_is_said_at_its_field_and_in_words(
    kind, given, field, says, manager
):
    where = f"/priorities/{kind}/{MAKE[kind]().pk}/edit/"
    form = manager.get(where).context["form"]
    data = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    answer = manager.post(where, data | given)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert says in answer.context["form"].errors[field][0]


def test_two_priorities_of_an_area_have_not_the_same_title(manager):
    known = building.priority()
    other = building.priority("Domestic abuse")
    form = manager.get(f"/priorities/priorities/{other.pk}/edit/").context["form"]
    data = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    answer = manager.post(f"/priorities/priorities/{other.pk}/edit/", data | {"title": known.title})
    assert "There is a priority with this title" in answer.context["form"].errors["title"][0]


def test_lists_filter_search_sort_and_pass_over_what_they_do_not_know():
    soon = building.action(title="B", due=date(2027, 1, 1))
    late = building.action(title="A", due=date(2026, 1, 1), owner_words="Police lead")
    undated = building.action(title="C", due=None)
    actions = KINDS["actions"]
    assert list(actions.rows({})) == [late, soon, undated]
    assert list(actions.rows({"sort": "-due"})) == [soon, late, undated]
    assert list(actions.rows({"sort": "title"})) == [late, soon, undated]
    assert list(actions.rows({"sort": "password", "state": "nothing"})) == [late, soon, undated]
    assert list(actions.rows({"rag": "red"})) == [late]
    assert list(actions.rows({"q": "police"})) == [late]
    factories.agency("police")
    assert list(actions.rows({"agency": "police"})) == []
    assert list(actions.rows({"agency": "nobody"})) == [late, soon, undated]


def test_the_gravest_risk_stands_first_and_what_is_not_scored_last():
    small = building.risk(title="Small", likelihood=1, impact=2)
    unknown = building.risk(title="Unknown", likelihood=None, impact=None)
    grave = building.risk(title="Grave", likelihood=5, impact=5)
    assert list(KINDS["risks"].rows({})) == [grave, small, unknown]
    assert list(KINDS["risks"].rows({"sort": "points"})) == [small, grave, unknown]


def test_a_long_list_turns_pages(manager):
    for number in range(26):
        building.risk(title=f"Risk {number}")
    first = manager.get("/priorities/risks/?sort=title")
    assert len(first.context["list"].rows) == 25
    assert "sort=title&amp;page=2" in words(first) or "page=2&amp;sort=title" in words(first)
    assert len(manager.get("/priorities/risks/?sort=title&page=2").context["list"].rows) == 1


@pytest.mark.once
def test_an_action_starts_from_a_signal_with_what_the_signal_says(manager):
    priority = building.priority(indicators=["NE01"])
    signal = Signal.objects.create(
        kind=Signal.Kind.SPECIAL_CAUSE,
        indicator="NE01",
        area=factories.area(),
        period_type="month",
        period="2026-05",
        direction="low",
        latest="2026-09",
        words="Graded Care Profile 2 completed: 3 in September 2026, below the limits.",
        rule="A point outside the limits.",
        rank=1,
        first_seen_at=timezone.now(),
        first_seen_version=1,
    )
    factories.agency("council")
    page = manager.get(f"/priorities/actions/new/?signal={signal.pk}")
    form = page.context["form"]
    assert form["about"].value() == signal.words
    assert form["priority"].value() == priority.pk
    data = {name: form[name].value() or "" for name in form.fields} | {
        "priority": priority.pk,
        "agency": factories.agency("council").pk,
        "area": building.home().pk,
        "state": "planned",
    }
    answer = manager.post("/priorities/actions/new/", data)
    assert answer.status_code == 302, answer.context["form"].errors
    made = PlanAction.objects.get()
    assert made.signal == signal
    assert "Answers the signal" in words(manager.get(answer.url))


@pytest.mark.once
@pytest.mark.parametrize("asked", ["priority=²", "signal=²", "priority=9999999999999999999999"])
def test_a_number_that_is_none_starts_an_empty_form(asked, manager):
    building.priority()
    page = manager.get(f"/priorities/actions/new/?{asked}")
    assert page.status_code == 200
    assert not page.context["form"].initial.get("priority")


@pytest.mark.once
def test_a_signal_that_is_not_known_starts_an_empty_form(manager):
    for number in ("9999", "abc", ""):
        page = manager.get(f"/priorities/actions/new/?signal={number}")
        assert not page.context["form"]["title"].value()
        assert page.context["form"]["signal_id"].value() is None


@pytest.mark.once
def test_an_analyst_adds_what_children_told_the_agency_and_no_action():
    building.priority()
    client = personas.client_of(COUNCIL)
    assert client.get("/priorities/voice/new/").status_code == 200
    data = {
        "activity": "Workshop",
        "area": building.home().pk,
        "agency": factories.agency("council").pk,
        "period_code": "2026-05",
        "who": "Pupils",
        "heard": "14",
        "said": "Tell us who comes.",
    }
    assert client.post("/priorities/voice/new/", data).status_code == 302
    assert Voice.objects.get().heard == 14
    other = data | {"agency": factories.agency("police").pk}
    assert client.post("/priorities/voice/new/", other).status_code == 403
    assert client.get("/priorities/actions/new/").status_code == 403
    assert personas.client_of(SUBGROUP).get("/priorities/voice/new/").status_code == 403


@pytest.mark.once
def test_a_campaigns_reach_is_written_a_line_a_number(manager):
    made = building.campaign()
    where = f"/priorities/campaigns/{made.pk}/edit/"
    form = manager.get(where).context["form"]
    assert form["reach"].value() == "4,000 clicks to the website"
    data = {name: form[name].value() or "" for name in form.fields}
    wrong = manager.post(where, data | {"reach": "many clicks"})
    assert "Begin each line with the number" in words(wrong)
    manager.post(where, data | {"reach": "1,500,000 followers\n\n20 posts"})
    made.refresh_from_db()
    assert made.reach == [[1_500_000, "followers"], [20, "posts"]]


@pytest.mark.once
def test_impact_counts_evidence_and_does_not_call_missing_data_good():
    priority = building.priority(indicators=["NE01", "NE06"])
    building.action(state="done", closed_on=date(2026, 10, 1))
    building.action(title="Late", due=date(2026, 1, 1))
    building.voice(priority=priority, did="A card.", told_on=date(2026, 8, 1))
    found = impact.impact(priority, date(2026, 11, 22))
    assert {one.title: one.words for one in found.glances} == {
        "Indicators": "Of 2: 2 without data.",
        "Signals": "None stands for its indicators.",
        "Actions": "1 of 2 done, 0 with evidence of impact; 1 red.",
        "Audits": "None was chosen as evidence.",
        "Reviews and what they taught": "None was chosen as evidence.",
        "Training": "None was chosen as evidence.",
        "Children and families": "1 piece of feedback: 1 led to a change, of 1 of which they were told.",
    }
    assert "No action says yet what is different for children and how that is known." in found.gaps
    assert found.missing == (
        "NE01 Graded Care Profile 2 completed",
        "NE06 Neglect cases with a Graded Care Profile 2",
    )


@pytest.mark.once
def test_an_address_of_the_plan_that_does_not_exist_is_not_found(manager):
    for where in (
        "/priorities/nothing/",
        "/priorities/nothing/list.csv",
        "/priorities/nothing/new/",
        "/priorities/risks/9999/",
        "/priorities/risks/9999/edit/",
        "/priorities/9999/",
        "/priorities/actions/9999/report/",
        "/priorities/?area=nowhere",
    ):
        assert manager.get(where).status_code == 404, where


@pytest.mark.once
def test_the_chair_and_the_manager_are_offered_what_they_may_do_and_others_are_not():
    building.action()
    assert "Add a priority" in words(personas.client_of(MANAGER).get("/priorities/"))
    assert "Add a priority" not in words(personas.client_of(SUBGROUP).get("/priorities/"))
    assert factories.person(Role.CHAIR)


@pytest.mark.once
def test_an_action_of_no_priority_stands_on_the_plan_in_its_files_and_in_what_is_overdue(manager):
    building.priority()
    overdue = building.action(priority=None, title="Meet by video", due=date(2026, 1, 31))
    page = words(manager.get("/priorities/plan/"))
    assert "Beside the priorities" in page
    assert "Meet by video" in page
    plan = report.plan(timezone.localdate(), overdue.area)
    assert [one.action for one in plan.beside] == [overdue]
    assert plan.count == 1
    (section,) = [one for one in paper.of_plan(plan).sections if one.title == report.BESIDE]
    assert section.table.rows[0][0] == "Meet by video"
    assert "Meet by video" in render_to_string("priorities/sheet.html", {"plan": plan})
    page = words(manager.get(overdue.get_absolute_url()))
    assert "No one priority" in page
    (told,) = contributions.overdue(None, overdue.area, timezone.localdate())
    assert (told.title, told.origin) == ("Meet by video", report.BESIDE)
    listed = manager.get("/priorities/actions/", {"priority": "none"})
    assert [one for one, _ in listed.context["list"].rows] == [overdue]


@pytest.mark.once
def test_what_is_too_long_is_said_in_words_that_tell_what_to_do(manager):
    given = {"activity": "a" * 201, "period_code": "the spring of 2026"}
    page = words(manager.post("/priorities/voice/new/", given))
    assert "Write it in 200 characters or fewer." in page
    assert "Enter a month such as 2026-10, a quarter such as 2026-27-Q3, or a year" in page
