"""The plan and one priority's impact as Word and PDF; both say what their pages say."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access, papers
from lscb.http import signed_in
from lscb.papers import Paper
from performance.views.common import chosen_area
from priorities import paper, queries, report
from priorities.impact import impact
from priorities.rag import RULE

SHEET = settings.BASE_DIR / "priorities" / "static" / "priorities" / "sheet.css"
SIZES = (9.5, 9, 8.5, 8)  # points of a sheet's type, the largest first; less is hard to read


def _plan(request: HttpRequest) -> tuple[report.Plan, str]:
    """The plan of the area in the address, and what its files are called."""
    access.check_see_figures(signed_in(request))
    area, today = chosen_area(request), timezone.localdate()
    return report.plan(today, area), f"plan-{area.code}-{today.isoformat()}"


def _priority(request: HttpRequest, priority_id: int) -> tuple[Paper, str]:
    """One priority's impact, and what its files are called."""
    access.check_see_figures(signed_in(request))
    found = queries.priority(priority_id)
    if found is None:
        raise Http404("There is no such priority.")
    today = timezone.localdate()
    return paper.of_impact(impact(found, today), today), f"priority-{found.pk}-{today.isoformat()}"


@require_GET
def plan_word(request: HttpRequest) -> HttpResponse:
    """The plan as a Word file."""
    plan, name = _plan(request)
    return papers.word_response(paper.of_plan(plan), name)


@require_GET
def plan_pdf(request: HttpRequest) -> HttpResponse:
    """The plan as a tagged PDF of one sheet; a long one has what is complete, campaigns and voice on a second."""
    plan, name = _plan(request)
    if not papers.can_print():
        raise Http404(papers.NO_PANGO)
    whole, longer = (
        render_to_string("priorities/sheet.html", {"plan": plan, "rule": RULE, "is_long": is_long})
        for is_long in (False, True)
    )
    content = papers.print_sheet(whole, SHEET.read_text(encoding="utf-8"), SIZES, longer)
    return papers.file_response(content, papers.PDF, f"{name}.pdf")


@require_GET
def priority_word(request: HttpRequest, priority_id: int) -> HttpResponse:
    """A priority's impact as a Word file."""
    return papers.word_response(*_priority(request, priority_id))


@require_GET
def priority_pdf(request: HttpRequest, priority_id: int) -> HttpResponse:
    """A priority's impact as a tagged PDF."""
    return papers.pdf_response(*_priority(request, priority_id))
