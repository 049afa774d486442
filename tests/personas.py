"""Everybody who comes to the product: what tests of access try each address with."""

from dataclasses import dataclass

from django.test import Client

from lscb import people
from lscb.models import Person, Role
from tests import factories


@dataclass(frozen=True)
class Persona:
    """A kind of visitor: a role, an agency, whether signed in, whether disabled after signing in."""

    name: str
    role: Role | None = None
    agency: str | None = None
    disabled: bool = False

    @property
    def let_in(self) -> bool:
        """Whether the product lets this visitor in at all."""
        return self.role is not None and not self.disabled


ANONYMOUS = Persona("anonymous")
DISABLED = Persona("disabled manager", Role.MANAGER, disabled=True)
MANAGER = Persona("manager", Role.MANAGER)
COUNCIL = Persona("council's analyst", Role.ANALYST, "council")
POLICE = Persona("police's analyst", Role.ANALYST, "police")
SUBGROUP = Persona("subgroup member", Role.SUBGROUP)
CHAIR = Persona("chair", Role.CHAIR)
EXECUTIVE = Persona("executive", Role.EXECUTIVE)
SCRUTINEER = Persona("scrutineer", Role.SCRUTINEER)

PERSONAS = (
    ANONYMOUS,
    DISABLED,
    MANAGER,
    COUNCIL,
    POLICE,
    SUBGROUP,
    CHAIR,
    EXECUTIVE,
    SCRUTINEER,
)
SIGNED_IN = tuple(persona for persona in PERSONAS if persona.let_in)


def make(persona: Persona) -> Person | None:
    """The person of a persona, saved and not disabled yet; None for somebody signed out."""
    if persona.role is None:
        return None
    return factories.person(persona.role, persona.agency)


def client_of(persona: Persona) -> Client:
    """A browser in which the persona has signed in; a disabled one was disabled afterwards."""
    client = Client()
    person = make(persona)
    if person:
        client.force_login(person)
        if persona.disabled:
            people.disable(person, by=None)
    return client
