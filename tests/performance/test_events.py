"""The manager keeps the events that charts show; what came with the sample stays, and loading it again keeps theirs."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from lscb.models import Area, AuditEvent, Role
from performance import actions
from performance.actions import sample
from performance.actions.events import EventRefused
from performance.models import Event
from performance.queries import events, observations
from tests import factories, personas
from tests.performance.conftest import LUTON

GIVEN = {
    "title": "MASH consultation line opens",
    "day": "2025-01-13",
    "known": "month",
    "area": LUTON,
    "source": "Minutes of the Performance Subgroup, January 2025",
}


def luton() -> Area:
    return Area.objects.get(code=LUTON)


def test_an_event_that_the_manager_adds_stands_on_charts_until_it_is_removed(places: None, manager):
    client = personas.client_of(personas.MANAGER)
    before = observations.data_version()
    page = client.post("/events/", GIVEN, follow=True).content.decode()
    assert "The event stands on the charts." in page
    assert "January 2025</th>" in page
    made = Event.objects.get(title=GIVEN["title"])
    assert (made.day, made.month_only) == (date(2025, 1, 1), True)
    assert GIVEN["title"] in [one.title for one in events.events(luton())]
    assert observations.data_version() > before, "pages that were kept are drawn anew"
    sample.load_places()
    assert GIVEN["title"] in [one.title for one in events.events(luton())]
    answer = client.post("/events/", GIVEN)
    assert answer.status_code == 422
    assert "This event is in the list already." in answer.content.decode()
    client.post(f"/events/{made.pk}/remove/")
    assert GIVEN["title"] not in [one.title for one in events.events(luton())]
    told = AuditEvent.objects.filter(action__endswith="event").order_by("id")
    assert [one.action for one in told] == ["added event", "removed event"]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"title": ""}, "Say what happened."),
        ({"source": ""}, "Say how it is known."),
        ({"area": ""}, "Choose the area that it was in."),
        ({"day": "soon"}, "Write the day as a date"),
        ({"day": str(timezone.localdate() + timedelta(days=9))}, "That day has not come yet."),
        ({"title": "NHS number 943 476 5919"}, "no event names a child"),
    ],
)
def test_what_is_no_event_is_refused_and_says_why(places: None, more, why):
    answer = personas.client_of(personas.MANAGER).post("/events/", GIVEN | more)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Event.objects.filter(made_by__isnull=False).exists()


def test_what_came_with_the_sample_stays_and_others_than_the_manager_only_read(
    places: None, manager
):
    given = {name: GIVEN[name] for name in ("title", "source")}
    with pytest.raises(PermissionDenied):
        actions.add_event(
            by=factories.person(Role.CHAIR),
            area=luton(),
            day=date(2025, 1, 13),
            month_only=False,
            **given,
        )
    with pytest.raises(EventRefused, match="stays"):
        actions.remove_event(by=manager, event=Event.objects.first())
    page = personas.client_of(personas.EXECUTIVE).get("/events/").content.decode()
    assert "First national lockdown announced" in page
    assert "Add the event" not in page
