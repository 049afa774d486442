"""Is a priority making a difference? Evidence of other apps beside its own, and the executive's answer."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from lscb.models import AuditEvent, Role
from performance import contributed
from performance.actions import catalogue
from performance.actions import sample as places
from performance.indicators.spec import indicators
from priorities import actions, sample
from priorities.actions import PlanRefused
from priorities.models import Judgement, Priority
from reviews import sample as reviews_sample
from reviews.models import Review
from tests import factories, personas
from tests.personas import EXECUTIVE, MANAGER
from tests.priorities import building
from training import sample as training_sample

pytestmark = pytest.mark.django_db
ANSWER = {"verdict": "partly", "because": "Files show it.", "agreed_on": date(2026, 11, 2)}


def words(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def whole_sample():
    places.load_places()
    for app in (sample, reviews_sample, training_sample):
        app.load()
    sample.link()


def test_the_executive_reads_audits_reviews_and_training_beside_the_actions_and_every_link_leads_somewhere(
    whole_sample,
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


def test_an_indicator_that_was_switched_off_is_told_from_one_without_data():
    neglect = building.priority(indicators=["NE01", "NE04"])
    manager = factories.person(Role.MANAGER)
    catalogue.set_indicator(
        by=manager,
        spec=indicators()["NE01"],
        in_use=False,
        position=0,
        aim=None,
        reason="Counted otherwise.",
    )
    page = words(personas.client_of(EXECUTIVE).get(neglect.get_absolute_url()))
    assert "NE01 Graded Care Profile 2 completed is no longer shown: switched off on" in page
    assert "Counted otherwise." in page
    assert "No data for NE04 Referrals for neglect." in page


def test_linking_again_leaves_what_people_chose(whole_sample):
    priority = Priority.objects.get(title="Neglect")
    priority.evidence = []
    actions.save(by=factories.person(Role.MANAGER), record=priority)
    sample.link()
    priority.refresh_from_db()
    assert priority.evidence == []


def test_a_review_that_becomes_restricted_is_evidence_for_nobody(whole_sample):
    priority = Priority.objects.get(title="Emotional wellbeing and mental health")
    client = personas.client_of(MANAGER)
    assert "Child M<" in words(client.get(priority.get_absolute_url()))
    Review.objects.filter(title="Child M").update(restricted=True)
    assert "Child M<" not in words(client.get(priority.get_absolute_url()))
    assert "Child M<" not in words(client.get(f"/priorities/priorities/{priority.pk}/edit/"))
    assert "Child M" not in {one.title for one in contributed.evidence().values()}


def test_evidence_is_chosen_in_the_form_and_stands_in_the_history_by_its_title(whole_sample):
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


def test_an_answer_is_recorded_and_the_earlier_ones_stay():
    priority = building.priority()
    chair = factories.person(Role.CHAIR)
    actions.judge(by=chair, priority=priority, next_step="", **ANSWER)
    later = ANSWER | {"because": "Audits too.", "agreed_on": date(2026, 11, 20)}
    actions.judge(by=chair, priority=priority, next_step="Ask the children.", **later)
    page = words(personas.client_of(EXECUTIVE).get(priority.get_absolute_url()))
    assert (
        page.index("Ask the children.")
        < page.index("Earlier answers")
        < page.index("Files show it.")
    )
    assert AuditEvent.objects.filter(action="answer recorded").count() == 2


def test_who_may_not_change_the_plan_records_no_answer():
    priority = building.priority()
    with pytest.raises(PermissionDenied):
        actions.judge(by=factories.person(Role.SUBGROUP), priority=priority, next_step="", **ANSWER)
    assert not Judgement.objects.exists()


def test_an_answer_of_tomorrow_or_that_names_somebody_is_refused_and_kept_in_the_form():
    priority = building.priority()
    manager = factories.person(Role.MANAGER)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(PlanRefused, match="not come yet"):
        actions.judge(
            by=manager, priority=priority, next_step="", **(ANSWER | {"agreed_on": tomorrow})
        )
    client = personas.client_of(MANAGER)
    given = ANSWER | {"because": "Anna Smith is well", "next_step": "Go on"}
    answer = client.post(f"/priorities/{priority.pk}/answer/", given)
    assert answer.status_code == 422
    assert "looks like a name" in words(answer)
    assert "Go on" in words(answer)
    assert client.post(f"/priorities/{priority.pk}/answer/", {}).status_code == 422
    assert client.post(f"/priorities/{priority.pk}/answer/", ANSWER).status_code == 302
