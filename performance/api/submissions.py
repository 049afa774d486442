"""Submissions: send a file, see how it fares and what was found in it, take it back."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from lscb import access
from lscb.csvfiles import csv_response
from lscb.models import Agency, Person
from performance import actions
from performance.actions import SubmissionRefused
from performance.api import serializers
from performance.api.base import ApiView, CsvRenderer, page, parameters, person_of
from performance.api.problems import Conflict, KeyReused, TooLarge
from performance.forms.shared import UploadForm
from performance.intake.spec import ReturnSpec, returns
from performance.models import Submission
from performance.queries import submissions as queries

PROBLEM_COLUMNS = ("severity", "row", "column", "code", "message", "suggestion")
LONGEST_KEY = 100


def _submission(request: Request, submission_id: int) -> Submission:
    """The submission. Raises Http404 where there is none that the person may see."""
    found = queries.submission(person_of(request), submission_id)
    if found is None:
        raise Http404
    return found


class Submissions(ApiView):
    """The submissions you may see, and the door for new ones."""

    parser_classes = (MultiPartParser, FormParser)

    @extend_schema(
        operation_id="list_submissions",
        tags=["submissions"],
        parameters=[serializers.SubmissionsQuery, *serializers.PAGES],
        responses=serializers.SubmissionsAnswer,
    )
    def get(self, request: Request) -> Response:
        """The submissions you may see, newest first."""
        person = person_of(request)
        access.check_see_submissions(person)
        query = parameters(request, serializers.SubmissionsQuery)
        rows = queries.submissions(person)
        if "return" in query:
            rows = rows.filter(return_id__in=query["return"])
        if "state" in query:
            rows = rows.filter(state__in=query["state"])
        return page(request, rows, ["-id"], serializers.SubmissionRow)

    @extend_schema(
        operation_id="send_submission",
        tags=["submissions"],
        request={"multipart/form-data": serializers.SubmissionRequest},
        parameters=[
            OpenApiParameter(
                "Idempotency-Key",
                location=OpenApiParameter.HEADER,
                description="Any text of your own, up to 100 characters. The same key again gives the same "
                "submission, so that a request may be repeated when its answer was lost. The same key with another "
                "file, return, agency, area or period is refused (422, `key-reused`), and nothing is taken.",
            )
        ],
        responses={202: serializers.ReceivedAnswer},
    )
    def post(self, request: Request) -> Response:
        """Send a file. It is stored before this answers, and checked afterwards: ask its address how it fares."""
        person = person_of(request)
        given = serializers.SubmissionRequest(data=request.data)
        given.is_valid(raise_exception=True)
        submission = receive(person, given.validated_data, _key(request))
        address = reverse("api-submission", [submission.pk], request=request)
        answer = serializers.ReceivedAnswer(
            {"id": submission.pk, "state": submission.state, "url": address}
        )
        return Response(answer.data, status=202, headers={"Location": address})


def _key(request: Request) -> str | None:
    """The idempotency key of a request, if it has one. Raises ValidationError for one that cannot be kept."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise ValidationError(
            {"Idempotency-Key": [f"Write up to {LONGEST_KEY} characters that can be printed."]}
        )
    return key or None


def receive(person: Person, given: dict[str, Any], key: str | None) -> Submission:
    """Take a file as the upload page does, under the same rules and with the same words.

    Raises ValidationError, PermissionDenied, TooLarge, KeyReused.
    """
    spec = returns().get(given["return"])
    if spec is None:
        raise ValidationError(
            {"return": [f"There is no return '{given['return']}'. Known: {', '.join(returns())}."]}
        )
    access.check_send(person, spec.owners)
    agency = agency_of(person, spec, given.get("agency"))
    form = _form(person, spec, agency, given)
    upload = given["file"]
    content: bytes = upload.read()
    try:
        return actions.receive(
            by=person,
            return_id=spec.id,
            agency=agency,
            area=form["area"],
            period=form["period"],
            filename=upload.name,
            content=content,
            idempotency_key=key,
        )
    except actions.KeyReused as refusal:
        raise KeyReused(str(refusal)) from refusal
    except SubmissionRefused as refusal:
        if len(content) > settings.INTAKE_MAX_BYTES:
            raise TooLarge(str(refusal)) from refusal
        raise ValidationError({"file": [str(refusal)]}) from refusal


def agency_of(person: Person, spec: ReturnSpec, slug: str | None) -> Agency:
    """The agency that sends: the one named, or the only one for which the person may.

    Raises ValidationError where it cannot be told or does not exist, PermissionDenied for somebody else's.
    """
    if slug:
        named = Agency.objects.filter(slug=slug).first()
        if named is None:
            raise ValidationError({"agency": [f"There is no agency '{slug}'."]})
        if named.type not in spec.owners:
            raise ValidationError(
                {"agency": [f"{named.name} does not send the return '{spec.title}'."]}
            )
        access.check_send(person, spec.owners, named)
        return named
    agencies = queries.agencies_for(person, spec)
    if len(agencies) != 1:
        choice = ", ".join(agency.slug for agency in agencies)
        raise ValidationError({"agency": [f"Say which agency sends it: {choice}."]})
    return agencies[0]


def _form(
    person: Person, spec: ReturnSpec, agency: Agency, given: dict[str, Any]
) -> dict[str, Any]:
    """Area and period as the upload page checks them. Raises ValidationError."""
    known = [area.code for area in queries.areas_for_upload()]
    if given["area"] not in known:
        raise ValidationError(
            {
                "area": [
                    f"Returns are not sent for an area '{given['area']}'. Known: {', '.join(known)}."
                ]
            }
        )
    fields = {"agency": agency.pk, "area": given["area"], "period": given["period"]}
    form = UploadForm(person, spec, fields, {"file": given["file"]})
    if not form.is_valid():
        raise ValidationError(
            {name: [str(error) for error in errors] for name, errors in form.errors.items()}
        )
    return form.cleaned_data


class OneSubmission(ApiView):
    """One submission."""

    @extend_schema(
        operation_id="get_submission",
        tags=["submissions"],
        responses=serializers.SubmissionAnswer,
    )
    def get(self, request: Request, submission_id: int) -> Response:
        """Where a submission stands, and what was found in its file."""
        return _answer(request, _submission(request, submission_id))


def _answer(request: Request, submission: Submission) -> Response:
    return Response(serializers.SubmissionAnswer(submission, context={"request": request}).data)


class Problems(ApiView):
    """The problems of a submission."""

    renderer_classes = (CsvRenderer, JSONRenderer)

    @extend_schema(
        operation_id="get_submission_problems",
        tags=["submissions"],
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def get(self, request: Request, submission_id: int) -> HttpResponse:
        """All problems as a CSV file, to mail to whoever made the export."""
        found = _submission(request, submission_id)
        rows = [
            [getattr(problem, name) for name in PROBLEM_COLUMNS]
            for problem in queries.problems(found)
        ]
        return csv_response(f"problems-{found.pk}.csv", PROBLEM_COLUMNS, rows)


class Withdraw(ApiView):
    """Taking a submission back."""

    parser_classes = (JSONParser, FormParser, MultiPartParser)

    @extend_schema(
        operation_id="withdraw_submission",
        tags=["submissions"],
        request=serializers.WithdrawRequest,
        responses=serializers.SubmissionAnswer,
    )
    def post(self, request: Request, submission_id: int) -> Response:
        """Take an accepted submission back: the one before counts again."""
        person = person_of(request)
        found = _submission(request, submission_id)
        access.check_withdraw(person, found)
        given = serializers.WithdrawRequest(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            actions.withdraw(by=person, submission=found, reason=given.validated_data["reason"])
        except SubmissionRefused as refusal:
            raise Conflict(str(refusal)) from refusal
        return _answer(request, _submission(request, submission_id))
