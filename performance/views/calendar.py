"""Pages of the calendar of returns: the grid of agencies and months, and what is not applicable."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lscb import access, drafts
from lscb.http import signed_in
from lscb.periods import YEAR, Period, parse
from performance.actions import calendar as actions
from performance.forms.calendar import ExemptionForm
from performance.indicators.spec import indicators
from performance.models import Exemption
from performance.queries import calendar as queries
from performance.queries import punctuality, submissions
from performance.views.common import chosen_area


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """What each agency owes and where it stands, one row a return, for one financial year."""
    person = signed_in(request)
    today = timezone.localdate()
    listed = queries.owed(person, today)
    context = {
        "grid": queries.grid(listed, _year(request, queries.years_of(today)), today),
        "may_manage": access.can_manage_calendar(person),
        "sees_files": access.can_see_submissions(person),
        "sends": access.can(person, access.Action.SEND_RETURNS),
    }
    return render(request, "performance/calendar.html", context)


@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """How returns were kept over time, by agency, and whether that improves."""
    access.check_see_punctuality(signed_in(request))
    area = chosen_area(request)
    found = punctuality.kept(area)
    context = {
        "area": area,
        "areas": submissions.areas_for_upload(),
        "kept": found,
        "synthetic": area.synthetic,
        "indicators": [indicators()[one] for one in (punctuality.ON_TIME, punctuality.COMPLETE)],
    }
    return render(request, "performance/kept.html", context)


def _year(request: HttpRequest, known: list[Period]) -> Period:
    """The financial year of the address, the newest by default. Raises Http404."""
    text = request.GET.get("year")
    if not text:
        return known[0]
    try:
        year = parse(text)
    except ValueError as error:
        raise Http404(str(error)) from error
    if year.kind != YEAR or year not in known:
        raise Http404("The calendar does not hold this year.")
    return year


@require_http_methods(["GET", "POST"])
def exemptions(request: HttpRequest) -> HttpResponse:
    """What is not applicable and why; the manager adds to it."""
    person = signed_in(request)
    access.check_manage_calendar(person)
    form = ExemptionForm(request.POST or None)
    draft = drafts.resume(request, form, "A return that is not owed")
    if request.method == "POST" and form.is_valid():
        try:
            actions.exempt(by=person, **form.cleaned_data)
        except actions.CalendarRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            drafts.finish(request)
            messages.success(request, "The calendar shows it as not applicable now.")
            return redirect("calendar-exemptions")
    context = {"form": form, "draft": draft, "exemptions": queries.exemptions()}
    status = 422 if form.errors else 200
    return render(request, "performance/exemptions.html", context, status=status)


@require_POST
def end_exemption(request: HttpRequest, exemption_id: int) -> HttpResponse:
    """Take an exemption back."""
    person = signed_in(request)
    access.check_manage_calendar(person)
    actions.end_exemption(by=person, exemption=get_object_or_404(Exemption, pk=exemption_id))
    messages.success(request, "The return is owed again.")
    return redirect("calendar-exemptions")
