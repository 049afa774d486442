"""What the tests of reviews share: the area, the people, and a rapid review that was notified."""

from datetime import date

import pytest

from lscb.models import Agency, Area, Person, Role
from reviews import actions
from reviews.models import Review
from tests import factories

NOTIFIED = date(
    2026, 3, 23
)  # a Monday; Good Friday and Easter Monday follow within the fifteen days
LAST_DAY = date(2026, 4, 15)


@pytest.fixture
def area() -> Area:
    found = factories.area()
    factories.agency("council").areas.add(found)
    return found


@pytest.fixture
def manager() -> Person:
    return factories.person(Role.MANAGER)


@pytest.fixture
def sender(area: Area) -> Agency:
    """The partnership's office, which sends what the program counts itself."""
    made = factories.agency("partnership")
    made.type = "partnership"
    made.save()
    made.areas.add(area)
    return made


@pytest.fixture
def rapid(area: Area, manager: Person) -> Review:
    return actions.add_review(
        by=manager,
        kind="rapid-review",
        title="Child A",
        area=area,
        on=NOTIFIED,
        state="notified",
    )


@pytest.fixture
def audit(area: Area, manager: Person) -> Review:
    return actions.add_review(
        by=manager, kind="multi-agency-audit", title="Audit of thresholds", area=area, on=NOTIFIED
    )
