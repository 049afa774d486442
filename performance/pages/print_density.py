"""How a scorecard is printed from its page on one sheet: how small its letters are, and where its words stand.

All is counted in the height of a letter (em) and measured from pages that were printed. The sizes are those of
printed.css, whose letters follow from the sheet's width, so that A3 is A4 enlarged.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil

from performance.pages.brief import Brief, Decisions, Gap
from performance.pages.scorecard import Row, SectionOf, without_figures
from performance.pages.table import Words

HEIGHT = 198 / 283  # of what is printed on of an A4 sheet, to its width; A3's is a little more
SPARE = 1  # what is left free at the foot
LINE = 1.15


@dataclass(frozen=True)
class Letters:
    """A class of printed.css: how many letters wide a sheet is, and how high a row and what ends a section."""

    name: str
    width: int
    row: float
    section: float

    @property
    def height(self) -> float:
        """How many letters high a sheet is."""
        return self.width * HEIGHT - SPARE

    def lines(self, length: int, share: float = 1.0) -> int:
        """The lines that so many characters take in this share of the sheet's width."""
        return ceil(length / (1.83 * self.width * share))


LARGEST_FIRST = (
    Letters("", 119, 1.2, 0.2),
    Letters("dense", 120, 1.2, 0.2),
    Letters("densest", 123, 1.15, 0.1),
)
# Of the sheet's width what a line of the three parts at the top holds, by whether decisions wait.
SHARES = {False: (0.68, 0.22, 0.09), True: (0.6, 0.2, 0.22)}
# Characters that a line holds for each letter of the sheet's width: a row's name, its number with its note, and what
# that is compared with.
NAME, NUMBER, COMPARED = 0.41, 0.27, 0.28
BESIDE_HEADING = 0.6  # of the sheet's width what a line beside the heading holds
BESIDE = 110  # characters that words beside a row hold in a line, with whose they are and what contradicts them


def density(
    sections: Collection[SectionOf],
    in_brief: Brief | None,
    asked: Decisions | None,
    words: Mapping[str, Words] | None = None,
    *,
    above: str = "",
) -> str:
    """The class of a printed scorecard, `roomy` too where its words have two lines each; `packed` where they have no
    line of their own. `words` are those beside its rows, `above` what stands beside its heading."""
    rows = [row for section in sections for row in section.told]
    beside = [(words or {}).get(row.id) for row in rows if not row.place]
    lengths = [len(one.text) for one in beside if one]
    long = sum(length > BESIDE for length in lengths)
    for lines, room in ((len(lengths) + long, " roomy"), (len(lengths), "")):
        for letters in LARGEST_FIRST:
            needed = _rows(letters, sections, rows, words or {}) + _foot(letters, sections)
            needed += LINE * (lines + max(letters.lines(len(above), BESIDE_HEADING) - 1, 0))
            needed += _top(letters, in_brief, asked)
            if needed <= letters.height:
                return letters.name + (room if long else "")
    return "packed"


def _rows(
    letters: Letters,
    sections: Collection[SectionOf],
    rows: Collection[Row],
    words: Mapping[str, Words],
) -> float:
    told = [(row, row.id in words and not row.place) for row in rows]
    lines = 1 + sum(max(_lines(letters, row, said), 1 + bool(row.rag)) for row, said in told)
    return letters.row * lines + letters.section * sum(1 for one in sections if one.told)


def _lines(letters: Letters, row: Row, said: bool) -> int:
    """The lines of a row's highest cell: its name, its number, or what that is compared with, after what makes it a
    signal where no words are `said` of it."""
    signal = row.variation.sentence if row.variation.is_signal and not said else ""
    cells = (
        (row.title + row.id + (f" · {row.place}" if row.place else ""), NAME),
        (row.value + row.value_note, NUMBER),
        (signal.partition(": ")[0] + row.comparator.partition(": ")[0], COMPARED),
    )
    return max(ceil(len(text) / (share * letters.width)) for text, share in cells)


def _top(letters: Letters, in_brief: Brief | None, asked: Decisions | None) -> float:
    """The heading with the line that figures are invented, and the panel with its three parts."""
    waits = bool(asked and (asked.editions or asked.challenges))
    changed, missing, decisions = SHARES[waits]
    parts = [_asked(letters, asked, decisions)] if asked else []
    if in_brief:
        parts += [
            _changed(letters, in_brief, changed),
            _missing(letters, in_brief.gaps[:3], missing),
        ]
    chance = 1 + bool(in_brief.dependence) if in_brief and in_brief.judged else 0
    return 3.5 + (1 + LINE * (max(parts) + chance) if parts else 0)


def _changed(letters: Letters, brief: Brief, share: float) -> int:
    told = [len(row.title + row.news) + 2 for row in brief.signals] or [len(brief.nothing)]
    told += [sum(len(row.title + row.value + row.value_note) + 25 for row in brief.steady)]
    notes = bool(brief.more) + bool(brief.earlier)
    return 1 + notes + sum(letters.lines(length, share) for length in told)


def _missing(letters: Letters, gaps: Collection[Gap], share: float) -> int:
    told = [len(gap.sender + gap.words) + 2 for gap in gaps]
    return 2 + sum(letters.lines(length, share) for length in told)


def _asked(letters: Letters, asked: Decisions, share: float) -> int:
    told = [75 for _ in asked.editions]
    told += [min(len(one.question), 110) + len(one.agency) + 18 for one, _ in asked.challenges[:3]]
    return 3 + sum(letters.lines(length, share) for length in told)


def _foot(letters: Letters, sections: Collection[SectionOf]) -> float:
    """The rows without figures, what the signs mean, and the licence."""
    reasons = without_figures(sections).items()
    empty = [
        len(reason) + 3 + sum(len(row.title) + 2 for row in listed) for reason, listed in reasons
    ]
    return LINE * (3 + letters.lines(sum(empty) + 16 * bool(empty)))
