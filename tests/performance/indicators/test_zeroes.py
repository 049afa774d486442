"""A category that a whole period leaves out is 0; where categories do not make up the total it stays missing."""

from decimal import Decimal

from django.test import Client

from lscb.models import Role
from lscb.periods import parse
from performance.indicators.series import Value
from performance.indicators.zeroes import filled
from tests import factories

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
    assert amounts(filled(known, totals))["schools", "2025-05"] == 0
    assert ("schools", "2025-05") not in amounts(filled(known, [count("2025-05", "all", 7)]))
    assert ("schools", "2025-05") not in amounts(filled(known, [])), (
        "without its total, nothing is known"
    )


def test_shares_printed_numbers_and_what_was_held_back_are_left_as_they_are():
    police, total = count("2025-05", "police", 5), count("2025-05", "all", 5)
    earlier = count("2025-04", "schools", 2)
    for there, whole in (
        ([police._replace(published=True)], total),
        ([police], total._replace(published=True)),
        ([police._replace(denominator=Decimal(5))], total),
        ([police, count("2025-05", "health", None)], total),
    ):
        assert ("schools", "2025-05") not in amounts(filled([earlier, *there], [whole]))


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
