"""One search over indicators, commentary and challenges."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lscb import access
from lscb.http import signed_in
from performance.queries import search as queries


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What holds all words of `?q=`."""
    access.check_see_figures(signed_in(request))
    text = request.GET.get("q", "").strip()[:200]
    return render(request, "performance/search.html", {"q": text, "hits": queries.search(text)})
