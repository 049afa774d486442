"""Numbers that had been reported and are others now: totals, and categories of a breakdown whose total stands."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from lscb.numbers import format_change, plural
from lscb.periods import Period
from performance.indicators import limits
from performance.indicators.series import Value, write
from performance.indicators.signals.found import RANKS, RESTATEMENT, Found, Restated
from performance.indicators.spec import IndicatorSpec
from performance.intake.codes import ALL

NAMED = 3  # so many categories are told with their numbers; of more only how many
PARTS = "parts"


def restatements(
    spec: IndicatorSpec, pairs: Sequence[Restated], horizon: Mapping[str, Period]
) -> list[Found]:
    """One signal for each period with restated numbers that lies within the window of the latest chart. Where the total
    moved, what moved within it is not told as well."""

    def place(pair: Restated) -> tuple[str, Period]:
        return pair.after.period_type, pair.after.period

    found = []
    for (kind, period), group in groupby(sorted(pairs, key=place), key=place):
        listed = [
            one for one in group if one.before.value is not None and one.after.value is not None
        ]
        if kind not in horizon or period <= horizon[kind].shift(-limits.WINDOW[kind]) or not listed:
            continue
        total = next((one for one in listed if one.after.breakdown == ALL), None)
        found.append(_total(spec, total) if total else _parts(spec, listed))
    return found


def _total(spec: IndicatorSpec, pair: Restated) -> Found:
    before, after = pair.before, pair.after
    numbers: dict[str, object] = {
        "before": before.value,
        "value": after.value,
        "before_numerator": _text(before.numerator),
        "before_denominator": _text(before.denominator),
    }
    return _found(spec, after, f"{after.period.label} {_moved(spec, pair)}", numbers)


def _parts(spec: IndicatorSpec, pairs: Sequence[Restated]) -> Found:
    """The categories that moved, those that moved most first."""
    ranked = sorted(
        pairs,
        key=lambda one: (
            -abs((one.after.value or 0) - (one.before.value or 0)),
            one.after.category,
        ),
    )
    after = ranked[0].after
    named = [f"{label(spec, one.after)} {_moved(spec, one)}" for one in ranked[:NAMED]]
    more = len(ranked) - len(named)
    others = f"; {plural(more, 'other category', 'other categories')} moved too" if more else ""
    by = " and ".join(dict.fromkeys(one.after.breakdown.replace("_", " ") for one in ranked))
    numbers: dict[str, object] = {
        PARTS: {
            f"{one.after.breakdown}/{one.after.category}": {
                "before": one.before.value,
                "value": one.after.value,
                "before_numerator": _text(one.before.numerator),
                "before_denominator": _text(one.before.denominator),
            }
            for one in ranked
        }
    }
    return _found(spec, after, f"{after.period.label} by {by}: {'; '.join(named)}{others}", numbers)


def label(spec: IndicatorSpec, value: Value) -> str:
    """The words of a value's category."""
    dimension = spec.dimension(value.breakdown)
    if dimension is not None and value.category in dimension.code_list:
        return dimension.code_list.label(value.category)
    return value.category.replace("-", " ").capitalize()


def _moved(spec: IndicatorSpec, pair: Restated) -> str:
    change = format_change((pair.after.value or 0) - (pair.before.value or 0), spec.unit)
    return f"was {write(spec, pair.before)} and is now {write(spec, pair.after)} ({change})"


def _found(spec: IndicatorSpec, after: Value, words: str, numbers: Mapping[str, object]) -> Found:
    return Found(
        kind=RESTATEMENT,
        indicator=spec.id,
        area=after.area,
        period_type=after.period_type,
        period=after.period,
        direction="",
        judgement="",
        latest=after.period,
        words=f"{spec.title}: {words}.",
        rule="A number that had been reported was replaced by another.",
        numbers=numbers,
        rank=RANKS[RESTATEMENT, ""],
    )


def firsts(numbers: Mapping[str, Any]) -> Iterable[tuple[str, str, Mapping[str, Any]]]:
    """What a stored restatement compares with: (breakdown, category, the numbers first reported)."""
    parts = numbers.get(PARTS)
    if isinstance(parts, Mapping):
        for key, one in parts.items():
            breakdown, _, category = key.partition("/")
            yield breakdown, category, one
    else:
        yield ALL, ALL, numbers


def _text(number: object) -> str | None:
    return None if number is None else str(number)
