"""A category that a whole period leaves out is 0; where categories do not make up the total it stays missing."""

from decimal import Decimal

import pytest
from django.test import Client

from lscb.models import Role
from lscb.periods import parse
from performance.indicators.series import Break, Value
from performance.indicators.spec import indicators
from performance.indicators.zeroes import filled
from tests import factories

FD01, FD13 = indicators()["FD01"], indicators()["FD13"]
FILE = "date,source,issue,outcome\n"
SENT = {
    "2025-04": ["2025-04-02,police,neglect,new-referral"] * 4
    + ["2025-04-03,schools,neglect,new-referral"] * 2,
    "2025-05": ["2025-05-06,police,neglect,new-referral"] * 5,
}


def count(period: str, category: str, number: int | None, **more) -> Value:
    status = "not available" if number is None else "reported"
    amount = None if number is None else Decimal(number)
    return Value(
        "FD01", "E06000032", "month", parse(period), "source" if category != "all" else "all", category,
        amount, None, None if number is None else float(number), None, None, status, 1, 1, **more,
    )  # fmt: skip


def amounts(values: list[Value]) -> dict[tuple[str, str], float | None]:
    return {(one.category, one.period.code): one.value for one in values}


def test_what_a_whole_period_leaves_out_is_zero_and_what_another_leaves_open_is_not():
    known = [
        count("2025-04", "police", 4),
        count("2025-04", "schools", 2),
        count("2025-05", "police", 5),
    ]
    totals = [count("2025-04", "all", 6), count("2025-05", "all", 5)]
    assert amounts(filled(FD01, known, totals))["schools", "2025-05"] == 0
    assert ("schools", "2025-05") not in amounts(filled(FD01, known, [count("2025-05", "all", 7)]))
    assert ("schools", "2025-05") not in amounts(filled(FD01, known, [])), (
        "without its total, nothing is known"
    )


def test_printed_numbers_and_what_was_held_back_are_left_as_they_are():
    police, total = count("2025-05", "police", 5), count("2025-05", "all", 5)
    earlier = count("2025-04", "schools", 2)
    for there, whole in (
        ([police._replace(published=True)], total),
        ([police], total._replace(published=True)),
        ([police._replace(denominator=Decimal(5))], total),
        ([police, count("2025-05", "health", None)], total),
    ):
        assert ("schools", "2025-05") not in amounts(filled(FD01, [earlier, *there], [whole]))


def share(period: str, source: str, top: int, bottom: int = 10, **more) -> Value:
    return count(period, source, top)._replace(
        indicator="FD13", denominator=Decimal(bottom), value=100 * top / bottom, **more
    )


def test_a_share_of_a_whole_that_the_others_make_up_is_none_of_it_with_its_interval():
    april = [share("2025-04", "police", 6), share("2025-04", "schools", 4)]
    may = [share("2025-05", "police", 10)]
    (none,) = [one for one in filled(FD13, [*april, *may]) if one not in april + may]
    assert (none.category, none.period.code) == ("schools", "2025-05")
    assert (none.numerator, none.denominator, none.value) == (0, 10, 0)
    # Wilson for 0 of 10, as the R package binom gives it: 0 to 0.2775328
    assert none.lower == 0 and none.upper == pytest.approx(27.75328, abs=1e-5)
    for open_ in (
        [share("2025-05", "police", 9)],
        [share("2025-05", "police", 10, published=True)],
        [share("2025-05", "police", 10)._replace(status="suppressed", numerator=None)],
    ):
        assert len(filled(FD13, [*april, *open_])) == len(april + open_)


def test_a_share_of_a_category_s_own_number_stays_missing_because_it_may_be_none_of_none():
    listed = [share("2025-04", "schools", 4), share("2025-05", "police", 10)]
    assert filled(indicators()["FD07"], listed) == sorted(listed, key=lambda one: one.category)


def test_no_category_is_none_where_a_break_lies_between_because_it_may_not_have_been_one():
    local = (Break(parse("2025-05"), "shares follow local groups"),)
    april = [share("2025-04", "police", 10, breaks=local)]
    may = [share("2025-05", one, 5, breaks=local) for one in ("police", "parent")]
    june = [share("2025-06", "police", 10, breaks=local)]
    new = amounts([one for one in filled(FD13, april + may + june) if not one.numerator])
    assert new == {("parent", "2025-06"): 0}
    totals = [count(f"2025-0{month}", "all", 10, breaks=local) for month in (4, 5, 6)]
    listed = [one._replace(denominator=None) for one in april + may + june]
    assert amounts([one for one in filled(FD01, listed, totals) if not one.numerator]) == new


def test_a_group_that_was_only_ever_printed_is_of_another_list_and_none_where_counts_make_up_the_whole():
    april = [share("2025-04", "police", 10)]
    printed = share("2025-05", "parent", 1)._replace(
        numerator=None, denominator=None, published=True
    )
    may = [share("2025-05", "police", 9), printed]
    assert filled(FD13, [*april, *may]) == sorted([*april, *may], key=lambda one: one.category)


def test_tables_and_numbers_say_zero_where_no_contact_came_from_a_source_in_a_month(send):
    for month, rows in SENT.items():
        text = FILE + "\n".join(rows) + "\n"
        sent = send(text, return_id="mash-contacts", agency="council", period=month)
        assert sent.state == "accepted", [one.message for one in sent.problems.all()]
    client = Client()
    client.force_login(factories.person(Role.SUBGROUP))
    where = "/indicators/FD01/?period=month&breakdown=source"
    panel = client.get(where).context["panel"]
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in panel.rows}
    assert rows == {"Police": ["5", "4"], "Schools": ["0", "2"]}
    number = "/indicators/FD01/numbers/2025-05/?kind=month&breakdown=source&category=schools"
    assert client.get(number).context["value"].value == 0
