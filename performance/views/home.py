"""The first page: what there is to do for the person who signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access
from lscb.http import signed_in
from performance.indicators.scorecard import scorecard as layout
from performance.indicators.spec import indicators
from performance.pages.board import board
from performance.pages.brief import brief, decisions
from performance.queries import challenges, claims, observations, submissions
from performance.views.common import chosen_area, opening_quarter


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where the person goes from here: what they send, the scorecard in brief, dashboards."""
    person = signed_in(request)
    area = chosen_area(request)
    quarter = opening_quarter(area)
    have = observations.indicators_with_values(area.code)
    sees = access.can_see_submissions(person)
    recent = list(submissions.submissions(person)[:5]) if sees else []
    now = board(area.code, quarter) if quarter else None
    context = {
        "area": area,
        "waiting": claims.read_out(challenges.waiting(person)),
        "today": timezone.localdate(),
        "quarter": quarter,
        "brief": brief(now.page) if now else None,
        "decisions": decisions(now.written) if now else None,
        "dashboards": layout().dashboards,
        "returns": submissions.returns_for(person),
        "recent": recent,
        "synthetic": area.synthetic or any(one.area.synthetic for one in recent),
        "indicators": len(indicators()),
        "with_data": len(have),
        "changed_at": observations.data_changed_at(),
    }
    return render(request, "performance/home.html", context)
