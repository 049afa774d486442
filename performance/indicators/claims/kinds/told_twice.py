"""A share that is told twice, roughly and then exactly: `just over a third (34.2%)`, `two in five (39.4% in 2019/20)`.
The exact number is the claim; the rough one must only agree with it."""

import re
from itertools import pairwise

from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, Number

OPENED = re.compile(r"(?P<words>[^.;:,\d()]{0,60}?)\s*\(\s*", re.I)
CLOSED = re.compile(r"\s*(?:(?:in|at|for|on|as at|at the end of)\s+)*(?P<when>\s{3,})?\s*\)", re.I)
# What each of them did, and no share of them: 'missed at least half of their sessions (8.8%)'
OF_THEIRS = re.compile(
    r"\s*of\s+(?:their|its|his|her|the)\s+(?:sessions|school\w*|time|days)\b", re.I
)
FEW = 3  # words between the two that leave no doubt


def check(context: Context) -> None:
    """Every such share; the rough number is then accounted for."""
    for rough, exact in pairwise(context.sentence.numbers):
        if rough in context.used or rough.kind != FRACTION or exact.kind != PERCENT:
            continue
        opened = OPENED.fullmatch(context.sentence.masked[rough.end : exact.start])
        closed = CLOSED.match(context.sentence.masked[exact.end :])
        if exact.about or not (opened and closed) or context.passes_over(rough.start):
            continue
        if OF_THEIRS.match(context.sentence.text, rough.end):
            continue
        if close(rough, exact.value):
            context.used.add(rough)
        elif len(opened["words"].split()) <= FEW and not closed["when"]:
            context.used.add(rough)
            _add(context, rough, exact)


def _add(context: Context, rough: Number, exact: Number) -> None:
    """Note two numbers that do not agree."""
    context.add(
        "ratio",
        f"{rough.text} ({exact.text})",
        f"{exact.text} is not {' '.join((rough.about, rough.text)).strip().lower()}",
        "The two numbers in the sentence tell another share.",
        at=(rough.start, exact.end),
    )
