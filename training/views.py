"""Training's pages of figures: the quarterly table, attendance by agency, and the quarterly report."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lscb import access
from lscb.csvfiles import csv_response
from lscb.http import signed_in
from lscb.models import Area
from lscb.periods import YEAR, Period, parse
from training import queries, report


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
def table(request: HttpRequest) -> HttpResponse:
    """The quarterly table of a financial year."""
    access.check_see_figures(signed_in(request))
    area = chosen_area(request)
    year = chosen_year(request, area)
    context = {
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
