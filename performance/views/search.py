"""One search over indicators, commentary, challenges, reviews and actions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lscb import access
from lscb.http import signed_in
from performance.contributed import Hit
from performance.queries import search as queries
from performance.views.kept import kept_by_question


@require_GET
@kept_by_question
def search(request: HttpRequest) -> HttpResponse:
    """What holds all words of `?q=`, by kind."""
    person = signed_in(request)
    access.check_see_figures(person)
    text = request.GET.get("q", "").strip()[:200]
    hits = queries.search(person, text)
    kinds: dict[str, list[Hit]] = {}
    for hit in hits:
        kinds.setdefault(hit.kind, []).append(hit)
    context = {"q": text, "kinds": kinds, "found": len(hits)}
    return render(request, "performance/search.html", context)
