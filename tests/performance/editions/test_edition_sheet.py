"""What the executive signs is a sheet: an edition has its PDF, its CSV and its rows, by the code of the live scorecard."""

import csv
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from lscb.models import Area, Person, Role
from performance.actions.commentary import write_commentary
from performance.actions.editions import open_edition, take_step
from performance.models import Edition
from performance.queries import observations
from performance.views import frozen
from tests import factories
from tests.pdf_ua import faults, objects
from tests.performance.conftest import LUTON
from tests.performance.editions.test_wordings import FILE, QUARTER, WRONG, client_of

LATER = FILE.replace("2025-03,crime,120", "2025-03,crime,150")


@pytest.fixture
def edition(send, manager) -> Edition:
    send(FILE)
    area = Area.objects.get(code=LUTON)
    write_commentary(
        by=manager, indicator="DA01", area=area, period=QUARTER, text=WRONG, agency=None
    )
    return frozen.freeze(by=manager, area=area, quarter=QUARTER)


@pytest.fixture
def chair(edition) -> Person:
    return factories.person(Role.CHAIR)


@pytest.fixture
def reader(chair) -> Client:
    return client_of(chair)


def address(edition: Edition, rest: str = "") -> str:
    return f"/scorecard/editions/{edition.pk}/{rest}"


@pytest.mark.once
@pytest.mark.parametrize(("paper", "width"), [("A4", 841), ("A3", 1190)])
def test_an_edition_is_one_tagged_sheet_of_paper(edition, reader, paper, width):
    page = reader.get(address(edition)).content.decode()
    assert address(edition, "scorecard.pdf") in page
    answer = reader.get(address(edition, "scorecard.pdf"), {"paper": paper})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert f"edition-1-{paper}.pdf" in answer.headers["Content-Disposition"]
    inside = objects(answer.content)
    assert re.search(rb"/Type ?/Pages[^>]*/Count 1\b|/Count 1\b[^>]*/Type ?/Pages", inside)
    assert re.search(rb"/MediaBox ?\[ ?0 0 %d\." % width, inside)
    assert faults(answer.content) == []


@pytest.mark.once
def test_the_page_of_an_edition_prints_as_the_sheet_and_nothing_else(edition, reader):
    page = reader.get(address(edition)).content.decode()
    assert re.search(r'<body class="[^"]*landscape sheet', page)
    assert re.search(r'<span class="on-paper in-line">Edition 1, provisional\. Frozen', page)
    for part in (
        '<ol class="steps on-screen"',
        '<section class="on-screen" aria-labelledby="restated',
    ):
        assert part in page


@pytest.mark.once
def test_an_edition_without_its_top_prints_its_rows_alone(edition, reader, manager, chair):
    take_step(by=chair, edition=edition, step="set-aside", reason="Too early.")
    older = open_edition(
        by=manager,
        area=edition.area,
        quarter=QUARTER,
        rows=frozen.live_rows(edition.area, QUARTER),
        panel=None,
        data_version=observations.data_version(),
    )
    assert reader.get(address(older, "scorecard.pdf")).status_code == 200
    page = reader.get(address(older)).content.decode()
    assert "it holds its rows alone" in page
    assert re.search(r'<body class="[^"]*landscape sheet', page)


@pytest.mark.once
def test_the_files_of_an_edition_say_what_it_holds_whatever_came_later(
    edition, reader, chair, send
):
    live = "/scorecard/2024-25-Q4/scorecard.csv"
    then = lines_of(reader.get(live))
    take_step(
        by=chair,
        edition=edition,
        step="approve",
        contradicted=frozen.contradicted(edition),
        reason="The force counts by another day.",
    )
    send(LATER)
    answer = reader.get(address(edition, "scorecard.csv"))
    about, listed = lines_of(answer)
    assert listed == then[1]
    assert lines_of(reader.get(live))[1] != listed
    assert ["Title", "Scorecard, Quarter 4, 2024/25"] in about
    assert ["Area", "Luton"] in about
    assert dict(about)["Stands"].startswith("Edition 1, approved. Frozen ")
    assert dict(then[0])["Stands"].startswith(
        "Live scorecard. Edition 1 was frozen, provisionally,"
    )
    assert dict(about)["Source"]
    rows = {row[0]: dict(zip(listed[0], row, strict=True)) for row in listed[1:]}
    assert (rows["DA01"]["value"], rows["DA01"]["what this tells us"]) == ("330", WRONG)
    assert "contradicted by the figures" in rows["DA01"]
    assert (rows["DA01"]["area"], rows["DA01"]["sender"]) == (LUTON, "Police, performance team")


def lines_of(answer: HttpResponse) -> tuple[list[list[str]], list[list[str]]]:
    """What a file says of itself, and its header with its rows."""
    lines = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    empty = lines.index([])
    return lines[:empty], lines[empty + 1 :]


@pytest.mark.once
def test_the_sheet_says_who_took_which_step(edition, chair):
    take_step(by=chair, edition=edition, step="approve")
    edition.refresh_from_db()
    frozen_by, approved_by = frozen.steps_taken(edition)[1:]
    assert re.fullmatch(r"Frozen \d+ \w+ \d{4} by Maya\.", frozen_by)
    assert approved_by.endswith(f"by {chair.name}.")


@pytest.mark.once
def test_a_row_of_an_edition_opens_what_it_holds_and_leads_to_today(edition, reader, send):
    send(LATER)
    opens = address(edition, f"rows/DA01/?area={LUTON}")
    assert f'data-opens="DA01" href="{opens}"' in reader.get(address(edition)).content.decode()
    part = reader.get(f"{opens}&part=1").content.decode()
    assert ">120<" in part
    assert ">150<" not in part
    assert WRONG in part
    assert f"/scorecard/2024-25-Q4/rows/DA01/?area={LUTON}" in part
    assert "<h1" not in part
    assert "<h1" in reader.get(opens).content.decode()
    assert reader.get(address(edition, "rows/ZZ99/")).status_code == 404
    of_categories_alone = f"/scorecard/2024-25-Q4/rows/FD13/?area={LUTON}"
    assert reader.get(of_categories_alone).status_code == 404
