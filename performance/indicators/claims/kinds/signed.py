"""Changes that are told with a sign, as analysts write them, against the sentence's own numbers: `375 children, -45 in
the year (-11%)`, `583 in Q4, -28% on Q3 (808)`."""

import re
from collections.abc import Iterator
from decimal import Decimal

from lscb.numbers import format_relative_change
from performance.indicators.claims.context import Context
from performance.indicators.claims.kinds import arithmetic
from performance.indicators.claims.kinds.arithmetic import Told
from performance.indicators.claims.words.numerals import PERCENT, PLAIN, Number
from performance.indicators.claims.words.wording import SIGNS

# Between a level and the change of it, and between the change and the same in percent.
CHANGED = re.compile(r"[^.;:()\d]{0,60}[,(]\s*", re.I)
IN_PERCENT = re.compile(r"[^.;()\d]{0,40}\(\s*", re.I)
# Between a change and the level that it is a change from: 'on Q3 (808)'.
ON_BASE = re.compile(
    r"\s*(?:on|vs\.?|versus|from|against|compared\s+(?:with|to))\b[^.;()\d]{0,40}\(\s*", re.I
)
CLOSED = re.compile(r"\s*\)")


def check(context: Context) -> None:
    """Every change with a sign that the numbers beside it contradict."""
    arithmetic.check(context, (_in_percent, _on_base))


def _in_percent(context: Context, numbers: list[Number]) -> Iterator[Told]:
    """`375 children, -45 in the year (-11%)`."""
    text = context.sentence.masked
    for level, change, share in zip(numbers, numbers[1:], numbers[2:], strict=False):
        sign = SIGNS.get(change.text[0])
        if (
            not sign
            or (level.kind, change.kind, share.kind) != (PLAIN, PLAIN, PERCENT)
            or level.about
        ):
            continue
        is_beside = IN_PERCENT.fullmatch(text[change.end : share.start])
        base = level.value - sign * change.value
        if is_beside and base > 0 and CHANGED.fullmatch(text[level.end : change.start]):
            yield _told(share, (level, change), 100 * sign * change.value / base, sign)


def _on_base(context: Context, numbers: list[Number]) -> Iterator[Told]:
    """`583 in Q4, -28% on Q3 (808)`."""
    text = context.sentence.masked
    for level, share, base in zip(numbers, numbers[1:], numbers[2:], strict=False):
        kinds = (level.kind, share.kind, base.kind)
        if (
            kinds != (PLAIN, PERCENT, PLAIN)
            or share.text[0] not in SIGNS
            or level.about
            or base.about
        ):
            continue
        is_on = ON_BASE.fullmatch(text[share.end : base.start]) and CLOSED.match(text[base.end :])
        if is_on and CHANGED.fullmatch(text[level.end : share.start]):
            change = 100 * (level.value - base.value) / base.value
            yield _told(share, (level, base), change, 1)


def _told(share: Number, of: tuple[Number, Number], change: Decimal, default: int) -> Told:
    """A change in percent as it should be, turned by the sign that it is told with, or by `default` without one."""
    sign = SIGNS.get(share.text[0], default)
    return share, of, change * sign, f"It is {format_relative_change(change)}"
