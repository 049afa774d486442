"""Rows of tables: quarters, then their total, then the year before."""

import re
from collections.abc import Sequence
from decimal import Decimal

from lscb.periods import quarters_of
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.figures.evidence import Line, words
from performance.indicators.claims.kinds.sums import check_sum, is_list
from performance.indicators.claims.words.numerals import PERCENT, PLAIN, Number
from performance.indicators.claims.words.text import Sentence
from performance.indicators.series import Value

# Cells of a row that a reader of PDF files wrote one after another: '6 7 14 24 51 58', '158 (15) (35)'
_CELL = r"\(?\s*\d(?:[\d.,]*\d)?%?\s*\)?"
CELLS = re.compile(rf"(?<!\S){_CELL}(?:\s+{_CELL}(?=\s|$)){{2,}}")
# Cells without a number before the others: 'n/a 92% 77% 84%'
EMPTY = re.compile(r"(?:(?:(?<=\s)|^)(?:n/?a|nil|none|[-–—])\s+)+$", re.I)
TOTAL = re.compile(r"\b(?:total|overall|(?:full|whole)\s+year)\s*:?\s*$", re.I)
QUARTERS = 4
SOME = 3  # quarters of a row of which a total is a mean
AGREEING = 2  # cells of a row that must be right, for it to be of a series
ROWS = 2  # such rows in what is no sentence, but a whole table


def is_flattened(sentence: Sentence) -> bool:
    """Whether a sentence is a whole table that was written in one line, with its head, its rows and no verb."""
    return len(CELLS.findall(sentence.text)) >= ROWS


def check(context: Context) -> bool:
    """A row of a table. True when the sentence is such a row, which says nothing else without the table's head."""
    text = context.sentence.masked
    names = len(re.findall(r"[A-Za-z]{3,}", context.sentence.text))
    is_row = "\t" in context.sentence.text or names < len(context.sentence.numbers)
    for kind in (PERCENT, PLAIN):
        numbers = [one for one in context.sentence.numbers if one.kind == kind]
        count = _quarters_told(context, numbers) or QUARTERS - _empty_cells(text, numbers)
        if names <= 12 and len(numbers) > count >= SOME and is_list(text, numbers):
            if _check_row(context, numbers[:count], numbers[count]):
                return True
    if len(context.sentence.periods) >= len(context.sentence.numbers) > 0:
        is_row = False  # each number has its own
    # the cells of a table say nothing without its head
    return "\t" in context.sentence.text or (is_row and not re.search(r"\btotal", text, re.I))


def _quarters_told(context: Context, numbers: Sequence[Number]) -> int:
    """How many of the last quarters of a year stand by their numbers before a total: 'Q2 92%, Q3 77%, Q4 84%, total
    84%'; 0 where they do not."""
    if len(numbers) < 2 or not TOTAL.search(context.sentence.masked[: numbers[-1].start]):
        return 0
    periods = context.sentence.periods
    count = len(numbers) - 1
    is_told = len(periods) == count and periods == list(quarters_of(periods[0].year)[-count:])
    return count if is_told else 0


def _empty_cells(text: str, numbers: Sequence[Number]) -> int:
    """How many quarters of a row have no number, the first ones: 'n/a 92% 77% 84%'."""
    found = EMPTY.search(text[: numbers[0].start]) if numbers else None
    return len(found[0].split()) if found else 0


def _check_row(context: Context, parts: Sequence[Number], whole: Number) -> bool:
    """Checks the last quarters of a year and their total; False where the number after them is none."""
    amount = sum((one.value for one in parts), Decimal(0))
    if whole.kind == PLAIN:
        if (
            whole.value <= max(one.value for one in parts)
            or abs(amount - whole.value) > amount / 20
        ):
            return False
        check_sum(context, parts, whole, context.sentence.text)
        return True
    if abs(amount / len(parts) - whole.value) > 1:
        return False
    _percent_row(context, parts, whole)
    return True


def _percent_row(context: Context, parts: Sequence[Number], whole: Number) -> None:
    """A row of percentages whose total is the mean of the others: wrong where the data give another ratio."""
    heads = [one.end for one in context.subjects if one.end <= parts[0].start]
    place = heads[-1] if heads else parts[0].start  # the cells between may be empty: 'n/a'
    for line in context.lines(place, place):
        last = line.latest("quarter")
        year = context.year or (last.period.year if last else None)
        if year is None or line.spec.unit != "percent":
            continue
        periods = (*quarters_of(year)[-len(parts) :], year)
        known = [
            (number, line.values.get(period))
            for number, period in zip((*parts, whole), periods, strict=True)
        ]
        agree = [one for one, value in known[:-1] if value and close(one, value.value or 0)]
        if len(agree) < AGREEING:
            continue  # the row is of another series
        for number, value in known:
            if value is not None and not close(number, value.value or 0):
                _wrong_cell(context, line, number, value, is_total=number is whole)
        return


def _wrong_cell(
    context: Context, line: Line, number: Number, value: Value, *, is_total: bool
) -> None:
    why = (
        "An average of percentages: divide the summed numerators by the summed denominators."
        if is_total
        else "Another number by the indicator’s one definition."
    )
    kind = "average" if is_total else "level"
    context.add(kind, f"{line.name}: {number.text}", words(line, value), why, line)
