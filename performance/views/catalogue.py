"""The data dictionary, setting indicators in the browser, and proposing new ones."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from lscb import access, drafts
from lscb.http import signed_in
from lscb.models import Person
from performance import actions
from performance.actions.catalogue import ChangedMeanwhile, SettingRefused, TargetOvertaken
from performance.forms.catalogue import YES, DecisionForm, ProposalForm, SettingForm
from performance.indicators.dictionary import data_dictionary
from performance.indicators.spec import IndicatorSpec, indicators
from performance.models import ProposedIndicator
from performance.pages import dictionary_page
from performance.queries import catalogue
from performance.views.common import chosen_area
from performance.views.kept import conditional, kept

OWN_PROPOSAL = (
    "You proposed this indicator, so somebody else has to agree to it: the chair, or another manager. "
    "You can take it back by declining it."
)


@require_GET
@kept
def dictionary(request: HttpRequest) -> HttpResponse:
    """The data dictionary of this partnership: every return, figure, indicator and code list in words."""
    access.check_see_figures(signed_in(request))
    parts = dictionary_page.dictionary(data_dictionary(catalogue.documented()))
    return render(request, "performance/dictionary.html", {"parts": parts})


@require_GET
@conditional
def dictionary_file(request: HttpRequest) -> HttpResponse:
    """The same as a Markdown file, to keep or to hand on."""
    access.check_see_figures(signed_in(request))
    text = data_dictionary(catalogue.documented())
    return HttpResponse(
        text,
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="data-dictionary.md"'},
    )


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """Whether an indicator is used, its place and its target, with every decision so far. From there it goes back to
    the indicator in the area (`?area=`) that one came from."""
    person = signed_in(request)
    access.check_set_indicators(person)
    spec = indicators().get(indicator_id.upper())
    if spec is None:
        raise Http404(f"There is no indicator '{indicator_id}'.")
    back = f"{reverse('indicator', args=[spec.id])}?area={chosen_area(request).code}"
    made = catalogue.history(spec.id)
    start = SettingForm.now(spec, made[0] if made else None)
    form = SettingForm(request.POST if request.method == "POST" else None, initial=start)
    draft = drafts.resume(request, form, f"How {spec.title} is used")
    newest = made[0].pk if made else 0
    seen, overtakes = request.POST.get("seen", ""), request.POST.get("overtakes", "")
    if request.method == "POST" and form.is_valid():
        try:
            _set(person, spec, form, int(seen) if seen.isdecimal() else newest, overtakes)
        except ChangedMeanwhile as refusal:  # told once; whoever saves again means it
            form.add_error(None, str(refusal))
            made = catalogue.history(spec.id)
            seen = str(made[0].pk)
        except TargetOvertaken as refusal:
            refusal.say_in(form)
            overtakes = refusal.days
        except SettingRefused as refusal:
            form.add_error("target", str(refusal))
        else:
            drafts.finish(request)
            messages.success(request, f"{spec.title}: set.")
            return redirect(back)
    context = {
        "spec": spec,
        "back": back,
        "form": form,
        "draft": draft,
        "history": made,
        "seen": seen or draft.value("seen", newest),
        "overtakes": overtakes,
        "groups": catalogue.groups(),
        "sections": catalogue.sections(),
    }
    status = 422 if form.errors else 200
    return render(request, "performance/indicator_settings.html", context, status=status)


def _set(person: Person, spec: IndicatorSpec, form: SettingForm, seen: int, overtakes: str) -> None:
    """Set an indicator as the form has it; `seen`, `overtakes` and what is raised as of `set_indicator`."""
    given = form.cleaned_data
    actions.set_indicator(
        by=person,
        spec=spec,
        in_use=given["in_use"] == YES,
        position=given["position"] or 0,
        aim=form.aim(),
        reason=given["reason"],
        group=given["group"],
        section=given["section"],
        seen=seen,
        overtakes=overtakes,
    )


@require_http_methods(["GET", "POST"])
def proposals(request: HttpRequest) -> HttpResponse:
    """What was proposed, and the form for another."""
    person = signed_in(request)
    access.check_see_figures(person)
    may = access.can_propose_indicators(person)
    if request.method == "POST":
        access.check_propose_indicators(person)
    form = ProposalForm(request.POST if request.method == "POST" else None)
    draft = drafts.resume(request, form, "A proposed indicator") if may else None
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_indicator(by=person, fields=form.cleaned_data)
        except SettingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            drafts.finish(request)
            messages.success(request, "Proposed. The partnership manager or the chair answers.")
            return redirect("indicator-proposals")
    context = {
        "form": form if may else None,
        "draft": draft,
        "proposals": catalogue.proposals(),
        "may_decide": access.can_answer_proposals(person),
    }
    status = 422 if form.errors else 200
    return render(request, "performance/proposals.html", context, status=status)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Agree to a proposal, which becomes an indicator at once, or decline it."""
    person = signed_in(request)
    access.check_answer_proposals(person)
    row = get_object_or_404(ProposedIndicator.objects.select_related("made_by"), pk=proposal_id)
    if request.method == "GET" and row.state != ProposedIndicator.State.PROPOSED:
        messages.info(request, f"{row.title}: it was decided already.")
        return redirect("indicator-proposals")
    declined = request.POST.get("decision") == "decline"
    may_agree = access.can_agree_to_proposal(person, row.made_by_id)
    form = DecisionForm(request.POST if request.method == "POST" else None, declined=declined)
    draft = drafts.resume(request, form, f"Decide on: {row.title}")
    if request.method == "POST":
        try:
            if not declined and not may_agree:
                form.add_error("answer", OWN_PROPOSAL)
            if form.is_valid() and declined:
                answer = form.cleaned_data["answer"]
                actions.decline_proposal(by=person, proposal=row, answer=answer)
                drafts.finish(request)
                messages.success(request, "Declined.")
                return redirect("indicator-proposals")
            if form.is_valid():
                spec = actions.agree_to_proposal(
                    by=person,
                    proposal=row,
                    answer=form.cleaned_data["answer"],
                    agreement=form.agreement(),
                )
                drafts.finish(request)
                messages.success(request, f"{spec.title} is an indicator now: {spec.id}.")
                return redirect("indicator", spec.id)
        except SettingRefused as refusal:
            form.add_error("answer", str(refusal))
    status = 422 if form.errors else 200
    context = {
        "form": form,
        "draft": draft,
        "proposal": row,
        "own": "" if may_agree else OWN_PROPOSAL,
    }
    return render(request, "performance/proposal_decide.html", context, status=status)
