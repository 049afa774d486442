"""What belongs to a review and is added or changed on a page of its own: findings, recommendations, judgements ..."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from lscb import access
from lscb.access import Action as Act
from lscb.http import signed_in
from performance.forms import live
from reviews import actions, queries
from reviews.forms import PARTS, JudgementForm, SafeForm
from reviews.models import Judgement
from reviews.views.common import FormPage, found_review, handle


@require_http_methods(["GET", "POST"])
def part(
    request: HttpRequest, review_id: int, what: str, part_id: int | None = None
) -> HttpResponse:
    """Add a finding, recommendation, dissemination or case to a review, or change one."""
    person = signed_in(request)
    found = found_review(request, review_id)
    access.check(person, Act.KEEP_REVIEWS)
    if what not in PARTS or (what == "case" and not found.is_audit):
        raise Http404("A review has no such part.")
    model, make, words, lede = PARTS[what]
    row = get_object_or_404(model, pk=part_id, review=found) if part_id else model()
    sent = live.sent(request)
    form = make(sent, initial=make.initial_of(row) if part_id else None)
    heading = f"Change {words}" if part_id else f"Add {words}"
    page = FormPage(
        *(heading, found.get_absolute_url(), "Save", lede, found.title),
        changes=row if part_id else None,
        live=getattr(model, "LIVE", ()),
        area=found.area,
        figures=found.indicators,
    )

    def save(form: SafeForm) -> tuple[str, str]:
        actions.save_part(by=person, review=found, part=row, **form.cleaned_data)
        return "It is kept.", found.get_absolute_url()

    return handle(request, form, page, save)


@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, review_id: int) -> HttpResponse:
    """Judge the practice of an agency, or of all together, in a case of an audit. `?case=` and `&agency=` choose one,
    with the judgement that stands."""
    person = signed_in(request)
    found = found_review(request, review_id)
    access.check(person, Act.KEEP_REVIEWS)
    if not found.is_audit:
        raise Http404("Only the cases of an audit are judged.")
    initial, standing = queries.judgement(
        found, request.GET.get("case", ""), request.GET.get("agency", "")
    )
    form = JudgementForm(found, live.sent(request), initial=initial)
    page = FormPage(
        "Judge a case",
        found.get_absolute_url(),
        "Save",
        "One judgement for each agency that knew the family, and one of all together. A later one replaces it.",
        found.title,
        changes=standing,
        live=Judgement.LIVE,
        area=found.area,
        figures=found.indicators,
    )

    def save(form: SafeForm) -> tuple[str, str]:
        actions.save_judgement(by=person, **form.cleaned_data)
        return "The judgement is kept.", found.get_absolute_url()

    return handle(request, form, page, save)
