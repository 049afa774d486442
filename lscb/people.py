"""People who sign in: how they do, how they are disabled, and the people of the demonstration.

Nobody signs up. The demonstration's people share one password that everybody knows, so outside the demonstration
nothing lets them in: they are not made, those left in a database are disabled when it is migrated, and the backend
below refuses them whatever the database says.
"""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from knox.models import AuthToken

from lscb import audit
from lscb.models import Agency, Person, Role
from lscb.prepared import prepared

logger = logging.getLogger("lscb.people")

# The demonstration's people: e-mail address, name, role, slug of the agency. Colleagues sign off what an analyst sent.
DEMONSTRATION_PEOPLE: tuple[tuple[str, str, Role, str | None], ...] = (
    ("manager@example.org", "Morgan Ellis", Role.MANAGER, None),
    ("analyst.police@example.org", "Priya Shah", Role.ANALYST, "police"),
    ("analyst.council@example.org", "Callum Reid", Role.ANALYST, "council"),
    ("colleague.council@example.org", "Ines Marlow", Role.ANALYST, "council"),
    ("analyst.health@example.org", "Hannah Osei", Role.ANALYST, "health"),
    ("colleague.health@example.org", "Dev Anand", Role.ANALYST, "health"),
    ("analyst.training@example.org", "Tomasz Nowak", Role.ANALYST, "training"),
    ("subgroup@example.org", "Sam Whitaker", Role.SUBGROUP, None),
    ("chair@example.org", "Chandra Begum", Role.CHAIR, None),
    ("executive@example.org", "Eleanor Frost", Role.EXECUTIVE, None),
    ("scrutineer@example.org", "Samira Khan", Role.SCRUTINEER, None),
)


# Signing in ------------------------------------------------------------------------------------


def may_sign_in(person: Person) -> bool:
    """Whether the person is let in at all: not disabled, and not of the demonstration outside it."""
    return person.is_active and (settings.DEMONSTRATION or not person.demonstration)


@prepared
def _with_agency(number: int) -> QuerySet[Person]:
    """The person of a number, with their agency."""
    return Person.objects.select_related("agency").filter(pk=number).order_by()


class Backend(AuthenticationBackend):
    """Finds people by e-mail address and password. Asked on every request, so a refusal also ends a session."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the person is let in; part of Django's contract for backends."""
        return isinstance(user, Person) and may_sign_in(user)

    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session with their agency, which every page shows; None for one not let in."""
        person = next(iter(_with_agency(user_id)), None)
        return person if person and may_sign_in(person) else None


class AccountAdapter(DefaultAccountAdapter):
    """How allauth behaves here: nobody signs up, and signing in leaves a trace."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": (
            "No account has this email address and password. Check both, and whether Caps Lock is on."
        ),
        "invalid_login": "No account has this email address and password. Check both.",
        "too_many_login_attempts": "Too many attempts. Wait five minutes, then try again.",
        "incorrect_password": "That is not your current password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never: people are added by the partnership manager."""
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Turn away who is not let in, although their password was right."""
        if not may_sign_in(user):
            logger.warning("refused: person %s may not sign in", user.pk)
            return self.respond_user_inactive(request, user)
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Write the sign-in to the audit trail."""
        audit.record(by=user, action="signed in", subject=user)
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002
        """Log that a sign-in failed and from where; the address that was typed may be a slip, so it is not kept."""
        logger.warning("refused: a sign-in failed, from %s", self.get_client_ip(request))

    def set_password(self, user: Any, password: str) -> None:
        """Change the password, which ends the person's other sessions and tokens."""
        with transaction.atomic():
            super().set_password(user, password)
            AuthToken.objects.filter(user=user).delete()
            audit.record(by=user, action="changed password", subject=user)


# Disabling -------------------------------------------------------------------------------------


def disable(person: Person, *, by: Person | None) -> None:
    """Let a person in no more: their sessions and tokens end now and do not come back with them."""
    with transaction.atomic():
        person.is_active = False
        person.save(update_fields=["is_active"])
        end_sessions(person)
        audit.record(by=by, action="disabled person", subject=person)


def end_sessions(person: Person) -> None:
    """Sign a person out everywhere and take back their API tokens."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
    AuthToken.objects.filter(user=person).delete()


# The demonstration -----------------------------------------------------------------------------


def demonstration_people() -> list[Person]:
    """Make the demonstration's nine people, or bring them up to date; safe to repeat.

    Raises ImproperlyConfigured outside the demonstration, and LookupError while one of their agencies is missing.
    """
    if not settings.DEMONSTRATION:
        raise ImproperlyConfigured("The demonstration’s people exist in the demonstration only.")
    agencies = {agency.slug: agency for agency in Agency.objects.all()}
    wanted = {slug for *_, slug in DEMONSTRATION_PEOPLE if slug}
    if missing := sorted(wanted - set(agencies)):
        raise LookupError(f"Load the agencies first; missing: {', '.join(missing)}.")
    password = _demonstration_password()
    with transaction.atomic():
        return [
            Person.objects.update_or_create(
                email=email,
                defaults={
                    "name": name,
                    "role": role,
                    "agency": agencies[slug] if slug else None,
                    "password": password,
                    "is_active": True,
                    "demonstration": True,
                },
            )[0]
            for email, name, role, slug in DEMONSTRATION_PEOPLE
        ]


def _demonstration_password() -> str:
    """The shared password, hashed once: hashing is slow by design, and a second start should be quick."""
    kept = Person.objects.filter(demonstration=True).order_by("pk").first()
    if kept and check_password(settings.DEMO_PASSWORD, kept.password):
        return kept.password
    return make_password(settings.DEMO_PASSWORD)


def forbidden_people() -> QuerySet[Person]:
    """The demonstration's people who are enabled although this is no demonstration."""
    people = Person.objects.filter(demonstration=True, is_active=True)
    return people.none() if settings.DEMONSTRATION else people


def disable_forbidden_people(**_signal: Any) -> None:
    """Disable them; called whenever the database was migrated."""
    for person in forbidden_people():
        disable(person, by=None)
        logger.warning("disabled %s: it belongs to the demonstration only", person.email)
