"""The page that takes what should never have been written out of a line of history."""

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from lscb import drafts, history
from lscb.history import HistoryRefused
from lscb.http import signed_in
from lscb.models import AuditEvent


class ReasonForm(forms.Form):
    """Why words are taken out of a history."""

    reason = forms.CharField(
        label="Why they are taken out",
        max_length=300,
        error_messages={"required": "Say why."},
        help_text="It stands in the history instead. Do not repeat what is taken out.",
    )


@require_http_methods(["GET", "POST"])
def take_out(request: HttpRequest, event_id: int) -> HttpResponse:
    """Take the words of a line of history out of it, with a reason."""
    person = signed_in(request)
    event = AuditEvent.objects.select_related("words").filter(pk=event_id).first()
    if event is None or history.app_of(event) not in history.CHECKED_BY:
        raise Http404("There is no such line of history.")
    history.CHECKED_BY[history.app_of(event)](person)
    about = history.subject_of(event)
    address = getattr(about, "get_absolute_url", None)  # none where the record is gone

    def take(reason: str) -> None:
        history.take_out(by=person, event=event, reason=reason)

    named = str(about or "A record that was taken out")
    return ask_why(request, about=named, at=event.at, back=address() if address else "/", take=take)


def ask_why(
    request: HttpRequest, *, about: str, at: datetime, back: str, take: Callable[[str], None]
) -> HttpResponse:
    """The page that asks why the words that were written `at` a moment are taken out. `about` names what they belong
    to; `take` takes them out, and may raise HistoryRefused; then it leads `back`."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    draft = drafts.resume(request, form, "Take words out of the history")
    if form.is_valid():
        try:
            take(form.cleaned_data["reason"])
        except HistoryRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            drafts.finish(request)
            messages.success(request, "The words are taken out of the history.")
            return redirect(back)
    context = {"form": form, "draft": draft, "at": at, "about": about, "back": back}
    return render(request, "words_out.html", context, status=422 if form.errors else 200)
