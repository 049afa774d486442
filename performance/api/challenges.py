"""Challenges by API: what was asked and answered."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from lscb import access
from performance.api.base import ApiView, page, parameters, person_of
from performance.api.fields import CodesField
from performance.api.serializers import PAGES, Answer, PageAnswer
from performance.indicators.spec import indicators
from performance.models import Challenge
from performance.queries import challenges as challenge_queries
from performance.queries.claims import read_out


def known_challenge_states() -> list[str]:
    """Where a challenge may stand."""
    return list(Challenge.State.values)


class ChallengesQuery(Answer):
    """Which challenges are asked for; what is left out does not narrow."""

    indicator = CodesField(
        required=False, known=indicators, what="indicator", help_text="ids such as FD03"
    )
    area = CodesField(required=False, help_text="codes such as E06000032")
    agency = CodesField(required=False, help_text="slugs such as police")
    state = CodesField(
        required=False, known=known_challenge_states, what="state", help_text="such as open"
    )


class ChallengeAnswer(Answer):
    """A challenge: the question, to whom, by when, and what came of it."""

    id = serializers.IntegerField()
    question = serializers.CharField()
    indicator = serializers.CharField()
    return_ = serializers.CharField(source="return_id", help_text="the return it is about")
    subject = serializers.CharField(help_text="what else it is about, such as review:12")
    area = serializers.CharField(source="area.code")
    period = serializers.CharField(source="period_code")
    agency = serializers.CharField(source="agency.slug")
    owner = serializers.CharField(source="owner.name", default=None, allow_null=True)
    due = serializers.DateField()
    state = serializers.CharField()
    raised_by = serializers.CharField(source="raised_by.name")
    raised_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField(help_text="what difference it made")

    def to_representation(self, instance: Challenge) -> dict[str, Any]:
        """The challenge as pages show it: live figures of its texts with what they say today."""
        return super().to_representation(*read_out([instance]))

    def get_fields(self) -> dict[str, Any]:
        """The fields by their outside names: `return` is a word of Python."""
        return {name.rstrip("_"): one for name, one in super().get_fields().items()}


class ChallengesAnswer(PageAnswer):
    """A page of challenges."""

    results = ChallengeAnswer(many=True)


class Challenges(ApiView):
    """The challenge log."""

    @extend_schema(
        operation_id="list_challenges",
        tags=["challenges"],
        parameters=[ChallengesQuery, *PAGES],
        responses=ChallengesAnswer,
    )
    def get(self, request: Request) -> Response:
        """Challenges, the newest first."""
        access.check_see_figures(person_of(request))
        query = parameters(request, ChallengesQuery)
        columns = {
            "indicator": "indicator__in",
            "area": "area__code__in",
            "agency": "agency__slug__in",
            "state": "state__in",
        }
        rows = challenge_queries.challenges(person_of(request)).filter(
            **{column: query[name] for name, column in columns.items() if name in query}
        )
        return page(request, rows, ("-id",), ChallengeAnswer)
