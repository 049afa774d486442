"""The register: one review with its steps, entering and changing one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lscb import access, drafts, papers
from lscb.access import Action as Act
from lscb.http import signed_in
from lscb.models import Person
from lscb.numbers import plural
from performance import contributed
from performance.forms import live
from performance.indicators.claims import Finding as Contradiction
from performance.queries.claims import contradicted, texts_of
from reviews import actions, queries, workflow
from reviews.actions import ReviewRefused
from reviews.contributions import RECOMMENDATION
from reviews.forms import DayForm, ReasonForm, ReviewForm, SafeForm, StepForm, TakeOverForm
from reviews.models import Action, Judgement, Review
from reviews.reading import told
from reviews.views.common import FormPage, found_review, handle


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter a review."""
    person = signed_in(request)
    access.check(person, Act.KEEP_REVIEWS)
    initial = {"kind": request.GET.get("kind", ""), "on": timezone.localdate()}
    form = ReviewForm(live.sent(request), initial=initial)
    page = FormPage(
        "Enter a review",
        reverse("reviews"),
        "Enter it",
        "A review, an audit or an inspection. Children and families are named by pseudonyms only.",
        live=Review.LIVE,
    )

    def save(form: SafeForm) -> tuple[str, str]:
        made = actions.add_review(by=person, **form.cleaned_data)
        return f"{made.title} stands in the register.", made.get_absolute_url()

    return handle(request, form, page, save)


@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest) -> HttpResponse:
    """Be named on the restricted reviews that nobody can open any more, and say why; what they are is told then."""
    person = signed_in(request)
    access.check(person, Act.KEEP_REVIEWS)
    number = queries.left_alone().count()
    page = FormPage(
        "Take over restricted reviews",
        reverse("reviews"),
        "Take over",
        f"{plural(number, 'restricted review')} can be opened by nobody, because none of the people named there "
        "signs in any more. You will be named on each, and can then name others.",
    )

    def save(form: SafeForm) -> tuple[str, str]:
        taken = actions.take_over(by=person, **form.cleaned_data)
        return f"You are named on {plural(len(taken), 'restricted review')}.", reverse("reviews")

    return handle(request, TakeOverForm(request.POST or None), page, save)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, review_id: int) -> HttpResponse:
    """Change what the register says of a review."""
    person = signed_in(request)
    found = found_review(request, review_id)
    access.check(person, Act.KEEP_REVIEWS)
    form = ReviewForm(
        live.sent(request),
        review=found,
        initial=ReviewForm.initial_of(found),
    )
    page = FormPage(
        f"Change {found.title}",
        found.get_absolute_url(),
        "Save",
        crumb=found.spec.words,
        changes=found,
        live=Review.LIVE,
        figures=found.indicators,
    )

    def save(form: SafeForm) -> tuple[str, str]:
        actions.change_review(by=person, review=found, **form.cleaned_data)
        seen = queries.review(person, found.pk)
        return "The change is kept.", seen.get_absolute_url() if seen else reverse("reviews")

    return handle(request, form, page, save)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, review_id: int) -> HttpResponse:
    """One review: where it stands, its limits, what came of it; POST takes the step that `step` names."""
    person = signed_in(request)
    found = found_review(request, review_id)
    may_keep = access.can(person, Act.KEEP_REVIEWS)
    steps = _steps(request, found) if may_keep else []
    form = None
    if live.sent(request) is not None:
        access.check(person, Act.KEEP_REVIEWS)
        form = next((one for one in steps if one.is_bound), None)
        if form is None:
            messages.error(request, "That step is not open any more. This is where it stands now.")
            return _page(request, person, found, steps, None, status=422)
        if form.is_valid() and _take(request, person, found, form):
            drafts.finish(request)
            return redirect(found)
    return _page(request, person, found, steps, form, status=422 if form else 200)


def _steps(request: HttpRequest, found: Review) -> list[StepForm]:
    """The forms of the steps that are open; the one that was sent holds what was sent."""
    given = live.sent(request)
    sent = given.get("step") if given is not None else None
    return [
        StepForm(step, given if step.code == sent else None, auto_id=f"id_{step.code}_%s")
        for step in found.spec.steps_from(found.state)
    ]


def _take(request: HttpRequest, person: Person, found: Review, form: StepForm) -> bool:
    given = form.cleaned_data
    try:
        opened = actions.take_step(
            by=person,
            review=found,
            code=form.step.code,
            on=given["on"],
            text=given.get("text", ""),
            title=given.get("title", ""),
        )
    except ReviewRefused as refusal:
        refusal.say_in(form)
        return False
    said = f"{found.title}: {found.spec.state(form.step.target).words.lower()}."
    messages.success(request, said + (f" {opened.title} stands in the register." if opened else ""))
    return True


def _page(
    request: HttpRequest,
    person: Person,
    found: Review,
    steps: list[StepForm],
    form: StepForm | None,
    status: int,
) -> HttpResponse:
    today = timezone.localdate()
    dues = queries.dues(found, today)
    told([found])
    recommendations = told(queries.recommendations(person).filter(review=found))
    may_keep = access.can(person, Act.KEEP_REVIEWS)
    context: dict[str, Any] = {
        "review": found,
        "dues": [(one, _calendar(found, one)) for one in dues],
        "today": today,
        "changes": told(found.changes.select_related("by", "review")),
        "steps": [_step(request, found, one) for one in steps],
        "form": form,
        "contradicted": _contradicted(found) if may_keep else [],
        "findings": queries.findings(found),
        "recommendations": [
            (one, contributed.answers(person, f"{RECOMMENDATION}:{one.pk}"))
            for one in recommendations
        ],
        "disseminations": told(found.disseminations.all()),
        "cases": queries.judgements(found),
        "figures": queries.figures(found.indicators),
        "led_to": queries.reviews(person).filter(came_from=found),
        "came_from": found.came_from and queries.review(person, found.came_from.pk),
        "people": found.people.all() if found.restricted else [],
        "history": queries.history(person, found),
        "may_keep": may_keep,
        "can_print": papers.can_print(),
        "may_challenge": access.can(person, Act.RAISE_CHALLENGES),
    }
    return render(request, "reviews/review.html", context, status=status)


def _step(
    request: HttpRequest, found: Review, form: StepForm
) -> tuple[StepForm, live.Picker, drafts.Shown]:
    """A step with the figures that its text can hold, and the person's draft of it."""
    code = form.step.code
    draft = drafts.resume(request, form, f"{found.title}: {form.step.words}", name=code)
    picker = live.picker(request, form, found.area, ["text"], found.indicators, code)
    return form, picker, draft


def _contradicted(found: Review) -> list[Contradiction]:
    """What the figures contradict in what a review says and in what came out of it."""
    parts = [
        *(found, *found.findings.all(), *found.disseminations.all()),
        *found.recommendations.all(),
        *Action.objects.filter(recommendation__review=found),
        *Judgement.objects.filter(case__review=found),
    ]
    texts = [text for one in parts for text in texts_of(one)]
    return contradicted(found.area, "\n".join(filter(None, texts)))


def _calendar(found: Review, due: workflow.Due) -> list[tuple[int, Any]]:
    """The working days of a short limit, to be shown one by one; none of a limit in months."""
    start = next((one.on for one in found.changes.all() if one.state == due.limit.starts), None)
    return workflow.calendar(due, start) if due.limit.working_days and start else []


@require_http_methods(["GET", "POST"])
def day(request: HttpRequest, review_id: int, change_id: int) -> HttpResponse:
    """Correct the day on which a review reached a state, or say it where it was not known."""
    person = signed_in(request)
    found = found_review(request, review_id)
    access.check(person, Act.KEEP_REVIEWS)
    change = get_object_or_404(found.changes.select_related("review"), pk=change_id)
    form = DayForm(live.sent(request), initial=DayForm.initial_of(change))
    page = FormPage(
        f"Correct the step: {change.words.lower()}",
        found.get_absolute_url(),
        "Save",
        "Time limits that count from its day follow it. What it was before stays in the history.",
        found.title,
        changes=change,
        live=("text",),
        area=found.area,
        figures=found.indicators,
    )

    def save(form: SafeForm) -> tuple[str, str]:
        actions.correct_step(by=person, change=change, **form.cleaned_data)
        return "The step is corrected.", found.get_absolute_url()

    return handle(request, form, page, save)


@require_http_methods(["GET", "POST"])
def take_out(request: HttpRequest, history_id: int) -> HttpResponse:
    """Take what should never have been written out of a line of history."""
    person = signed_in(request)
    access.check(person, Act.KEEP_REVIEWS)
    entry = queries.entry(person, history_id)
    if entry is None:
        raise Http404("There is no such line of history.")
    page = FormPage(
        *("Take words out of the history", reverse("reviews"), "Take them out"),
        lede="For what should never have been written, such as a name. What the line says goes for good; who changed "
        "which field, and when, stays. Correct it where it stands now as well.",
        crumb=entry.action,
    )

    def save(form: SafeForm) -> tuple[str, str]:
        actions.take_out(by=person, entry=entry, **form.cleaned_data)
        where = entry.review.get_absolute_url() if entry.review else page.back
        return "The words are taken out of the history.", where

    return handle(request, ReasonForm(request.POST or None), page, save)
