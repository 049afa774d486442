"""What agencies owe and where it stands: the rules of the calendar of returns."""

from datetime import date

import pytest

from lscb.periods import parse
from performance.indicators import duties as rules
from performance.indicators.duties import Delivery, Duty, Exempt, Owing, Standing
from performance.intake.spec import returns

LUTON = "E06000032"
POLICE = Owing("police", "police", (LUTON,))
SINCE = parse("2026-04")


def owed(today, *, agencies=(POLICE,), exemptions=(), deliveries=(), since=SINCE):
    return rules.duties(
        agencies, exemptions, deliveries, since=since, today=date.fromisoformat(today)
    )


def delivery(code, on, *, accepted=True, number=1):
    return Delivery(
        number, "police-da", "police", LUTON, parse(code), date.fromisoformat(on), accepted
    )


def standing(code, today, **given):
    return next(one.standing for one in owed(today, **given) if one.period == parse(code))


def test_an_agency_owes_what_its_type_owes_for_each_month_since_the_start():
    found = owed("2026-06-15")
    assert [(one.return_id, one.period.code) for one in found] == [
        ("police-da", "2026-04"),
        ("police-da", "2026-05"),
        ("police-da", "2026-06"),
    ]


def test_the_deadline_counts_working_days_after_the_period():
    assert rules.deadline(returns()["police-da"], parse("2026-04")) == date(2026, 5, 15)


@pytest.mark.parametrize(
    ("today", "expected"),
    [("2026-05-15", Standing.DUE), ("2026-05-16", Standing.LATE)],
)
def test_a_return_is_late_on_the_day_after_its_deadline(today, expected):
    assert standing("2026-04", today) is expected


@pytest.mark.parametrize(
    ("on", "accepted", "expected"),
    [
        ("2026-05-15", True, Standing.ACCEPTED),
        ("2026-05-18", True, Standing.ACCEPTED_LATE),
        ("2026-05-15", False, Standing.RECEIVED),
    ],
)
def test_what_came_decides_where_a_return_stands(on, accepted, expected):
    sent = [delivery("2026-04", on, accepted=accepted)]
    assert standing("2026-04", "2026-06-01", deliveries=sent) is expected


def test_a_corrected_file_does_not_make_a_timely_return_late():
    sent = [delivery("2026-04", "2026-06-20", number=2), delivery("2026-04", "2026-05-10")]
    found = next(one for one in owed("2026-07-01", deliveries=sent))
    assert (found.standing, found.delivery) == (Standing.ACCEPTED, 1)


def test_a_quarter_is_taken_once_its_three_months_are():
    council = Owing("council", "council", (LUTON,))
    months = [
        Delivery(n, "gcp2", "council", LUTON, parse(code), date(2026, 7, n), accepted=True)
        for n, code in enumerate(("2026-04", "2026-05", "2026-06"), start=1)
    ]

    def quarter(deliveries):
        found = owed("2026-07-10", agencies=[council], deliveries=deliveries)
        return next(one for one in found if one.return_id == "gcp2")

    assert quarter(months[:2]).standing is Standing.DUE
    assert (quarter(months).standing, quarter(months).delivery) == (Standing.ACCEPTED, 3)


def test_a_year_of_rows_covers_its_months():
    sent = [delivery("2026-27", "2026-05-10")]
    assert standing("2026-04", "2026-05-20", deliveries=sent) is Standing.ACCEPTED


def exemption(starts, ends, area=LUTON):
    last = date.fromisoformat(ends) if ends else None
    return Exempt("police-da", "police", area, date.fromisoformat(starts), last, "no data then")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (exemption("2026-04-01", "2026-04-30"), Standing.NOT_APPLICABLE),
        (exemption("2026-01-01", None, area=None), Standing.NOT_APPLICABLE),
        (exemption("2026-04-02", None), Standing.LATE),
        (exemption("2026-04-01", None, area="E06000055"), Standing.LATE),
    ],
)
def test_a_period_wholly_within_an_exemption_is_not_owed(given, expected):
    assert standing("2026-04", "2026-06-01", exemptions=[given]) is expected


def test_what_was_sent_counts_although_it_was_not_owed():
    given = {"exemptions": [exemption("2026-04-01", None)]}
    sent = [delivery("2026-04", "2026-05-01")]
    assert standing("2026-04", "2026-06-01", deliveries=sent, **given) is Standing.ACCEPTED


def test_an_agency_owes_only_for_periods_at_whose_end_it_existed():
    closed = Owing("police", "police", (LUTON,), valid_to=date(2026, 5, 31))
    assert [one.period.code for one in owed("2026-08-01", agencies=[closed])] == [
        "2026-04",
        "2026-05",
    ]


def test_national_publishers_and_the_program_itself_owe_nothing():
    others = [Owing("dfe", "national", (LUTON,)), Owing("unit", "partnership", (LUTON,))]
    assert {one.return_id for one in owed("2026-08-01", agencies=others)} == {"figures", "gcp2", "training"}  # fmt: skip
    assert {one.agency for one in owed("2026-08-01", agencies=others)} == {"unit"}


def test_a_return_is_asked_only_for_indicators_of_its_own_frequency_and_sender():
    asked = {one.id for one in rules.asked_of(returns()["police-da"], "police")}
    assert "DA01" in asked
    council = {one.id for one in rules.asked_of(returns()["figures"], "council")}
    health = {one.id for one in rules.asked_of(returns()["figures"], "health")}
    assert not council & health
    assert not council & asked


def test_duties_can_be_compared_and_only_applicable_ones_count():
    duty = Duty("police-da", "police", "police", LUTON, parse("2026-04"), date(2026, 5, 15))
    assert duty.counts
    assert not duty.on_time
