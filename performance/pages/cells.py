"""The cells of tables beside charts: each says its number, or why there is none, and leads to where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlencode

from lscb.numbers import format_amount, format_interval, missing_words
from performance.indicators import series
from performance.indicators.series import Value, none_words
from performance.indicators.spec import IndicatorSpec
from performance.intake.codes import ALL, CodeList, code_list
from performance.intake.spec import NOT_SUBMITTED
from performance.pages import wording
from performance.queries.observations import Printed

BEGUN_ANEW = "not comparable with earlier ones"


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, and a note such as the printed figure that differs. A cell without a number says
    why; `is_missing` marks it. `address` leads to where the number comes from. `key` is the code of
    a category."""

    text: str
    note: str = ""
    is_number: bool = True
    is_missing: bool = False
    address: str = ""
    key: str = ""


def table_columns(spec: IndicatorSpec) -> tuple[str, ...]:
    """The columns of a single series' table."""
    columns: tuple[str, ...] = ("Period", spec.title)
    if spec.is_divided:
        columns += (_capital(spec.numerator_words), _capital(spec.denominator_words))
    return columns if spec.unit == "count" else (*columns, "95% interval")


def table_rows(
    spec: IndicatorSpec, values: Sequence[Value], printed: Sequence[Printed] = ()
) -> tuple[tuple[Cell, ...], ...]:
    """A single series as a table, the latest period first, with the periods in between that nobody sent; the first
    number after a break says so."""
    rows = []
    begun = series.begun_anew(values)
    for period, value in reversed(series.with_gaps(values)):
        shown = value_cell(spec, value, printed)
        if period in begun:
            shown = replace(shown, note="; ".join(filter(None, (shown.note, BEGUN_ANEW))))
        cells = [Cell(period.label, is_number=False), shown]
        if spec.is_divided:
            cells += [
                number_cell(value.numerator if value else None, value),
                number_cell(value.denominator if value else None, value),
            ]
        if spec.unit != "count":
            cells.append(_interval_cell(spec, value))
        rows.append(tuple(cells))
    return tuple(rows)


def number_cell(number: Decimal | None, of: Value | None = None) -> Cell:
    """A plain number, or that it is not available; it leads to where the value comes from that it is a part `of`."""
    address = number_address(of) if of else ""
    if number is None:
        return Cell(missing_words("not available"), is_missing=True, address=address)
    return Cell(format_amount(number), address=address)


def _interval_cell(spec: IndicatorSpec, value: Value | None) -> Cell:
    text = format_interval(value.lower, value.upper, spec.unit) if value else ""
    address = number_address(value) if value else ""
    return Cell(text or missing_words("not available"), is_missing=not text, address=address)


def value_cell(spec: IndicatorSpec, value: Value | None, printed: Sequence[Printed] = ()) -> Cell:
    """A value with what must be said of it: partial, as printed, or what a report says instead."""
    if value is None:
        return Cell(missing_words("not available"), is_missing=True)
    if value.is_partial:
        why = "" if value.status == NOT_SUBMITTED else missing_words(value.status)
        return Cell(value.coverage, why, is_missing=True, address=number_address(value))
    if not value.is_reported:
        words, why = missing_words(value.status), none_words(spec, value)
        return Cell(
            words, why if why != words else "", is_missing=True, address=number_address(value)
        )
    text = wording.write(spec, value)
    notes = ["as printed"] if value.published else []
    if value.is_rolled_up:
        notes.append("added up")
    if spec.as_expected and value.lower is not None:
        notes.append(f"95% interval {format_interval(value.lower, value.upper, spec.unit)}")
    for one in printed:
        same = (one.period, one.breakdown, one.category) == (
            value.period,
            value.breakdown,
            value.category,
        )
        if same and not one.what and not agrees(one.printed, text):
            said = "elsewhere" if value.published else "a report says"
            notes.append(f"{said} {_quoted(one.printed)}")
    return Cell(text, "; ".join(dict.fromkeys(notes)), address=number_address(value))


def _quoted(printed: str) -> str:
    """What was printed: a number as it stands, words in quotation marks."""
    return f"‘{printed}’" if any(letter.isalpha() for letter in printed) else printed


def number_address(value: Value) -> str:
    """The page that says where a number comes from (the address `number` of urls.py)."""
    kind = "" if value.period_type == value.period.kind else value.period_type
    of = value.indicator, value.period.code, value.area, kind, value.breakdown, value.category
    return _number_address(*of)


@lru_cache(maxsize=1 << 14)
def _number_address(
    indicator: str, period: str, area: str, kind: str, breakdown: str, category: str
) -> str:
    query = {"area": area}
    if kind:
        query["kind"] = kind
    if breakdown != ALL:
        query |= {"breakdown": breakdown, "category": category}
    return f"/indicators/{indicator}/numbers/{period}/?{urlencode(query)}"


def agrees(printed: str, text: str) -> bool:
    """Whether a printed figure is the value as we write it, or a rounding of it (19% for 19.3%)."""
    try:
        ours, theirs = (
            float(one.replace(",", "").rstrip("%").replace("−", "-")) for one in (text, printed)
        )
    except ValueError:
        return False
    decimals = len(printed.rstrip("%").split(".")[1]) if "." in printed else 0
    return abs(ours - theirs) <= 0.5 * 10**-decimals + 1e-9


def category_codes(spec: IndicatorSpec, breakdown: str) -> CodeList:
    """The code list of a breakdown's categories."""
    dimension = spec.dimension(breakdown)
    return dimension.code_list if dimension else code_list(breakdown)


def breakdown_title(breakdown: str) -> str:
    """A breakdown in words."""
    return code_list("breakdown").label(breakdown)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
