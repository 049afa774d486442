"""Reports on paper: one description of a report, written as a Word document and as a tagged PDF.

A `Paper` is a title and sections of sentences, pictures, points and tables. Both files say the same, with headings,
pictures that have their words, marked header rows and the document's language. PDF needs Pango, a library of the
system: ask `can_print` first.
"""

import base64
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import docx
import resvg_py
from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from docx.document import Document
from docx.shared import Cm

from lscb import pdf_tags, word_look
from lscb.printable import printable

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
STYLES = settings.BASE_DIR / "lscb" / "static" / "lscb" / "paper.css"
VARIANT = "pdf/ua-1"
SYNTHETIC = "Demonstration area: synthetic figures."
# Laying out takes a second or two; as many PDFs stay in a process's memory, each known by all that is on it.
KEPT = 16
NO_PANGO = "PDF needs the library Pango, which is not installed here. Print the page."


@dataclass(frozen=True)
class Picture:
    """An SVG picture of its own, the words that say what it shows, and its width on paper in centimetres."""

    svg: str
    words: str
    width: float = 16

    @property
    def address(self) -> str:
        """The picture as a data address."""
        return f"data:image/svg+xml;base64,{base64.b64encode(self.svg.encode()).decode()}"

    @property
    def png(self) -> bytes:
        """The picture for programs that show no SVG, four times as fine as a screen."""
        return bytes(resvg_py.svg_to_bytes(svg_string=self.svg, zoom=4 if self.width < 8 else 2))


@dataclass(frozen=True)
class Table:
    """A table: its headings, and rows whose first cell names the row."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str | Picture]]

    @property
    def sides(self) -> list[str]:
        """For each column `num` where it holds numbers alone, which stand at the right, else nothing."""
        columns = zip(*([_text(cell) for cell in row] for row in self.rows), strict=True)
        return ["num" if word_look.are_numbers(texts) else "" for texts in columns]

    @property
    def cells(self) -> list[list[tuple[str | Picture, str]]]:
        """The rows, each cell with the side of its column."""
        sides = self.sides
        return [list(zip(row, sides, strict=True)) for row in self.rows]

    @property
    def headings(self) -> list[tuple[str, str]]:
        """The headings, each with the side of its column."""
        return list(zip(self.columns, self.sides, strict=True))


@dataclass(frozen=True)
class Section:
    """A part of a report under a heading of `level` 1 to 3; `none` is said where there is nothing else."""

    title: str
    sentences: Sequence[str] = ()
    points: Sequence[str] = ()
    picture: Picture | None = None
    table: Table | None = None
    none: str = ""
    level: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say but `none`."""
        return not (self.sentences or self.leads_on)

    @property
    def leads_on(self) -> bool:
        """Whether points, a picture or a table follow its sentences, which stay with them on a page."""
        return bool(self.points or self.picture or (self.table and self.table.rows))


@dataclass(frozen=True)
class Paper:
    """A report: its title, what it says first, and its sections. `synthetic` where its figures are invented."""

    title: str
    sections: Sequence[Section]
    sentences: Sequence[str] = ()
    synthetic: bool = False


def word(paper: Paper) -> bytes:
    """The report as the bytes of a .docx file."""
    document = _new_document(paper.title, synthetic=paper.synthetic)
    for sentence in paper.sentences:
        document.add_paragraph(printable(sentence))
    for section in paper.sections:
        document.add_heading(printable(section.title), level=section.level)
        for sentence in section.sentences:
            said = document.add_paragraph(printable(sentence))
            said.paragraph_format.keep_with_next = (
                sentence is section.sentences[-1] and section.leads_on
            )
        for point in section.points:
            document.add_paragraph(printable(point), style="List Bullet")
        if section.picture:
            _draw(document.add_paragraph(), section.picture)
        if section.table and section.table.rows:
            _add_table(document, section.table)
        if section.is_empty and section.none:
            document.add_paragraph(printable(section.none))
    return _content_of(document)


def pdf(paper: Paper) -> bytes:
    """The report as the bytes of a tagged PDF. Raises OSError where Pango is missing."""
    return print_html(render_to_string("paper.html", {"paper": paper, "synthetic": SYNTHETIC}))


def word_response(paper: Paper, name: str) -> HttpResponse:
    """The report as a download; `name` is without its ending."""
    return file_response(word(paper), WORD, f"{name}.docx")


def pdf_response(paper: Paper, name: str) -> HttpResponse:
    """The report as a download. Raises Http404 where the system lacks what PDF needs."""
    if not can_print():
        raise Http404(NO_PANGO)
    return file_response(pdf(paper), PDF, f"{name}.pdf")


KINDS = {"word": "Word", "pdf": "PDF", "csv": "CSV"}


def files(
    name: str, *args: object, kinds: Sequence[str] = ("word", "pdf"), query: str = ""
) -> list[tuple[str, str]]:
    """The files of a report as (words, address): those addresses that are named `name-kind` and can be had here."""
    return [
        (KINDS[kind], reverse(f"{name}-{kind}", args=args) + query)
        for kind in kinds
        if kind != "pdf" or can_print()
    ]


def file_response(content: bytes, kind: str, filename: str) -> HttpResponse:
    """A download."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _new_document(title: str, *, synthetic: bool) -> Document:
    """An empty Word document, A4 landscape, with its title."""
    title = printable(title)
    document = docx.Document()
    word_look.dress(document, title)
    document.core_properties.title = title
    document.core_properties.language = "en-GB"
    document.add_heading(title, level=0)
    if synthetic:
        document.add_paragraph(SYNTHETIC)
    return document


def _add_table(document: Document, listed: Table) -> None:
    """A table whose first row is marked as its header, and is repeated on every page."""
    table: Any = document.add_table(rows=1 + len(listed.rows), cols=len(listed.columns))
    rows = [listed.columns, *listed.rows]
    for row, contents in zip(table.rows, rows, strict=True):
        for cell, content in zip(row.cells, contents, strict=True):
            if isinstance(content, Picture):
                _draw(cell.paragraphs[0], content)
            else:
                cell.text = printable(content)
    widths = [_drawn_width(column) for column in zip(*rows, strict=True)]
    word_look.dress_table(table, [[_text(one) for one in row] for row in rows], widths)
    document.add_paragraph().paragraph_format.space_after = 0


def _text(content: str | Picture) -> str:
    """What a cell needs room for: a small picture as much as some words."""
    return content if isinstance(content, str) else "x" * 16


def _drawn_width(cells: Sequence[str | Picture]) -> float:
    """How wide in centimetres a column must be for its pictures, with the room that a cell keeps at both sides."""
    return max((one.width + 0.45 for one in cells if isinstance(one, Picture)), default=0)


def _draw(paragraph: Any, picture: Picture) -> None:
    """A picture with its words as alternative text."""
    shape = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=Cm(picture.width))
    shape._inline.docPr.set("descr", printable(picture.words))


def _content_of(document: Document) -> bytes:
    """A Word document as bytes."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


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


@lru_cache(KEPT)
def print_html(html: str) -> bytes:
    """A page as a tagged PDF (PDF/UA-1) in the look of all papers. Only data addresses are read: nothing leads outside.

    The same page is laid out once. Raises OSError where Pango is missing.
    """
    return _written(_laid_out(_read(html), STYLES.read_text(encoding="utf-8")))


@lru_cache(KEPT)
def print_sheet(
    html: str,
    styles: str,
    sizes: tuple[float, ...],
    longer: str = "",
    shorter: tuple[str, ...] = (),
) -> bytes:
    """A page as a tagged PDF of one sheet: in the first of the type sizes (points, the largest first) with which it
    fits. Where it fits with none, `shorter` are the same page with fewer and fewer words, and `longer` the same page
    arranged for two sheets; in the last size it takes as many sheets as it needs. The same page is laid out once.

    Raises OSError where Pango is missing.
    """
    for sheets, page in ((1, html), *((1, one) for one in shorter), (2, longer)):
        if page:
            read = _read(page)
            last = _laid_out(read, f"{styles}\nhtml {{ font-size: {sizes[-1]}pt }}")
            if len(last.pages) <= sheets:
                return _written(_largest(read, styles, sizes[:-1], sheets) or last)
    return _written(last)


def _largest(page: Any, styles: str, sizes: Sequence[float], sheets: int) -> Any:
    """A page laid out in the largest of the sizes with which it fits on so many sheets; None where it does with none.
    A page that fits in one size fits in every smaller one, so that few are tried."""
    best, low, high = None, 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        laid_out = _laid_out(page, f"{styles}\nhtml {{ font-size: {sizes[middle]}pt }}")
        if len(laid_out.pages) <= sheets:
            best, high = laid_out, middle
        else:
            low = middle + 1
    return best


def _read(html: str) -> Any:
    """A page as it is laid out from, in one size or several. Raises OSError where Pango is missing."""
    if not can_print():
        raise OSError("PDF needs Pango; docs/operations.md says what to install.")
    import weasyprint

    return weasyprint.HTML(string=html, url_fetcher=_fetcher())


def _laid_out(page: Any, styles: str) -> Any:
    """A page that was read, laid out on paper."""
    import weasyprint

    sheet = weasyprint.CSS(string=styles, url_fetcher=_fetcher())
    return page.render(stylesheets=[sheet], pdf_variant=VARIANT)


def _fetcher() -> Any:
    """What reads the addresses of a page: those that hold their data themselves."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=("data",), allow_redirects=False)


def _written(laid_out: Any) -> bytes:
    made: bytes = laid_out.write_pdf(finisher=pdf_tags.finish, pdf_variant=VARIANT)
    return made
