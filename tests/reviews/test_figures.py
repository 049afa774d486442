"""The register's counts become figures through intake, month by month, and indicators like any other."""

from datetime import date

import pytest

from lscb import periods
from performance.actions import process, receive
from performance.models import Figure, Observation, State, Submission
from reviews import actions, queries
from reviews.figures import RETURN, lines, send_figures
from reviews.models import AuditCase
from tests import factories
from tests.reviews.test_section11 import assess, open_round

pytestmark = pytest.mark.django_db
MARCH, APRIL = periods.parse("2026-03"), periods.parse("2026-04")
TODAY = date(2026, 5, 4)


def told(area, month):
    return {
        (item, category): (top, bottom) for item, _, category, top, bottom in lines(area, month)
    }


def test_a_rapid_review_counts_when_it_began_and_its_limit_when_it_ended(area, rapid, manager):
    assert told(area, MARCH)["rapid-reviews", "all"] == (1, None)
    assert told(area, MARCH)["rapid-reviews-in-time", "all"] == (0, 0)
    assert told(area, APRIL)["rapid-reviews", "all"] == (0, None)
    assert told(area, APRIL)["rapid-reviews-in-time", "all"] == (0, 1)
    actions.take_step(by=manager, review=rapid, code="send", on=date(2026, 4, 15), text="Why.")
    assert told(area, APRIL)["rapid-reviews-in-time", "all"] == (1, 1)


def test_the_days_for_the_notification_are_not_counted_among_the_fifteen(area, manager):
    found = actions.add_review(
        by=manager, kind="rapid-review", title="Child D", area=area, on=date(2026, 4, 1)
    )
    actions.take_step(by=manager, review=found, code="notify", on=date(2026, 4, 2))
    assert len(queries.dues(found, date(2026, 4, 30))) == 2  # both ended in April
    assert told(area, APRIL)["rapid-reviews-in-time", "all"] == (0, 1)


def test_practice_reviews_count_where_they_stood_on_the_last_day(area, manager):
    review = actions.add_review(
        by=manager, kind="cspr", title="Child C", area=area, on=date(2026, 3, 30)
    )
    for code, day in (("start", date(2026, 4, 1)), ("complete", date(2026, 4, 30))):
        actions.take_step(by=manager, review=review, code=code, on=day)
    assert told(area, MARCH)["practice-reviews", "underway"] == (1, None)
    assert told(area, APRIL)["practice-reviews", "underway"] == (0, None)
    assert told(area, APRIL)["practice-reviews", "completed"] == (1, None)


def test_an_audits_cases_count_as_they_were_judged_altogether(area, audit, manager):
    for number, (grade, voice) in enumerate((("good", "yes"), ("requires", "no"), ("", "")), 1):
        case = actions.save_part(
            by=manager, review=audit, part=AuditCase(), number=number, voice=voice
        )
        if grade:
            actions.save_judgement(by=manager, case=case, agency=None, grade=grade)
    for code, day in (("start", date(2026, 4, 1)), ("complete", date(2026, 4, 20))):
        actions.take_step(by=manager, review=audit, code=code, on=day)
    found = told(area, APRIL)
    assert found["multi-agency-audits", "all"] == (1, None)
    assert found["audited-cases-good", "all"] == (1, 2)
    assert found["audited-cases-voice", "all"] == (1, 2)


def test_section_11_counts_what_was_judged_in_a_round_that_was_closed(area, manager):
    police, council = (factories.person("analyst", one) for one in ("police", "council"))
    round_ = open_round(manager, area)
    assess(police, round_, rating="green")
    assess(council, round_, rating="red")
    actions.close_round(by=manager, round_=round_, on=date(2026, 4, 9))
    assert told(area, APRIL)["section-11-standards-met", "all"] == (1, 2)
    assert told(area, MARCH)["section-11-standards-met", "all"] == (0, 0)


def test_what_the_sample_brought_is_not_counted_again(area):
    actions.add_review(
        by=None, kind="rapid-review", title="Child S", area=area, on=date(2026, 3, 2)
    )
    assert told(area, MARCH)["rapid-reviews", "all"] == (0, None)


def test_counts_arrive_as_indicators_once_for_each_month_that_is_over(area, sender, rapid):
    made = send_figures(today=TODAY)
    assert {one.state for one in made} == {State.ACCEPTED}
    assert sorted((one.return_id, one.period_code) for one in made) == [
        ("figures", "2026-03"),
        ("figures", "2026-04"),
        (RETURN, "2026-03"),
        (RETURN, "2026-04"),
    ]
    observed = Observation.objects.get(
        indicator="AU05", area=area, period="2026-04", period_type="month"
    )
    assert (observed.numerator, observed.denominator, observed.value) == (0, 1, 0)
    counted = Observation.objects.get(
        indicator="AU04", area=area, period="2026-03", period_type="month"
    )
    assert counted.value == 1
    assert send_figures(today=TODAY) == []


def test_what_somebody_sent_by_hand_is_never_replaced(area, sender, rapid):
    by_hand = receive(
        by=None,
        return_id="figures",
        agency=sender,
        area=area,
        period=periods.parse("2025-26"),
        filename="by-hand.csv",
        content=b"period,item,breakdown,category,numerator,denominator,value\n"
        b"2025-26,rapid-reviews,all,all,3,,\n",
        ring=False,
    )
    process(submission_id=by_hand.pk)
    made = send_figures(today=TODAY)
    assert ("figures", "2026-03") not in {(one.return_id, one.period_code) for one in made}
    by_hand.refresh_from_db()
    assert by_hand.state == State.ACCEPTED
    current = Figure.objects.filter(current=True, item="rapid-reviews", period="2025-26")
    assert current.get().count == 3


def test_a_change_is_sent_anew_and_the_old_file_stays_readable(area, sender, rapid, manager):
    send_figures(today=TODAY)
    actions.take_step(by=manager, review=rapid, code="send", on=date(2026, 4, 15), text="Why.")
    (again,) = send_figures(today=TODAY)
    assert (again.return_id, again.period_code) == (RETURN, "2026-04")
    states = Submission.objects.filter(return_id=RETURN, period_code="2026-04")
    assert sorted(states.values_list("state", flat=True)) == ["accepted", "superseded"]


def test_the_only_review_is_taken_out_of_the_counts_once_it_is_restricted(
    area, sender, rapid, manager
):
    send_figures(today=TODAY)
    actions.change_review(by=manager, review=rapid, restricted=True, people=[manager])
    again = {(one.return_id, one.period_code) for one in send_figures(today=TODAY)}
    assert again == {("figures", "2026-03"), (RETURN, "2026-04")}
    counted = Observation.objects.get(
        indicator="AU04", area=area, period="2026-03", period_type="month"
    )
    assert counted.value == 0
    assert send_figures(today=TODAY) == []
    actions.change_review(by=manager, review=rapid, restricted=False)
    assert len(send_figures(today=TODAY)) == 2
