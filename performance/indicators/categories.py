"""Words about the categories of a breakdown: which is the largest, and of what. Deterministic, from fixed sentences.

A group is called the majority only where it is over half of the whole.
"""

from collections.abc import Sequence

from lscb.numbers import format_number, format_value, with_and
from lscb.periods import Period
from performance.indicators.narrative import amount, base
from performance.indicators.series import Value
from performance.indicators.spec import ALTERNATIVES, IndicatorSpec
from performance.intake.codes import CodeList
from performance.statistics.comparison import Comparison, against
from performance.statistics.intervals import Interval

UNKNOWN = "unknown"
ROUNDED = 1.0  # percentage points that printed shares may be short of the whole by rounding alone


def of_one_list(values: Sequence[Value]) -> list[Value]:
    """Values by category without the shares that were printed beside counts of the same period: those are of another
    list of groups, which the counts hold already, so that together they would be more than the whole."""
    counted = {one.period for one in values if one.numerator is not None}
    return [one for one in values if not (one.published and one.period in counted)]


def largest(
    spec: IndicatorSpec,
    codes: CodeList,
    values: Sequence[Value],
    period: Period,
    total: Value | None = None,
) -> str:
    """Which category of a breakdown is largest, with what it rests on. It is the majority only where it is over half
    of the whole, and of a count only where the categories' sum is that whole (a breakdown that is not withheld
    anywhere). Where one case may have several categories they are no groups: the most frequent is told of the `total`,
    which is what they rest on. What is not known is no group, one group alone is not the largest of any, and releases
    of one estimate are no groups."""
    if any(one.breakdown in ALTERNATIVES for one in values):
        return ""
    known = sorted(
        (one for one in values if one.value is not None),
        key=lambda one: (-(one.value or 0), one.category),
    )
    ranked = [one for one in known if one.category != UNKNOWN]
    if len(ranked) == 1:
        return f"In {period.label} only {codes.label(ranked[0].category)} has a number: {amount(spec, ranked[0])}."
    if not ranked:
        return ""
    if not ranked[0].value:
        return f"In {period.label} all {len(ranked)} stood at {amount(spec, ranked[0])}."
    if any(one.breakdown in spec.several for one in values):
        return _most_frequent(spec, codes, ranked, period, total)
    is_whole = spec.unit == "count" and len(known) == len(values)
    whole = sum(one.value or 0 for one in known) if is_whole else None
    return _first_of(spec, codes, known, ranked, period, whole)


def _first_of(
    spec: IndicatorSpec,
    codes: CodeList,
    known: Sequence[Value],
    ranked: Sequence[Value],
    period: Period,
    whole: float | None,
) -> str:
    """The first of two groups or more, and the next: the majority, the largest, level with others, or the first among
    what is known where the rest may hold a larger one."""
    top, second = ranked[:2]
    most, group = ("highest", "the highest") if _is_rate(spec) else ("largest", "the largest group")
    few = _among(spec, known, ranked)
    if few:
        return (
            f"In {period.label} {few} {codes.label(top.category)} was {most} ({_part(spec, top, whole)}), "
            f"then {codes.label(second.category)} ({_part(spec, second, None)})."
        )
    level_with = [one for one in ranked if one.value == top.value]
    if len(level_with) > 1:
        names = with_and([codes.label(one.category) for one in level_with])
        return f"In {period.label} {names} were {most} ({amount(spec, top)} each)."
    half = 50.0 if spec.unit == "percent" and not _is_rate(spec) else whole and whole / 2
    over = half is not None and (top.value or 0) > half
    leads = "the majority was" if over else f"{group} was"
    return (
        f"In {period.label} {leads} {codes.label(top.category)} "
        f"({_part(spec, top, whole)}), then {codes.label(second.category)} ({_part(spec, second, None)})."
    )


def against_expected(spec: IndicatorSpec, codes: CodeList, values: Sequence[Value]) -> str:
    """How the categories stand that are set against what their share of the population leads to expect: by whether the
    95% interval of each holds one. Empty for other indicators and without intervals."""
    if not spec.as_expected:
        return ""
    names: dict[Comparison, list[str]] = {word: [] for word in Comparison}
    known = {one.category: one for one in values if one.category != UNKNOWN}
    for code in codes:
        one = known.get(code.code)
        if one is not None and one.lower is not None and one.upper is not None:
            names[against(Interval(one.lower, one.upper, ""), 1.0)].append(code.label)
    told = [f"{word} {with_and(listed)}" for word, listed in names.items() if listed]
    return (
        f"Against what to expect, by the 95% interval of each: {'; '.join(told)}." if told else ""
    )


def _most_frequent(
    spec: IndicatorSpec,
    codes: CodeList,
    ranked: Sequence[Value],
    period: Period,
    total: Value | None,
) -> str:
    """The most frequent of categories of which one case may have several, the first first, with the total they rest on;
    `in over half` only where it is over half of that."""
    whole = total.value if total else None
    level_with = [one for one in ranked if one.value == ranked[0].value]
    first = _part(spec, ranked[0], whole)
    if len(level_with) > 1:
        names = with_and([codes.label(one.category) for one in level_with])
        return f"In {period.label} most frequent were {names} ({first} each)."
    over = whole is not None and (ranked[0].value or 0) > whole / 2
    return (
        f"In {period.label} most frequent{', in over half,' if over else ''} was {codes.label(ranked[0].category)} "
        f"({first}), then {codes.label(ranked[1].category)} ({_part(spec, ranked[1], None)})."
    )


def _among(spec: IndicatorSpec, known: Sequence[Value], ranked: Sequence[Value]) -> str:
    """Among what a group is the largest, where so much of the whole is not known that another may be larger: `66.4% is
    not known; among the 3 that were printed`. Empty where none can be."""
    if _is_rate(spec):
        return ""
    top = ranked[0].value or 0
    unnamed = sum(one.value or 0 for one in known if one.category == UNKNOWN)
    rest = _rest(spec, known)
    if max(unnamed, rest) <= top:
        return ""
    absent = format_value(unnamed + max(rest, 0.0), spec.unit)
    verb = "is" if spec.unit == "percent" else "are"
    source = "were printed" if all(one.published for one in ranked) else "have a number"
    return f"{absent} {verb} not known; among the {_few(len(ranked))} that {source}"


def _rest(spec: IndicatorSpec, known: Sequence[Value]) -> float:
    """What shares of a whole leave of it; nothing of a count."""
    return 100 - sum(one.value or 0 for one in known) if spec.unit == "percent" else 0.0


def not_printed(spec: IndicatorSpec, values: Sequence[Value]) -> str:
    """How much of the whole is in none of the groups, where only some shares were printed: `Together these are 73.8%;
    the other groups were not printed`. Empty where the words about the largest say it, and of counts and rates."""
    known = [one for one in values if one.value is not None]
    rest = _rest(spec, known)
    if _is_rate(spec) or not all(one.published for one in known) or rest <= ROUNDED:
        return ""
    if any(one.breakdown in spec.several for one in known) or rest > max(
        (one.value or 0 for one in known), default=0.0
    ):
        return ""
    return f"Together these are {format_value(100 - rest, spec.unit)}; the other groups were not printed"


def _few(number: int) -> str:
    words = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number - 2] if number - 2 < len(words) else format_number(number)


def _part(spec: IndicatorSpec, value: Value, whole: float | None) -> str:
    """A category's number with what it is of: `35.7%, 987 of 2,765`, `110 of 231`."""
    if whole is not None:
        return f"{amount(spec, value)} of {format_number(whole)}"
    if value.numerator is None or value.denominator is None:
        return amount(spec, value)
    return f"{amount(spec, value)}, {base(spec, value)[2:-1]}"


def _is_rate(spec: IndicatorSpec) -> bool:
    """Whether a category's number is of the category itself, so that 60% of it is no majority of the whole, and the
    highest rate is not that of the largest group."""
    if spec.unit == "percent":
        return spec.denominator is not None and not spec.denominator.whole
    return spec.unit != "count"
