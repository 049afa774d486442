"""A wider area without figures of its own: sums over sums of its parts, and never silently smaller."""

from decimal import Decimal

import pytest

from lscb.periods import parse
from performance.indicators.book import Book, Reading
from performance.indicators.compute import compute, targets
from performance.indicators.rollup import together
from performance.indicators.series import Value
from performance.indicators.spec import indicators
from performance.indicators.sums import Sum
from performance.intake.spec import NOT_AVAILABLE, NOT_SUBMITTED, REPORTED, SUPPRESSED

YEAR = parse("2024-25")
AREAS = ("A", "B", "C")


def referrals(
    book: Book, count: int | None, status: str = REPORTED, period: str = "2024-25"
) -> None:
    """The total of a period's referrals."""
    number = None if count is None else Decimal(count)
    book.add("Referral", parse(period), ("all",) * 4, Reading(number, status=status))


def figure(book: Book, item: str, count: int) -> None:
    """A figure of the year."""
    book.add("Figure", YEAR, (item, "all", "all"), Reading(Decimal(count)))


def books(counts: dict[str, int], children: dict[str, int]) -> list[Book]:
    """A book for each part, with its referrals and its children where they are named."""
    found = [Book(code) for code in AREAS]
    for book in found:
        if book.area in counts:
            referrals(book, counts[book.area])
        if book.area in children:
            figure(book, "population-0-17", children[book.area])
    return found


def rolled(indicator: str, parts: list[Book], own: Book | None = None) -> Value:
    """The wider area's value of the year."""
    found = compute(indicators()[indicator], own or Book("wide"), targets([YEAR]), parts)
    return next(one for one in found if (one.period_type, one.breakdown) == ("year", "all"))


def test_counts_add_and_the_areas_are_named() -> None:
    one = rolled("FD03", books({"A": 10, "B": 20, "C": 12}, {}))
    assert (one.value, one.area, one.parts, one.lacking) == (42.0, "wide", "A B C", "")
    assert one.is_rolled_up


def test_a_rate_is_the_sum_of_counts_over_the_sum_of_populations() -> None:
    parts = books({"A": 10, "B": 90, "C": 0}, {"A": 1000, "B": 1000, "C": 8000})
    one = rolled("FD04", parts)
    assert (one.numerator, one.denominator) == (100, 10_000)
    assert one.value == pytest.approx(100.0)  # the mean of the three rates would be 333


@pytest.mark.parametrize(
    ("counts", "children", "lacking"),
    [
        ({"A": 10, "B": 20}, {"A": 100, "B": 100, "C": 100}, "C"),
        ({"A": 10, "B": 20, "C": 1}, {"A": 100, "C": 100}, "B"),
        ({"A": 10}, {"A": 100, "C": 100}, "B C"),
    ],
)
def test_a_part_that_is_missing_is_named_and_there_is_no_smaller_sum(
    counts: dict[str, int], children: dict[str, int], lacking: str
) -> None:
    one = rolled("FD04", books(counts, children))
    assert (one.value, one.status, one.lacking) == (None, NOT_SUBMITTED, lacking)
    assert one.is_partial
    assert one.coverage == f"{3 - len(lacking.split())} of 3 areas"


def test_a_part_that_is_suppressed_makes_the_whole_suppressed() -> None:
    parts = books({"A": 10, "B": 20}, {})
    referrals(parts[2], None, SUPPRESSED)
    one = rolled("FD03", parts)
    assert (one.value, one.status, one.lacking) == (None, SUPPRESSED, "C")


def test_an_own_figure_of_the_area_wins() -> None:
    own = Book("wide")
    referrals(own, 40)
    one = rolled("FD03", books({"A": 10, "B": 20, "C": 12}, {}), own)
    assert (one.value, one.parts) == (40.0, "")


def test_a_year_of_one_part_may_come_from_its_months() -> None:
    parts = books({"B": 20, "C": 12}, {})
    for number in range(12):
        referrals(parts[0], 1, period=parse("2024-04").shift(number).code)
    assert rolled("FD03", parts).value == 44.0


def test_printed_values_alone_are_refused_and_the_page_can_say_so() -> None:
    parts = [Book(code) for code in AREAS]
    published = indicators()["CX03"].published
    for book in parts:
        codes = (published or "", "all", "all")
        book.add("Figure", YEAR, codes, Reading(None, value=Decimal(500)))
    one = rolled("CX03", parts)
    assert (one.value, one.status, one.lacking) == (None, NOT_AVAILABLE, "A B C")


def test_months_count_as_sent_where_every_area_sent_them() -> None:
    found = together([Sum(Decimal(1), REPORTED, 12, 12), Sum(None, NOT_SUBMITTED, 3, 12)])
    assert found == Sum(None, NOT_SUBMITTED, 3, 12)
    assert together([None, None]) is None
