"""The lists of reviews as pages and as CSV."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access
from lscb.access import Action as Act
from lscb.csvfiles import csv_response
from lscb.http import signed_in
from performance.views.kept import kept_by_question
from reviews import queries
from reviews.lists import LISTS


@require_GET
@kept_by_question
def listing(request: HttpRequest, what: str) -> HttpResponse:
    """A list; the address filters, searches, orders it and turns its pages."""
    person = signed_in(request)
    access.check_see_figures(person)
    found = LISTS[what](person)
    context = {
        "what": what,
        "listed": found,
        "list": found.shown(request.GET.dict()),
        "export": f"{found.address}-csv",
        "may_keep": access.can(person, Act.KEEP_REVIEWS),
    }
    if what == "register":
        seen = queries.seen(person)
        context["waiting"] = queries.waiting(seen, timezone.localdate())
        context["left_alone"] = queries.left_alone().count() if context["may_keep"] else 0
        context["counts"] = queries.counts(one for one in seen if not one.area.synthetic)
        return render(request, "reviews/register.html", context)
    if what == "rounds":
        context["standards"] = queries.standards()
        return render(request, "reviews/section11.html", context)
    return render(request, "reviews/list.html", context)


@require_GET
def export(request: HttpRequest, what: str) -> HttpResponse:
    """The same list as CSV: what the filters keep, in its order, every page of it."""
    person = signed_in(request)
    access.check_see_figures(person)
    found = LISTS[what](person)
    header = [title for title, _ in found.export]
    return csv_response(f"reviews-{what}.csv", header, found.lines(request.GET.dict()))
