"""The pages of the plan: priorities and their impact, the plan on a page, the lists, and the forms."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from lscb import access, drafts, papers
from lscb.csvfiles import csv_response
from lscb.history import latest_line
from lscb.http import signed_in
from lscb.lists import shown
from lscb.models import Agency, Area, Person
from performance.forms import live
from performance.indicators.claims import Finding
from performance.indicators.spec import indicators
from performance.models import Signal
from performance.queries.claims import contradicted, read_out, texts_of
from performance.views.common import chosen_area
from performance.views.kept import kept
from priorities import actions, queries, report
from priorities import impact as effects
from priorities.actions import ChangedMeanwhile, PlanRefused
from priorities.forms import RecordForm, first_due, form_of
from priorities.forms_steps import JudgementForm, MilestoneForm
from priorities.models import Judgement, PlanAction, Priority, Record, Voice
from priorities.rag import RULE
from priorities.records import KINDS, Kind, plain


def _kind(slug: str) -> Kind:
    kind = KINDS.get(slug)
    if kind is None:
        raise Http404("The plan has no such list.")
    return kind


def _record(kind: Kind, record_id: int) -> Any:
    found = kind.every().filter(pk=record_id).first()
    if found is None:
        raise Http404(f"There is no such {kind.one}.")
    return found


def may_add(person: Person, kind: Kind) -> bool:
    """Whether the person may add a record of a kind: voice also an agency's analyst, for their agency."""
    if kind.model is Voice and person.agency is not None:
        return access.can_report_on_plan(person, Voice(agency=person.agency))
    return access.can_change_plan(person)


def may_edit(person: Person, record: Record) -> bool:
    """Whether the person may change a record."""
    if isinstance(record, Voice):
        return access.can_report_on_plan(person, record)
    return access.can_change_plan(person)


@require_GET
@kept
def overview(request: HttpRequest) -> HttpResponse:
    """The priorities, with how their actions stand."""
    person = signed_in(request)
    access.check_see_figures(person)
    area = chosen_area(request)
    context = {
        "area": area,
        "areas": queries.areas(),
        "cards": effects.cards(area, timezone.localdate()),
        "may_change": access.can_change_plan(person),
    }
    return render(request, "priorities/overview.html", context)


@require_GET
@kept
def plan(request: HttpRequest) -> HttpResponse:
    """The business plan on a page, to be printed."""
    access.check_see_figures(signed_in(request))
    area = chosen_area(request)
    context = {
        "plan": report.plan(timezone.localdate(), area),
        "area": area,
        "areas": queries.areas(),
        "rule": RULE,
        "files": papers.files("plan", query=f"?area={area.code}"),
    }
    return render(request, "priorities/plan.html", context)


@require_GET
@kept
def priority(request: HttpRequest, priority_id: int) -> HttpResponse:
    """One priority: is it making a difference?"""
    person = signed_in(request)
    access.check_see_figures(person)
    found = queries.priority(priority_id)
    if found is None:
        raise Http404("There is no such priority.")
    impact = effects.impact(found, timezone.localdate())
    context = {
        "impact": impact,
        "priority": found,
        "area": found.area,
        "files": papers.files("priority", found.pk),
        "may_take_out": access.can_change_plan(person),
        "history": queries.history(found, impact.evidence),
        "may_change": access.can_change_plan(person),
        "findings": _contradicted(found) if access.can_change_plan(person) else [],
    }
    return render(request, "priorities/priority.html", context)


def _contradicted(found: Priority) -> list[Finding]:
    """What the figures contradict in the texts of a priority and in the answer that stands."""
    answers = queries.judgements_of(found)[:1]
    texts = [text for one in (found, *answers) for text in texts_of(one)]
    return contradicted(found.area, "\n".join(texts))


@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, priority_id: int) -> HttpResponse:
    """Record what the executive answers: is it making a difference?"""
    person = signed_in(request)
    access.check_change_plan(person)
    found = queries.priority(priority_id)
    if found is None:
        raise Http404("There is no such priority.")
    form = JudgementForm(live.sent(request), initial={"agreed_on": timezone.localdate()})
    draft = drafts.resume(request, form, f"Answer on: {found}")
    if form.is_valid():
        try:
            actions.judge(by=person, priority=found, **form.cleaned_data)
        except PlanRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            drafts.finish(request)
            messages.success(request, "The answer is kept.")
            return redirect(found)
    context = {
        "form": form,
        "draft": draft,
        "priority": found,
        "impact": effects.impact(found, timezone.localdate()),
        "picker": live.picker(request, form, found.area, Judgement.LIVE, found.indicators),
    }
    status = 422 if form.is_bound else 200
    return render(request, "priorities/judge.html", context, status=status)


@require_GET
def records(request: HttpRequest, kind: str) -> HttpResponse:
    """A list of the plan's records; the address filters, sorts and turns pages."""
    person = signed_in(request)
    access.check_see_figures(person)
    listed = _kind(kind)
    given = request.GET.dict()
    context = {
        "kind": listed,
        "list": shown(
            listed.rows(given), given, listed.shown, listed.filters, listed.search, read_out
        ),
        "area": Area.objects.filter(code=given.get("area", "")).first(),
        "may_add": may_add(person, listed),
    }
    return render(request, "priorities/list.html", context)


@require_GET
def records_csv(request: HttpRequest, kind: str) -> HttpResponse:
    """A list as CSV, with the address's filters and order."""
    access.check_see_figures(signed_in(request))
    listed = _kind(kind)
    header = ["number", *(column.title for column in listed.columns), "source"]
    rows = [
        [one.pk, *(plain(column.cell(one)) for column in listed.columns), one.source]
        for one in read_out(listed.rows(request.GET.dict()))
    ]
    return csv_response(f"{kind}.csv", header, rows)


@require_GET
def record(request: HttpRequest, kind: str, record_id: int) -> HttpResponse:
    """One record with its history."""
    person = signed_in(request)
    access.check_see_figures(person)
    listed = _kind(kind)
    found = _record(listed, record_id)
    if isinstance(found, Priority):
        return redirect("priority", found.pk)
    return show_record(request, person, listed, found, MilestoneForm())


def show_record(
    request: HttpRequest, person: Person, kind: Kind, found: Any, form: MilestoneForm
) -> HttpResponse:
    """A record's page; of an action with the form for a milestone, and what is wrong in it."""
    read_out([found])
    is_action = isinstance(found, PlanAction)
    may_report = is_action and access.can_report_on_plan(person, found)
    where = found.get_absolute_url()
    context = {
        "kind": kind,
        "record": found,
        "area": found.area,
        "cells": [
            (column, column.cell(found))
            for column in kind.columns[1:]
            if column.title != "Priority"  # it stands above, as a link
        ],
        "may_take_out": access.can_change_plan(person),
        "history": queries.history(found),
        "rag": found.rag(timezone.localdate()) if is_action else None,
        "may_edit": may_edit(person, found),
        "may_report": may_report,
        "findings": contradicted(found.area, "\n".join(texts_of(found)))
        if may_report or may_edit(person, found)
        else [],
        "form": form,
        "draft": drafts.resume(request, form, f"Milestone of: {found}", address=where)
        if may_report
        else None,
    }
    template = "priorities/action.html" if is_action else "priorities/record.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Add a record; the address may name a priority or, for an action, the signal that it answers."""
    person = signed_in(request)
    listed = _kind(kind)
    if not may_add(person, listed):
        access.check_change_plan(person)
    blank = listed.model()
    initial = _initial(request, person, listed)
    form = form_of(blank)(live.sent(request), instance=blank, initial=initial)
    return _form(request, person, listed, form, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, kind: str, record_id: int) -> HttpResponse:
    """Change a record."""
    person = signed_in(request)
    listed = _kind(kind)
    found = _record(listed, record_id)
    if not may_edit(person, found):
        access.check_change_plan(person)
    form = form_of(found)(live.sent(request), instance=found)
    return _form(request, person, listed, form, latest_line(found))


def _form(
    request: HttpRequest, person: Person, kind: Kind, form: RecordForm, seen: int | None
) -> HttpResponse:
    """Show a form, or save what was sent. What was written stays in the form where it cannot be saved."""
    sent = request.POST.get("seen", "")
    title = f"Change: {form.instance}" if seen is not None else f"New {kind.one}"
    draft = drafts.resume(request, form, title)
    if form.is_valid():
        try:
            made = actions.save(
                by=person,
                record=form.instance,
                links=form.links(),
                seen=int(sent) if sent.isdecimal() else seen,
            )
        except PlanRefused as refusal:
            refusal.say_in(form)
            if isinstance(refusal, ChangedMeanwhile):  # told once; whoever saves again means it
                sent = str(latest_line(form.instance))
        else:
            drafts.finish(request)
            messages.success(request, "It is kept.")
            return redirect(made)
    context = {
        "kind": kind,
        "form": form,
        "draft": draft,
        "seen": sent or draft.value("seen", seen),
        "is_new": seen is None,
        "picker": _picker(request, form),
    }
    status = 422 if form.is_bound else 200
    return render(request, "priorities/form.html", context, status=status)


def _picker(request: HttpRequest, form: RecordForm) -> live.Picker | None:
    """The figures that the texts of a record's form can hold: of its area, first those of its priority's indicators."""
    chosen = {
        name: live.held(request, form, name) for name in ("area", "priority") if name in form.fields
    }
    area = Area.objects.filter(pk=chosen["area"] if chosen["area"].isdecimal() else 0).first()
    ids: list[str] = form["indicators"].value() or [] if "indicators" in form.fields else []
    number = chosen.get("priority", "")
    if number.isdecimal():
        about = Priority.objects.filter(pk=int(number)).first()
        ids = about.indicators if about else []
    return live.picker(request, form, area, form.instance.LIVE, ids) if area else None


def _initial(request: HttpRequest, person: Person, kind: Kind) -> dict[str, Any]:
    """What the address and the person say about a new record."""
    home = Area.objects.filter(code=settings.PARTNERSHIP_AREA).first()
    found: dict[str, Any] = {"area": home, "agency": person.agency}
    wanted = request.GET.get("priority", "")
    if wanted.isdecimal():
        found["priority"] = Priority.objects.filter(pk=int(wanted)).first()
    if kind.model is PlanAction:
        found["due"] = first_due(timezone.localdate())
        found |= _of_signal(request.GET.get("signal", ""))
    return found


def _of_signal(number: str) -> dict[str, Any]:
    """What a signal says about the action that answers it; nothing for one that is not known."""
    signal = Signal.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    if signal is None:
        return {}
    spec = indicators().get(signal.indicator)
    owner = spec.owner if spec else ""
    about = next((one for one in queries.priorities() if signal.indicator in one.indicators), None)
    title = f"Find out what is behind: {spec.title if spec else signal.indicator}"
    return {
        "signal_id": signal.pk,
        "area": signal.area,
        "title": title,
        "about": signal.words,
        "priority": about,
        "agency": Agency.objects.filter(type=owner).order_by("valid_to", "pk").first(),
    }
