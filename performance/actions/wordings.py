"""What figures contradict in a wording is worked out when one of the two changes, and not when it is read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict

from django.db.models import Q

from lscb.models import Area
from performance.models import Commentary, HeldAgainst
from performance.models.facts import Figures, contradicted, judge

Series = tuple[str, str]  # an area (code) and an indicator
MANY = 64  # series of an area; a wording that reads more of them is held against all


def hold(wordings: Iterable[Commentary]) -> None:
    """Hold wordings against the figures as they are: keeps what these contradict in each, and which series it read,
    that of its own indicator in any case. Runs in the caller's transaction. Idempotent."""
    by_area: dict[Area, list[Commentary]] = {}
    for one in wordings:
        by_area.setdefault(one.area, []).append(one)
    changed: list[Commentary] = []
    read: dict[int, set[Series]] = {}
    for area, some in by_area.items():
        figures = Figures(area)
        for one in some:
            facts = figures.of(one.text)
            found = contradicted(one.text, facts, one.indicator, one.period)
            kept = [asdict(finding) for finding in found]
            if (kept, judge()) != (one.findings_now, one.judged_by):
                one.findings_now, one.judged_by = kept, judge()
                changed.append(one)
            read[one.pk] = _in_short({*facts.series, (area.code, one.indicator)})
    Commentary.objects.bulk_update(changed, ["findings_now", "judged_by"])
    _keep(read)


def hold_again(changed: Mapping[str, Collection[str]]) -> None:
    """Hold again the wordings that are held against one of the series that changed: indicators by area (code). Only the
    newest of a voice are: what was found in earlier ones is told as found then. Runs in the caller's transaction."""
    touched = Q(pk__in=[])
    for area, indicators in changed.items():
        if indicators:
            touched |= Q(area__code=area, indicator__in=[*indicators, ""])
    rows = HeldAgainst.objects.filter(touched).values("wording")
    hold(Commentary.objects.filter(pk__in=rows).select_related("area").order_by("pk"))


def hold_all() -> None:
    """Hold every wording that stands again."""
    rows = HeldAgainst.objects.values("wording")
    hold(Commentary.objects.filter(pk__in=rows).select_related("area").order_by("pk"))


def let_go(wordings: Iterable[Commentary]) -> None:
    """Hold these wordings against nothing any more: another stands in their place, or their words were taken out."""
    HeldAgainst.objects.filter(wording__in=wordings).delete()


def _in_short(series: Collection[Series]) -> set[Series]:
    """The series, of an area of which many were read the area alone."""
    by_area: dict[str, set[str]] = {}
    for area, indicator in series:
        by_area.setdefault(area, set()).add(indicator)
    return {
        (area, one)
        for area, indicators in by_area.items()
        for one in (indicators if len(indicators) <= MANY else ("",))
    }


def _keep(read: Mapping[int, set[Series]]) -> None:
    """Keep which series each wording (by its number) read, where these are others than before."""
    before: dict[int, set[Series]] = {}
    rows = HeldAgainst.objects.filter(wording__in=read)
    for wording, area, indicator in rows.values_list("wording", "area__code", "indicator"):
        before.setdefault(wording, set()).add((area, indicator))
    other = {pk: series for pk, series in read.items() if series != before.get(pk, set())}
    if not other:
        return
    rows.filter(wording__in=other).delete()
    ids = dict(Area.objects.values_list("code", "pk"))
    HeldAgainst.objects.bulk_create(
        HeldAgainst(wording_id=pk, area_id=ids[area], indicator=indicator)
        for pk, series in other.items()
        for area, indicator in sorted(series)
    )
