"""The quarterly scorecard: the page and its CSV."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access, papers
from lscb.http import signed_in
from lscb.periods import FIRST_YEAR, QUARTER, Period, month_of
from performance.indicators.claims import Finding
from performance.indicators.spec import indicators
from performance.pages import grouping, table
from performance.pages.board import Board, board
from performance.pages.brief import brief, decisions
from performance.pages.print_density import density
from performance.pages.scorecard import without_figures
from performance.pages.standing import day, standing
from performance.queries import claims, commentary, observations
from performance.views.common import (
    chosen_area,
    chosen_code,
    opening_quarter,
)
from performance.views.downloads import table_file
from performance.views.kept import conditional, kept


@require_GET
@kept
def latest(request: HttpRequest) -> HttpResponse:
    """The scorecard of the latest quarter that has enough to say."""
    access.check_see_figures(signed_in(request))
    area = chosen_area(request)
    quarter = opening_quarter(area)
    if quarter is None:
        return render(request, "performance/scorecard_empty.html", {"area": area})
    return _page(request, quarter)


@require_GET
@kept
def scorecard(request: HttpRequest, period: Period) -> HttpResponse:
    """The scorecard of one quarter."""
    return _page(request, period)


def _page(request: HttpRequest, period: Period) -> HttpResponse:
    access.check_see_figures(signed_in(request))
    quarter = period if period.kind == QUARTER else Period(period.last - 2, 3).quarter
    made = board(chosen_code(request), quarter)
    group = request.GET.get("group", "")
    group = group if group in grouping.GROUPS else "priority"
    only_signals = request.GET.get("only") == "signals"
    in_brief, asked, words = brief(made.page), decisions(made.written), said(made)
    sections = grouping.sections(made.page, group, only_signals=only_signals)
    context = {
        "sections": sections,
        "empty": without_figures(made.page.sections),
        "density": density(sections, in_brief, asked, words),
        "group": group,
        "groups": list(grouping.GROUPS.items()),
        "only_signals": only_signals,
        "said": words,
        "decisions": asked,
        "standing": standing(made, quarter),
        "brief": in_brief,
        "area": made.places.area,
        "areas": made.places.chosen_from,
        "quarter": quarter,
        "previous": _previous(quarter),
        "next": _next(quarter),
        "changed_at": made.places.changed_at,
        "can_print": papers.can_print(),
    }
    return render(request, "performance/scorecard.html", context)


def draw_latest() -> None:
    """Draw the rows of every area's latest scorecard, which a process then knows by their content."""
    for area in observations.areas_with_data():
        quarter = opening_quarter(area)
        if quarter is not None:
            made = board(area.code, quarter)
            shown = {
                "sections": grouping.sections(made.page),
                "said": said(made),
                "here": reverse("scorecard-period", args=[quarter]),
                "caption": quarter.label,
            }
            render_to_string("performance/parts/score.html", shown)


@dataclass(frozen=True)
class Line:
    """The one line of commentary of a row. `moved` says how the figure has moved since, empty where it has not;
    `findings` what the figures contradict in it, `despite` why it was agreed all the same."""

    who: str
    text: str
    is_agreed: bool
    moved: str
    findings: tuple[Finding, ...]
    despite: str
    since: None = None  # live words have none after them


def said(made: Board) -> dict[str, Line]:
    """By indicator what the Subgroup, else an agency, says of the quarter, with what the figures of today contradict in
    it. No query but one for the live figures in it, and those of wordings that this program has not judged."""
    facts, anew = made.written.facts, claims.Anew(made.places.area, made.written.told)
    return {
        one: Line(
            words.who,
            claims.written_out(words.text, facts),
            words.is_agreed,
            commentary.moved(indicators().get(one), words.about, made.now(one)),
            anew.unless_kept(words.findings, words.text, one, made.page.quarter),
            words.despite,
        )
        for one, words in made.written.said.items()
    }


def _previous(quarter: Period) -> Period | None:
    """The quarter before, unless it lies before the first year that periods are known for."""
    before = quarter.previous()
    return before if before.first >= FIRST_YEAR * 12 + 3 else None


def _next(quarter: Period) -> Period | None:
    """The quarter after, once it has begun."""
    after = quarter.shift(1)
    return after if after.first <= month_of(timezone.localdate()).first else None


@require_GET
@conditional
def as_csv(request: HttpRequest, period: Period) -> HttpResponse:
    """The scorecard's rows as a CSV file."""
    access.check_see_figures(signed_in(request))
    quarter = period if period.kind == QUARTER else Period(period.last - 2, 3).quarter
    made = board(chosen_code(request), quarter)
    stands, at = standing(made, quarter), made.places.changed_at
    about = table.about(
        made.places.area,
        quarter,
        stands.sentence if stands else "Live scorecard.",
        made.page.sections,
        f"Data as accepted on {day(at)}." if at else "",
    )
    rows = table.rows(made.page.sections, quarter, said(made))
    name = f"scorecard-{quarter.code}-{made.places.area.code}.csv"
    return table_file(name, about, table.HEADINGS, rows)
