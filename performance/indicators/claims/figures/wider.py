"""Areas that others make up, however a text names them: `across the three authorities`, `Bedfordshire as a whole`,
`between them`. Where such an area has no figure of its own, it has the sum over its parts' sums."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from lscb.periods import Period
from performance.indicators.claims.words.scope import OWN, Mention
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec

SPELT = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
KINDS = r"(?:local\s+authorit(?:ies|y\s+areas)|authorities|councils|boroughs|areas|partnerships)\b"
# Before several areas of which one is meant: 'the lowest of the', 'each of the', 'highest in'.
OF_SOME = re.compile(
    r"(?<!total )(?<!sum )(?<!average )\b(?:of|among(?:st)?|between)\s+(?:all\s+|both\s+)?$|\bother\s+(?:\w+\s+)?$|"
    r"\b(?:\w+est|best|worst|most|least|top)\b[^.;,]{0,40}\b(?:in|across|within|for)\s+(?:all\s+)?$",
    re.I,
)
AND = "+"  # between the codes of areas that are told together
BETWEEN_THEM = re.compile(r"\b(?:between\s+them|together|combined|jointly|collectively)\b", re.I)


# What a text holds that may name such an area, besides the area's own name.
MAY_NAME = re.compile(
    rf"{KINDS}|\bcounty|\bbetween\s+them\b|\b(?:together|combined|jointly|collectively)\b|\bpan-",
    re.I,
)


@dataclass(frozen=True)
class Whole:
    """An area that others make up: its code and name, and the codes of its parts."""

    code: str
    name: str
    parts: tuple[str, ...]

    @property
    def core(self) -> str:
        """Its name as people use it: `Bedfordshire` of `Pan-Bedfordshire`."""
        return re.sub(r"^pan[- ]", "", self.name, flags=re.I)

    @property
    def count(self) -> str:
        """A pattern of how many parts it has."""
        number = len(self.parts)
        return rf"(?:{number}|{SPELT[number]})" if number < len(SPELT) else str(number)

    @property
    def parts_named(self) -> str:
        """A pattern of its parts named together: `the three Bedfordshire authorities`, `the Bedfordshire councils`."""
        core = re.escape(self.core)
        those = r"(?:(?:the|all|our|these|its)\s+)"
        return (
            rf"{those}*{self.count}\s+(?:of\s+{those})?(?:{core}\s+|neighbouring\s+)?{KINDS}"
            rf"|{those}*(?:{self.count}\s+)?{core}\s+{KINDS}"
        )

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What a text names it by."""
        return re.compile(rf"\b(?:{self.parts_named}|{self.named})", re.I)

    @property
    def named(self) -> str:
        """A pattern of itself: `pan-Bedfordshire`, `Bedfordshire as a whole`, `across Bedfordshire`."""
        core = re.escape(self.core)
        after = "|".join(rf"(?<=\b{word}\s)" for word in ("across", "throughout", "in", "for"))
        return (
            rf"(?:the\s+)?pan[- ]{core}\b|{core}\s+(?:as\s+a\s+whole|overall|combined)\b|"
            rf"(?:the\s+whole\s+of\s+|all\s+of\s+|{after}){core}\b(?!\s+(?-i:[A-Z]))|"
            rf"{core}(?=\s+(?:average|total|figure|rate)s?\b)|{core}[- ]wide\b|"
            rf"county-?wide\b|(?<=\bacross\s)the\s+county\b|{self.count}\s+(?:together|combined)\b"
        )


@dataclass(frozen=True)
class Phrase:
    """Where a text names such an area; `is_all` where all of it is meant, and not a part: 'the lowest of the three'."""

    start: int
    end: int
    code: str
    is_all: bool


def may_name(text: str, name: str) -> bool:
    """Whether a text may speak of an area of this name that others make up."""
    return bool(MAY_NAME.search(text)) or Whole("", name, ()).core.lower() in text.lower()


def phrases(text: str, wholes: Sequence[Whole]) -> list[Phrase]:
    """Where a text names areas that others make up."""
    found = []
    for whole in wholes:
        for one in whole.pattern.finditer(text):
            is_all = not OF_SOME.search(text[: one.start()])
            found.append(Phrase(*one.span(), whole.code, is_all))
    return found


def with_wholes(
    text: str, places: Sequence[Mention], wholes: Sequence[Whole], own: Collection[str]
) -> list[Mention]:
    """The places that a text names, with the areas that others make up in place of what lies within their names."""
    listed = phrases(text, wholes)
    found = [Mention(one.start, one.end, one.code) for one in listed if one.is_all]
    known = [one for one in places if not is_within(one.start, one.end, listed)]
    found += [*known, *_between_them(text, known, wholes, own)]
    return sorted(found, key=lambda one: one.start)


def is_within(start: int, end: int, listed: Sequence[Phrase]) -> bool:
    """Whether something stands within one of some phrases."""
    return any(one.start < end and start < one.end for one in listed)


def _between_them(
    text: str, places: Sequence[Mention], wholes: Sequence[Whole], own: Collection[str]
) -> Iterator[Mention]:
    """An area told by all of its parts: 'Luton, Bedford and Central Bedfordshire had 957 between them'; and some parts
    that are named together: 'Bedford and Central Bedfordshire together'."""
    for one in BETWEEN_THEM.finditer(text):
        before = {each.code for each in places if each.end <= one.start()}
        last = [each for each in places if each.end <= one.start()][-2:]
        if len(last) == len(before) == 2 and _are_joined(text, last, one.start()):
            yield Mention(*one.span(), AND.join(each.code or next(iter(own)) for each in last))
        for whole in wholes:
            if {OWN if part in own else part for part in whole.parts} <= before:
                yield Mention(*one.span(), whole.code)


def _are_joined(text: str, two: Sequence[Mention], place: int) -> bool:
    first, second = two
    is_list = re.fullmatch(r"\s*(?:and|&)\s*", text[first.end : second.start])
    return bool(is_list and re.fullmatch(r"[^.;,\d]{0,25}", text[second.end : place]))


def added_up(
    spec: IndicatorSpec, code: str, parts: Sequence[Mapping[Period, Value]]
) -> dict[Period, Value]:
    """The values of an area from those of all its parts: counts are added, of percentages and rates the numerators and
    the denominators. A period is left out for which one of them has none, or no counts."""
    if spec.as_expected or not parts:
        return {}
    periods = set(parts[0]).intersection(*parts[1:])
    each = {period: _together(spec, [one[period] for one in parts]) for period in periods}
    return {period: one._replace(area=code) for period, one in each.items() if one is not None}


def _together(spec: IndicatorSpec, listed: Sequence[Value]) -> Value | None:
    breaks = tuple(dict.fromkeys(each for one in listed for each in one.breaks))
    first = listed[0]._replace(lower=None, upper=None, breaks=breaks)
    if spec.unit == "count":
        amounts = [one.value for one in listed if one.value is not None]
        total = first._replace(value=sum(amounts), numerator=None, denominator=None)
        return total if len(amounts) == len(listed) else None
    tops = [one.numerator for one in listed if one.numerator is not None]
    bottoms = [one.denominator for one in listed if one.denominator is not None]
    top, bottom = sum(tops, Decimal(0)), sum(bottoms, Decimal(0))
    if not len(tops) == len(bottoms) == len(listed) or not bottom:
        return None
    share = float(top * spec.multiplier / bottom)
    return first._replace(value=share, numerator=top, denominator=bottom)
