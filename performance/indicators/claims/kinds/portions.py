"""Claims about what part of a year's count lies in one quarter or month: `over half of all bookings were in Q4`."""

import re

from lscb.numbers import format_number, format_value
from lscb.periods import Period
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.figures.evidence import Line, words
from performance.indicators.claims.words.moments import When
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, Number

OF_ALL = re.compile(r"\s*(?:of\s+)?(?:(?:all|the|our|total|year[’']s)\s+){0,3}$", re.I)
LIES_IN = re.compile(
    r"(?:\s+(?:were|was|are|that|which|had|been|made|taken|booked|received|recorded|held|delivered|fell|came|took|place|"
    r"happened|occurred|arrived))*,?\s+(?:in|during|over|within)\s+(?:the\s+)?(?:(?:month|quarter)\s+of\s+)?$",
    re.I,
)


def check(context: Context) -> None:
    """Every such part; its number is then accounted for."""
    for number in context.sentence.numbers:
        if number.kind not in (PERCENT, FRACTION) or number in context.used:
            continue
        when = _when(context, number)
        if when is None:
            continue
        if all(line.spec.aggregation != "sum" for line in context.lines(number.end, number.end)):
            continue  # a share of what is there at one time
        context.used.add(number)
        if not context.passes_over(number.start) and not context.is_negated(number.start):
            _portion(context, number, when)


def _when(context: Context, number: Number) -> When | None:
    """The quarter or month in which the part is said to lie; None where the number is no such part."""
    text = context.sentence.text
    subject = next((one for one in context.subjects if one.start >= number.end), None)
    if subject is None or not OF_ALL.fullmatch(text[number.end : subject.start]):
        return None
    when = next((one for one in context.sentence.whens if one.start >= subject.end), None)
    if when is None or not LIES_IN.fullmatch(text[subject.end : when.start]):
        return None
    is_part = (
        when.quarter or when.month or (when.period and when.period.length < Period(0, 12).length)
    )
    return when if is_part else None


def _portion(context: Context, number: Number, when: When) -> None:
    tried: list[tuple[Line, float, str]] = []
    for line in context.lines(number.end, number.end):
        part = when.period or _latest(line, when)
        if line.spec.aggregation != "sum" or line.spec.unit != "count" or part is None:
            continue
        some, whole = line.values.get(part), line.values.get(part.year)
        if some is None or whole is None or not whole.value:
            continue
        share = 100 * (some.value or 0) / whole.value
        if close(number, share):
            context.accept(number.start, number.end)
            return
        tried.append((line, share, f"{words(line, some)}, of {format_number(whole.value)}"))
    if tried:
        line, share, told = tried[0]
        context.add(
            "portion",
            number.text,
            f"{told}: {format_value(share, 'percent')}",
            "The part is another.",
            line,
            at=(number.start, number.end),
        )


def _latest(line: Line, when: When) -> Period | None:
    """The last quarter or month of that name with a number."""
    listed = line.of("quarter" if when.quarter else "month")
    fitting = [
        one.period
        for one in listed
        if (
            one.period.number_in_year == when.quarter
            if when.quarter
            else one.period.first % 12 + 1 == when.month
        )
    ]
    return fitting[-1] if fitting else None
