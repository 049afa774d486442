"""The challenge log: the list, a new question, and one with its history and steps."""

from collections.abc import Callable, Mapping
from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from lscb import access, drafts
from lscb.access import Action
from lscb.days import day_words
from lscb.http import signed_in
from lscb.models import Area, Person
from lscb.numbers import plural
from lscb.periods import QUARTER, Period, month_of
from performance import contributed
from performance.actions import challenges as actions
from performance.actions.challenges import ChallengeRefused
from performance.forms import live
from performance.forms.meetings import AgainForm, AnswerForm, ChallengeForm, NoteForm, OutcomeForm
from performance.indicators.claims import Finding
from performance.indicators.spec import indicators
from performance.intake.spec import ReturnSpec, returns
from performance.models import Challenge, ChallengeEntry, SavedView, Signal
from performance.queries import challenges as queries
from performance.queries import claims, observations
from performance.views.chosen import chosen_view
from performance.views.common import chosen_area
from performance.views.kept import kept_for_each


@require_GET
@kept_for_each
def challenges(request: HttpRequest) -> HttpResponse:
    """All challenges, by state, agency and indicator; those that are due first at the top."""
    person = signed_in(request)
    access.check_see_figures(person)
    chosen = {name: request.GET.get(name, "") for name in ("state", "agency", "indicator")}
    rows = queries.challenges(person)
    if chosen["state"] in Challenge.State.values:
        rows = rows.filter(state=chosen["state"])
    if chosen["agency"]:
        rows = rows.filter(agency__slug=chosen["agency"])
    if chosen["indicator"]:
        rows = rows.filter(indicator=chosen["indicator"].strip().upper())
    today = timezone.localdate()
    quarter = month_of(today).quarter
    seen = contributed.things(person)
    context = {
        "challenges": [
            (one, one.is_overdue(today), queries.subject_of(one, seen))
            for one in claims.read_out(rows)
        ],
        "states": Challenge.State.choices,
        "agencies": queries.agencies(),
        "chosen": chosen,
        "quarter": quarter,
        "answered": _in_time(quarter, today),
        "may_raise": access.can(person, Action.RAISE_CHALLENGES),
    }
    return render(request, "performance/challenges.html", context)


def _in_time(quarter: Period, today: date) -> str:
    """How many challenges were answered by the day agreed, of those whose day is over; and what is still to come."""
    in_time, past, later = queries.answered_in_time(quarter, today)
    to_come = f"{plural(later, 'challenge')} {'falls' if later == 1 else 'fall'} due later in {quarter.label}."
    if not past:
        none = f"No challenge of {quarter.label} is past its day yet."
        return f"{none} {to_come}" if later else f"No challenge is due in {quarter.label}."
    said = (
        f"Of {plural(past, 'challenge')} of {quarter.label} whose day is over, "
        f"{in_time or 'none'} {'was' if in_time in (0, 1) else 'were'} answered by it."
    )
    return f"{said} {to_come}" if later else said


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Raise a challenge; the address may name indicator, return, signal, agency, area and period."""
    person = signed_in(request)
    access.check(person, Action.RAISE_CHALLENGES)
    form = ChallengeForm(person, live.sent(request), initial=_initial(request, person))
    draft = drafts.resume(request, form, "Raise a challenge")
    if form.is_valid() and not _faulty(form.cleaned_data["area"], NEW, form):
        given = form.cleaned_data
        kind, _, about = given["about"].partition(":")
        try:
            made = actions.raise_challenge(
                by=person,
                question=given["question"],
                agency=given["agency"],
                area=given["area"],
                due=given["due"],
                period=given["period"],
                owner=given["owner"],
                signal=Signal.objects.filter(pk=given["signal"]).first(),
                indicator=about if kind == "indicator" else "",
                return_id=about if kind == "return" else "",
                subject=about if kind == "subject" else "",
                live=claims.kept(given["area"], [given["question"]]),
            )
        except ChallengeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            drafts.finish(request)
            messages.success(request, f"{made.agency.name} is asked, until {day_words(made.due)}.")
            return redirect("challenge", made.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "draft": draft} | _figures(request, form)
    return render(request, "performance/challenge_new.html", context, status=status)


def _figures(request: HttpRequest, form: ChallengeForm) -> dict[str, object]:
    """The figures that a question can hold, first those of what it is about, and what the figures contradict in it."""
    area = observations.area(live.held(request, form, "area")) or chosen_area(request)
    kind, _, about = live.held(request, form, "about").partition(":")
    indicator = about if kind == "indicator" else ""
    picker = live.picker(request, form, area, LIVE[NEW], [indicator] if indicator else [])
    said = str(form["question"].value() or "")
    return {"picker": picker, "findings": claims.contradicted(area, said, about=indicator)}


def _initial(request: HttpRequest, person: Person) -> dict[str, object]:
    """What the address says about a new challenge."""
    found: dict[str, object] = {"area": chosen_area(request).code}
    signal_id = request.GET.get("signal", "")
    signal = Signal.objects.filter(pk=int(signal_id)).first() if signal_id.isdecimal() else None
    indicator = signal.indicator if signal else request.GET.get("indicator", "").upper()
    if signal:
        found |= {"signal": signal.pk, "question": f"{signal.words} What explains this?"}
    if indicator in indicators():
        found["about"] = f"indicator:{indicator}"
        owner = indicators()[indicator].owner
        found["agency"] = next((one for one in queries.agencies() if one.type == owner), None)
    elif request.GET.get("return") in returns():
        found |= _about_return(returns()[request.GET["return"]])
    elif request.GET.get("subject", "") in contributed.things(person):
        found["about"] = f"subject:{request.GET['subject']}"
    found["period"] = signal.period if signal else request.GET.get("period", "")
    return found


def _about_return(spec: ReturnSpec) -> dict[str, object]:
    """A question about a return goes to the agency that owes it, where only one does."""
    owing = [one for one in queries.agencies() if one.type in spec.owners]
    return {"about": f"return:{spec.id}"} | ({"agency": owing[0]} if len(owing) == 1 else {})


def _challenge(person: Person, challenge_id: int) -> Challenge:
    found = queries.challenge(person, challenge_id)
    if found is None:
        raise Http404("There is no such challenge.")
    return found


@require_http_methods(["GET", "POST"])
def challenge(request: HttpRequest, challenge_id: int) -> HttpResponse:
    """One challenge with its history; POST takes the step that `step` names."""
    person = signed_in(request)
    access.check_see_figures(person)
    found = _challenge(person, challenge_id)
    forms_ = _forms(request, person, found)
    if live.sent(request) is not None:
        name = request.POST.get("step", "")
        form = forms_.get(name)
        if form is None:
            access.refuse(person, "take this step", subject=found)
        if form.is_valid() and not _faulty(found.area, name, form):
            try:
                said = STEPS[name](person, found, form)
            except ChallengeRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                drafts.finish(request)
                messages.success(request, said)
                return redirect("challenge", found.pk)
    faulty = next((form for form in forms_.values() if form.errors), None)
    context = {
        "challenge": found,
        "area": found.area,
        "about": queries.subject_of(found, contributed.things(person)),
        "entries": queries.entries(found),
        "overdue": found.is_overdue(timezone.localdate()),
        "forms": forms_,
        "drafts": {
            name: drafts.resume(request, form, f"Challenge {found.pk}, {name}", name=name)
            for name, form in forms_.items()
        },
        "pickers": _pickers(request, found, forms_),
        "written": _contradicted_in_forms(found, forms_),
        "findings": _contradicted(found) if forms_ else [],
        "may_take_out": access.can(person, Action.TAKE_WORDS_OUT),
        "form": faulty,
    }
    status = 422 if faulty else 200
    return render(request, "performance/challenge.html", context, status=status)


def _forms(request: HttpRequest, person: Person, found: Challenge) -> dict[str, forms.Form]:
    """The forms of the steps that are open to a person; the one that was sent holds what was sent."""
    name = request.POST.get("step", "") if live.sent(request) is not None else ""

    def data(step: str) -> object:
        return request.POST if name == step else None

    offered: dict[str, forms.Form] = {}
    may_close = access.can(person, Action.CLOSE_CHALLENGES)
    may_answer = access.can_answer_challenge(person, found)
    if found.state != Challenge.State.CLOSED and may_answer:
        offered["answer"] = AnswerForm(data("answer"))  # type: ignore[arg-type]
    if found.state == Challenge.State.ANSWERED and may_close:
        offered["close"] = OutcomeForm(data("close"))  # type: ignore[arg-type]
        offered["again"] = AgainForm(data("again"))
    if may_answer or access.can(person, Action.RAISE_CHALLENGES):
        files = request.FILES if name == "note" else None
        offered["note"] = NoteForm(person, data("note"), files)
    return offered


def _pickers(
    request: HttpRequest, found: Challenge, offered: Mapping[str, forms.Form]
) -> dict[str, live.Picker]:
    """The figures that the texts of each step can hold, first those of the indicator that is asked about."""
    ids = [found.indicator] if found.indicator else []
    return {
        name: live.picker(request, offered[name], found.area, texts, ids, name)
        for name, texts in LIVE.items()
        if name in offered
    }


def _faulty(area: Area, name: str, form: forms.Form) -> bool:
    """Say at its text which figure stands for nothing; whether any does."""
    for field in LIVE.get(name, ()):
        for fault in claims.faults(area, form.cleaned_data[field]):
            form.add_error(field, fault)
    return bool(form.errors)


def _live(found: Challenge, *texts: str) -> dict[str, str]:
    """What the live figures of a step's texts say now."""
    return claims.kept(found.area, texts)


def _contradicted_in_forms(
    found: Challenge, offered: Mapping[str, forms.Form]
) -> dict[str, list[Finding]]:
    """What the figures contradict in what each step's form holds: what was sent and not kept yet, or a draft."""
    held = {
        name: "\n".join(str(form[field].value() or "") for field in LIVE[name])
        for name, form in offered.items()
    }
    about, quarter = found.indicator, _quarter_of(found)
    listed = claims.contradicted_each(found.area, list(held.values()), about=about, quarter=quarter)
    return dict(zip(held, listed, strict=True))


def _quarter_of(found: Challenge) -> Period | None:
    period = found.period
    return period if period and period.kind == QUARTER else None


def _contradicted(found: Challenge) -> list[Finding]:
    """What the figures contradict in a question, in what a challenge collected and in its outcome."""
    asked = [one.text for one in queries.entries(found) if one.kind == REOPENED]
    texts = [found.question, *asked, found.outcome, *(one.text for one in queries.collected(found))]
    said = "\n".join(filter(None, texts))
    about, quarter = found.indicator, _quarter_of(found)
    return claims.contradicted(found.area, said, about=about, quarter=quarter)


def _answer(person: Person, found: Challenge, form: forms.Form) -> str:
    given = form.cleaned_data
    said = _live(found, given["text"], given["evidence"])
    actions.answer(
        by=person, challenge=found, text=given["text"], evidence=given["evidence"], live=said
    )
    return "The answer is kept."


def _close(person: Person, found: Challenge, form: forms.Form) -> str:
    outcome = form.cleaned_data["outcome"]
    actions.close(by=person, challenge=found, outcome=outcome, live=_live(found, outcome))
    return "The challenge is closed."


def _again(person: Person, found: Challenge, form: forms.Form) -> str:
    given = form.cleaned_data
    said = _live(found, given["again"])
    actions.ask_again(
        by=person, challenge=found, text=given["again"], due=given["new_due"], live=said
    )
    return "The agency is asked again."


def _note(person: Person, found: Challenge, form: forms.Form) -> str:
    given = form.cleaned_data
    view = SavedView.objects.filter(pk=given["view"]).first() if given["view"] else None
    file = (given["file"].name, given["file"].read()) if given["file"] else None
    said = _live(found, given["note"])
    actions.add_note(
        by=person, challenge=found, text=given["note"], view=view, file=file, live=said
    )
    return "It is kept with the challenge."


NEW = "new"
REOPENED = ChallengeEntry.Kind.REOPENED
LIVE = {  # the texts of each form that may hold live figures
    NEW: ("question",),
    "answer": ("text", "evidence"),
    "close": ("outcome",),
    "again": ("again",),
    "note": ("note",),
}
STEPS: dict[str, Callable[[Person, Challenge, forms.Form], str]] = {
    "answer": _answer,
    "close": _close,
    "again": _again,
    "note": _note,
}


@require_GET
def deep_dive(request: HttpRequest, challenge_id: int) -> HttpResponse:
    """What a challenge's deep dive collected, on one page: charts as they are now, texts and files."""
    person = signed_in(request)
    access.check_see_figures(person)
    found = _challenge(person, challenge_id)
    parts = [
        (one, chosen_view(one.view_name, one.view_address) if one.view_address else None)
        for one in queries.collected(found)
    ]
    context = {
        "challenge": found,
        "area": found.area,
        "about": queries.subject_of(found, contributed.things(person)),
        "parts": parts,
        "has_charts": any(view and view.panels for _, view in parts),
    }
    return render(request, "performance/deep_dive.html", context)


@require_GET
def file(request: HttpRequest, challenge_id: int, entry_id: int) -> HttpResponse:
    """A file of a deep dive, as an attachment."""
    person = signed_in(request)
    access.check_see_figures(person)
    kept = queries.file_of(_challenge(person, challenge_id), entry_id)
    if kept is None:
        raise Http404("There is no such file.")
    response = HttpResponse(bytes(kept.content), content_type="application/octet-stream")
    ending = kept.name.rsplit(".", 1)[-1].lower()
    response["Content-Disposition"] = (
        f'attachment; filename="challenge-{challenge_id}-{entry_id}.{ending}"'
    )
    return response
