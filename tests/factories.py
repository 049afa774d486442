"""Makes areas, agencies and people for tests. Everything else is made through the product's own actions."""

from itertools import count
from typing import Any

from lscb.models import Agency, Area, Person, Role

PASSWORD = "seven quiet otters swim"
_numbers = count(1)

# The agencies of the partnership: slug, name, type. The type decides which returns they owe.
AGENCIES = (
    ("council", "Luton Borough Council", "council"),
    ("police", "Bedfordshire Police", "police"),
    ("health", "Cambridgeshire Community Services", "health"),
    ("training", "Safeguarding Bedfordshire", "training"),
)


def area(code: str = "E06000032", name: str = "Luton", **fields: Any) -> Area:
    """The area of this code, made when it is missing."""
    defaults = {"name": name, "kind": Area.Kind.LOCAL_AUTHORITY} | fields
    return Area.objects.get_or_create(code=code, defaults=defaults)[0]


def agency(slug: str = "council") -> Agency:
    """The agency of this slug, made when it is missing; another slug gives another council."""
    known = {one[0]: one for one in AGENCIES}
    _, name, kind = known.get(slug, (slug, slug.title(), "council"))
    return Agency.objects.get_or_create(slug=slug, defaults={"name": name, "type": kind})[0]


def person(
    role: Role | str = Role.SUBGROUP, agency_slug: str | None = None, **fields: Any
) -> Person:
    """A new person whose password is PASSWORD; an analyst is of the council unless another agency is given."""
    if role == Role.ANALYST and agency_slug is None:
        agency_slug = "council"
    values = {
        "email": f"person{next(_numbers)}@example.org",
        "name": "Ada Vale",
        "role": role,
        "agency": agency(agency_slug) if agency_slug else None,
        "password": PASSWORD,
    } | fields
    return Person.objects.create_user(**values)
