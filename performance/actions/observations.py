"""Recomputing observations: a function of the current counts and the definitions, so that step by step and all
at once give the same rows."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lscb.models import Area
from lscb.periods import Period, parse
from performance.actions import signals, wordings
from performance.indicators.compute import Targets, compute, reach, targets
from performance.indicators.series import Value
from performance.indicators.signals import CHARTED
from performance.indicators.spec import IndicatorSpec, indicators
from performance.models import DATASETS, DataVersion, Observation
from performance.models.books import load_book
from performance.models.owed import all_duties


def recompute_changed(*, area: Area, changed: Iterable[str], dataset: str) -> int:
    """Recompute what a change in `dataset` for these period codes can move. Returns how many rows were written.

    Runs in the caller's transaction where there is one. Idempotent. Signals follow in the same transaction: those of
    the indicators that moved; of all the area's indicators when its last period did, because then others may be late.
    """
    periods = [parse(code) for code in changed]
    if not periods:
        return 0
    specs = [spec for spec in indicators().values() if dataset in datasets_of(spec)]
    wanted = targets(periods)
    with transaction.atomic():
        version, written = new_version(), 0
        changes: dict[str, set[str]] = {}
        for one in (area, *rolling_up(area)):
            observed, changes[one.code] = _recompute_and_signal(one, specs, wanted, version)
            written += observed
        wordings.hold_again(changes)
    return written


def _recompute_and_signal(
    area: Area, specs: Collection[IndicatorSpec], wanted: Targets, version: int
) -> tuple[int, set[str]]:
    """Recompute an area's observations of these indicators and periods, and its signals with them. How many rows were
    written, and the indicators that have other numbers now."""
    until = signals.horizon_of(area)
    before = _standing(area, specs, wanted)
    observed = _recompute(area, specs, wanted)
    horizon = signals.horizon_of(area)
    if horizon != until:
        specs = list(indicators().values())
    signals.refresh(area=area, specs=list(specs), version=version, before=before, horizon=horizon)
    return len(observed), _changed(before, observed)


def _changed(before: Iterable[Value], after: Iterable[Value]) -> set[str]:
    """The indicators of which a number is another one now, or came, or went."""
    now = {_number(one) for one in after if one.is_reported and one.period_type in CHARTED}
    return {str(series) for series, *_ in {_number(one) for one in before} ^ now}


def _number(one: Value) -> tuple[object, ...]:
    """A number with its series and period."""
    series = (one.indicator, one.period_type, one.period, one.breakdown, one.category)
    return (*series, one.numerator, one.denominator, one.value, one.published)


def parts_of(area: Area) -> list[Area]:
    """The authorities that an area's figures are added up from; none for an area they do not make up."""
    if not area.adds_up:
        return []
    return list(area.parts.filter(kind=Area.Kind.LOCAL_AUTHORITY).order_by("code"))


def rolling_up(area: Area) -> list[Area]:
    """The wider areas whose figures this area's are added to."""
    if area.kind != Area.Kind.LOCAL_AUTHORITY:
        return []
    return list(area.within.filter(adds_up=True).order_by("code"))


def recompute_all() -> int:
    """Throw every observation away and compute all from nothing. Returns how many rows were written."""
    written = 0
    specs = list(indicators().values())
    with transaction.atomic():
        alone()
        wanted = {area: targets(_periods_with_rows(area)) for area in Area.objects.order_by("code")}
        before = {area: _standing(area, specs, periods) for area, periods in wanted.items()}
        Observation.objects.all().delete()
        for area, periods in wanted.items():
            written += len(_recompute(area, specs, periods))
        version = new_version()
        for area in wanted:
            signals.refresh(area=area, specs=specs, version=version, before=before[area])
        wordings.hold_all()
    return written


def recompute_indicator(*, area: Area, spec: IndicatorSpec) -> int:
    """Compute one indicator of an area from all that is held, its signals too. Returns how many rows were written.
    Runs in the caller's transaction."""
    alone()
    written = len(_recompute(area, [spec], targets(_periods_with_rows(area))))
    if written:
        signals.refresh(area=area, specs=[spec], version=new_version())
        wordings.hold_again({area.code: [spec.id]})
    return written


def tell_what_is_late(*, today: date) -> int:
    """Bring the signals of every area that owes something in step with the day, because a deadline that is over changes
    no observation; and what figures contradict in wordings in step with the program, whose check may be a newer one.
    Returns how many areas. Idempotent."""
    codes = {duty.area for duty in all_duties(today)}
    with transaction.atomic():
        version = new_version()
        for area in Area.objects.filter(code__in=codes).order_by("code"):
            specs = list(indicators().values())
            signals.refresh(area=area, specs=specs, version=version, today=today)
        wordings.hold_all()
    return len(codes)


def _standing(area: Area, specs: Collection[IndicatorSpec], wanted: Targets) -> list[Value]:
    """The numbers that stand before these periods are recomputed."""
    codes: dict[str, list[str]] = {
        str(kind): [one.code for one in periods] for kind, periods in wanted.by_type.items()
    }
    return signals.reported(area, [spec.id for spec in specs], codes)


def datasets_of(spec: IndicatorSpec) -> set[str]:
    """The datasets that feed an indicator."""
    found: set[str] = {measure.dataset for measure in (spec.numerator, spec.denominator) if measure}
    return found | {"Figure"} if spec.published else found


def _recompute(area: Area, specs: Collection[IndicatorSpec], wanted: Targets) -> list[Value]:
    """Recompute an area's observations of these indicators and periods; what they are now."""
    if wanted.empty or not specs:
        return []
    first, last = reach(wanted)
    datasets = set().union(*(datasets_of(spec) for spec in specs))
    book = load_book(area, datasets, first, last)
    parts = [load_book(one, datasets, first, last) for one in parts_of(area)]
    observed = [one for spec in specs for one in compute(spec, book, wanted, parts)]
    ids = [spec.id for spec in specs]
    for period_type, periods in wanted.by_type.items():
        Observation.objects.filter(
            area=area,
            indicator__in=ids,
            period_type=period_type,
            period__in=[one.code for one in periods],
        ).delete()
    Observation.objects.bulk_create([_row(area, one) for one in observed], batch_size=500)
    return observed


def _periods_with_rows(area: Area) -> list[Period]:
    """The periods for which an area, or one that its figures are added up from, has counts."""
    codes: set[str] = set()
    areas = [area, *parts_of(area)]
    for model in DATASETS.values():
        rows = model._default_manager.filter(area__in=areas, current=True)
        codes.update(rows.values_list("period", flat=True).distinct())
    return [parse(code) for code in sorted(codes)]


def _row(area: Area, one: Value) -> Observation:
    return Observation(
        indicator=one.indicator,
        area=area,
        period_type=one.period_type,
        period=one.period.code,
        breakdown=one.breakdown,
        category=one.category,
        numerator=one.numerator,
        denominator=one.denominator,
        value=one.value,
        lower=one.lower,
        upper=one.upper,
        status=one.status,
        present=one.present,
        expected=one.expected,
        published=one.published,
        parts=one.parts,
        lacking=one.lacking,
    )


def alone() -> None:
    """Compute alone until the transaction ends: another one would compute from counts that this one has not seen, write
    the same rows, or hold a wording against figures of before."""
    DataVersion.objects.get_or_create(pk=1)
    DataVersion.objects.select_for_update().get(pk=1)


def new_version() -> int:
    """Count up the data version, by which caches and ETags are keyed. Runs in the caller's transaction, and alone."""
    alone()
    DataVersion.objects.filter(pk=1).update(number=F("number") + 1, changed_at=timezone.now())
    return DataVersion.objects.get(pk=1).number
