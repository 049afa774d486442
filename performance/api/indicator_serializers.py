"""What the API says of indicators, observations and scorecards, field by field."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from performance.api.fields import CodesField, NumberField, PeriodField
from performance.api.serializers import Answer, PageAnswer, Renamed
from performance.indicators.spec import PERIOD_TYPES, IndicatorSpec, indicators
from performance.intake.spec import STATUSES


def known_period_types() -> tuple[str, ...]:
    """The kinds of period an observation may be about."""
    return PERIOD_TYPES


# Indicators and observations -------------------------------------------------------------------


class MeasureAnswer(Answer):
    """What is counted: rows of one dataset at one margin."""

    dataset = serializers.CharField()
    where = serializers.DictField(child=serializers.CharField())
    any_of = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    take = serializers.CharField()
    per = serializers.CharField()
    whole = serializers.BooleanField()


class TargetAnswer(Answer):
    """A target; with `upper` it is a band."""

    value = serializers.FloatField()
    upper = serializers.FloatField(allow_null=True)
    tolerance = serializers.FloatField()
    since = serializers.DateField()
    reason = serializers.CharField()


class ChangeAnswer(Answer):
    """An entry of a definition's change log."""

    day = serializers.DateField()
    by = serializers.CharField()
    what = serializers.CharField()


class IndicatorRow(Answer):
    """An indicator in a list."""

    id = serializers.CharField()
    title = serializers.CharField()
    theme = serializers.CharField()
    owner = serializers.CharField(help_text="the type of agency that answers for it")
    unit = serializers.CharField()
    polarity = serializers.ChoiceField(["high", "low", "none"], help_text="what is better")
    frequency = serializers.CharField()
    breakdowns = serializers.ListField(child=serializers.CharField())
    collected = serializers.BooleanField(
        source="has_data_source", help_text="whether anything feeds it yet"
    )
    url = serializers.SerializerMethodField()
    observations = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, spec: IndicatorSpec) -> str:
        """Where its definition is."""
        return reverse("api-indicator", [spec.id], request=self.context["request"])

    @extend_schema_field(OpenApiTypes.URI)
    def get_observations(self, spec: IndicatorSpec) -> str:
        """Where its values are."""
        address = reverse("api-observations", request=self.context["request"])
        return f"{address}?indicator={spec.id}"


class IndicatorAnswer(IndicatorRow):
    """An indicator's whole definition."""

    sender = serializers.CharField()
    definition = serializers.CharField()
    why = serializers.CharField()
    aggregation = serializers.CharField(help_text="how it adds up over time")
    polarity_source = serializers.CharField()
    strand = serializers.CharField()
    evidence = serializers.CharField()
    numerator_words = serializers.CharField()
    denominator_words = serializers.CharField()
    numerator = MeasureAnswer(allow_null=True)
    denominator = MeasureAnswer(allow_null=True)
    multiplier = serializers.IntegerField(help_text="of numerator divided by denominator")
    decimals = serializers.IntegerField(help_text="to which a value is written")
    target = TargetAnswer(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]
    author = serializers.CharField()
    checker = serializers.CharField()
    next_review = serializers.DateField()
    changes = ChangeAnswer(many=True)
    notes = serializers.CharField()


class ObservationsQuery(Renamed):
    """Which observations are asked for; what is left out does not narrow."""

    NAMES = {"first": "from", "last": "to"}

    indicator = CodesField(
        required=False, known=indicators, what="indicator", help_text="ids such as FD03"
    )
    area = CodesField(required=False, help_text="codes such as E06000032")
    period_type = CodesField(
        required=False,
        known=known_period_types,
        what="kind of period",
        help_text=", ".join(PERIOD_TYPES),
    )
    first = PeriodField(required=False, help_text="no period that begins before this one does")
    last = PeriodField(required=False, help_text="no period that ends after this one does")
    breakdown = CodesField(required=False, help_text="all, or breakdowns such as source")
    category = CodesField(required=False, help_text="all, or categories such as police")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """`from` must not lie after `to`."""
        first, last = attrs.get("from"), attrs.get("to")
        if first and last and first.first > last.last:
            raise serializers.ValidationError({"from": [f"{first.label} lies after {last.label}."]})
        return attrs


class ObservationAnswer(Answer):
    """An indicator's value for an area, period and category. A number stands only where `status` is reported."""

    indicator = serializers.CharField()
    area = serializers.CharField(source="area.code")
    period_type = serializers.ChoiceField(PERIOD_TYPES)
    period = serializers.CharField(help_text="of ytd and rolling the last month")
    breakdown = serializers.CharField()
    category = serializers.CharField()
    numerator = NumberField(allow_null=True)
    denominator = NumberField(allow_null=True)
    value = serializers.FloatField(allow_null=True)
    lower = serializers.FloatField(allow_null=True, help_text="of the 95% interval")
    upper = serializers.FloatField(allow_null=True, help_text="of the 95% interval")
    status = serializers.ChoiceField(STATUSES)
    present = serializers.IntegerField(help_text="how many parts of the period were sent")
    expected = serializers.IntegerField(help_text="of how many")
    published = serializers.BooleanField(
        help_text="a printed value alone, not computed from counts"
    )
    parts = serializers.CharField(
        help_text="of a roll-up the codes of the areas it is added up from, with a space between"
    )
    lacking = serializers.CharField(help_text="those of them without a number")


class IndicatorsAnswer(PageAnswer):
    """All indicators."""

    results = IndicatorRow(many=True)


class ObservationsAnswer(PageAnswer):
    """A page of observations."""

    results = ObservationAnswer(many=True)


# Scorecards ------------------------------------------------------------------------------------


class ScorecardQuery(Answer):
    """For which area."""

    area = serializers.CharField(
        required=False, max_length=30, help_text="a code; the partnership’s own when left out"
    )


class DeltaAnswer(Answer):
    """A change as it is written: the amount with its unit, and the percentage where one is meant."""

    amount = serializers.CharField()
    relative = serializers.CharField()
    known = serializers.BooleanField()


class RagAnswer(Answer):
    """How a value stands to its target, in a word, with the rule."""

    word = serializers.CharField()
    rule = serializers.CharField()


class VariationAnswer(Answer):
    """What the SPC rules say of the series."""

    words = serializers.CharField()
    sentence = serializers.CharField()


class ScorecardRow(Answer):
    """One indicator on the scorecard, as it is written there."""

    indicator = serializers.CharField(source="id")
    title = serializers.CharField()
    area = serializers.CharField(
        help_text="what the row is about: a wider area where only it has the number"
    )
    place = serializers.CharField(help_text="the name of that wider area, else empty")
    sender = serializers.CharField()
    to = serializers.CharField()
    value = serializers.CharField()
    note = serializers.CharField(source="value_note")
    missing = serializers.BooleanField(source="is_missing")
    older = serializers.BooleanField(
        source="is_older", help_text="the value is of an earlier period"
    )
    interval = serializers.CharField()
    on_last_quarter = DeltaAnswer()
    on_last_year = DeltaAnswer()
    to_date = serializers.CharField(help_text="April to the end of the quarter")
    target = serializers.CharField()
    rag = RagAnswer(allow_null=True)
    variation = VariationAnswer()
    assurance = VariationAnswer(
        allow_null=True, help_text="whether the target can be relied on to be met; null without one"
    )
    comparator = serializers.CharField()


class ScorecardSection(Answer):
    """A section of the scorecard."""

    title = serializers.CharField()
    rows = ScorecardRow(many=True)


class ScorecardAnswer(Answer):
    """The scorecard of a quarter."""

    period = serializers.CharField()
    title = serializers.CharField()
    area = serializers.CharField()
    synthetic = serializers.BooleanField(help_text="its figures are invented")
    sections = ScorecardSection(many=True)
