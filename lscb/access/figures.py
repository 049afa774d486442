"""Who sees figures, sets indicators, and writes, freezes and challenges what is said about them."""

from lscb.access.roles import Action, AnyPerson, OfAgency, can, check, is_own, refuse
from lscb.models import Agency, Person

# Figures: scorecard, dashboards, indicators, signals ------------------------------------------


def can_see_figures(person: AnyPerson) -> bool:
    """Whether the person sees the partnership's figures."""
    return can(person, Action.SEE_FIGURES)


def check_see_figures(person: AnyPerson) -> None:
    """Raise PermissionDenied unless the person sees the partnership's figures."""
    check(person, Action.SEE_FIGURES)


# Indicators: where limits begin anew, which are used, their targets ---------------------------


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


def can_answer_proposals(person: AnyPerson) -> bool:
    """Whether the person may answer proposals of indicators."""
    return can(person, Action.ANSWER_PROPOSALS)


def check_answer_proposals(person: AnyPerson) -> None:
    """Raise PermissionDenied for a person who may not answer proposals of indicators."""
    check(person, Action.ANSWER_PROPOSALS)


def can_agree_to_proposal(person: AnyPerson, made_by_id: int) -> bool:
    """Whether the person may agree to a proposal of somebody: not to their own."""
    return can_answer_proposals(person) and getattr(person, "pk", None) != made_by_id


def check_agree_to_proposal(person: AnyPerson, made_by_id: int) -> None:
    """Raise PermissionDenied where `can_agree_to_proposal` is false."""
    if not can_agree_to_proposal(person, made_by_id):
        refuse(person, Action.ANSWER_PROPOSALS)


# Editions, commentary and challenges ----------------------------------------------------------


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
    return can(person, Action.SEND_FOR_ANY_AGENCY) or is_own(person, challenge)


def check_answer_challenge(person: AnyPerson, challenge: OfAgency) -> None:
    """Raise PermissionDenied where `can_answer_challenge` is false."""
    if not can_answer_challenge(person, challenge):
        refuse(person, Action.ANSWER_CHALLENGES, subject=challenge)
