"""Priorities by API: what was agreed, the actions with their status, and the indicators that show progress."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from lscb import access
from performance.api.base import ApiView, page, parameters, person_of
from performance.api.fields import CodesField
from performance.api.indicators import check_areas
from performance.api.serializers import PAGES, Answer, PageAnswer
from performance.queries.claims import read_out
from priorities import queries
from priorities.models import PlanAction, Priority


class PrioritiesQuery(Answer):
    """Which priorities are asked for; what is left out does not narrow."""

    area = CodesField(required=False, help_text="codes such as E06000032")


class PlanActionAnswer(Answer):
    """An action of the plan with its status today, by the stated rule."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    agency = serializers.CharField(source="agency.slug", default=None, allow_null=True)
    owner = serializers.CharField(source="owned_by", help_text="empty where nobody owns it")
    due = serializers.DateField(allow_null=True, help_text="null where no day is stated")
    state = serializers.CharField()
    closed_on = serializers.DateField(allow_null=True)
    status = serializers.SerializerMethodField()
    colour = serializers.SerializerMethodField()
    different = serializers.CharField(help_text="what is different for children")
    known_by = serializers.CharField(help_text="how that is known")

    def get_status(self, action: PlanAction) -> str:
        """The status in words."""
        return action.rag(timezone.localdate()).words

    def get_colour(self, action: PlanAction) -> str:
        """The status as a colour: blue, green, amber, red or grey."""
        return action.rag(timezone.localdate()).kind


class ActionAnswer(PlanActionAnswer):
    """An action of the plan, under its priority or beside the priorities."""

    area = serializers.CharField(source="area.code")
    priority = serializers.IntegerField(
        source="priority_id", allow_null=True, help_text="its id; null beside the priorities"
    )

    def to_representation(self, instance: PlanAction) -> dict[str, Any]:
        """The action as pages show it: live figures of its texts with what they say today."""
        return super().to_representation(*read_out([instance]))


class ActionsAnswer(PageAnswer):
    """A page of actions."""

    results = ActionAnswer(many=True)


class Actions(ApiView):
    """The actions of the plan."""

    @extend_schema(
        operation_id="list_plan_actions",
        tags=["priorities"],
        parameters=[PrioritiesQuery, *PAGES],
        responses=ActionsAnswer,
    )
    def get(self, request: Request) -> Response:
        """The actions under and beside the priorities, in the order in which they were made; those of an invented area
        when it is asked for."""
        access.check_see_figures(person_of(request))
        query = parameters(request, PrioritiesQuery)
        check_areas(query.get("area", []))
        return page(request, queries.actions_in(query.get("area", [])), ("id",), ActionAnswer)


class PriorityAnswer(Answer):
    """A priority with its actions."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    area = serializers.CharField(source="area.code")
    starts = serializers.DateField()
    ends = serializers.DateField(allow_null=True)
    shared_with = serializers.CharField()
    why = serializers.CharField()
    outcomes = serializers.CharField()
    indicators = serializers.ListField(child=serializers.CharField())
    source = serializers.CharField()  # type: ignore[assignment]
    actions = serializers.SerializerMethodField()

    def to_representation(self, instance: Priority) -> dict[str, Any]:
        """The priority as pages show it: live figures of its texts with what they say today."""
        return super().to_representation(*read_out([instance]))

    def get_actions(self, priority: Priority) -> list[dict[str, Any]]:
        """The actions, those due first at the top."""
        rows = queries.actions_of(priority)
        return [dict(one) for one in PlanActionAnswer(rows, many=True).data]


class PrioritiesAnswer(PageAnswer):
    """A page of priorities."""

    results = PriorityAnswer(many=True)


class Priorities(ApiView):
    """The partnership's priorities."""

    @extend_schema(
        operation_id="list_priorities",
        tags=["priorities"],
        parameters=[PrioritiesQuery, *PAGES],
        responses=PrioritiesAnswer,
    )
    def get(self, request: Request) -> Response:
        """Priorities with their actions, in the order in which they were made; those of an invented area when it is
        asked for."""
        access.check_see_figures(person_of(request))
        query = parameters(request, PrioritiesQuery)
        check_areas(query.get("area", []))
        return page(request, queries.priorities_in(query.get("area", [])), ("id",), PriorityAnswer)
