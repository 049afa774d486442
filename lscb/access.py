"""Who may see and do what: the one place that decides.

Each decision is a pair: `can_...` answers, `check_...` refuses (and logs the refusal). What a person may not know of
is not found (404): the submissions of another agency, and the whole list for a person who sees none. What they know of
and may not do is forbidden (403). `..._visible_to` keeps of a queryset what a person may see.

The objects of other apps are known here by their attributes only (`agency`, `agency_id`), never by their class.
"""

import logging
from collections.abc import Collection
from enum import StrEnum
from typing import Any, NoReturn, Protocol, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from lscb.models import Agency, Person, Role

logger = logging.getLogger("lscb.access")

AnyPerson = Person | AnonymousUser | None
Row = TypeVar("Row", bound=Model)


class OfAgency(Protocol):
    """Anything that belongs to an agency, such as a submission."""

    agency_id: Any


class SentOfAgency(OfAgency, Protocol):
    """A file of an agency, with who sent it and who submitted it."""

    sender_id: Any
    submitted_by_id: Any


class Action(StrEnum):
    """What a person may do, in the words of a refusal: 'may not ...'."""

    SEE_FIGURES = "see figures"
    SEND_RETURNS = "send returns"
    SEND_FOR_ANY_AGENCY = "send returns for any agency"
    SEE_SUBMISSIONS = "see submissions"
    SEE_ALL_SUBMISSIONS = "see the submissions of every agency"
    WITHDRAW_SUBMISSIONS = "withdraw submissions"
    SIGN_OFF_RETURNS = "sign off this return"
    APPROVE_MAPPINGS = "approve mappings of codes"
    MANAGE_CALENDAR = "manage the calendar of returns"
    OPEN_EDITIONS = "open an edition of the scorecard"
    APPROVE_EDITIONS = "approve an edition of the scorecard"
    PUBLISH_EDITIONS = "publish an edition of the scorecard"
    SET_EDITIONS_ASIDE = "set an edition of the scorecard aside"
    WRITE_FOR_SUBGROUP = "write commentary for the Subgroup"
    WRITE_FOR_AGENCY = "write commentary for an agency"
    AGREE_COMMENTARY = "agree this commentary"
    RAISE_CHALLENGES = "raise challenges"
    ANSWER_CHALLENGES = "answer this challenge"
    CLOSE_CHALLENGES = "close challenges"
    PIN_VIEWS = "pin charts to a meeting"
    KEEP_REVIEWS = "keep the register of reviews"
    ANSWER_REVIEW_ACTIONS = "report on this action"
    ASSESS_SECTION_11 = "fill in this agency’s section 11 assessment"
    CHALLENGE_SECTION_11 = "challenge a section 11 assessment"
    CHANGE_PLAN = "change the business plan"
    REPORT_ON_PLAN = "report on this part of the business plan"
    EDIT_TRAINING = "change the records of training"
    REBASE = "begin the limits of an indicator anew"
    SET_INDICATORS = "set indicators"
    PROPOSE_INDICATORS = "propose indicators"
    SEE_AUDIT = "see the audit trail"
    MANAGE_PEOPLE = "manage people"


EVERYBODY = frozenset(Role)
ROLES: dict[Action, frozenset[Role]] = {
    Action.SEE_FIGURES: EVERYBODY,
    Action.SEND_RETURNS: frozenset({Role.MANAGER, Role.ANALYST}),
    Action.SEND_FOR_ANY_AGENCY: frozenset({Role.MANAGER}),
    Action.SEE_SUBMISSIONS: frozenset({Role.MANAGER, Role.SCRUTINEER, Role.ANALYST}),
    Action.SEE_ALL_SUBMISSIONS: frozenset({Role.MANAGER, Role.SCRUTINEER}),
    Action.WITHDRAW_SUBMISSIONS: frozenset({Role.MANAGER, Role.ANALYST}),
    Action.SIGN_OFF_RETURNS: frozenset({Role.ANALYST}),
    Action.APPROVE_MAPPINGS: frozenset({Role.MANAGER}),
    Action.MANAGE_CALENDAR: frozenset({Role.MANAGER}),
    Action.OPEN_EDITIONS: frozenset({Role.MANAGER}),
    Action.APPROVE_EDITIONS: frozenset({Role.CHAIR}),
    Action.PUBLISH_EDITIONS: frozenset({Role.EXECUTIVE}),
    Action.SET_EDITIONS_ASIDE: frozenset({Role.MANAGER, Role.CHAIR}),
    Action.WRITE_FOR_SUBGROUP: frozenset({Role.MANAGER, Role.SUBGROUP, Role.CHAIR}),
    Action.WRITE_FOR_AGENCY: frozenset({Role.MANAGER, Role.ANALYST}),
    Action.AGREE_COMMENTARY: frozenset({Role.MANAGER, Role.CHAIR}),
    Action.RAISE_CHALLENGES: EVERYBODY - {Role.ANALYST},
    Action.ANSWER_CHALLENGES: frozenset({Role.MANAGER, Role.ANALYST}),
    Action.CLOSE_CHALLENGES: frozenset({Role.MANAGER, Role.CHAIR, Role.SCRUTINEER}),
    Action.PIN_VIEWS: frozenset({Role.MANAGER, Role.SUBGROUP, Role.CHAIR}),
    Action.KEEP_REVIEWS: frozenset({Role.MANAGER}),
    Action.ANSWER_REVIEW_ACTIONS: frozenset({Role.MANAGER, Role.ANALYST}),
    Action.ASSESS_SECTION_11: frozenset({Role.ANALYST}),
    Action.CHALLENGE_SECTION_11: EVERYBODY - {Role.SUBGROUP},
    Action.CHANGE_PLAN: frozenset({Role.MANAGER, Role.CHAIR}),
    Action.REPORT_ON_PLAN: frozenset({Role.MANAGER, Role.CHAIR, Role.ANALYST}),
    Action.EDIT_TRAINING: frozenset({Role.MANAGER, Role.ANALYST}),
    Action.REBASE: frozenset({Role.MANAGER, Role.SUBGROUP, Role.CHAIR}),
    Action.SET_INDICATORS: frozenset({Role.MANAGER}),
    Action.PROPOSE_INDICATORS: frozenset({Role.MANAGER, Role.SUBGROUP, Role.CHAIR, Role.ANALYST}),
    Action.SEE_AUDIT: frozenset({Role.MANAGER, Role.SCRUTINEER}),
    Action.MANAGE_PEOPLE: frozenset({Role.MANAGER}),
}
# To these people the thing does not exist; to the others it does, and is forbidden.
NOT_FOUND = frozenset({Action.SEE_SUBMISSIONS, Action.SEE_ALL_SUBMISSIONS})


def can(person: AnyPerson, action: Action) -> bool:
    """Whether the person's role allows the action at all. Somebody signed out, or disabled, may do nothing."""
    return isinstance(person, Person) and person.is_active and person.role in ROLES[action]


def check(person: AnyPerson, action: Action) -> None:
    """Refuse what `can` does not allow: Http404 where it is not to be known of, else PermissionDenied."""
    if not can(person, action):
        refuse(person, action, hidden=action in NOT_FOUND)


# Figures: scorecard, dashboards, indicators, signals -------------------------------------------


def can_see_figures(person: AnyPerson) -> bool:
    """Whether the person sees the partnership's figures."""
    return can(person, Action.SEE_FIGURES)


def check_see_figures(person: AnyPerson) -> None:
    """Raise PermissionDenied unless the person sees the partnership's figures."""
    check(person, Action.SEE_FIGURES)


# Sending returns -------------------------------------------------------------------------------


def agencies_to_send_for(person: AnyPerson, owners: Collection[str]) -> QuerySet[Agency]:
    """The agencies for which the person may send a return that the types of agency in `owners` owe."""
    owing = Agency.objects.filter(type__in=list(owners))
    if can(person, Action.SEND_FOR_ANY_AGENCY):
        return owing
    if isinstance(person, Person) and person.agency_id and can(person, Action.SEND_RETURNS):
        return owing.filter(pk=person.agency_id)
    return owing.none()


def can_send(person: AnyPerson, owners: Collection[str], agency: Agency | None = None) -> bool:
    """Whether the person may send a return owed by `owners`: for `agency`, or without one, for any at all."""
    agencies = agencies_to_send_for(person, owners)
    return (agencies.filter(pk=agency.pk) if agency else agencies).exists()


def check_send(person: AnyPerson, owners: Collection[str], agency: Agency | None = None) -> None:
    """Raise PermissionDenied where `can_send` is false."""
    if not can_send(person, owners, agency):
        refuse(person, Action.SEND_RETURNS, subject=agency)


# Submissions -----------------------------------------------------------------------------------


def submissions_visible_to(person: AnyPerson, submissions: QuerySet[Row]) -> QuerySet[Row]:
    """Of the submissions those that the person may see: all, those of their own agency, or none."""
    if can(person, Action.SEE_ALL_SUBMISSIONS):
        return submissions
    if isinstance(person, Person) and person.agency_id and can(person, Action.SEE_SUBMISSIONS):
        return submissions.filter(agency=person.agency_id)
    return submissions.none()


def can_see_submissions(person: AnyPerson) -> bool:
    """Whether there is a list of submissions for the person."""
    return can(person, Action.SEE_SUBMISSIONS)


def check_see_submissions(person: AnyPerson) -> None:
    """Raise Http404 for a person who sees no submissions."""
    check(person, Action.SEE_SUBMISSIONS)


def can_see_submission(person: AnyPerson, submission: OfAgency) -> bool:
    """Whether the person may see this submission, its file and its problems."""
    if can(person, Action.SEE_ALL_SUBMISSIONS):
        return True
    return can(person, Action.SEE_SUBMISSIONS) and _is_own(person, submission)


def check_see_submission(person: AnyPerson, submission: OfAgency) -> None:
    """Raise Http404 for another agency's submission: its very existence is not told."""
    if not can_see_submission(person, submission):
        refuse(person, Action.SEE_SUBMISSIONS, subject=submission, hidden=True)


def can_withdraw(person: AnyPerson, submission: OfAgency) -> bool:
    """Whether the person may withdraw this submission: the manager, or an analyst of its agency."""
    if not can(person, Action.WITHDRAW_SUBMISSIONS):
        return False
    return can(person, Action.SEND_FOR_ANY_AGENCY) or _is_own(person, submission)


def check_withdraw(person: AnyPerson, submission: OfAgency) -> None:
    """Raise Http404 where the person may not even see the submission, PermissionDenied where they only may see it."""
    check_see_submission(person, submission)
    if not can_withdraw(person, submission):
        refuse(person, Action.WITHDRAW_SUBMISSIONS, subject=submission)


def can_accept(person: AnyPerson, submission: OfAgency) -> bool:
    """Whether the person may answer, submit or discard a file of this agency: the manager, or one of its analysts."""
    if not can(person, Action.SEND_RETURNS):
        return False
    return can(person, Action.SEND_FOR_ANY_AGENCY) or _is_own(person, submission)


def check_accept(person: AnyPerson, submission: OfAgency) -> None:
    """Raise Http404 where the person may not even see the submission, PermissionDenied where they only may see it."""
    check_see_submission(person, submission)
    if not can_accept(person, submission):
        refuse(person, Action.SEND_RETURNS, subject=submission)


def can_sign_off(person: AnyPerson, submission: SentOfAgency) -> bool:
    """Whether the person may sign a file off: somebody of its agency who neither sent nor submitted it."""
    if not can(person, Action.SIGN_OFF_RETURNS) or not _is_own(person, submission):
        return False
    who = getattr(person, "pk", None)
    return who not in (submission.sender_id, submission.submitted_by_id)


def check_sign_off(person: AnyPerson, submission: SentOfAgency) -> None:
    """Raise Http404 where the person may not even see the submission, PermissionDenied where they may not sign it."""
    check_see_submission(person, submission)
    if not can_sign_off(person, submission):
        refuse(person, Action.SIGN_OFF_RETURNS, subject=submission)


# The calendar of returns -----------------------------------------------------------------------


def calendar_agency(person: AnyPerson) -> int | None:
    """The agency to which a person's calendar is kept: an analyst's own; None for those who see every agency's."""
    if isinstance(person, Person) and person.role == Role.ANALYST:
        return person.agency_id
    return None


def can_manage_calendar(person: AnyPerson) -> bool:
    """Whether the person may say what is not owed."""
    return can(person, Action.MANAGE_CALENDAR)


def check_manage_calendar(person: AnyPerson) -> None:
    """Raise PermissionDenied for a person who may not say what is not owed."""
    check(person, Action.MANAGE_CALENDAR)


# The agencies' own words for codes -------------------------------------------------------------


def can_propose_mapping(person: AnyPerson, agency: Agency) -> bool:
    """Whether the person may map a word of this agency to a code: the manager, or one of its analysts."""
    if not can(person, Action.SEND_RETURNS):
        return False
    own = isinstance(person, Person) and person.agency_id == agency.pk
    return own or can(person, Action.SEND_FOR_ANY_AGENCY)


def check_propose_mapping(person: AnyPerson, agency: Agency) -> None:
    """Raise PermissionDenied where `can_propose_mapping` is false."""
    if not can_propose_mapping(person, agency):
        refuse(person, Action.SEND_RETURNS, subject=agency)


def can_approve_mappings(person: AnyPerson) -> bool:
    """Whether the person may approve mappings."""
    return can(person, Action.APPROVE_MAPPINGS)


def check_approve_mappings(person: AnyPerson) -> None:
    """Raise PermissionDenied for a person who may not approve mappings."""
    check(person, Action.APPROVE_MAPPINGS)


# Editions, commentary and challenges ------------------------------------------------------------


def can_write_commentary(person: AnyPerson, agency: Agency | None) -> bool:
    """Whether the person may write commentary for the Subgroup (no agency) or for this agency."""
    if agency is None:
        return can(person, Action.WRITE_FOR_SUBGROUP)
    own = isinstance(person, Person) and person.agency_id == agency.pk
    return can(person, Action.WRITE_FOR_AGENCY) and (own or can(person, Action.SEND_FOR_ANY_AGENCY))


def check_write_commentary(person: AnyPerson, agency: Agency | None) -> None:
    """Raise PermissionDenied where `can_write_commentary` is false."""
    if not can_write_commentary(person, agency):
        action = Action.WRITE_FOR_AGENCY if agency else Action.WRITE_FOR_SUBGROUP
        refuse(person, action, subject=agency)


def can_agree_commentary(person: AnyPerson, written_by_id: int) -> bool:
    """Whether the person may agree a wording of somebody: not their own."""
    return can(person, Action.AGREE_COMMENTARY) and getattr(person, "pk", None) != written_by_id


def check_agree_commentary(person: AnyPerson, written_by_id: int) -> None:
    """Raise PermissionDenied where `can_agree_commentary` is false."""
    if not can_agree_commentary(person, written_by_id):
        refuse(person, Action.AGREE_COMMENTARY)


def can_answer_challenge(person: AnyPerson, challenge: OfAgency) -> bool:
    """Whether the person may answer a challenge: the manager, or an analyst of the agency that was asked."""
    if not can(person, Action.ANSWER_CHALLENGES):
        return False
    return can(person, Action.SEND_FOR_ANY_AGENCY) or _is_own(person, challenge)


def check_answer_challenge(person: AnyPerson, challenge: OfAgency) -> None:
    """Raise PermissionDenied where `can_answer_challenge` is false."""
    if not can_answer_challenge(person, challenge):
        refuse(person, Action.ANSWER_CHALLENGES, subject=challenge)


# The business plan ------------------------------------------------------------------------------


def can_change_plan(person: AnyPerson) -> bool:
    """Whether the person may add and change priorities, actions, risks and campaigns."""
    return can(person, Action.CHANGE_PLAN)


def check_change_plan(person: AnyPerson) -> None:
    """Raise PermissionDenied for a person who may not change the plan."""
    check(person, Action.CHANGE_PLAN)


def can_report_on_plan(person: AnyPerson, record: OfAgency) -> bool:
    """Whether the person may report on an action, or write what children said: who may change the plan, or an analyst
    of the agency that the record belongs to."""
    if not can(person, Action.REPORT_ON_PLAN):
        return False
    return can(person, Action.CHANGE_PLAN) or _is_own(person, record)


def check_report_on_plan(person: AnyPerson, record: OfAgency) -> None:
    """Raise PermissionDenied where `can_report_on_plan` is false."""
    if not can_report_on_plan(person, record):
        refuse(person, Action.REPORT_ON_PLAN, subject=record)


# Training --------------------------------------------------------------------------------------


def can_edit_training(person: AnyPerson) -> bool:
    """Whether the person may change the records of training: the manager, or an analyst of the training unit."""
    if not can(person, Action.EDIT_TRAINING):
        return False
    agency = getattr(person, "agency", None)
    return can(person, Action.SEND_FOR_ANY_AGENCY) or getattr(agency, "type", "") == "training"


def check_edit_training(person: AnyPerson) -> None:
    """Raise PermissionDenied where `can_edit_training` is false."""
    if not can_edit_training(person):
        refuse(person, Action.EDIT_TRAINING)


# Reviews ---------------------------------------------------------------------------------------


def reviews_visible_to(person: AnyPerson, rows: QuerySet[Row], path: str = "") -> QuerySet[Row]:
    """Of reviews (or of what belongs to one, by `path`, such as `review__`) those the person may see.

    A restricted review is there for the people named on it, whatever their role.
    """
    if not isinstance(person, Person) or not can(person, Action.SEE_FIGURES):
        return rows.none()
    named = person.restricted_reviews.values("pk")
    return rows.filter(Q(**{f"{path}restricted": False}) | Q(**{f"{path}pk__in": named}))


def can_answer_review_action(person: AnyPerson, action: OfAgency) -> bool:
    """Whether the person may report on an agency's action: the manager, or an analyst of the agency."""
    if not can(person, Action.ANSWER_REVIEW_ACTIONS):
        return False
    return can(person, Action.KEEP_REVIEWS) or _is_own(person, action)


def check_answer_review_action(person: AnyPerson, action: OfAgency) -> None:
    """Raise PermissionDenied where `can_answer_review_action` is false."""
    if not can_answer_review_action(person, action):
        refuse(person, Action.ANSWER_REVIEW_ACTIONS, subject=action)


def can_assess_section_11(person: AnyPerson, agency: Agency) -> bool:
    """Whether the person may fill in an agency's self-assessment: an analyst of that agency, and nobody for them."""
    own = isinstance(person, Person) and person.agency_id == agency.pk
    return own and can(person, Action.ASSESS_SECTION_11)


def check_assess_section_11(person: AnyPerson, agency: Agency) -> None:
    """Raise PermissionDenied where `can_assess_section_11` is false."""
    if not can_assess_section_11(person, agency):
        refuse(person, Action.ASSESS_SECTION_11, subject=agency)


# Indicators: where limits begin anew, which are used, their targets ------------------------------


def can_rebase(person: AnyPerson) -> bool:
    """Whether the person may say that an indicator's limits begin anew."""
    return can(person, Action.REBASE)


def check_rebase(person: AnyPerson) -> None:
    """Raise PermissionDenied for a person who may not rebase."""
    check(person, Action.REBASE)


def can_set_indicators(person: AnyPerson) -> bool:
    """Whether the person may switch indicators on and off, order them and set their targets."""
    return can(person, Action.SET_INDICATORS)


def check_set_indicators(person: AnyPerson) -> None:
    """Raise PermissionDenied for a person who may not set indicators."""
    check(person, Action.SET_INDICATORS)


def can_propose_indicators(person: AnyPerson) -> bool:
    """Whether the person may propose an indicator."""
    return can(person, Action.PROPOSE_INDICATORS)


def check_propose_indicators(person: AnyPerson) -> None:
    """Raise PermissionDenied for a person who may not propose indicators."""
    check(person, Action.PROPOSE_INDICATORS)


# The partnership's own matters -----------------------------------------------------------------


def can_see_audit(person: AnyPerson) -> bool:
    """Whether the person may read the audit trail."""
    return can(person, Action.SEE_AUDIT)


def check_see_audit(person: AnyPerson) -> None:
    """Raise PermissionDenied for a person who may not read the audit trail."""
    check(person, Action.SEE_AUDIT)


def can_manage_people(person: AnyPerson) -> bool:
    """Whether the person may add, change and disable people."""
    return can(person, Action.MANAGE_PEOPLE)


def check_manage_people(person: AnyPerson) -> None:
    """Raise PermissionDenied for a person who may not manage people."""
    check(person, Action.MANAGE_PEOPLE)


# Refusing --------------------------------------------------------------------------------------


def refuse(
    person: AnyPerson, action: str, *, subject: object = None, hidden: bool = False
) -> NoReturn:
    """Log a refusal and raise it: Http404 when `hidden`, else PermissionDenied."""
    logger.warning(
        "refused: person %s (%s) may not %s, %s",
        getattr(person, "pk", None) or "signed out",
        getattr(person, "role", "no role"),
        action,
        f"{type(subject).__name__} {getattr(subject, 'pk', '')}" if subject else "nothing named",
    )
    if hidden:
        raise Http404("There is nothing at this address for you.")
    raise PermissionDenied(f"Your role may not {action}.")


def _is_own(person: AnyPerson, thing: OfAgency) -> bool:
    agency_id = getattr(person, "agency_id", None)
    return agency_id is not None and agency_id == thing.agency_id
