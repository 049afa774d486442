"""The scorecard as a tagged PDF of one sheet."""

from base64 import b64encode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from lscb import access, papers
from lscb.http import signed_in
from lscb.periods import QUARTER, Period
from lscb.templatetags.lscb import ICONS, icon_svg
from performance.pages import grouping
from performance.pages.board import board
from performance.pages.brief import brief, decisions
from performance.pages.sparks import svg
from performance.views.common import chosen_code
from performance.views.scorecard import said

STYLES = settings.BASE_DIR / "performance" / "static" / "performance" / "sheet.css"
# Type sizes in points, by the sheet: the largest with which all rows fit is taken.
SIZES = {
    "A4": (7, 6.7, 6.4, 6.1, 5.8, 5.5, 5.2),
    "A3": (10, 9.5, 9, 8.6, 8.2, 7.8, 7.4),
}


@require_GET
def sheet(request: HttpRequest, period: Period) -> HttpResponse:
    """The scorecard of a quarter on one sheet, A4 or A3 (`?paper=A3`), grouped as on the page (`?group=`)."""
    access.check_see_figures(signed_in(request))
    if not papers.can_print():
        raise Http404(papers.NO_PANGO)
    if period.kind != QUARTER:
        raise Http404("A scorecard is of a quarter.")
    made = board(chosen_code(request), period)
    paper = "A3" if request.GET.get("paper") == "A3" else "A4"
    rows = [row for section in made.page.sections for row in section.rows]
    context = {
        "paper": paper,
        "partnership": f"{settings.PARTNERSHIP_PLACE} {settings.PARTNERSHIP_NAME}",
        "area": made.places.area,
        "synthetic": papers.SYNTHETIC,
        "quarter": period,
        "changed_at": made.places.changed_at,
        "edition": next((one for one in made.written.editions if one.quarter == period), None),
        "brief": brief(made.page),
        "decisions": decisions(made.written),
        "sections": grouping.sections(made.page, request.GET.get("group", "")),
        "said": said(made),
        "pictures": {row.id: _address(svg(row.spark, alone=True)) for row in rows if row.spark},
        "icons": {kind: _address(icon_svg(kind)) for kind in ICONS},
    }
    html = render_to_string("performance/scorecard_paper.html", context)
    content = papers.print_sheet(html, STYLES.read_text(encoding="utf-8"), SIZES[paper])
    name = f"scorecard-{period.code}-{made.places.area.code}-{paper}.pdf"
    return papers.file_response(content, papers.PDF, name)


def _address(picture: str) -> str:
    """A picture as an address that holds it."""
    return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"
