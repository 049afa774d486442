"""Writing commentary: what figures tell, by an agency or the Subgroup. A new wording never removes an earlier one."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lscb import access, audit, drafts
from lscb.models import Agency, Area, Person
from lscb.periods import Period
from performance.actions import wordings
from performance.actions.observations import alone
from performance.actions.texts import check_texts
from performance.indicators.claims import Finding
from performance.indicators.spec import indicators
from performance.models import Commentary, Observation


class CommentaryRefused(Exception):
    """A wording that cannot be taken. Its text is for its writer."""


LONGEST, LONGEST_REASON = 3000, 500  # characters


def write_commentary(
    *,
    by: Person,
    indicator: str,
    area: Area,
    period: Period,
    text: str,
    agency: Agency | None,
    live: Mapping[str, str] | None = None,
) -> Commentary:
    """Keep a wording for the Subgroup (no agency) or for an agency, beside the numbers it was written about, what
    its `live` figures said, as they are written, and what the figures contradict in it.

    Raises CommentaryRefused for an unknown indicator or a text that is empty, too long or identifies a person,
    PermissionDenied by access.
    """
    access.check_write_commentary(by, agency)
    words = text.strip()
    if indicator not in indicators():
        raise CommentaryRefused(f"There is no indicator '{indicator}'.")
    if not words:
        raise CommentaryRefused("Write what the figures tell, in a sentence or two.")
    if len(words) > LONGEST:
        raise CommentaryRefused(f"Write at most {LONGEST:,} characters; this has {len(words):,}.")
    check_texts(CommentaryRefused, words)
    with transaction.atomic():
        alone()
        written = Commentary.objects.create(
            indicator=indicator,
            area=area,
            period_code=period.code,
            voice=Commentary.Voice.AGENCY if agency else Commentary.Voice.SUBGROUP,
            agency=agency,
            text=words,
            written_by=by,
            written_about=numbers_of(indicator, area, period)
            | ({"live": dict(live)} if live else {}),
        )
        wordings.let_go(_alike(written).exclude(pk=written.pk))
        wordings.hold([written])
        written.findings = written.findings_now
        written.save(update_fields=["findings"])
        audit.record(by=by, action="commentary written", subject=written, indicator=indicator)
    return written


def kept(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """Findings as they are kept beside a wording."""
    return [asdict(one) for one in findings]


def agree_commentary(*, by: Person, commentary: Commentary, despite: str = "") -> None:
    """Agree a wording. Where the figures contradict it now, `despite` says why it is agreed all the same.

    Raises CommentaryRefused when a newer one stands and without a reason where one is needed, PermissionDenied by
    access.
    """
    despite = despite.strip()
    access.check_agree_commentary(by, commentary.written_by_id)
    with transaction.atomic():
        alone()
        commentary = Commentary.objects.select_for_update().get(pk=commentary.pk)
        _check_stands(commentary)
        wordings.hold([commentary])
        found = commentary.findings_now
        if found and not despite:
            raise CommentaryRefused(
                "The figures contradict this wording. Correct it, or say why it is agreed all the same."
            )
        check_reason(despite)
        commentary.agreed_by, commentary.agreed_at = by, timezone.now()
        commentary.findings, commentary.agreed_despite = found, despite if found else ""
        commentary.save(update_fields=["agreed_by", "agreed_at", "findings", "agreed_despite"])
        audit.record(
            by=by,
            action="commentary agreed",
            subject=commentary,
            contradicted=len(found),
        )


def _check_stands(commentary: Commentary) -> None:
    """Raises CommentaryRefused for a wording after which another was written, and for one that is agreed already."""
    if _alike(commentary).filter(pk__gt=commentary.pk).exists():
        raise CommentaryRefused("Somebody has written a newer wording. Read that one first.")
    if commentary.agreed_at:
        raise CommentaryRefused("This wording is agreed already.")


def _alike(commentary: Commentary) -> QuerySet[Commentary]:
    """What one voice said of an indicator and a period."""
    return Commentary.objects.filter(
        indicator=commentary.indicator,
        area=commentary.area_id,
        period_code=commentary.period_code,
        voice=commentary.voice,
        agency=commentary.agency_id,
    )


def check_reason(text: str) -> None:
    """Raises CommentaryRefused for a reason that is too long or looks like a child's data."""
    if len(text) > LONGEST_REASON:
        raise CommentaryRefused(f"Say why in at most {LONGEST_REASON} characters.")
    looks = next((found for check in drafts.CHECKS if (found := check(text))), None)
    if looks:
        raise CommentaryRefused(f"This looks like {looks}. Say why without it.")


def numbers_of(indicator: str, area: Area, period: Period) -> dict[str, Any]:
    """The observation of a period as it is now, to tell later whether it has moved; empty where there is none."""
    row = Observation.objects.filter(
        indicator=indicator,
        area=area,
        period_type=period.kind,
        period=period.code,
        breakdown="all",
        category="all",
    ).first()
    if row is None:
        return {}
    exact = {name: getattr(row, name) for name in ("numerator", "denominator", "value")}
    return {name: None if one is None else str(one) for name, one in exact.items()} | {
        "status": row.status
    }
