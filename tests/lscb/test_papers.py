"""A Word document is laid out to be read and printed: A4, repeated headings, whole rows, numbered pages."""

import io

import docx
import pytest
from django.template.loader import render_to_string
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from lscb.papers import Paper, Picture, Section, Table, word

PAPER = Paper(
    "Training report",
    [
        Section(
            "Courses",
            table=Table(
                ("Course", "Places", "Free places"),
                [["Neglect", "1,155", "not submitted"], ["Law", "not submitted", "not submitted"]],
            ),
        )
    ],
)


def test_a_word_document_is_a4_and_says_which_page_of_how_many():
    document = docx.Document(io.BytesIO(word(PAPER)))
    (section,) = document.sections
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)
    foot = section.footer.paragraphs[0]
    assert foot.text.startswith("Training report")
    fields = [one.get(qn("w:instr")) for one in foot._p.xpath("w:fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    assert 'w:lang w:val="en-GB"' in document.styles["Normal"].element.xml


def test_a_table_repeats_its_headings_keeps_rows_whole_and_sets_numbers_under_each_other():
    (table,) = docx.Document(io.BytesIO(word(PAPER))).tables
    assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)
    sides = [[cell.paragraphs[0].alignment for cell in row.cells] for row in table.rows]
    assert sides == [[None, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.RIGHT]] * 3


def test_a_column_of_pictures_is_as_wide_as_they_are_so_that_nothing_of_them_is_cut():
    spark = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="190" height="44"><path d="M0 0L9 9"/></svg>'
    )
    long = "June 2025 is part of a shift: 7 or more points in a row above the mean. " * 3
    rows = [("Crimes", Picture(spark, "A line.", width=4.5), long, long)] * 2
    paper = Paper(
        "Pack", [Section("New signals", table=Table(("Indicator", "Line", "A", "B"), rows))]
    )
    document = docx.Document(io.BytesIO(word(paper)))
    (table,) = document.tables
    (picture, *_) = document.inline_shapes
    assert table.rows[1].cells[1].width.cm >= picture.width.cm + 0.38  # what a cell keeps free
    assert sum(cell.width.cm for cell in table.rows[1].cells) <= 26.2


@pytest.mark.parametrize(
    ("section", "stays"),
    [
        (Section("Themes", ["Of the quotes of the year."], table=PAPER.sections[0].table), [True]),
        (Section("Themes", ["First.", "Last."], points=["One."]), [False, True]),
        (Section("Themes", ["Of the quotes of the year."], table=Table(("Theme",), [])), [False]),
    ],
)
def test_the_sentence_before_a_table_or_list_stays_on_its_page(section, stays):
    paper = Paper("Report", [section])
    document = docx.Document(io.BytesIO(word(paper)))
    said = [one for one in document.paragraphs if one.text in section.sentences]
    assert [bool(one.paragraph_format.keep_with_next) for one in said] == stays
    page = render_to_string("paper.html", {"paper": paper})
    assert page.count('<p class="leads">') == sum(stays)


def test_numbers_stand_at_the_right_in_the_pdf_as_well():
    page = render_to_string("paper.html", {"paper": PAPER})
    assert '<th scope="col">Course</th><th scope="col" class="num">Places</th>' in page
    assert '<td class="num">1,155</td><td class="num">not submitted</td>' in page
