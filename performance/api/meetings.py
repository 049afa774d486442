"""Editions and challenges by API: what was frozen and signed off, what was asked and answered."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from lscb import access
from performance.api.base import ApiView, page, parameters, person_of
from performance.api.fields import CodesField
from performance.api.serializers import PAGES, Answer, PageAnswer
from performance.indicators.spec import indicators
from performance.models import Challenge, Edition, EditionState
from performance.queries import challenges as challenge_queries
from performance.queries import editions as queries
from performance.queries.claims import read_out


def known_edition_states() -> list[str]:
    """Where an edition may stand."""
    return list(EditionState.values)


def known_challenge_states() -> list[str]:
    """Where a challenge may stand."""
    return list(Challenge.State.values)


class EditionsQuery(Answer):
    """Which editions are asked for; what is left out does not narrow."""

    area = CodesField(required=False, help_text="codes such as E06000032")
    state = CodesField(
        required=False, known=known_edition_states, what="state", help_text="such as published"
    )


class EditionAnswer(Answer):
    """An edition and its steps; a step that was not taken is null."""

    id = serializers.IntegerField()
    area = serializers.CharField(source="area.code")
    quarter = serializers.CharField(source="quarter_code")
    number = serializers.IntegerField()
    state = serializers.CharField()
    data_version = serializers.IntegerField()
    checksum = serializers.CharField(help_text="SHA-256 of the rows")
    opened_at = serializers.DateTimeField()
    opened_by = serializers.CharField(source="opened_by.name")
    approved_at = serializers.DateTimeField(allow_null=True)
    approved_by = serializers.CharField(source="approved_by.name", default=None, allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    published_by = serializers.CharField(source="published_by.name", default=None, allow_null=True)
    set_aside_at = serializers.DateTimeField(allow_null=True)
    set_aside_reason = serializers.CharField()


class EditionsAnswer(PageAnswer):
    """A page of editions."""

    results = EditionAnswer(many=True)


class EditionRowAnswer(Answer):
    """A row as it was frozen: what it showed, and the observations behind it."""

    section = serializers.CharField()
    indicator = serializers.CharField()
    definition = serializers.CharField(help_text="SHA-256 of the indicator's definition")
    shown = serializers.DictField()
    numbers = serializers.ListField(child=serializers.DictField())


class WholeEditionAnswer(EditionAnswer):
    """An edition with its rows."""

    intact = serializers.SerializerMethodField()
    rows = serializers.SerializerMethodField()

    def get_intact(self, edition: Edition) -> bool:
        """Whether the rows are what was frozen, by the checksum."""
        return queries.is_intact(edition, queries.rows_of(edition))

    def get_rows(self, edition: Edition) -> list[dict[str, Any]]:
        """The rows in their order."""
        rows = queries.rows_of(edition)
        return [dict(one) for one in EditionRowAnswer(rows, many=True).data]


class Editions(ApiView):
    """Editions of the scorecard."""

    @extend_schema(
        operation_id="list_editions",
        tags=["editions"],
        parameters=[EditionsQuery, *PAGES],
        responses=EditionsAnswer,
    )
    def get(self, request: Request) -> Response:
        """Editions, the newest first."""
        access.check_see_figures(person_of(request))
        query = parameters(request, EditionsQuery)
        columns = {"area": "area__code__in", "state": "state__in"}
        rows = Edition.objects.select_related("area", *queries.PEOPLE).filter(
            **{column: query[name] for name, column in columns.items() if name in query}
        )
        return page(request, rows, ("-id",), EditionAnswer)


class OneEdition(ApiView):
    """One edition with its rows."""

    @extend_schema(operation_id="get_edition", tags=["editions"], responses=WholeEditionAnswer)
    def get(self, request: Request, edition_id: int) -> Response:
        """An edition as it was frozen."""
        access.check_see_figures(person_of(request))
        found = queries.edition(edition_id)
        if found is None:
            raise Http404
        return Response(WholeEditionAnswer(found).data)


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
