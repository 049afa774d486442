"""The calendar of returns in the database: exemptions, the indicators of punctuality, reminders and the digest."""

import smtplib
from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail

from lscb.models import Agency, Area, AuditEvent, Person, Role
from lscb.periods import parse
from performance import actions
from performance.actions import calendar
from performance.indicators.duties import Standing
from performance.intake.codes import code_list
from performance.models import Exemption, MailChoice, Observation, Submission
from tests.performance.conftest import LUTON

APRIL = "month,kind,count\n2026-04,crime,61\n2026-04,incident,30\n2026-04,contact,20\n"


@pytest.fixture
def only_luton(places):
    """Everybody sends for Luton only, and only the police and the partnership unit take part."""
    luton = Area.objects.get(code=LUTON)
    for agency in Agency.objects.all():
        agency.areas.set([luton] if agency.slug in ("police", "partnership") else [])
    return luton


def received_on(submission, day):
    Submission.objects.filter(pk=submission.pk).update(received_at=f"{day}T12:00:00+00:00")


def of_police(today):
    return [one for one in calendar.all_duties(today) if one.return_id == "police-da"]


def test_the_calendar_follows_what_was_sent(only_luton, send):
    submission = send(APRIL, period="2026-04")
    assert submission.state == "accepted"
    received_on(submission, "2026-05-10")
    found = of_police(date(2026, 6, 20))
    assert [one.standing for one in found] == [Standing.ACCEPTED, Standing.LATE, Standing.DUE]
    assert found[0].delivery == submission.pk


def test_a_refused_or_withdrawn_file_is_as_if_nothing_came(only_luton, send, manager):
    send("month,kind,count\n2026-04,weather,1\n", period="2026-04")
    taken = send(APRIL, period="2026-04")
    actions.withdraw(by=manager, submission=taken, reason="wrong area")
    assert of_police(date(2026, 6, 1))[0].standing is Standing.LATE


def test_the_manager_says_what_is_not_applicable_and_takes_it_back(only_luton, manager):
    police = Agency.objects.get(slug="police")
    given = {"by": manager, "return_id": "police-da", "agency": police, "area": None}
    made = calendar.exempt(**given, starts=parse("2026-04"), ends=None, reason="new system")
    first = of_police(date(2026, 6, 1))[0]
    assert (first.standing, first.reason) == (Standing.NOT_APPLICABLE, "new system")
    calendar.end_exemption(by=manager, exemption=made)
    assert of_police(date(2026, 6, 1))[0].standing is Standing.LATE
    said = AuditEvent.objects.filter(action__startswith="return ").values_list("action", flat=True)
    assert sorted(said) == ["return applicable again", "return not applicable"]


@pytest.mark.once
@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reason": " "}, "Say why"),
        ({"return_id": "referrals"}, "does not owe"),
        ({"return_id": "returns-calendar"}, "does not owe"),
        ({"ends": parse("2026-03")}, "before the first"),
    ],
)
def test_an_exemption_that_cannot_be_is_refused(only_luton, manager, changed, says):
    given = {
        "return_id": "police-da",
        "agency": Agency.objects.get(slug="police"),
        "area": None,
        "starts": parse("2026-04"),
        "ends": None,
        "reason": "new system",
    } | changed
    with pytest.raises(calendar.CalendarRefused, match=says):
        calendar.exempt(by=manager, **given)
    assert not Exemption.objects.exists()


@pytest.mark.once
def test_an_analyst_cannot_free_their_own_agency(only_luton, analyst):
    police = Agency.objects.get(slug="police")
    with pytest.raises(PermissionDenied):
        calendar.exempt(
            by=analyst, return_id="police-da", agency=police, area=None,
            starts=parse("2026-04"), ends=None, reason="please",
        )  # fmt: skip


@pytest.mark.once
def test_punctuality_and_completeness_become_indicators(only_luton, send):
    received_on(send(APRIL, period="2026-04"), "2026-05-10")
    made = actions.record_calendar(today=date(2026, 7, 1))
    assert [(one.period_code, one.state) for one in made] == [
        ("2026-05", "accepted"),
        ("2026-06", "accepted"),
    ]

    def share(indicator, period, category="police", breakdown="agency"):
        row = Observation.objects.get(
            area__code=LUTON,
            indicator=indicator,
            period=period,
            period_type="month",
            breakdown=breakdown,
            category=category,
        )
        return row.numerator, row.denominator

    assert share("GV01", "2026-05") == (1, 1)  # April's return, due in May
    assert share("GV01", "2026-06") == (0, 1)
    assert share("GV01", "2026-05", "all", "all") == (1, 1)
    supplied, asked = share("GV02", "2026-05")
    assert 0 < supplied <= asked
    assert share("GV02", "2026-06")[0] == 0


def test_agencies_of_one_type_are_recorded_each_by_name_and_add_up(places, manager):
    luton = Area.objects.get(code="E06000032")
    for agency in Agency.objects.all():
        agency.areas.set(
            [luton] if agency.slug in ("hospitals", "mental-health", "partnership") else []
        )
    actions.record_calendar(today=date(2026, 9, 1))
    rows = Observation.objects.filter(
        area=luton, indicator="GV01", period_type="month", breakdown="named_agency"
    )
    assert rows.exists()
    for month in set(rows.values_list("period", flat=True)):
        each = {one.category: one.denominator for one in rows.filter(period=month)}
        whole = Observation.objects.get(
            area=luton,
            indicator="GV01",
            period_type="month",
            period=month,
            breakdown="agency",
            category="health",
        )
        assert each["hospitals"] + each["mental-health"] == whole.denominator


def test_every_agency_that_owes_a_return_is_in_the_list_of_agencies_by_name(places):
    owing = {duty.agency for duty in calendar.all_duties(date(2026, 7, 1))}
    assert owing <= {one.code for one in code_list("named_agency")}


def test_what_is_unchanged_is_not_recorded_again_and_what_changed_is(only_luton, send):
    today = date(2026, 7, 1)
    assert len(actions.record_calendar(today=today)) == 2
    assert actions.record_calendar(today=today) == []
    received_on(send(APRIL, period="2026-04"), "2026-05-10")
    assert [one.period_code for one in actions.record_calendar(today=today)] == ["2026-05"]


@pytest.mark.once
def test_nobody_can_send_the_programs_own_return(only_luton, send, manager):
    with pytest.raises(actions.SubmissionRefused, match="program"):
        send("period\n", return_id="returns-calendar", agency="partnership", by=manager)


def mailed(today):
    mail.outbox.clear()
    actions.remind(today=date.fromisoformat(today))
    return {one.to[0]: one for one in mail.outbox}


@pytest.fixture
def settled_police(only_luton, send, analyst):
    """An analyst of the police; April's return came in time."""
    received_on(send(APRIL, period="2026-04"), "2026-05-10")
    return analyst


@pytest.mark.once
def test_analysts_are_reminded_before_after_and_once_more_with_a_link(settled_police):
    assert mailed("2026-06-08") == {}  # May is due on 12 June
    before = mailed("2026-06-10")[settled_police.email]
    assert before.subject == "Returns: 1 due soon"
    assert f"/returns/police-da/upload/?period=2026-05&area={LUTON}" in before.body
    assert mailed("2026-06-11") == {}
    assert mailed("2026-06-15")[settled_police.email].subject == "Returns: 1 late"
    assert mailed("2026-06-16") == {}
    assert mailed("2026-06-22")[settled_police.email].subject == "Returns: 1 late"
    assert mailed("2026-06-23") == {}


@pytest.mark.once
def test_nothing_is_mailed_on_days_off(settled_police):
    assert mailed("2026-06-13") == {}
    assert mailed("2026-08-31") == {}


@pytest.mark.once
def test_somebody_who_wants_no_mails_gets_none_and_may_change_their_mind(settled_police):
    actions.choose_mail(by=settled_police, reminders=False)
    assert mailed("2026-06-15") == {}
    actions.choose_mail(by=settled_police, reminders=True)
    assert settled_police.email in mailed("2026-06-15")
    assert MailChoice.objects.count() == 1


@pytest.mark.once
def test_an_e_mail_that_cannot_be_sent_is_tried_again_and_keeps_nobody_else_from_theirs(
    settled_police, manager, monkeypatch
):
    def broken(subject, body, sender, to):
        if to == [settled_police.email]:
            raise smtplib.SMTPRecipientsRefused({})
        send_mail(subject, body, sender, to)

    with monkeypatch.context() as patch:
        patch.setattr("performance.actions.reminders.send_mail", broken)
        assert set(mailed("2026-07-01")) == {manager.email}
    assert set(mailed("2026-07-02")) == {settled_police.email}


@pytest.mark.once
def test_a_file_that_was_sent_and_not_submitted_is_recalled_with_its_page(settled_police, send):
    held = send(APRIL.replace("-04", "-05"), period="2026-05", by=settled_police, previewed=True)
    received_on(held, "2026-06-03")
    first = mailed("2026-06-04")[settled_police.email]
    assert first.subject == "Returns: 1 not finished"
    assert f"/submissions/{held.pk}/" in first.body
    assert mailed("2026-06-15") == {}
    assert mailed("2026-06-22")[settled_police.email].subject == "Returns: 1 not finished"
    answers = {one.code: "Checked." for one in held.problems.all()}
    actions.submit(by=settled_police, submission=held, answers=answers)
    assert mailed("2026-06-23") == {}


@pytest.mark.once
def test_the_manager_gets_a_digest_once_a_month(settled_police, manager):
    digest = mailed("2026-07-01")[manager.email]
    assert "June 2026" in digest.subject
    assert "Bedfordshire Police: 0 of 1 on time" in digest.body
    assert "late: Domestic abuse recorded by the police, Luton, May 2026" in digest.body
    assert manager.email not in mailed("2026-07-02")
    assert manager.email in mailed("2026-08-03")


@pytest.mark.once
def test_a_disabled_person_gets_no_mail(settled_police):
    Person.objects.filter(role=Role.ANALYST).update(is_active=False)
    assert mailed("2026-06-15") == {}
