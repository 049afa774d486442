"""An agency's own words for codes: proposed by an analyst, approved by the manager, used by intake, revocable.

A mapping that is only proposed is used where a person looks at the result before it counts; an approved one always.
"""

import re
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from lscb import access, audit
from lscb.models import Agency, Person
from performance.actions.submissions import SubmissionRefused, read_file, receive, spec_of
from performance.intake.codes import code_list, plain
from performance.intake.matching import MAPPED_NOTE
from performance.intake.personal import names_nobody
from performance.intake.spec import ReturnSpec, returns
from performance.models import Mapping, State, Submission

LONGEST = 80
USED = re.compile(rf"^(\w+): '(.*)' was read as '[^']*', {re.escape(MAPPED_NOTE)}")


class MappingRefused(Exception):
    """A mapping that cannot be. Its text is for the person who asked for it."""


def in_use(agency: Agency, spec: ReturnSpec, *, proposed: bool) -> dict[str, dict[str, str]]:
    """The agency's words for the codes of a return: dimension -> text -> code. With `proposed` also unapproved ones."""
    rows = Mapping.objects.filter(agency=agency, revoked_at__isnull=True)
    if not proposed:
        rows = rows.filter(approved_at__isnull=False)
    by_list: dict[str, dict[str, str]] = {}
    for row in rows:
        by_list.setdefault(row.codes, {})[row.text] = row.code
    return {one.name: by_list[one.codes] for one in spec.dimensions if one.codes in by_list}


def propose(*, by: Person, agency: Agency, codes: str, text: str, code: str) -> Mapping:
    """Map a word of an agency to a code of a list. The manager's own are approved at once.

    Raises PermissionDenied by access, MappingRefused for a list, text or code that cannot be, or mapped already.
    """
    access.check_propose_mapping(by, agency)
    text = plain(text)
    _refuse_unfit(codes, text, code)
    try:
        with transaction.atomic():
            made = Mapping.objects.create(
                agency=agency, codes=codes, text=text, code=code, proposed_by=by
            )
            audit.record(
                by=by, action="mapping proposed", subject=made, codes=codes, text=text, code=code
            )
            if access.can_approve_mappings(by):
                approve(by=by, mapping=made)
    except IntegrityError as error:
        raise MappingRefused(f"'{text}' is mapped already. Revoke that mapping first.") from error
    return made


def _refuse_unfit(codes: str, text: str, code: str) -> None:
    if codes not in {one.codes for spec in returns().values() for one in spec.dimensions}:
        raise MappingRefused("There is no such list of codes.")
    known = code_list(codes)
    if code not in known:
        raise MappingRefused("Choose one of the codes of the list.")
    if not text or len(text) > LONGEST:
        raise MappingRefused(f"The text has 1 to {LONGEST} characters.")
    if not names_nobody(text):
        raise MappingRefused("The text looks like something personal and cannot be mapped.")
    if known.match(text):
        raise MappingRefused(f"'{text}' is understood already.")


def approve(*, by: Person, mapping: Mapping) -> None:
    """Let a mapping be used for every file of the agency. Approving twice is approving once.

    Raises PermissionDenied by access, MappingRefused for one that was revoked.
    """
    access.check_approve_mappings(by)
    with transaction.atomic():
        mapping = Mapping.objects.select_for_update().get(pk=mapping.pk)
        if mapping.revoked_at:
            raise MappingRefused("This mapping was revoked.")
        if not mapping.approved_at:
            mapping.approved_by, mapping.approved_at = by, timezone.now()
            mapping.save(update_fields=["approved_by", "approved_at"])
            audit.record(by=by, action="mapping approved", subject=mapping)


def revoke(*, by: Person, mapping: Mapping) -> None:
    """Stop using a mapping. Numbers that were taken with it stay. Raises PermissionDenied by access."""
    access.check_propose_mapping(by, mapping.agency)
    with transaction.atomic():
        mapping = Mapping.objects.select_for_update().get(pk=mapping.pk)
        if not mapping.revoked_at:
            mapping.revoked_by, mapping.revoked_at = by, timezone.now()
            mapping.save(update_fields=["revoked_by", "revoked_at"])
            audit.record(by=by, action="mapping revoked", subject=mapping)


def count_uses(submission: Submission, notes: Iterable[str]) -> None:
    """Count each mapping that a file was read with, as the notes of its check tell."""
    lists = {one.name: one.codes for one in spec_of(submission).dimensions}
    for note in notes:
        found = USED.match(note)
        if found and found[1] in lists:
            Mapping.objects.filter(
                agency=submission.agency,
                codes=lists[found[1]],
                text=plain(found[2]),
                revoked_at__isnull=True,
            ).update(uses=F("uses") + 1, last_used_at=timezone.now())


def check_again(*, by: Person, submission: Submission) -> Submission:
    """Send the bytes of a refused file once more, now that its words are mapped.

    Raises PermissionDenied or Http404 by access, SubmissionRefused when it was not refused or its bytes are gone.
    """
    access.check_accept(by, submission)
    if submission.state != State.REFUSED:
        raise SubmissionRefused("Only a refused file can be checked again.")
    try:
        content = read_file(submission)
    except FileNotFoundError as error:
        raise SubmissionRefused("The file was deleted. Send it again.") from error
    return receive(
        by=by,
        return_id=submission.return_id,
        agency=submission.agency,
        area=submission.area,
        period=submission.period,
        filename=submission.filename,
        content=content,
        idempotency_key=None,
        previewed=True,
    )
