"""The chart of an indicator's page: what an address asks for, for the page, its files, and where it is shown again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.http import Http404

from lscb.models import Area
from performance.indicators.scorecard import ChartSpec
from performance.indicators.series import Notes, Value
from performance.indicators.spec import ALTERNATIVES, PERIOD_TYPES, IndicatorSpec, PeriodType
from performance.intake.codes import ALL
from performance.pages import dashboards as page
from performance.pages.panel import Panel
from performance.queries import events, observations
from performance.queries.observations import Printed
from performance.views.downloads import with_files

# The kind of period in which an indicator comes, by its frequency; of school terms quarters are sent.
SENT: dict[str, PeriodType] = {
    "monthly": "month",
    "quarterly": "quarter",
    "termly": "quarter",
    "yearly": "year",
}


@dataclass(frozen=True)
class Shown:
    """An indicator as an address has it: its area, the kind of period and breakdown with their values, the totals of
    its years and months (none for a breakdown) and quarters, all shapes that it has there, and the areas that have
    it."""

    spec: IndicatorSpec
    area: Area
    period_type: PeriodType
    breakdown: str
    values: list[Value]
    years: list[Value]
    quarters: list[Value]
    months: list[Value]
    shapes: set[tuple[str, str]]
    elsewhere: list[Area]
    notes: Notes = field(repr=False)
    totals: list[Value] = field(default_factory=list, repr=False)  # beside categories

    def panel(self, printed: Sequence[Printed]) -> Panel:
        """The chart with its words and its table."""
        chart = ChartSpec(
            indicator=self.spec.id,
            title=f"{self.spec.title}, {page.PERIOD_WORDS[self.period_type]}",
            breakdown=self.breakdown,
            period_type=self.period_type,
            mark="bar" if self.period_type == "year" and self.spec.unit == "count" else "line",
        )
        kinds = {"year": self.years, "quarter": self.quarters, "month": self.months}
        others = [
            one for kind, listed in kinds.items() if kind != self.period_type for one in listed
        ]
        return page.panel(
            chart, [*self.values, *others, *self.totals], printed, self.notes, [self.spec]
        )

    def with_files(self, panel: Panel, name: str = "") -> Panel:
        """A chart of the page with the addresses of its files; `name` tells it from the first."""
        query = {"area": self.area.code, "period": self.period_type, "breakdown": self.breakdown}
        more = {"chart": name} if name else {}
        return with_files(panel, "indicator-file", self.spec.id, query=query | more)


def shown(spec: IndicatorSpec, query: Mapping[str, str]) -> Shown:
    """What the address of an indicator's page asks for (`area`, `period`, `breakdown`), else what is there: where the
    partnership's own area has no figure and none is asked for, the first area that has one; the finest kind of
    period. Raises Http404 for an area that there is not."""
    code = query.get("area") or str(settings.PARTNERSHIP_AREA)
    area = observations.area(code)
    if area is None:
        raise Http404(f"There is no area '{code}'.")
    shapes = _shapes(spec, area)
    elsewhere = observations.areas_with(spec.id)
    if not shapes and elsewhere and "area" not in query:
        area = elsewhere[0]
        shapes = _shapes(spec, area)
    period_type, breakdown = _shape(spec, shapes, query)
    wanted = [(period_type, breakdown), ("year", ALL), ("quarter", ALL), ("month", ALL)]
    known = observations.of_shapes(area.code, [(spec.id, *one) for one in wanted])
    values, years, quarters, months = (
        [one for one in known if (one.period_type, one.breakdown) == shape] for shape in wanted
    )
    same_kind = {"month": months, "quarter": quarters}.get(period_type, [])
    return Shown(
        spec=spec,
        area=area,
        period_type=period_type,
        breakdown=breakdown,
        values=values,
        years=years if breakdown == ALL else [],
        quarters=quarters,
        months=months if breakdown == ALL else [],
        shapes=shapes,
        elsewhere=elsewhere,
        notes=events.notes(area),
        totals=[] if breakdown == ALL else [*years, *same_kind],
    )


def _shapes(spec: IndicatorSpec, area: Area) -> set[tuple[str, str]]:
    """The kinds of period and the breakdowns to be drawn; releases of one estimate are told apart from the chart."""
    shapes = observations.shapes(spec.id, area.code)
    return {(kind, breakdown) for kind, breakdown in shapes if breakdown not in ALTERNATIVES}


def _shape(
    spec: IndicatorSpec, shapes: set[tuple[str, str]], query: Mapping[str, str]
) -> tuple[PeriodType, str]:
    """The kind of period and breakdown asked for, else the finest that there is; without figures that in which it
    would come."""
    plain = ALL if spec.total else (spec.breakdowns or (ALL,))[0]
    breakdown = query.get("breakdown", plain)
    if not any(breakdown == one for _, one in shapes):
        breakdown = min((one for _, one in shapes), key=lambda one: one != ALL, default=plain)
    there = [one for one in PERIOD_TYPES if (one, breakdown) in shapes]
    order: tuple[PeriodType, ...] = ("month", "quarter", "year", "rolling", "ytd")
    if breakdown != ALL:
        order = ("year", "quarter", "month")
    asked = [one for one in there if one == query.get("period")]
    sent = SENT.get(spec.frequency, "quarter")
    return next(iter([*asked, *(one for one in order if one in there)]), sent), breakdown
