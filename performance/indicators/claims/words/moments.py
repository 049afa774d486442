"""What a period is that a sentence names, and what those without a year mean."""

import re
from dataclasses import dataclass

from lscb.periods import SPAN, Period

YEAR = 12  # months
QUARTERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
    "last": 4,
    "opening": 1,
    "closing": 4,
}
# What stands before a period that is compared with.
BEFORE = re.compile(
    r"(?:(?:compare[sd]? (?:to|with)|having (?:been|stood at)|than|as|against|from|on|since|"
    r"(?:above|below)(?=\s+the\b))\s+(?:the\s+)?[\d.,]+(?:%|\s+per\s?cent)?"
    r"(?:\s+(?:we|it|they|there|that)\s+(?:had|were|was|recorded|saw|held|counted))?"
    r"(?:\s+(?:in|for|of|during|by|on|(?:as\s+)?at|"
    r"at the end of))?"
    r"|of\s+the\s+[\d.,]+%?\s+(?:recorded|seen|reported)\s+in"
    r"|compare[sd]? (?:to|with)|(?<=\s)(?:above|below|beyond)|than(?: (?:in|at|on|for|during))?|\bas(?: in)?|"
    r"(?:what|where|as|than) (?:there|it|they|we) (?:was|were|had|had been|stood|did|has|have|is|are)"
    r"(?: in| for| on| at)?|"
    r"\b(?:after|following)\s+(?:the\s+|a\s+)(?:[a-z]+\s+){0,1}(?:fall|drop|rise|dip|peak|low|high|increase|decrease|jump|surge)\s+(?:in|of|during)|"
    r"\bback\s+(?:up\s+|down\s+)?to\s+(?:its|their|our|the)(?=\s*$)|"
    r"\bsince\s+at\s+least(?:\s+in)?|"
    r"(?:goes|going|go|dating|stretching|reaching)\s+back\s+(?:to|as far as)|"
    r"(?<!were )(?<!was )(?<!been )(?:began|begins|begun|starts|started|beginning|starting)\s+in|"
    r"(?:from|since)\s+(?:a|the|its|our|their)\s+(?:high|low|peak)(?:\s+point)?\s+of\s+[\d.,]+%?(?:\s+(?:in|of|at|during))?|"
    r"(?:that|those|the (?:figure|level|number|rate)) (?:of|in|for)|"
    r"since\s+(?:[a-z]+\s+){1,5}in|on|against|since(?:\s+at\s+least)?|relative to|v\.?|vs\.?|from)\s*(?:the\s*)?$",
    re.I,
)


@dataclass(frozen=True)
class When:
    """A period that is named."""

    start: int
    end: int
    period: Period | None
    is_before: bool = False
    is_until: bool = (
        False  # whether all of the year up to it may be meant: 'by the end of September'
    )
    is_from: bool = False  # whether its first and last month may be meant: 'from April to June'
    quarter: int = 0  # a quarter or month without a year, which is then the latest with figures
    month: int = 0

    @property
    def periods(self) -> list[Period]:
        """What it may mean: itself, the ends of a span that may be told by them, and the year up to it."""
        if self.period is None:
            return []
        found = [self.period]
        if self.is_from and self.period.kind == SPAN:
            found += ends_of(self.period)
        if self.is_until and self.is_part_of_year:
            start = self.period.year.first
            found.append(Period(start, self.period.last - start + 1))
        return found

    @property
    def is_part_of_year(self) -> bool:
        """Whether it is a quarter or a month."""
        return bool(self.quarter or self.month or (self.period and self.period.length < YEAR))

    @property
    def is_unknown(self) -> bool:
        """Whether only the writer knows which period it is."""
        return self.period is None and not self.quarter and not self.month


@dataclass(frozen=True)
class Said:
    """What periods without a year mean: `now`, the year that is spoken of; 'this year'; and 'this quarter'."""

    now: Period | None
    year: Period | None
    quarter: Period | None


def ends_of(span: Period) -> tuple[Period, Period]:
    """The first and the last month of a span."""
    return Period(span.first, 1), Period(span.last, 1)
