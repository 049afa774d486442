"""Targets: whether a number meets one, and whether the latest number crossed it."""

from collections.abc import Sequence

from lscb.numbers import format_value
from performance.indicators.series import Value, break_between, write
from performance.indicators.signals.found import RANKS, TARGET, Found
from performance.indicators.spec import IndicatorSpec, Target


def targets(spec: IndicatorSpec, kinds: Sequence[Sequence[Value]]) -> list[Found]:
    """A target that the latest number meets and the one before did not, or the other way round. Where the target itself
    changed between them no number crossed it."""
    for values in kinds:
        reported = [one for one in values if one.is_reported]
        if len(reported) < 2:
            continue
        before, after = reported[-2:]
        target = spec.target_on(after.period.end)
        if target is None or not target.asks_as(spec.target_on(before.period.end)):
            continue
        was, now = meets(spec, before), meets(spec, after)
        beside = after.period == before.period.shift(1) and break_between(before, after) is None
        if was == now or not beside:
            return []
        judgement = "improvement" if now else "concern"
        return [
            Found(
                kind=TARGET,
                indicator=spec.id,
                area=after.area,
                period_type=after.period_type,
                period=after.period,
                direction="high" if (after.value or 0) > (before.value or 0) else "low",
                judgement=judgement,
                latest=after.period,
                words=(
                    f"{spec.title}: {_beside_target(spec, after)} in {after.period.label} "
                    f"{'meets' if now else 'misses'} the target ({target_words(spec, target)}); {before.period.label} "
                    f"was {_beside_target(spec, before)}. One crossing may be "
                    "chance: the chart says whether it is a signal."
                ),
                rule=f"The latest number {'meets' if now else 'misses'} the target and the one before did not.",
                numbers={"value": after.value, "before": before.value, "target": target.value},
                rank=RANKS[TARGET, judgement],
            )
        ]
    return []


def _beside_target(spec: IndicatorSpec, value: Value) -> str:
    """A number as it is written; with another decimal where it would read as the target that it misses."""
    said, target = write(spec, value), spec.target_on(value.period.end)
    if target is None or value.value is None or meets(spec, value):
        return said
    places = spec.decimals
    while places < spec.decimals + 3 and said in (
        format_value(one, spec.unit, places=places)
        for one in (target.value, target.upper)
        if one is not None
    ):
        places += 1
        said = format_value(value.value, spec.unit, places=places)
    return said


def meets(spec: IndicatorSpec, value: Value) -> bool:
    """Whether a reported value meets the target that counted on its period's last day, or lies in its band."""
    target, amount = spec.target_on(value.period.end), value.value
    if target is None or amount is None:
        return False
    if target.upper is not None:
        return target.value <= amount <= target.upper
    return amount >= target.value if spec.polarity == "high" else amount <= target.value


def target_words(spec: IndicatorSpec, target: Target) -> str:
    """A target of an indicator: `at least 90.0%`, `from 10.0% to 20.0%`."""
    if target.upper is not None:
        return f"from {format_value(target.value, spec.unit)} to {format_value(target.upper, spec.unit)}"
    side = "at least" if spec.polarity == "high" else "at most"
    return f"{side} {format_value(target.value, spec.unit)}"
