"""What people say of a series: that limits begin anew, that figures compare across a break; and taking it back."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from lscb import access, drafts
from lscb.http import signed_in
from lscb.models import Area, Person
from lscb.periods import Period
from performance import actions
from performance.actions.statements import StatementRefused
from performance.forms.shared import RebaseForm
from performance.indicators.spec import IndicatorSpec, indicators
from performance.models import Comparable, Rebase
from performance.models.statements import Statement
from performance.queries import breaks, events, observations
from performance.views.common import chosen_area

Said = TypeVar("Said", bound=Statement)
REASON = 500  # characters of a reason


@require_http_methods(["GET", "POST"])
def rebases(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """The rebases of an indicator and area, those taken back too, and the form for another."""
    person = signed_in(request)
    access.check_rebase(person)
    spec, area = _spec(indicator_id), chosen_area(request)
    choices = observations.charted_periods(spec.id, area.code)
    form = RebaseForm(choices, request.POST if request.method == "POST" else None)
    draft = drafts.resume(request, form, f"Limits of {spec.title} begin anew, {area.name}")
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_rebase(
                by=person,
                spec=spec,
                area=area,
                period=form.cleaned_data["period"],
                reason=form.cleaned_data["reason"],
            )
        except StatementRefused as refusal:
            form.add_error("period", str(refusal))
        else:
            drafts.finish(request)
            messages.success(request, "The limits begin anew from that period on.")
            return redirect(f"{reverse('indicator', args=[spec.id])}?area={area.code}")
    context = {
        "spec": spec,
        "area": area,
        "form": form,
        "draft": draft,
        "history": events.history(spec.id, area),
        "breaks": breaks.listed(spec, area),
        "taken_back": breaks.taken_back(spec, area),
        "may_take_out": access.can(person, access.Action.TAKE_WORDS_OUT),
    }
    return render(request, "performance/rebases.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, rebase_id: int) -> HttpResponse:
    """Take a rebase back."""
    row = _asked(request, Rebase, rebase_id)
    return _answer(
        request,
        row.indicator,
        row.area,
        lambda by: actions.remove_rebase(by=by, rebase=row),
        "The rebase was taken back.",
    )


@require_POST
def comparable(request: HttpRequest, indicator_id: str, period: Period) -> HttpResponse:
    """Say that an indicator's figures compare across the break at a period."""
    access.check_rebase(signed_in(request))
    spec, area = _spec(indicator_id), chosen_area(request)
    reason = request.POST.get("reason", "")[:REASON]
    return _answer(
        request,
        spec.id,
        area,
        lambda by: actions.say_comparable(
            by=by, spec=spec, area=area, period=period, reason=reason
        ),
        "The figures on both sides are compared from now on.",
    )


@require_POST
def comparable_remove(request: HttpRequest, comparable_id: int) -> HttpResponse:
    """Let a break stand again."""
    row = _asked(request, Comparable, comparable_id)
    return _answer(
        request,
        row.indicator,
        row.area,
        lambda by: actions.take_back_comparable(by=by, comparable=row),
        "The break stands again.",
    )


def _spec(indicator_id: str) -> IndicatorSpec:
    spec = indicators().get(indicator_id.upper())
    if spec is None:
        raise Http404(f"There is no indicator '{indicator_id}'.")
    return spec


def _asked(request: HttpRequest, model: type[Said], statement_id: int) -> Said:
    """The statement of an address, for a person who may make one."""
    access.check_rebase(signed_in(request))
    return get_object_or_404(model._default_manager.select_related("area"), pk=statement_id)


def _answer(
    request: HttpRequest, indicator: str, area: Area, act: Callable[[Person], object], done: str
) -> HttpResponse:
    """Act, say that it is `done` or why it was refused, and show the indicator's statements again."""
    try:
        act(signed_in(request))
    except StatementRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(f"{reverse('rebases', args=[indicator])}?area={area.code}")
