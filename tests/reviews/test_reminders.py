"""E-mails about what is due: time limits before they are missed, agencies' actions, and answers to section 11."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core import mail

from lscb.models import Role
from lscb.periods import parse
from lscb.working_days import add_working_days
from performance.actions.reminders import choose_mail
from reviews import actions
from reviews.models import PeerChallenge, Recommendation, Review, Standard
from reviews.reminders import remind
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)  # a Monday


@pytest.fixture
def notified(rapid, manager):
    actions.correct_step(by=manager, change=rapid.changes.get(), on=DAY)
    return rapid


def told() -> list[tuple[str, str]]:
    """To whom e-mails went and what they say; they are taken out of the box."""
    found = [(one.to[0], one.body) for one in mail.outbox]
    mail.outbox.clear()
    return found


def test_a_time_limit_is_told_before_it_is_missed_and_not_every_day(notified, manager):
    last = add_working_days(DAY, 15)
    assert last == date(2026, 6, 22)
    days = [DAY + timedelta(days=number) for number in range(40)]
    said = {day.isoformat(): body for day in days if remind(today=day) for _, body in told()}
    assert list(said) == ["2026-06-15", "2026-06-19", "2026-06-23", "2026-07-06"]
    assert "5 working days left, last day 22 June 2026" in said["2026-06-15"]
    assert "1 working day left" in said["2026-06-19"]
    assert "1 working day late" in said["2026-06-23"]
    assert notified.title in said["2026-06-15"]
    assert f"{settings.SITE_URL}{notified.get_absolute_url()}" in said["2026-06-15"]


def test_only_those_who_keep_the_register_are_told_of_a_limit(notified, manager):
    for role in (Role.CHAIR, Role.EXECUTIVE, Role.SCRUTINEER, Role.SUBGROUP):
        factories.person(role)
    factories.person(Role.ANALYST, "police")
    remind(today=date(2026, 6, 15))
    assert [to for to, _ in told()] == [manager.email]


def test_a_restricted_review_is_not_named_and_told_to_the_people_named_on_it_alone(
    notified, manager
):
    other = factories.person(Role.MANAGER)
    council = factories.person(Role.ANALYST, "council")
    actions.change_review(by=manager, review=notified, restricted=True, people=[manager])
    asked = actions.save_part(by=manager, review=notified, part=Recommendation(), text="Hidden ask")
    actions.add_action(
        by=manager, recommendation=asked, agency=council.agency, text="Hidden act", due=DAY
    )
    remind(today=date(2026, 6, 15))
    ((to, body),) = told()
    assert to == manager.email != other.email
    assert "A restricted review: 5 working days left" in body
    assert "An action on a restricted review: due 1 June 2026." in body
    assert notified.title not in body
    assert "Hidden" not in body


def test_an_agency_is_told_of_its_own_actions_until_they_are_done(rapid, manager):
    police = factories.person(Role.ANALYST, "police")
    council = factories.person(Role.ANALYST, "council")
    asked = actions.save_part(by=manager, review=rapid, part=Recommendation(), text="Ask.")
    action = actions.add_action(
        by=manager, recommendation=asked, agency=police.agency, text="Train officers.", due=DAY
    )
    Review.objects.update(due=None)
    assert remind(today=date(2026, 5, 20)) == 0
    assert remind(today=date(2026, 5, 26)) == 1
    ((to, body),) = told()
    assert to == police.email != council.email
    assert "Train officers.: due 1 June 2026." in body
    actions.report_action(
        by=police, action=action, state="done", progress="All are trained.", done_on=DAY
    )
    assert remind(today=date(2026, 6, 15)) == 0


@pytest.fixture
def round_(area, manager):
    standard = Standard.objects.create(number=5, name="Training", about="All are trained.")
    return actions.open_round(
        by=manager,
        year=parse("2026-27"),
        area=area,
        standards=[standard],
        agencies=[factories.agency("police")],
        due=DAY,
    )


def test_an_agency_is_asked_reminded_and_asked_no_more_once_it_has_sent(round_, manager):
    police = factories.person(Role.ANALYST, "police")
    sent = [
        day for day in (date(2026, 4, 1), date(2026, 4, 2), date(2026, 5, 27)) if remind(today=day)
    ]
    assert sent == [date(2026, 4, 1), date(2026, 5, 27)]
    assert [to for to, _ in told()] == [police.email] * 2
    answer = actions.assess(
        by=police,
        round_=round_,
        agency=police.agency,
        standard=round_.standards.get(),
        rating="green",
        evidence="Nine of ten.",
        to_improve="",
        send=True,
    )
    assert remind(today=date(2026, 6, 15)) == 0
    actions.challenge(by=manager, assessment=answer, text="By when?")
    asked = PeerChallenge.objects.get()
    day = asked.at.date()
    while not remind(today=day):
        day += timedelta(days=1)  # over a weekend nothing is sent
    ((to, body),) = told()
    assert to == police.email
    assert "a peer asks about Standard 5: Training" in body


def test_a_recommendation_that_was_to_be_audited_again_is_told_to_the_manager(rapid, manager):
    Review.objects.update(due=None)
    asked = actions.save_part(by=manager, review=rapid, part=Recommendation(), text="Ask.")
    actions.record_evidence(
        by=manager, recommendation=asked, evidence="", evidence_on=None, re_audit_due=DAY
    )
    assert remind(today=DAY) == 0
    assert remind(today=date(2026, 6, 2)) == 1
    assert "to be audited again by 1 June 2026" in told()[0][1]


def test_weekends_and_people_who_want_no_reminders_are_left_alone(notified, manager):
    assert remind(today=date(2026, 6, 20)) == 0
    choose_mail(by=manager, reminders=False)
    assert remind(today=date(2026, 6, 22)) == 0
