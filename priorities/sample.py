"""The sample's facts of the plan, each with its source: what the two annual reports say, in other words."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from lscb.definition_files import plain
from lscb.history import events
from lscb.models import Agency, Area
from lscb.periods import month_of
from performance import contributed
from priorities import actions, figures
from priorities.models import Campaign, PlanAction, Priority, Record, Risk, Voice

FILE = Path(__file__).resolve().parent / "sample.yaml"
SYNTHETIC = "demonstration"
Entry = dict[str, Any]


def load(**_signal: Any) -> None:
    """Load them once for each area; what people did to them since is left as it is."""
    content = plain(FILE)
    with transaction.atomic():
        if not Priority.objects.exclude(area__code=SYNTHETIC).exists():
            _load_facts(content)
        area = Area.objects.filter(code=SYNTHETIC).first()
        if area and not Priority.objects.filter(area=area).exists():
            _load_invented(content["invented"], area, timezone.localdate())
    figures.record(today=timezone.localdate())


def link(**_signal: Any) -> None:
    """Link priorities to what reviews and training brought, once these are there, unless people changed them since."""
    content = plain(FILE)
    keys = {one.title: key for key, one in contributed.evidence().items()}
    for given in content["priorities"]:
        found = Priority.objects.exclude(area__code=SYNTHETIC).filter(title=given["title"]).first()
        if found is None or events(found).count() != 1:
            continue
        found.evidence = [keys[title] for title in given["evidence"] if title in keys]
        actions.save(by=None, record=found)


def _load_facts(content: dict[str, list[Entry]]) -> None:
    for one in content["priorities"]:
        given = dict(one)
        given.pop("evidence")  # linked once reviews and training are there
        partners = Agency.objects.filter(slug__in=given.pop("partners", []))
        _keep(Priority, given, partners=list(partners))
    for name, model in (
        ("actions", PlanAction),
        ("risks", Risk),
        ("campaigns", Campaign),
        ("voices", Voice),
    ):
        for one in content[name]:
            _keep(model, dict(one))


def _keep(model: type[Record], given: Entry, **links: Any) -> Record:
    """Save an entry: areas and agencies stand in it by their codes, priorities by their titles."""
    if given.get("priority"):
        priority = Priority.objects.exclude(area__code=SYNTHETIC).get(title=given["priority"])
        given["priority"] = priority
        given.setdefault("area", priority.area.code)
    given["area"] = Area.objects.get(code=given["area"])
    if given.get("agency"):
        given["agency"] = Agency.objects.get(slug=given["agency"])
    return actions.save(by=None, record=model(**given), links=links)


def _load_invented(given: dict[str, Any], area: Area, today: date) -> None:
    """The plan of the demonstration area. Days are counted from `today`."""
    common = {"area": area, "source": "Invented"}
    priority = Priority(starts=today - timedelta(365), **common, **given["priority"])
    actions.save(by=None, record=priority)
    actions.judge(by=None, priority=priority, agreed_on=today, **given["judgement"])
    for one in given["actions"]:
        entry = dict(one)
        step = entry.pop("milestone", None)
        entry["due"] = _day(today, entry["due"])
        entry["closed_on"] = _day(today, entry.pop("closed", None))
        entry["agency"] = Agency.objects.get(slug=entry["agency"])
        made = PlanAction(priority=priority, **common, **entry)
        actions.save(by=None, record=made)
        if step:
            due = today + timedelta(step[1])
            actions.add_milestone(by=None, action=made, title=step[0], due=due)
    for one in given["risks"]:
        entry = dict(one)
        scores = entry.pop("scores")
        entry["agency"] = Agency.objects.get(slug=entry["agency"])
        risk = Risk(
            priority=priority, review_on=_day(today, entry.pop("review")), **common, **entry
        )
        for likelihood, impact in scores:
            risk.likelihood, risk.impact = likelihood, impact
            actions.save(by=None, record=risk)
    for one in given["voices"]:
        entry = dict(one)
        quarter = month_of(today).quarter.shift(entry.pop("quarters"))
        days = {"changed_on": quarter.end, "told_on": quarter.end}
        made_voice = Voice(priority=priority, period_code=quarter.code, **common, **days, **entry)
        actions.save(by=None, record=made_voice)


def _day(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days)
