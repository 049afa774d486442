"""The pages that belong to no other app: health, errors, the accessibility statement, the brand's colour."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lscb import health, views_drafts
from lscb.context import BRAND_CSS_PATH, partnership_words


@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """Whether the process and its database answer: 200, else 503."""
    return _health_answer(health.run(health.HEALTH_CHECKS))


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Whether the program can do its whole work, check by check: 200, else 503."""
    return _health_answer(health.run(health.READY_CHECKS), health.notes())


def _health_answer(answers: dict[str, str], notes: dict[str, str] | None = None) -> JsonResponse:
    well = all(answer == "ok" for answer in answers.values())
    body: dict[str, Any] = {"status": "ok" if well else "not ok", "checks": answers}
    if notes:
        body["notes"] = notes
    return JsonResponse(body, status=200 if well else 503)


@require_safe
@cache_control(public=True, max_age=3600)
def brand_css(_request: HttpRequest) -> HttpResponse:
    """The partnership's colour as a custom property, because a page may hold no style of its own."""
    return HttpResponse(f":root{{--brand:{settings.PARTNERSHIP_BRAND}}}\n", content_type="text/css")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "accessibility.html")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400: the browser sent something that cannot be understood."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the person's role does not allow it; says which action."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: nothing at this address, or nothing that this person may know of."""
    return render(request, "404.html", status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """500: rendered without the request, because what failed may be the database or the session."""
    words = {"partnership": partnership_words(), "brand_css_path": BRAND_CSS_PATH}
    return HttpResponse(render_to_string("500.html", words), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form came without the proof that it was ours, mostly because the page was open for too long.

    What was typed into a form with drafts is put down, and the form opens with it.
    """
    kept = views_drafts.after_stale_page(request)
    if kept:
        return kept
    return render(request, "csrf_failure.html", {"reason": reason}, status=403)
