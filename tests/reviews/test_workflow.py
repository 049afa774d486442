"""Kinds, states and steps as data; time limits in working days, Easter and all."""

from datetime import date

import pytest

from reviews import workflow
from reviews.workflow import KINDS, dues, months_later
from tests.reviews.conftest import LAST_DAY, NOTIFIED

RAPID = KINDS["rapid-review"]


def last(days: dict[str, date | None], today: date) -> workflow.Due:
    return dues(RAPID, days, today)[0]


def test_every_kind_that_the_issue_names_is_there():
    assert set(KINDS) == {
        *("rapid-review", "cspr", "scr", "learning-review", "contribution"),
        *("multi-agency-audit", "single-agency-audit", "inspection"),
    }


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_state_is_reached_from_the_first_and_no_step_leads_nowhere(kind):
    codes = [state.code for state in kind.states]
    reached, ahead = {codes[0]}, [codes[0]]
    while ahead:
        for step in kind.steps_from(ahead.pop()):
            assert step.target in codes
            if step.target not in reached:
                reached.add(step.target)
                ahead.append(step.target)
    assert reached == set(codes) == set(codes) | {step.source for step in kind.steps}
    for limit in kind.limits:
        assert {limit.starts, limit.met_by} <= set(codes)
    for step in kind.steps:
        assert not step.opens or step.opens in KINDS


def test_the_way_of_a_rapid_review():
    ways = {(step.source, step.target) for step in RAPID.steps}
    assert ways == {
        ("known", "notified"),
        ("notified", "sent"),
        ("sent", "panel-view"),
        ("panel-view", "led-to-cspr"),
        ("panel-view", "no-further-review"),
    }


def test_a_serious_incident_is_notified_within_five_working_days():
    [due] = dues(RAPID, {"known": NOTIFIED}, date(2026, 3, 27))
    assert (due.day, due.words, due.colour) == (
        date(2026, 3, 30),
        "1 working day left",
        "amber",
    )
    [first, second] = dues(RAPID, {"known": NOTIFIED, "notified": date(2026, 3, 31)}, NOTIFIED)
    assert (first.words, first.colour) == ("1 working day late", "red")
    assert second.is_open


def test_fifteen_working_days_leave_out_weekends_and_easter():
    due = last({"notified": NOTIFIED}, NOTIFIED)
    assert (due.day, due.left, due.words, due.colour) == (
        LAST_DAY,
        15,
        "15 working days left",
        "blue",
    )
    numbered = workflow.calendar(due, NOTIFIED)
    assert [number for number, _ in numbered] == list(range(1, 16))
    days = [day for _, day in numbered]
    assert days[-1] == LAST_DAY
    assert not {date(2026, 4, 3), date(2026, 4, 6), date(2026, 3, 28)} & set(days)


@pytest.mark.parametrize(
    ("today", "words", "colour"),
    [
        (date(2026, 4, 7), "6 working days left", "blue"),
        (date(2026, 4, 8), "5 working days left", "amber"),
        (date(2026, 4, 14), "1 working day left", "amber"),
        (LAST_DAY, "due today", "amber"),
        (date(2026, 4, 16), "1 working day late", "red"),
        (date(2026, 4, 20), "3 working days late", "red"),
    ],
)
def test_a_limit_is_told_before_it_is_missed(today, words, colour):
    due = last({"notified": NOTIFIED}, today)
    assert (due.words, due.colour) == (words, colour)


def test_a_limit_that_was_met_stays_met_and_a_late_one_late():
    later = date(2026, 9, 1)
    met = last({"notified": NOTIFIED, "sent": LAST_DAY}, later)
    assert (met.words, met.is_open, met.colour) == ("in time", False, "green")
    late = last({"notified": NOTIFIED, "sent": date(2026, 4, 17)}, later)
    assert (late.words, late.colour) == ("2 working days late", "red")


def test_a_limit_whose_days_are_not_known_says_nothing():
    assert dues(RAPID, {"notified": None}, LAST_DAY) == []
    assert dues(RAPID, {"notified": NOTIFIED, "sent": None}, LAST_DAY) == []


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 3, 23), 6, date(2026, 9, 23)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_months_end_on_a_day_that_there_is(day, months, after):
    assert months_later(day, months) == after
