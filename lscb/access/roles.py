"""What each role may do, and how the others are refused."""

import logging
from enum import StrEnum
from typing import Any, NoReturn, Protocol, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404

from lscb.models import Person, Role

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
    TAKE_WORDS_OUT = "take words out of challenges, commentary and decisions about indicators"
    PIN_VIEWS = "pin charts to a meeting"
    KEEP_MEETINGS = "keep the days of meetings"
    KEEP_EVENTS = "keep the events on charts"
    KEEP_AGENCIES = "keep the agencies"
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
    ANSWER_PROPOSALS = "answer this proposal of an indicator"
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
    Action.TAKE_WORDS_OUT: frozenset({Role.MANAGER}),
    Action.PIN_VIEWS: frozenset({Role.MANAGER, Role.SUBGROUP, Role.CHAIR}),
    Action.KEEP_MEETINGS: frozenset({Role.MANAGER}),
    Action.KEEP_EVENTS: frozenset({Role.MANAGER}),
    Action.KEEP_AGENCIES: frozenset({Role.MANAGER}),
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
    Action.ANSWER_PROPOSALS: frozenset({Role.MANAGER, Role.CHAIR}),
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


def is_own(person: AnyPerson, thing: OfAgency) -> bool:
    """Whether a thing belongs to the person's agency."""
    agency_id = getattr(person, "agency_id", None)
    return agency_id is not None and agency_id == thing.agency_id
