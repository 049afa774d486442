"""Taking out of challenges, commentary and decisions about indicators what should never have been written, such as a
name. Who wrote it, about what and when stays; by whom, on which day and why it was taken out stands in place of the
words."""

from django.db import transaction

from lscb import access, audit, history
from lscb.access import Action
from lscb.models import Person
from performance.actions import wordings
from performance.actions.observations import alone
from performance.models import (
    Challenge,
    ChallengeEntry,
    ChallengeFile,
    Commentary,
    Comparable,
    IndicatorSetting,
    Rebase,
)

Kind = ChallengeEntry.Kind
# The text of a challenge that a line of its history repeats.
REPEATED = {Kind.RAISED: "question", Kind.CLOSED: "outcome"}


def take_out_of_challenge(*, by: Person, entry: ChallengeEntry, reason: str) -> None:
    """Take what a line of a challenge's history says out of it, for good: its text, the name of its chart, its file.
    The question goes with the line that raised it, the outcome with the line that closed it last.

    Raises HistoryRefused without a reason and for personal data in it, PermissionDenied by access.
    """
    access.check(by, Action.TAKE_WORDS_OUT)
    instead = history.instead(by, reason)
    with transaction.atomic():
        challenge = Challenge.objects.select_for_update().get(pk=entry.challenge_id)
        entry = challenge.entries.select_for_update().get(pk=entry.pk)
        field = REPEATED.get(Kind(entry.kind))
        if field and getattr(challenge, field) == entry.text:
            setattr(challenge, field, instead)
            challenge.save(update_fields=[field])
        entry.text, entry.said = instead, {}
        entry.view_name = "Chart" if entry.view_name else ""
        entry.save(update_fields=["text", "said", "view_name"])
        ChallengeFile.objects.filter(entry=entry).delete()
        audit.record(
            by=by,
            action="words taken out of a challenge",
            subject=challenge,
            line=entry.pk,
            reason=reason.strip(),
        )


def take_out_of_commentary(*, by: Person, commentary: Commentary, reason: str) -> None:
    """Take a wording out, for good, and what was found in it. What it was written about and who agreed it stays.

    Raises HistoryRefused without a reason and for personal data in it, PermissionDenied by access.
    """
    access.check(by, Action.TAKE_WORDS_OUT)
    instead = history.instead(by, reason)
    with transaction.atomic():
        alone()  # whoever holds it against the figures meanwhile has its words of before
        commentary = Commentary.objects.select_for_update().get(pk=commentary.pk)
        commentary.text = instead
        commentary.written_about.pop("live", None)
        commentary.findings = commentary.findings_now = []
        commentary.agreed_despite = instead if commentary.agreed_despite else ""
        commentary.save()
        wordings.let_go([commentary])
        audit.record(
            by=by,
            action="words taken out of commentary",
            subject=commentary,
            indicator=commentary.indicator,
            reason=reason.strip(),
        )


def take_out_of_decision(
    *, by: Person, decision: IndicatorSetting | Rebase | Comparable, reason: str
) -> None:
    """Take the reason of a decision about an indicator out, for good, wherever it is told: that of its use, place and
    target, of limits that begin anew, of figures that compare across a break. What was decided stays and holds.

    Raises HistoryRefused without a reason and for personal data in it, PermissionDenied by access.
    """
    access.check(by, Action.TAKE_WORDS_OUT)
    instead = history.instead(by, reason)
    with transaction.atomic():
        row = type(decision)._default_manager.select_for_update().get(pk=decision.pk)
        row.reason = instead
        row.save(update_fields=["reason"])
        audit.record(
            by=by,
            action="words taken out of a decision",
            subject=row,
            indicator=row.indicator,
            reason=reason.strip(),
        )
