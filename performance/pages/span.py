"""The part of a series that is shown. It crops pictures and tables only: limits, marks, verdicts and the number of a
year before always come from the whole series, so that nobody changes a verdict by choosing where to look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lscb.periods import Period
from performance.indicators import course, limits, narrative, series
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec
from performance.statistics.spc import Chart, Judgement, Point
from performance.statistics.special_causes import SpecialCause

CROPPED = "Limits, marks and words rest on the whole series, also on what is not shown"
NOTHING = "No number of it lies between the chosen periods."


@dataclass(frozen=True)
class Span:
    """From the first to the last chosen period; None where it is not chosen."""

    first: Period | None = None
    last: Period | None = None

    def of(self, values: Iterable[Value]) -> list[Value]:
        """The values whose periods lie within it."""
        return [
            value
            for value in values
            if (self.first is None or value.period.first >= self.first.first)
            and (self.last is None or value.period.last <= self.last.last)
        ]

    def crops(self, values: Sequence[Value]) -> bool:
        """Whether it leaves out any of some values."""
        return len(self.of(values)) < len(values)


WHOLE = Span()


def on_show(chart: Chart[Period], drawn: Sequence[Value]) -> Chart[Period]:
    """What a whole series' chart shows of the values that are drawn, which may lie before its limits begin; those have
    no lines and no marks."""
    judged = {point.label: point for point in chart.points}
    points = tuple(
        judged.get(period) or _unjudged(period, value) for period, value in series.with_gaps(drawn)
    )
    latest = max((point.segment for point in points), default=0)
    return replace(chart, points=points, segments=chart.segments[: latest + 1])


def _unjudged(period: Period, value: Value | None) -> Point[Period]:
    return Point(
        label=period,
        value=value.value if value else None,
        segment=0,
        mean=None,
        lower=None,
        upper=None,
        near_lower=None,
        near_upper=None,
        rule=None,
        direction=None,
        judgement=Judgement.NO_LIMITS,
    )


def cropped_words(values: Sequence[Value], drawn: Sequence[Value]) -> tuple[str, ...]:
    """What is said under a control chart that shows a part of a series: what its limits rest on, and that points which
    lie before them are not judged; empty where all of it is shown."""
    judged = limits.window(values)
    first = min((one.period for one in judged), default=None)
    if (
        first is None
        or not drawn
        or {one.period for one in drawn} == {one.period for one in judged}
    ):
        return ()
    if all(one.period < first for one in drawn):
        return (f"Nothing on show is judged: limits begin with {first.label}",)
    before = any(one.period < first for one in drawn)
    early = (f"Limits begin with {first.label}; what is shown of the time before is not judged",)
    return (CROPPED, *(early if before else ()))


def words_of(spec: IndicatorSpec, values: Sequence[Value], now: Value, chart: Chart[Period]) -> str:
    """What the last number on show says where later ones are not shown: beside its year before, and as the chart of the
    whole series marks it, so that words and picture agree."""
    was = now.period.year_before()
    before = next((one for one in values if one.period == was and one.is_reported), None)
    said = narrative.level(spec, now)
    if before is None:
        absent = f"There is no number for {was.label} to compare it with."
    else:
        said, absent = f"{said}, {narrative.change(spec, before, now)}", ""
    point = next((one for one in chart.points if one.label == now.period), None)
    if point is None or point.lower is None:
        judged = "It lies before the limits begin and is not judged."
    elif point.rule is None or point.direction is None:
        judged = "On the chart of the whole series it is within usual variation."
    else:
        cause = SpecialCause(point.rule, point.direction).words
        judged = f"On the chart of the whole series it is marked as {course.article(str(point.judgement))}, {cause}."
    return course.joined(f"{said}.", absent, judged, narrative.target_sentence(spec, now))
