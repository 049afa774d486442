"""How an action of the plan stands: its report, and its milestones."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from lscb import access, drafts
from lscb.history import latest_line
from lscb.http import signed_in
from performance.forms import live
from priorities import actions, queries
from priorities.actions import ChangedMeanwhile, PlanRefused
from priorities.forms_steps import MilestoneForm, ReportForm
from priorities.models import Milestone, PlanAction
from priorities.records import KINDS
from priorities.views import show_record


@require_http_methods(["GET", "POST"])
def report_on(request: HttpRequest, action_id: int) -> HttpResponse:
    """Say how an action stands and what it changed for children."""
    person = signed_in(request)
    found = _action(action_id)
    access.check_report_on_plan(person, found)
    form = ReportForm(live.sent(request), instance=found)
    draft = drafts.resume(request, form, f"Report on: {found}")
    seen = request.POST.get("seen", "") or draft.value("seen", str(latest_line(found)))
    if form.is_valid():
        try:
            actions.report(
                by=person,
                action=found,
                seen=int(seen) if seen.isdecimal() else None,
                **form.cleaned_data,
            )
        except PlanRefused as refusal:
            refusal.say_in(form)
            if isinstance(refusal, ChangedMeanwhile):  # told once; whoever saves again means it
                seen = str(latest_line(found))
        else:
            drafts.finish(request)
            messages.success(request, "The report is kept.")
            return redirect(found)
    status = 422 if form.is_bound else 200
    ids = found.priority.indicators if found.priority else []
    context = {
        "form": form,
        "draft": draft,
        "action": found,
        "seen": seen,
        "picker": live.picker(request, form, found.area, found.LIVE, ids),
    }
    return render(request, "priorities/report.html", context, status=status)


@require_POST
def milestones(request: HttpRequest, action_id: int) -> HttpResponse:
    """Add a milestone to an action, or say that one was reached or is open again."""
    person = signed_in(request)
    found = _action(action_id)
    access.check_report_on_plan(person, found)
    number = request.POST.get("milestone", "")
    if number:
        step = Milestone.objects.filter(
            action=found, pk=number if number.isdecimal() else 0
        ).first()
        if step is None:
            raise Http404("There is no such milestone.")
        actions.reach_milestone(by=person, milestone=step, done="undo" not in request.POST)
        return redirect(found)
    form = MilestoneForm(request.POST)
    if form.is_valid():
        try:
            actions.add_milestone(by=person, action=found, **form.cleaned_data)
            drafts.finish(request)
            return redirect(found)
        except PlanRefused as refusal:
            form.add_error(refusal.field, str(refusal))
    return show_record(request, person, KINDS["actions"], found, form)


def _action(action_id: int) -> PlanAction:
    found = queries.action(action_id)
    if found is None:
        raise Http404("There is no such action.")
    return found
