"""E-mails about what waits for people, whichever app it is of: one a person, about what was not said yet.

An e-mail names things and days; it holds no figure and nothing about a child.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from lscb import audit
from lscb.models import Person
from performance.models import MailChoice, SentMail

log = structlog.get_logger()


@dataclass(frozen=True)
class Letter:
    """What stands around the things that are told: the subject ({} is how many), the sentences before and after them,
    and what the audit trail calls it."""

    subject: str
    opening: str
    closing: str
    recorded: str


def tell(told: Mapping[Person, Mapping[str, str]], letter: Letter) -> int:
    """Tell each person what was not told them yet: lines by a key that is the same for as long as nothing is to be said
    again. Who wants no reminders gets none. Returns how many e-mails went out.

    One that cannot be sent keeps nobody else from theirs: it is logged, and tried again the next day.
    """
    unwilling = set(MailChoice.objects.filter(reminders=False).values_list("person", flat=True))
    number = 0
    for person, lines in told.items():
        if person.pk in unwilling:
            continue
        try:
            number += _write(person, lines, letter)
        except OSError as error:  # what sockets and smtplib raise
            log.warning("e-mail not sent", person=person.pk, error=type(error).__name__)
    return number


def _write(person: Person, lines: Mapping[str, str], letter: Letter) -> int:
    """One e-mail of what was not said yet. It is remembered in the transaction that sends it."""
    with transaction.atomic():
        said = SentMail.objects.filter(person=person, key__in=lines).values_list("key", flat=True)
        fresh = {key: line for key, line in lines.items() if key not in set(said)}
        if not fresh:
            return 0
        SentMail.objects.bulk_create(SentMail(person=person, key=key) for key in fresh)
        text = (
            f"{person.name}, {letter.opening}\n\n" + "\n".join(fresh.values()) + "\n\n"
            f"{letter.closing}\nTo get no e-mails of this kind: {settings.SITE_URL}/account/\n"
        )
        audit.record(by=None, action=letter.recorded, subject=person, about=sorted(fresh))
        send_mail(letter.subject.format(len(fresh)), text, None, [person.email])
    return 1
