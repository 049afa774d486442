"""A panel as a file: its table as CSV or Excel, its chart as PNG or SVG, each with title, source and date."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from lscb.csvfiles import csv_response
from lscb.days import moment_words
from lscb.models import Area
from lscb.numbers import STATUS_SYMBOLS, STATUS_WORDS, with_and
from lscb.xlsxfiles import xlsx_response
from performance.indicators.spec import IndicatorSpec, indicators
from performance.pages import drawing
from performance.pages.cells import Cell
from performance.pages.panel import Panel
from performance.queries import observations, origins

STATUS_SIGNS = [(code, STATUS_WORDS[status]) for status, code in STATUS_SYMBOLS.items()]
KINDS = ("csv", "xlsx", "png", "svg")
TABLES = ("csv", "xlsx")


def with_files(panel: Panel, name: str, *args: object, query: Mapping[str, str]) -> Panel:
    """The panel with the addresses of its files: `name` is their address's, `args` what stands in it before the kind,
    `query` what chooses the panel. There are pictures only where there is a chart, and no file without a table."""
    words = zip(KINDS, ("CSV", "Excel", "PNG", "SVG"), strict=True)
    files = tuple(
        (word, _file_address(name, (*args, kind), tuple(query.items())))
        for kind, word in words
        if panel.figure is not None or kind in TABLES
    )
    return replace(panel, files=files if panel.rows else ())


@lru_cache(maxsize=4096)
def _file_address(name: str, args: tuple[object, ...], query: tuple[tuple[str, str], ...]) -> str:
    return f"{reverse(name, args=args)}?{urlencode(query)}"


def panel_file(panel: Panel, area: Area, kind: str) -> HttpResponse:
    """The panel as a file of a kind. Raises Http404 for another kind, and for a picture where there is no chart."""
    filename = f"{panel.id}-{area.code}.{kind}"
    if kind == "csv":
        cells = [[written(cell) for cell in row] for row in panel.rows]
        return table_file(filename, about_panel(panel, area), panel.columns, cells)
    if kind == "xlsx":
        return table_file(filename, about_panel(panel, area), *_sheet(panel))
    if kind not in KINDS or panel.figure is None:
        raise Http404("There is no such file.")
    picture = svg_of(panel, area)
    if kind == "svg":
        response = HttpResponse(picture, content_type="image/svg+xml")
    else:
        response = HttpResponse(drawing.png(picture), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def table_file(
    filename: str,
    about: Sequence[tuple[str, str]],
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
) -> HttpResponse:
    """A table as CSV or Excel, by the ending of its name: what it is `about` (name, words) first, an empty line, then
    header and rows."""
    if filename.endswith(".xlsx"):
        return xlsx_response(filename, about, header, rows)
    return csv_response(filename, about[0], [*about[1:], [], header, *rows])


def svg_of(panel: Panel, area: Area) -> str:
    """The chart of a panel as SVG with title, signs, source and date."""
    if panel.figure is None:
        raise ValueError("a panel without a figure is no picture")
    said = dict(about_panel(panel, area))
    below = [f"{one}." for one in panel.signs]
    dated = f" Data as of {said['Data as of']}." if "Data as of" in said else ""
    below += [panel.note] if panel.note else []
    below.append(f"{said['Area']}. {said['Source']}.{dated}")
    return drawing.svg(panel.figure, panel.title, below)


def about_panel(panel: Panel, area: Area) -> list[tuple[str, str]]:
    """What a file says about its panel."""
    specs = [indicators()[one] for one in (panel.indicator, *panel.beside)]
    words = [
        ("In words", f"{panel.summary} {panel.course}".strip()),
        ("Note", panel.note),
        ("Signs", ". ".join(panel.signs)),
        ("Missing numbers", f"Written as their status with its sign, never as 0: {signs()}"),
    ]
    return about(panel.title, area, specs, words)


def about(
    title: str, area: Area, specs: Sequence[IndicatorSpec], words: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """What every file says of itself: its title, area, source and date, then its own `words` as far as there are
    any."""
    changed = observations.data_changed_at()
    listed = [
        ("Title", title),
        ("Area", area.name + (" (synthetic figures)" if area.synthetic else "")),
        ("Source", ". ".join(_source(one, area) for one in specs)),
        ("Data as of", moment_words(timezone.localtime(changed)) if changed else ""),
        *words,
    ]
    return [one for one in listed if one[1]]


def _source(spec: IndicatorSpec, area: Area) -> str:
    """The agencies that sent what an indicator of an area rests on, else who would send it, and which indicator."""
    sent = origins.senders_of(spec, area)
    return f"{with_and(sent) if sent else spec.sender}; indicator {spec.id}"


def _sheet(panel: Panel) -> tuple[Sequence[str], list[list[str]]]:
    """The header and rows of a sheet: notes stand in a column of their own, so that every number is one."""
    header: tuple[str, ...] = panel.columns
    rows = [[written(replace(cell, note="")) for cell in row] for row in panel.rows]
    if any(cell.note for row in panel.rows for cell in row):
        header = (*header, "Notes")
        for cells, row in zip(rows, panel.rows, strict=True):
            cells.append(
                "; ".join(
                    f"{name}: {cell.note}"
                    for name, cell in zip(panel.columns, row, strict=True)
                    if cell.note
                )
            )
    return header, rows


def written(cell: Cell) -> str:
    """A cell as a file has it: a missing number with the sign of its status, `suppressed at source [c]`."""
    sign = next((code for code, words in STATUS_SIGNS if words == cell.text), "")
    text = f"{cell.text} [{sign}]" if sign and cell.is_missing else cell.text
    return f"{text} ({cell.note})" if cell.note else text


def signs() -> str:
    """The signs of missing numbers and what each means."""
    return "; ".join(f"[{code}] {words}" for code, words in STATUS_SIGNS)
