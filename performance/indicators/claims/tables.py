"""Claims of tables and sums: `3,007 + 3,694 = 6,701`, parts before a total, rows of quarters with their total."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from lscb.numbers import format_number, format_value
from lscb.periods import quarters_of
from performance.indicators.claims.context import Context
from performance.indicators.claims.evidence import Line, close, words
from performance.indicators.claims.numerals import PERCENT, PLAIN, Number
from performance.indicators.series import Value

RATIO = re.compile(
    r"(?<![\d.,])(\d[\d,]*)\s+(?:[a-z]+\s+)?(?:out\s+)?of\s+(?:the\s+|all\s+|our\s+|its\s+)?(\d[\d,]*)(?![\d.]*\s*%)",
    re.I,
)

APART = re.compile(r";|\b(?:and|but|while)\b", re.I)


def check(context: Context) -> bool:
    """Every sum in a sentence. True when it is a row of a table, which says nothing else without the table's head."""
    if _row(context):
        return True
    _sums(context)
    _ratio(context)
    return False


def _ratio(context: Context) -> None:
    """`11,324 of 12,671 were completed (89.4%)`: the one percentage of a sentence against the counts that it "
    "rests on."""
    text, numbers = context.sentence.masked, context.sentence.numbers
    found = RATIO.findall(text)
    percent = [one for one in numbers if one.kind == PERCENT]
    if len(found) != 1 or len(percent) != 1 or percent[0] in context.used:
        return
    top, bottom = (Decimal(one.replace(",", "")) for one in found[0])
    if not 0 < top <= bottom:
        return
    said = RATIO.search(text)
    ends = sorted((said.end() if said else 0, percent[0].start))
    if APART.search(text[ends[0] : ends[1]]):
        return  # it is said of another thing
    share = 100 * top / bottom
    context.used.add(percent[0])
    least = 100 * (top - 1) / (bottom + 1)  # the counts may be rounded themselves
    most = 100 * (top + 1) / max(bottom - 1, Decimal(1))
    if close(percent[0], share) or least <= percent[0].value <= most:
        return
    lines = context.lines(percent[0].start, percent[0].end)
    known = [one.at(period) for one in lines for period in context.sentence.periods]
    if not any(close(percent[0], one.value or 0) for one in known if one):
        context.add(
            "ratio",
            percent[0].text,
            f"{format_number(top)} of {format_number(bottom)} is {format_value(share, 'percent')}",
            "The numbers in the sentence give another percentage.",
        )


def _sums(context: Context) -> None:
    """`3,007 + 3,694 + 2,866 + 3,104 = 12,691`, and parts that are listed before a total."""
    text, numbers = context.sentence.masked, context.sentence.numbers
    plus = re.search(
        r"\d\s*\+\s*[\d,.]+(?:\s*\+\s*[\d,.]+)*\s*(?:=|equals|is|makes|gives)\s*[\d,.]+", text
    )
    if plus:
        inside = [one for one in numbers if plus.start() <= one.start < plus.end()]
        _check_sum(context, inside[:-1], inside[-1], plus[0])
        return
    found = (
        re.search(r"\btotal(?:s|led|ling)?\b\D{0,25}$", text[: numbers[-1].start], re.I)
        if numbers
        else None
    )
    kinds = {one.kind for one in numbers}
    if found and len(numbers) >= 4 and kinds == {PLAIN} and _is_list(text, numbers[:-1]):
        _check_sum(context, numbers[:-1], numbers[-1], text[numbers[0].start : numbers[-1].end])


def _is_list(text: str, numbers: Sequence[Number]) -> bool:
    """Whether numbers stand in a list, with little but commas, periods and single words between them."""
    return all(
        len(re.findall(r"[a-z]{2,}", text[one.end : other.start], re.I)) <= 2
        for one, other in pairwise(numbers)
    )


def _check_sum(context: Context, parts: Sequence[Number], whole: Number, claim: str) -> bool:
    amount = sum((one.value for one in parts), Decimal(0))
    context.used |= {*parts, whole}
    if amount == whole.value:
        return True
    gap = whole.value - amount
    places = max(one.places for one in (*parts, whole))
    context.add(
        "sum",
        " ".join(claim.split()),
        f"The parts add to {format_number(amount, places)}",
        f"The total is {format_number(abs(gap), places)} too {'high' if gap > 0 else 'low'}: "
        "a total must equal the sum of its parts.",
    )
    return False


def _row(context: Context) -> bool:
    """A row of a table: quarters, then the total, then the year before. True when the sentence is such a row."""
    text = context.sentence.masked
    names = len(re.findall(r"[A-Za-z]{3,}", context.sentence.text))
    is_row = "\t" in context.sentence.text or names < len(context.sentence.numbers)
    for kind in (PERCENT, PLAIN):
        numbers = [one for one in context.sentence.numbers if one.kind == kind]
        if names <= 12 and len(numbers) >= 5 and _is_list(text, numbers):
            if _check_row(context, numbers):
                return True
    if len(context.sentence.periods) >= len(context.sentence.numbers) > 0:
        is_row = False  # each number has its own
    # the cells of a table say nothing without its head
    return "\t" in context.sentence.text or (is_row and not re.search(r"\btotal", text, re.I))


def _check_row(context: Context, numbers: Sequence[Number]) -> bool:
    """Checks four quarters and their total; False where the fifth number is none."""
    parts, whole = numbers[:4], numbers[4]
    amount = sum((one.value for one in parts), Decimal(0))
    if whole.kind == PLAIN:
        if (
            whole.value <= max(one.value for one in parts)
            or abs(amount - whole.value) > amount / 20
        ):
            return False
        _check_sum(context, parts, whole, context.sentence.text)
        return True
    if abs(amount / len(parts) - whole.value) > 1:
        return False
    _percent_row(context, parts, whole)
    return True


def _percent_row(context: Context, parts: Sequence[Number], whole: Number) -> None:
    """A row of percentages whose total is the mean of the others: wrong where the data give another ratio."""
    for line in context.lines(parts[0].start, whole.end):
        last = line.latest("quarter")
        year = context.year or (last.period.year if last else None)
        if year is None or line.spec.unit != "percent":
            continue
        known = [
            (number, line.values.get(period))
            for number, period in zip((*parts, whole), (*quarters_of(year), year), strict=True)
        ]
        agree = [one for one, value in known[:4] if value and close(one, value.value or 0)]
        if len(agree) < 2:
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
        else "Another number by the indicator's one definition."
    )
    kind = "average" if is_total else "level"
    context.add(kind, f"{line.name}: {number.text}", words(line, value), why, line)
