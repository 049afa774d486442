"""The register of reviews by API: what a person may see, and nothing of restricted reviews of others."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from lscb import access
from performance.api.base import ApiView, all_at_once, parameters, person_of
from performance.api.fields import PeriodField
from performance.api.serializers import Answer, PageAnswer
from reviews import queries, workflow
from reviews.models import Review

FIELDS = {"kind": "kind", "state": "state", "year": "year_code"}  # of a review, by parameter


class ReviewsQuery(Answer):
    """Which reviews are asked for."""

    kind = serializers.ChoiceField([code for code, _ in workflow.CHOICES], required=False)
    state = serializers.ChoiceField(sorted(workflow.STATES), required=False)
    year = PeriodField(required=False, help_text="a financial year such as 2020-21")


class Limit(Answer):
    """A time limit: its last day, when it was met (null: not yet), and how it stands today."""

    limit = serializers.CharField()
    day = serializers.DateField()
    met_on = serializers.DateField(allow_null=True)
    words = serializers.CharField()


class ReviewAnswer(Answer):
    """One entry of the register. `title` is a pseudonym; `stage` is where it stands as the reports count it."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    kind = serializers.CharField()
    area = serializers.CharField()
    year = serializers.CharField()
    state = serializers.CharField()
    stage = serializers.ChoiceField([workflow.UNDER_WAY, workflow.COMPLETE, workflow.PUBLISHED])
    indicators = serializers.ListField(
        child=serializers.CharField(), help_text="the ids of those that it is about"
    )
    limits = Limit(many=True)
    stated_in = serializers.CharField(
        allow_blank=True, help_text="the published report it was taken from; empty for others"
    )


class ReviewsAnswer(PageAnswer):
    """The register."""

    results = ReviewAnswer(many=True)


class Reviews(ApiView):
    """The register of reviews, audits and inspections."""

    @extend_schema(
        operation_id="list_reviews",
        tags=["reviews"],
        parameters=[ReviewsQuery],
        responses=ReviewsAnswer,
    )
    def get(self, request: Request) -> Response:
        """The reviews you may see, the newest year first, with their time limits; none of an invented area."""
        person = person_of(request)
        access.check_see_figures(person)
        query = parameters(request, ReviewsQuery)
        choice = {FIELDS[name]: str(value) for name, value in query.items()}
        rows = (
            queries.reviews(person)
            .filter(area__synthetic=False, **choice)
            .prefetch_related("changes")
        )
        return all_at_once([_answer(one) for one in rows], ReviewAnswer)


def _answer(review: Review) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "id": review.pk,
        "title": review.title,
        "kind": review.kind,
        "area": review.area.code,
        "year": review.year_code,
        "state": review.state,
        "stage": review.stands.stage,
        "indicators": review.indicators,
        "limits": [
            {"limit": one.limit.words, "day": one.day, "met_on": one.met_on, "words": one.words}
            for one in queries.dues(review, today)
        ],
        "stated_in": review.source,
    }
