"""A list shows a page of its rows and says how many there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lscb.lists import PER_PAGE, Column, Shown, shown
from lscb.models import Area

pytestmark = pytest.mark.django_db
COLUMNS = (Column("Name", lambda one: one.name),)


def listed(number: int, **given: str) -> Shown:
    Area.objects.bulk_create(
        Area(code=f"{at:03}", name=f"Area {at:03}", kind="country") for at in range(number)
    )
    return shown(Area.objects.order_by("code"), given, COLUMNS, (), ())


def names(page: Shown) -> list[str]:
    return [cells[0][1].text for _, cells in page.rows]


@pytest.mark.parametrize("number", [0, 1, PER_PAGE])
def test_a_list_that_is_one_page_is_read_by_one_query(number: int) -> None:
    Area.objects.all().delete()
    with CaptureQueriesContext(connection) as asked:
        page = listed(number)
        assert (len(page.rows), page.page.paginator.count) == (number, number)
        assert not page.page.has_other_pages()
    assert len([one for one in asked if one["sql"].startswith("SELECT")]) == 1


def test_the_first_of_several_pages_has_its_rows_and_the_number_of_all() -> None:
    page = listed(PER_PAGE + 1)
    assert names(page) == [f"Area {at:03}" for at in range(PER_PAGE)]
    assert page.page.paginator.count == PER_PAGE + 1
    assert (page.page.number, page.page.next_page_number()) == (1, 2)


def test_the_last_page_has_the_rest() -> None:
    page = listed(PER_PAGE + 1, page="2")
    assert names(page) == [f"Area {PER_PAGE:03}"]


@pytest.mark.parametrize(("asked", "number"), [("", 1), ("0", 2), ("99", 2), ("first", 1)])
def test_a_page_that_there_is_not_is_the_nearest(asked: str, number: int) -> None:
    assert listed(PER_PAGE + 1, page=asked).page.number == number
