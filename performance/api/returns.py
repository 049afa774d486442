"""Returns and areas: what may be sent, for where, and in which form."""

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from lscb import access
from lscb.models import Area
from performance.api import serializers
from performance.api.base import ApiView, CsvRenderer, all_at_once, person_of
from performance.intake.spec import ReturnSpec, returns
from performance.intake.table_schema import table_schema
from performance.intake.templates import csv_template


def spec_of(return_id: str) -> ReturnSpec:
    """The return of this id. Raises Http404."""
    spec = returns().get(return_id)
    if spec is None:
        raise Http404
    return spec


def _context(request: Request) -> dict[str, Any]:
    """What the answers need besides the definitions: the agencies for which the person may send, in one query."""
    owners = {owner for spec in returns().values() for owner in spec.owners}
    agencies = access.agencies_to_send_for(person_of(request), owners)
    return {"request": request, "agencies": list(agencies)}


class Returns(ApiView):
    """Every return of the partnership."""

    @extend_schema(
        operation_id="list_returns", tags=["returns"], responses=serializers.ReturnsAnswer
    )
    def get(self, request: Request) -> Response:
        """All returns, with the agencies for which you may send each."""
        specs = list(returns().values())
        return all_at_once(specs, serializers.ReturnAnswer, _context(request))


class OneReturn(ApiView):
    """One return."""

    @extend_schema(operation_id="get_return", tags=["returns"], responses=serializers.ReturnAnswer)
    def get(self, request: Request, return_id: str) -> Response:
        """One return: columns, margins, frequency, deadline."""
        answer = serializers.ReturnAnswer(spec_of(return_id), context=_context(request))
        return Response(answer.data)


class ReturnSchema(ApiView):
    """A return's columns and codes."""

    @extend_schema(
        operation_id="get_return_schema",
        tags=["returns"],
        responses={200: OpenApiTypes.OBJECT},
    )
    def get(self, _request: Request, return_id: str) -> Response:
        """The return as a Table Schema, version 2: the same document as on its page."""
        return Response(table_schema(spec_of(return_id)))


class ReturnTemplate(ApiView):
    """An empty file."""

    renderer_classes = (CsvRenderer, JSONRenderer)

    @extend_schema(
        operation_id="get_return_template",
        tags=["returns"],
        parameters=[
            OpenApiParameter("form", enum=["counts", "records"], description="counts when left out")
        ],
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def get(self, request: Request, return_id: str) -> HttpResponse:
        """An empty CSV file in the form of the return, with one example row that is read past."""
        form = request.query_params.get("form") or "counts"
        try:
            text = csv_template(spec_of(return_id), form)
        except ValueError as error:
            raise ValidationError({"form": [str(error)]}) from error
        disposition = f'attachment; filename="{return_id}.csv"'
        return HttpResponse(
            text,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": disposition},
        )


class Areas(ApiView):
    """Places that figures are about."""

    @extend_schema(operation_id="list_areas", tags=["areas"], responses=serializers.AreasAnswer)
    def get(self, request: Request) -> Response:
        """All areas. `within` names those that an area lies in."""
        access.check_see_figures(person_of(request))
        areas = Area.objects.prefetch_related("within").order_by("code")
        return all_at_once(list(areas), serializers.AreaAnswer)
