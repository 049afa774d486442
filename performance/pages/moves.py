"""Ranks of a breakdown's categories, how they move between two years, and whether that is more than chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lscb.numbers import missing_words, plural
from lscb.periods import Period
from performance.indicators.series import Value
from performance.intake.codes import Code, CodeList
from performance.statistics.comparison import swapped, z_of_all

TOP = 10


@dataclass(frozen=True)
class Before:
    """The year that ranks are compared with: its numbers, and in words why a category has none there."""

    values: Mapping[str, Value]
    absent: Mapping[str, str]
    year: Period

    def why(self, code: Code | None) -> str:
        """Why a category that is ranked now was not: `suppressed at source in 2022/23`."""
        if code and code.valid_from and code.valid_from > self.year.start:
            return f"a code only since {code.valid_from:%B %Y}"
        absent = self.absent.get(code.code if code else "", missing_words("not available"))
        return f"{absent} in {self.year.label}"


def ranks(values: Mapping[str, Value]) -> dict[str, int]:
    """The rank of each category, the largest first; equal values share a rank."""
    ordered = sorted(values.values(), key=lambda one: (-(one.value or 0), one.category))
    return {
        one.category: 1 + sum(1 for other in ordered if (other.value or 0) > (one.value or 0))
        for one in ordered
    }


def moved(now: int, before: int | None, unknown: str = "") -> str:
    """What moved, in words: `Up 2`, `Down 1`, `Same`, `New in the top ten (was 12)`, `Not known: suppressed at source`.
    `unknown` says why there is no rank before; empty where no year is compared."""
    if before is None:
        return f"Not known: {unknown}" if unknown else ""
    if before > TOP:
        return f"New in the top ten (was {before})"
    if before == now:
        return "Same"
    return f"{'Up' if now < before else 'Down'} {abs(now - before)}"


def chance(
    codes: CodeList,
    now: Mapping[str, Value],
    past: Mapping[str, Value],
    before: Mapping[str, int],
    *,
    several: bool = False,
) -> str:
    """Whether the moves in the top ten are more than chance: one is where a category changed places with another and
    the difference of their shares moved by more than chance, with an allowance for every pair that could have: so many
    are compared that some would at 95% each. Where one case may have `several` categories they are no parts of one
    whole and how they go together is not known, so that nothing is claimed. Empty where nothing moved."""
    here = ranks(now)
    both = [code for code in here if code in before]
    moves = [code for code in both if here[code] <= TOP and here[code] != before[code]]
    if not moves:
        return ""
    if several:
        return (
            "Ranks of close counts change by chance; because one case may have several of these, it cannot be told "
            "whether these did."
        )
    whole, whole_before = _whole(now), _whole(past)
    counted = all(
        one in now and one in past and _count(now[one]) and _count(past[one]) for one in moves
    )
    if not counted or not whole or not whole_before:
        return "Ranks of close counts change by chance; without the counts it cannot be told whether these did."
    comparable = [code for code in both if code in past]
    pairs = len(comparable) * (len(comparable) - 1) // 2
    z = z_of_all(max(pairs, 1))

    def is_more(code: str, other: str) -> bool:
        """Whether one of two categories passed the other by more than chance."""
        if other == code or (here[code] < here[other]) == (before[code] < before[other]):
            return False
        after = (_count(now[code]), _count(now[other]), whole)
        return swapped(after, (_count(past[code]), _count(past[other]), whole_before), z)

    sure = [code for code in moves if any(is_more(code, other) for other in comparable)]
    return _told(codes, moves, sure, pairs)


def _told(codes: CodeList, moves: Sequence[str], sure: Sequence[str], pairs: int) -> str:
    """How many of the moves are surely more than chance, and what was allowed for."""
    allowed = (
        f"{plural(pairs, 'pair')} compared, at 95% {'for it' if pairs == 1 else 'for all together'}"
    )
    if len(sure) == len(moves):
        return f"Each move is more than chance between such counts ({allowed})."
    more = (
        f"; only {' and '.join(codes.label(one) for one in sure)} moved by more than that"
        if sure
        else ", as these may have"
    )
    return f"Ranks of close counts change by chance{more} ({allowed})."


def _count(value: Value) -> float:
    return float(value.numerator or 0)


def _whole(values: Mapping[str, Value]) -> float:
    """What the categories are parts of: the denominator they share, else their sum; the sum too where it is more,
    because several categories can hold for one child."""
    wholes = {one.denominator for one in values.values()}
    shared = float(wholes.pop() or 0) if len(wholes) == 1 else 0.0
    return max(shared, sum(_count(one) for one in values.values()))
