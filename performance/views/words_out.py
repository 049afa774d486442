"""The pages that take what should never have been written out of challenges and commentary."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lscb import access
from lscb.access import Action
from lscb.http import signed_in
from lscb.views_history import ask_why
from performance.actions import words
from performance.indicators.spec import indicators
from performance.models import Commentary
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
        words.take_out_of_challenge(by=person, entry=entry, reason=reason)

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
        words.take_out_of_commentary(by=person, commentary=row, reason=reason)

    spec = indicators().get(row.indicator)
    title = spec.title if spec else row.indicator
    about = f"What {title} tells, {row.period.label}, {row.area.name}"
    back = f"{reverse('commentary', args=[row.indicator])}?area={row.area.code}&period={row.period_code}"
    return ask_why(request, about=about, at=row.written_at, back=back, take=take)
