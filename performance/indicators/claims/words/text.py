"""Reads free text: its sentences, and in each the numbers and the periods that it names. Knows nothing of the data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lscb.periods import Period
from performance.indicators.claims.words import whens as periods
from performance.indicators.claims.words.moments import Said, When
from performance.indicators.claims.words.numerals import Number, numbers

# Numbers that count nothing: ages, calendar years, names of things.
_NOT_COUNTED = re.compile(
    r"£\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m|bn|thousand|million|billion)\b)?"
    r"|\b\d{1,2}\s?[-–]\s?\d{1,2}\b(?!\s*%)|\b\d{1,2}\+|\b(?:under|over)[- ]\d{1,2}s\b"
    r"|\bunder[- ]1\b(?![,.]?\d|\s*%)"
    r"|\b(?:aged?|ages)\s+(?:(?:under|over|below|above)\s+)?\d{1,2}(?:\s?(?:[-–]|to|and|or)\s?\d{1,2})?s?\b(?![,.]?\d|\s*%)"
    r"|\b(?:chart|table|figure|figures|page|section|priority|top|step|level|version)\s+\d+\b(?!\s*%)"
    r"|\b(?:first|last|next|past)\s+\d+\b"
    r"|\b(?!three[- ]quarters\s+of\s+(?!the\s+(?:financial\s+)?year|this|last)[a-z])"
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|"
    r"ninety)[- ]?(?:months?|quarters?|years?|weeks?|days?|hours?|minutes?)"
    r"(?:[- ]olds?)?\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten)\s+(?:consecutive|successive|straight)\b"
    r"|\btwo in three points\b|\b7 or more points\b"
    r"|\bProfile\s+2\b|\b24/7\b|\b(?:19|20)\d\d\b(?![,.]\d|\s*%)|\b[A-Za-z]+\d+\w*|\b\d+(?:st|nd|rd|th)\b",
    re.I,
)
MANY = 2  # words that make a sentence of a row


@dataclass(frozen=True)
class Sentence:
    """A sentence with what was found in it; `masked` is its text with the periods blanked."""

    text: str
    masked: str
    numbers: tuple[Number, ...]
    whens: tuple[When, ...]
    year: Period | None = field(default=None)

    @property
    def periods(self) -> list[Period]:
        """The periods it names, each once, in their order."""
        return list(dict.fromkeys(one.period for one in self.whens if one.period))


def sentences(text: str, year: Period | None, quarter: Period | None = None) -> Iterator[Sentence]:
    """The sentences of a text in order. `year` is the financial year that the text is about: 'this year' and a quarter
    or month without a year mean it, as 'this quarter' means `quarter`. Without it, a year that a sentence names stays
    for those that follow."""
    now = year
    for one in split(text):
        found = read(one, now, year, quarter)
        if found.year is not None and year is None and has_words(one):
            now = found.year
        yield found


def has_words(text: str) -> bool:
    """Whether a sentence is more than the cells of a table, whose years are not those of the text."""
    return len(re.findall(r"[A-Za-z]{3,}", text)) > MANY


def split(text: str) -> list[str]:
    """The text in sentences. Lines that were wrapped are joined; bullets, blank lines and rows of a table are not."""
    blocks: list[str] = []
    gap = False
    for line in _without_marks(text).split("\n"):
        stripped = line.strip()
        if not stripped:
            gap = True
            continue
        # a gap before a small letter is a page's, not a paragraph's
        starts = (
            (gap and not stripped[0].islower())
            or re.match(r"^[-•·–]\s+", stripped)
            or _is_row(stripped)
        )
        gap = False
        if starts or not blocks or _is_row(blocks[-1]):
            blocks.append(re.sub(r"^[-•·–]\s+", "", stripped))
        else:
            blocks[-1] += " " + stripped
    found: list[str] = []
    for block in blocks:
        found += re.split(
            r"(?<=[.!?;])(?<!e\.g\.)(?<!i\.e\.)(?<!approx\.)\s+(?=[\"'‘“(]?[A-Z0-9])", block
        )
    return [one.strip() for one in found if one.strip()]


def _without_marks(text: str) -> str:
    """A text without the marks of a page: of Markdown, of bold and italic type, and a year broken at its stroke."""
    text = re.sub(
        r"[*_#`]+|</?(?:b|i|em|strong|u|sup|sub|br)\s*/?>", "", text.replace("\r", ""), flags=re.I
    )
    return re.sub(r"(?<=\b20\d\d/) (?=\d\d\b)", "", text)


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table: cells by tabs, or mostly numbers."""
    return "\t" in line or (
        len(re.findall(r"\d[\d.,]*", line)) >= 4 and len(re.findall(r"[A-Za-z]{2,}", line)) <= 6
    )


def read(text: str, now: Period | None, year: Period | None, quarter: Period | None) -> Sentence:
    """One sentence with its numbers and periods; `now` is the year that is spoken of, `year` and `quarter` what the
    text is about."""
    masked, whens = periods.read(text, Said(now, year, quarter))
    masked = _NOT_COUNTED.sub(lambda found: "·" * len(found[0]), masked)
    named = [one.period.year for one in whens if one.period is not None and not one.is_before]
    counted = tuple(sorted(numbers(masked), key=lambda one: one.start))
    return Sentence(text, masked, counted, whens, max(named, default=None))
