"""What the views of reviews share: a page with one form, and the review of an address."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lscb import drafts
from lscb.http import signed_in
from reviews import queries
from reviews.actions import ReviewRefused
from reviews.forms import SafeForm
from reviews.models import Entry, Review


@dataclass(frozen=True)
class FormPage:
    """A page with one form: what it says, where it leads back to, and what its button says."""

    heading: str
    back: str
    button: str
    lede: str = ""
    crumb: str = ""
    changes: bool = False  # whether it changes something that others may change meanwhile
    history: Sequence[Entry] = ()


CHANGED = (
    "Somebody else changed this since you opened it. What you wrote still stands here: look at what stands on the page "
    "it belongs to, then save again."
)


def handle(
    request: HttpRequest,
    form: SafeForm,
    page: FormPage,
    save: Callable[[SafeForm], tuple[str, str]],
) -> HttpResponse:
    """Show a form with the person's draft of it, or save what was sent. `save` returns what is said then and where it
    leads; a refusal is shown above the form, which keeps what was typed."""
    now = fingerprint(form.initial) if page.changes else ""
    seen = request.POST.get("seen", now)
    if request.method == "POST" and form.is_valid() and seen != now:
        form.add_error(None, CHANGED)
        seen = now  # told once; whoever saves again means it
    elif request.method == "POST" and form.is_valid():
        try:
            said, where = save(form)
        except ReviewRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            drafts.finish(request)
            messages.success(request, said)
            return redirect(where)
    title = f"{page.crumb}: {page.heading}" if page.crumb else page.heading
    draft = drafts.resume(request, form, title)
    context = {"form": form, "page": page, "draft": draft, "seen": draft.value("seen", seen)}
    return render(request, "reviews/form.html", context, status=422 if form.errors else 200)


def fingerprint(values: Mapping[str, Any]) -> str:
    """A mark of what a form shows: another one when anything of it is another."""
    words = {
        name: sorted(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in values.items()
    }
    return hashlib.sha256(repr(sorted(words.items())).encode()).hexdigest()[:16]


def found_review(request: HttpRequest, review_id: int) -> Review:
    """The review of an address. Raises Http404 where there is none that the person may see."""
    found = queries.review(signed_in(request), review_id)
    if found is None:
        raise Http404("There is no such review.")
    return found
