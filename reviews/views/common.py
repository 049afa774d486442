"""What the views of reviews share: a page with one form, and the review of an address."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lscb import drafts
from lscb.http import signed_in
from lscb.models import Area
from performance.forms import live
from performance.queries.claims import contradicted
from reviews import queries
from reviews.actions import ChangedMeanwhile, ReviewRefused, unchanged
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
    changes: models.Model | None = None  # the row that it changes, as others may meanwhile
    history: Sequence[Entry] = ()
    live: Sequence[str] = ()  # the texts that may hold live figures
    area: Area | None = None  # what these are about, unless the form chooses it
    figures: Sequence[str] = ()  # the indicators whose figures are offered first


def handle(
    request: HttpRequest,
    form: SafeForm,
    page: FormPage,
    save: Callable[[SafeForm], tuple[str, str]],
) -> HttpResponse:
    """Show a form with the person's draft of it, or save what was sent. `save` returns what is said then and where it
    leads; a refusal is shown at its field, else above the form, which keeps what was typed."""
    seen = request.POST.get("seen", _mark(form, page.changes))
    if form.is_valid():
        try:
            with _unchanged(form, page.changes, seen):
                said, where = save(form)
        except ChangedMeanwhile as refusal:
            form.add_error(None, str(refusal))
            seen = refusal.now  # told once; whoever saves again means it
        except ReviewRefused as refusal:
            refusal.say_in(form)
        else:
            drafts.finish(request)
            messages.success(request, said)
            return redirect(where)
    title = f"{page.crumb}: {page.heading}" if page.crumb else page.heading
    draft = drafts.resume(request, form, title)
    context = {"form": form, "page": page, "draft": draft, "seen": draft.value("seen", seen)}
    context |= _figures(request, form, page)
    return render(request, "reviews/form.html", context, status=422 if form.errors else 200)


def _mark(form: SafeForm, row: models.Model | None) -> str:
    """The mark of what a form shows of the row that it changes; empty where it adds one."""
    return fingerprint(form.initial_of(row)) if row else ""


def _unchanged(form: SafeForm, row: models.Model | None, seen: str) -> AbstractContextManager[None]:
    """That nobody else changed the row of a form, nor does while it is saved."""
    return unchanged(row, lambda now: _mark(form, now), seen) if row else nullcontext()


def _figures(request: HttpRequest, form: SafeForm, page: FormPage) -> dict[str, object]:
    """The figures that can be put into the texts of a form, and what the figures contradict in what stands there."""
    names = [one for one in page.live if one in form.fields]
    area = page.area
    if "area" in form.fields:
        code = live.held(request, form, "area")
        area = Area.objects.filter(code=code).first() or queries.home_area()
    if not names or area is None:
        return {}
    picker = live.picker(request, form, area, names, page.figures)
    return {"picker": picker, "findings": contradicted(area, form_texts(form, names))}


def form_texts(form: SafeForm, names: Iterable[str]) -> str:
    """The texts that stand in a form, one after the other."""
    return "\n".join(str(form[name].value() or "") for name in names)


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
