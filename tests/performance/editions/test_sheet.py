"""The scorecard on paper is one sheet, and tagged; the page asks the database little."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lscb import papers
from lscb.models import Agency, Role
from lscb.periods import parse
from performance.actions.commentary import agree_commentary, write_commentary
from tests import factories
from tests.performance.editions.test_meeting import streams

PAGE = "/scorecard/2024-25-Q4/"
PAPER = f"{PAGE}scorecard.pdf"
FILE = "month,kind,count\n2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,{}\n"


@pytest.fixture
def chair(send) -> Client:
    send(FILE.format(120))
    client = Client()
    client.force_login(factories.person(Role.CHAIR))
    return client


def objects(content: bytes) -> bytes:
    """What a PDF holds outside and inside its compressed streams."""
    return content + b"".join(streams(content))


@pytest.mark.parametrize(("paper", "width"), [("A4", 841), ("A3", 1190)])
def test_all_rows_stand_on_one_tagged_sheet(chair, paper, width):
    answer = chair.get(PAPER, {"paper": paper})
    assert answer.headers["Content-Type"] == "application/pdf"
    inside = objects(answer.content)
    assert re.search(rb"/Type ?/Pages[^>]*/Count 1\b|/Count 1\b[^>]*/Type ?/Pages", inside)
    assert re.search(rb"/MediaBox ?\[ ?0 0 %d\." % width, inside)
    for mark in (b"pdfuaid", b"StructTreeRoot", b"/Lang", b"/S /TH", b"/Headers"):
        assert mark in inside, mark
    assert inside.count(b"/S /H1") == 1


def test_without_pango_the_scorecard_offers_no_pdf(chair, monkeypatch):
    assert PAPER in chair.get(PAGE).content.decode()
    monkeypatch.setattr(papers, "can_print", lambda: False)
    assert chair.get(PAPER).status_code == 404


@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_scorecard_asks_for_places_figures_and_what_people_wrote_once_each(
    chair, send, is_replaced
):
    chair.get("/challenges/")
    send(FILE.format(150))
    if is_replaced:
        after = Agency.objects.create(slug="eastern", name="Eastern Police", type="police")
        Agency.objects.filter(slug="police").update(successor=after, valid_to="2024-12-31")
    with CaptureQueriesContext(connection) as asked:
        text = chair.get(PAGE).content.decode()
    assert "360" in text
    own = [
        one["sql"]
        for one in asked.captured_queries
        if not re.match(
            r'SELECT "(django_session|lscb_person|performance_dataversion)"', one["sql"]
        )
        and "performance_signal" not in one["sql"]  # the number in the navigation
    ]
    assert len(own) == 3, own


def test_the_line_of_a_row_is_the_subgroups_and_says_when_the_figure_has_moved(chair, send):
    police = factories.person(Role.ANALYST, "police")
    written = {
        "indicator": "DA01",
        "area": factories.area(),
        "period": parse("2024-25-Q4"),
    }
    write_commentary(by=police, text="We count better.", agency=police.agency, **written)
    assert "We count better." in chair.get(PAGE).content.decode()
    said = write_commentary(
        by=factories.person(Role.SUBGROUP), text="A campaign.", agency=None, **written
    )
    text = chair.get(PAGE).content.decode()
    assert "A campaign." in text
    assert "We count better." not in text
    assert "Performance Subgroup, draft" in text
    agree_commentary(by=factories.person(Role.MANAGER), commentary=said)
    text = chair.get(PAGE).content.decode()
    assert "Performance Subgroup, draft" not in text
    assert "330 then" not in text
    send(FILE.format(150))
    assert "330 then, 360 now" in chair.get(PAGE).content.decode()


def test_a_draft_is_judged_by_the_chart_of_the_months_as_the_row_is(chair, send):
    steady = [f"2023-{month:02d},crime,{100 + month % 3}" for month in range(4, 13)]
    send("month,kind,count\n" + "\n".join(steady) + "\n", period="2023-24")
    risen = [f"2024-{month:02d},crime,{100 + month % 3}" for month in range(4, 13)]
    jump = ["2025-01,crime,101", "2025-02,crime,100", "2025-03,crime,300"]
    send("month,kind,count\n" + "\n".join([*risen, *jump]) + "\n")
    row = chair.get(PAGE).content.decode()
    assert "March 2025 is above the upper limit." in row
    text = chair.get("/indicators/DA01/commentary/?period=2024-25-Q4").content.decode()
    assert "of its months, March 2025 is a special cause, above the upper limit" in text
    assert "too few points" not in text
