"""The lists of reviews as pages and as CSV, and the themes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access
from lscb.access import Action as Act
from lscb.csvfiles import csv_response
from lscb.http import signed_in
from reviews import queries
from reviews.lists import LISTS

THEME_COLUMNS = (
    "theme",
    "reviews",
    "findings",
    "what the reviews found",
    "what was done",
    "source",
)


@require_GET
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
        context["waiting"] = queries.waiting(person, timezone.localdate())
        context["counts"] = queries.counts(queries.reviews(person))
        return render(request, "reviews/register.html", context)
    return render(request, "reviews/list.html", context)


@require_GET
def export(request: HttpRequest, what: str) -> HttpResponse:
    """The same list as CSV: what the filters keep, in its order, every page of it."""
    person = signed_in(request)
    access.check_see_figures(person)
    found = LISTS[what](person)
    header = [title for title, _ in found.export]
    return csv_response(f"reviews-{what}.csv", header, found.lines(request.GET.dict()))


def _themes(request: HttpRequest) -> list[queries.ThemeRow]:
    """The themes that hold the words of the address, in its order."""
    words = request.GET.get("q", "").lower().split()
    rows = [
        row
        for row in queries.themes(queries.reviews(signed_in(request)))
        if all(
            word in f"{row.theme.name} {row.theme.about} {row.theme.done}".lower() for word in words
        )
    ]
    by_name = request.GET.get("sort") == "name"
    return sorted(rows, key=lambda row: row.theme.name) if by_name else rows


@require_GET
def themes(request: HttpRequest) -> HttpResponse:
    """What findings of several reviews have in common."""
    person = signed_in(request)
    access.check_see_figures(person)
    context = {
        "rows": _themes(request),
        "q": request.GET.get("q", ""),
        "by_name": request.GET.get("sort") == "name",
        "may_keep": access.can(person, Act.KEEP_REVIEWS),
    }
    return render(request, "reviews/themes.html", context)


@require_GET
def themes_csv(request: HttpRequest) -> HttpResponse:
    """The same themes as CSV, with the names of the reviews in which they were found."""
    access.check_see_figures(signed_in(request))
    lines = (
        [
            row.theme.name,
            "; ".join(one.title for one in row.reviews),
            row.findings,
            row.theme.about,
            row.theme.done,
            row.theme.source,
        ]
        for row in _themes(request)
    )
    return csv_response("reviews-themes.csv", THEME_COLUMNS, lines)
