"""What is owed by the calendar of returns and where it stands, from agencies, exemptions and deliveries as stored."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from lscb.models import Agency, Area
from lscb.periods import MONTHS_IN, YEAR, Period, parse
from lscb.prepared import prepared
from performance.indicators.duties import Delivery, Duty, Exempt, Owing, duties
from performance.models.calendar import Exemption
from performance.models.returns import SETTLED, State, Submission

UNDER_WAY = (State.RECEIVED, State.PROCESSING, State.NEEDS_ANSWERS, State.READY)


def all_duties(today: date, area: Area | None = None) -> list[Duty]:
    """Everything that is owed since the calendar started (for one area), with where it stands today."""
    since = parse(settings.CALENDAR_START)
    return duties(
        _agencies(area), _exemptions(), _deliveries(since, area), since=since, today=today
    )


def _agencies(only: Area | None) -> list[Owing]:
    """The agencies with the areas they send for, or with the one; an invented area owes nothing."""
    found: dict[str, Owing] = {}
    rows = _sending_for(only.pk if only else None)
    for slug, kind, since, until, code, synthetic in rows:
        known = found.setdefault(slug, Owing(slug, kind, (), since, until))
        if code and not synthetic and (only is None or code == only.code):
            found[slug] = replace(known, areas=(*known.areas, code))
    return list(found.values())


@prepared
def _sending_for(area: int | None) -> QuerySet[Agency, tuple[Any, ...]]:
    names = ("slug", "type", "valid_from", "valid_to", "areas__code", "areas__synthetic")
    agencies = Agency.objects.all() if area is None else Agency.objects.filter(areas=area)
    return agencies.order_by("name", "pk", "areas__code").values_list(*names)


def _exemptions() -> list[Exempt]:
    return [Exempt(*columns) for columns in _exempt()]


@prepared
def _exempt() -> QuerySet[Exemption, tuple[Any, ...]]:
    names = ("return_id", "agency__slug", "area__code", "starts", "ends", "reason")
    return Exemption.objects.values_list(*names)


def _deliveries(since: Period, only: Area | None) -> list[Delivery]:
    a_year_before = since.shift(-MONTHS_IN[YEAR]).code[
        :4
    ]  # no earlier code is of a period after it
    rows = _sent(only.pk if only else None, a_year_before)
    return [
        Delivery(pk, return_id, agency, area, parse(code), timezone.localdate(at), state in SETTLED)
        for pk, return_id, agency, area, code, at, state in rows
        if parse(code).last >= since.first
    ]


@prepared
def _sent(area: int | None, first: str) -> QuerySet[Submission, tuple[Any, ...]]:
    """What was sent for periods whose codes do not lie before the first."""
    rows = Submission.objects.filter(state__in=(*SETTLED, *UNDER_WAY), period_code__gte=first)
    return (rows if area is None else rows.filter(area=area)).values_list(
        "id", "return_id", "agency__slug", "area__code", "period_code", "received_at", "state"
    )
