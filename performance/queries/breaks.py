"""The breaks of an indicator's series in an area, with what people said of each."""

from dataclasses import dataclass

from lscb.models import Area
from performance.indicators.series import Break
from performance.indicators.spec import IndicatorSpec
from performance.models import Comparable
from performance.models.breaks import breaks


@dataclass(frozen=True)
class Said:
    """A break as the page lists it, and the standing statement (id) that it compares; None while it does not."""

    at: Break
    only: tuple[str, ...]
    standing: int | None


@dataclass(frozen=True)
class TakenBack:
    """A statement that was taken back."""

    id: int
    period: str
    words: str
    by: str


def listed(spec: IndicatorSpec, area: Area) -> list[Said]:
    """The breaks of an indicator in an area, in order."""
    standing = {
        row.period_code: row.pk
        for row in Comparable.objects.filter(indicator=spec.id, area=area, removed_at__isnull=True)
    }
    found = breaks([spec.id], [area.code]).get((spec.id, area.code), [])
    return [Said(one, only, standing.get(one.period.code)) for one, only in found]


def taken_back(spec: IndicatorSpec, area: Area) -> list[TakenBack]:
    """What was said and taken back, the latest first."""
    rows = Comparable.objects.filter(indicator=spec.id, area=area, removed_at__isnull=False)
    return [
        TakenBack(row.pk, row.period_code, row.words, row.removed_by.name if row.removed_by else "")
        for row in rows.select_related("made_by", "removed_by")
    ]
