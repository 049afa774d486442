"""Writing commentary: what figures tell, by an agency or the Subgroup. A new wording never removes an earlier one."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from lscb import access, audit
from lscb.models import Agency, Area, Person
from lscb.periods import Period
from performance.indicators.spec import indicators
from performance.models import Commentary, Observation


class CommentaryRefused(Exception):
    """A wording that cannot be taken. Its text is for its writer."""


LONGEST = 3000  # characters


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
    """Keep a wording for the Subgroup (no agency) or for an agency, beside the numbers it was written about and what
    its `live` figures said, as they are written.

    Raises CommentaryRefused for an unknown indicator or a text that is empty or too long, PermissionDenied by access.
    """
    access.check_write_commentary(by, agency)
    words = text.strip()
    if indicator not in indicators():
        raise CommentaryRefused(f"There is no indicator '{indicator}'.")
    if not words:
        raise CommentaryRefused("Write what the figures tell, in a sentence or two.")
    if len(words) > LONGEST:
        raise CommentaryRefused(f"Write at most {LONGEST:,} characters; this has {len(words):,}.")
    with transaction.atomic():
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
        audit.record(by=by, action="commentary written", subject=written, indicator=indicator)
    return written


def agree_commentary(*, by: Person, commentary: Commentary) -> None:
    """Agree a wording. Raises CommentaryRefused when a newer one stands, PermissionDenied by access."""
    access.check_agree_commentary(by, commentary.written_by_id)
    with transaction.atomic():
        commentary = Commentary.objects.select_for_update().get(pk=commentary.pk)
        newer = Commentary.objects.filter(
            indicator=commentary.indicator,
            area=commentary.area_id,
            period_code=commentary.period_code,
            voice=commentary.voice,
            agency=commentary.agency_id,
            pk__gt=commentary.pk,
        )
        if newer.exists():
            raise CommentaryRefused("Somebody has written a newer wording. Read that one first.")
        if commentary.agreed_at:
            raise CommentaryRefused("This wording is agreed already.")
        commentary.agreed_by, commentary.agreed_at = by, timezone.now()
        commentary.save(update_fields=["agreed_by", "agreed_at"])
        audit.record(by=by, action="commentary agreed", subject=commentary)


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
