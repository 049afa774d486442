"""Indicators and observations: what is measured, and the values."""

from typing import Any

from django.db.models import Q
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from lscb import access
from lscb.models import Area
from lscb.periods import Period
from performance.api import indicator_serializers as serializers
from performance.api.base import ApiView, all_at_once, page, parameters, person_of
from performance.api.serializers import PAGES
from performance.indicators.spec import PERIOD_TYPES, indicators
from performance.queries import catalogue
from performance.queries import observations as queries

# The key of an observation, in the order of its unique index: no row is skipped or told twice between two pages.
KEY = ("indicator", "area_id", "period_type", "period", "breakdown", "category")
MONTHS = {"month": 1, "quarter": 3, "year": 12, "ytd": 1, "rolling": 1}
COLUMNS = {
    "indicator": "indicator__in",
    "area": "area__code__in",
    "period_type": "period_type__in",
    "breakdown": "breakdown__in",
    "category": "category__in",
}


class Indicators(ApiView):
    """Every indicator."""

    @extend_schema(
        operation_id="list_indicators",
        tags=["indicators"],
        responses=serializers.IndicatorsAnswer,
    )
    def get(self, request: Request) -> Response:
        """All indicators, also those that nothing feeds yet."""
        access.check_see_figures(person_of(request))
        specs = list(catalogue.begun(indicators().values()).values())
        return all_at_once(specs, serializers.IndicatorRow, {"request": request})


class OneIndicator(ApiView):
    """One indicator."""

    @extend_schema(
        operation_id="get_indicator", tags=["indicators"], responses=serializers.IndicatorAnswer
    )
    def get(self, request: Request, indicator_id: str) -> Response:
        """An indicator's definition."""
        access.check_see_figures(person_of(request))
        spec = indicators().get(indicator_id)
        if spec is None:
            raise Http404
        (known,) = catalogue.begun([spec]).values()
        return Response(serializers.IndicatorAnswer(known, context={"request": request}).data)


class Observations(ApiView):
    """Values of indicators."""

    @extend_schema(
        operation_id="list_observations",
        tags=["observations"],
        parameters=[serializers.ObservationsQuery, *PAGES],
        responses=serializers.ObservationsAnswer,
    )
    def get(self, request: Request) -> Response:
        """Observations by indicator, area, kind of period, period, breakdown and category, in a stable order."""
        access.check_see_figures(person_of(request))
        query = parameters(request, serializers.ObservationsQuery)
        rows = queries.observations().filter(
            within(query),
            **{column: query[name] for name, column in COLUMNS.items() if name in query},
        )
        answer = page(request, rows, KEY, serializers.ObservationAnswer)
        if not answer.data["results"]:
            check_areas(query.get("area", []))
        return answer


def within(query: dict[str, Any]) -> Q:
    """The observations whose period lies within `from` and `to`.

    Codes of one kind of period sort by time; those of ytd and rolling are the codes of their last months.
    """
    first: Period | None = query.get("from")
    last: Period | None = query.get("to")
    condition = Q()
    if first is None and last is None:
        return condition
    for period_type in query.get("period_type", PERIOD_TYPES):
        bounds = {"period_type": period_type}
        if first:
            bounds["period__gte"] = beginning_from(first, MONTHS[period_type]).code
        if last:
            bounds["period__lte"] = ending_by(last, MONTHS[period_type]).code
        condition |= Q(**bounds)
    return condition


def beginning_from(first: Period, length: int) -> Period:
    """The earliest period of `length` months that does not begin before `first`."""
    offset = 3 if length == 12 else 0  # financial years begin in April
    return Period(first.first + (offset - first.first) % length, length)


def ending_by(last: Period, length: int) -> Period:
    """The latest period of `length` months that does not end after `last`."""
    offset = 3 if length == 12 else 0
    after = last.last + 1
    return Period(after - (after - offset) % length - length, length)


def check_areas(codes: list[str]) -> None:
    """Raise ValidationError for areas that do not exist. Asked only where nothing was found, to spare a query."""
    known = (
        set(Area.objects.filter(code__in=codes).values_list("code", flat=True)) if codes else set()
    )
    unknown = [f"There is no area '{code}'." for code in codes if code not in known]
    if unknown:
        raise ValidationError({"area": unknown})
