"""One's own settings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from lscb.http import signed_in
from performance import actions
from performance.forms.calendar import MailForm
from performance.models import MailChoice
from performance.pages.digest import GROUPS


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Which e-mails one wants, and the way to one's password and tokens."""
    person = signed_in(request)
    if request.method == "POST":
        form = MailForm(request.POST)
        if form.is_valid() and "save" in request.POST:
            actions.choose_mail(by=person, **form.cleaned_data)
            messages.success(request, "Your choice was saved.")
            return redirect("account")
    made = MailChoice.objects.filter(person=person).first()
    form = MailForm(
        initial={
            "reminders": made is None or made.reminders,
            "digests": made is None or made.digests,
        }
    )
    gets_digests = any(person.role in roles for roles in GROUPS.values())
    context = {"form": form, "gets_digests": gets_digests}
    return render(request, "performance/account.html", context)
