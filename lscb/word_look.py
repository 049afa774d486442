"""How Word documents look: A4, one type scale, quiet tables with repeated headings, the page's number at its foot.

Word's own styles carry it, so that who edits a document keeps its look and its outline.
"""

import re
from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from lscb.numbers import STATUS_WORDS

FONT = "Arial"
INK, BRAND, SOFT = (RGBColor.from_string(one) for one in ("14202B", "12344D", "52616F"))
LINE = "DFE5EA"
WIDE, HIGH, MARGIN = 29.7, 21.0, 1.8  # centimetres
SIZES = {"Title": 20, "Heading 1": 14, "Heading 2": 12, "Heading 3": 11}  # points
NUMBER = re.compile(r"[+−-]?[\d,]+(\.\d+)?%?( \(.*\))?|—")
ABSENT = re.compile(r"not [a-z ]+|suppressed|withheld")
LONG = 40  # characters from which a column is given no more room


def dress(document: Document, title: str) -> None:
    """Give an empty document its paper, its styles, its language, and its footer."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(WIDE), Cm(HIGH)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(MARGIN)
    _style(document, "Normal", 10, INK)
    document.styles["Normal"].paragraph_format.space_after = Pt(5)
    for name, size in SIZES.items():
        _style(document, name, size, BRAND, bold=True)
        space = document.styles[name].paragraph_format
        space.space_before, space.space_after = Pt(0 if name == "Title" else size), Pt(4)
    for border in document.styles["Title"].element.xpath(".//w:pBdr"):
        border.getparent().remove(border)
    _footer(section.footer.paragraphs[0], title)


def _style(document: Document, name: str, size: int, ink: RGBColor, *, bold: bool = False) -> None:
    style: Any = document.styles[name]
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.color.rgb = ink
    letters = style.element.get_or_add_rPr()
    fonts = letters.get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    fonts.set(qn("w:cs"), FONT)
    if name == "Normal":
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-GB")
        letters.append(language)


def _footer(paragraph: Any, title: str) -> None:
    """The title, and which page of how many, at the right edge."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _quiet(paragraph.add_run(f"{title} · "))
    _field(paragraph, "PAGE")
    _quiet(paragraph.add_run(" of "))
    _field(paragraph, "NUMPAGES")


def _quiet(run: Any) -> Any:
    run.font.size, run.font.color.rgb = Pt(8.5), SOFT
    return run


def _field(paragraph: Any, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = _quiet(paragraph.add_run("1"))
    field.append(run._r)
    paragraph._p.append(field)


def dress_table(table: Any, texts: Sequence[Sequence[str]], least: Sequence[float] = ()) -> None:
    """Give a table its lines, widths by its `texts` (rows of cells, the headings first), none under its `least` (in
    centimetres, for pictures), and numbers at the right; its first row is repeated on every page and no row is torn in
    two."""
    table.autofit = False
    _borders(table)
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    wide = _widths(texts, least or [0] * len(texts[0]))
    right = [are_numbers([row[at] for row in texts[1:]]) for at in range(len(texts[0]))]
    for place, row in enumerate(table.rows):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width, is_right in zip(row.cells, wide, right, strict=True):
            cell.width = Cm(width)
            (paragraph,) = cell.paragraphs
            paragraph.paragraph_format.space_before = Pt(2)
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.keep_with_next = place == 0
            if is_right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in paragraph.runs:
                run.font.size, run.font.bold = Pt(9), place == 0
    for column, width in zip(table.columns, wide, strict=True):
        column.width = Cm(width)


def _borders(table: Any) -> None:
    """A line under each row, a darker one under the headings."""
    borders = OxmlElement("w:tblBorders")
    for edge in ("bottom", "insideH"):
        borders.append(_line(edge, LINE, 4))
    table._tbl.tblPr.append(borders)
    for cell in table.rows[0].cells:
        edges = OxmlElement("w:tcBorders")
        edges.append(_line("bottom", str(INK), 8))
        cell._tc.get_or_add_tcPr().append(edges)


def _line(edge: str, shade: str, eighths: int) -> Any:
    line = OxmlElement(f"w:{edge}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "0"), ("color", shade)):
        line.set(qn(f"w:{name}"), value)
    return line


def _widths(texts: Sequence[Sequence[str]], least: Sequence[float]) -> list[float]:
    """The width of each column in centimetres: by its longest text, up to a bound, over the whole page; a column with a
    `least` width has that, and the others share what is left."""
    longest = [min(max(len(row[at]) for row in texts), LONG) + 4 for at in range(len(texts[0]))]
    words = [
        max((len(word) for row in texts for word in row[at].split()), default=0) + 3
        for at in range(len(texts[0]))
    ]
    share = [max(pair) for pair in zip(longest, words, strict=True)]
    free = [0 if width else one for one, width in zip(share, least, strict=True)]
    room = WIDE - 2 * MARGIN - sum(least)
    return [
        width or min(room * one / sum(free), one * 0.35)
        for one, width in zip(free, least, strict=True)
    ]


def are_numbers(texts: Sequence[str]) -> bool:
    """Whether a column holds numbers alone (or words for why there is none), so that they stand under each other."""
    said = [text for text in texts if text and not ABSENT.fullmatch(text)]
    if not said:
        return any(text in STATUS_WORDS.values() for text in texts)
    return all(NUMBER.fullmatch(text) for text in said)
