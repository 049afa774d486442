"""What people say of a series: that limits begin anew, that figures compare across a break; and taking it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from lscb import access
from lscb.http import signed_in
from lscb.periods import Period
from performance import actions
from performance.actions.breaks import ComparableRefused
from performance.actions.rebases import RebaseRefused
from performance.forms.shared import RebaseForm
from performance.indicators.spec import indicators
from performance.models import Comparable, Rebase
from performance.queries import breaks, events, observations
from performance.views.common import chosen_area

REASON = 500  # characters of a reason


@require_http_methods(["GET", "POST"])
def rebases(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """The rebases of an indicator and area, those taken back too, and the form for another."""
    person = signed_in(request)
    access.check_rebase(person)
    spec = indicators().get(indicator_id.upper())
    if spec is None:
        raise Http404(f"There is no indicator '{indicator_id}'.")
    area = chosen_area(request)
    choices = observations.charted_periods(spec.id, area.code)
    form = RebaseForm(choices, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_rebase(
                by=person,
                spec=spec,
                area=area,
                period=form.cleaned_data["period"],
                reason=form.cleaned_data["reason"],
            )
        except RebaseRefused as refusal:
            form.add_error("period", str(refusal))
        else:
            messages.success(request, "The limits begin anew from that period on.")
            return redirect(f"{reverse('indicator', args=[spec.id])}?area={area.code}")
    context = {
        "spec": spec,
        "area": area,
        "form": form,
        "history": events.history(spec.id, area),
        "breaks": breaks.listed(spec, area),
        "taken_back": breaks.taken_back(spec, area),
    }
    return render(request, "performance/rebases.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, rebase_id: int) -> HttpResponse:
    """Take a rebase back."""
    person = signed_in(request)
    access.check_rebase(person)
    row = get_object_or_404(Rebase.objects.select_related("area"), pk=rebase_id)
    try:
        actions.remove_rebase(by=person, rebase=row)
    except RebaseRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The rebase was taken back.")
    return redirect(f"{reverse('rebases', args=[row.indicator])}?area={row.area.code}")


@require_POST
def comparable(request: HttpRequest, indicator_id: str, period: Period) -> HttpResponse:
    """Say that an indicator's figures compare across the break at a period."""
    person = signed_in(request)
    access.check_rebase(person)
    spec = indicators().get(indicator_id.upper())
    if spec is None:
        raise Http404(f"There is no indicator '{indicator_id}'.")
    area = chosen_area(request)
    try:
        actions.say_comparable(
            by=person,
            spec=spec,
            area=area,
            period=period,
            reason=request.POST.get("reason", "")[:REASON],
        )
    except ComparableRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The figures on both sides are compared from now on.")
    return redirect(f"{reverse('rebases', args=[spec.id])}?area={area.code}")


@require_POST
def comparable_remove(request: HttpRequest, comparable_id: int) -> HttpResponse:
    """Let a break stand again."""
    person = signed_in(request)
    access.check_rebase(person)
    row = get_object_or_404(Comparable.objects.select_related("area"), pk=comparable_id)
    try:
        actions.take_back_comparable(by=person, comparable=row)
    except ComparableRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The break stands again.")
    return redirect(f"{reverse('rebases', args=[row.indicator])}?area={row.area.code}")
