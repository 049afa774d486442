"""What a submission would change: its totals beside earlier ones, the indicators that would move, cell by cell."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from lscb.periods import Period, parse
from performance.actions.observations import datasets_of
from performance.actions.overlaps import counted_by_others
from performance.actions.submissions import codes_within, spec_of
from performance.indicators.book import Book
from performance.indicators.compute import Targets, compute, reach, targets
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec, PeriodType, indicators
from performance.intake.codes import ALL
from performance.intake.spec import NOT_SUBMITTED, TOTAL, ReturnSpec
from performance.models import DATASETS, Figure, State, Submission
from performance.models.books import load_book
from performance.models.counts import Count
from performance.models.returns import SETTLED

LISTED = 200  # changed cells on a page
SHOWN_TYPES: tuple[PeriodType, ...] = ("month", "quarter", "year")
Number = Decimal | int | None
Key = tuple[str, tuple[str, ...]]  # period code and dimensions


@dataclass(frozen=True)
class TotalRow:
    """One number of the newest period in a file, beside the month (quarter, year) before and a year before."""

    words: str
    now: Number
    before: Number
    year_before: Number
    status: str


@dataclass(frozen=True)
class Totals:
    """The totals and single breakdowns of the newest period in a file."""

    period: Period
    previous: Period
    year_before: Period
    rows: list[TotalRow]
    periods: int


@dataclass(frozen=True)
class Change:
    """An indicator's value for a period, as it is and as it would be."""

    spec: IndicatorSpec
    period: Period
    before: Value | None
    after: Value | None

    @property
    def by(self) -> float | None:
        """By how much the value would change, in the indicator's unit; None where one of the two is missing."""
        if not self.before or not self.after:
            return None
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value


@dataclass(frozen=True)
class CellChange:
    """One cell that two versions of a file have differently. `kind` is added, removed or changed."""

    kind: str
    period: Period
    words: str
    before: str
    after: str


def totals(submission: Submission) -> Totals | None:
    """What the file says about its newest period, beside what counted before; None for a file without counts."""
    spec = spec_of(submission)
    model = DATASETS[spec.dataset]
    own = list(model._default_manager.filter(submission=submission))
    if not own:
        return None
    newest = max((parse(row.period) for row in own), key=lambda one: (one.last, one.length))
    earlier = (newest.previous(), newest.year_before())
    others = model._default_manager.filter(
        area=submission.area, current=True, period__in=[one.code for one in earlier]
    )
    # What the file itself says about the earlier period goes before what counted until now.
    known: dict[Key, Number] = {_key(row): _number(row) for row in (*others, *own)}
    rows = [row for row in own if row.period == newest.code and "+" not in row.margin]
    order = {name: place for place, name in enumerate(spec.margin_names)}
    rows.sort(key=lambda row: (order.get(row.margin, 0), row.pk))
    return Totals(
        newest,
        *earlier,
        [
            TotalRow(
                cell_text(spec, row.dimensions),
                _number(row),
                known.get((earlier[0].code, row.dimensions)),
                known.get((earlier[1].code, row.dimensions)),
                row.status,
            )
            for row in rows[:LISTED]
        ],
        len({row.period for row in own}),
    )


def cell_text(spec: ReturnSpec, codes: Iterable[str]) -> str:
    """The codes of a cell in words, without those that hold `all`; `Total` where all do."""
    words = [
        dimension.code_list.label(code)
        for dimension, code in zip(spec.dimensions, codes, strict=True)
        if code != ALL
    ]
    return ", ".join(words) or TOTAL.capitalize()


def _key(row: Count) -> Key:
    return row.period, row.dimensions


def _number(row: Count) -> Number:
    if isinstance(row, Figure) and row.count is None:
        return row.value
    number: Number = row.count
    return number


# Indicators that would change --------------------------------------------------------------------


def would_change(submission: Submission) -> list[Change]:
    """The totals of indicators by month, quarter and year that submitting would move, computed in memory."""
    spec = spec_of(submission)
    rows = DATASETS[spec.dataset]._default_manager.filter(submission=submission)
    own = set(rows.values_list("period", flat=True).distinct())
    family = _family(submission)
    reached = codes_within(submission.period)
    replaced = Q(submission__in=family, period__in=reached)
    standing = DATASETS[spec.dataset]._default_manager.filter(replaced, current=True)
    changed = own | set(standing.values_list("period", flat=True).distinct())
    if not changed:
        return []
    found = targets(parse(code) for code in changed)
    wanted = Targets({kind: found.by_type[kind] for kind in SHOWN_TYPES})
    specs = [_plain(one) for one in indicators().values() if spec.dataset in datasets_of(one)]
    first, last = reach(wanted)
    datasets = set().union(*(datasets_of(one) for one in specs))
    now = load_book(submission.area, datasets, first, last)
    elsewhere = counted_by_others(submission, {_key(row) for row in rows})
    replaced |= Q(pk__in=[row.pk for row in elsewhere])
    counting: dict[str, Q] = {
        spec.dataset: (Q(current=True) & ~replaced) | Q(submission=submission)
    }
    then = load_book(submission.area, datasets, first, last, counting)
    return _changes(specs, now, then, wanted)


def _plain(spec: IndicatorSpec) -> IndicatorSpec:
    """The indicator without its breakdowns, where it has a value without one."""
    return spec.model_copy(update={"breakdowns": ()}) if spec.total else spec


def _changes(specs: list[IndicatorSpec], now: Book, then: Book, wanted: Targets) -> list[Change]:
    changes = []
    for spec in specs:
        before = {_place(one): one for one in compute(spec, now, wanted)}
        after = {_place(one): one for one in compute(spec, then, wanted)}
        for place in sorted(before.keys() | after.keys()):
            old, new = before.get(place), after.get(place)
            if place[1:] == (ALL, ALL) and _value(old) != _value(new):
                changes.append(Change(indicators()[spec.id], place[0], old, new))
    return changes


def _place(one: Value) -> tuple[Period, str, str]:
    return one.period, one.breakdown, one.category


def _value(one: Value | None) -> tuple[float | None, str]:
    return (one.value, one.status) if one else (None, NOT_SUBMITTED)


def _family(submission: Submission) -> list[int]:
    """The other submissions of the same return, agency and area that are counted."""
    same = Submission.objects.filter(
        return_id=submission.return_id,
        agency=submission.agency,
        area=submission.area,
        state__in=SETTLED,
    )
    return list(same.exclude(pk=submission.pk).values_list("pk", flat=True))


# Two versions, cell by cell ------------------------------------------------------------------------


def version_before(submission: Submission) -> Submission | None:
    """The file that this one replaces: the newest earlier one that was taken and says something about its period."""
    earlier = Submission.objects.filter(
        return_id=submission.return_id,
        agency=submission.agency,
        area=submission.area,
        pk__lt=submission.pk,
        state__in=(*SETTLED, State.WITHDRAWN),
    ).order_by("-pk")
    model = DATASETS[spec_of(submission).dataset]
    for one in earlier:
        if submission.period.contains(one.period) or one.period.contains(submission.period):
            within = codes_within(submission.period) & codes_within(one.period)
            if model._default_manager.filter(submission=one, period__in=within).exists():
                return one
    return None


def overtaken_by(submission: Submission) -> Submission | None:
    """A newer file that was taken and covers all of this one's period, so that this one would not count."""
    newer = Submission.objects.filter(
        return_id=submission.return_id,
        agency=submission.agency,
        area=submission.area,
        pk__gt=submission.pk,
        state__in=SETTLED,
    ).order_by("-pk")
    return next((one for one in newer if one.period.contains(submission.period)), None)


def cell_changes(submission: Submission, before: Submission) -> list[CellChange]:
    """Every cell that the two files have differently, within the period both speak about."""
    spec = spec_of(submission)
    within = codes_within(submission.period) & codes_within(before.period)
    old, new = _cells(before, within), _cells(submission, within)
    changes = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        kind = "added" if was is None else "removed" if now is None else "changed"
        period, codes = key
        changes.append(
            CellChange(kind, parse(period), cell_text(spec, codes), was or "", now or "")
        )
    return changes


def _cells(submission: Submission, within: set[str]) -> dict[Key, str]:
    """Each cell of a submission as text: its numbers, or why there is none."""
    model = DATASETS[spec_of(submission).dataset]
    names = ("count", "denominator", "value") if model is Figure else ("count",)
    found = {}
    for row in model._default_manager.filter(submission=submission, period__in=within):
        numbers = [getattr(row, name) for name in names]
        parts = [_plain_text(number) for number in numbers if number is not None]
        found[_key(row)] = " of ".join(parts) or row.status
    return found


def _plain_text(number: Decimal | int) -> str:
    text = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text
