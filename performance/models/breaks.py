"""Where a series breaks, and the one place that tells it together with who said that it compares all the same."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta

from lscb.periods import Period, month_of, parse
from performance.indicators.series import Break, Value
from performance.indicators.spec import IndicatorSpec, indicators
from performance.intake.codes import ALL
from performance.models.counts import DATASETS
from performance.models.results import Observation
from performance.models.returns import Submission
from performance.models.statements import Comparable


def values_of(rows: Iterable[Observation]) -> list[Value]:
    """Observations (read with their area) as values that know the breaks of their series."""
    return with_breaks([row.as_value() for row in rows])


def with_breaks(values: list[Value], *, succeeded: bool = True) -> list[Value]:
    """Values that know the breaks of their series: whoever reads observations reads them through here. `succeeded` is
    False where it is known that none of the agencies that sent them was replaced."""
    ids, areas = {one.indicator for one in values}, {one.area for one in values}
    areas |= {code for one in values for code in one.parts.split()}
    found = breaks(ids, areas, succeeded=succeeded)
    if not found:
        return values
    return [
        one._replace(breaks=_of_value(found, one))
        if any((one.indicator, code) in found for code in (one.area, *one.parts.split()))
        else one
        for one in values
    ]


def _of_value(found: "Found", value: Value) -> tuple[Break, ...]:
    """The breaks of a value's series; a roll-up breaks where the series of any of its parts does."""
    listed = [
        one
        for code in (value.area, *value.parts.split())
        for one in of_series(found, value.indicator, code, value.breakdown)
    ]
    return tuple(sorted(dict.fromkeys(listed), key=lambda one: one.period))


Found = dict[tuple[str, str], list[tuple[Break, tuple[str, ...]]]]


def breaks(ids: Collection[str], areas: Collection[str], *, succeeded: bool = True) -> Found:
    """The breaks of these indicators in these areas (codes), in order, each with the breakdowns it is confined to
    (none: it holds for all). One query (none where no agency was `succeeded` by another), and a few more only where an
    agency was replaced or a definition changed."""
    specs = [spec for key, spec in indicators().items() if key in ids]
    found: Found = {}
    for spec in specs:
        for change in spec.changes:
            for code in areas:
                if change.breaks and (not change.areas or code in change.areas):
                    one = Break(parse(change.breaks), _within_a_sentence(change.what))
                    found.setdefault((spec.id, code), []).append((one, change.breakdowns))
    for key, one in _successions(specs, areas) if succeeded else ():
        found.setdefault(key, []).append((one, ()))
    if not found:
        return found
    said = {
        (row.indicator, row.area.code, row.period_code): row.words
        for row in Comparable.objects.filter(
            indicator__in=ids, area__code__in=areas, removed_at__isnull=True
        ).select_related("area", "made_by")
    }
    return {
        (indicator, code): [
            (replace(one, comparable=said.get((indicator, code, one.period.code), "")), only)
            for one, only in sorted(listed, key=lambda pair: pair[0].period)
        ]
        for (indicator, code), listed in found.items()
    }


def _within_a_sentence(text: str) -> str:
    """A sentence as a part of another: no capital at its start, unless a name of capitals stands there."""
    starts_with_letters = text[1:2].isupper()
    return (text if starts_with_letters else text[:1].lower() + text[1:]).rstrip(".")


def of_series(found: Found, indicator: str, area: str, breakdown: str = ALL) -> list[Break]:
    """The breaks of one series."""
    return [one for one, only in found.get((indicator, area), ()) if not only or breakdown in only]


def _successions(
    specs: Iterable[IndicatorSpec], areas: Collection[str]
) -> list[tuple[tuple[str, str], Break]]:
    """A break for every indicator and area whose figures came from an agency that another has replaced."""
    rows = Submission.objects.filter(
        area__code__in=areas, state="accepted", agency__successor__isnull=False
    ).select_related("agency__successor", "area")
    sent: dict[tuple[str, Period, str], list[int]] = {}
    for row in rows:
        after = row.agency.successor
        day = _taken_over(row.agency.valid_to, after.valid_from if after else None)
        if after is not None and day is not None:
            why = f"{after.name} sends them in place of {row.agency.name}"
            sent.setdefault((row.area.code, month_of(day), why), []).append(row.pk)
    return [
        ((spec.id, code), Break(period, why))
        for (code, period, why), ids in sent.items()
        for spec in specs
        if _fed_by(spec, ids)
    ]


def _taken_over(ended: date | None, began: date | None) -> date | None:
    """The day on which a successor took over."""
    return began or (ended + timedelta(days=1) if ended else None)


def _fed_by(spec: IndicatorSpec, submissions: Collection[int]) -> bool:
    """Whether any of these submissions holds counts of an indicator's numerator, or its printed values."""
    wanted = [(spec.numerator.dataset, spec.numerator.where)] if spec.numerator else []
    if spec.published:
        wanted.append(("Figure", {"item": spec.published}))
    return any(
        DATASETS[name]
        ._default_manager.filter(submission__in=submissions, current=True, **where)
        .exists()
        for name, where in wanted
    )
