"""Who sends returns, sees and accepts submissions, keeps the calendar and maps codes."""

from collections.abc import Collection

from django.db.models import QuerySet

from lscb.access.roles import (
    Action,
    AnyPerson,
    OfAgency,
    Row,
    SentOfAgency,
    can,
    check,
    is_own,
    refuse,
)
from lscb.models import Agency, Person, Role

# Sending returns ------------------------------------------------------------------------------


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


# Submissions ----------------------------------------------------------------------------------


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
    return can(person, Action.SEE_SUBMISSIONS) and is_own(person, submission)


def check_see_submission(person: AnyPerson, submission: OfAgency) -> None:
    """Raise Http404 for another agency's submission: its very existence is not told."""
    if not can_see_submission(person, submission):
        refuse(person, Action.SEE_SUBMISSIONS, subject=submission, hidden=True)


def can_withdraw(person: AnyPerson, submission: OfAgency) -> bool:
    """Whether the person may withdraw this submission: the manager, or an analyst of its agency."""
    if not can(person, Action.WITHDRAW_SUBMISSIONS):
        return False
    return can(person, Action.SEND_FOR_ANY_AGENCY) or is_own(person, submission)


def check_withdraw(person: AnyPerson, submission: OfAgency) -> None:
    """Raise Http404 where the person may not even see the submission, PermissionDenied where they only may see it."""
    check_see_submission(person, submission)
    if not can_withdraw(person, submission):
        refuse(person, Action.WITHDRAW_SUBMISSIONS, subject=submission)


def can_accept(person: AnyPerson, submission: OfAgency) -> bool:
    """Whether the person may answer, submit or discard a file of this agency: the manager, or one of its analysts."""
    if not can(person, Action.SEND_RETURNS):
        return False
    return can(person, Action.SEND_FOR_ANY_AGENCY) or is_own(person, submission)


def check_accept(person: AnyPerson, submission: OfAgency) -> None:
    """Raise Http404 where the person may not even see the submission, PermissionDenied where they only may see it."""
    check_see_submission(person, submission)
    if not can_accept(person, submission):
        refuse(person, Action.SEND_RETURNS, subject=submission)


def can_sign_off(person: AnyPerson, submission: SentOfAgency) -> bool:
    """Whether the person may sign a file off: somebody of its agency who neither sent nor submitted it."""
    if not can(person, Action.SIGN_OFF_RETURNS) or not is_own(person, submission):
        return False
    who = getattr(person, "pk", None)
    return who not in (submission.sender_id, submission.submitted_by_id)


def check_sign_off(person: AnyPerson, submission: SentOfAgency) -> None:
    """Raise Http404 where the person may not even see the submission, PermissionDenied where they may not sign it."""
    check_see_submission(person, submission)
    if not can_sign_off(person, submission):
        refuse(person, Action.SIGN_OFF_RETURNS, subject=submission)


# The calendar of returns ----------------------------------------------------------------------


def calendar_agency(person: AnyPerson) -> int | None:
    """The agency to which a person's calendar is kept: an analyst's own; None for those who see every agency's."""
    if isinstance(person, Person) and person.role == Role.ANALYST:
        return person.agency_id
    return None


def can_see_punctuality(person: AnyPerson) -> bool:
    """Whether the person sees how each agency kept its returns, as counts by month: whoever sees figures.

    It is a figure of the catalogue like attendance at conferences, and stands on every page that shows one. Which
    return is owed, what was sent, and its problems are the calendar and the submissions, kept to the agency itself.
    """
    return can(person, Action.SEE_FIGURES)


def check_see_punctuality(person: AnyPerson) -> None:
    """Raise PermissionDenied unless the person sees how each agency kept its returns."""
    check(person, Action.SEE_FIGURES)


def can_manage_calendar(person: AnyPerson) -> bool:
    """Whether the person may say what is not owed."""
    return can(person, Action.MANAGE_CALENDAR)


def check_manage_calendar(person: AnyPerson) -> None:
    """Raise PermissionDenied for a person who may not say what is not owed."""
    check(person, Action.MANAGE_CALENDAR)


# The agencies' own words for codes ------------------------------------------------------------


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
