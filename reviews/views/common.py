"""What the views of reviews share: a page with one form, and the review of an address."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lscb.http import signed_in
from reviews import queries
from reviews.actions import ReviewRefused
from reviews.forms import SafeForm
from reviews.models import Review


@dataclass(frozen=True)
class FormPage:
    """A page with one form: what it says, where it leads back to, and what its button says."""

    heading: str
    back: str
    button: str
    lede: str = ""
    crumb: str = ""


def handle(
    request: HttpRequest,
    form: SafeForm,
    page: FormPage,
    save: Callable[[SafeForm], tuple[str, str]],
) -> HttpResponse:
    """Show a form, or save what was sent. `save` returns what is said then and where it leads; a refusal is shown
    above the form, which keeps what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            said, where = save(form)
        except ReviewRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect(where)
    status = 422 if form.errors else 200
    return render(request, "reviews/form.html", {"form": form, "page": page}, status=status)


def found_review(request: HttpRequest, review_id: int) -> Review:
    """The review of an address. Raises Http404 where there is none that the person may see."""
    found = queries.review(signed_in(request), review_id)
    if found is None:
        raise Http404("There is no such review.")
    return found
