"""Training's pages of figures: the quarterly table, and attendance by agency."""

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lscb import access, lists
from lscb.csvfiles import csv_response
from lscb.http import signed_in
from lscb.models import Area
from lscb.periods import YEAR, Period, parse
from performance.views.kept import kept
from training import evidence, queries, report
from training.evidence import AgencyRow
from training.models import Workforce


def chosen_area(request: HttpRequest) -> Area:
    """The area of the address, by default the one that the training is for. Raises Http404."""
    found = queries.area(request.GET.get("area"))
    if found is None:
        raise Http404("There is no such area.")
    return found


def chosen_year(request: HttpRequest, area: Area) -> Period | None:
    """The financial year of the address, the newest with figures by default; None where there is none."""
    text = request.GET.get("year")
    if not text:
        return next(iter(queries.years(area)), None)
    try:
        year = parse(text)
    except ValueError as error:
        raise Http404(str(error)) from error
    if year.kind != YEAR:
        raise Http404("Name a financial year, such as 2024-25.")
    return year


@require_GET
@kept
def table(request: HttpRequest) -> HttpResponse:
    """The quarterly table of a financial year."""
    person = signed_in(request)
    access.check_see_figures(person)
    area = chosen_area(request)
    year = chosen_year(request, area)
    context = {
        "may_edit": access.can_edit_training(person),
        "area": area,
        "areas": queries.areas(),
        "page": report.year_page(area, year) if year else None,
    }
    return render(request, "training/table.html", context)


@require_GET
def table_csv(request: HttpRequest) -> HttpResponse:
    """The quarterly table as CSV, one row a cell; only the headings where there is no figure."""
    access.check_see_figures(signed_in(request))
    area = chosen_area(request)
    year = chosen_year(request, area)
    rows = report.table_rows(report.year_page(area, year).table) if year else iter(())
    name = f"training-{area.code}{'-' + year.code if year else ''}.csv"
    return csv_response(name, report.TABLE_COLUMNS, rows)


@require_GET
@kept
def agencies(request: HttpRequest) -> HttpResponse:
    """Attendance by agency over three financial years, its share, and its reach in the workforce; of one `agency`, or
    ordered by `sort`."""
    access.check_see_figures(signed_in(request))
    area = chosen_area(request)
    years = _three_years(area)
    every = evidence.by_agency(area, years)
    given = request.GET.dict()
    agency = lists.Filter(
        "agency", "Agency", lambda: [(row.code, row.agency) for row in every], lists.exact("code")
    )
    context = {
        "area": area,
        "areas": queries.senders_areas(),
        "list": lists.shown(
            _chosen(every, years, given),
            given,
            evidence.agency_columns(years),
            [agency] if every else [],
            (),
            keep=("area", "sort"),
        ),
        "has_any": bool(every),
        "has_workforce": Workforce.objects.filter(area=area).exists(),
    }
    return render(request, "training/agencies.html", context)


def _chosen(
    rows: list[AgencyRow], years: Sequence[Period], given: Mapping[str, str]
) -> list[AgencyRow]:
    """The agencies that the address asks for, in its order. An agency that is not there is passed over."""
    asked = [row for row in rows if row.code == given.get("agency")]
    return evidence.by_attended(asked or rows, years, given.get("sort", ""))


AGENCY_COLUMNS = ("agency", "year", "attended", "share", "attendances per 100 of the workforce")


@require_GET
def agencies_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV, one row an agency and year."""
    access.check_see_figures(signed_in(request))
    area = chosen_area(request)
    years = _three_years(area)
    chosen = _chosen(evidence.by_agency(area, years), years, request.GET.dict())
    rows = (
        [row.agency, year.code, one.text, one.share, one.reach]
        for row in chosen
        for year, one in zip(years, row.years, strict=True)
    )
    return csv_response(f"training-by-agency-{area.code}.csv", AGENCY_COLUMNS, rows)


def _three_years(area: Area) -> list[Period]:
    """The newest year with attendance by agency, else with any figure, and the two before; none where none was sent."""
    found = evidence.years_by_agency(area) or [
        year for one in queries.areas()[:1] for year in queries.years(one)
    ]
    return [found[0].shift(by) for by in (0, -1, -2)] if found else []
