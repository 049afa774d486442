"""A meeting's pack says the same as page, Word and PDF; one search finds indicators, challenges and commentary."""

import base64
import html
import io
import re

import docx
import pytest
from django.test import Client
from django.utils import timezone

from lscb import papers
from lscb.models import Role
from lscb.periods import parse
from performance.actions.challenges import raise_challenge
from performance.actions.commentary import write_commentary
from performance.actions.saved_views import save_view
from performance.indicators.duties import Duty
from performance.intake.spec import returns
from performance.pages.meeting import late_senders
from performance.queries.calendar import Owed
from tests import factories, kept_pages
from tests.pdf_ua import faults, objects

QUARTER = parse("2024-25-Q4")
FILE = "month,kind,count\n" + "".join(
    f"{year}-{month:02d},crime,{90 if (year, month) == (2025, 3) else 10 + month % 3}\n"
    for year in (2023, 2024, 2025)
    for month in range(1, 13)
    if (2023, 4) <= (year, month) <= (2025, 3)
)


@pytest.fixture(scope="module")
def two_years(shared_send) -> None:
    """Two years of crimes, which jump in the last month."""
    for year in ("2023-24", "2024-25"):
        start = int(year[:4])
        rows = [
            line for line in FILE.splitlines()[1:] if f"{start}-04" <= line[:7] <= f"{start + 1}-03"
        ]
        shared_send("month,kind,count\n" + "\n".join(rows) + "\n", period=year)


@pytest.fixture
def chair(two_years: None, places: None) -> Client:
    person = factories.person(Role.CHAIR)
    raise_challenge(
        by=person,
        question="Why did crimes jump in March?",
        agency=factories.agency("police"),
        area=factories.area(),
        due=timezone.localdate(),
        indicator="DA01",
    )
    save_view(
        by=person,
        name="Domestic abuse",
        address="/dashboards/domestic-abuse/?area=E06000032",
        pinned_to=QUARTER,
    )
    write_commentary(
        by=person,
        indicator="DA01",
        area=factories.area(),
        period=QUARTER,
        text="An operation raised recording.",
        agency=None,
    )
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.once
def test_the_page_holds_the_agenda(chair):
    text = chair.get("/meetings/2024-25-Q4/").content.decode()
    for words in ("Domestic abuse crimes recorded", "Why did crimes jump", "Chosen charts"):
        assert words in text
    assert "data-chart=" in text
    assert "3. Challenges that are not closed" in text
    today = timezone.localdate()
    assert f"As of {today.day} {today:%B %Y}, whatever quarter they are of." in text


@pytest.mark.once
def test_every_chosen_chart_has_its_words_its_table_and_its_files(chair):
    text = chair.get("/meetings/2024-25-Q4/").content.decode()
    pinned = text[text.index('id="chosen-title"') :]
    charts = pinned.count("data-chart=")
    assert charts > 0
    assert pinned.count("aria-describedby=") >= charts
    assert pinned.count("<caption>") >= charts
    for kind in ("csv", "xlsx", "png", "svg"):
        found = re.findall(rf'href="(/dashboards/domestic-abuse/\d+\.{kind}[^"]*)"', pinned)
        assert len(found) >= charts, kind
        assert all(chair.get(html.unescape(one)).status_code == 200 for one in found[:2]), kind


def test_missing_returns_stand_below_who_owes_them():
    def owed(agency: str, return_id: str, period: str) -> Owed:
        spec = returns()[return_id]
        duty = Duty(return_id, agency, "police", "E06000032", parse(period), timezone.localdate())
        return Owed(duty, spec, agency, "Luton")

    late = [
        owed("Police", "police-da", "2025-05"),
        owed("Council", "referrals", "2025-05"),
        owed("Council", "mash-contacts", "2025-05"),
        owed("Council", "referrals", "2025-06"),
    ]
    titles = {one: returns()[one].title for one in ("police-da", "referrals", "mash-contacts")}
    assert late_senders(late) == (
        (
            "Council",
            tuple(
                sorted(
                    (
                        f"{titles['mash-contacts']}: May 25",
                        f"{titles['referrals']}: May 25, Jun 25",
                    )
                )
            ),
        ),
        ("Police", (f"{titles['police-da']}: May 25",)),
    )


@pytest.mark.once
def test_word_marks_header_rows_and_gives_pictures_their_words(chair):
    answer = chair.get("/meetings/2024-25-Q4/pack.docx")
    document = docx.Document(io.BytesIO(answer.content))
    xml = document.element.xml
    assert "w:tblHeader" in xml
    assert re.search(r'descr="Domestic abuse crimes recorded: \d+ points', xml), re.findall(
        r'descr="[^"]*', xml
    )
    assert len(re.findall(r'descr="Domestic abuse crimes', xml)) == 2, "the sparkline and the chart"
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert [one[0] for one in headings] == list("123456")
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "March 2025" in cells
    assert "Why did crimes jump in March?" in cells


@pytest.mark.once
def test_the_pdf_is_tagged_and_says_its_language(chair):
    content = chair.get("/meetings/2024-25-Q4/pack.pdf").content
    assert content.startswith(b"%PDF-1.7")
    assert faults(content) == []


@pytest.mark.once
def test_without_pango_the_page_offers_no_pdf(chair, monkeypatch):
    page, paper = "/meetings/2024-25-Q4/", "/meetings/2024-25-Q4/pack.pdf"
    assert paper in chair.get(page).content.decode()
    monkeypatch.setattr(papers, "can_print", lambda: False)
    kept_pages.forget()  # a process finds once whether it can print
    assert paper not in chair.get(page).content.decode()
    assert chair.get(paper).status_code == 404


def test_a_document_holds_its_own_pictures_and_reads_no_file(tmp_path):
    square = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<rect width="9" height="9" fill="#1d5f9e"/></svg>'
    )
    (tmp_path / "square.svg").write_text(square)
    inside = f"data:image/svg+xml;base64,{base64.b64encode(square.encode()).decode()}"
    page = "<html lang='en-GB'><title>One</title><img alt='A square' src='{}'></html>"
    drawn, not_drawn = (
        objects(papers.print_html(page.format(one)))
        for one in (inside, (tmp_path / "square.svg").as_uri())
    )
    square_of_nine = b" 9 9 re"
    assert square_of_nine in drawn
    assert square_of_nine not in not_drawn


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("crimes recorded", "Domestic abuse crimes recorded"),
        ("jump march", "Why did crimes jump in March?"),
        ("operation recording", "An operation raised recording."),
    ],
)
def test_search_finds_indicators_challenges_and_commentary(chair, words, found):
    assert found in chair.get("/search/", {"q": words}).content.decode()
    assert "0 results" in chair.get("/search/", {"q": "zebra"}).content.decode()
