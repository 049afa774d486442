"""Numbers that are late: other figures of the area reach further."""

from collections.abc import Mapping, Sequence

from lscb.numbers import missing_words
from lscb.periods import Period
from performance.indicators import series
from performance.indicators.series import Value
from performance.indicators.signals.found import MISSING, RANKS, Found
from performance.indicators.spec import IndicatorSpec
from performance.intake.spec import NOT_SUBMITTED

# How many periods an indicator may lag behind the area's others before it is missing: yearly statistics are published
# at different times of the year.
LAG = {"month": 0, "quarter": 0, "year": 1}


def missing(
    spec: IndicatorSpec, values: Sequence[Value], horizon: Mapping[str, Period]
) -> list[Found]:
    """The periods up to the area's last one for which the indicator has no number, though it had some before."""
    if any(one.is_rolled_up for one in values):  # told of the area that did not send
        return []
    kind = values[0].period_type
    if kind not in horizon:
        return []
    sent = [
        one.period for one in values if one.status != NOT_SUBMITTED
    ]  # suppressed is not missing
    last, end = max(sent), horizon[kind].shift(-LAG[kind])
    gone = (end.first - last.first) // end.length
    if not 0 < gone < series.WINDOW[kind]:
        return []
    first = last.shift(1)
    when = first.label if gone == 1 else f"{first.label} to {end.label}"
    partial = next((one for one in values if one.period == first), None)
    why = missing_words(partial.status) if partial else "not submitted"
    if partial is not None and partial.is_partial:
        why = f"{partial.present} of {partial.expected} months were sent"
    return [
        Found(
            kind=MISSING,
            indicator=spec.id,
            area=values[0].area,
            period_type=kind,
            period=first,
            direction="",
            judgement="",
            latest=end,
            words=f"{spec.title}: no number for {when} ({why}). Sender: {spec.sender}.",
            rule=f"Other figures of this area reach {horizon[kind].label}; this one ends with {last.label}.",
            numbers={"periods": float(gone)},
            rank=RANKS[MISSING, ""],
        )
    ]
