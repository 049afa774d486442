"""Saving and discarding drafts, the list of one's own, and what somebody gets whose form could not be kept."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_POST

from lscb import drafts
from lscb.drafts import DraftRefused, Rescued
from lscb.http import signed_in

SECRET = re.compile("password|key|token|code", re.IGNORECASE)  # fields that are never shown again
WORDS = re.compile(r"\s\S|^(?=\D)\S{1,40}$")  # what somebody may have typed, no number and no token
GONE = "This page was open for too long to save a draft from it. Copy what you typed and reload it."


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The person's drafts, each with a way back to its form."""
    return render(request, "account/drafts.html", {"drafts": drafts.of(signed_in(request))})


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Put down a form as a draft: for its button, and for its script, which is answered in JSON."""
    place = drafts.place_of(request)
    if place is None:
        return _refuse(request, GONE)
    try:
        rescued = drafts.save(place, request.POST)
    except DraftRefused as refusal:
        return _refuse(request, str(refusal))
    if wants_json(request):
        at = f"{localtime(rescued.saved_at):%H:%M}"
        return JsonResponse({"said": f"Draft saved at {at}.", "refused": dict(rescued.refused)})
    if rescued.refused:
        return not_all(request, rescued, place.address, "Go on with the draft")
    messages.success(request, "The draft is saved.")
    return redirect(place.address)


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Forget the draft of a form and open the form anew."""
    place = drafts.place_of(request)
    if place is None:
        raise Http404("There is no such draft of yours.")
    drafts.discard(place)
    messages.success(request, "The draft is gone.")
    return redirect(place.address)


@require_POST
def forget(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Forget one of the person's drafts, from the list of them."""
    if not drafts.of(signed_in(request)).filter(pk=draft_id).delete()[0]:
        raise Http404("There is no such draft of yours.")
    messages.success(request, "The draft is gone.")
    return redirect("account-drafts")


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, not a person."""
    return request.headers.get("Accept") == "application/json"


def after_time_out(request: HttpRequest) -> HttpResponse | None:
    """What somebody signed out gets who sends a form. With drafts it is put down, and comes back after signing in;
    without, what was typed is shown once more. None for what nobody typed."""
    return _after(
        request,
        "You are signed out. What you typed is saved as a draft: sign in to go on with it.",
        lambda address: f"{reverse('account_login')}?{urlencode({'next': address})}",
    )


def after_stale_page(request: HttpRequest) -> HttpResponse | None:
    """What somebody gets whose page is older than their sign-in: it is put down, and the form opens with it; what was
    typed into a form without drafts is shown once more."""
    return _after(
        request,
        "The page was older than your sign-in. What you typed is saved as a draft, and not sent yet.",
        lambda address: address,
    )


def _after(request: HttpRequest, said: str, way: Callable[[str], str]) -> HttpResponse | None:
    if request.method != "POST":
        return None
    try:
        rescued = drafts.rescue(request)
    except DraftRefused as refusal:
        return _refuse(request, str(refusal))
    if rescued is None:
        return _shown_again(request, way)
    where = way(rescued.place.address)
    if wants_json(request):
        return JsonResponse({"problem": said, "way": where, "refused": dict(rescued.refused)})
    if rescued.refused:
        return not_all(request, rescued, where, "Go on")
    messages.info(request, said)
    return redirect(where)


def _shown_again(request: HttpRequest, way: Callable[[str], str]) -> HttpResponse | None:
    """What was typed into a form without drafts, to be copied, and the way back to its page. None for what is no form
    of ours, for a script, and where nothing was typed: nothing is kept, and nothing that another site sent is shown."""
    page = urlsplit(request.headers.get("Referer", ""))
    own = page.netloc == request.get_host() and request.headers.get("Origin") in (
        None,
        f"{page.scheme}://{page.netloc}",
    )
    typed = [
        (name.rpartition("-")[2].replace("_", " ").capitalize(), text)
        for name, text in request.POST.items()
        if name not in drafts.NOT_OF_THE_FORM
        and not SECRET.search(name)
        and WORDS.search(str(text))
    ]
    if not own or not typed or wants_json(request):
        return None
    back = urlunsplit(("", "", page.path, page.query, ""))
    context = {"typed": typed, "way": way(back)}
    return render(request, "typed_again.html", context, status=403)


def not_all(request: HttpRequest, rescued: Rescued, way: str, words: str) -> HttpResponse:
    """A draft that lacks fields which seem to name somebody: they are shown once more, to be copied."""
    left_out = [
        (name.rpartition("-")[2].replace("_", " ").capitalize(), kind, request.POST.get(name, ""))
        for name, kind in rescued.refused.items()
    ]
    context = {"left_out": left_out, "way": way, "words": words}
    return render(request, "draft_not_all.html", context, status=422)


def _refuse(request: HttpRequest, said: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"problem": said}, status=422)
    return render(request, "draft_refused.html", {"said": said}, status=422)
