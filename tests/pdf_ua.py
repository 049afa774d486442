"""What keeps a PDF from being PDF/UA-1 (ISO 14289-1), as far as its structure tells without a validator.

Objects are read as WeasyPrint writes them: outside streams, each on its own.
"""

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
HOLDER = re.compile(
    rb"<<((?:[^<>]|<<[^<>]*>>)*?/ObjStm(?:[^<>]|<<[^<>]*>>)*)>>\s*stream\r?\n(.*?)\r?\nendstream",
    re.DOTALL,
)
ELEMENT = re.compile(
    rb"/Type /StructElem/S /(\w+)(.*?)(?=\n<</Type /StructElem|\nendobj|$)", re.DOTALL
)
PAINTS = {
    b"Tj",
    b"TJ",
    b"'",
    b'"',
    b"f",
    b"f*",
    b"S",
    b"s",
    b"B",
    b"b",
    b"Do",
    b"sh",
    b"F",
    b"B*",
    b"b*",
}
DOCUMENT = {
    "marked content": b"/MarkInfo <</Marked true>>",
    "its title is shown": b"/DisplayDocTitle true",
    "its language": b"/Lang (en-GB)",
    "a tree of its structure": b"/StructTreeRoot",
    "the way from content to structure": b"/ParentTree",
    "the conformance it claims": b"pdfuaid:part",
    "its title": b"<dc:title>",
}


def objects(content: bytes) -> bytes:
    """What a PDF holds outside and inside its compressed streams."""
    return content + b"\n".join(streams(content))


def streams(content: bytes) -> Iterator[bytes]:
    """What the compressed streams of a PDF hold."""
    for part in STREAM.findall(content):
        try:
            yield zlib.decompress(part)
        except zlib.error:
            yield part


def numbered(content: bytes) -> dict[int, bytes]:
    """The objects that lie in streams, by their number."""
    found: dict[int, bytes] = {}
    for head, packed in HOLDER.findall(content):
        inside = zlib.decompress(packed)
        first = int(re.search(rb"/First (\d+)", head)[1])  # type: ignore[index]
        pairs = [int(one) for one in inside[:first].split()]
        starts = [*pairs[1::2], len(inside) - first]
        for number, (start, end) in zip(pairs[::2], pairwise(starts), strict=True):
            found[number] = inside[first + start : first + end]
    return found


def faults(content: bytes) -> list[str]:
    """What is wrong, in words; empty where nothing is."""
    inside = objects(content)
    found = [f"without {words}" for words, mark in DOCUMENT.items() if mark not in inside]
    if b"/Encrypt" in inside or b"/JavaScript" in inside:
        found.append("locked, or with a program in it")
    elements = ELEMENT.findall(inside)
    found += _headings([int(kind[1:]) for kind, _ in elements if re.fullmatch(rb"H\d", kind)])
    found += _pictures(elements)
    found += _tables(elements)
    found += _grids(numbered(content))
    found += _content(content, inside)
    fonts = inside.count(b"/Type /FontDescriptor")
    if not fonts or len(re.findall(rb"/FontFile\d?", inside)) < fonts:
        found.append("a font is not embedded")
    if inside.count(b"/ToUnicode") < inside.count(b"/Subtype /Type0"):
        found.append("a font does not say which letters it draws")
    return found


def _headings(levels: list[int]) -> list[str]:
    found = [] if levels.count(1) == 1 and levels[0] == 1 else ["not one first heading"]
    leaps = any(after > before + 1 for before, after in pairwise(levels))
    return [*found, "a level of heading is left out"] if leaps else found


def _pictures(elements: list[tuple[bytes, bytes]]) -> list[str]:
    pictures = [rest for kind, rest in elements if kind == b"Figure"]
    silent = sum(1 for rest in pictures if not re.search(rb"/Alt ?[(<].", rest))
    return [f"{silent} pictures without words"] if silent else []


def _tables(elements: list[tuple[bytes, bytes]]) -> list[str]:
    """Every cell names its headings, and each of those is one."""
    named = {one for kind, rest in elements if kind == b"TH" for one in _ids(rest, b"ID")}
    cells = [rest for kind, rest in elements if kind == b"TD"]
    alone = sum(1 for rest in cells if not _ids(rest, b"Headers"))
    lost = {one for rest in cells for one in _ids(rest, b"Headers")} - named
    found = [f"{alone} cells without a heading"] if alone else []
    return found + ([f"headings that are not there: {sorted(lost)[:3]}"] if lost else [])


def _grids(known: dict[int, bytes]) -> list[str]:
    """Headings say what they are of and are found by their names; every row of a table has as many cells."""
    kinds = {number: _kind(one) for number, one in known.items()}
    heads = [known[number] for number, kind in kinds.items() if kind == b"TH"]
    found = []
    if any(not re.search(rb"/Scope ?/(Column|Row)", one) for one in heads):
        found.append("headings that do not say what they are of")
    names = [one for head in heads for one in _ids(head, b"ID")]
    tree = next((one for one in known.values() if one.startswith(b"<</Names")), b"")
    listed = re.findall(rb"\(([^)]*)\) ?\d+ 0 R", tree)
    if sorted(names) != listed or len(set(names)) != len(names):
        found.append("names of headings that cannot be looked up")
    held = {one for text in known.values() for one in _kids(text)}
    if any(kinds.get(one) == b"Span" and b"/K []" in known[one] for one in held):
        found.append("empty spans")
    for number, kind in kinds.items():
        if kind == b"Table":
            widths = {_width(row, known, kinds) for row in _below(number, b"TR", known, kinds)}
            found += ["a table with rows of several lengths"] if len(widths) > 1 else []
    if any(b"/RowSpan" in one for one in known.values()):
        found.append("a cell over several rows, which the end of a page would cut")
    return found


def _kind(text: bytes) -> bytes:
    match = re.search(rb"/Type ?/StructElem\s*/S ?/(\w+)", text)
    return match[1] if match else b""


def _kids(text: bytes) -> list[int]:
    match = re.search(rb"/K ?\[([^\]]*)\]", text)
    return [int(one) for one in re.findall(rb"(\d+) 0 R", match[1])] if match else []


def _below(
    number: int, wanted: bytes, known: dict[int, bytes], kinds: dict[int, bytes]
) -> Iterator[int]:
    """The elements of a kind below another."""
    for one in _kids(known[number]):
        if kinds.get(one) == wanted:
            yield one
        elif one in known:
            yield from _below(one, wanted, known, kinds)


def _width(row: int, known: dict[int, bytes], kinds: dict[int, bytes]) -> int:
    cells = [*_below(row, b"TH", known, kinds), *_below(row, b"TD", known, kinds)]
    spans = [re.search(rb"/ColSpan (\d+)", known[cell]) for cell in cells]
    return sum(int(span[1]) if span else 1 for span in spans)


def _ids(text: bytes, name: bytes) -> list[bytes]:
    match = re.search(rb"/%s ?(\[[^\]]*\]|\([^)]*\))" % name, text)
    return re.findall(rb"\(([^)]*)\)", match[1]) if match else []


def _content(content: bytes, inside: bytes) -> list[str]:
    """All that is painted is marked, as a part of the structure or as decoration."""
    pages = [one for one in streams(content) if b" BDC" in one or b" BMC" in one]
    bare = sum(_bare(one) for one in pages)
    found = [f"{bare} times something is painted that is not marked"] if bare else []
    marks = sum(len(re.findall(rb"/MCID \d+", one)) for one in pages)
    kept = len(re.findall(rb"\d+", b" ".join(re.findall(rb"/K \[([\d ]+)\]", inside))))
    return found + ([f"{marks} marks, of which the structure knows {kept}"] if marks > kept else [])


def _bare(page: bytes) -> int:
    depth = bare = 0
    for line in page.split(b"\n"):
        operator = line.rsplit(b" ", 1)[-1]
        if operator in (b"BDC", b"BMC"):
            depth += 1
        elif operator == b"EMC":
            depth -= 1
        elif operator in PAINTS and depth == 0:
            bare += 1
    return bare
