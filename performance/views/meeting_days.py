"""The days on which the groups meet: everybody reads them, the manager keeps them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from lscb import access
from lscb.access import Action
from lscb.http import signed_in
from performance import actions
from performance.actions.meetings import MeetingRefused
from performance.forms.meetings import MeetingForm
from performance.models import Meeting
from performance.queries import meetings


@require_http_methods(["GET", "POST"])
def days(request: HttpRequest) -> HttpResponse:
    """The meetings that are kept, and for the manager the form for another."""
    person = signed_in(request)
    access.check_see_figures(person)
    form = MeetingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        access.check(person, Action.KEEP_MEETINGS)
        if form.is_valid():
            group, day = form.cleaned_data["group"], form.cleaned_data["day"]
            try:
                actions.add_meeting(by=person, group=group, day=day)
            except MeetingRefused as refusal:
                form.add_error("day", str(refusal))
            else:
                messages.success(request, "The meeting is in the list.")
                return redirect("meeting-days")
    context = {
        "form": form,
        "days": meetings.listed(timezone.localdate()),
        "may_keep": access.can(person, Action.KEEP_MEETINGS),
    }
    status = 422 if form.errors else 200
    return render(request, "performance/meeting_days.html", context, status=status)


@require_POST
def remove(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Take a meeting out of the list."""
    person = signed_in(request)
    access.check(person, Action.KEEP_MEETINGS)
    actions.remove_meeting(by=person, meeting=get_object_or_404(Meeting, pk=meeting_id))
    messages.success(request, "The meeting was taken out of the list.")
    return redirect("meeting-days")
