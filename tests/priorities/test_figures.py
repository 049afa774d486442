"""The plan's counts as indicators, and reminders of what is late."""

from datetime import date

import pytest
from django.core import mail

from lscb.models import Agency, Area, Role
from lscb.periods import parse
from performance.actions import choose_mail
from performance.actions import sample as places
from performance.models import State, Submission
from performance.queries import observations
from priorities import actions, figures, reminders
from tests import factories
from tests.priorities import building

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)  # a Monday
LUTON = "E06000032"
Q1 = parse("2026-27-Q1")


@pytest.fixture
def luton(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    places.load_places()
    return Area.objects.get(code=LUTON)


def value(indicator, quarter=Q1):
    found = observations.series(indicator, LUTON, "quarter")
    return next((one for one in found if one.period == quarter), None)


def test_the_plans_counts_become_indicators_through_intake(luton):
    building.action(due=date(2026, 5, 1), state="done", closed_on=date(2026, 4, 30))
    building.action(due=date(2026, 6, 30), state="done", closed_on=date(2026, 7, 1))
    building.action(due=date(2026, 6, 1))
    building.action(due=date(2026, 6, 1), state="stopped", closed_on=date(2026, 5, 1))
    building.action(due=date(2026, 11, 30))
    building.voice(heard=12, did="A card.", changed_on=date(2026, 6, 1), told_on=date(2026, 6, 9))
    building.voice(heard=5, period_code="2026-05", did="A room.", changed_on=date(2026, 6, 1))
    (sent,) = figures.record(today=TODAY)
    assert (sent.state, sent.period_code) == (State.ACCEPTED, "2026-27-Q1")
    kept = value("GV04")
    assert (kept.numerator, kept.denominator) == (1, 3)
    assert value("VO01").value == 17
    assert value("VO04").value == 1
    assert figures.record(today=TODAY) == []


def test_a_quarter_in_which_somebody_was_not_counted_has_no_number_of_responses(luton):
    building.voice(heard=12)
    building.voice(heard=None)
    figures.record(today=TODAY)
    assert not [one for one in observations.series("VO01", LUTON, "quarter") if one.is_reported]
    assert value("VO04").value == 0


def test_nothing_is_sent_of_a_plan_that_says_nothing_or_of_a_quarter_that_is_not_over(luton):
    building.action(due=None)
    building.voice(period_code="2025-26")
    building.voice(period_code="2026-27-Q3")
    assert figures.record(today=TODAY) == []


def test_what_no_longer_holds_is_taken_back_by_the_next_file(luton):
    action = building.action(due=date(2026, 5, 1))
    figures.record(today=TODAY)
    assert value("GV04").numerator == 0
    action.due = date(2027, 3, 31)
    actions.save(by=factories.person(Role.MANAGER), record=action)
    figures.record(today=TODAY)
    gone = value("GV04")
    assert gone is None or not gone.is_reported
    assert Submission.objects.filter(return_id="business-plan").count() == 2


def test_owners_are_reminded_once_a_fortnight_of_what_is_past_its_day():
    owner = factories.person(Role.ANALYST, "council")
    late = building.action(owner=owner, due=date(2026, 11, 20))
    building.action(title="Not yet", owner=owner, due=date(2026, 12, 20))
    building.risk(title="Past its review", owner=owner, review_on=date(2026, 11, 1))
    assert reminders.remind(today=TODAY) == 1
    (sent,) = mail.outbox
    assert sent.to == [owner.email]
    assert sent.subject == "Business plan: 2 past the day"
    assert "was due on 20 November 2026" in sent.body
    assert "Past its review: was to be reviewed on 1 November 2026" in sent.body
    assert f"/priorities/actions/{late.pk}/" in sent.body
    assert "Not yet" not in sent.body
    assert reminders.remind(today=TODAY) == 0
    assert reminders.remind(today=date(2026, 11, 24)) == 0
    assert reminders.remind(today=date(2026, 12, 7)) == 1


def test_without_an_owner_the_agencys_people_are_reminded_and_without_those_the_manager():
    manager = factories.person(Role.MANAGER)
    building.action(Agency.objects.create(slug="x", name="X", type="police"), due=date(2026, 11, 1))
    analyst = factories.person(Role.ANALYST, "council")
    building.action(due=date(2026, 11, 2))
    reminders.remind(today=TODAY)
    assert sorted(one.to[0] for one in mail.outbox) == sorted([manager.email, analyst.email])


def test_nobody_is_reminded_at_weekends_or_against_their_wish():
    owner = factories.person(Role.ANALYST, "council")
    building.action(owner=owner, due=date(2026, 11, 1))
    assert reminders.remind(today=date(2026, 11, 22)) == 0
    choose_mail(by=owner, reminders=False)
    assert reminders.remind(today=TODAY) == 0
    assert mail.outbox == []


def test_an_address_that_cannot_be_reached_keeps_nobody_from_their_reminder(monkeypatch):
    owner = factories.person(Role.ANALYST, "council")
    other = factories.person(Role.ANALYST, "police")
    building.action(owner=owner, due=date(2026, 11, 1))
    building.action(owner=other, due=date(2026, 11, 2))

    def send(_subject, _text, _sender, to):
        if to == [owner.email]:
            raise ConnectionRefusedError
        mail.outbox.append(to)

    monkeypatch.setattr("performance.actions.mail.send_mail", send)
    assert reminders.remind(today=TODAY) == 1
    assert mail.outbox == [[other.email]]
    monkeypatch.undo()
    assert reminders.remind(today=TODAY) == 1, "what could not be sent is sent the next time"
