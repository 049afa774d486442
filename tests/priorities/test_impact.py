"""Is a priority making a difference? Evidence of other apps beside its own, and the executive's answer."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from lscb.models import AuditEvent, Role
from performance.actions import catalogue
from performance.indicators.spec import indicators
from priorities import actions
from priorities.actions import PlanRefused
from priorities.models import Judgement
from reviews.actions import add_review
from tests import factories, personas
from tests.personas import EXECUTIVE, MANAGER
from tests.priorities import building

pytestmark = pytest.mark.django_db
ANSWER = {"verdict": "partly", "because": "Files show it.", "agreed_on": date(2026, 11, 2)}


def words(answer):
    return " ".join(answer.content.decode().split())


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


def test_evidence_that_not_everybody_may_see_stays_when_somebody_changes_the_rest():
    keeper = factories.person(Role.MANAGER)
    hidden = add_review(
        by=keeper,
        kind="multi-agency-audit",
        title="Audit of neglect",
        area=building.home(),
        on=date(2026, 3, 23),
        restricted=True,
    )
    priority = building.priority(evidence=[f"review:{hidden.pk}"])
    client = personas.client_of(MANAGER)
    where = f"/priorities/priorities/{priority.pk}/edit/"
    page = client.get(where)
    assert "Audit of neglect" not in words(page)
    form = page.context["form"]
    shown = [
        name for name in form.fields if name != "evidence"
    ]  # of which there is nothing to tick
    data = {name: form[name].value() for name in shown if form[name].value()}
    answer = client.post(where, data | {"seen": page.context["seen"], "why": "They still rise."})
    assert answer.status_code == 302, answer.context["form"].errors
    priority.refresh_from_db()
    assert (priority.why, priority.evidence) == ("They still rise.", [f"review:{hidden.pk}"])


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
    assert "seems to hold a name" in words(answer)
    assert "Go on" in words(answer)
    assert client.post(f"/priorities/{priority.pk}/answer/", {}).status_code == 422
    assert client.post(f"/priorities/{priority.pk}/answer/", ANSWER).status_code == 302
