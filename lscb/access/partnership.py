"""Who sees the audit trail and manages people."""

from lscb.access.roles import Action, AnyPerson, can, check


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
