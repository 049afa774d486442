"""An indicator broken down within one category of another dimension, along the pairs that are kept."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from lscb.models import Area
from lscb.periods import Period
from performance.actions.observations import parts_of
from performance.indicators.book import Book
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
from performance.models.books import columns, read

Rows = tuple[tuple[Any, ...], ...]


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
    whole = {dimension, *measure.where} - {ALL}
    margins = {_margin(measure.dataset, names) for names in (whole, whole | {breakdown})}
    counts = [(one.code, _counts(one, measure.dataset, margins)) for one in (area, *parts_of(area))]
    return list(_computed(narrowed, measure.dataset, period_type, tuple(counts)))


@lru_cache(maxsize=64)
def _computed(
    spec: IndicatorSpec, dataset: str, period_type: PeriodType, counts: tuple[tuple[str, Rows], ...]
) -> tuple[Value, ...]:
    """The values that the counts of an area, and of those that make it up, give; the same counts give the same."""
    books = [Book(code) for code, _ in counts]
    for book, (_, rows) in zip(books, counts, strict=True):
        for place, reading in read(dataset, rows):
            book.add(dataset, *place, reading)
    periods = {period for book in books for period in book.periods([dataset])}
    wanted = Targets({period_type: frozenset(_wanted(periods, period_type))})
    return tuple(compute(spec, books[0], wanted, books[1:]))


def _margin(dataset: str, names: Collection[str]) -> str:
    """The name under which counts by these dimensions are kept."""
    return "+".join(one for one in dataset_dimensions(dataset) if one in names)


def _counts(area: Area, dataset: str, margins: Collection[str]) -> Rows:
    """The current counts of an area in these margins, with the totals that say whether they are complete."""
    rows = DATASETS[dataset]._default_manager.filter(area=area, current=True)
    return tuple(rows.filter(margin__in=(TOTAL, *margins)).values_list(*columns(dataset)))


def _wanted(periods: set[Period], period_type: PeriodType) -> set[Period]:
    if period_type == "year":
        return {one.year for one in periods}
    if period_type == "quarter":
        return {one.quarter for one in periods if one.length <= 3}
    return {one for one in periods if one.length == 1}
