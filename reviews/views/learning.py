"""What came out of reviews, over all of them: recommendations, agencies' actions, and themes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lscb import access
from lscb.access import Action as Act
from lscb.http import signed_in
from lscb.models import Person
from performance.forms import live
from reviews import actions, queries
from reviews.contributions import address_of
from reviews.forms import ActionForm, EvidenceForm, ReportForm, SafeForm, ThemeForm
from reviews.models import Action, Recommendation, Theme
from reviews.reading import as_read
from reviews.views.common import FormPage, handle


def _recommendation(person: Person, recommendation_id: int) -> Recommendation:
    found = queries.recommendations(person).filter(pk=recommendation_id).first()
    if found is None:
        raise Http404("There is no such recommendation.")
    return found


@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    """Record the proof that a recommendation is embedded, and the audit that looks again."""
    person = signed_in(request)
    found = _recommendation(person, recommendation_id)
    access.check(person, Act.KEEP_REVIEWS)
    form = EvidenceForm(
        person,
        found,
        live.sent(request),
        initial=EvidenceForm.initial_of(found),
    )
    back = found.review.get_absolute_url()
    page = FormPage(
        *("Evidence of impact", back, "Save", as_read(found).text, found.review.title),
        changes=found,
        live=Recommendation.LIVE,
        area=found.area,
        figures=found.review.indicators,
    )

    def save(form: SafeForm) -> tuple[str, str]:
        actions.record_evidence(by=person, recommendation=found, **form.cleaned_data)
        return "The evidence is kept.", back

    return handle(request, form, page, save)


@require_http_methods(["GET", "POST"])
def action_new(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    """Ask an agency to act on a recommendation."""
    person = signed_in(request)
    found = _recommendation(person, recommendation_id)
    access.check(person, Act.KEEP_REVIEWS)
    form = ActionForm(live.sent(request))
    back = found.review.get_absolute_url()
    page = FormPage(
        *("Add an action", back, "Add it", as_read(found).text, found.review.title),
        live=Action.LIVE,
        area=found.area,
        figures=found.review.indicators,
    )

    def save(form: SafeForm) -> tuple[str, str]:
        made = actions.add_action(by=person, recommendation=found, **form.cleaned_data)
        return f"{made.agency.name} is asked to act.", back

    return handle(request, form, page, save)


@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, review_action_id: int) -> HttpResponse:
    """Report how an action stands."""
    person = signed_in(request)
    found = queries.actions(person).filter(pk=review_action_id).first()
    if found is None:
        raise Http404("There is no such action.")
    access.check_answer_review_action(person, found)
    form = ReportForm(live.sent(request), initial=ReportForm.initial_of(found))
    page = FormPage(
        *("How the action stands", reverse("review-actions"), "Save", as_read(found).text),
        crumb=f"{found.agency.name} · {found.answers}",
        changes=found,
        live=Action.LIVE,
        area=found.area,
        figures=_figures(found),
    )

    def save(form: SafeForm) -> tuple[str, str]:
        actions.report_action(by=person, action=found, **form.cleaned_data)
        return "What you reported is kept.", reverse("review-actions")

    return handle(request, form, page, save)


def _figures(found: Action) -> list[str]:
    """The indicators that the review of an action is about; none of an action on an assessment."""
    return found.recommendation.review.indicators if found.recommendation else []


@require_http_methods(["GET", "POST"])
def action_change(request: HttpRequest, review_action_id: int) -> HttpResponse:
    """Change what an agency was asked to do, and by when."""
    person = signed_in(request)
    found = queries.actions(person).filter(pk=review_action_id).first()
    if found is None:
        raise Http404("There is no such action.")
    access.check(person, Act.KEEP_REVIEWS)
    own = found.agency if found.assessment_id else None
    form = ActionForm(live.sent(request), own=own, initial=ActionForm.initial_of(found))
    page = FormPage(
        *("Change the action", address_of(found), "Save"),
        lede="What the agency reported stays. What was asked before stays in the history.",
        crumb=f"{found.agency.name} · {found.answers}",
        changes=found,
        live=Action.LIVE,
        area=found.area,
        figures=_figures(found),
    )

    def save(form: SafeForm) -> tuple[str, str]:
        actions.change_action(by=person, action=found, **form.cleaned_data)
        return "The action is changed.", page.back

    return handle(request, form, page, save)


@require_http_methods(["GET", "POST"])
def theme(request: HttpRequest, theme_id: int | None = None) -> HttpResponse:
    """Add or change a theme."""
    person = signed_in(request)
    access.check(person, Act.KEEP_REVIEWS)
    row = get_object_or_404(Theme, pk=theme_id) if theme_id else Theme()
    form = ThemeForm(live.sent(request), initial=ThemeForm.initial_of(row))
    heading = f"Change the theme {row.name}" if theme_id else "Add a theme"
    page = FormPage(
        heading,
        reverse("review-themes"),
        "Save",
        "What findings of several reviews have in common. Each finding names its themes.",
        changes=row if theme_id else None,
        history=queries.history(person, row) if theme_id else (),
        live=Theme.LIVE,
        area=queries.home_area(),
        figures=row.indicators,
    )

    def save(form: SafeForm) -> tuple[str, str]:
        actions.save_theme(by=person, theme=row, **form.cleaned_data)
        return "The theme is kept.", reverse("review-themes")

    return handle(request, form, page, save)
