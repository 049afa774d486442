"""The first page: what there is to do for the person who signed in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lscb import access
from lscb.http import signed_in
from performance import scorecard as page
from performance.indicators.spec import indicators
from performance.indicators.spec import scorecard as layout
from performance.queries import observations, submissions


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where the person goes from here: the scorecard, dashboards, and what they send."""
    person = signed_in(request)
    counted = observations.quarters_with_values(page.listed(layout()), settings.PARTNERSHIP_AREA)
    have = observations.indicators_with_values(settings.PARTNERSHIP_AREA)
    sees = access.can_see_submissions(person)
    context = {
        "quarter": page.choose_quarter({period for period, _ in counted}, counted),
        "dashboards": layout().dashboards,
        "returns": submissions.returns_for(person),
        "recent": submissions.submissions(person)[:5] if sees else [],
        "indicators": len(indicators()),
        "with_data": len(have),
        "changed_at": observations.data_changed_at(),
    }
    return render(request, "performance/home.html", context)
