"""The pages that take what should never have been written out of challenges, commentary and decisions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lscb import access
from lscb.access import Action
from lscb.http import signed_in
from lscb.views_history import ask_why
from performance.actions import words_out
from performance.indicators.spec import indicators
from performance.models import Commentary, Comparable, IndicatorSetting, Rebase
from performance.queries import challenges


@require_http_methods(["GET", "POST"])
def of_challenge(request: HttpRequest, challenge_id: int, entry_id: int) -> HttpResponse:
    """Take the words of a line of a challenge's history out of it, with a reason."""
    person = signed_in(request)
    access.check(person, Action.TAKE_WORDS_OUT)
    found = challenges.challenge(person, challenge_id)
    entry = found.entries.filter(pk=entry_id).first() if found else None
    if found is None or entry is None:
        raise Http404("There is no such line of a challenge.")

    def take(reason: str) -> None:
        words_out.take_out_of_challenge(by=person, entry=entry, reason=reason)

    about = f"Challenge {found.pk} to {found.agency.name} · {entry.get_kind_display()}"
    back = reverse("challenge", args=[found.pk])
    return ask_why(request, about=about, at=entry.at, back=back, take=take)


@require_http_methods(["GET", "POST"])
def of_commentary(request: HttpRequest, commentary_id: int) -> HttpResponse:
    """Take a wording of commentary out, with a reason."""
    person = signed_in(request)
    access.check(person, Action.TAKE_WORDS_OUT)
    row = get_object_or_404(Commentary.objects.select_related("area"), pk=commentary_id)

    def take(reason: str) -> None:
        words_out.take_out_of_commentary(by=person, commentary=row, reason=reason)

    spec = indicators().get(row.indicator)
    title = spec.title if spec else row.indicator
    about = f"What {title} tells, {row.period.label}, {row.area.name}"
    back = f"{reverse('commentary', args=[row.indicator])}?area={row.area.code}&period={row.period_code}"
    return ask_why(request, about=about, at=row.written_at, back=back, take=take)


@require_http_methods(["GET", "POST"])
def of_setting(request: HttpRequest, setting_id: int) -> HttpResponse:
    """Take the reason of a setting out, with a reason."""
    access.check(signed_in(request), Action.TAKE_WORDS_OUT)
    row = get_object_or_404(IndicatorSetting, pk=setting_id)
    back = reverse("indicator-settings", args=[row.indicator])
    return _of_decision(request, row, "Why it was set so", back)


@require_http_methods(["GET", "POST"])
def of_rebase(request: HttpRequest, rebase_id: int) -> HttpResponse:
    """Take the reason of a rebase out, with a reason."""
    access.check(signed_in(request), Action.TAKE_WORDS_OUT)
    row = get_object_or_404(Rebase.objects.select_related("area"), pk=rebase_id)
    about = f"Why limits begin anew with {row.period.label}, {row.area.name}"
    return _of_decision(request, row, about, _statements_of(row))


@require_http_methods(["GET", "POST"])
def of_comparable(request: HttpRequest, comparable_id: int) -> HttpResponse:
    """Take the reason why figures compare across a break out, with a reason."""
    access.check(signed_in(request), Action.TAKE_WORDS_OUT)
    row = get_object_or_404(Comparable.objects.select_related("area"), pk=comparable_id)
    about = f"Why figures compare across {row.period.label}, {row.area.name}"
    return _of_decision(request, row, about, _statements_of(row))


def _statements_of(row: Rebase | Comparable) -> str:
    return f"{reverse('rebases', args=[row.indicator])}?area={row.area.code}"


def _of_decision(
    request: HttpRequest, row: IndicatorSetting | Rebase | Comparable, about: str, back: str
) -> HttpResponse:
    """Ask why the reason of a decision is taken out, take it out and lead `back`."""
    person = signed_in(request)

    def take(reason: str) -> None:
        words_out.take_out_of_decision(by=person, decision=row, reason=reason)

    spec = indicators().get(row.indicator)
    title = spec.title if spec else row.indicator
    return ask_why(request, about=f"{title} · {about}", at=row.made_at, back=back, take=take)
