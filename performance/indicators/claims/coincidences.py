"""Whether a number that does not fit one series is exactly what another that may be meant has: then nothing is flagged.

A writer means more series than a sentence names: '12,671 courses were registered, of which 11,324 were completed'.
"""

import re
from collections.abc import Iterator, Sequence

from performance.indicators.claims.context import LINK, Context
from performance.indicators.claims.evidence import COUNTED, Line, close, fits
from performance.indicators.claims.numerals import PERCENT, PLAIN, Number
from performance.indicators.series import Value

SAID = re.compile(
    r"\W*(?:(?:had|have|has|been|was|were|is|are|stood|reached|numbered|totall?ed|made|came|rose|fell|went|up|down|at|to)"
    r"\s+){1,3}",
    re.I,
)
TELLING = 100  # a plain number under it is met by chance too often


def is_of_another_series(
    context: Context, number: Number, tried: Sequence[tuple[Line, Value]]
) -> bool:
    """Whether a number is what a kindred series has at the same period as one that was tried. Only a number that is
    seldom met by chance counts: of three digits or more, or a percentage with a decimal."""
    if number.about or number.kind not in (PLAIN, PERCENT) or _is_plainly_of(context, number):
        return False
    if number.places < 1 if number.kind == PERCENT else number.value < TELLING:
        return False
    return any(
        close(number, found.value or 0)
        for line, value in tried
        for other in _kindred(context, line)
        if fits(other, number.kind) and (found := other.values.get(value.period)) is not None
    )


def _is_plainly_of(context: Context, number: Number) -> bool:
    """Whether a number stands right beside the words that it is said of: '3,215 incidents', 'referrals were 3,137'."""
    text = context.sentence.text
    return any(
        LINK.match(text[number.end : one.start])
        if one.start >= number.end
        else SAID.fullmatch(text[one.end : number.start])
        for one in (*context.subjects, *context.groups)
        if one.start >= number.end or one.end <= number.start
    )


def _kindred(context: Context, line: Line) -> Iterator[Line]:
    """The series of the same theme, in total, of the categories that are named, and what their numerators count."""
    for one in context.facts.totals(line.spec.theme):
        yield one
        counted = context.facts.line(f"{one.spec.id}{COUNTED}")
        if counted is not None:
            yield counted
    for group in context.groups:
        other = context.facts.line(line.spec.id, group.breakdown, group.code, place=line.area)
        if other is not None:
            yield other
