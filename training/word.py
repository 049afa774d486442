"""The quarterly training report as a Word file: headings, and tables whose header rows are marked as such."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from lscb.numbers import format_count, plural
from training.report import Report
from training.table import Table

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def document(report: Report) -> bytes:
    """The report as the bytes of a .docx file; it says what the page says."""
    paper = docx.Document()
    title = f"Training report, {report.quarter.label}, {report.area.name}"
    paper.core_properties.title = title
    paper.core_properties.language = "en-GB"
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    paper.add_heading(title, level=0)
    if report.area.synthetic:
        paper.add_paragraph("Demonstration area: synthetic figures.")
    for sentence in report.sentences or ("Nothing was reported for this quarter.",):
        paper.add_paragraph(sentence)
    paper.add_heading("Figures", level=1)
    _figures(paper, report.table)
    if report.claims:
        paper.add_heading("What the report printed otherwise", level=1)
        rows = ([one.title, one.printed, one.ours, one.why] for one in report.claims)
        _table(paper, ("Figure", "Printed", "From the counts", "To know"), rows)
    _courses(paper, report)
    _said(paper, report)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _figures(paper: Document, table: Table) -> None:
    rows = []
    for section in table.sections:
        for row in section.rows:
            cells = [f"{cell.text} ({cell.note})" if cell.note else cell.text for cell in row.cells]
            rows.append([f"{section.title}: {row.line.title}", *cells])
    _table(paper, ("What", *(column.title for column in table.columns)), rows)


def _courses(paper: Document, report: Report) -> None:
    paper.add_heading("By course", level=1)
    if not report.courses:
        paper.add_paragraph("No session of this quarter is recorded one by one.")
        return
    rows = (
        [
            one.course,
            one.kind,
            format_count(one.sessions),
            format_count(one.booked, "not available"),
            format_count(one.attended, "not available"),
            one.satisfied,
        ]
        for one in report.courses
    )
    _table(paper, ("Course", "Kind", "Sessions", "Booked", "Attended", "Satisfied"), rows)


def _said(paper: Document, report: Report) -> None:
    paper.add_heading("What people learnt", level=1)
    if report.learning:
        rows = (
            [one.question, one.before, one.after, format_count(one.answered)]
            for one in report.learning
        )
        _table(paper, ("Question", "Before", "After", "Answered"), rows)
    else:
        paper.add_paragraph("No evaluation of this quarter compares before and after.")
    paper.add_heading("Themes of what people said", level=1)
    for theme in report.themes:
        paper.add_paragraph(f"{theme.name}: {plural(theme.quotes, 'quote')}", style="List Bullet")
    if not report.themes:
        paper.add_paragraph("No quote is recorded for this quarter or its year.")
    paper.add_heading("Licences that end within half a year", level=1)
    for one in report.licences:
        ends = f"{one.ends.day} {one.ends:%B %Y}" if one.ends is not None else "not stated"
        words = f"{one.licensed_for}, {one.agency_name}: {plural(one.people, 'person', 'people')}, {ends}"
        paper.add_paragraph(words, style="List Bullet")
    if not report.licences:
        paper.add_paragraph("None whose end is known.")


def _table(paper: Document, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table whose first row is marked as its header, and is repeated on every page."""
    table: Any = paper.add_table(rows=1, cols=len(columns), style="Light Grid Accent 1")
    for cell, words in zip(table.rows[0].cells, columns, strict=True):
        cell.text = words
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
