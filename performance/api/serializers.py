"""What the API says, field by field. Nothing is written that is not listed here."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from lscb.models import Area
from performance.api.fields import CodesField, NumberField
from performance.intake.spec import ReturnSpec, returns
from performance.models import State, Submission
from performance.queries import submissions as queries

Answer = serializers.Serializer[Any]


class Renamed(Answer):
    """Fields whose names are words of Python (`return`, `from`): `NAMES` says what each is called outside."""

    NAMES: ClassVar[dict[str, str]] = {}

    def get_fields(self) -> dict[str, Any]:
        """The fields by their outside names, in the same order."""
        return {self.NAMES.get(name, name): one for name, one in super().get_fields().items()}


PAGES = (
    OpenApiParameter("page_size", int, description="rows in a page: 1 to 1000, 100 when left out"),
    OpenApiParameter(
        "cursor", str, description="where the page begins: follow `next` instead of writing it"
    ),
)


class PageAnswer(Answer):
    """A page of a list. `next` is the address of the next one, None on the last."""

    next = serializers.URLField(allow_null=True)


# Areas and returns -----------------------------------------------------------------------------


class AreaAnswer(Answer):
    """A place that figures are about. `synthetic` says that its figures are invented."""

    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(Area.Kind.choices)
    within = serializers.SerializerMethodField()
    synthetic = serializers.BooleanField()

    def get_within(self, area: Area) -> list[str]:
        """The codes of the areas it lies in."""
        return sorted(other.code for other in area.within.all())


class MarginAnswer(Answer):
    """A set of dimensions kept together, and why."""

    name = serializers.CharField()
    dimensions = serializers.ListField(child=serializers.CharField())
    why = serializers.CharField()


class ReturnAnswer(Answer):
    """What an agency sends, how often and by when."""

    id = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    owners = serializers.ListField(
        child=serializers.CharField(), help_text="the types of agency that owe it"
    )
    frequency = serializers.CharField()
    deadline_working_days = serializers.IntegerField(help_text="after the end of the period")
    forms = serializers.ListField(
        child=serializers.ChoiceField(["counts", "records"]), source="kinds"
    )
    periods = serializers.ListField(child=serializers.ChoiceField(["month", "quarter", "year"]))
    columns = serializers.ListField(
        child=serializers.CharField(), source="counts_columns", help_text="of the counts form"
    )
    margins = MarginAnswer(
        many=True, help_text="empty for figures, whose rows each name their item"
    )
    notes = serializers.CharField()
    agencies = serializers.SerializerMethodField(
        help_text="the slugs of the agencies for which you may send it"
    )
    schema = serializers.SerializerMethodField()
    template = serializers.SerializerMethodField()

    def get_agencies(self, spec: ReturnSpec) -> list[str]:
        """Of the agencies given with the context those that owe the return."""
        return [agency.slug for agency in self.context["agencies"] if agency.type in spec.owners]

    @extend_schema_field(OpenApiTypes.URI)
    def get_schema(self, spec: ReturnSpec) -> str:
        """Where its Table Schema is."""
        return reverse("api-return-schema", [spec.id], request=self.context["request"])

    @extend_schema_field(OpenApiTypes.URI)
    def get_template(self, spec: ReturnSpec) -> str:
        """Where its empty file is."""
        return reverse("api-return-template", [spec.id], request=self.context["request"])


# Submissions -----------------------------------------------------------------------------------


class SubmissionsQuery(Renamed):
    """How the list of submissions may be narrowed."""

    NAMES = {"return_id": "return"}

    return_id = CodesField(required=False, known=returns, what="return")
    state = CodesField(required=False, known=lambda: State.values, what="state")


class SubmissionRequest(Renamed):
    """A file to be sent."""

    NAMES = {"return_id": "return"}

    return_id = serializers.CharField(max_length=40, help_text="the id of the return")
    agency = serializers.CharField(
        max_length=40,
        required=False,
        help_text="the slug of the agency that sends; needed where you may send for several",
    )
    area = serializers.CharField(max_length=30, help_text="the code of the area")
    period = serializers.CharField(max_length=10, help_text="2025-04, 2025-26-Q1 or 2025-26")
    file = serializers.FileField(allow_empty_file=True, help_text="CSV or Excel (.xlsx)")


class ReceivedAnswer(Answer):
    """A file was received; `url` tells how it fares."""

    id = serializers.IntegerField()
    state = serializers.ChoiceField(State.choices)
    url = serializers.URLField()


class ProblemAnswer(Answer):
    """One finding in a submission, in the words of its page. `row` 1 is the header line."""

    code = serializers.CharField()
    severity = serializers.ChoiceField(["error", "warning"])
    row = serializers.IntegerField(allow_null=True)
    column = serializers.SerializerMethodField()
    message = serializers.CharField()
    found = serializers.CharField()
    suggestion = serializers.CharField()

    @extend_schema_field({"type": ["string", "null"]})
    def get_column(self, problem: Any) -> str | None:
        """The column, or None for a finding about the whole row or file."""
        return problem.column or None


class SubmissionRow(Renamed):
    """A submission in a list."""

    NAMES = {"return_": "return"}

    id = serializers.IntegerField()
    return_ = serializers.CharField(source="return_id")
    agency = serializers.CharField(source="agency.slug")
    area = serializers.CharField(source="area.code")
    period = serializers.CharField(source="period_code")
    state = serializers.ChoiceField(State.choices)
    state_words = serializers.CharField(help_text="where it stands, in a word or two")
    filename = serializers.CharField()
    size = serializers.IntegerField(help_text="in bytes")
    checksum = serializers.CharField(help_text="SHA-256 of the file")
    sent_by = serializers.CharField()
    received_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    form = serializers.CharField(
        source="kind", help_text="counts, records, or empty before it is known"
    )
    rows = serializers.IntegerField(allow_null=True)
    total = NumberField(allow_null=True)
    errors = serializers.IntegerField()  # type: ignore[assignment]
    warnings = serializers.IntegerField()
    url = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, submission: Submission) -> str:
        """Where it is."""
        return reverse("api-submission", [submission.pk], request=self.context["request"])


class SubmissionAnswer(SubmissionRow):
    """A submission with what was found in it."""

    stage = serializers.CharField(help_text="what is being done, while it is done")
    notes = serializers.ListField(
        child=serializers.CharField(), help_text="what was normalised, in sentences"
    )
    problems = serializers.SerializerMethodField(help_text="errors first, in the order of the rows")

    @extend_schema_field(ProblemAnswer(many=True))
    def get_problems(self, submission: Submission) -> list[dict[str, Any]]:
        """What was found in the file."""
        found = ProblemAnswer(queries.problems(submission), many=True).data
        return [dict(one) for one in found]


class WithdrawRequest(Answer):
    """Why a submission is taken back."""

    reason = serializers.CharField(max_length=500)


class AreasAnswer(PageAnswer):
    """All areas."""

    results = AreaAnswer(many=True)


class ReturnsAnswer(PageAnswer):
    """All returns."""

    results = ReturnAnswer(many=True)


class SubmissionsAnswer(PageAnswer):
    """A page of submissions."""

    results = SubmissionRow(many=True)


class RootAnswer(Answer):
    """Where everything is."""

    areas = serializers.URLField()
    indicators = serializers.URLField()
    observations = serializers.URLField()
    returns = serializers.URLField()
    signals = serializers.URLField()
    submissions = serializers.URLField()
    schema = serializers.URLField()
    docs = serializers.URLField()
