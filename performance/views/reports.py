"""Every report that can be had about a quarter, on one page: ours, and those of the apps that stand on performance."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access, papers
from lscb.http import signed_in
from lscb.models import Area, Person
from lscb.periods import QUARTER, Period, parse
from performance import contributed
from performance.contributed import Report
from performance.queries import editions, observations
from performance.views.common import chosen_area, quarter_to_open
from performance.views.kept import kept_for_each


@require_GET
@kept_for_each
def reports(request: HttpRequest) -> HttpResponse:
    """The reports of a quarter (`?quarter=2024-25-Q4`, the scorecard's by default) and area."""
    person = signed_in(request)
    access.check_see_figures(person)
    area = chosen_area(request)
    quarter = _quarter(request.GET.get("quarter", "")) or quarter_to_open(area)
    following = quarter.shift(1)
    context = {
        "area": area,
        "areas": observations.areas_with_data(),
        "quarter": quarter,
        "previous": quarter.previous(),
        "next": following if following.start <= timezone.localdate() else None,
        "reports": [
            *own_reports(person, area, quarter),
            *contributed.reports(person, area, quarter),
        ],
        "can_print": papers.can_print(),
    }
    return render(request, "performance/reports.html", context)


def own_reports(_person: Person, area: Area, quarter: Period) -> list[Report]:
    """The scorecard, its edition where there is one, and the meeting's pack."""
    of_area = "?" + urlencode({"area": area.code})
    found = [
        Report(
            "Quarterly scorecard",
            "One row an indicator: the quarter, its changes, target and variation, with what changed at the top.",
            reverse("scorecard-period", args=[quarter]) + of_area,
            papers.files("scorecard", quarter, kinds=("pdf", "csv"), query=of_area),
        ),
        Report(
            "Meeting pack",
            "Signals, missing returns, open challenges, overdue actions and the charts chosen for the meeting.",
            reverse("meeting", args=[quarter]) + of_area,
            papers.files("meeting", quarter, query=of_area),
        ),
    ]
    edition = editions.newest(area, quarter)
    if edition:
        found.insert(
            1,
            Report(
                f"Edition {edition.number} of the scorecard, {edition.get_state_display().lower()}",
                "The quarter as it was frozen, and what differs today.",
                reverse("edition", args=[edition.pk]),
            ),
        )
    return found


def _quarter(text: str) -> Period | None:
    """The quarter of this code. Raises Http404 for what is none."""
    try:
        period = parse(text) if text else None
    except ValueError as error:
        raise Http404(str(error)) from error
    if period and period.kind != QUARTER:
        raise Http404("Reports are of a quarter, such as 2024-25-Q4.")
    return period
