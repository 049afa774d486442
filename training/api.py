"""The quarterly table of training by API: one row a cell, with what it was computed from."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from lscb import access
from lscb.periods import YEAR
from performance.api.base import ApiView, all_at_once, parameters, person_of
from performance.api.fields import NumberField, PeriodField
from performance.api.serializers import Answer, PageAnswer
from training import queries, report


class TrainingQuery(Answer):
    """Which table is asked for."""

    area = serializers.CharField(
        required=False, help_text="a code; without it the area that training is for"
    )
    year = PeriodField(
        required=False, help_text="a financial year such as 2024-25; without it the newest"
    )


class TrainingCell(Answer):
    """One number of the table. Null where there is none; `status` says why. `printed` is what a report has instead."""

    part = serializers.CharField()
    key = serializers.CharField(help_text="which row it is, in one word")
    row = serializers.CharField()
    unit = serializers.ChoiceField(["count", "percent"])
    indicator = serializers.CharField()
    area = serializers.CharField()
    period = serializers.CharField()
    numerator = NumberField(allow_null=True)
    denominator = NumberField(allow_null=True)
    value = serializers.FloatField(allow_null=True)
    status = serializers.CharField()
    printed_only = serializers.BooleanField()
    printed = serializers.CharField(allow_blank=True)


class TrainingAnswer(PageAnswer):
    """The whole table."""

    results = TrainingCell(many=True)


class Training(ApiView):
    """The quarterly table of training."""

    @extend_schema(
        operation_id="list_training",
        tags=["training"],
        parameters=[TrainingQuery],
        responses=TrainingAnswer,
    )
    def get(self, request: Request) -> Response:
        """Sessions, free events and eLearning of a financial year by quarter, with the year before."""
        access.check_see_figures(person_of(request))
        query = parameters(request, TrainingQuery)
        area = queries.area(query.get("area"))
        if area is None:
            raise ValidationError({"area": ["There is no such area."]})
        year = query.get("year") or next(iter(queries.years(area)), None)
        if year is not None and year.kind != YEAR:
            raise ValidationError({"year": ["Write a financial year, such as 2024-25."]})
        rows = report.cells(report.year_page(area, year)) if year else []
        return all_at_once(rows, TrainingCell)
