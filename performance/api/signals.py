"""Signals by API: what the rules found, newest first."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from lscb import access
from performance.api.base import ApiView, page, parameters, person_of
from performance.api.fields import CodesField
from performance.api.serializers import PAGES, Answer, PageAnswer
from performance.indicators.spec import indicators
from performance.models import Signal
from performance.queries import signals as queries


def known_kinds() -> list[str]:
    """The kinds of signal."""
    return list(Signal.Kind.values)


class SignalsQuery(Answer):
    """Which signals are asked for; what is left out does not narrow."""

    indicator = CodesField(
        required=False, known=indicators, what="indicator", help_text="ids such as FD03"
    )
    area = CodesField(required=False, help_text="codes such as E06000032")
    kind = CodesField(
        required=False, known=known_kinds, what="kind of signal", help_text="such as special-cause"
    )
    standing = serializers.BooleanField(
        required=False,
        default=None,
        allow_null=True,
        help_text="true: only what stands now; false: only what has ended",
    )


class SignalAnswer(Answer):
    """One signal, with the numbers and the rule that found it."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    indicator = serializers.CharField()
    area = serializers.CharField(source="area.code")
    period_type = serializers.CharField()
    period = serializers.CharField(help_text="the period it began with")
    latest = serializers.CharField(help_text="the latest period it was seen in")
    direction = serializers.CharField()
    judgement = serializers.CharField(help_text="improvement, concern or nothing")
    words = serializers.CharField()
    rule = serializers.CharField()
    numbers = serializers.DictField()
    first_seen_at = serializers.DateTimeField()
    first_seen_version = serializers.IntegerField()
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_version = serializers.IntegerField(allow_null=True)
    by_people = serializers.SerializerMethodField(
        help_text="what people decided while it stood, without which it might stand still: that its indicator was "
        "switched off, or that its limits begin anew; empty where it stands or ended by itself"
    )

    def get_by_people(self, signal: Signal) -> str:
        """The words that the page 'Signals' has for it, read for the whole page of the list at once."""
        return str(self.context["by_people"].get(signal.pk, ""))


class SignalsAnswer(PageAnswer):
    """A page of signals."""

    results = SignalAnswer(many=True)


class Signals(ApiView):
    """Signals."""

    @extend_schema(
        operation_id="list_signals",
        tags=["signals"],
        parameters=[SignalsQuery, *PAGES],
        responses=SignalsAnswer,
    )
    def get(self, request: Request) -> Response:
        """Signals that stand and signals that have ended, newest first."""
        access.check_see_figures(person_of(request))
        query = parameters(request, SignalsQuery)
        rows = queries.signals()
        columns = {"indicator": "indicator__in", "area": "area__code__in", "kind": "kind__in"}
        rows = rows.filter(
            **{column: query[name] for name, column in columns.items() if name in query}
        )
        if query.get("standing") is not None:
            rows = rows.filter(ended_at__isnull=query["standing"])
        return page(
            request,
            rows,
            ("-id",),
            SignalAnswer,
            lambda found: {"by_people": queries.by_people(found)},
        )
