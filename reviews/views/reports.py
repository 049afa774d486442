"""The year's report as a page, Word and PDF, and a review's one-page summary as Word and PDF."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access, papers
from lscb.http import signed_in
from lscb.models import Person
from lscb.papers import Paper
from performance.views.kept import kept_for_each
from reviews import queries, report
from reviews.paper import paper, summary
from reviews.reading import told
from reviews.report import Report
from reviews.views.common import found_review


def _report(person: Person, year: str, years: Sequence[str] | None = None) -> Report:
    """The report of a year, one of the `years` that have one. Raises Http404 for one of which nothing was entered."""
    if year not in (queries.report_years(person) if years is None else years):
        raise Http404("There is no review of that year.")
    return report.of_year(person, year, timezone.localdate())


@require_GET
@kept_for_each
def year_report(request: HttpRequest) -> HttpResponse:
    """What a year's reviews, audits and section 11 say, on one page to print."""
    person = signed_in(request)
    access.check_see_figures(person)
    years = queries.report_years(person)
    year = request.GET.get("year") or (years[0] if years else "")
    context = {
        "page": _report(person, year, years) if year else None,
        "years": years,
        "year": year,
        "can_print": papers.can_print(),
    }
    return render(request, "reviews/report.html", context)


@require_GET
def year_word(request: HttpRequest, year: str) -> HttpResponse:
    """The same report as a Word file."""
    person = signed_in(request)
    access.check_see_figures(person)
    return papers.word_response(paper(_report(person, year)), f"reviews-{year}")


@require_GET
def year_pdf(request: HttpRequest, year: str) -> HttpResponse:
    """The same report as a tagged PDF; where the system lacks what PDF needs, the page is there to be printed."""
    person = signed_in(request)
    access.check_see_figures(person)
    return papers.pdf_response(paper(_report(person, year)), f"reviews-{year}")


def _summary(request: HttpRequest, review_id: int) -> tuple[Paper, str]:
    """One review on a page, and the name of its file. Raises Http404 where there is none that the person may see."""
    found = found_review(request, review_id)
    asked = queries.recommendations(signed_in(request)).filter(review=found)
    made = summary(told([found])[0], queries.findings(found), told(asked))
    return made, f"review-{found.pk}-summary"


@require_GET
def summary_word(request: HttpRequest, review_id: int) -> HttpResponse:
    """A review's one-page summary as a Word file."""
    return papers.word_response(*_summary(request, review_id))


@require_GET
def summary_pdf(request: HttpRequest, review_id: int) -> HttpResponse:
    """A review's one-page summary as a tagged PDF."""
    return papers.pdf_response(*_summary(request, review_id))
