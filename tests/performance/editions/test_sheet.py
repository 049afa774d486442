"""The scorecard on paper is one sheet, and tagged; the page asks the database little."""

import re
from collections.abc import Iterable
from dataclasses import replace
from types import SimpleNamespace

import pytest
import weasyprint
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lscb import papers
from lscb.models import Agency, Role
from lscb.periods import parse
from performance.actions.commentary import agree_commentary, write_commentary
from performance.pages.board import board
from performance.pages.brief import Decisions, brief
from performance.pages.print_density import LARGEST_FIRST, density
from performance.pages.scorecard import Row, SectionOf
from performance.pages.wording import Variation
from performance.views import sheet
from performance.views.scorecard import Line
from tests import factories
from tests.pdf_ua import faults, objects
from tests.performance.conftest import LUTON
from tests.performance.full_scorecard import SPARK, full

pytestmark = pytest.mark.once

PAGE = "/scorecard/2024-25-Q4/"
PAPER = f"{PAGE}scorecard.pdf"
FILE = "month,kind,count\n2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,{}\n"


@pytest.fixture
def chair(send) -> Client:
    send(FILE.format(120))
    client = Client()
    client.force_login(factories.person(Role.CHAIR))
    return client


@pytest.mark.parametrize(("paper", "width"), [("A4", 841), ("A3", 1190)])
def test_all_rows_stand_on_one_tagged_sheet(chair, paper, width):
    answer = chair.get(PAPER, {"paper": paper})
    assert answer.headers["Content-Type"] == "application/pdf"
    inside = objects(answer.content)
    assert re.search(rb"/Type ?/Pages[^>]*/Count 1\b|/Count 1\b[^>]*/Type ?/Pages", inside)
    assert re.search(rb"/MediaBox ?\[ ?0 0 %d\." % width, inside)
    assert faults(answer.content) == []


def test_a_pdf_that_readers_of_screens_cannot_follow_has_faults():
    untagged = weasyprint.HTML(string="<h1>One</h1><p>Two</p>").write_pdf()
    assert "without marked content" in faults(untagged)
    page = "<html lang=en-GB><title>x</title><h1>One</h1><h3>Two</h3><table><tr><td>1</td></tr></table>"
    tagged = weasyprint.HTML(string=page).write_pdf(pdf_variant=papers.VARIANT)
    assert faults(tagged) == ["a level of heading is left out", "1 cells without a heading"]


@pytest.mark.parametrize(("paper", "least"), [("A4", 6.5), ("A3", 8.5)])
def test_a_full_scorecard_with_much_to_say_stands_on_one_sheet_in_letters_that_can_be_read(
    chair, rf, paper, least
):
    made = chair.get(PAGE).context
    context = {
        **{name: made[name] for name in ("area", "quarter", "decisions")},
        "standing": ["Edition 1, provisional."],
        **full(made),
    }
    answer = sheet.printed(rf.get(PAPER, {"paper": paper}), context, "scorecard")
    assert re.search(rb"/Count 1\b", objects(answer.content))
    assert min(sheet.SIZES[paper]) >= least
    assert not re.search(r"font-size: 0?\.", sheet.STYLES.read_text())


def test_a_page_that_is_printed_has_letters_that_can_be_read():
    """283 mm of an A4 sheet over the letters of a line are the size of one; 2.83 points make a millimetre."""
    styles = (sheet.STYLES.parent / "printed.css").read_text()
    letters = [int(one) for one in re.findall(r"--letters: (\d+)", styles)]
    assert letters == [one.width for one in LARGEST_FIRST]
    assert min(283 / one * 72 / 25.4 for one in letters) >= 6.5


def test_rows_without_figures_share_one_line_at_the_end_of_the_sheet(chair, monkeypatch):
    (page,) = printed(chair, monkeypatch)
    assert page.count("No figures yet") == 1
    line = page.split("No figures yet</th>")[1].split("</tr>")[0]
    assert "Domestic incidents" in line
    assert "Domestic incidents" not in page.split("No figures yet")[0].split("<table>")[1]


def printed(client: Client, monkeypatch, **query: str) -> list[str]:
    """The sheet as it is before it is laid out: its first, widest arrangement."""
    made: list[str] = []
    monkeypatch.setattr(papers, "print_sheet", lambda html, *_, **__: made.append(html) or b"%PDF")
    client.get(PAPER, query)
    return made


def test_a_sheet_says_where_words_stand_that_it_cut_and_what_its_signs_mean(chair, monkeypatch):
    made = chair.get(PAGE).context
    row = next(row for section in made["sections"] for row in section.rows if row.id == "DA01")
    assert row.value == "330"
    assert "are cut to fit" not in printed(chair, monkeypatch)[0]
    text = "The rise is that of the campaign in May. " * 9
    write_commentary(
        by=factories.person(Role.SUBGROUP),
        indicator="DA01",
        area=factories.area(),
        period=parse("2024-25-Q4"),
        text=text,
        agency=None,
    )
    (page,) = printed(chair, monkeypatch)
    assert "…" in page
    assert "Words that end with … are cut to fit the sheet: they stand in full on the page" in page
    assert "Band: usual variation" in page
    assert text.strip() in chair.get(PAGE).content.decode()


def test_a_sheet_that_needs_several_pages_repeats_sections_and_keeps_every_row_whole(chair, rf):
    made = chair.get(PAGE).context
    row = next(row for section in made["sections"] for row in section.rows if row.id == "DA01")
    rows = tuple(replace(row, spark=SPARK, id=f"DA{number:03d}") for number in range(150))
    context = {
        **{name: made[name] for name in ("area", "quarter", "brief", "decisions")},
        "standing": [],
        "sections": [SectionOf("Domestic abuse", rows)],
        "said": {},
    }
    answer = sheet.printed(rf.get(PAPER), context, "scorecard")
    assert re.search(rb"/Count [23]\b", objects(answer.content))
    assert faults(answer.content) == []


@pytest.mark.parametrize("rows", [2, 3])
def test_a_long_name_of_a_section_ends_above_what_follows_its_few_rows(chair, monkeypatch, rows):
    made = chair.get(PAGE).context
    row = next(row for section in made["sections"] for row in section.rows if row.id == "DA01")
    few = tuple(replace(row, spark=SPARK, id=f"DA{number:02d}") for number in range(rows))
    sections = [SectionOf("Learning from reviews and audits", few), SectionOf("Partnership", few)]
    monkeypatch.setattr(sheet.grouping, "sections", lambda *_: sections)
    (page,) = printed(chair, monkeypatch)
    styles = sheet.STYLES.read_text() + "html { font-size: 7.7pt }"
    laid_out = weasyprint.HTML(string=page).render(stylesheets=[weasyprint.CSS(string=styles)])
    boxes = [one for one in laid_out.pages[0]._page_box.descendants() if hasattr(one, "text")]
    ends = [one.position_y + one.height for one in boxes if one.text.strip().endswith("audits")]
    (starts,) = [one.position_y for one in boxes if one.text.strip() == "Partnership"]
    assert 0 < max(ends) <= starts + 1


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
        if not re.match(r'\s*SELECT ("(django_session|lscb_person)"|version\.number)', one["sql"])
        and "performance_signal" not in one["sql"]  # the number in the navigation
    ]
    assert len(own) == 3, own


def test_an_open_row_with_a_target_says_by_what_rule_it_is_met_and_the_key_what_its_signs_mean(
    chair,
):
    part = chair.get(f"{PAGE}rows/TR12/?area={LUTON}&part=1").content.decode()
    assert "met, near or missed by the value itself, whatever its interval." in part
    assert "met, near" not in chair.get(f"{PAGE}rows/DA01/?area={LUTON}&part=1").content.decode()
    key = chair.get(PAGE).content.decode().split('<ul class="key">')[1]
    for words in ("Passes target", "Fails target", "Hit and miss: chance decides"):
        assert words in key


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
    assert "special causes, the latest of them March 2025, above the upper limit" in text
    assert "too few points" not in text


def test_letters_on_paper_are_smaller_where_rows_words_and_challenges_need_more_lines(chair):
    page = board(LUTON, parse("2024-25-Q4")).page
    nothing = Decisions([], [])
    (section,) = page.sections[:1]
    row = replace(section.rows[0], spark=SPARK)
    rows = tuple(replace(row, id=f"DA{number:02d}") for number in range(46))
    full = replace(page, sections=(replace(section, rows=rows),))
    assert density(page.sections, brief(page), nothing) == ""
    assert density(full.sections, brief(full), nothing) == ""
    short = Line("Performance Subgroup", "It rose.", False, "", (), "")
    long = replace(short, text="It rose again. " * 9)
    assert density(full.sections, brief(full), nothing, words(rows[:9], short)) == "dense"
    assert density(full.sections, brief(full), nothing, words(rows[:5], long)) == "densest roomy"
    assert density(full.sections, brief(full), nothing, words(rows[:12], long)) == "densest"
    assert density(full.sections, brief(full), nothing, words(rows, short)) == "packed"
    question = SimpleNamespace(question="What explains the rise? " * 5, agency="Police")
    asked = Decisions([], [(question, False)] * 3)
    few = words(rows[:9], short)
    assert density(full.sections, brief(full), nothing, few) == "dense"
    assert density(full.sections, brief(full), asked, few) == "packed"


def test_on_paper_steps_stand_beside_the_heading_and_what_makes_a_row_a_signal_takes_its_lines(
    chair,
):
    page = board(LUTON, parse("2024-25-Q4")).page
    nothing = Decisions([], [])
    (section,) = page.sections[:1]
    row = replace(section.rows[0], spark=SPARK)
    steps = "Edition 1, provisional. Frozen 29 November 2026 by Morgan Ellis."

    def stands(rows: int, row: Row = row, above: str = "") -> str:
        listed = tuple(replace(row, id=f"DA{number:02d}") for number in range(rows))
        full = replace(section, rows=listed)
        return density([full], brief(page), nothing, above=above)

    fits = max(rows for rows in range(70) if stands(rows) != "packed")
    assert stands(fits, above=steps) == stands(fits)
    assert (
        stands(fits, above=f"{steps} Approved although figures contradict words. " * 9) == "packed"
    )
    sentence = "June 2025 is one of two in three points near the lower limit."
    signal = replace(row, variation=Variation("low", "Special cause, low", sentence))
    assert stands(fits // 2, signal) != "packed"
    assert stands(fits, signal) == "packed"


def words(rows: Iterable[Row], line: Line) -> dict[str, Line]:
    """The same words beside each of these rows."""
    return {row.id: line for row in rows}
