"""An indicator broken down within one category of another dimension, along the pairs that are kept."""

from collections.abc import Collection
from itertools import combinations

from django.db.models import Q

from lscb.models import Area
from lscb.periods import Period, parse
from performance.actions.observations import parts_of
from performance.indicators.compute import Targets, compute
from performance.indicators.series import Value
from performance.indicators.spec import (
    IndicatorSpec,
    PeriodType,
    dataset_dimensions,
    returns_of,
)
from performance.intake.codes import ALL
from performance.intake.spec import TOTAL
from performance.models import DATASETS
from performance.models.books import load_book


def why_not_kept(spec: IndicatorSpec, breakdown: str, dimension: str) -> str:
    """Why an indicator's breakdown cannot be shown within a dimension, a sentence; empty where it can."""
    measure = spec.numerator
    if measure is None or measure.dataset == "Figure":
        return "It is sent as totals, not as counts that can be crossed."
    if spec.unit != "count":
        return "A share or rate within one category would need its own whole: choose the number as unit."
    if measure.any_of or measure.less:
        return "It is added up from several counts, which are not kept together within a category."
    names = {one for one in (breakdown, dimension, *measure.where) if one != ALL}
    specs = returns_of(measure.dataset)
    if not any(dimension in one.dimension_names for one in specs):
        return f"Its counts know no {dimension.replace('_', ' ')}."
    kept = [set(margin.dimensions) for one in specs for margin in one.margins]
    if names not in kept:
        pair = " with ".join(sorted(name.replace("_", " ") for name in names))
        return f"The partnership agreed to keep no counts of {pair}, because so few children are in each cell."
    return ""


def within(
    spec: IndicatorSpec,
    area: Area,
    period_type: PeriodType,
    breakdown: str,
    dimension: str,
    category: str,
) -> list[Value]:
    """The values of an indicator within one category of a dimension, in total and by breakdown, computed as all others
    are: of a wider area without counts of its own as sums over those of its parts. Call it only where `why_not_kept` is
    empty."""
    measure = spec.numerator
    if measure is None:
        return []
    narrowed = spec.model_copy(
        update={
            "numerator": measure.model_copy(
                update={"where": {**measure.where, dimension: category}}
            ),
            "breakdowns": () if breakdown == ALL else (breakdown,),
            "total": True,
            "published": None,
        }
    )
    parts = parts_of(area)
    rows = DATASETS[measure.dataset]._default_manager.filter(area__in=[area, *parts], current=True)
    periods = [parse(code) for code in rows.values_list("period", flat=True).distinct()]
    if not periods:
        return []
    first, last = min(one.first for one in periods), max(one.last for one in periods)
    names = {dimension, breakdown, *measure.where} - {ALL}
    kept = Q(current=True, margin__in=_margins(measure.dataset, names))
    counting: dict[str, Q] = {measure.dataset: kept}
    own, *books = [
        load_book(one, {measure.dataset}, Period(first, 1).year.first, last, counting)
        for one in (area, *parts)
    ]
    wanted = Targets({period_type: frozenset(_wanted(periods, period_type))})
    return compute(narrowed, own, wanted, books)


def _margins(dataset: str, names: Collection[str]) -> list[str]:
    """The margins of a dataset that keep no other dimensions than these, the total among them."""
    ordered = [one for one in dataset_dimensions(dataset) if one in names]
    kept = (some for size in range(len(ordered) + 1) for some in combinations(ordered, size))
    return ["+".join(some) or TOTAL for some in kept]


def _wanted(periods: list[Period], period_type: PeriodType) -> set[Period]:
    if period_type == "year":
        return {one.year for one in periods}
    if period_type == "quarter":
        return {one.quarter for one in periods if one.length <= 3}
    return {one for one in periods if one.length == 1}
