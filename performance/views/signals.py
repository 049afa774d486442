"""The feed of signals: what changed, and how many of them chance alone would give."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lscb import access
from lscb.access import Action
from lscb.http import signed_in
from performance.brief import chance_words
from performance.models import Signal
from performance.queries import signals as queries
from performance.views.common import chosen_area


@require_GET
def signals(request: HttpRequest) -> HttpResponse:
    """The signals that stand for an area, the most pressing first; `?kind=` and `?indicator=` narrow the list."""
    person = signed_in(request)
    access.check_see_figures(person)
    area = chosen_area(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in Signal.Kind.values else ""
    indicator = request.GET.get("indicator", "").strip().upper()
    everything = queries.standing(area=area.code)
    rows = [
        row
        for row in everything
        if (not kind or row.kind == kind) and (not indicator or row.indicator == indicator)
    ]
    context = {
        "area": area,
        "areas": [one for one in queries.areas_with_signals() if one != area] + [area],
        "kind": kind,
        "indicator": indicator,
        "indicators": sorted({(row.indicator, row.title) for row in everything}),
        "kinds": [(code, words) for code, words in Signal.Kind.choices],
        "to_look_at": [row for row in rows if row.kind != Signal.Kind.MISSING],
        "late": [row for row in rows if row.kind == Signal.Kind.MISSING],
        "ended": queries.ended(area=area.code) if not kind and not indicator else [],
        "watched": queries.watched(area.code),
        "chance": chance_words(queries.false_alarms(area.code)),
        "synthetic": area.synthetic,
        "may_act": access.can_change_plan(person),
        "may_challenge": access.can(person, Action.RAISE_CHALLENGES),
    }
    return render(request, "performance/signals.html", context)
