"""Editions by API: what was frozen and signed off, with the panel above its rows and the words beside them."""

from dataclasses import asdict
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from lscb import access
from performance.api.base import ApiView, page, parameters, person_of
from performance.api.fields import CodesField
from performance.api.serializers import PAGES, Answer, PageAnswer
from performance.models import Edition, EditionState
from performance.pages import beside_rows
from performance.pages.beside_rows import Held
from performance.pages.scorecard import Row
from performance.queries import editions as queries

FROZEN = ("section", "indicator", "definition", "shown", "numbers")  # of a row


def known_edition_states() -> list[str]:
    """Where an edition may stand."""
    return list(EditionState.values)


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
    approved_despite = serializers.CharField(
        allow_null=True,
        help_text="why it was approved with words that the figures contradict; null where there were none",
    )


class EditionsAnswer(PageAnswer):
    """A page of editions."""

    results = EditionAnswer(many=True)


class ContradictedAnswer(Answer):
    """A claim in a wording that the figures contradict."""

    sentence = serializers.CharField()
    claim = serializers.CharField()
    actual = serializers.CharField(help_text="the recomputed value")
    why = serializers.CharField()


class WordingAnswer(Answer):
    """A wording of commentary beside a row: a draft until somebody else agreed it."""

    indicator = serializers.CharField()
    voice = serializers.CharField(help_text="subgroup or agency")
    who = serializers.CharField(help_text="the Performance Subgroup or the agency’s name")
    text = serializers.CharField(help_text="its live figures written out")
    is_agreed = serializers.BooleanField(help_text="false for a draft")
    written_by = serializers.CharField()
    written_at = serializers.DateTimeField()
    agreed_by = serializers.CharField(allow_blank=True)
    agreed_at = serializers.DateTimeField(allow_null=True)
    agreed_despite = serializers.CharField(
        source="despite", help_text="why it was agreed although the figures contradict it"
    )
    contradicted = ContradictedAnswer(source="findings", many=True)


class SaidAnswer(WordingAnswer):
    """The words that an edition holds beside a row, and what was written since."""

    since = WordingAnswer(allow_null=True, help_text="the wording that stands now, if another")


class EditionRowAnswer(Answer):
    """A row as it was frozen: what it showed, the observations behind it, and the words beside it."""

    section = serializers.CharField()
    indicator = serializers.CharField()
    definition = serializers.CharField(help_text="SHA-256 of the indicator’s definition")
    shown = serializers.DictField()
    numbers = serializers.ListField(child=serializers.DictField())
    said = SaidAnswer(
        allow_null=True, help_text="commentary beside the row; null where there is none"
    )


class ToldAnswer(Answer):
    """A row that the panel tells of, in its words."""

    indicator = serializers.CharField(source="id")
    title = serializers.CharField()
    area = serializers.CharField()
    period = serializers.CharField()
    value = serializers.CharField()
    words = serializers.SerializerMethodField()

    def get_words(self, row: Row) -> str:
        """What changed; of a row without a signal what its chart says."""
        return row.news or row.variation.sentence


class MissingAnswer(Answer):
    """A sender whose numbers for the quarter were not there."""

    sender = serializers.CharField()
    words = serializers.CharField()


class AskedEditionAnswer(Answer):
    """An edition that waited for a step."""

    id = serializers.IntegerField()
    quarter = serializers.CharField(source="quarter.code")
    number = serializers.IntegerField()
    state = serializers.CharField()


class AskedChallengeAnswer(Answer):
    """A challenge that was not closed."""

    id = serializers.IntegerField()
    agency = serializers.CharField()
    question = serializers.CharField()
    state = serializers.CharField()
    due = serializers.DateField()
    overdue = serializers.BooleanField()


class PanelAnswer(Answer):
    """What stood above the rows: what had changed, what was missing, the decisions asked for."""

    changed = ToldAnswer(source="brief.signals", many=True, help_text="the signals, five at most")
    more = serializers.IntegerField(source="brief.more", help_text="signals beside those")
    earlier = serializers.IntegerField(
        source="brief.earlier", help_text="rows with a signal of an earlier period"
    )
    nothing = serializers.SerializerMethodField(help_text="what is said where nothing changed")
    steady = ToldAnswer(source="brief.steady", many=True, help_text="rows named as without signal")
    judged = serializers.IntegerField(
        source="brief.judged", help_text="indicators that can be judged in the quarter"
    )
    false_alarms = serializers.CharField(
        source="brief.chance", help_text="how many of them would look like a signal by chance"
    )
    indicators = serializers.IntegerField(source="brief.rows")
    reported = serializers.IntegerField(
        source="brief.reported", help_text="indicators with a number for the quarter itself"
    )
    missing = MissingAnswer(source="brief.gaps", many=True)
    editions = AskedEditionAnswer(source="decisions.editions", many=True)
    challenges = serializers.SerializerMethodField()

    def get_nothing(self, held: Held) -> str:
        """What is said where the quarter has no signal; empty where it has one."""
        return "" if held.brief.signals else held.brief.nothing

    @extend_schema_field(AskedChallengeAnswer(many=True))
    def get_challenges(self, held: Held) -> list[dict[str, Any]]:
        """The challenges that everybody may read."""
        asked = [{**asdict(one), "overdue": overdue} for one, overdue in held.decisions.challenges]
        return [dict(one) for one in AskedChallengeAnswer(asked, many=True).data]


class WholeEditionAnswer(EditionAnswer):
    """An edition with what stood above its rows, and its rows with the words beside them."""

    said_until = serializers.DateTimeField(
        allow_null=True, help_text="since when its words are settled; null while they may change"
    )
    intact = serializers.SerializerMethodField()
    panel = serializers.SerializerMethodField()
    rows = serializers.SerializerMethodField()

    def get_intact(self, edition: Edition) -> bool:
        """Whether rows and panel are what was frozen, by the checksum."""
        return queries.is_intact(edition, self.context["rows"])

    @extend_schema_field(PanelAnswer(allow_null=True))
    def get_panel(self, edition: Edition) -> dict[str, Any] | None:
        """What stood above the rows; null for an edition frozen before that was kept."""
        held = beside_rows.panel_of(edition, self.context["rows"])
        return dict(PanelAnswer(held).data) if held else None

    @extend_schema_field(EditionRowAnswer(many=True))
    def get_rows(self, edition: Edition) -> list[dict[str, Any]]:
        """The rows in their order."""
        said = beside_rows.said_in(edition)
        rows = [
            {name: getattr(row, name) for name in FROZEN} | {"said": said.get(row.indicator)}
            for row in self.context["rows"]
        ]
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
    """One edition with its panel, its rows and their words."""

    @extend_schema(operation_id="get_edition", tags=["editions"], responses=WholeEditionAnswer)
    def get(self, request: Request, edition_id: int) -> Response:
        """An edition as it was frozen: what stood above its rows, the rows, and the words beside them."""
        access.check_see_figures(person_of(request))
        found = queries.edition(edition_id)
        if found is None:
            raise Http404
        context = {"rows": queries.rows_of(found)}
        return Response(WholeEditionAnswer(found, context=context).data)
