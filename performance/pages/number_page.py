"""Where one number comes from, in words: its formula with its numbers, the parts it is made of, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from lscb.numbers import format_number, missing_words, plural, unit_words
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec
from performance.intake.codes import ALL
from performance.pages import wording
from performance.pages.cells import Cell, category_codes, number_cell, value_cell
from performance.pages.indicator_page import AGGREGATION_WORDS

PARTS = {"year": "month", "quarter": "month", "ytd": "month", "rolling": "month"}


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


def number(
    spec: IndicatorSpec, value: Value | None, category: str, parts: Sequence[Value]
) -> Number:
    """The description of a value (None: nothing was sent). `parts` are the finer values within its period."""
    reported = value is not None and value.is_reported
    columns: tuple[str, ...] = ("Part", spec.title)
    if spec.denominator is not None:
        columns += (spec.numerator_words.capitalize(), spec.denominator_words.capitalize())
    return Number(
        text=wording.write(spec, value) if value else missing_words(""),
        unit=unit_words(spec.unit),
        interval=wording.interval(spec, value) if value and reported else "",
        category=category,
        formula=formula(spec),
        worked=worked(spec, value) if value and reported else "",
        over_time=AGGREGATION_WORDS[spec.aggregation],
        why="" if reported else why_missing(spec, value),
        is_printed=bool(value and value.published),
        columns=columns,
        parts=tuple(_part(spec, one) for one in parts),
    )


def formula(spec: IndicatorSpec) -> str:
    """How the value is made of its parts: `referrals ÷ children × 10,000`."""
    if spec.denominator is None:
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


def why_missing(spec: IndicatorSpec, value: Value | None) -> str:
    """Why there is no number, and who would send it."""
    sender = f"{spec.sender} would send it."
    if value is None:
        return f"Nothing was sent for this period. {sender}"
    if value.is_partial:
        months = f"{value.present} of {plural(value.expected, 'month')}"
        return f"Only {months} were sent, so there is no whole. {spec.sender} would send the rest."
    words = missing_words(value.status)
    if value.status == "suppressed":
        return f"The number is {words}: whoever sent it held it back, so that nobody can be recognised."
    return f"The number is {words}. {sender}"


def category_words(spec: IndicatorSpec, breakdown: str, category: str) -> str:
    """A category in words; empty for the total."""
    return "" if breakdown == ALL else category_codes(spec, breakdown).label(category)


def _part(spec: IndicatorSpec, value: Value) -> tuple[Cell, ...]:
    cells = (Cell(value.period.label, is_number=False), value_cell(spec, value))
    if spec.denominator is None:
        return cells
    return (*cells, number_cell(value.numerator), number_cell(value.denominator))


def _plain(number: object) -> str:
    text = f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
    return format_number(float(text), len(text.partition(".")[2]))
