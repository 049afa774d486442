"""Training by API: the quarterly table, one row a cell, with what it was computed from; the programme; and what is
written about each quarter."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from lscb import access
from lscb.periods import QUARTER, YEAR
from performance.api.base import ApiView, all_at_once, page, parameters, person_of
from performance.api.fields import NumberField, PeriodField
from performance.api.serializers import PAGES, Answer, PageAnswer
from performance.queries.claims import read_out
from training import queries, report
from training.models import Commentary, ProgrammeEntry


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


class ProgrammeQuery(Answer):
    """Which entries are asked for; what is left out does not narrow."""

    form = serializers.ChoiceField(ProgrammeEntry.Form.choices, required=False)
    year = PeriodField(required=False, help_text="a financial year such as 2024-25")


class ProgrammeAnswer(Answer):
    """An aim of the training unit, what it achieved, or a report that it presented."""

    id = serializers.IntegerField()
    form = serializers.ChoiceField(ProgrammeEntry.Form.choices)
    year = serializers.CharField(source="year_code")
    title = serializers.CharField()
    about = serializers.CharField()
    presented_to = serializers.CharField(help_text="empty but for a report")
    indicator = serializers.CharField(help_text="the id of the one that shows it; empty for none")
    course = serializers.CharField(
        source="course.title", default=None, allow_null=True, help_text="null for none"
    )
    stated_in = serializers.CharField(
        source="source", help_text="the published report it was taken from; empty for others"
    )


class ProgrammeAnswers(PageAnswer):
    """A page of the programme."""

    results = ProgrammeAnswer(many=True)


class Programme(ApiView):
    """The programme of the training unit."""

    @extend_schema(
        operation_id="list_training_programme",
        tags=["training"],
        parameters=[ProgrammeQuery, *PAGES],
        responses=ProgrammeAnswers,
    )
    def get(self, request: Request) -> Response:
        """What the training unit aims at, achieved, and presented to whom, in the order in which it was entered."""
        access.check_see_figures(person_of(request))
        query = parameters(request, ProgrammeQuery)
        rows = queries.programme(query.get("form", ""), query.get("year"))
        return page(request, rows, ("id",), ProgrammeAnswer)


class CommentaryQuery(Answer):
    """Which quarter's text is asked for; what is left out does not narrow."""

    area = serializers.CharField(required=False, help_text="a code")
    quarter = PeriodField(required=False, help_text="such as 2024-25-Q4")


class CommentaryAnswer(Answer):
    """What people wrote that a quarter's training tells: a section of its report, with live figures as of today."""

    area = serializers.CharField(source="area.code")
    quarter = serializers.CharField(source="period_code")
    text = serializers.CharField()

    def to_representation(self, instance: Commentary) -> dict[str, Any]:
        """The text as the report shows it: its live figures with what they say today."""
        return super().to_representation(*read_out([instance]))


class CommentaryAnswers(PageAnswer):
    """A page of texts."""

    results = CommentaryAnswer(many=True)


class Commentaries(ApiView):
    """What is written about each quarter's training."""

    @extend_schema(
        operation_id="list_training_commentary",
        tags=["training"],
        parameters=[CommentaryQuery, *PAGES],
        responses=CommentaryAnswers,
    )
    def get(self, request: Request) -> Response:
        """The texts of the quarterly reports, in the order in which they were written; a quarter of which nothing is
        written has none."""
        access.check_see_figures(person_of(request))
        query = parameters(request, CommentaryQuery)
        quarter = query.get("quarter")
        if quarter is not None and quarter.kind != QUARTER:
            raise ValidationError({"quarter": ["Write a quarter, such as 2024-25-Q4."]})
        if "area" in query and queries.area(query["area"]) is None:
            raise ValidationError({"area": ["There is no such area."]})
        rows = queries.commentaries(query.get("area", ""), quarter)
        return page(request, rows, ("id",), CommentaryAnswer)
