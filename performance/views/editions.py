"""Editions of the scorecard: the list, one with what changed since, and two side by side."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from lscb import access, papers
from lscb.access import Action
from lscb.http import signed_in
from lscb.models import Area
from lscb.periods import QUARTER, Period, parse
from performance.actions import editions as actions
from performance.actions.editions import EditionRefused
from performance.models import Edition
from performance.pages import beside_rows, table
from performance.pages import editions as page
from performance.pages.print_density import density
from performance.pages.scorecard import without_figures
from performance.queries import editions as queries
from performance.queries import observations
from performance.views import frozen
from performance.views.common import chosen_area, opening_quarter
from performance.views.downloads import table_file
from performance.views.kept import conditional, kept, kept_for_each

LIVE = "live"


@require_GET
@kept_for_each
def editions(request: HttpRequest) -> HttpResponse:
    """All editions of an area, and what waits for whom."""
    person = signed_in(request)
    access.check_see_figures(person)
    area = chosen_area(request)
    listed = queries.editions(area)
    context = {
        "area": area,
        "areas": observations.areas_with_data(),
        "editions": [(one, actions.steps_open_to(person, one)) for one in listed],
        "to_open": _to_open(request, area, listed)
        if access.can(person, Action.OPEN_EDITIONS)
        else None,
        "quarters": _quarters(area) if access.can(person, Action.OPEN_EDITIONS) else [],
    }
    return render(request, "performance/editions.html", context)


def _to_open(request: HttpRequest, area: Area, listed: Sequence[Edition]) -> Period | None:
    """The quarter that can be frozen: the one in the address, else the scorecard's; none while one is open."""
    quarter = _quarter(request.GET.get("quarter", "")) or opening_quarter(area)
    taken = {one.quarter for one in listed if one.is_open}
    return None if quarter in taken else quarter


def _quarters(area: Area) -> list[Period]:
    """The quarters that can be chosen to be frozen: the last two years up to the scorecard's, the latest first."""
    latest = opening_quarter(area)
    return [latest.shift(-back) for back in range(8)] if latest else []


def _quarter(text: str) -> Period | None:
    """The quarter of this code. Raises Http404 for what is no period."""
    try:
        period = parse(text) if text else None
    except ValueError as error:
        raise Http404(str(error)) from error
    return period if period and period.kind == QUARTER else None


@require_GET
@kept_for_each
def edition(request: HttpRequest, edition_id: int) -> HttpResponse:
    """One edition as it was frozen, its steps, and the log of what differs today."""
    person = signed_in(request)
    access.check_see_figures(person)
    found, rows = frozen.edition_of(edition_id)
    said, sections = beside_rows.said_in(found), frozen.sections_of(rows)
    held = frozen.brief_of(found, rows)
    titles = {row.indicator: row.shown["title"] for row in rows}
    steps = frozen.steps_taken(found)
    context = {
        "edition": found,
        "area": found.area,
        **held,
        "density": density(
            sections,
            held.get("brief"),
            held.get("decisions"),
            said,
            above=" ".join(steps),
        ),
        "steps_taken": steps,
        "held_by": found.pk,
        "sections": sections,
        "empty": without_figures(sections),
        "said": said,
        "contradicted": [
            (titles[key], said[key]) for key in titles if key in said and said[key].findings
        ],
        "reworded": frozen.reworded(found, rows) if found.said_until else [],
        "intact": queries.is_intact(found, rows),
        "steps": actions.steps_open_to(person, found),
        "closed": actions.steps_closed_to(person, found),
        "restated": frozen.restated(found, rows),
        "can_print": papers.can_print(),
    }
    return render(request, "performance/edition.html", context)


@require_POST
def open_edition(request: HttpRequest, period: Period) -> HttpResponse:
    """Freeze the scorecard of a quarter."""
    person = signed_in(request)
    access.check(person, Action.OPEN_EDITIONS)
    if period.kind != QUARTER:
        raise Http404("An edition is of a quarter.")
    try:
        made = frozen.freeze(by=person, area=chosen_area(request), quarter=period)
    except EditionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("editions")
    messages.success(request, f"{period.label} is frozen as edition {made.number}, provisional.")
    return redirect("edition", made.pk)


@require_GET
@kept
def compare(request: HttpRequest) -> HttpResponse:
    """Two editions of an area side by side, or one with the live scorecard of its quarter."""
    access.check_see_figures(signed_in(request))
    area = chosen_area(request)
    listed = queries.editions(area)
    known = {str(one.pk): one for one in listed}
    before = known.get(request.GET.get("before", "")) or (listed[-1] if listed else None)
    chosen = request.GET.get("after", LIVE)
    after = known.get(chosen)
    context: dict[str, object] = {
        "area": area,
        "areas": observations.areas_with_data(),
        "editions": listed,
        "before": before,
        "after": after,
        "live": LIVE,
    }
    if before:
        quarter = (
            after.quarter if after else (_quarter(request.GET.get("quarter", "")) or before.quarter)
        )
        printed = queries.rows_of(before)
        rows = queries.rows_of(after) if after else frozen.live_rows(area, quarter)
        found = page.differences(printed, rows)
        context |= {
            "quarter": quarter,
            "differences": [one for one in found if one.shows],
            "behind": len([one for one in found if not one.shows]),
            "rows": len(rows),
            "reworded": frozen.reworded(before, printed, after)
            if quarter == before.quarter
            else [],
        }
    return render(request, "performance/edition_compare.html", context)


@require_GET
@conditional
def as_csv(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The rows of an edition as a CSV file, as they were frozen."""
    access.check_see_figures(signed_in(request))
    found, rows = frozen.edition_of(edition_id)
    sections = frozen.sections_of(rows)
    about = table.about(found.area, found.quarter, " ".join(frozen.steps_taken(found)), sections)
    listed = table.rows(sections, found.quarter, beside_rows.said_in(found))
    return table_file(f"{frozen.file_name(found)}.csv", about, table.HEADINGS, listed)
