"""What the tags of a laid out PDF lack until every cell of a table finds its headings (PDF/UA-1).

WeasyPrint tags tables and names the headings of cells. A reader resolves those names by an IDTree, and a heading says
by its Scope what it is of. Where a row has two headings, the first is that of its group: it counts for all rows of the
group. A table that goes over pages is one table a page, with its headings on each.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pydyf

Element = Any  # a pydyf.Dictionary of type StructElem
ROWS = {"/THead": "/Column", "/TBody": "/Row", "/TFoot": "/Row"}


def finish(_document: Any, pdf: Any) -> None:
    """Give the tables of a laid out PDF scopes, headings and the tree of their names; leave out empty spans."""
    found = {
        one.reference: one
        for one in pdf.objects
        if isinstance(one, pydyf.Dictionary) and one.get("Type") == "/StructElem"
    }
    for element in found.values():
        _leave_out_empty(element, found)
        if element["S"] == "/Table":
            _head(element, found)
    named = sorted((one["ID"].string, one) for one in found.values() if "ID" in one)
    root = next(
        one
        for one in pdf.objects
        if isinstance(one, pydyf.Dictionary) and one.get("Type") == "/StructTreeRoot"
    )
    if named:
        names = [part for _, one in named for part in (one["ID"], one.reference)]
        tree = pydyf.Dictionary({"Names": pydyf.Array(names)})
        pdf.add_object(tree)
        root["IDTree"] = tree.reference


def _kids(element: Element, found: dict[bytes, Element]) -> list[Element]:
    return [found[one] for one in element["K"] if one in found]


def _leave_out_empty(element: Element, found: dict[bytes, Element]) -> None:
    """A sign that is drawn as a background is decoration: the words beside it say the same."""
    empty = {one.reference for one in _kids(element, found) if one["S"] == "/Span" and not one["K"]}
    element["K"] = pydyf.Array([one for one in element["K"] if one not in empty])


def _head(table: Element, found: dict[bytes, Element]) -> None:
    columns: dict[int, list[Any]] = {}
    for part in _kids(table, found):
        scope = ROWS.get(part["S"])
        group: list[Any] = []
        for row in _kids(part, found) if scope else ():
            cells = list(_placed(_kids(row, found)))
            heads = [cell for _, cell in cells if cell["S"] == "/TH"]
            for cell in heads:
                cell["A"]["Scope"] = scope
            if scope == "/Column":
                for place, cell in cells:
                    columns.setdefault(place, []).append(cell["ID"])
                continue
            names = [cell["ID"] for cell in heads]
            if len(names) > 1:
                group = names[:1]
            for place, cell in cells:
                own = [*group, *names] if cell["S"] == "/TD" else group
                headings = [*columns.get(place, ()), *own]
                _name(cell, headings)


def _placed(cells: Sequence[Element]) -> Iterator[tuple[int, Element]]:
    """Each cell with the column that its heading stands in: of one over several columns the last."""
    place = 0
    for cell in cells:
        place += cell["A"].get("ColSpan", 1)
        yield place - 1, cell


def _name(cell: Element, headings: Sequence[Any]) -> None:
    """Say which headings a cell has, each once, and never itself."""
    own = cell["ID"].string if "ID" in cell else None
    names = {one.string: one for one in headings if one.string != own}
    cell["A"]["Headers"] = pydyf.Array(list(names.values()))
