"""The names that people give to indicators, as definitions/claims.yaml writes them, and where they stand in a text.

A line of the file stands for a family of wordings: `(led to|ended in)` is one of several, `[initial]` may be left out,
`<led to>` is one of the file's sets, `...` a gap of a few words, `~` a gap as wide as a part of the sentence, and what
stands in `{}` belongs to the name but is also read as the category that it names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lscb.definition_files import DefinitionError, plain
from performance.definitions import FOLDER, kept
from performance.indicators.claims.words.stems import words
from performance.indicators.spec import indicators

# After an indicator's id: not its rate or percentage but what its numerator counts.
COUNTED = " counted"
PAIRS = {"(": ")", "[": "]", "{": "}"}
GAPS = {"...": 6, "~": 14}  # words that may stand in them
CATEGORY = "{"  # before a word that is also read as one of a category's
_TOKEN = re.compile(r"\.\.\.|[()\[\]{}|~]|<[^>]+>|[^\s()\[\]{}|~<>]+")
# What may not stand in a gap: another thing is spoken of, or it is denied. A wide gap may hold the claim's number.
_DENIED = (
    r"\b(?:not|no|never|without|nor|than|whereas|while|instead|to be|should|must|will|would|could|may|might|cannot|"
    r"because)\b|[;:]|n['’]t\b"
)
_PARTED = {
    "...": re.compile(_DENIED + r"|\b(?:and|but|or|although|though)\b|[,()%\d]", re.I),
    "~": re.compile(_DENIED, re.I),
}
_DATE = re.compile(r"\b(?:(?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?|Q[1-4]|\d{1,2}(?=\s+March))\b")

Span = tuple[int, int]
# A part of a name: a word, a gap, or alternatives, of which an empty one may be left out.
Element = str | tuple[list["Element"], ...]


@dataclass(frozen=True)
class Name:
    """Where a name stands in a text: the spans of its own words, the places of all the words that it uses up, of all
    that it is said with, and of those that its gaps reach over. No `ids` where it names another thing than any
    indicator."""

    spans: tuple[Span, ...]
    used: frozenset[int]
    said: frozenset[int]
    over: frozenset[int]
    ids: tuple[str, ...]
    is_share: bool  # whether it says what share it is: 'contacts that led to a referral'

    @property
    def length(self) -> int:
        """How many words name it; all before a wide gap count as one."""
        return len(self.used) + (self.said != self.used)

    def is_of(self, other: "Name") -> bool:
        """Whether a word of it belongs to another thing: the plans of 'pathway plans reviewed on time'."""
        return bool(other.said & self.said) and not other.said <= self.said


def names(text: str) -> list[Name]:
    """The names in a text in their order; of those that share words the longest counts. None reaches over another, or
    takes a word from another thing."""
    walk = _Walk(text, words(text))
    possible = _joined(
        one for place in range(len(walk.words)) for one in walk.ends(_begin(), place, _Way())
    )
    whole = [one.used for one in possible if not one.over]
    others = [one for one in possible if not one.ids]
    found: list[Name] = []
    used: set[int] = set()
    for one in sorted(possible, key=lambda one: (-one.length, one.spans)):
        if not used.isdisjoint(one.used) or any(other <= one.over for other in whole):
            continue
        if one.ids and any(one.is_of(other) for other in others):
            continue
        used |= one.used
        found.append(one)
    return sorted(found, key=lambda one: one.spans)


def _joined(listed: Iterable[Name]) -> list[Name]:
    """Names of the same words as one, which means all that they mean."""
    found: dict[tuple[tuple[Span, ...], frozenset[int]], Name] = {}
    for one in listed:
        key = (one.spans, one.said)
        other = found.setdefault(key, one)
        if other is not one:
            ids = tuple(dict.fromkeys([*other.ids, *one.ids]))
            found[key] = replace(other, ids=ids, is_share=other.is_share or one.is_share)
    return list(found.values())


@kept
def vocabulary() -> Mapping[str, frozenset[str]]:
    """The words in the names of each indicator."""
    found: dict[str, set[str]] = {}
    for one, elements in _written():
        if one:
            found.setdefault(one, set()).update(_words_in(elements))
    return {one: frozenset(some) for one, some in found.items()}


@dataclass(eq=False)
class _Node:
    """A place in the names: what they mean that end here, and by which words and gaps they go on."""

    ids: tuple[str, ...] = ()
    is_end: bool = False
    words: dict[str, list["_Node"]] = field(default_factory=dict)
    gaps: dict[str, list["_Node"]] = field(default_factory=dict)
    _steps: dict[str, "_Node | None"] = field(default_factory=dict)

    def step(self, word: str) -> "_Node | None":
        """Where the names go on after a word or a gap; all that begin alike go on as one."""
        if word not in self._steps:
            after = self.words.get(word) or self.gaps.get(word)
            self._steps[word] = _merged(after) if after else None
        return self._steps[word]


class _Way(NamedTuple):
    """The words that a name has taken so far: its own, all that it uses up, all that it is said with, those that its
    gaps reach over. Those before a wide gap are left to other names."""

    own: tuple[int, ...] = ()
    used: tuple[int, ...] = ()
    said: tuple[int, ...] = ()
    over: tuple[int, ...] = ()
    is_share: bool = False

    def on(self, place: int, *own: int) -> "_Way":
        """The way with one word more, which is one of its `own` where it is given again."""
        used, said = (*self.used, place), (*self.said, place)
        return _Way((*self.own, *own), used, said, self.over, self.is_share)


@dataclass(frozen=True)
class _Walk:
    """The way through the words of a text along the names."""

    text: str
    words: Sequence[tuple[int, int, str]]

    def ends(self, node: _Node, place: int, way: _Way) -> Iterator[Name]:
        """Every name that goes on from a place."""
        if node.is_end and way.own:
            used, said, over = (frozenset(one) for one in (way.used, way.said, way.over))
            yield Name(self._spans(way.own), used, said, over, node.ids, way.is_share)
        if place == len(self.words):
            return
        word = self.words[place][2]
        if after := node.step(CATEGORY + word):
            yield from self.ends(after, place + 1, way.on(place))
        if after := node.step(word):
            yield from self.ends(after, place + 1, way.on(place, place))
        for gap in GAPS:
            if after := node.step(gap):
                yield from self._beyond(after, gap, place, way)

    def _beyond(self, node: _Node, gap: str, place: int, way: _Way) -> Iterator[Name]:
        """Every name that goes on after a gap which begins at a place."""
        for to in range(place, min(place + GAPS[gap] + 1, len(self.words))):
            word = self.words[to][2]
            if not (node.step(word) or node.step(CATEGORY + word)):
                continue
            over = (*way.over, *range(place, to))
            is_share = way.is_share or gap == "~"
            if to == place or self._is_clear("...", place, to):
                yield from self.ends(node, to, way._replace(over=over, is_share=is_share))
            elif gap == "~" and self._is_clear(gap, place, to):
                yield from self.ends(node, to, _Way(said=way.said, over=over, is_share=True))

    def _is_clear(self, gap: str, first: int, last: int) -> bool:
        between = self.text[self.words[first - 1][1] : self.words[last][0]]
        return last - first <= GAPS[gap] and not _PARTED[gap].search(_DATE.sub("", between))

    def _spans(self, own: Sequence[int]) -> tuple[Span, ...]:
        """The spans of words, those that follow one another as one."""
        found: list[Span] = []
        last = -2
        for place in own:
            start, end, _ = self.words[place]
            if place == last + 1:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
            last = place
        return tuple(found)


@kept
def _begin() -> _Node:
    """Where every name begins."""
    ends = {one: _Node((one,) if one else (), is_end=True) for one, _ in _written()}
    return _merged([_built(elements, ends[one]) for one, elements in _written()])


def _merged(nodes: Sequence[_Node]) -> _Node:
    """Several places as one."""
    if len(nodes) == 1:
        return nodes[0]
    ids = tuple(dict.fromkeys(each for one in nodes for each in one.ids))
    whole = _Node(ids, is_end=any(one.is_end for one in nodes))
    for one in nodes:
        for word, after in one.words.items():
            whole.words.setdefault(word, []).extend(after)
        for gap, after in one.gaps.items():
            whole.gaps.setdefault(gap, []).extend(after)
    return whole


def _built(elements: Sequence[Element], end: _Node) -> _Node:
    """Where a name begins that ends at `end`."""
    node = end
    for one in reversed(elements):
        if isinstance(one, tuple):
            node = _merged([_built(option, node) for option in one])
        elif one in GAPS:
            node = _Node(gaps={one: [node]})
        else:
            node = _Node(words={one: [node]})
    return node


def _written() -> Iterator[tuple[str, list[Element]]]:
    """Every name in the order of the file, an indicator's title first; what names another thing has no id.

    Raises DefinitionError for names of an indicator that does not exist, and for lines that cannot be read.
    """
    path = FOLDER / "claims.yaml"
    content = plain(path)
    listed: dict[str, list[str]] = content["names"]
    unknown = sorted({one.removesuffix(COUNTED) for one in listed} - set(indicators()))
    if unknown:
        raise DefinitionError(f"{path}: no indicator is named {', '.join(unknown)}")
    sets: dict[str, list[Element]] = {}
    for name, line in content["sets"].items():
        sets[name] = _parsed(line, sets)
    titles = {spec.id: spec.title for spec in indicators().values()}
    for one in dict.fromkeys([*titles, *listed]):
        if one in titles:
            yield one, [word for _, _, word in words(titles[one])]
        for line in listed.get(one, []):
            yield one, _parsed(line, sets)
    for line in content["others"]:
        yield "", _parsed(line, sets)


def _parsed(line: str, sets: Mapping[str, list[Element]]) -> list[Element]:
    """A line of the file as elements. Raises DefinitionError for a bracket without its pair and an unknown set."""
    tokens = _TOKEN.findall(line)
    return _read(tokens, 0, "", sets)[0]


def _read(
    tokens: Sequence[str], place: int, until: str, sets: Mapping[str, list[Element]]
) -> tuple[list[Element], int]:
    """The elements from a token on up to the bracket `until`, and the place after it."""
    options: list[list[Element]] = [[]]
    while place < len(tokens) and tokens[place] != until:
        one = tokens[place]
        place += 1
        if one == "|":
            options.append([])
        elif one in PAIRS:
            some, place = _read(tokens, place, PAIRS[one], sets)
            options[-1] += [(some, [])] if one == "[" else some
        elif one.startswith("<"):
            if one[1:-1] not in sets:
                raise DefinitionError(f"claims.yaml: no set is named {one[1:-1]}")
            options[-1] += sets[one[1:-1]]
        elif one in PAIRS.values():
            raise DefinitionError(f"claims.yaml: nothing opens {one} in: {' '.join(tokens)}")
        elif one in GAPS:
            options[-1].append(one)
        else:
            said: list[Element] = [word for _, _, word in words(one)]
            if not said:
                raise DefinitionError(
                    f"claims.yaml: names are compared without {one}, in: {' '.join(tokens)}"
                )
            options[-1] += said
    if until and place == len(tokens):
        raise DefinitionError(f"claims.yaml: no {until} in: {' '.join(tokens)}")
    elements: list[Element] = options[0] if len(options) == 1 else [tuple(options)]
    return (_as_category(elements) if until == "}" else elements), place + bool(until)


def _as_category(elements: Sequence[Element]) -> list[Element]:
    return [
        tuple(_as_category(option) for option in one)
        if isinstance(one, tuple)
        else one
        if one in GAPS
        else CATEGORY + one
        for one in elements
    ]


def _words_in(elements: Sequence[Element]) -> Iterator[str]:
    for one in elements:
        if isinstance(one, tuple):
            for option in one:
                yield from _words_in(option)
        elif one not in GAPS:
            yield one.removeprefix(CATEGORY)
