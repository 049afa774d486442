"""The quarterly scorecard by API: the rows of the page, in its words."""

from dataclasses import asdict

from django.conf import settings
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from lscb import access
from lscb.models import Area
from lscb.periods import QUARTER, Period, parse
from performance.api import indicator_serializers as serializers
from performance.api.base import ApiView, parameters, person_of
from performance.pages.board import board
from performance.queries import observations


class OneScorecard(ApiView):
    """The scorecard of one quarter."""

    @extend_schema(
        operation_id="get_scorecard",
        tags=["scorecards"],
        parameters=[
            OpenApiParameter(
                "period",
                location=OpenApiParameter.PATH,
                description="a quarter such as 2024-25-Q4; of a month or year the quarter it ends in",
            ),
            serializers.ScorecardQuery,
        ],
        responses=serializers.ScorecardAnswer,
    )
    def get(self, request: Request, period: str) -> Response:
        """One row an indicator, as on the page. For numbers to count with, ask the observations."""
        access.check_see_figures(person_of(request))
        query = parameters(request, serializers.ScorecardQuery)
        area = area_of(query.get("area") or settings.PARTNERSHIP_AREA)
        quarter = quarter_of(period)
        page = board(area.code, quarter).page
        answer = {
            "period": quarter.code,
            "title": quarter.label,
            "area": area.code,
            "synthetic": area.synthetic,
            "sections": [asdict(section) for section in page.sections],
        }
        return Response(serializers.ScorecardAnswer(answer).data)


def quarter_of(code: str) -> Period:
    """The quarter of this code, or that in which the month or year of this code ends. Raises Http404."""
    try:
        period = parse(code)
    except ValueError as error:
        raise Http404 from error
    return period if period.kind == QUARTER else Period(period.last, 1).quarter


def area_of(code: str) -> Area:
    """The area of this code. Raises ValidationError, or Http404 where the partnership's own is not there yet."""
    found = observations.area(code)
    if found is None and code == settings.PARTNERSHIP_AREA:
        raise Http404
    if found is None:
        raise ValidationError({"area": [f"There is no area '{code}'."]})
    return found
