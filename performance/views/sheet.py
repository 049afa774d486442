"""The scorecard as a tagged PDF of one sheet: live, or an edition of it."""

from base64 import b64encode
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from lscb import access, papers
from lscb.http import signed_in
from lscb.periods import QUARTER, Period
from lscb.templatetags.lscb import ICONS, icon_svg
from performance.pages import beside_rows, grouping
from performance.pages.board import board
from performance.pages.brief import brief, decisions
from performance.pages.scorecard import without_figures
from performance.pages.sparks import svg
from performance.pages.standing import day, standing
from performance.views import frozen
from performance.views.common import chosen_code
from performance.views.kept import conditional
from performance.views.scorecard import said

STYLES = settings.BASE_DIR / "performance" / "static" / "performance" / "sheet.css"
# Type sizes in points, by the sheet: the largest with which all rows fit is taken. The last is the smallest that is
# read without effort; where rows do not fit with it, the words beside them are cut shorter.
SIZES = {
    "A4": (7.7, 7.4, 7.1, 6.8, 6.5),
    "A3": (10.9, 10.4, 9.9, 9.4, 8.9, 8.5),
}
# Characters of commentary beside a row: on a line of its own, cut shorter, and in the row's last cell.
WORDS, FEWER_WORDS, IN_CELL = 240, 110, 32


@require_GET
@conditional
def sheet(request: HttpRequest, period: Period) -> HttpResponse:
    """The scorecard of a quarter on one sheet, A4 or A3 (`?paper=A3`), grouped as on the page (`?group=`)."""
    access.check_see_figures(signed_in(request))
    if period.kind != QUARTER:
        raise Http404("A scorecard is of a quarter.")
    made = board(chosen_code(request), period)
    stands = standing(made, period)
    at = made.places.changed_at
    context = {
        "area": made.places.area,
        "quarter": period,
        "standing": [
            *([stands.sentence] if stands else []),
            *([f"Data as accepted on {day(at)}."] if at else []),
        ],
        "brief": brief(made.page),
        "decisions": decisions(made.written),
        "sections": grouping.sections(made.page, request.GET.get("group", "")),
        "said": said(made),
    }
    return printed(request, context, f"scorecard-{period.code}-{made.places.area.code}")


@require_GET
@conditional
def edition_sheet(request: HttpRequest, edition_id: int) -> HttpResponse:
    """An edition on one sheet as it was frozen, A4 or A3 (`?paper=A3`)."""
    access.check_see_figures(signed_in(request))
    found, rows = frozen.edition_of(edition_id)
    context = {
        "area": found.area,
        "quarter": found.quarter,
        "held_by": found.pk,
        "standing": frozen.steps_taken(found),
        **frozen.brief_of(found, rows),
        "sections": frozen.sections_of(rows),
        "said": beside_rows.said_in(found),
    }
    return printed(request, context, frozen.file_name(found))


def printed(request: HttpRequest, context: dict[str, Any], name: str) -> HttpResponse:
    """A scorecard as a tagged PDF of one sheet, live or frozen; `name` is that of the file without paper and ending."""
    if not papers.can_print():
        raise Http404(papers.NO_PANGO)
    paper = "A3" if request.GET.get("paper", "").upper() == "A3" else "A4"
    sections = context["sections"]
    rows = [row for section in sections for row in section.rows]
    context |= {
        "paper": paper,
        "partnership": f"{settings.PARTNERSHIP_PLACE} {settings.PARTNERSHIP_NAME}",
        "synthetic": papers.SYNTHETIC,
        "pictures": {row.id: _address(svg(row.spark, alone=True)) for row in rows if row.spark},
        "icons": {kind: _address(icon_svg(kind)) for kind in ICONS},
        "empty": without_figures(sections),
        "aims": any(row.rag for row in rows),
    }
    whole, *shorter = (_written(context, longest) for longest in (WORDS, FEWER_WORDS, IN_CELL))
    styles = STYLES.read_text(encoding="utf-8")
    several = _written(context | {"repeats": True}, WORDS)
    content = papers.print_sheet(whole, styles, SIZES[paper], several, tuple(shorter))
    return papers.file_response(content, papers.PDF, f"{name}-{paper}.pdf")


def _written(context: dict[str, Any], longest: int) -> str:
    """The sheet with so many characters of each wording at most, and whether any is cut."""
    texts = [one.text for one in context["said"].values()]
    return render_to_string(
        "performance/scorecard_paper.html",
        context
        | {
            "longest": longest,
            "is_short": longest != WORDS,
            "in_cell": longest == IN_CELL,
            "is_cut": any(len(text) > longest for text in texts),
        },
    )


def _address(picture: str) -> str:
    """A picture as an address that holds it."""
    return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"
