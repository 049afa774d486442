"""What is owed by the calendar of returns and where it stands, from agencies, exemptions and deliveries as stored."""

from dataclasses import replace
from datetime import date

from django.conf import settings
from django.utils import timezone

from lscb.models import Agency, Area
from lscb.periods import Period, parse
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
    names = ("slug", "type", "valid_from", "valid_to", "areas__code", "areas__synthetic")
    found: dict[str, Owing] = {}
    agencies = Agency.objects.filter(areas=only) if only else Agency.objects.all()
    rows = agencies.order_by("name", "pk", "areas__code").values_list(*names)
    for slug, kind, since, until, code, synthetic in rows:
        known = found.setdefault(slug, Owing(slug, kind, (), since, until))
        if code and not synthetic and (only is None or code == only.code):
            found[slug] = replace(known, areas=(*known.areas, code))
    return list(found.values())


def _exemptions() -> list[Exempt]:
    names = ("return_id", "agency__slug", "area__code", "starts", "ends", "reason")
    return [Exempt(*columns) for columns in Exemption.objects.values_list(*names)]


def _deliveries(since: Period, only: Area | None) -> list[Delivery]:
    sent = Submission.objects.filter(state__in=(*SETTLED, *UNDER_WAY))
    rows = (sent if only is None else sent.filter(area=only)).values_list(
        "id", "return_id", "agency__slug", "area__code", "period_code", "received_at", "state"
    )
    return [
        Delivery(pk, return_id, agency, area, parse(code), timezone.localdate(at), state in SETTLED)
        for pk, return_id, agency, area, code, at, state in rows
        if parse(code).last >= since.first
    ]
