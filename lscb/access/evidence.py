"""Who keeps the business plan, the records of training, reviews and section 11."""

from django.db.models import Q, QuerySet

from lscb.access.roles import Action, AnyPerson, OfAgency, Row, can, check, is_own, refuse
from lscb.models import Agency, Person

# The business plan ----------------------------------------------------------------------------


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
    return can(person, Action.CHANGE_PLAN) or is_own(person, record)


def check_report_on_plan(person: AnyPerson, record: OfAgency) -> None:
    """Raise PermissionDenied where `can_report_on_plan` is false."""
    if not can_report_on_plan(person, record):
        refuse(person, Action.REPORT_ON_PLAN, subject=record)


# Training -------------------------------------------------------------------------------------


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


# Reviews --------------------------------------------------------------------------------------


def reviews_visible_to(person: AnyPerson, rows: QuerySet[Row], path: str = "") -> QuerySet[Row]:
    """Of reviews (or of what belongs to one, by `path`, such as `review__`) those the person may see.

    A restricted review is there for the people named on it, whatever their role.
    """
    if not isinstance(person, Person) or not can_see_reviews(person):
        return rows.none()
    return reviews_open_to(person.pk, rows, path)


def can_see_reviews(person: AnyPerson) -> bool:
    """Whether the person may see any reviews at all."""
    return isinstance(person, Person) and can(person, Action.SEE_FIGURES)


def reviews_open_to(number: int, rows: QuerySet[Row], path: str = "") -> QuerySet[Row]:
    """What `reviews_visible_to` gives the person of a number, who may see reviews."""
    named = Person.restricted_reviews.through.objects.filter(person=number).values("review")
    return rows.filter(Q(**{f"{path}restricted": False}) | Q(**{f"{path}pk__in": named}))


def can_answer_review_action(person: AnyPerson, action: OfAgency) -> bool:
    """Whether the person may report on an agency's action: the manager, or an analyst of the agency."""
    if not can(person, Action.ANSWER_REVIEW_ACTIONS):
        return False
    return can(person, Action.KEEP_REVIEWS) or is_own(person, action)


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
