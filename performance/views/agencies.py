"""The agencies: everybody reads who takes part and who took over from whom, the manager keeps them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from lscb import access, drafts
from lscb.access import Action
from lscb.http import signed_in
from lscb.models import Agency, Person
from performance import actions
from performance.actions.agencies import AgencyRefused
from performance.forms.agencies import AgencyForm, ReplacementForm
from performance.queries import agencies as queries


@require_http_methods(["GET", "POST"])
def agencies(request: HttpRequest) -> HttpResponse:
    """The agencies and what was recorded of them, and for the manager the form for another."""
    person = signed_in(request)
    access.check_see_figures(person)
    may_keep = access.can(person, Action.KEEP_AGENCIES)
    form = AgencyForm(request.POST if request.method == "POST" else None)
    draft = drafts.resume(request, form, "An agency") if may_keep else None
    if request.method == "POST":
        access.check(person, Action.KEEP_AGENCIES)
        if form.is_valid():
            try:
                made = actions.add_agency(by=person, **form.cleaned_data)
            except AgencyRefused as refusal:
                form.add_error("name", str(refusal))
            else:
                drafts.finish(request)
                messages.success(request, f"{made.name} takes part.")
                return redirect("agencies")
    context = {
        "form": form,
        "draft": draft,
        "agencies": queries.listed(),
        "added": queries.added(),
        "recorded": queries.recorded(),
        "may_keep": may_keep,
    }
    return render(request, "performance/agencies.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def replacement(request: HttpRequest, slug: str) -> HttpResponse:
    """The form in which an agency ends and another takes over."""
    person, agency = _keeper(request, slug)
    form = ReplacementForm(agency, request.POST if request.method == "POST" else None)
    draft = drafts.resume(request, form, f"Another agency takes over from {agency.name}")
    if request.method == "POST" and form.is_valid():
        try:
            actions.replace_agency(by=person, agency=agency, **form.cleaned_data)
        except AgencyRefused as refusal:
            form.add_error("last_day", str(refusal))
        else:
            drafts.finish(request)
            messages.success(
                request,
                f"{form.cleaned_data['successor'].name} takes over from {agency.name}. Nothing is compared across it "
                "until somebody says on an indicator’s page that its figures compare.",
            )
            return redirect("agencies")
    context = {"agency": agency, "form": form, "draft": draft}
    page = "performance/agency_replacement.html"
    return render(request, page, context, status=422 if form.errors else 200)


@require_POST
def go_on(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back that another agency took over."""
    person, agency = _keeper(request, slug)
    return _answer(
        request,
        lambda: actions.take_back_replacement(by=person, agency=agency),
        f"{agency.name} goes on. Its figures are compared as before.",
    )


@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an agency that was added by mistake out of the list."""
    person, agency = _keeper(request, slug)
    return _answer(
        request,
        lambda: actions.remove_agency(by=person, agency=agency),
        f"{agency.name} is out of the list.",
    )


def _keeper(request: HttpRequest, slug: str) -> tuple[Person, Agency]:
    """The person, who may keep agencies, and the agency of an address."""
    person = signed_in(request)
    access.check(person, Action.KEEP_AGENCIES)
    return person, get_object_or_404(Agency, slug=slug)


def _answer(request: HttpRequest, act: Callable[[], None], done: str) -> HttpResponse:
    """Act, say that it is `done` or why it was refused, and show the agencies again."""
    try:
        act()
    except AgencyRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("agencies")
