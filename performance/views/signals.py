"""The feed of signals: what changed, and how many of them chance alone would give."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access
from lscb.access import Action
from lscb.http import signed_in
from performance.models import Signal
from performance.pages.brief import chance_words, dependence_words
from performance.queries import false_alarms, meetings
from performance.queries import signals as queries
from performance.views.common import chosen_area
from performance.views.kept import kept


def _day(text: str) -> date | None:
    """A day from an address; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_GET
@kept
def signals(request: HttpRequest) -> HttpResponse:
    """The signals that stand for an area, the most pressing first; `?kind=`, `?indicator=` and `?since=` (a day, such
    as that of the last meeting) narrow the list."""
    person = signed_in(request)
    access.check_see_figures(person)
    area = chosen_area(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in Signal.Kind.values else ""
    indicator = request.GET.get("indicator", "").strip().upper()
    since = _day(request.GET.get("since", ""))
    everything = queries.standing(area=area.code)
    rows = [
        row
        for row in everything
        if (not kind or row.kind == kind)
        and (not indicator or row.indicator == indicator)
        and (since is None or timezone.localdate(row.first_seen_at) >= since)
    ]
    ended = queries.ended(area=area.code, indicator=indicator, kind=kind, since=since)
    late = [row for row in rows if row.kind == Signal.Kind.MISSING]
    watched = false_alarms.watched(area.code)
    context = {
        "area": area,
        "areas": [one for one in queries.areas_with_signals() if one != area] + [area],
        "kind": kind,
        "indicator": indicator,
        "indicators": sorted({(row.indicator, row.title) for row in everything}),
        "kinds": [(code, words) for code, words in Signal.Kind.choices],
        "to_look_at": [row for row in rows if row.kind != Signal.Kind.MISSING],
        "late": sum(row.told for row in late),
        "late_senders": queries.by_sender(late),
        "ended": ended,
        "since": since,
        "meetings": meetings.last_of_each(timezone.localdate()),
        "watched": watched.series,
        "rare": watched.rare,
        "chance": chance_words(watched.standing),
        "chance_ended": chance_words(watched.ended),
        "dependence": dependence_words(watched.stocks),
        "synthetic": area.synthetic,
        "may_act": access.can_change_plan(person),
        "may_challenge": access.can(person, Action.RAISE_CHALLENGES),
    }
    return render(request, "performance/signals.html", context)
