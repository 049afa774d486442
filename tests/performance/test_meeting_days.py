"""The manager keeps the days of meetings; feed, pack and digest tell what changed since the last one."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from lscb.models import AuditEvent, Person
from lscb.working_days import DAY, add_working_days
from performance import actions
from performance.actions.meetings import MeetingRefused
from performance.models import DigestSent, Meeting, Signal
from performance.pages.digest import is_due
from performance.tasks import tell_groups
from tests import factories, kept_pages
from tests.performance.conftest import Send
from tests.performance.test_signals_feed import csv

SUBGROUP, EXECUTIVE = Meeting.Group.SUBGROUP, Meeting.Group.EXECUTIVE
SOON, LATER = date(2026, 12, 8), date(2026, 12, 9)  # a Tuesday and the day after


@pytest.fixture
def manager(places: None) -> Person:
    return factories.person("manager")


def meet(manager: Person, days: int, group: Meeting.Group = SUBGROUP) -> date:
    """A meeting so many days from today."""
    day = timezone.localdate() + timedelta(days=days)
    actions.add_meeting(by=manager, group=group, day=day)
    return day


def next_working_day() -> date:
    """Today, or the first working day after it."""
    return add_working_days(timezone.localdate() - DAY, 1)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def seen_before(days: int) -> None:
    """Let every signal have been first seen so many days ago."""
    day = timezone.localdate() - timedelta(days=days)
    at = timezone.make_aware(datetime.combine(day, time(12)))
    Signal.objects.update(first_seen_at=at)
    kept_pages.forget()


@pytest.mark.once
def test_the_manager_adds_and_removes_meetings_on_one_page(manager):
    client = client_of(manager)
    answer = client.post("/meetings/days/", {"group": "subgroup", "day": "2026-12-08"})
    assert answer.status_code == 302
    page = client.get("/meetings/days/").content.decode()
    assert "8 December 2026" in page
    again = client.post("/meetings/days/", {"group": "subgroup", "day": "2026-12-08"})
    assert again.status_code == 422
    assert "is in the list already. Choose another day." in again.content.decode()
    wrong = client.post("/meetings/days/", {"group": "", "day": "soon"}).content.decode()
    assert "Choose the group that meets." in wrong
    assert "Write the day as a date" in wrong
    (row,) = Meeting.objects.all()
    client.post(f"/meetings/days/{row.pk}/remove/")
    assert not Meeting.objects.exists()
    said = AuditEvent.objects.filter(action__endswith=" meeting").order_by("pk")
    assert list(said.values_list("action", flat=True)) == ["added meeting", "removed meeting"]


def test_others_read_the_days_and_may_not_keep_them(manager):
    chair = factories.person("chair")
    meet(manager, 7)
    page = client_of(chair).get("/meetings/days/").content.decode()
    assert "to come" in page
    assert "Add the meeting" not in page
    with pytest.raises(PermissionDenied):
        actions.add_meeting(by=chair, group=SUBGROUP, day=SOON)
    with pytest.raises(PermissionDenied):
        actions.remove_meeting(by=chair, meeting=Meeting.objects.get())
    actions.add_meeting(by=manager, group=SUBGROUP, day=SOON)
    actions.add_meeting(by=manager, group=EXECUTIVE, day=SOON)
    with pytest.raises(MeetingRefused):
        actions.add_meeting(by=manager, group=EXECUTIVE, day=SOON)


@pytest.mark.once
def test_the_feed_offers_what_changed_since_each_groups_last_meeting(manager, send: Send):
    send(csv(400))
    client = client_of(manager)
    assert "Since the last meeting" not in client.get("/signals/").content.decode()
    day = meet(manager, -10)
    meet(manager, -40)
    meet(manager, 0)
    page = client.get("/signals/").content.decode()
    words = f"Since the last meeting of the Performance Subgroup ({day.day} {day:%B %Y})"
    assert page.count("Since the last meeting") == 1, "not the earlier one, nor the one of today"
    assert words in page
    assert f"since={day}" in page
    assert "400 in March 2025" in client.get(f"/signals/?since={day}").content.decode()


@pytest.mark.once
def test_the_pack_says_what_changed_since_the_last_meeting(manager, send: Send):
    send(csv(400))
    client = client_of(manager)
    address = "/meetings/2024-25-Q4/"
    assert "Changed since the last meeting" not in client.get(address).content.decode()
    meet(manager, -10)
    page = client.get(address).content.decode()
    assert "Changed since the last meeting of the Performance Subgroup" in page
    assert "New: Domestic abuse crimes recorded" in page
    seen_before(20)
    page = client.get(address).content.decode()
    assert "No signal is new, and none has ended." in page
    send(csv(260))
    assert "No longer there: Domestic abuse crimes" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("today", "coming", "was_told", "due"),
    [
        (date(2026, 12, 7), None, False, True),  # a Monday, and no meeting to come
        (date(2026, 12, 8), None, False, False),
        (date(2026, 8, 31), None, False, False),  # a bank holiday on a Monday
        (date(2026, 9, 1), None, False, True),  # the first working day of its week
        (date(2026, 12, 5), SOON, False, False),  # a Saturday
        (date(2026, 12, 1), SOON, False, True),  # five working days before
        (date(2026, 12, 1), LATER, False, False),  # six
        (SOON, SOON, False, True),
        (date(2026, 12, 7), SOON, True, False),
        (date(2026, 11, 23), SOON, False, False),  # a Monday long before
    ],
)
def test_a_digest_goes_out_in_the_five_working_days_before_a_meeting_else_once_a_week(
    today, coming, was_told, due
):
    assert is_due(today, coming, was_told=was_told) is due


def test_a_group_is_told_once_before_its_meeting_what_changed_since_its_last(manager, send: Send):
    today = next_working_day()
    day = meet(manager, -10)
    coming = add_working_days(today, 3)
    actions.add_meeting(by=manager, group=SUBGROUP, day=coming)
    send(csv(400))
    tell_groups(today)
    (letter,) = mail.outbox
    assert letter.to == [manager.email]
    assert f"since your last meeting, on {day.day} {day:%B %Y}." in letter.body
    assert "400 in March 2025 is above the upper limit" in letter.body
    assert DigestSent.objects.get(group=SUBGROUP).meeting_day == coming
    tell_groups(today)
    assert len(mail.outbox) == 1, "once a meeting"


def test_before_the_first_meeting_in_the_list_a_group_is_told_what_is_new_to_it(
    manager, send: Send
):
    send(csv(400))
    actions.add_meeting(by=manager, group=SUBGROUP, day=next_working_day())
    tell_groups(next_working_day())
    (letter,) = mail.outbox
    assert "since you were last told." in letter.body


def test_what_stood_at_the_last_meeting_already_is_not_told_again(manager, send: Send):
    meet(manager, -10)
    actions.add_meeting(by=manager, group=SUBGROUP, day=next_working_day())
    send(csv(400))
    seen_before(20)
    tell_groups(next_working_day())
    assert mail.outbox == []
