"""Which signals a person should look at, from the observations as they stand: pure, so that recomputing step by step
and all at once find the same.

One indicator gives one special cause at most for an area: the latest point of the finest series that has limits.
What lies further back is on its chart.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from lscb.periods import Period
from performance.indicators import limits
from performance.indicators.series import Value
from performance.indicators.signals.found import (
    CHARTED,
    ENDED,
    KINDS,
    MISSING,
    RANKS,
    RESTATEMENT,
    SENSE,
    SPECIAL_CAUSE,
    TARGET,
    Found,
    Restated,
)
from performance.indicators.signals.missing import Due, missing
from performance.indicators.signals.restated import firsts, restatements
from performance.indicators.signals.sense import (
    implausible_zero,
    larger_than_whole,
    parts_of,
    sums,
    wholes_of,
)
from performance.indicators.signals.sent import Sent, other_than_months, without_numerator
from performance.indicators.signals.special_causes import is_rare, special_causes
from performance.indicators.signals.targets import meets, target_words, targets
from performance.indicators.spec import IndicatorSpec
from performance.intake.codes import ALL

__all__ = [
    "CHARTED", "ENDED", "KINDS", "MISSING", "RANKS", "RESTATEMENT", "SENSE", "SPECIAL_CAUSE", "TARGET", "Due", "Found",
    "Restated", "Sent", "find", "firsts", "is_rare", "meets", "parts_of", "target_words", "wholes_of",
]  # fmt: skip


def find(
    spec: IndicatorSpec,
    values: Sequence[Value],
    *,
    horizon: Mapping[str, Period],
    rebases: Collection[Period] = (),
    restated: Sequence[Restated] = (),
    due: Due | None = None,
    beside: Mapping[str, Sequence[Value]] | None = None,
    sent: Sent | None = None,
) -> list[Found]:
    """The signals of one indicator and area. `values` are its observations of every kind of period, breakdowns
    included; `horizon` the last period of each kind for which the area has any number, `due` what should have been
    sent (else what the horizon reaches); `beside` the totals of the indicators that it is a part of; `sent` its counts
    where a check holds them against themselves."""
    totals = [one for one in values if one.breakdown == ALL]
    kinds = [
        [one for one in totals if one.period_type == kind and one.period <= horizon[kind]]
        for kind in CHARTED
        if kind in horizon
    ]
    ordered = [sorted(one, key=lambda value: value.period) for one in kinds]
    found: list[Found] = []
    if judged := limits.best(ordered):
        whole = next(one for one in ordered if one and one[-1].period_type == judged[0].period_type)
        found += special_causes(spec, judged, rebases, whole)
    if recent := limits.finest(ordered):
        found += implausible_zero(spec, recent)
    found += targets(spec, kinds)
    found += sums(spec, values, horizon)
    found += larger_than_whole(spec, totals, beside or {}, horizon)
    found += restatements(spec, restated, horizon)
    gaps: list[Found] = []
    if sent is not None and horizon:
        found += other_than_months(spec, sent)
        gaps = without_numerator(spec, sent, horizon)
    if recent:
        found += _missing(spec, recent, totals, due or Due(date.max, horizon), gaps)
    return sorted([*found, *gaps], key=lambda one: (one.rank, one.key))


def _missing(
    spec: IndicatorSpec,
    recent: Sequence[Value],
    totals: Sequence[Value],
    due: Due,
    gaps: Sequence[Found],
) -> list[Found]:
    """What is missing of the finest series, `recent`, beside what longer periods hold and `gaps` told already."""
    finest = recent[0]
    return missing(
        spec,
        recent,
        due,
        coarser=[one for one in totals if one.period.length > finest.period.length],
        told=[(one.period, one.latest) for one in gaps if one.period_type == finest.period_type],
    )
