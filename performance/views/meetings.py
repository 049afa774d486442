"""A meeting's pack as page, Word and PDF."""

import base64
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access, papers
from lscb.http import signed_in
from lscb.models import Area, Person
from lscb.periods import QUARTER, Period
from performance import contributed, documents
from performance import controls as control
from performance.brief import brief
from performance.indicators.duties import Standing
from performance.indicators.spec import scorecard as layout
from performance.meeting import ChosenView, Pack, spark_svg
from performance.models import SavedView, Signal
from performance.queries import calendar, challenges, editions, observations, signals
from performance.scorecard import Page
from performance.views.boards import panels_of
from performance.views.common import chosen_area, quarter_to_open, scorecard_page

SIGNALS = 12  # of the feed, in the pack


@require_GET
def latest(request: HttpRequest) -> HttpResponse:
    """To the pack of the quarter that the scorecard opens with."""
    access.check_see_figures(signed_in(request))
    area = chosen_area(request)
    address = redirect("meeting", quarter_to_open(area))
    if "area" in request.GET:
        address["Location"] += "?" + urlencode({"area": area.code})
    return address


@require_GET
def meeting(request: HttpRequest, period: Period) -> HttpResponse:
    """The pack of a quarter as a page."""
    pack, area = _pack(request, period)
    context = {
        "pack": pack,
        "area": area,
        "areas": observations.areas_with_data(),
        "can_print": papers.can_print(),
        "pinned_views": challenges.pinned(pack.quarter),
    }
    return render(request, "performance/meeting.html", context)


@require_GET
def word(request: HttpRequest, period: Period) -> HttpResponse:
    """The pack as a Word document."""
    pack, area = _pack(request, period)
    name = f"meeting-{pack.quarter.code}-{area.code}.docx"
    return papers.file_response(documents.word(pack), papers.WORD, name)


@require_GET
def pdf(request: HttpRequest, period: Period) -> HttpResponse:
    """The pack as a tagged PDF; where the system lacks Pango, the page is there to be printed."""
    pack, area = _pack(request, period)
    if not papers.can_print():
        raise Http404(papers.NO_PANGO)
    pictures = {
        row.id: base64.b64encode(spark_svg(row.spark).encode()).decode()
        for row in pack.changed
        if row.spark
    }
    html = render_to_string("performance/meeting_paper.html", {"pack": pack, "pictures": pictures})
    name = f"meeting-{pack.quarter.code}-{area.code}.pdf"
    return papers.file_response(papers.print_html(html), papers.PDF, name)


def _pack(request: HttpRequest, period: Period) -> tuple[Pack, Area]:
    person = signed_in(request)
    access.check_see_figures(person)
    if period.kind != QUARTER:
        raise Http404("A meeting is about a quarter.")
    area = chosen_area(request)
    page = scorecard_page(area, period)
    return _gather(person, area, page), area


def _gather(person: Person, area: Area, page: Page) -> Pack:
    """Everything that a quarter's meeting needs, in the order of the agenda."""
    today = timezone.localdate()
    said = brief(page)
    standing = [one for one in signals.standing(area=area.code) if one.kind != Signal.Kind.MISSING]
    late = [
        one
        for one in calendar.owed(person, today)
        if one.duty.standing is Standing.LATE and one.area == area.name
    ]
    return Pack(
        quarter=page.quarter,
        area_name=area.name,
        synthetic=area.synthetic,
        changed=page.signals,
        signals=tuple(standing[:SIGNALS]),
        chance=said.chance,
        gaps=said.gaps,
        late=tuple(late),
        challenges=tuple(
            (one, one.is_overdue(today)) for one in challenges.not_closed(area, person)
        ),
        actions=tuple(contributed.overdue_actions(person, area, today)),
        editions=tuple(editions.waiting(area)),
        views=tuple(_chosen(view) for view in challenges.pinned(page.quarter)),
    )


def _chosen(view: SavedView) -> ChosenView:
    """A pinned view with its charts, where it is a dashboard."""
    query = dict(parse_qsl(view.query))
    parts = [part for part in view.path.split("/") if part]
    board = next(
        (
            one
            for one in layout().dashboards
            if parts[:1] == ["dashboards"] and one.slug in parts[1:]
        ),
        None,
    )
    area = observations.area(query.get("area", "")) or observations.area(settings.PARTNERSHIP_AREA)
    if board is None or area is None:
        return ChosenView(view.name, view.address, ())
    panels = panels_of(board, area, control.read(query))
    return ChosenView(view.name, view.address, tuple(one for one in panels if one.rows))
