"""Section 11: the rounds, one as a table of agencies and standards, and an agency's own assessment."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lscb import access, drafts
from lscb.access import Action as Act
from lscb.csvfiles import csv_response
from lscb.http import signed_in
from lscb.models import Agency, Person
from performance.forms import live
from performance.queries.claims import contradicted_each
from reviews import actions, queries
from reviews.actions import ChangedMeanwhile, ReviewRefused
from reviews.forms import (
    ActionForm,
    AssessmentForm,
    PeerAnswerForm,
    PeerChallengeForm,
    RoundForm,
    SafeForm,
    StandardForm,
)
from reviews.models import Assessment, PeerChallenge, Round, Standard
from reviews.reading import as_read, told
from reviews.views.common import FormPage, fingerprint, form_texts, handle

COLUMNS = (
    *("agency", "standard", "rating", "state", "rating last round", "moved"),
    *("evidence", "what will be done", "source"),
)


def found_round(year: str) -> Round:
    """The round of a financial year. Raises Http404."""
    found = queries.round_of(year)
    if found is None:
        raise Http404("There is no such round.")
    return found


@require_http_methods(["GET", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    person = signed_in(request)
    access.check(person, Act.KEEP_REVIEWS)
    form = RoundForm(live.sent(request))
    page = FormPage(
        *("Open a round", reverse("section-11"), "Open it"),
        lede="Agencies judge themselves against the standards you choose. Their analysts are told by e-mail.",
        crumb="Section 11",
        live=Round.LIVE,
        area=queries.home_area(),
    )

    def save(form: SafeForm) -> tuple[str, str]:
        area = queries.home_area()
        made = actions.open_round(by=person, area=area, **form.cleaned_data)
        return "The agencies are asked.", reverse("section-11-round", args=[made.year_code])

    return handle(request, form, page, save)


@require_http_methods(["GET", "POST"])
def round_change(request: HttpRequest, year: str) -> HttpResponse:
    """Change whom an open round asks, about what and until when."""
    person = signed_in(request)
    access.check(person, Act.KEEP_REVIEWS)
    found = found_round(year)
    form = RoundForm(live.sent(request), opened=True, initial=RoundForm.initial_of(found))
    page = FormPage(
        *("Change the round", reverse("section-11-round", args=[year]), "Save"),
        lede="Agencies and standards that were answered already stay.",
        crumb=str(found),
        changes=found,
        live=Round.LIVE,
        area=found.area,
    )

    def save(form: SafeForm) -> tuple[str, str]:
        actions.change_round(by=person, round_=found, **form.cleaned_data)
        return "The round is changed.", page.back

    return handle(request, form, page, save)


@require_http_methods(["GET", "POST"])
def standard(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Add a standard, or change one."""
    person = signed_in(request)
    access.check(person, Act.KEEP_REVIEWS)
    row = get_object_or_404(Standard, number=number) if number else Standard()
    initial = StandardForm.initial_of(row) if number else None
    form = StandardForm(live.sent(request), initial=initial)
    page = FormPage(
        *("Change a standard" if number else "Add a standard", reverse("section-11"), "Save"),
        lede="Rounds ask about the standards that are chosen when they are opened.",
        crumb=str(row) if number else "Section 11",
        changes=row if number else None,
        history=queries.history(person, row) if number else (),
    )

    def save(form: SafeForm) -> tuple[str, str]:
        made = actions.save_standard(by=person, standard=row, **form.cleaned_data)
        return f"{made} is kept.", page.back

    return handle(request, form, page, save)


@require_GET
def round_page(request: HttpRequest, year: str) -> HttpResponse:
    """A round: how each agency judges itself against each standard, and what it said the last time."""
    person = signed_in(request)
    access.check_see_figures(person)
    found = found_round(year)
    told([found])
    context = {
        "round": found,
        "before": queries.round_before(found),
        "standards": list(found.standards.all()),
        "rows": queries.matrix(person, found),
        "mine": person.agency if _asked(found, person.agency) else None,
        "may_keep": access.can(person, Act.KEEP_REVIEWS),
        "today": timezone.localdate(),
        "history": queries.history(person, found),
    }
    return render(request, "reviews/round.html", context)


def _asked(found: Round, agency: Agency | None) -> bool:
    return agency is not None and found.agencies.filter(pk=agency.pk).exists()


@require_GET
def round_csv(request: HttpRequest, year: str) -> HttpResponse:
    """A round as CSV, a line for each agency and standard."""
    person = signed_in(request)
    access.check_see_figures(person)
    rows = queries.matrix(person, found_round(year))
    told(queries.answered(rows))
    lines = (_line(row.agency, one) for row in rows for one in row.answers)
    return csv_response(f"section-11-{year}.csv", COLUMNS, lines)


def _line(agency: Agency, one: queries.Answer) -> tuple[object, ...]:
    now, before = one.now, one.before
    return (
        agency.name,
        str(one.standard),
        now.get_rating_display() if now else "",
        now.get_state_display() if now else "Not sent",
        before.get_rating_display() if before else "",
        one.moved,
        now.evidence if now else "",
        now.to_improve if now else "",
        now.source if now else "",
    )


@require_POST
def round_close(request: HttpRequest, year: str) -> HttpResponse:
    """Close a round."""
    person = signed_in(request)
    access.check(person, Act.KEEP_REVIEWS)
    found = found_round(year)
    try:
        actions.close_round(by=person, round_=found, on=timezone.localdate())
    except ReviewRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The round is closed. What was sent stays as it is.")
    return redirect("section-11-round", found.year_code)


@require_http_methods(["GET", "POST"])
def agency_page(request: HttpRequest, year: str, agency: str) -> HttpResponse:
    """An agency's answers to a round; the agency itself saves drafts and sends them here, one standard at a time."""
    person = signed_in(request)
    access.check_see_figures(person)
    found = found_round(year)
    whose = found.agencies.filter(slug=agency).first()
    if whose is None:
        raise Http404("This round does not ask such an agency.")
    may_assess = access.can_assess_section_11(person, whose)
    row = next(one for one in queries.matrix(person, found) if one.agency.pk == whose.pk)
    forms = [
        (answer, _form(request, answer) if may_assess and found.is_open else None)
        for answer in row.answers
    ]
    faulty = None
    if live.sent(request) is not None:
        access.check_assess_section_11(person, whose)
        sent = next(((one, form) for one, form in forms if form and form.is_bound), None)
        if sent is None:
            messages.error(request, "The round is closed, or does not ask about this standard.")
        elif sent[1].is_valid() and _save(request, person, found, whose, *sent):
            drafts.finish(request)
            where = reverse("section-11-agency", args=[year, agency])
            return redirect(f"{where}#standard-{sent[0].standard.number}")
        faulty = sent[1] if sent else None
    beside = [form and _beside(request, found, whose, one, form) for one, form in forms]
    written = [form_texts(form, Assessment.LIVE) if form else "" for _, form in forms]
    wrong = contradicted_each(found.area, written)
    standing = [(*form, *more) for form, *more in zip(forms, wrong, beside, strict=True)]
    told(queries.answered([row]))
    context = {
        "round": found,
        "agency": whose,
        "forms": standing,
        "form": faulty,
        "sent": row.sent,
        "may_assess": may_assess,
        "may_keep": access.can(person, Act.KEEP_REVIEWS),
        "may_challenge": access.can(person, Act.CHALLENGE_SECTION_11) and not may_assess,
        "history": queries.assessment_history(person, found, whose),
    }
    status = 422 if live.sent(request) is not None else 200
    return render(request, "reviews/agency.html", context, status=status)


def _form(request: HttpRequest, answer: queries.Answer) -> AssessmentForm:
    """The form of one standard, holding what was sent just now, or what is kept."""
    number = str(answer.standard.number)
    sent = live.sent(request)
    mine = sent is not None and sent.get("standard") == number
    initial = AssessmentForm.initial_of(answer.now)
    return AssessmentForm(sent if mine else None, initial=initial, auto_id=f"id_{number}_%s")


@dataclass(frozen=True)
class Beside:
    """What stands in the form of an answer beside its fields."""

    seen: str
    draft: drafts.Shown
    picker: live.Picker


def _beside(
    request: HttpRequest, found: Round, agency: Agency, answer: queries.Answer, form: AssessmentForm
) -> Beside:
    """The mark of what is kept, the person's draft, and the figures that the texts can hold."""
    number = str(answer.standard.number)
    return Beside(
        _seen(request, answer, form),
        _draft(request, agency, answer, form),
        live.picker(request, form, found.area, Assessment.LIVE, name=number),
    )


def _seen(request: HttpRequest, answer: queries.Answer, form: AssessmentForm) -> str:
    """The mark of what is kept of an answer: of what the person had before them, until a change of it was told."""
    now = fingerprint(form.initial)
    is_mine = request.POST.get("standard") == str(answer.standard.number)
    is_told = not is_mine or form.has_error(NON_FIELD_ERRORS, "changed")
    return now if is_told else request.POST.get("seen", now)


def _draft(
    request: HttpRequest, agency: Agency, answer: queries.Answer, form: AssessmentForm
) -> drafts.Shown:
    """The person's own draft of what they type for one standard, beside what their agency keeps."""
    title = f"Section 11, {agency.name}: {answer.standard}"
    return drafts.resume(request, form, title, name=str(answer.standard.number))


def _save(
    request: HttpRequest,
    person: Person,
    found: Round,
    agency: Agency,
    answer: queries.Answer,
    form: AssessmentForm,
) -> bool:
    send = request.POST.get("do") == "send"
    seen = request.POST.get("seen", fingerprint(form.initial))
    kept = Assessment.objects.filter(round=found, agency=agency, standard=answer.standard)
    try:
        # The round is held, because there may be no answer yet that could be.
        with actions.unchanged(found, lambda _: fingerprint(form.initial_of(kept.first())), seen):
            actions.assess(
                by=person,
                round_=found,
                agency=agency,
                standard=answer.standard,
                send=send,
                **form.cleaned_data,
            )
    except ChangedMeanwhile as refusal:
        form.add_error(None, ValidationError(str(refusal), code="changed"))
        form.initial = form.initial_of(kept.first())
        return False
    except ReviewRefused as refusal:
        refusal.say_in(form)
        return False
    done = "is sent" if send else "is kept as a draft that only your agency sees"
    messages.success(request, f"{answer.standard} {done}.")
    return True


def _assessment(person: Person, assessment_id: int) -> Assessment:
    found = queries.assessment(person, assessment_id)
    if found is None:
        raise Http404("There is no such assessment.")
    return found


@require_http_methods(["GET", "POST"])
def challenge(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Ask an agency about its assessment."""
    person = signed_in(request)
    found = _assessment(person, assessment_id)
    access.check(person, Act.CHALLENGE_SECTION_11)
    page = _page(found, "Challenge an assessment", "Ask", as_read(found).evidence, "text")

    def save(form: SafeForm) -> tuple[str, str]:
        actions.challenge(by=person, assessment=found, text=form.cleaned_data["text"])
        return f"{found.agency.name} is asked.", page.back

    return handle(request, PeerChallengeForm(live.sent(request)), page, save)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, peer_id: int) -> HttpResponse:
    """Answer a peer challenge."""
    person = signed_in(request)
    asked = PeerChallenge.objects.filter(pk=peer_id).first()
    if asked is None:
        raise Http404("There is no such challenge.")
    found = _assessment(person, asked.assessment_id)
    access.check_assess_section_11(person, found.agency)
    page = _page(found, "Answer a peer challenge", "Answer", as_read(asked).text, "answer")

    def save(form: SafeForm) -> tuple[str, str]:
        actions.answer_challenge(by=person, challenge=asked, text=form.cleaned_data["answer"])
        return "The answer is kept.", page.back

    return handle(request, PeerAnswerForm(live.sent(request)), page, save)


@require_http_methods(["GET", "POST"])
def action_new(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Add what an agency will do to meet a standard."""
    person = signed_in(request)
    found = _assessment(person, assessment_id)
    if not access.can(person, Act.KEEP_REVIEWS):
        access.check_assess_section_11(person, found.agency)
    form = ActionForm(live.sent(request), own=found.agency)
    page = _page(found, "Add an action", "Add it", as_read(found).to_improve, "text")

    def save(form: SafeForm) -> tuple[str, str]:
        actions.add_assessment_action(by=person, assessment=found, **form.cleaned_data)
        return "The action is kept.", page.back

    return handle(request, form, page, save)


def _page(found: Assessment, heading: str, button: str, lede: str, text: str) -> FormPage:
    """A page with one form about an assessment; `text` is its text that may hold live figures."""
    back = reverse("section-11-agency", args=[found.round.year_code, found.agency.slug])
    crumb = f"{found.agency.name} · {found.standard}"
    return FormPage(heading, back, button, lede, crumb, live=(text,), area=found.area)
