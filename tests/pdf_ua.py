"""What keeps a PDF from being PDF/UA-1 (ISO 14289-1), as far as its structure tells without a validator.

Objects are read as WeasyPrint writes them: outside streams, each on its own.
"""

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
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
