"""The sample's plan: the reports' own, with the source of each fact, beside the evidence of reviews and training."""

import pytest

from lscb.models import Role
from performance import contributed
from priorities import actions, sample
from priorities.models import Campaign, PlanAction, Priority, Risk, Voice
from reviews import sample as reviews_sample
from reviews.actions import change_review
from reviews.models import Review
from tests import factories, personas
from tests.personas import EXECUTIVE, MANAGER, SUBGROUP
from tests.priorities import building
from training import sample as training_sample

pytestmark = pytest.mark.django_db


def words(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def manager():
    return personas.client_of(MANAGER)


@pytest.fixture(scope="module")
def loaded(shared_places):
    """The sample of the plan, of reviews and of training, and what leads from one to the other."""
    for app in (sample, reviews_sample, training_sample):
        app.load()
    sample.link()


@pytest.mark.once
def test_the_sample_is_the_reports_plan_with_the_source_of_each_fact(loaded):
    own = Priority.objects.filter(area__code="E06000032")
    assert [one.title for one in own] == [
        "Domestic abuse",
        "Implementing learning from reviews",
        "Neglect",
        "Emotional wellbeing and mental health",
    ]
    for model in (Priority, PlanAction, Risk, Campaign, Voice):
        assert not model.objects.filter(source="").exists(), model
    assert Risk.objects.filter(title="Capacity and resilience of staff", likelihood=None).exists()
    bavex = Campaign.objects.get(title__contains="BAVEX")
    assert bavex.reached[0].startswith("1,500,000 followers")


@pytest.mark.once
def test_the_sample_states_no_day_and_no_number_that_the_reports_do_not(loaded):
    facts = PlanAction.objects.exclude(area__code="demonstration")
    assert not facts.filter(due__isnull=False).exists()
    assert not facts.filter(closed_on__isnull=False).exists()
    assert (
        not Voice.objects.exclude(area__code="demonstration").filter(heard__isnull=False).exists()
    )


def test_loading_the_sample_again_leaves_what_people_did(loaded):
    counted = [model.objects.count() for model in (Priority, PlanAction, Risk, Campaign, Voice)]
    PlanAction.objects.filter(title__startswith="Pilot").update(title="Changed by hand")
    sample.load()
    assert counted == [
        model.objects.count() for model in (Priority, PlanAction, Risk, Campaign, Voice)
    ]
    assert PlanAction.objects.filter(title="Changed by hand").exists()


@pytest.mark.once
def test_the_invented_plan_shows_every_colour_and_says_that_it_is_invented(loaded, manager):
    page = manager.get("/priorities/plan/?area=demonstration")
    shown = {one.rag.kind for one in page.context["plan"].tallies}
    assert shown == {"grey", "blue", "amber", "red", "green"}
    assert "synthetic figures" in words(page)
    assert "Train health visitors" not in words(manager.get("/priorities/plan/"))
    assert "Train health visitors" not in words(manager.get("/priorities/actions/"))
    listed = words(manager.get("/priorities/actions/?area=demonstration"))
    assert "Train health visitors" in listed
    assert "synthetic figures" in listed


@pytest.mark.once
def test_the_plan_on_a_page_names_every_action_and_the_rule(loaded, manager):
    page = words(manager.get("/priorities/plan/"))
    for one in PlanAction.objects.exclude(area__code="demonstration"):
        assert one.title in page
    assert "Done, impact not shown" in page
    assert "The first of these that fits decides" in page


@pytest.mark.once
def test_a_program_reads_the_priorities_with_their_actions_and_their_status(loaded):
    client = personas.client_of(SUBGROUP)
    answer = client.get("/api/v1/priorities/?area=E06000032").json()
    assert [one["title"] for one in answer["results"]] == [
        "Domestic abuse",
        "Implementing learning from reviews",
        "Neglect",
        "Emotional wellbeing and mental health",
    ]
    actions = answer["results"][2]["actions"]
    renewed = next(one for one in actions if one["title"].startswith("Renew"))
    assert (renewed["due"], renewed["colour"]) == (None, "amber")
    assert renewed["status"] == "Done, impact not shown"
    assert client.get("/api/v1/priorities/?aria=E06000032").status_code == 400


@pytest.mark.once
def test_a_program_reads_the_actions_beside_the_priorities_too(loaded):
    under = building.action(priority=building.priority(title="Safe sleep"), title="Teach it")
    beside = building.action(priority=None, title="Meet by video")
    client = personas.client_of(SUBGROUP)
    answer = client.get("/api/v1/priorities/actions/?page_size=1000").json()["results"]
    found = {one["id"]: one for one in answer}
    assert found[under.pk]["priority"] == under.priority_id
    assert (found[beside.pk]["priority"], found[beside.pk]["title"]) == (None, "Meet by video")
    assert found[beside.pk]["area"] == beside.area.code
    assert "demonstration" not in {one["area"] for one in answer}
    asked = client.get("/api/v1/priorities/actions/?area=demonstration").json()["results"]
    assert {one["area"] for one in asked} == {"demonstration"}
    listed = client.get("/api/v1/priorities/?page_size=1000").json()["results"]
    assert {one["area"] for one in listed} == {beside.area.code}
    asked = client.get("/api/v1/priorities/?area=demonstration").json()["results"]
    assert {one["area"] for one in asked} == {"demonstration"}
    for address in ("priorities/", "priorities/actions/"):
        assert client.get(f"/api/v1/{address}?area=nowhere").status_code == 400


@pytest.mark.once
def test_the_executive_reads_audits_reviews_and_training_beside_the_actions_and_every_link_leads_somewhere(
    loaded,
):
    page = words(
        personas.client_of(EXECUTIVE).get(Priority.objects.get(title="Neglect").get_absolute_url())
    )
    for text in (
        "Audit of children under 1 on a plan for neglect",
        "Understanding Neglect",
        "What the evidence comes to",
        "What is missing for an answer",
        "The executive has not answered this yet.",
    ):
        assert text in page
    learning = Priority.objects.get(title="Implementing learning from reviews")
    page = words(personas.client_of(EXECUTIVE).get(learning.get_absolute_url()))
    assert "Seven of the ten practice reviews since 2016" in page
    named = {one["title"]: len(one["evidence"]) for one in sample.plain(sample.FILE)["priorities"]}
    for priority in Priority.objects.filter(title__in=named):
        assert len(priority.evidence) == named[priority.title], priority


def test_linking_again_leaves_what_people_chose(loaded):
    priority = Priority.objects.get(title="Neglect")
    priority.evidence = []
    actions.save(by=factories.person(Role.MANAGER), record=priority)
    sample.link()
    priority.refresh_from_db()
    assert priority.evidence == []


@pytest.mark.once
def test_a_review_that_becomes_restricted_is_evidence_for_nobody(loaded):
    priority = Priority.objects.get(title="Emotional wellbeing and mental health")
    client = personas.client_of(MANAGER)
    assert "Child M<" in words(client.get(priority.get_absolute_url()))
    review = Review.objects.get(title="Child M")
    change_review(
        by=factories.person(Role.MANAGER), review=review, title="Child M", restricted=True
    )
    assert "Child M<" not in words(client.get(priority.get_absolute_url()))
    assert "Child M<" not in words(client.get(f"/priorities/priorities/{priority.pk}/edit/"))
    assert "Child M" not in {one.title for one in contributed.evidence().values()}


@pytest.mark.once
def test_evidence_is_chosen_in_the_form_and_stands_in_the_history_by_its_title(loaded):
    priority = Priority.objects.get(title="Neglect")
    client = personas.client_of(MANAGER)
    where = f"/priorities/priorities/{priority.pk}/edit/"
    page = client.get(where)
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value()}
    data["seen"] = page.context["seen"]
    keys = {one.title: one.key for one in contributed.evidence().values()}
    answer = client.post(where, data | {"evidence": [keys["Safeguarding Supervision"]]})
    assert answer.status_code == 302, answer.context["form"].errors
    page = words(client.get(priority.get_absolute_url()))
    assert "Understanding Neglect → Safeguarding Supervision" in page
    assert client.post(where, data | {"evidence": ["review:99999"]}).status_code == 422
