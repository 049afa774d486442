"""The only writers of training's records: keyword-only, atomic, audited, with what was there before."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from lscb import access, audit, history
from lscb.csvfiles import csv_text
from lscb.models import Agency, Area, Person
from lscb.periods import Period
from lscb.refused import FieldRefused
from performance.actions import receive
from performance.actions.texts import personal_in
from performance.intake.spec import returns
from performance.models import State, Submission
from performance.queries import claims
from training.models import Quote, Record, Theme
from training.sending import RETURN, Quarter, quarter_of


class TrainingRefused(FieldRefused):
    """A change of the records of training that cannot be."""


class ChangedMeanwhile(TrainingRefused):
    """A change that somebody else's came before."""


def save(
    *,
    by: Person | None,
    record: Record,
    themes: Sequence[str] | None = None,
    seen: int | None = None,
) -> Record:
    """Add a record or change one, and write what changed to its history.

    `themes` are those of a quote. `seen` is the newest line of its history that the person had before them (None:
    not known). `by` is None for the sample. Raises PermissionDenied by access, TrainingRefused where its numbers do
    not stand together, a text names somebody or holds a figure that stands for nothing, or somebody else changed it
    meanwhile.
    """
    if by is not None:
        access.check_edit_training(by)
    _check(record, themes)
    with transaction.atomic():
        before = _stored(record)
        if seen is not None and before and history.latest_line(record) != seen:
            raise ChangedMeanwhile(history.CHANGED_MEANWHILE)
        if not before:
            record.made_by = by
        wrong = claims.first_fault(record, before) if by is not None else None
        if wrong:
            field, words = wrong
            raise TrainingRefused(words, field)
        record.save()
        after = state(record)
        if isinstance(record, Quote) and themes is not None:
            record.themes.set(Theme.objects.get_or_create(name=one)[0] for one in themes)
            after["themes"] = ", ".join(sorted(themes))
        changes = history.difference(before, after)
        if changes:
            action = "training record changed" if before else "training record added"
            said = claims.said(record, changes) if record.LIVE else {}
            history.record(by=by, action=action, subject=record, changes=changes, **said)
    return record


def remove(*, by: Person, record: Record, reason: str) -> None:
    """Take a record out; what it held stays in the audit trail.

    Raises PermissionDenied by access, TrainingRefused without a reason, for one that names somebody, or where other
    records stand on it.
    """
    access.check_edit_training(by)
    if not reason.strip():
        raise TrainingRefused("Say why it is taken out.", "reason")
    _refuse_personal("reason", reason)
    with transaction.atomic():
        history.record(
            by=by,
            action="training record removed",
            subject=record,
            reason=reason.strip(),
            changes={name: [text, ""] for name, text in state(record).items()},
        )
        try:
            record.delete()
        except ProtectedError as error:
            raise TrainingRefused(
                "Other records belong to this one. Take those out first, or change this one.",
                "reason",
            ) from error


def send_quarter(*, by: Person, area: Area, quarter: Period) -> Submission:
    """Send the records of a quarter as the return `training`, through the same intake as any file.

    Sending the same again gives the submission that counts already. Raises PermissionDenied by access, TrainingRefused
    where nothing is recorded, something is missing, or no training unit sends for the area.
    """
    access.check_edit_training(by)
    if quarter.start > timezone.localdate():
        raise TrainingRefused(f"{quarter.label} has not begun yet.", "quarter")
    found = quarter_of(area, quarter)
    if not found.sessions:
        raise TrainingRefused(f"No session is recorded for {quarter.label}.", "quarter")
    if found.missing:
        raise TrainingRefused(f"Fill in first: {'; '.join(found.missing)}.", "quarter")
    agency = _sender(by, area)
    content = content_of(found)
    same = Submission.objects.filter(
        return_id=RETURN,
        agency=agency,
        area=area,
        period_code=quarter.code,
        checksum=hashlib.sha256(content).hexdigest(),
        state=State.ACCEPTED,
    ).first()
    if same:
        return same
    with transaction.atomic():
        submission = receive(
            by=by,
            return_id=RETURN,
            agency=agency,
            area=area,
            period=quarter,
            filename=f"{RETURN}-{quarter.code}.csv",
            content=content,
            source="The records of training",
            previewed=True,
        )
        audit.record(
            by=by, action="training quarter sent", subject=submission, sessions=found.sessions
        )
    return submission


def content_of(quarter: Quarter) -> bytes:
    """The file of a quarter."""
    header = returns()[RETURN].counts_columns
    return csv_text(header, (line.cells(quarter.quarter) for line in quarter.lines)).encode()


def _sender(by: Person, area: Area) -> Agency:
    """The training unit that sends for an area: the person's own, where they are of one."""
    units = Agency.objects.filter(type=RETURN, areas=area)
    own = units.filter(pk=by.agency_id).first() if by.agency_id else None
    found = own or units.order_by("pk").first()
    if found is None:
        raise TrainingRefused(f"No training unit sends returns for {area.name}.", "area")
    return found


def _check(record: Record, themes: Sequence[str] | None) -> None:
    try:
        record.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise TrainingRefused(" ".join(messages), field) from error
    texts = [(name, str(getattr(record, name))) for name in record.TEXTS]
    for field, text in [*texts, *(("themes", one) for one in themes or ())]:
        _refuse_personal(field, text)


def _refuse_personal(field: str, text: str) -> None:
    if said := personal_in(text):
        raise TrainingRefused(said, field)


def _stored(record: Record) -> dict[str, str]:
    """The record as it is in the database, locked; empty for a new one."""
    if record.pk is None:
        return {}
    row = type(record)._default_manager.select_for_update().get(pk=record.pk)
    return state(row)


def state(record: Record) -> dict[str, str]:
    """Every field that people fill in, as words."""
    found = history.state(record, _listed)
    if isinstance(record, Quote) and record.pk:
        found["themes"] = ", ".join(sorted(one.name for one in record.themes.all()))
    return found


def _listed(recommendations: list[Any]) -> str:
    """The names of recommendations, never what they say."""
    return ", ".join(str(one).replace(":", " ") for one in recommendations)
