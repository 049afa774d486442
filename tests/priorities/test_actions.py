"""What is done to the plan, by whom, and what stays of it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from lscb.history import latest_line
from lscb.models import AuditEvent, Role
from priorities import actions, queries
from priorities.actions import PlanRefused
from priorities.models import PlanAction, Risk, Voice
from tests import factories
from tests.priorities import building

pytestmark = pytest.mark.django_db
DONE = PlanAction.State.DONE


def report(by, action, **changes):
    given = {
        "state": DONE,
        "closed_on": timezone.localdate(),
        "different": "",
        "known_by": "",
    } | changes
    return actions.report(by=by, action=action, **given)


def test_what_changed_stands_in_the_history_with_what_was_there_before():
    manager = factories.person(Role.MANAGER)
    action = building.action()
    action.due = date(2027, 6, 30)
    actions.save(by=manager, record=action)
    newest, first = queries.history(action)
    assert newest.changes == (("Due", "2027-03-31", "2027-06-30"),)
    assert newest.event.person == manager
    assert first.event.person is None
    assert ("Title", "", "Train people in the Graded Care Profile") in first.changes


def test_saving_without_a_change_writes_nothing():
    action = building.action()
    before = AuditEvent.objects.count()
    actions.save(by=factories.person(Role.MANAGER), record=action)
    assert AuditEvent.objects.count() == before


def test_two_people_do_not_overwrite_each_other():
    action = building.action()
    seen = latest_line(action)
    manager = factories.person(Role.MANAGER)
    action.title = "First"
    actions.save(by=manager, record=action, seen=seen)
    action.title = "Second"
    with pytest.raises(PlanRefused, match="Somebody else changed this"):
        actions.save(by=manager, record=action, seen=seen)
    action.refresh_from_db()
    assert action.title == "First"


def test_only_manager_and_chair_change_the_plan():
    for role in (Role.SUBGROUP, Role.EXECUTIVE, Role.SCRUTINEER, Role.ANALYST):
        with pytest.raises(PermissionDenied):
            actions.save(by=factories.person(role), record=building.risk())
    actions.save(by=factories.person(Role.CHAIR), record=building.risk(title="Another"))


def test_an_agencys_analyst_reports_on_its_actions_and_changes_nothing_else():
    action = building.action()
    analyst = factories.person(Role.ANALYST, "council")
    report(analyst, action, different="Children are seen at home.", known_by="An audit.")
    action.refresh_from_db()
    assert action.state == DONE
    action.title = "Something easier"
    with pytest.raises(PermissionDenied):
        actions.save(by=analyst, record=action)
    with pytest.raises(PermissionDenied):
        report(factories.person(Role.ANALYST, "police"), building.action(title="Another"))


def test_an_analyst_cannot_take_over_another_agencys_action():
    action = building.action(factories.agency("police"))
    action.agency = factories.agency("council")
    with pytest.raises(PermissionDenied):
        actions.save(by=factories.person(Role.ANALYST, "council"), record=action)


def test_an_action_is_complete_only_with_what_is_different_and_how_that_is_known():
    manager = factories.person(Role.MANAGER)
    action = building.action()
    report(manager, action)
    assert action.rag(timezone.localdate()).words == "Done, impact not shown"
    with pytest.raises(PlanRefused, match="Say both") as refusal:
        report(manager, action, different="Children are seen sooner.")
    assert refusal.value.field == "known_by"
    report(manager, action, different="Children are seen sooner.", known_by="Audit of 40 files.")
    assert action.rag(timezone.localdate()).words == "Complete"


def test_a_closed_action_has_a_day_that_has_come_and_an_open_one_has_none():
    manager = factories.person(Role.MANAGER)
    action = building.action()
    for changes, words in (
        ({"closed_on": None}, "on which day"),
        ({"closed_on": timezone.localdate() + timedelta(1)}, "has not come"),
        ({"state": PlanAction.State.UNDER_WAY}, "has no day of closing"),
    ):
        with pytest.raises(PlanRefused, match=words):
            report(manager, action, **changes)


def test_milestones_are_set_reached_and_opened_again_on_record():
    manager = factories.person(Role.MANAGER)
    action = building.action()
    with pytest.raises(PlanRefused, match="no later than its action"):
        actions.add_milestone(by=manager, action=action, title="Late", due=date(2027, 4, 1))
    step = actions.add_milestone(
        by=manager, action=action, title="Trainers are there", due=date(2026, 12, 1)
    )
    actions.reach_milestone(by=manager, milestone=step)
    step.refresh_from_db()
    assert step.done_on == timezone.localdate()
    actions.reach_milestone(by=manager, milestone=step, done=False)
    step.refresh_from_db()
    assert step.done_on is None
    assert [line.what for line in queries.history(action)][:3] == [
        "Milestone open again",
        "Milestone reached",
        "Milestone added",
    ]


def test_a_risk_keeps_its_scores_and_says_how_it_moved():
    manager = factories.person(Role.MANAGER)
    risk = building.risk(likelihood=3, impact=3)
    assert risk.movement == "new"
    risk.likelihood = 5
    actions.save(by=manager, record=risk)
    risk.mitigation = "Two pools of staff."
    actions.save(by=manager, record=risk)
    risk = Risk.objects.get(pk=risk.pk)
    assert risk.level.words == "High, 15"
    assert risk.movement == "up from 9"
    assert risk.scores.count() == 2


def test_a_risk_that_a_source_does_not_score_is_not_scored_and_never_low():
    risk = building.risk(likelihood=None, impact=None)
    assert (risk.score, risk.level.words, risk.movement) == (None, "Not scored", "not scored")


def test_a_score_lies_between_1_and_5():
    with pytest.raises(PlanRefused) as refusal:
        building.risk(likelihood=6)
    assert refusal.value.field == "likelihood"


@pytest.mark.parametrize(
    "text", ["Born on 3 May 2014", "Lives at LU1 2BQ", "James Smith told us", "943 476 5919"]
)
def test_no_text_may_identify_somebody_and_no_message_repeats_it(text):
    with pytest.raises(PlanRefused) as refusal:
        building.voice(said=text)
    assert refusal.value.field == "said"
    assert text not in str(refusal.value)
    assert not Voice.objects.exists()


def test_agencies_write_what_children_told_them_and_nobody_elses():
    analyst = factories.person(Role.ANALYST, "council")
    voice = building.voice()
    voice.did = "A card says who comes."
    actions.save(by=analyst, record=voice)
    with pytest.raises(PermissionDenied):
        actions.save(by=factories.person(Role.ANALYST, "police"), record=voice)


def test_you_said_we_did_says_how_far_it_came():
    voice = building.voice()
    assert voice.standing == "No change yet"
    voice.did = "A card says who comes."
    assert voice.standing == "Changed, not reported back"
    voice.told_on = date(2026, 7, 1)
    assert voice.standing == "Changed and told"
    with pytest.raises(PlanRefused, match="Say what changed"):
        building.voice(told_on=date(2026, 7, 1))


def test_a_priority_names_indicators_of_the_catalogue_only():
    with pytest.raises(PlanRefused, match="XX99") as refusal:
        building.priority(indicators=["NE01", "XX99"])
    assert refusal.value.field == "indicators"
