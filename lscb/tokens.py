"""Tokens: how a person lets a program of theirs ask the API in their name. They are made and revoked here.

A token is shown once, when it is made; the database holds only its hash.
"""

from datetime import timedelta

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST
from knox.models import AuthToken

from lscb import audit
from lscb.http import signed_in
from lscb.models import Person

MOST_TOKENS = 10
KEPT = 8  # how much of a token is shown afterwards, to tell it from others


class TokenForm(forms.Form):
    """How long a new token is to work."""

    days = forms.TypedChoiceField(
        label="It works for",
        choices=[(30, "30 days"), (90, "90 days"), (365, "a year")],
        coerce=int,
        initial=90,
    )


def live_tokens(person: Person) -> list[AuthToken]:
    """A person's tokens that still work, the newest first."""
    now = timezone.now()
    return list(AuthToken.objects.filter(user=person, expiry__gt=now).order_by("-created"))


def name_of(token: AuthToken) -> str:
    """What a token is called after it was made: how it begins."""
    return f"{token.token_key[:KEPT]}…"


@sensitive_variables("secret")
def make(*, by: Person, days: int) -> tuple[AuthToken, str]:
    """A new token of a person for so many days: its row, and the secret that is shown once."""
    with transaction.atomic():
        AuthToken.objects.filter(user=by, expiry__lte=timezone.now()).delete()
        token, secret = AuthToken.objects.create(user=by, expiry=timedelta(days=days))
        audit.record(by=by, action="token made", subject=by, token=name_of(token), days=days)
    return token, secret


def revoke(*, by: Person, token_key: str) -> None:
    """End one of a person's own tokens. Raises Http404 for one that is not theirs or is gone."""
    with transaction.atomic():
        known = AuthToken.objects.filter(user=by, token_key=token_key)
        token = known.first() if token_key.isalnum() else None
        if token is None:
            raise Http404("There is no such token.")
        token.delete()
        audit.record(by=by, action="token revoked", subject=by, token=name_of(token))


@sensitive_variables("secret")
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The person's tokens, and a form for a new one, which the answer shows once."""
    person = signed_in(request)
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        if len(live_tokens(person)) >= MOST_TOKENS:
            form.add_error(
                "days", f"You have {MOST_TOKENS} tokens. Revoke one that you do not need."
            )
        else:
            _, secret = make(by=person, days=form.cleaned_data["days"])
    rows = [(name_of(token), token) for token in live_tokens(person)]
    context = {
        "form": form,
        "secret": secret,
        "rows": rows,
        "example": request.build_absolute_uri(reverse("api-root") + "indicators/"),
    }
    return render(request, "account/tokens.html", context, status=422 if form.errors else 200)


@require_POST
def revoke_token(request: HttpRequest) -> HttpResponse:
    """Revoke one token."""
    revoke(by=signed_in(request), token_key=request.POST.get("token_key", ""))
    return redirect("account-tokens")
