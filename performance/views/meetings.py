"""A meeting's pack as page, Word and PDF."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access, papers
from lscb.http import signed_in
from lscb.models import Area, Person
from lscb.periods import QUARTER, Period
from performance import contributed
from performance.indicators.duties import Standing
from performance.models import Meeting, Signal
from performance.pages import documents
from performance.pages.board import Board, board
from performance.pages.brief import brief, decisions
from performance.pages.meeting import Pack
from performance.queries import calendar, challenges, meetings, observations, signals
from performance.queries.scorecard import Places
from performance.views.chosen import chosen_view
from performance.views.common import chosen_area, chosen_code, quarter_to_open
from performance.views.kept import conditional, kept_for_each

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
@kept_for_each
def meeting(request: HttpRequest, period: Period) -> HttpResponse:
    """The pack of a quarter as a page."""
    pack, places = _pack(request, period)
    context = {
        "pack": pack,
        "area": places.area,
        "areas": places.chosen_from,
        "can_print": papers.can_print(),
    }
    return render(request, "performance/meeting.html", context)


@require_GET
@conditional
def word(request: HttpRequest, period: Period) -> HttpResponse:
    """The pack as a Word document."""
    pack, places = _pack(request, period)
    return papers.word_response(documents.paper(pack), _name(pack, places.area))


@require_GET
@conditional
def pdf(request: HttpRequest, period: Period) -> HttpResponse:
    """The pack as a tagged PDF; where the system lacks Pango, the page is there to be printed."""
    pack, places = _pack(request, period)
    return papers.pdf_response(documents.paper(pack), _name(pack, places.area))


def _name(pack: Pack, area: Area) -> str:
    return f"meeting-{pack.quarter.code}-{area.code}"


def _pack(request: HttpRequest, period: Period) -> tuple[Pack, Places]:
    person = signed_in(request)
    access.check_see_figures(person)
    if period.kind != QUARTER:
        raise Http404("A meeting is about a quarter.")
    made = board(chosen_code(request), period)
    return _gather(person, made), made.places


def _gather(person: Person, made: Board) -> Pack:
    """Everything that a quarter's meeting needs, in the order of the agenda. A pack is handed on: challenges about what
    some may not see are left out."""
    today = timezone.localdate()
    page, area = made.page, made.places.area
    said, asked = brief(page), decisions(made.written)
    standing = [one for one in signals.standing(area=area.code) if one.kind != Signal.Kind.MISSING]
    late = [one for one in calendar.owed(person, today, area) if one.duty.standing is Standing.LATE]
    last = meetings.last(Meeting.Group.SUBGROUP, today)
    return Pack(
        quarter=page.quarter,
        area_name=area.name,
        synthetic=area.synthetic,
        changed=page.signals,
        signals=tuple(standing[:SIGNALS]),
        chance=said.chance,
        dependence=said.dependence,
        gaps=said.gaps,
        late=tuple(late),
        challenges=tuple(asked.challenges),
        actions=tuple(contributed.overdue_actions(person, area, today)),
        limits=tuple(contributed.time_limits(area, today)),
        editions=tuple(asked.editions),
        views=tuple(chosen_view(one.name, one.address) for one in challenges.pinned(page.quarter)),
        today=today,
        news=signals.news_since(last, observations.data_version(), area=area.code)
        if last
        else None,
    )
