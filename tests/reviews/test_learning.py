"""Findings and themes, recommendations with their actions and proof, audits' cases and judgements."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from lscb.models import Role
from reviews import actions, lists, queries
from reviews.actions import ReviewRefused
from reviews.models import Action, AuditCase, Finding, Judgement, Recommendation, Theme
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def recommendation(rapid, manager):
    return actions.save_part(
        by=manager, review=rapid, part=Recommendation(), text="Ask for the father."
    )


@pytest.fixture
def action(recommendation, manager):
    return actions.add_action(
        by=manager,
        recommendation=recommendation,
        agency=factories.agency("police"),
        text="Train officers.",
        due=DAY,
    )


def test_a_theme_is_counted_over_the_reviews_in_which_it_was_found(rapid, audit, manager):
    theme = actions.save_theme(by=manager, theme=Theme(), name="Fathers", about="", done="")
    actions.save_theme(by=manager, theme=Theme(), name="Thresholds", about="", done="")
    for review, text in ((rapid, "One."), (rapid, "Two."), (audit, "Three.")):
        part = {"kind": "to-improve", "text": text, "themes": [theme]}
        actions.save_part(by=manager, review=review, part=Finding(), **part)
    first, second = queries.themes(queries.reviews(manager))
    assert (first.theme.name, first.findings, len(first.reviews)) == ("Fathers", 3, 2)
    assert (second.theme.name, second.findings, second.reviews) == ("Thresholds", 0, [])


def test_the_manager_changes_what_was_asked_and_the_history_keeps_what_it_was(action, manager):
    police = factories.person(Role.ANALYST, "police")
    actions.report_action(by=police, action=action, state="under-way", progress="Half are trained.")
    client, address = Client(), reverse("review-action-change", args=[action.pk])
    client.force_login(police)
    assert client.get(address).status_code == 403
    client.force_login(manager)
    council = factories.agency("council")
    sent = {"agency": council.pk, "text": "Train all.", "owner": "", "due": "2026-09-01"}
    assert client.post(address, sent | {"text": "Ask Sarah Thompson."}).status_code == 422
    answer = client.post(address, sent)
    assert answer.url == action.recommendation.get_absolute_url()
    action.refresh_from_db()
    assert (action.agency, action.text, action.due) == (council, "Train all.", date(2026, 9, 1))
    assert (action.state, action.progress) == ("under-way", "Half are trained.")
    page = client.get(action.recommendation.review.get_absolute_url()).content.decode()
    assert "<del>Train officers.</del>" in page
    assert "<del>1 June 2026</del>" in page


def test_an_audit_is_closed_once_agencies_have_done_what_they_were_asked(audit, manager):
    asked = actions.save_part(by=manager, review=audit, part=Recommendation(), text="Ask.")
    police = factories.agency("police")
    action = actions.add_action(
        by=manager, recommendation=asked, agency=police, text="Train.", due=DAY
    )
    for code in ("start", "complete"):
        actions.take_step(by=manager, review=audit, code=code, on=DAY)
    close = {"by": manager, "review": audit, "code": "close", "on": DAY, "text": "More is asked."}
    with pytest.raises(ReviewRefused, match="Not done yet: 1 action"):
        actions.take_step(**close)
    actions.report_action(by=manager, action=action, state="done", progress="All.", done_on=DAY)
    actions.take_step(**close)
    audit.refresh_from_db()
    assert audit.state == "closed"


def test_an_agency_reports_on_its_own_actions_only(action, manager):
    police, council = (factories.person(Role.ANALYST, one) for one in ("police", "council"))
    actions.report_action(by=police, action=action, state="under-way", progress="Half are trained.")
    action.refresh_from_db()
    assert (action.state, action.progress) == ("under-way", "Half are trained.")
    for person in (council, factories.person(Role.CHAIR)):
        with pytest.raises(PermissionDenied):
            actions.report_action(by=person, action=action, state="open", progress="")
    actions.report_action(by=manager, action=action, state="open", progress="")


def test_a_done_action_says_when_and_what(action, manager):
    with pytest.raises(ReviewRefused, match="which day"):
        actions.report_action(by=manager, action=action, state="done", progress="All trained.")
    with pytest.raises(ReviewRefused, match="what was done"):
        actions.report_action(by=manager, action=action, state="done", progress="", done_on=DAY)
    actions.report_action(
        by=manager, action=action, state="done", progress="All trained.", done_on=DAY
    )
    action.refresh_from_db()
    assert action.done_on == DAY
    assert not action.is_overdue(date(2027, 1, 1))


def test_an_action_is_overdue_from_the_day_after(action, manager):
    assert not action.is_overdue(DAY)
    assert action.is_overdue(date(2026, 6, 2))
    found = queries.overdue(queries.actions(manager), date(2026, 6, 2))
    assert list(found) == [action]
    assert not queries.overdue(queries.actions(manager), DAY).exists()
    assert not lists.actions(manager).chosen({"agency": "council"}).exists()


def test_proof_of_impact_waits_for_the_actions(recommendation, action, manager):
    given = {"recommendation": recommendation, "evidence": "Fathers are seen.", "evidence_on": DAY}
    with pytest.raises(ReviewRefused, match="not done yet"):
        actions.record_evidence(by=manager, **given)
    actions.report_action(by=manager, action=action, state="done", progress="Done.", done_on=DAY)
    with pytest.raises(ReviewRefused, match="which day"):
        actions.record_evidence(by=manager, **given | {"evidence_on": None})
    actions.record_evidence(by=manager, **given)
    recommendation.refresh_from_db()
    assert recommendation.evidence == "Fathers are seen."


def test_a_recommendation_is_audited_again_by_an_audit(recommendation, rapid, audit, manager):
    with pytest.raises(ReviewRefused, match="Choose an audit"):
        actions.record_evidence(
            by=manager,
            recommendation=recommendation,
            evidence="",
            evidence_on=None,
            re_audit=rapid,
        )
    actions.record_evidence(
        by=manager,
        recommendation=recommendation,
        evidence="",
        evidence_on=None,
        re_audit_due=date(2027, 1, 1),
        re_audit=audit,
    )
    assert Recommendation.objects.get().re_audit == audit


def test_actions_on_a_restricted_review_are_hidden_with_it(rapid, action, manager):
    police = factories.person(Role.ANALYST, "police")
    assert list(queries.actions(police)) == [action]
    actions.change_review(by=manager, review=rapid, restricted=True, people=[manager])
    assert not queries.actions(police).exists()
    assert not queries.recommendations(police).exists()
    assert list(queries.actions(manager)) == [action]


def test_a_case_is_judged_by_agency_and_together_and_a_later_judgement_replaces(audit, manager):
    case = actions.save_part(
        by=manager, review=audit, part=AuditCase(), number=1, about="", voice="yes"
    )
    police = factories.agency("police")
    for agency, grade in ((None, "requires"), (police, "good"), (None, "good")):
        actions.save_judgement(by=manager, case=case, agency=agency, grade=grade)
    kept = {(one.agency, one.grade) for one in Judgement.objects.all()}
    assert kept == {(None, "good"), (police, "good")}
    with pytest.raises(ReviewRefused, match="Choose a judgement"):
        actions.save_judgement(by=manager, case=case, agency=None, grade="splendid")


def test_cases_have_numbers_of_their_own_and_belong_to_audits(audit, rapid, manager):
    actions.save_part(by=manager, review=audit, part=AuditCase(), number=1)
    with pytest.raises(ReviewRefused, match="this number"):
        actions.save_part(by=manager, review=audit, part=AuditCase(), number=1)
    with pytest.raises(ReviewRefused, match="belong to audits"):
        actions.save_part(by=manager, review=rapid, part=AuditCase(), number=1)
    assert AuditCase.objects.count() == 1


def test_the_database_keeps_an_action_to_one_thing(recommendation):

    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.create(agency=factories.agency("police"), text="For nothing.")
