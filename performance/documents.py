"""A meeting's pack as Word and PDF. Both say what the page says, with headings, alt text and marked header rows."""

import io
import warnings
from collections.abc import Sequence
from functools import cache
from typing import Any

import docx
import resvg_py
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from performance.charts import Spark
from performance.dashboards import Panel
from performance.meeting import Pack, spark_svg

TABLE_ROWS = 12  # periods of a chart's table on paper


def word(pack: Pack) -> bytes:
    """The pack as a Word document."""
    document = docx.Document()
    document.core_properties.title = pack.title
    document.core_properties.language = "en-GB"
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(pack.title, level=0)
    if pack.synthetic:
        document.add_paragraph("Demonstration area: synthetic figures.")
    _changed(document, pack)
    _list(document, "Returns missing", pack.late_words, "No return is late for those you may see.")
    gaps = [f"{gap.sender}: {gap.words}" for gap in pack.gaps]
    _list(document, "Numbers missing this quarter", gaps, "Every indicator has a number.")
    asked = [
        f"{one.question} ({one.agency.name}, due {one.due:%d %B %Y}, "
        f"{one.get_state_display().lower()}{', overdue' if overdue else ''})"
        for one, overdue in pack.challenges
    ]
    _list(document, "Open challenges", asked, "None is open.")
    _overdue(document, pack)
    document.add_heading("Chosen charts", level=1)
    if not pack.views:
        document.add_paragraph("None is pinned to this quarter.")
    for view in pack.views:
        document.add_heading(view.name, level=2)
        for panel in view.panels:
            _panel(document, panel)
    waiting = [
        f"{one.quarter.label}, edition {one.number}: {one.get_state_display().lower()}"
        for one in pack.editions
    ]
    _list(document, "Editions to decide on", waiting, "None waits.")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _changed(document: Document, pack: Pack) -> None:
    """The rows with a signal as a table, each with its sparkline."""
    document.add_heading("What changed", level=1)
    if not pack.changed:
        document.add_paragraph("No indicator of this quarter shows a signal.")
        return
    document.add_paragraph(f"Chance alone would give {pack.chance} of these signals.")
    table = _table(document, ("Indicator", "Latest", "Over time", "Variation", "In words"))
    for row in pack.changed:
        cells = table.add_row().cells
        cells[0].text = f"{row.title} ({row.id})"
        cells[1].text = f"{row.value} {row.value_note}".strip()
        if row.spark:
            _picture(cells[2], row.spark)
        cells[3].text = row.variation.words
        cells[4].text = row.variation.sentence


def _overdue(document: Document, pack: Pack) -> None:
    """The overdue actions as a table."""
    document.add_heading("Overdue actions", level=1)
    if not pack.actions:
        document.add_paragraph("No action is overdue, of those you may see.")
        return
    table = _table(document, ("Action", "From", "Whose", "Was due"))
    for one in pack.actions:
        whose = ", ".join(filter(None, (one.agency or "No agency", one.owner)))
        words = (one.title, one.origin, whose, f"{one.due:%d %B %Y}")
        for cell, text in zip(table.add_row().cells, words, strict=True):
            cell.text = text


def _list(document: Document, title: str, items: Sequence[str], none: str) -> None:
    document.add_heading(title, level=1)
    for item in items:
        document.add_paragraph(item, style="List Bullet")
    if not items:
        document.add_paragraph(none)


def _panel(document: Document, panel: Panel) -> None:
    """A chosen chart in words and numbers."""
    document.add_heading(panel.title, level=3)
    document.add_paragraph(panel.summary or panel.unavailable)
    if panel.note:
        document.add_paragraph(panel.note)
    if not panel.rows:
        return
    table = _table(document, panel.columns)
    for row in panel.rows[:TABLE_ROWS]:
        cells = table.add_row().cells
        for cell, content in zip(cells, row, strict=True):
            cell.text = f"{content.text} ({content.note})" if content.note else content.text


def _table(document: Document, columns: Sequence[str]) -> Any:
    """A table whose first row is marked as its header, and is repeated on every page."""
    table = document.add_table(rows=1, cols=len(columns), style="Light Grid Accent 1")
    for cell, words in zip(table.rows[0].cells, columns, strict=True):
        cell.text = words
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    return table


def _picture(cell: Any, spark: Spark) -> None:
    """A sparkline with its words as alt text."""
    image = io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=spark_svg(spark), zoom=4)))
    shape = cell.paragraphs[0].add_run().add_picture(image, width=Cm(4.5))
    shape._inline.docPr.set("descr", spark.label)


@cache
def can_print() -> bool:
    """Whether PDF can be made here: it needs Pango, a library of the system."""
    try:
        with warnings.catch_warnings():
            # It works without this library, and says at every start that one day it will not.
            warnings.filterwarnings("ignore", "HarfBuzz-Subset", DeprecationWarning)
            import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


def pdf(html: str, styles: str) -> bytes:
    """A page as a tagged PDF (PDF/UA-1). Only data addresses are read: nothing of it leads outside.

    Raises OSError where Pango is missing.
    """
    if not can_print():
        raise OSError("PDF needs Pango; docs/operations.md says what to install.")
    import weasyprint
    from weasyprint.urls import URLFetcher

    own = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    document = weasyprint.HTML(string=html, url_fetcher=own)
    sheet = weasyprint.CSS(string=styles, url_fetcher=own)
    made: bytes = document.write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1")
    return made
