"""What came out of a review: findings, recommendations, agencies' actions, evidence, dissemination, judged cases."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from lscb import access
from lscb.models import Agency, Person
from reviews.actions.common import ReviewRefused, alone, check_past, store
from reviews.models import (
    Action,
    AuditCase,
    Dissemination,
    Finding,
    Judgement,
    Recommendation,
    Review,
    Theme,
)

Part = TypeVar("Part", bound=models.Model)
# What a review is made of, and how history calls a new one and a change.
PARTS: dict[type[models.Model], str] = {
    Finding: "Finding",
    Recommendation: "Recommendation",
    Dissemination: "Dissemination",
    AuditCase: "Case",
}


def save_part(*, by: Person | None, review: Review, part: Part, **values: Any) -> Part:
    """Add a finding, recommendation, dissemination or case to a review, or change one.

    Raises ReviewRefused for personal data, a day to come or a case number that is taken; PermissionDenied by access.
    """
    _may(by)
    name = PARTS[type(part)]
    if isinstance(part, AuditCase):
        _check_case(review, part, values)
    check_past(values.get("on"), timezone.localdate())
    verb = "added" if part.pk is None else "changed"
    with transaction.atomic():
        part = alone(part)
        part.review = review  # type: ignore[attr-defined]
        store(by=by, row=part, values=values, action=f"{name} {verb}", review=review)
    return part


def _check_case(review: Review, case: AuditCase, values: dict[str, Any]) -> None:
    if not review.is_audit:
        raise ReviewRefused("Cases belong to audits.")
    same = review.cases.filter(number=values.get("number", case.number)).exclude(pk=case.pk)
    if same.exists():
        raise ReviewRefused("There is a case of this number already.")


def save_judgement(
    *, by: Person | None, case: AuditCase, agency: Agency | None, grade: str, text: str = ""
) -> Judgement:
    """Judge the practice of an agency in a case, or (no agency) of all together. A later judgement replaces it.

    Raises ReviewRefused for an unknown grade or personal data, PermissionDenied by access.
    """
    _may(by)
    if grade not in Judgement.Grade.values:
        raise ReviewRefused("Choose a judgement.")
    with transaction.atomic():
        found = alone(case).judgements.filter(agency=agency).first()
        judgement = found or Judgement(case=case, agency=agency)
        whose = agency.name if agency else "all agencies"
        store(
            by=by,
            row=judgement,
            values={"grade": grade, "text": text.strip()},
            action=f"Case {case.number} judged, {whose}"[:60],
            review=case.review,
        )
    return judgement


def record_evidence(
    *,
    by: Person | None,
    recommendation: Recommendation,
    evidence: str,
    evidence_on: date | None,
    re_audit_due: date | None = None,
    **re_audit: Review | None,
) -> None:
    """Say what is different because of a recommendation and how it is known, and when it is audited again.

    `re_audit` is the audit that looked again; where it is not named, the one there was stays.
    Raises ReviewRefused where an action on it is not done, a day is to come or missing, or for personal data;
    PermissionDenied by access.
    """
    _may(by)
    check_past(evidence_on, timezone.localdate())
    if evidence.strip() and evidence_on is None:
        raise ReviewRefused("Say on which day the evidence was seen.")
    undone = recommendation.actions.exclude(state=Action.State.DONE).count()
    if evidence.strip() and undone:
        raise ReviewRefused("An action on this recommendation is not done yet.")
    if any(one is not None and not one.is_audit for one in re_audit.values()):
        raise ReviewRefused("Choose an audit.")
    values = {
        "evidence": evidence.strip(),
        "evidence_on": evidence_on,
        "re_audit_due": re_audit_due,
        **re_audit,
    }
    with transaction.atomic():
        recommendation = alone(recommendation)
        store(
            by=by,
            row=recommendation,
            values=values,
            action="Evidence recorded",
            review=recommendation.review,
        )


def add_action(
    *,
    by: Person | None,
    recommendation: Recommendation,
    agency: Agency,
    text: str,
    due: date | None,
    owner: str = "",
) -> Action:
    """Ask an agency to act on a recommendation. Raises ReviewRefused or PermissionDenied."""
    _may(by)
    if not text.strip():
        raise ReviewRefused("Say what the agency does.")
    action = Action(recommendation=recommendation, made_by=by)
    values = {"agency": agency, "text": text.strip(), "due": due, "owner": owner.strip()}
    with transaction.atomic():
        store(
            by=by,
            row=action,
            values=values,
            action="Action added",
            review=recommendation.review,
        )
    return action


def change_action(
    *, by: Person, action: Action, text: str, due: date | None, owner: str = "", **agency: Agency
) -> None:
    """Ask for something else, by another day, or of another `agency`; what was reported stays. Of an action on an
    agency's own assessment the agency stays. Raises ReviewRefused or PermissionDenied."""
    _may(by)
    if not text.strip():
        raise ReviewRefused("Say what the agency does.")
    values: dict[str, object] = {"text": text.strip(), "due": due, "owner": owner.strip()}
    if action.recommendation_id:
        values |= agency
    with transaction.atomic():
        _store_action(by, alone(action), values, "Action changed")


def report_action(
    *, by: Person | None, action: Action, state: str, progress: str, done_on: date | None = None
) -> None:
    """Say how an action stands. One that is done has its day and says what was done.

    `by` is None for the sample. Raises ReviewRefused or PermissionDenied.
    """
    if by is not None:
        access.check_answer_review_action(by, action)
    check_past(done_on, timezone.localdate())
    done = state == Action.State.DONE
    if state not in Action.State.values:
        raise ReviewRefused("Choose how the action stands.")
    if done and done_on is None:
        raise ReviewRefused("Say on which day it was done.")
    if done and not progress.strip():
        raise ReviewRefused("Say what was done, and what is different because of it.")
    values = {"state": state, "progress": progress.strip(), "done_on": done_on if done else None}
    with transaction.atomic():
        _store_action(by, alone(action), values, "Action reported")


def _store_action(
    by: Person | None, action: Action, values: Mapping[str, object], what: str
) -> None:
    """Store an agency's action, with the history of the review that it follows from, or of the assessment."""
    review = getattr(action.recommendation, "review", None)
    store(
        by=by, row=action, values=values, action=what, review=review, assessment=action.assessment
    )


def save_theme(*, by: Person | None, theme: Theme, **values: Any) -> Theme:
    """Add or change a theme. Raises ReviewRefused or PermissionDenied."""
    _may(by)
    same = Theme.objects.filter(name__iexact=values.get("name", "")).exclude(pk=theme.pk)
    if same.exists():
        raise ReviewRefused("There is a theme of this name already.")
    verb = "added" if theme._state.adding else "changed"
    with transaction.atomic():
        theme = alone(theme)
        store(by=by, row=theme, values=values, action=f"Theme {verb}", theme=theme)
    return theme


def _may(by: Person | None) -> None:
    if by is not None:
        access.check(by, access.Action.KEEP_REVIEWS)
