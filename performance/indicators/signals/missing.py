"""Numbers that are late: a period that is due by the calendar of returns has none."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lscb.numbers import missing_words
from lscb.periods import MONTHS_IN, Period
from performance.indicators import limits
from performance.indicators.duties import Duty, deadline
from performance.indicators.series import Value
from performance.indicators.signals.found import MISSING, RANKS, Found
from performance.indicators.spec import IndicatorSpec, feeding_returns, sending_type
from performance.intake.spec import NOT_SUBMITTED, ReturnSpec

# By how many periods an indicator may be later than its return: yearly statistics are published at different times of
# the year.
LAG = {"month": 0, "quarter": 0, "year": 1}
Span = tuple[Period, Period]


@dataclass(frozen=True)
class Due:
    """What an area should have been sent by a day.

    `duties` are the area's in the calendar of returns. What nobody owes (a time before the calendar starts, an area
    that is not the partnership's) is due when its return's deadline is over and `reach` has come to it: the last
    period of each kind for which somebody sent the area any number.
    """

    today: date
    reach: Mapping[str, Period]
    duties: Sequence[Duty] = ()

    @cached_property
    def _asked(self) -> dict[tuple[str, str], dict[int, bool]]:
        """For a return and a type of agency, each month that it owes and whether that is overdue."""
        found: dict[tuple[str, str], dict[int, bool]] = {}
        for duty in self.duties:
            months = found.setdefault((duty.return_id, duty.agency_type), {})
            overdue = duty.counts and duty.due < self.today
            for number in range(duty.period.first, duty.period.last + 1):
                months[number] = months.get(number, False) or overdue
        return found

    def asked(self, spec: IndicatorSpec) -> dict[int, bool]:
        """Each month that somebody owes the indicator's return for, and whether that is overdue."""
        ids, only = {one.id for one in feeding_returns(spec)}, sending_type(spec)
        found: dict[int, bool] = {}
        for (return_id, agency_type), months in self._asked.items():
            if return_id in ids and only in ("", agency_type):
                for number, overdue in months.items():
                    found[number] = found.get(number, False) or overdue
        return found

    def last(self, kind: str, asked: Mapping[int, bool]) -> Period | None:
        """The last period of a kind that can be due at all."""
        length = MONTHS_IN[kind]
        overdue = [number for number, late in asked.items() if late and (number - 2) % length == 0]
        found = [Period(number - length + 1, length) for number in overdue]
        if kind in self.reach:
            found.append(self.reach[kind])
        return max(found, default=None)

    def holds(self, spec: IndicatorSpec, period: Period, asked: Mapping[int, bool]) -> bool:
        """Whether a number of the period should be there."""
        period = period.shift(LAG[period.kind])
        if period.last in asked:
            return asked[period.last]
        reach = self.reach.get(period.kind)
        return reach is not None and period <= reach and self._is_over(spec, period)

    def _is_over(self, spec: IndicatorSpec, period: Period) -> bool:
        return all(
            deadline(one, _as_sent(one, period)) < self.today for one in feeding_returns(spec)
        )


def _as_sent(spec: ReturnSpec, period: Period) -> Period:
    """The period of a return in which a number is sent: a month with its quarter, where the return comes by quarter."""
    length = MONTHS_IN[spec.period_kind]
    if length <= period.length:
        return period
    return period.year if length == MONTHS_IN["year"] else period.quarter


def missing(
    spec: IndicatorSpec,
    values: Sequence[Value],
    due: Due,
    *,
    coarser: Sequence[Value] = (),
    told: Collection[Span] = (),
) -> list[Found]:
    """The due periods within the window for which the indicator has no number, though it had one before: at most one
    signal, which names them all. `values` are a series, oldest first; a month is there where a quarter or year of
    `coarser` was sent in its place; `told` are spans that another signal tells already."""
    if any(one.is_rolled_up for one in values):  # told of the area that did not send
        return []
    if any(one.made_by_program for one in feeding_returns(spec)):
        return []
    kind, asked = values[0].period_type, due.asked(spec)
    end = due.last(kind, asked)
    sent = {
        one.period for one in values if one.status != NOT_SUBMITTED
    }  # suppressed is not missing
    if end is None or not sent:
        return []
    window = [end.shift(-back) for back in reversed(range(limits.WINDOW[kind]))]
    whole = [one.period for one in coarser if one.status != NOT_SUBMITTED]
    gone = [
        one
        for one in window
        if one not in sent
        and min(sent) < one
        and due.holds(spec, one, asked)
        and not any(longer.contains(one) for longer in whole)
        and not any(first <= one <= last for first, last in told)
    ]
    if (
        max(sent) < window[0]
    ):  # a series that ended long ago is missed only where somebody still owes it
        gone = [one for one in gone if asked.get(one.last)]
    if not gone:
        return []
    return [_found(spec, values, due, gone, is_asked=gone[-1].last in asked)]


def _found(
    spec: IndicatorSpec, values: Sequence[Value], due: Due, gone: list[Period], *, is_asked: bool
) -> Found:
    last = max(one.period for one in values if one.status != NOT_SUBMITTED)
    partial = next((one for one in values if one.period == gone[0]), None)
    why = missing_words(partial.status) if partial else "not submitted"
    if partial is not None and partial.is_partial:
        why = f"{partial.present} of {partial.expected} months were sent"
    if gone[-1] < last:
        rule = "Numbers of periods before and after were sent."
    elif is_asked:
        rule = f"The calendar of returns asks for it, and its day is over; the numbers end with {last.label}."
    else:
        reach = due.reach[gone[0].kind]
        rule = f"Other figures of this area reach {reach.label}; this one ends with {last.label}."
    return Found(
        kind=MISSING,
        indicator=spec.id,
        area=values[0].area,
        period_type=gone[0].kind,
        period=gone[0],
        direction="",
        judgement="",
        latest=gone[-1],
        words=f"{spec.title}: no number for {_listed(gone)} ({why}). Sender: {spec.sender}.",
        rule=rule,
        numbers={"periods": float(len(gone))},
        rank=RANKS[MISSING, ""],
    )


def _listed(periods: Sequence[Period]) -> str:
    """`July 2025`, `April 2025 to June 2025 and August 2025`: whole stretches, in order."""
    named = [
        first.label if first == last else f"{first.label} to {last.label}"
        for first, last in _stretches(periods)
    ]
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))


def _stretches(periods: Sequence[Period]) -> Iterator[Span]:
    """The first and last of each run of periods that follow one another."""
    first = periods[0]
    for one, after in zip(periods, [*periods[1:], None], strict=True):
        if after != one.shift(1):
            yield first, one
            if after is not None:
                first = after
