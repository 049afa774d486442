"""Sense checks of a file against what is known already: their definitions (`definitions/checks/*.yaml`) and rules.

Each finds warnings that a person answers with a reason or mends. Pure: the counts as they would stand once the file
is taken, and as they stand now, go in as books.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from lscb.definition_files import Definition, DefinitionError, load
from lscb.periods import MONTH, Period, months_of
from performance.definitions import FOLDER, kept
from performance.indicators.book import Book, Codes, Reading
from performance.indicators.spec import IndicatorSpec, Measure, indicators
from performance.intake.codes import ALL
from performance.intake.problems import CODES, problem
from performance.intake.spec import REPORTED, TOTAL, Cell, Problem, ReturnSpec, returns
from performance.statistics.spc import xmr

HISTORY = 24  # months that a value is compared with
ROUNDED_TO = 10  # published counts of wider areas are rounded
EACH = 20  # findings of one check that are listed


class CheckSpec(Definition):
    """A sense check: what it compares, what it says, and from when on it speaks."""

    code: str
    kind: Literal["part", "months", "limits", "zero", "revision", "numerator"]
    title: str
    message: str
    suggestion: str
    source: str
    returns: tuple[str, ...] = ()
    part: Measure | None = None
    whole: Measure | None = None
    points: int = Field(
        default=12, ge=2, description="months of history without which it is silent"
    )
    percent: int = Field(default=20, ge=1, description="how much a revision must be to be big")
    least: int = Field(default=0, ge=0, description="numbers that are too small to wonder about")

    @model_validator(mode="after")
    def _consistent(self) -> "CheckSpec":
        if self.code not in CODES:
            raise ValueError(f"code: '{self.code}' is not a known code of a problem")
        unknown = sorted(set(self.returns) - set(returns()))
        if unknown:
            raise ValueError(f"returns: no return is named {', '.join(unknown)}")
        if (self.kind == "part") != bool(self.part and self.whole):
            raise ValueError("part and whole belong to the kind 'part', and to no other")
        if self.kind != "part" and not self.returns:
            raise ValueError("returns: name the returns it is for")
        return self

    def is_for(self, spec: ReturnSpec) -> bool:
        """Whether a file of this return can break it."""
        datasets = {one.dataset for one in (self.part, self.whole) if one}
        return spec.id in self.returns or spec.dataset in datasets


@kept
def checks() -> tuple[CheckSpec, ...]:
    """All sense checks. Raises DefinitionError that lists the faults of all files."""
    found, faults = [], []
    for path in sorted((FOLDER / "checks").glob("*.yaml")):
        try:
            found.append(load(path, CheckSpec))
        except DefinitionError as error:
            faults.append(str(error))
    if faults:
        raise DefinitionError("\n".join(faults))
    return tuple(found)


def datasets_needed(spec: ReturnSpec) -> set[str]:
    """The datasets that the checks of a return read."""
    needed: set[str] = {spec.dataset}
    for check in checks():
        if check.is_for(spec):
            needed |= {one.dataset for one in (check.part, check.whole) if one}
    return needed


class Look:
    """One file looked at: its cells, the counts as they stand, and as they would stand with the file."""

    def __init__(self, spec: ReturnSpec, cells: list[Cell], now: Book, then: Book) -> None:
        self.spec, self.now, self.then = spec, now, then
        self.cells = [
            one for one in cells if one.status == REPORTED and not self.is_pair(one.dimensions)
        ]

    def is_pair(self, codes: Codes) -> bool:
        """Whether a cell crosses dimensions. Pairs are small and noisy: totals and single breakdowns are enough to
        wonder about; of figures those without a breakdown."""
        return sum(code != ALL for code in codes) > 1

    def words(self, codes: Codes) -> str:
        """The codes of a cell in words."""
        named = [
            dimension.code_list.label(code)
            for dimension, code in zip(self.spec.dimensions, codes, strict=True)
            if code != ALL
        ]
        return ", ".join(named) or TOTAL.capitalize()

    def history(self, cell: Cell) -> list[Decimal]:
        """What was reported for the cell in the months (quarters) before, oldest first; gaps are left out."""
        length, found = cell.period.length, []
        for number in range(cell.period.first - HISTORY, cell.period.first, length):
            amount = amount_of(
                self.then.cell(self.spec.dataset, Period(number, length), cell.dimensions)
            )
            if amount is not None:
                found.append(amount)
        return found


def amount_of(reading: Reading | None) -> Decimal | None:
    """The number of a reading, None where there is none."""
    return reading.count if reading and reading.status == REPORTED else None


def sense(spec: ReturnSpec, cells: list[Cell], now: Book, then: Book) -> list[Problem]:
    """What a person should look at in a file of this return. `now` and `then`: counts without and with the file."""
    look = Look(spec, cells, now, then)
    found = []
    for check in checks():
        if check.is_for(spec):
            texts = list(_RULES[check.kind](check, look))
            found += [
                problem(check.code, text, check.suggestion, severity="warning")
                for text in texts[:EACH]
            ]
            if len(texts) > EACH:
                more = f"{check.title}: {len(texts) - EACH} more numbers of this file."
                found.append(problem(check.code, more, check.suggestion, severity="warning"))
    return found


def _part(check: CheckSpec, look: Look) -> Iterator[str]:
    for period in sorted({cell.period for cell in look.cells}):
        part, whole = (
            _measured(check.part, look.then, period),
            _measured(check.whole, look.then, period),
        )
        if part is not None and whole is not None and part > whole:
            yield check.message.format(period=period.label, now=_say(part), other=_say(whole))


def _measured(measure: Measure | None, book: Book, period: Period) -> Decimal | None:
    if measure is None:
        return None
    amounts = [amount_of(book.cell(measure.dataset, period, one)) for one in measure.dimensions()]
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None


def _months(check: CheckSpec, look: Look) -> Iterator[str]:
    for one in _apart(look):
        yield check.message.format(
            words=look.words(one.codes), period=one.period.label,
            now=_say(one.whole), other=_say(one.months),
        )  # fmt: skip


@dataclass(frozen=True)
class Apart:
    """A quarter or year that was sent as `whole`, and whose `months` add to another number."""

    period: Period
    codes: Codes
    whole: Decimal
    months: Decimal


def apart(dataset: str, book: Book, before: Book) -> list[Apart]:
    """Where the quarters and years of a dataset that checks hold against their months differ from them; none where no
    check does. A month that `book` lacks is taken from `before`, which holds what a longer file replaced."""
    spec = next(
        (one for check in checks() if check.kind == "months" for one in _feeding(check, dataset)),
        None,
    )
    if spec is None:
        return []
    cells = [
        Cell(period, "", codes, one.count, one.status)
        for period, rows in sorted(book.rows.get(dataset, {}).items())
        if period.kind != MONTH
        for codes, one in sorted(rows.items())
    ]
    return list(_apart(Look(spec, cells, before, book)))


def _feeding(check: CheckSpec, dataset: str) -> list[ReturnSpec]:
    return [returns()[one] for one in check.returns if returns()[one].dataset == dataset]


def _apart(look: Look) -> Iterator[Apart]:
    seen: set[tuple[Period, Codes]] = set()
    for cell in look.cells:
        for period in _wholes(cell.period):
            if (period, cell.dimensions) in seen:
                continue
            seen.add((period, cell.dimensions))
            whole = _stored(look, period, cell.dimensions)
            parts = [_month(look, month, cell.dimensions) for month in months_of(period)]
            known = [one for one in parts if one is not None]
            if whole is None or len(known) < len(parts) or _agrees(whole, known):
                continue
            yield Apart(period, cell.dimensions, whole, sum(known, Decimal(0)))


def _agrees(whole: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether parts add to their whole, as near as numbers can that were rounded at source."""
    off = abs(sum(parts, Decimal(0)) - whole)
    if any(one % ROUNDED_TO for one in (whole, *parts)):
        return not off
    return off <= Decimal(ROUNDED_TO) / 2 * (len(parts) + 1)


def _wholes(period: Period) -> tuple[Period, ...]:
    """The quarter and year that a month lies in; a longer period itself."""
    return (period.quarter, period.year) if period.kind == MONTH else (period,)


def _month(look: Look, month: Period, codes: Codes) -> Decimal | None:
    """A month as it would stand; one that a file about a longer time leaves out as it counts until now."""
    then = _stored(look, month, codes)
    return _stored(look, month, codes, look.now) if then is None else then


def _stored(look: Look, period: Period, codes: Codes, book: Book | None = None) -> Decimal | None:
    """What was sent for exactly this cell, nothing worked out; with the file, or in another book."""
    rows = (book or look.then).rows.get(look.spec.dataset, {})
    return amount_of(rows.get(period, {}).get(codes))


def _limits(check: CheckSpec, look: Look) -> Iterator[str]:
    for cell in look.cells:
        if cell.count is None:
            continue
        history = look.history(cell)
        if len(history) < check.points or sum(history) < check.least * len(history):
            continue
        segment = xmr(list(enumerate(history))).segments[-1]
        if segment.lower is None or segment.upper is None:
            continue
        if not segment.lower <= cell.count <= segment.upper:
            yield check.message.format(
                words=look.words(cell.dimensions), period=cell.period.label, now=_say(cell.count),
                low=f"{max(segment.lower, 0):,.0f}", high=f"{segment.upper:,.0f}",
                points=len(history),
            )  # fmt: skip


def _zero(check: CheckSpec, look: Look) -> Iterator[str]:
    for cell in look.cells:
        if cell.count != 0:
            continue
        history = look.history(cell)
        if len(history) >= check.points and min(history) >= max(check.least, 1):
            yield check.message.format(
                words=look.words(cell.dimensions), period=cell.period.label,
                points=len(history), low=_say(min(history)),
            )  # fmt: skip


def _revision(check: CheckSpec, look: Look) -> Iterator[str]:
    for cell in look.cells:
        before = amount_of(
            look.now.rows.get(look.spec.dataset, {}).get(cell.period, {}).get(cell.dimensions)
        )
        if before is None or cell.count is None:
            continue
        change = abs(cell.count - before)
        if change >= check.least and change * 100 > check.percent * before:
            yield check.message.format(
                words=look.words(cell.dimensions), period=cell.period.label,
                now=_say(cell.count), other=_say(before),
            )  # fmt: skip
    yield from _gone(check, look)


def _gone(check: CheckSpec, look: Look) -> Iterator[str]:
    """Numbers that count now and that the file, which replaces theirs, has no row for."""
    after = look.then.rows.get(look.spec.dataset, {})
    for period, cells in sorted(look.now.rows.get(look.spec.dataset, {}).items()):
        for codes, reading in cells.items():
            before = amount_of(reading)
            if codes in after.get(period, {}) or before is None or look.is_pair(codes):
                continue
            left = amount_of(look.then.cell(look.spec.dataset, period, codes)) or 0
            if before - left >= max(check.least, 1):
                yield check.message.format(
                    words=look.words(codes), period=period.label,
                    now="no row", other=_say(before),
                )  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """The periods from `first` to `last`, one after another, whose denominator came without its numerator; `below` is
    the denominator of the last."""

    first: Period
    last: Period
    below: Decimal


def numerator_gap(spec: IndicatorSpec, book: Book, periods: Sequence[Period]) -> Gap | None:
    """The latest gap of a share whose two numbers come in one file, after a period that had both; None where there is
    none, or where no check asks for the numerator. `periods` follow one another."""
    if spec.id not in _with_both_numbers():
        return None
    found, before, is_open = None, False, False
    for period in periods:
        below = _measured(spec.denominator, book, period)
        above = _measured(spec.numerator, book, period)
        is_gap = above is None and bool(below)
        if is_gap and (before or is_open):
            first = found.first if found is not None and is_open else period
            found = Gap(first, period, below or Decimal(0))
        is_open = is_gap and (before or is_open)
        before = above is not None
    return found


@kept
def _with_both_numbers() -> frozenset[str]:
    """The indicators whose numerator and denominator come in one file that is checked for both."""
    ids = {one for check in checks() if check.kind == "numerator" for one in check.returns}
    return frozenset(spec.id for one in ids for spec in _shares_within(returns()[one]))


@kept
def checked_datasets() -> frozenset[str]:
    """The datasets of which `apart` and `numerator_gap` can tell something."""
    kinds = ("months", "numerator")
    ids = {one for check in checks() if check.kind in kinds for one in check.returns}
    return frozenset(returns()[one].dataset for one in ids)


def _numerator(check: CheckSpec, look: Look) -> Iterator[str]:
    """Where numerator and denominator come in one file, and did the period before, one without the other is a gap."""
    for period in sorted({cell.period for cell in look.cells}):
        for one in _shares_within(look.spec):
            below = _measured(one.denominator, look.then, period)
            above = _measured(one.numerator, look.then, period)
            before = _measured(one.numerator, look.then, period.previous())
            if below and above is None and before is not None:
                yield check.message.format(period=period.label, words=one.title)


def _shares_within(spec: ReturnSpec) -> list[IndicatorSpec]:
    return [
        one
        for one in indicators().values()
        if one.total
        and one.numerator
        and one.denominator
        and one.numerator.dataset == one.denominator.dataset == spec.dataset
    ]


def _say(number: Decimal | int) -> str:
    return f"{int(number):,}"


_RULES = {
    "part": _part,
    "months": _months,
    "limits": _limits,
    "zero": _zero,
    "revision": _revision,
    "numerator": _numerator,
}
