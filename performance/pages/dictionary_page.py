"""The data dictionary as blocks that a page can write: read back from the Markdown that is generated, so that the page,
the file that is fetched from it and docs/data-dictionary.md say the same."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from performance.indicators.dictionary import anchor
from performance.indicators.spec import indicators

FACT = re.compile(r"([A-Z][^:`*]{1,30}): (.+)")
HEADING = re.compile(r"(#{1,4}) (.+)")
PARTS = re.compile(
    r"`(?P<code>[^`]+)`|\[(?P<words>[^\]]+)\]\(#(?P<to>[^)]+)\)|\*\*(?P<strong>[^*]+)\*\*|^\*(?P<lead>[^*]+)\*"
)


@dataclass(frozen=True)
class Stretch:
    """A stretch of text: plain, a code, strong, or the words of a link to an anchor of the page."""

    text: str
    kind: str = ""
    to: str = ""


Text = tuple[Stretch, ...]


@dataclass(frozen=True)
class Block:
    """A heading (with its level, its anchor and, where it is an indicator's, the id), a paragraph, a list, facts (each
    a name and its text) or a table with its head, whose cells carry the name of their column."""

    kind: str
    text: Text = ()
    level: int = 0
    anchor: str = ""
    indicator: str = ""
    items: tuple[Text, ...] = ()
    facts: tuple[tuple[str, Text], ...] = ()
    head: tuple[str, ...] = ()
    about: str = ""
    rows: tuple[tuple[tuple[str, Text], ...], ...] = ()


@dataclass(frozen=True)
class Part:
    """What stands under a heading, with the parts under it that have a heading of the next level."""

    heading: Block | None
    blocks: tuple[Block, ...]
    parts: tuple["Part", ...] = ()


def dictionary(markdown: str) -> tuple[Part, ...]:
    """A dictionary in parts (what stands above its first part has no heading), each with its parts: a return, the
    indicators of a theme, a code list."""
    return tuple(
        Part(heading, tuple(blocks), tuple(parts))
        for heading, listed in _under(2, blocks_of(markdown))
        for (_, blocks), *rest in [_under(3, listed)]
        for parts in [[Part(title, tuple(some)) for title, some in rest]]
    )


def _under(level: int, listed: Iterable[Block]) -> list[tuple[Block | None, list[Block]]]:
    """The blocks by the heading of a level that they stand under; first those above any."""
    found: list[tuple[Block | None, list[Block]]] = [(None, [])]
    for one in listed:
        if one.level == level:
            found.append((one, []))
        else:
            found[-1][1].append(one)
    return found


def blocks_of(markdown: str) -> Iterator[Block]:
    """The blocks of a dictionary in order, without its title. A table is named by the heading above it."""
    about = "The dictionary"
    lines = markdown.splitlines()[1:]
    for kind, group in groupby(lines, key=_kind):
        listed = list(group)
        if kind == "heading":
            about = listed[-1].lstrip("# ").replace("`", "")
            yield from map(_heading, listed)
        elif kind == "list":
            yield _list([line[2:] for line in listed])
        elif kind == "table":
            head, _, *rows = [_cells(line) for line in listed]
            yield Block(
                "table",
                head=head,
                about=f"{about}: {head[0].lower()}s",
                rows=tuple(tuple(zip(head, map(text, cells), strict=True)) for cells in rows),
            )
        elif kind == "words":
            yield Block("words", text=text(" ".join(listed)))


def _kind(line: str) -> str:
    if not line:
        return ""
    starts = {"#": "heading", "- ": "list", "| ": "table"}
    return next((kind for start, kind in starts.items() if line.startswith(start)), "words")


def _heading(line: str) -> Block:
    found = HEADING.fullmatch(line)
    if found is None:
        raise ValueError(f"no heading of the dictionary: {line}")
    words = found[2]
    first = words.partition(" ")[0]
    return Block(
        "heading",
        text=text(words),
        level=len(found[1]),
        anchor=anchor(words),
        indicator=first if len(found[1]) == 4 and first in indicators() else "",
    )


def _list(items: list[str]) -> Block:
    facts = [FACT.fullmatch(item) for item in items]
    if all(facts):
        return Block("facts", facts=tuple((one[1], text(one[2])) for one in facts if one))
    return Block("list", items=tuple(map(text, items)))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip("|").split("|"))


def text(words: str) -> Text:
    """Markdown words in parts: `` `code` ``, `[words](#anchor)`, `**strong**`, and `*lead*` where it begins."""
    parts, start = [], 0
    for found in PARTS.finditer(words):
        parts.append(Stretch(words[start : found.start()]))
        start = found.end()
        kind = found.lastgroup or ""
        if kind == "to":
            parts.append(Stretch(found["words"], "link", found["to"]))
        else:
            parts.append(Stretch(found[kind], "code" if kind == "code" else "strong"))
    return tuple(one for one in (*parts, Stretch(words[start:])) if one.text)
