"""Keeping the stored signals in step with the observations: called in the transaction of every recompute."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import groupby

from django.db.models import Q
from django.utils import timezone

from lscb.models import Area
from lscb.periods import Period, parse
from performance.indicators import limits, series, signals
from performance.indicators.book import Book
from performance.indicators.checks import apart, checked_datasets
from performance.indicators.series import Value
from performance.indicators.signals import CHARTED, Due, Found, Restated
from performance.indicators.spec import IndicatorSpec, indicators
from performance.intake.codes import ALL
from performance.intake.spec import REPORTED, returns
from performance.models import Observation, Rebase, Signal
from performance.models.books import fill_checked
from performance.models.breaks import values_of
from performance.models.catalogue import agreed
from performance.models.owed import all_duties

Key = tuple[str, str, str, str, str]
# So far back may a series end and still be watched: its window, and as long again.
WATCHED = {kind: 2 * length for kind, length in limits.WINDOW.items()}
TEXT_FIELDS = ("judgement", "latest", "words", "rule", "numbers", "rank")


def horizon_of(area: Area, without: Collection[str] = ()) -> dict[str, Period]:
    """The last period of each kind for which an area has any number, some indicators left out. One look into an index
    for each kind."""
    found = {}
    for kind in CHARTED:
        rows = Observation.objects.filter(
            area=area, period_type=kind, breakdown=ALL, status=REPORTED
        ).exclude(indicator__in=without)
        last = rows.order_by("-period").values_list("period", flat=True).first()
        if last:
            found[kind] = parse(last)
    return found


@cache
def counted_by_program() -> frozenset[str]:
    """The indicators whose figures the program counts itself: they are there at once, and no sender is late by them."""
    items = {item for spec in returns().values() if spec.made_by_program for item in spec.items}
    return frozenset(
        spec.id
        for spec in indicators().values()
        if spec.numerator and spec.numerator.where.get("item") in items
    )


def reported(
    area: Area, ids: Collection[str], periods: Mapping[str, Collection[str]]
) -> list[Value]:
    """The numbers that stand now for these indicators and period codes by kind, totals and categories, to see later
    what was restated."""
    wanted = Q()
    for kind in CHARTED:
        wanted |= Q(period_type=kind, period__in=periods.get(kind, ()))
    rows = Observation.objects.filter(wanted, area=area, indicator__in=ids, status=REPORTED)
    return values_of(rows)


def restatements(
    specs: Mapping[str, IndicatorSpec], before: Sequence[Value], after: Sequence[Value]
) -> list[Restated]:
    """The numbers that are written otherwise now. A quarter or year that moved only because a month of it did is not
    told again, nor a category whose total moved."""
    now = {_key(one): one for one in after if one.is_reported}
    found: list[Restated] = []
    for old in sorted(before, key=_from_the_whole):
        new, spec = now.get(_key(old)), specs.get(old.indicator)
        if new is None or spec is None or series.write(spec, old) == series.write(spec, new):
            continue
        if not any(_tells(one.after, old) for one in found):
            found.append(Restated(old, new))
    return found


def _from_the_whole(one: Value) -> tuple[str, int, bool, str, str]:
    """Finest periods first, and totals before their categories."""
    finest = CHARTED.index(one.period_type)
    return (one.indicator, finest, one.breakdown != ALL, one.breakdown, one.category)


def _tells(told: Value, old: Value) -> bool:
    """Whether a restatement that is told already says why another number moved."""
    if told.indicator != old.indicator or not old.period.contains(told.period):
        return False
    return told.breakdown == ALL or (
        told.breakdown == old.breakdown
        and (told.period != old.period or told.category == old.category)
    )


def refresh(
    *,
    area: Area,
    specs: Sequence[IndicatorSpec],
    version: int,
    before: Sequence[Value] = (),
    today: date | None = None,
    horizon: dict[str, Period] | None = None,
) -> None:
    """Bring the signals of an area and these indicators in step with the observations. `before` are the numbers that
    stood before this recompute, from which restatements are told; `today` is the day for deadlines (else this one),
    `horizon` that of the area where it is known. Runs in the caller's transaction. Idempotent."""
    today = today or timezone.localdate()
    horizon = horizon_of(area) if horizon is None else horizon
    due = Due(today, horizon_of(area, counted_by_program()), all_duties(today, area))
    specs = _with_parts(specs)
    ids = [spec.id for spec in specs]
    specs = list(agreed(specs, today).values())  # whose signals stand; the others' end
    open_rows = list(Signal.objects.filter(area=area, indicator__in=ids, ended_at__isnull=True))
    wholes = {whole for one in ids for whole in signals.wholes_of(one)}
    values = _values(area, wholes.union(ids), horizon)
    values |= _of_rare_events(area, specs, values)
    restated = _restated(area, specs, values, before, open_rows)
    rebases = _rebases(area, ids)
    sent = _sent(area, specs, horizon)
    found: dict[tuple[str, ...], Found] = {}
    for spec in specs:
        for one in signals.find(
            spec,
            values.get(spec.id, []),
            horizon=horizon,
            due=due,
            rebases=rebases.get(spec.id, ()),
            restated=[pair for pair in restated if pair.after.indicator == spec.id],
            beside={whole: values.get(whole, []) for whole in signals.wholes_of(spec.id)},
            sent=sent,
        ):
            found[one.key] = one
    _store(area, found, open_rows, version)


def _with_parts(specs: Sequence[IndicatorSpec]) -> list[IndicatorSpec]:
    """These indicators and those that are a part of one of them, which no longer fits when the whole has moved."""
    known = {spec.id: spec for spec in specs}
    for spec in specs:
        known |= {
            part: indicators()[part] for part in signals.parts_of(spec.id) if part not in known
        }
    return list(known.values())


def _values(
    area: Area, ids: Collection[str], horizon: Mapping[str, Period]
) -> dict[str, list[Value]]:
    """The totals of the watched periods and the breakdowns of the latest one, by indicator."""
    wanted = Q(pk__in=[])
    for kind, last in horizon.items():
        first = Period(
            max(last.first - (WATCHED[kind] - 1) * last.length, 2012 * 12 + 3), last.length
        )
        wanted |= Q(period_type=kind, breakdown=ALL, period__gte=first.code, period__lte=last.code)
        wanted |= Q(period_type=kind, period=last.code) & ~Q(breakdown=ALL)
    rows = Observation.objects.filter(wanted, area=area, indicator__in=ids)
    listed = sorted(values_of(rows), key=lambda one: (one.indicator, one.period))
    return {key: list(some) for key, some in groupby(listed, key=lambda one: one.indicator)}


def _of_rare_events(
    area: Area, specs: Sequence[IndicatorSpec], values: Mapping[str, Sequence[Value]]
) -> dict[str, list[Value]]:
    """The values of indicators that count rare events, with their totals of all time: so few are judged by all."""
    rare = [one.id for one in specs if signals.is_rare(one, values.get(one.id, []))]
    if not rare:
        return {}
    rows = Observation.objects.filter(area=area, indicator__in=rare, breakdown=ALL)
    known = {key: {_key(one): one for one in values[key]} for key in rare}
    for one in values_of(rows.filter(period_type__in=CHARTED)):
        known[one.indicator].setdefault(_key(one), one)
    return {key: sorted(some.values(), key=lambda one: one.period) for key, some in known.items()}


def _sent(
    area: Area, specs: Sequence[IndicatorSpec], horizon: Mapping[str, Period]
) -> signals.Sent:
    """The counts, but for pairs, that sense checks hold against themselves: those of the last window of months, and the
    quarters and years of theirs with the months in them."""
    measures = [one for spec in specs for one in (spec.numerator, spec.denominator) if one]
    datasets = {one.dataset for one in measures} & checked_datasets()
    books = Book(area.code), Book(area.code)
    if datasets and horizon:
        last = max(one.last for one in horizon.values())
        for dataset in sorted(datasets):
            fill_checked(books, area, dataset, last)
    now, before = books
    return signals.Sent(now, {one: apart(one, now, before) for one in sorted(datasets)})


def _rebases(area: Area, ids: Collection[str]) -> dict[str, list[Period]]:
    found: dict[str, list[Period]] = {}
    for row in Rebase.objects.filter(area=area, indicator__in=ids, removed_at__isnull=True):
        found.setdefault(row.indicator, []).append(row.period)
    return found


def _restated(
    area: Area,
    specs: Sequence[IndicatorSpec],
    values: Mapping[str, Sequence[Value]],
    before: Sequence[Value],
    open_rows: Sequence[Signal],
) -> list[Restated]:
    """What this recompute restated, and what was restated earlier and has not come back to its first number."""
    by_id = {spec.id: spec for spec in specs}
    told = [row for row in open_rows if row.kind == signals.RESTATEMENT and row.indicator in by_id]
    now = {_key(one): one for listed in values.values() for one in listed}
    now |= {_key(one): one for one in _categories(area, before, told)}
    found = {_key(pair.after): pair for pair in restatements(by_id, before, list(now.values()))}
    for row in told:
        spec = by_id[row.indicator]
        for breakdown, category, numbers in signals.firsts(row.numbers):
            key = (row.indicator, row.period_type, row.period, breakdown, category)
            current = now.get(key)
            if current is None or not current.is_reported:
                continue
            first = current._replace(
                value=numbers["before"],
                numerator=_decimal(numbers["before_numerator"]),
                denominator=_decimal(numbers["before_denominator"]),
            )
            if series.write(spec, first) == series.write(spec, current):
                found.pop(key, None)
            else:
                found[key] = Restated(first, current)
    return list(found.values())


def _categories(area: Area, before: Sequence[Value], told: Sequence[Signal]) -> list[Value]:
    """The categories as they are, of the periods of which some were reported before or told as restated."""
    wanted = Q(pk__in=[])
    periods = {(one.period_type, one.period.code) for one in before if one.breakdown != ALL}
    periods |= {(row.period_type, row.period) for row in told if "parts" in row.numbers}
    for kind in CHARTED:
        wanted |= Q(period_type=kind, period__in=[code for one, code in periods if one == kind])
    if not periods:
        return []
    ids = {one.indicator for one in before} | {row.indicator for row in told}
    rows = Observation.objects.filter(wanted, area=area, indicator__in=ids).exclude(breakdown=ALL)
    return values_of(rows)


def _store(
    area: Area, found: Mapping[tuple[str, ...], Found], open_rows: Sequence[Signal], version: int
) -> None:
    """End what is no longer found, bring up to date what still is, add what is new."""
    now = timezone.now()
    known = {_row_key(row, area): row for row in open_rows}
    gone = [row.pk for key, row in known.items() if key not in found]
    if gone:
        Signal.objects.filter(pk__in=gone).update(ended_at=now, ended_version=version)
    changed, new = [], []
    for key, one in found.items():
        fields = _fields(one)
        row = known.get(key)
        if row is None:
            new.append(
                Signal(
                    kind=one.kind,
                    indicator=one.indicator,
                    area=area,
                    period_type=one.period_type,
                    period=one.period.code,
                    direction=one.direction,
                    first_seen_at=now,
                    first_seen_version=version,
                    **fields,
                )
            )
        elif any(getattr(row, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(row, name, value)
            changed.append(row)
    Signal.objects.bulk_create(new)
    if changed:
        Signal.objects.bulk_update(changed, TEXT_FIELDS)


def _fields(one: Found) -> dict[str, object]:
    return {
        "judgement": one.judgement,
        "latest": one.latest.code,
        "words": one.words,
        "rule": one.rule,
        "numbers": dict(one.numbers),
        "rank": one.rank,
    }


def _row_key(row: Signal, area: Area) -> tuple[str, ...]:
    return (row.kind, row.indicator, area.code, row.period_type, row.period, row.direction)


def _key(one: Value) -> Key:
    return (one.indicator, one.period_type, one.period.code, one.breakdown, one.category)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
