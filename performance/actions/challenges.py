"""The challenge log: a question, its answer, what difference it made. Every step stays in the history."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from lscb import access, audit
from lscb.access import Action
from lscb.days import day_words
from lscb.models import Agency, Area, Person
from lscb.periods import Period
from lscb.working_days import add_working_days, is_working_day
from performance import contributed
from performance.actions.texts import check_texts
from performance.indicators.claims.placeholders import as_they_were
from performance.indicators.spec import indicators
from performance.intake.attachments import check_attachment
from performance.intake.problems import Refusal
from performance.intake.spec import returns
from performance.models import (
    Challenge,
    ChallengeEntry,
    ChallengeFile,
    MailChoice,
    SavedView,
    Signal,
)

log = structlog.get_logger("performance.challenges")
Kind = ChallengeEntry.Kind
DAYS_BEFORE = 3  # working days before an answer is due, from which it is reminded of


class ChallengeRefused(Exception):
    """A step that cannot be taken. Its text is for the person who tried."""


def raise_challenge(
    *,
    by: Person,
    question: str,
    agency: Agency,
    area: Area,
    due: date,
    indicator: str = "",
    return_id: str = "",
    subject: str = "",
    signal: Signal | None = None,
    period: Period | None = None,
    owner: Person | None = None,
    live: Mapping[str, str] | None = None,
) -> Challenge:
    """Put a question to an agency, about an indicator, a signal, a return or what another app keeps (`subject`, such as
    `review:12`); `live` as for `answer`. Raises ChallengeRefused where something is missing, PermissionDenied by
    access."""
    access.check(by, Action.RAISE_CHALLENGES)
    indicator = indicator or (signal.indicator if signal else "")
    _check_text(question, "Write the question.")
    _check_about(by, indicator, return_id, subject)
    if due < timezone.localdate():
        raise ChallengeRefused("The day it is due has passed. Choose a later one.")
    if owner is not None:
        _check_owner(owner, agency, subject)
    with transaction.atomic():
        challenge = Challenge.objects.create(
            question=question.strip(),
            indicator=indicator,
            return_id=return_id,
            subject=subject,
            signal=signal,
            area=area,
            period_code=period.code if period else "",
            agency=agency,
            owner=owner,
            due=due,
            raised_by=by,
        )
        _enter(challenge, by, Kind.RAISED, question, live=live)
        audit.record(by=by, action="challenge raised", subject=challenge, agency=agency.slug)
        transaction.on_commit(lambda: _tell(challenge, as_they_were(question.strip(), live or {})))
    return challenge


def _check_owner(owner: Person, agency: Agency, subject: str) -> None:
    """Refuse somebody of another agency, and somebody who may not see what the question is about."""
    if owner.agency_id != agency.pk:
        raise ChallengeRefused(f"{owner.name} does not belong to {agency.name}.")
    if subject and subject not in contributed.things(owner):
        raise ChallengeRefused(f"{owner.name} may not see what the question is about.")


def _check_about(by: Person, indicator: str, return_id: str, subject: str) -> None:
    """Refuse what does not exist, or not for the person, and a question about nothing."""
    if indicator and indicator not in indicators():
        raise ChallengeRefused(f"There is no indicator '{indicator}'.")
    if return_id and return_id not in returns():
        raise ChallengeRefused(f"There is no return '{return_id}'.")
    if subject and subject not in contributed.things(by):
        raise ChallengeRefused("What the question is about does not exist, or you may not see it.")
    if not (indicator or return_id or subject):
        raise ChallengeRefused("Say which indicator, return or review the question is about.")


def _check_text(text: str, missing: str = "") -> None:
    """Refuse an empty text where there must be one, and a text that identifies a person. Nothing of it is echoed."""
    if missing and not text.strip():
        raise ChallengeRefused(missing)
    check_texts(ChallengeRefused, text)


def answer(
    *,
    by: Person,
    challenge: Challenge,
    text: str,
    evidence: str = "",
    live: Mapping[str, str] | None = None,
) -> None:
    """Answer a challenge, with the evidence, beside what the `live` figures of both said, as they are written. Raises
    ChallengeRefused or PermissionDenied."""
    access.check_answer_challenge(by, challenge)
    _check_text(text, "Write the answer.")
    _check_text(evidence)
    with transaction.atomic():
        challenge = _locked(challenge)
        if challenge.state == Challenge.State.CLOSED:
            raise ChallengeRefused("This challenge is closed.")
        challenge.state, challenge.answered_at = Challenge.State.ANSWERED, timezone.now()
        challenge.save(update_fields=["state", "answered_at"])
        _enter(challenge, by, Kind.ANSWER, text, live=live)
        if evidence.strip():
            _enter(challenge, by, Kind.EVIDENCE, evidence, live=live)
        audit.record(by=by, action="challenge answered", subject=challenge)


def close(
    *, by: Person, challenge: Challenge, outcome: str, live: Mapping[str, str] | None = None
) -> None:
    """Close an answered challenge and say what difference it made; `live` as for `answer`. Raises ChallengeRefused or
    PermissionDenied."""
    access.check(by, Action.CLOSE_CHALLENGES)
    _check_text(outcome, "Say what difference it made, also where it made none.")
    with transaction.atomic():
        challenge = _locked(challenge)
        if challenge.state != Challenge.State.ANSWERED:
            raise ChallengeRefused(
                f"This challenge is {challenge.get_state_display().lower()}; only an answered one is closed."
            )
        challenge.state, challenge.closed_at = Challenge.State.CLOSED, timezone.now()
        challenge.outcome = outcome.strip()
        challenge.save(update_fields=["state", "closed_at", "outcome"])
        _enter(challenge, by, Kind.CLOSED, outcome, live=live)
        audit.record(by=by, action="challenge closed", subject=challenge)


def ask_again(
    *,
    by: Person,
    challenge: Challenge,
    text: str,
    due: date,
    live: Mapping[str, str] | None = None,
) -> None:
    """Send an answer back with what is still open and a new due day; `live` as for `answer`. Raises ChallengeRefused or
    PermissionDenied."""
    access.check(by, Action.CLOSE_CHALLENGES)
    _check_text(text, "Say what the answer leaves open.")
    if due < timezone.localdate():
        raise ChallengeRefused("The day it is due has passed. Choose a later one.")
    with transaction.atomic():
        challenge = _locked(challenge)
        if challenge.state != Challenge.State.ANSWERED:
            raise ChallengeRefused("Only an answered challenge can be asked again.")
        challenge.state, challenge.answered_at, challenge.due = Challenge.State.OPEN, None, due
        challenge.save(update_fields=["state", "answered_at", "due"])
        _enter(challenge, by, Kind.REOPENED, text, live=live)
        audit.record(by=by, action="challenge asked again", subject=challenge)
        transaction.on_commit(lambda: _tell(challenge, as_they_were(text.strip(), live or {})))


def add_note(
    *,
    by: Person,
    challenge: Challenge,
    text: str = "",
    view: SavedView | None = None,
    file: tuple[str, bytes] | None = None,
    live: Mapping[str, str] | None = None,
) -> ChallengeEntry:
    """Add a note, a saved view or a file (its name and bytes) to a challenge, so that it collects what a deep dive
    found. A text may go with either; `live` as for `answer`.

    Whoever may raise, answer or close may add. Raises ChallengeRefused or PermissionDenied. A file that is refused is
    not kept.
    """
    if not access.can(by, Action.RAISE_CHALLENGES):
        access.check_answer_challenge(by, challenge)
    if view is not None and view.owner_id != by.pk and not view.shared:
        raise ChallengeRefused("Choose one of your own views or a shared one.")
    if not text.strip() and view is None and file is None:
        raise ChallengeRefused("Write a note, choose a view or attach a file.")
    _check_text(text)
    name = _check_file(*file) if file else ""
    with transaction.atomic():
        kind = Kind.FILE if file else Kind.VIEW if view else Kind.NOTE
        entry = _enter(challenge, by, kind, text, view, live=live)
        if file:
            content = file[1]
            ChallengeFile.objects.create(
                entry=entry,
                name=name,
                size=len(content),
                checksum=hashlib.sha256(content).hexdigest(),
                content=content,
            )
        audit.record(by=by, action="challenge noted", subject=challenge, kind=str(kind))
    return entry


def _check_file(name: str, content: bytes) -> str:
    try:
        return check_attachment(content, name)
    except Refusal as refusal:
        said = [f"{one.message} {one.suggestion}".strip() for one in refusal.problems]
        raise ChallengeRefused(" ".join(said)) from refusal


def _tell(challenge: Challenge, question: str) -> None:
    """Tell its owner, else the agency's people, that a question waits. One that cannot be sent is logged: the question
    stands on their first page, and they are reminded before it is due."""
    unwilling = set(MailChoice.objects.filter(reminders=False).values_list("person", flat=True))
    emails = _emails(challenge, unwilling)
    if not emails:
        return
    try:
        send_mail(
            f"A question to {challenge.agency.name} waits for an answer",
            f"It is due on {day_words(challenge.due)}.\n\n"
            f"{question}\n\n{settings.SITE_URL}/challenges/{challenge.pk}/\n",
            None,
            emails,
        )
    except OSError as error:  # what sockets and smtplib raise
        log.warning("e-mail not sent", challenge=challenge.pk, error=type(error).__name__)


def _emails(challenge: Challenge, unwilling: set[int]) -> list[str]:
    """Whom a challenge is for: its owner, else the agency's people, of those who may read it and want e-mails."""
    people = [challenge.owner] if challenge.owner else list(challenge.agency.people.all())
    return [
        one.email
        for one in people
        if one.is_active and one.pk not in unwilling and _may_read(one, challenge)
    ]


def remind(
    *,
    today: date,
    address: str = "",
    question_of: Callable[[Challenge], str] = attrgetter("question"),
) -> int:
    """Remind the owners of open challenges: once in the last working days before the answer is due, and each working
    day that it is overdue; nothing at weekends and on bank holidays. Returns how many messages went out.

    Without an owner the agency's people are reminded. `address` is put before the challenge's path in the message;
    `question_of` says how a question is read.
    """
    if not is_working_day(today):
        return 0
    near = Challenge.objects.filter(
        state=Challenge.State.OPEN, due__lte=add_working_days(today, DAYS_BEFORE)
    )
    unwilling = set(MailChoice.objects.filter(reminders=False).values_list("person", flat=True))
    return sum(
        _reminded(one, unwilling, today, address, question_of)
        for one in near.select_related("agency", "owner")
    )


def _reminded(
    challenge: Challenge,
    unwilling: set[int],
    today: date,
    address: str,
    question_of: Callable[[Challenge], str],
) -> int:
    """How many messages went out about a challenge. One that cannot be sent keeps nobody else from theirs: it is
    logged, and tried again the next day."""
    emails = _emails(challenge, unwilling)
    try:
        with transaction.atomic():
            challenge = _locked(challenge)
            if not emails or _was_reminded(challenge, today):
                return 0
            _enter(challenge, None, Kind.REMINDED, f"Due on {day_words(challenge.due)}")
            send_mail(
                f"A challenge to {challenge.agency.name} waits for an answer",
                f"It {'was' if challenge.due < today else 'is'} due on {day_words(challenge.due)}.\n\n"
                f"{question_of(challenge)}\n\n{address}/challenges/{challenge.pk}/\n",
                None,
                emails,
            )
    except OSError as error:  # what sockets and smtplib raise
        log.warning("e-mail not sent", challenge=challenge.pk, error=type(error).__name__)
        return 0
    return 1


def _was_reminded(challenge: Challenge, today: date) -> bool:
    """Whether an overdue challenge was reminded of on this day, or one that is due soon since it was last asked."""
    told = challenge.entries.filter(kind=Kind.REMINDED)
    if challenge.due < today:
        return told.filter(at__date=today).exists()
    again = challenge.entries.filter(kind=Kind.REOPENED).order_by("-at").first()
    return (told.filter(at__gt=again.at) if again else told).exists()


def _may_read(person: Person, challenge: Challenge) -> bool:
    return not challenge.subject or challenge.subject in contributed.things(person)


def _locked(challenge: Challenge) -> Challenge:
    return Challenge.objects.select_for_update().get(pk=challenge.pk)


def _enter(
    challenge: Challenge,
    by: Person | None,
    kind: str,
    text: str,
    view: SavedView | None = None,
    live: Mapping[str, str] | None = None,
) -> ChallengeEntry:
    return ChallengeEntry.objects.create(
        challenge=challenge,
        person=by,
        kind=kind,
        text=text.strip(),
        said=dict(live or {}),
        view_name=view.name if view else "",
        view_address=view.address if view else "",
    )
