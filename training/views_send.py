"""The page that sends a quarter's records as the return `training`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from lscb import access
from lscb.http import signed_in
from lscb.periods import parse
from performance.actions import SubmissionRefused
from performance.intake.codes import code_list
from training import actions, queries
from training.actions import TrainingRefused
from training.forms import SendForm
from training.models import AGENCIES
from training.sending import Line, Quarter, quarter_of


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Choose a quarter, look at what its records come to, and send it; the answer is the submission's page."""
    person = signed_in(request)
    access.check_edit_training(person)
    asked = request.POST if request.method == "POST" else request.GET
    area = queries.area(None)
    form = SendForm(asked if asked else None, initial={"area": area.code if area else None})
    if request.method == "POST" and not form.is_bound:
        form = SendForm(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            submission = actions.send_quarter(
                by=person,
                area=form.cleaned_data["area"],
                quarter=parse(form.cleaned_data["quarter"]),
            )
        except TrainingRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        except SubmissionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("submission", submission.pk)
    found = _found(form) if form.is_bound and form.is_valid() else None
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "found": found, "rows": _rows(found) if found else ()}
    return render(request, "training/send.html", context, status=status)


def _found(form: SendForm) -> Quarter:
    return quarter_of(form.cleaned_data["area"], parse(form.cleaned_data["quarter"]))


def _rows(found: Quarter) -> list[tuple[str, str, Line]]:
    """What is sent, in words: the figure, the agency, and its numbers."""
    items, agencies = code_list("figure_item"), code_list(AGENCIES)
    return [
        (items.label(line.item), agencies.label(line.agency) if line.agency != "all" else "", line)
        for line in found.lines
    ]
