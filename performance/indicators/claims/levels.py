"""Claims about numbers themselves: `3,137 referrals in 2024/25`, totals that are not sums, rows of a table."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from lscb.numbers import format_number
from lscb.periods import Period, quarters_of
from performance.indicators.claims.context import LINK, SAME_PERIOD, Context, nearest, periods_near
from performance.indicators.claims.evidence import KINDS, Line, close, fits, words
from performance.indicators.claims.subjects import Group, Subject
from performance.indicators.claims.text import PERCENT, PLAIN, Number
from performance.indicators.series import Value

# `(11,324 of 12,671)`: what a percentage or rate rests on.
BASE = re.compile(r"\(\s*[\d.,]+\s+(?:out of|of|over)\s+[\d.,]+\s*\)", re.I)
VERB = re.compile(
    r"\b(?:was|were|is|are|at|to|of|reach(?:ed|es)?|total(?:s|led|ling)?|stood|came|had|has|with|as|only|recorded|being)\b"
    r"|[:=(]|^\W*$",
    re.I,
)
# What may follow a plain number that is said of what stands before it; another noun would make it a number of that.
AFTER = re.compile(
    r"^\W*(?:$|(?:in|for|at|during|by|and|or|compared|this|last|on|which|from|over|across|to|against|than|were|was|is|"
    r"are|per|while|but|overall|so|when|before|after|up|down|with|more|less|fewer|higher|lower)\b|·|\d|$)",
    re.I,
)


def check(context: Context) -> None:
    """Every level in a sentence that no claim about a change has accounted for."""
    if _row(context):
        return
    if SAME_PERIOD.search(context.sentence.text) and not context.sentence.periods:
        return  # a period that only the writer knows
    _sums(context)
    for found in BASE.finditer(context.sentence.masked):
        context.used |= {
            one for one in context.sentence.numbers if found.start() <= one.start < found.end()
        }
    for number in context.sentence.numbers:
        if number not in context.used:
            _level(context, number)


def _level(context: Context, number: Number) -> None:
    """One number against the series that it is said of."""
    if number.kind == PLAIN and not number.value:
        return  # the foot of an axis more often than a claim
    if number.kind == PLAIN and not _is_said_of(context, number):
        return
    if number.kind != PLAIN and not _is_share_of(context, number):
        return
    lines = [one for one in context.lines(number.start, number.end) if fits(one, number.kind)]
    if re.match(r"\s*of\b", context.sentence.text[number.end :]):
        lines = [
            one for one in lines if one.label or one.spec.unit != "percent"
        ]  # a share of it, not it
    periods, beside = periods_near(context, number.end)
    if beside and not periods:
        return
    tried: list[tuple[Line, Value]] = []
    for line in lines:
        for value in _candidates(line, periods, context):
            tried.append((line, value))
            if close(number, value.value or 0):
                return
    if tried:
        line, value = tried[0]
        mean = _mean_of_parts(line, value, number)
        why = mean or _side(number, value)
        context.add("level", f"{line.name}: {number.text}", words(line, value), why, line)


def _candidates(line: Line, periods: Sequence[Period], context: Context) -> list[Value]:
    """The values that a level may be: at the periods named; else of the text's year; else the latest of each kind."""
    if periods:
        return [line.values[one] for one in periods if one in line.values]
    bare = {one.quarter for one in context.sentence.whens if one.quarter}
    if bare:
        listed = [one for one in line.of("quarter") if one.period.number_in_year in bare]
        return listed[-1:]
    if context.year is not None and context.year in line.values:
        return [line.values[context.year]]
    if context.given is not None or context.year is not None:
        return []
    return [one for one in (line.latest(kind) for kind in KINDS) if one is not None]


def _is_said_of(context: Context, number: Number) -> bool:
    """Whether a plain number counts what a subject names: `439 delegates`, `referrals were 3,137 in 2024/25`."""
    text = context.sentence.masked
    places: list[Subject | Group] = [*context.subjects, *context.groups]
    following = [one for one in context.subjects if one.start >= number.end]
    if any(LINK.match(text[number.end : one.start]) for one in following):
        return True
    if not AFTER.match(text[number.end :]):
        return False
    before = [one for one in places if one.end <= number.start]
    if not before:
        return False
    between = text[max(one.end for one in before) : number.start]
    return len(between) < 90 and bool(VERB.search(between)) and not re.search(r"\bby\s*$", between)


def _is_share_of(context: Context, number: Number) -> bool:
    """Whether a percentage or rate is said of a subject or a category near it."""
    things: list[Subject | Group] = [*context.subjects, *context.groups]
    things.sort(key=lambda one: one.start)
    text = context.sentence.text
    of = re.match(
        r"\s*(?:for|of|in|from|among)\s+(?:the\s+|all\s+)?(?=[a-z])", text[number.end :], re.I
    )
    if of and not any(
        0 <= one.start - number.end - of.end() < 12 for one in (*things, *context.sentence.whens)
    ):
        return False  # it is said of something that no indicator names
    chosen = nearest(things, number.start, number.end, context.sentence.text)
    if chosen is None:
        return False
    low, high = (
        sorted((chosen.end, number.start))
        if chosen.end <= number.start
        else (number.end, chosen.start)
    )
    return high - low < 120


def _side(number: Number, value: Value) -> str:
    gap = Decimal(str(value.value or 0)) - number.value
    if number.kind == PERCENT:
        return f"The claim is {format_number(abs(gap), 1)} percentage points too {'low' if gap > 0 else 'high'}."
    return (
        f"The claim is {format_number(abs(gap), number.places)} too {'low' if gap > 0 else 'high'}."
    )


def _mean_of_parts(line: Line, value: Value, number: Number) -> str:
    """Whether a wrong percentage is the mean of its quarters' percentages."""
    if number.kind != PERCENT or value.period.kind != "year":
        return ""
    parts = [line.values[one] for one in quarters_of(value.period) if one in line.values]
    known = [one.value for one in parts if one.value is not None]
    if len(known) < 2:
        return ""
    mean = sum(known) / len(known)
    near = abs(Decimal(str(mean)) - number.value)
    if near < Decimal("3.5") and near < abs(Decimal(str(value.value)) - number.value):
        return (
            "It looks like a mean of the quarters' percentages; a total percentage is the sum of the numerators over "
            "the sum of the denominators."
        )
    return ""


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
