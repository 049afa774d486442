"""The events that charts show: everybody reads them, the manager keeps them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from lscb import access, drafts
from lscb.access import Action
from lscb.http import signed_in
from performance import actions
from performance.actions.events import EventRefused
from performance.forms.events import MONTH, EventForm
from performance.models import Event
from performance.queries import events as queries


@require_http_methods(["GET", "POST"])
def events(request: HttpRequest) -> HttpResponse:
    """The events that are kept, and for the manager the form for another."""
    person = signed_in(request)
    access.check_see_figures(person)
    may_keep = access.can(person, Action.KEEP_EVENTS)
    form = EventForm(request.POST if request.method == "POST" else None)
    draft = drafts.resume(request, form, "An event for the charts") if may_keep else None
    if request.method == "POST":
        access.check(person, Action.KEEP_EVENTS)
        if form.is_valid():
            given = form.cleaned_data
            try:
                actions.add_event(
                    by=person,
                    area=given["area"],
                    day=given["day"],
                    month_only=given["known"] == MONTH,
                    title=given["title"],
                    source=given["source"],
                )
            except EventRefused as refusal:
                form.add_error("title", str(refusal))
            else:
                drafts.finish(request)
                messages.success(request, "The event stands on the charts.")
                return redirect("events")
    context = {"form": form, "draft": draft, "events": queries.listed(), "may_keep": may_keep}
    return render(request, "performance/events.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, event_id: int) -> HttpResponse:
    """Take an event that somebody added off the charts."""
    person = signed_in(request)
    access.check(person, Action.KEEP_EVENTS)
    event = get_object_or_404(Event.objects.select_related("area"), pk=event_id)
    try:
        actions.remove_event(by=person, event=event)
    except EventRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The event is off the charts.")
    return redirect("events")
