"""A quarter's records are sent as the return `training`, and the indicators follow."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from lscb.models import Agency, Area, AuditEvent, Person, Role
from lscb.periods import parse
from performance.intake.spec import REPORTED
from performance.models import Observation
from tests.training.conftest import settle
from training import actions, queries, report, sending
from training.actions import TrainingRefused
from training.models import Evaluation, Session

QUARTER = parse("2025-26-Q1")


def numbers(found):
    return {
        line.item: (line.numerator, line.denominator)
        for line in found.lines
        if line.agency == "all"
    }


@pytest.fixture
def a_quarter(held, pan):
    """Two paid sessions (one of Luton's own), one cancelled, a webinar."""
    luton = Area.objects.get(code="E06000032")
    held(bookings={"schools": (12, 10, 1, 1, 4), "police": (5, 5, 0, 0, 0)}, said=(9, 10))
    held(
        title="Safer Recruitment", day=date(2025, 4, 1), area=luton, capacity=15,
        bookings={"schools": (16, 16, 0, 0, 0)}, said=(15, 15),
    )  # fmt: skip
    held(day=date(2025, 6, 30), cancelled=True, cancelled_why="Too few booked")
    held(
        title="Online harms", day=date(2025, 5, 2), kind=Session.Kind.WEBINAR, capacity=None,
        bookings={"health": (40, 30, 4, 6, 0)},
    )  # fmt: skip
    held(day=date(2025, 7, 1), bookings={"schools": (99, 99, 0, 0, 0)})  # the quarter after


def test_the_figures_of_a_quarter_are_the_sums_of_its_records(a_quarter, pan):
    found = sending.quarter_of(pan, QUARTER)
    assert found.sessions == 4
    assert not found.missing
    assert numbers(found) == {
        "sessions": (2, None),
        "bookings": (33, None),
        "non-attendance": (2, None),
        "cancelled-late": (1, None),
        "did-not-attend": (1, None),
        "free-places": (4, None),
        "capacity": (35, None),
        "sessions-cancelled": (1, None),
        "training-satisfaction": (24, 25),
        "free-events": (1, None),
        "free-event-bookings": (40, None),
        "free-event-non-attendance": (10, None),
        "free-event-cancelled-late": (4, None),
        "free-event-did-not-attend": (6, None),
        "free-event-satisfaction": (None, None),
        "elearning-registered": (None, None),
        "elearning-completed": (None, None),
        "elearning-satisfaction": (None, None),
        "attendance": (61, None),
        "knowledge-before": (None, None),
        "knowledge-after": (None, None),
        "confidence-before": (None, None),
        "confidence-after": (None, None),
        "changed-practice": (None, None),
    }
    by_agency = {
        (line.item, line.agency): line.numerator for line in found.lines if line.agency != "all"
    }
    assert by_agency == {
        ("attendance", "schools"): 26,
        ("attendance", "police"): 5,
        ("attendance", "health"): 30,
        ("bookings", "schools"): 28,
        ("bookings", "police"): 5,
        ("cancelled-late", "schools"): 1,
        ("cancelled-late", "police"): 0,
        ("did-not-attend", "schools"): 1,
        ("did-not-attend", "police"): 0,
        ("free-places", "schools"): 4,
        ("free-places", "police"): 0,
    }


def test_an_areas_own_return_holds_its_own_sessions_only(a_quarter):
    luton = Area.objects.get(code="E06000032")
    found = sending.quarter_of(luton, QUARTER)
    assert numbers(found)["bookings"] == (16, None)
    assert numbers(found)["free-events"] == (None, None)


def test_sending_a_quarter_moves_the_indicators_like_any_return(a_quarter, trainer, pan):
    said = Evaluation.objects.filter(session__area=pan).get()
    said.followed_up, said.changed_practice = 5, 4
    said.compared, said.knowledge_before, said.knowledge_after = 8, 2, 6
    actions.save(by=trainer, record=said)
    submission = actions.send_quarter(by=trainer, area=pan, quarter=QUARTER)
    settle(submission, trainer)
    rows = Observation.objects.filter(area=pan, period="2025-26-Q1", breakdown="all")
    values = {row.indicator: row for row in rows.filter(status=REPORTED)}
    assert values["TR01"].value == 2
    assert values["TR03"].value == 31
    assert values["TR05"].value == pytest.approx(100 * 33 / 35)
    assert values["TR06"].value == 96
    assert values["TR15"].value == 80
    assert "TR10" not in values
    shares = Observation.objects.filter(
        indicator="TR14", area=pan, period="2025-26-Q1", breakdown="agency", category="schools"
    )
    assert shares.get().value == pytest.approx(100 * 26 / 61)
    names = ("session", "answered", "satisfied", "compared", "knowledge_before", "knowledge_after")
    kept = {name: getattr(said, name) for name in (*names, "followed_up", "changed_practice")}
    actions.remove(by=trainer, record=said, reason="The return stands without it.")
    told = [
        (one.question, one.before, one.after, one.answered)
        for one in report.quarter_report(pan, QUARTER).learning
    ]
    assert told == [
        ("Good knowledge", "25.0%", "75.0%", 8),
        ("Work differently three months later", "not asked", "80.0%", 5),
    ]
    page = report.year_page(pan, parse("2025-26"))
    assert page.table.cell("free-events", 0).text == "1"
    assert page.table.cell("satisfaction", 0).text == "96.0%"
    assert queries.quarters(pan) == [QUARTER]
    assert AuditEvent.objects.filter(action="training quarter sent", person=trainer).count() == 1
    # the same again is not sent twice
    actions.save(by=trainer, record=Evaluation(**kept))
    assert actions.send_quarter(by=trainer, area=pan, quarter=QUARTER) == submission


def test_a_quarter_is_not_sent_while_something_is_missing(held, trainer, pan):
    with pytest.raises(TrainingRefused, match="No session is recorded"):
        actions.send_quarter(by=trainer, area=pan, quarter=QUARTER)
    session = held(capacity=None)
    with pytest.raises(TrainingRefused, match="how many places were booked; .*how many places it"):
        actions.send_quarter(by=trainer, area=pan, quarter=QUARTER)
    session.capacity = 20
    actions.save(by=trainer, record=session)
    held(day=date(2025, 5, 20), bookings={"police": (5, None, None, None, 0)})
    with pytest.raises(TrainingRefused, match="how many attended"):
        actions.send_quarter(by=trainer, area=pan, quarter=QUARTER)


def test_only_those_who_keep_the_records_send_them(a_quarter, pan):
    council = Person.objects.create_user(
        "c@unit.test", name="C", role=Role.ANALYST, agency=Agency.objects.get(slug="council")
    )
    with pytest.raises(PermissionDenied):
        actions.send_quarter(by=council, area=pan, quarter=QUARTER)


def test_the_page_shows_what_would_be_sent_and_then_sends_it(a_quarter, trainer, client, pan):
    client.force_login(trainer)
    shown = client.get("/training/send/?area=pan-bedfordshire&quarter=2025-26-Q1")
    assert "Places booked on training" in shown.content.decode()
    assert client.get("/training/send/?quarter=2025").status_code == 200
    given = {"area": pan.code, "quarter": "2025-26-Q1"}
    answer = client.post("/training/send/", given)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/submissions/")
    assert client.post("/training/send/", given | {"quarter": "2024-25-Q1"}).status_code == 422
