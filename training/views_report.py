"""The quarterly training report: its page, its files, and what people write that the quarter's training tells."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from lscb import access, drafts, papers
from lscb.history import latest_line
from lscb.http import signed_in
from lscb.periods import QUARTER, Period
from performance.forms import live
from performance.queries.claims import contradicted
from performance.views.kept import kept
from training import actions, paper, queries, report
from training import table as tables
from training.actions import ChangedMeanwhile, TrainingRefused
from training.forms import CommentaryForm
from training.models import Commentary
from training.views import chosen_area
from training.views_records import history


def _quarter(period: Period) -> Period:
    if period.kind != QUARTER:
        raise Http404("There is a report for each quarter, such as 2024-25-Q4.")
    return period


@require_GET
@kept
def quarter(request: HttpRequest, period: Period) -> HttpResponse:
    """The quarterly training report."""
    person = signed_in(request)
    access.check_see_figures(person)
    area = chosen_area(request)
    found = report.quarter_report(area, _quarter(period))
    may_write = access.can_edit_training(person)
    written = queries.commentary(area, period)
    checked = found.commentary if may_write else None
    context = {
        "area": area,
        "areas": queries.areas(),
        "report": found,
        "may_write": may_write,
        "findings": contradicted(area, checked.text, quarter=period) if checked else [],
        "history": history(written) if written else [],
        "can_print": papers.can_print(),
        "previous": period.previous(),
        "next": period.shift(1) if period.shift(1).start <= timezone.localdate() else None,
    }
    return render(request, "training/report.html", context)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, period: Period) -> HttpResponse:
    """Write what a quarter's training tells, or change it; without anything written the figures' own words stand."""
    person = signed_in(request)
    access.check_edit_training(person)
    area, quarter = chosen_area(request), _quarter(period)
    said = report.quarter_report(area, quarter).sentences
    found = queries.commentary(area, quarter)
    record = found or Commentary(area=area, period_code=quarter.code)
    initial = {} if found else {"text": " ".join(said)}
    form = CommentaryForm(live.sent(request), instance=record, initial=initial)
    title = f"What training tells, {quarter.label}, {area.name}"
    draft = drafts.resume(request, form, title)
    latest = str(latest_line(record)) if found else "0"
    seen = request.POST.get("seen", "") or draft.value("seen", latest)
    if form.is_valid():
        try:
            actions.save(by=person, record=record, seen=int(seen) if seen.isdecimal() else None)
        except ChangedMeanwhile as refusal:
            form.add_error(None, str(refusal))
            seen = str(latest_line(record))  # told once; whoever saves again means it
        except TrainingRefused as refusal:
            refusal.say_in(form)
        else:
            drafts.finish(request)
            messages.success(request, "It is kept, and stands in the report.")
            return redirect(record)
    context = {
        "area": area,
        "quarter": quarter,
        "report": record.get_absolute_url(),
        "sentences": said,
        "form": form,
        "draft": draft,
        "seen": seen,
        "picker": live.picker(request, form, area, Commentary.LIVE, tables.INDICATORS),
    }
    status = 422 if form.is_bound else 200
    return render(request, "training/write.html", context, status=status)


@require_GET
def quarter_word(request: HttpRequest, period: Period) -> HttpResponse:
    """The same report as a Word file."""
    access.check_see_figures(signed_in(request))
    area = chosen_area(request)
    found = paper.paper(report.quarter_report(area, _quarter(period)))
    return papers.word_response(found, f"training-report-{area.code}-{period.code}")


@require_GET
def quarter_pdf(request: HttpRequest, period: Period) -> HttpResponse:
    """The same report as a tagged PDF; where the system lacks what PDF needs, the page is there to be printed."""
    access.check_see_figures(signed_in(request))
    area = chosen_area(request)
    found = paper.paper(report.quarter_report(area, _quarter(period)))
    return papers.pdf_response(found, f"training-report-{area.code}-{period.code}")
