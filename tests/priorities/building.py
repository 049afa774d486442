"""Makes a small plan for tests, through the product's own actions."""

from datetime import date
from typing import Any

from lscb.models import Agency, Area
from priorities import actions
from priorities.models import Campaign, PlanAction, Priority, Risk, Voice
from tests import factories

STARTS = date(2026, 4, 1)


def home() -> Area:
    """Luton, for which the council sends returns."""
    area = factories.area()
    factories.agency("council").areas.add(area)
    return area


def priority(title: str = "Neglect", **fields: Any) -> Priority:
    """A priority of Luton."""
    values = {
        "title": title,
        "area": home(),
        "starts": STARTS,
        "why": "Referrals for neglect rise.",
        "outcomes": "Children are seen early.",
        "indicators": ["NE01", "NE04"],
    } | fields
    made = Priority(**values)
    actions.save(by=None, record=made)
    return made


def action(agency: Agency | None = None, **fields: Any) -> PlanAction:
    """An action of the council that is due at the end of 2026/27."""
    values = {
        "priority": Priority.objects.first() or priority(),
        "title": "Train people in the Graded Care Profile",
        "area": home(),
        "agency": agency or factories.agency("council"),
        "owner_words": "Head of early help",
        "due": date(2027, 3, 31),
        "state": PlanAction.State.UNDER_WAY,
    } | fields
    made = PlanAction(**values)
    actions.save(by=None, record=made)
    return made


def risk(**fields: Any) -> Risk:
    """An open risk."""
    values = {
        "title": "Too few people",
        "about": "Posts stay empty.",
        "area": home(),
        "likelihood": 4,
        "impact": 3,
        "mitigation": "A pool of staff.",
        "owner_words": "Executive",
        "review_on": date(2027, 1, 31),
    } | fields
    made = Risk(**values)
    actions.save(by=None, record=made)
    return made


def campaign(**fields: Any) -> Campaign:
    """A campaign with its reach."""
    values = {
        "title": "See it",
        "form": Campaign.Form.CAMPAIGN,
        "about": "Neglect is noticed.",
        "area": home(),
        "reach": [[4000, "clicks to the website"]],
    } | fields
    made = Campaign(**values)
    actions.save(by=None, record=made)
    return made


def voice(agency: Agency | None = None, **fields: Any) -> Voice:
    """What young people said in a quarter."""
    values = {
        "activity": "Workshop in schools",
        "area": home(),
        "agency": agency or factories.agency("council"),
        "period_code": "2026-27-Q1",
        "who": "Young people",
        "heard": 12,
        "said": "We want to know who comes to our home.",
    } | fields
    made = Voice(**values)
    actions.save(by=None, record=made)
    return made
