"""Pages about returns: what is owed, how it must look, and uploading it."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from lscb import access
from lscb.access import Action
from lscb.http import signed_in
from performance import actions
from performance.actions import SubmissionRefused
from performance.forms.shared import UploadForm
from performance.intake import annex_a, table_schema, templates
from performance.intake.spec import ReturnSpec
from performance.intake.spec import returns as all_returns
from performance.intake.workbook_template import xlsx_template
from performance.queries import calendar, submissions

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _spec(return_id: str) -> ReturnSpec:
    spec = all_returns().get(return_id)
    if spec is None:
        raise Http404(f"There is no return '{return_id}'.")
    return spec


@require_GET
def returns(request: HttpRequest) -> HttpResponse:
    """What is owed first, with links to upload it; then all returns."""
    person = signed_in(request)
    mine = {spec.id for spec in submissions.returns_for(person)}
    listed = sorted(all_returns().values(), key=lambda spec: (spec.id not in mine, spec.title))
    sends = access.can(person, access.Action.SEND_RETURNS)
    chased = calendar.chased(calendar.owed(person, timezone.localdate())) if sends else []
    context = {
        "returns": listed,
        "mine": mine,
        "sends": sends,
        "chased": chased,
        "unfinished": submissions.unfinished(person),
        "scores": calendar.scores(chased) if access.calendar_agency(person) is None else [],
    }
    return render(request, "performance/returns.html", context)


@require_GET
def detail(request: HttpRequest, return_id: str) -> HttpResponse:
    """One return: its columns, codes and margins."""
    spec = _spec(return_id)
    person = signed_in(request)
    context = {
        "spec": spec,
        "may_send": access.can_send(person, spec.owners),
        "may_challenge": access.can(person, Action.RAISE_CHALLENGES),
        "columns": table_schema.columns(spec),
        "annex": annex_a.lists().get(spec.id),
    }
    return render(request, "performance/return.html", context)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, return_id: str) -> HttpResponse:
    """Send a file for a return; the answer is its submission's page, where its progress shows."""
    spec = _spec(return_id)
    person = signed_in(request)
    access.check_send(person, spec.owners)
    if request.method == "POST":
        form = UploadForm(person, spec, request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            content = file.read()
            try:
                submission = actions.receive(
                    by=person,
                    return_id=spec.id,
                    agency=form.cleaned_data["agency"],
                    area=form.cleaned_data["area"],
                    period=form.cleaned_data["period"],
                    filename=file.name,
                    content=content,
                    previewed=True,
                    idempotency_key=form.key_of(content),
                )
            except SubmissionRefused as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("submission", submission.pk)
    else:
        form = UploadForm(
            person,
            spec,
            initial={"key": uuid.uuid4().hex, **_asked_for(request)},
        )
    status = 422 if form.errors else 200
    return render(request, "performance/upload.html", {"spec": spec, "form": form}, status=status)


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """The period and area of a link from the calendar."""
    return {name: request.GET[name] for name in ("period", "area") if request.GET.get(name)}


def _form(request: HttpRequest, spec: ReturnSpec) -> str:
    """The form of the file that a template is for (`?form=records`); counts by default. Raises Http404."""
    asked = request.GET.get("form", "counts")
    for form in spec.kinds:
        if form == asked:
            return form
    raise Http404(f"This return has no form '{asked}'.")


@require_GET
def template(request: HttpRequest, return_id: str) -> HttpResponse:
    """An empty file in the form of the return, with one example row that intake ignores."""
    spec = _spec(return_id)
    text = templates.csv_template(spec, _form(request, spec))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{spec.id}.csv"'
    return response


@require_GET
def workbook_template(request: HttpRequest, return_id: str) -> HttpResponse:
    """The same as a workbook, with drop-downs for the codes and a sheet of instructions."""
    spec = _spec(return_id)
    content = xlsx_template(spec, _form(request, spec))
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{spec.id}.xlsx"'
    return response


@require_GET
def schema(_request: HttpRequest, return_id: str) -> HttpResponse:
    """The return's columns and codes as a Table Schema (version 2)."""
    return JsonResponse(
        table_schema.table_schema(_spec(return_id)), json_dumps_params={"indent": 2}
    )
