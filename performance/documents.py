"""A meeting's pack as Word: it says what the page says, with headings, alt text and marked header rows."""

import io
from collections.abc import Sequence
from typing import Any

import resvg_py
from docx.document import Document
from docx.shared import Cm

from lscb.papers import add_table, content_of, new_document
from performance.charts import Spark
from performance.dashboards import Panel
from performance.meeting import Pack, spark_svg

TABLE_ROWS = 12  # periods of a chart's table on paper


def word(pack: Pack) -> bytes:
    """The pack as a Word document."""
    document = new_document(pack.title, synthetic=pack.synthetic)
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
    return content_of(document)


def _changed(document: Document, pack: Pack) -> None:
    """The rows with a signal as a table, each with its sparkline."""
    document.add_heading("What changed", level=1)
    if not pack.changed:
        document.add_paragraph("No indicator of this quarter shows a signal.")
        return
    document.add_paragraph(f"Chance alone would give {pack.chance} of these signals.")
    table = add_table(document, ("Indicator", "Latest", "Over time", "Variation", "In words"))
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
    rows = []
    for one in pack.actions:
        whose = ", ".join(filter(None, (one.agency or "No agency", one.owner)))
        rows.append((one.title, one.origin, whose, f"{one.due:%d %B %Y}"))
    add_table(document, ("Action", "From", "Whose", "Was due"), rows)


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
    rows = [
        [f"{cell.text} ({cell.note})" if cell.note else cell.text for cell in row]
        for row in panel.rows[:TABLE_ROWS]
    ]
    add_table(document, panel.columns, rows)


def _picture(cell: Any, spark: Spark) -> None:
    """A sparkline with its words as alt text."""
    image = io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=spark_svg(spark), zoom=4)))
    shape = cell.paragraphs[0].add_run().add_picture(image, width=Cm(4.5))
    shape._inline.docPr.set("descr", spark.label)
