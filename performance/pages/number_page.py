"""Where one number comes from, in words: its formula with its numbers, the parts it is made of, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lscb.numbers import format_number, format_value, missing_words, plural, unit_words
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec, PeriodType
from performance.intake.codes import ALL
from performance.intake.spec import NOT_APPLICABLE
from performance.pages import wording
from performance.pages.cells import Cell, category_codes, number_cell, value_cell
from performance.pages.indicator_page import AGGREGATION_WORDS, listed
from performance.queries.observations import Printed
from performance.queries.releases import Estimate

RELEASE_COLUMNS = ("Release", "Children", "The same count gives")
SPANS = ("year", "quarter", "ytd", "rolling")  # kinds of period that months make up


@dataclass(frozen=True)
class Number:
    """A number and how it was made. `worked` is the formula with its numbers; `why` says why there is no number."""

    text: str
    unit: str
    interval: str
    category: str
    formula: str
    worked: str
    over_time: str
    why: str
    is_printed: bool
    columns: tuple[str, ...]
    parts: tuple[tuple[Cell, ...], ...]
    rolled_up: "RollUp | None" = None


@dataclass(frozen=True)
class RollUp:
    """What a number of a wider area is added up from: the areas in words, those that lack a number, and a row each."""

    areas: str
    lacking: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def number(
    spec: IndicatorSpec,
    value: Value | None,
    category: str,
    parts: Sequence[Value],
    rolled_up: RollUp | None = None,
) -> Number:
    """The description of a value (None: nothing was sent). `parts` are the finer values within its period."""
    reported = value is not None and value.is_reported
    columns: tuple[str, ...] = ("Part", spec.title)
    if spec.is_divided:
        columns += (spec.numerator_words.capitalize(), spec.denominator_words.capitalize())
    return Number(
        text=wording.write(spec, value) if value else missing_words(""),
        unit=unit_words(spec.unit),
        interval=wording.interval(spec, value) if value and reported else "",
        category=category,
        formula=formula(spec),
        worked=worked(spec, value) if value and reported else "",
        over_time=AGGREGATION_WORDS[spec.aggregation],
        why="" if reported else why_missing(spec, value, rolled_up),
        is_printed=bool(value and value.published),
        columns=columns,
        parts=tuple(_part(spec, one) for one in parts),
        rolled_up=rolled_up,
    )


def roll_up(
    spec: IndicatorSpec, value: Value | None, areas: Sequence[Value], names: Mapping[str, str]
) -> RollUp | None:
    """The areas that a value is added up from, with theirs (`areas`, of the same period and category); None for an
    area's own figure. An area whose complete list does not mention a category counts 0 of it."""
    if value is None or not value.is_rolled_up:
        return None
    known = {one.area: one for one in areas}
    columns: tuple[str, ...] = ("Area", spec.title)
    if spec.is_divided:
        columns += (spec.numerator_words.capitalize(), spec.denominator_words.capitalize())
    codes = value.parts.split()
    return RollUp(
        areas=listed(value.parts, names),
        lacking=listed(value.lacking, names),
        columns=columns,
        rows=tuple(
            _area_row(spec, names.get(code, code), known.get(code), code in value.lacking.split())
            for code in codes
        ),
    )


def release_rows(
    spec: IndicatorSpec, value: Value, listed: Sequence[Estimate], printed: Sequence[Printed] = ()
) -> tuple[tuple[Cell, ...], ...]:
    """Each release of a population with the rate that the same count gives over it; a category has none, because a
    release gives all children. Of a release whose estimate is not held the rate is told as it was `printed`."""
    return tuple(
        (
            Cell(one.release, is_number=False),
            replace(number_cell(one.children), note="used here" if one.is_used else "")
            if one.children is not None
            else Cell(missing_words(one.status), is_missing=True),
            Cell(*_rate_over(spec, value, one, printed)),
        )
        for one in listed
    )


def _rate_over(
    spec: IndicatorSpec, value: Value, one: Estimate, printed: Sequence[Printed]
) -> tuple[str, str]:
    """The rate over a release's estimate, and a note that it is only printed."""
    if value.breakdown != ALL:
        return "—", ""
    if one.children is None:
        said = [row.printed for row in printed if one.release in row.document]
        return (said[0], "as printed, it cannot be recomputed") if said else ("—", "")
    if value.numerator is None or not one.children:
        return "—", ""
    over = float(value.numerator) * spec.multiplier / float(one.children)
    return format_value(over, spec.unit), ""


def _area_row(spec: IndicatorSpec, name: str, value: Value | None, lacks: bool) -> tuple[Cell, ...]:
    is_known = value is not None or lacks or spec.is_divided
    shown = value_cell(spec, value) if is_known else Cell("0", "not mentioned")
    cells = (Cell(name, is_number=False), shown)
    if not spec.is_divided:
        return cells
    return (
        *cells,
        number_cell(value.numerator if value else None, value),
        number_cell(value.denominator if value else None, value),
    )


def finer(spec: IndicatorSpec, kind: str) -> PeriodType | None:
    """The kind of period of the parts that a longer number is made of; None where it is made of none."""
    made = kind in SPANS and spec.aggregation not in ("recount", "annual")
    return "month" if made else None


def formula(spec: IndicatorSpec) -> str:
    """How the value is made of its parts: `referrals ÷ children × 10,000`."""
    if not spec.is_divided:
        return spec.numerator_words
    times = f" × {format_number(spec.multiplier)}" if spec.multiplier != 1 else ""
    return f"{spec.numerator_words} ÷ {spec.denominator_words}{times}"


def worked(spec: IndicatorSpec, value: Value) -> str:
    """The formula with its numbers: `593 ÷ 3,137 × 100 = 18.9%`; empty without both of them."""
    if value.published or value.numerator is None or value.denominator is None:
        return ""
    result = wording.write(spec, value)
    times = f" × {format_number(spec.multiplier)}" if spec.multiplier != 1 else ""
    top, bottom = _plain(value.numerator), _plain(value.denominator)
    return f"{top} ÷ {bottom}{times} = {result}"


def why_missing(spec: IndicatorSpec, value: Value | None, rolled_up: RollUp | None = None) -> str:
    """Why there is no number, and who would send it."""
    sender = f"{spec.sender} would send it."
    if rolled_up and value is not None:
        held = " Their numbers were held back at source." if value.status == "suppressed" else ""
        return (
            f"It would be added up from {rolled_up.areas}, and there are no counts to add from {rolled_up.lacking}."
            f"{held} A sum of the others would be too small, so there is none."
        )
    if value is None:
        return f"Nothing was sent for this period. {sender}"
    if value.is_partial:
        months = f"{value.present} of {plural(value.expected, 'month')}"
        return f"Only {months} were sent, so there is no whole. {spec.sender} would send the rest."
    if value.status == NOT_APPLICABLE and value.denominator == 0:
        return f"There were no {spec.denominator_words} in the period, so there is nothing to work out."
    words = missing_words(value.status)
    if value.status == "suppressed":
        return f"The number is {words}: whoever sent it held it back, so that nobody can be recognised."
    return f"The number is {words}. {sender}"


def category_words(spec: IndicatorSpec, breakdown: str, category: str) -> str:
    """A category in words; empty for the total."""
    return "" if breakdown == ALL else category_codes(spec, breakdown).label(category)


def _part(spec: IndicatorSpec, value: Value) -> tuple[Cell, ...]:
    cells = (Cell(value.period.label, is_number=False), value_cell(spec, value))
    if not spec.is_divided:
        return cells
    parts = (value.numerator, value.denominator)
    return (*cells, *(number_cell(one, value) for one in parts))


def _plain(number: object) -> str:
    text = f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
    return format_number(float(text), len(text.partition(".")[2]))
