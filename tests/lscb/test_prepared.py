"""A prepared query finds what the query finds that it was made from, whatever values it is asked with."""

from collections.abc import Collection
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext

from lscb.models import Agency, Area, Person, Role
from lscb.prepared import prepared

pytestmark = pytest.mark.django_db

built: list[object] = []


@prepared
def of_code(code: str) -> QuerySet[Area]:
    built.append(code)
    return Area.objects.filter(code=code)


@prepared
def names(codes: Collection[str], synthetic: bool | None) -> QuerySet[Area, str]:
    built.append(codes)
    rows = Area.objects.filter(code__in=codes, synthetic=synthetic)
    return rows.order_by("name").values_list("name", flat=True)


@prepared
def people(agency: int, *roles: str) -> QuerySet[Person]:
    wanted = Q(pk__in=[])
    for role in roles:
        wanted |= Q(role=role)
    return Person.objects.select_related("agency").filter(wanted, agency=agency).order_by("name")


@pytest.fixture(autouse=True)
def three_areas() -> None:
    for code in ("A", "B", "C"):
        Area.objects.create(code=code, name=f"Area {code}", kind="country", synthetic=code == "C")
    built.clear()


def test_it_finds_records_as_the_query_does() -> None:
    assert of_code("B") == list(Area.objects.filter(code="B"))
    assert of_code("A")[0].name == "Area A"
    assert of_code("nowhere") == []


def test_the_query_is_built_once_for_all_values_and_asked_once_each_time() -> None:
    of_code("A")
    times = len(built)
    with CaptureQueriesContext(connection) as asked:
        assert [of_code(one)[0].code for one in "ABC"] == ["A", "B", "C"]
    assert (len(built), len(asked)) == (times, 3), "it is built before, and never again"


@pytest.mark.parametrize("several", [tuple, list, set, frozenset, dict.fromkeys])
def test_several_values_stand_where_a_query_takes_several(several: Any) -> None:
    assert names(several(["B", "A"]), False) == ["Area A", "Area B"]
    assert names(several(["C"]), False) == []
    assert names(several([]), False) == [], "nothing is among none"


def test_what_stands_in_the_sql_itself_is_told_apart() -> None:
    assert names(["A", "C"], True) == ["Area C"]
    assert names(["A", "C"], False) == ["Area A"]
    assert names(["A", "C"], None) == [], "no area without an answer"
    assert names(["A"], True) == [], "one value and True are two things"


def test_related_records_come_with_the_query() -> None:
    agency = Agency.objects.create(slug="one", name="One", type="police")
    for role in (Role.ANALYST, Role.MANAGER, Role.CHAIR):
        Person.objects.create_user(f"{role}@example.org", name=role, role=role, agency=agency)
    found = people(agency.pk, Role.ANALYST, Role.CHAIR)
    with CaptureQueriesContext(connection) as asked:
        assert [(one.role, one.agency) for one in found] == [
            (Role.ANALYST, agency),
            (Role.CHAIR, agency),
        ]
    assert len(asked) == 0


def test_what_is_stored_comes_as_the_database_keeps_it() -> None:
    assert names.stored(["A", "B"], False) == [("Area A",), ("Area B",)]
    assert names.stored([], False) == []


def test_the_answer_is_a_list_that_nobody_can_narrow_to_another_query() -> None:
    assert type(of_code("A")) is list


@prepared
def of_role(role: Role) -> QuerySet[Person, str]:
    built.append(role)
    rows = Person.objects.order_by("name").values_list("name", flat=True)
    return rows if role is Role.MANAGER else rows.filter(role=role)


def test_a_role_is_looked_at_because_it_stands_in_the_query_as_it_is() -> None:
    for role in (Role.MANAGER, Role.CHAIR):
        Person.objects.create_user(f"{role}@example.org", name=role.label, role=role)
    assert set(of_role(Role.MANAGER)) == {Role.MANAGER.label, Role.CHAIR.label}
    assert of_role(Role.CHAIR) == [Role.CHAIR.label]
    of_role(Role.CHAIR)
    assert built == [Role.MANAGER, Role.CHAIR]
