"""Live figures in text: `{{FD03 2024-25}}` stands for a number that follows the data.

A placeholder names an indicator and a period, and may add a breakdown's category and what is wanted of it:
`{{FD13 2024-25 source=police}}`, `{{FD03 2024-25 change}}`, `{{FD03 2024-25 words}}`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lscb.numbers import missing_words
from lscb.periods import parse
from performance.indicators import narrative
from performance.indicators.claims.figures.evidence import KINDS, Facts, Line
from performance.indicators.claims.findings import Finding
from performance.indicators.series import Value
from performance.indicators.spec import indicators
from performance.intake.codes import ALL

PATTERN = re.compile(
    r"\{\{\s*(?P<indicator>[A-Z]{2}\d{2})\s+(?P<period>[\dQ-]+)"
    r"(?:\s+(?P<breakdown>[a-z_]+)=(?P<category>[\w+-]+))?(?:\s+(?P<what>value|change|words))?\s*\}\}"
)
SIGNS = 0xE000  # the first of the letters that no text uses
OPENS = "{{"  # how a live figure begins
ANY = re.compile(r"\{\{(?:[^{}\n]*\}\}|\S*)")  # also one that was not closed


@dataclass(frozen=True)
class Live:
    """One live figure of a text: as it is written, what it says now, and whether that is a number."""

    written: str
    text: str
    is_number: bool


@dataclass(frozen=True)
class Choice:
    """A live figure to pick: how it is written and what it says now, and what it is of."""

    live: Live
    of: str

    @property
    def words(self) -> str:
        """`2024/25: 3,137`."""
        return f"{self.of}: {self.live.text}"


def render(text: str, facts: Facts) -> str:
    """The text with every live figure written out. One that has no number says so in its place."""
    return ANY.sub(lambda found: _live(found[0], facts).text, text)


def set_aside(text: str, facts: Facts) -> tuple[str, dict[str, str]]:
    """The text with a sign of its own in the place of every live figure, and what each sign stands for: what was
    written here from the data is no claim to check, only the words around it are."""
    said: dict[str, str] = {}

    def sign(found: re.Match[str]) -> str:
        written = _live(found[0], facts).text
        one = chr(SIGNS + len(said)) + ("." if written.endswith(".") else "")
        said[one] = written
        return one

    return ANY.sub(sign, text), said


def put_back(found: Finding, said: Mapping[str, str]) -> Finding:
    """A finding with what the signs in its sentence and its claim stand for."""
    sentence, claim = found.sentence, found.claim
    for sign, written in said.items():
        sentence, claim = sentence.replace(sign, written), claim.replace(sign, written)
    return replace(found, sentence=sentence, claim=claim)


def live_figures(text: str, facts: Facts) -> list[Live]:
    """The live figures of a text in their order, for a list beside it."""
    return [_live(found[0], facts) for found in ANY.finditer(text)]


def named(texts: Iterable[str]) -> set[str]:
    """The indicators whose live figures some texts hold."""
    return {found["indicator"] for text in texts for found in PATTERN.finditer(text)}


def series(texts: Iterable[str]) -> set[tuple[str, str, str]]:
    """The series whose live figures some texts hold: indicator, breakdown and category."""
    return {_series(found) for text in texts for found in PATTERN.finditer(text)}


def any_compares(texts: Iterable[str]) -> bool:
    """Whether a live figure of some texts tells a change, for which the breaks of its series have to be known."""
    found = (one for text in texts for one in PATTERN.finditer(text))
    return any(one["what"] in ("change", "words") for one in found)


def _series(found: re.Match[str]) -> tuple[str, str, str]:
    return found["indicator"], found["breakdown"] or ALL, found["category"] or ALL


def faults(text: str, facts: Facts) -> list[str]:
    """What is wrong with the live figures of a text, in sentences: those that say no number, and what to do."""
    found = [one for one in live_figures(text, facts) if not one.is_number]
    return [
        f"‘{written}’ stands for no figure ({said}). Choose another from the list, or take it out."
        for written, said in dict.fromkeys((one.written, one.text.strip("[]")) for one in found)
    ]


def holds_any(text: str) -> bool:
    """Whether a text holds a live figure, or what was meant as one."""
    return ANY.search(text) is not None


def as_they_are(text: str, facts: Facts) -> dict[str, str]:
    """What the live figures of a text say now, as they are written, to be kept with it."""
    return {one.written: one.text for one in live_figures(text, facts)}


def as_they_were(text: str, said: Mapping[str, str]) -> str:
    """The text with its live figures as they were when it was kept."""
    return ANY.sub(lambda found: said.get(found[0], found[0]), text)


def placeholder(indicator: str, period: str, of: str = "", what: str = "") -> str:
    """How a live figure is written; `of` is `source=police`, `what` is `change` or `words`."""
    return "{{" + " ".join(part for part in (indicator, period, of, what) if part) + "}}"


def choices(indicator: str, facts: Facts) -> list[Choice]:
    """The latest live figures of an indicator to pick from: of each kind of period the last numbers and the last
    change; of an indicator that is kept only by a breakdown, every category's latest."""
    line = facts.line(indicator)
    if line is None:
        return _by_category(indicator, facts)
    found: list[Choice] = []
    for kind in KINDS:
        listed = list(reversed(line.of(kind)[-4:]))
        wanted = [(one.period, "") for one in listed]
        if listed and listed[0].period.year_before() in line.values:
            wanted.insert(1, (listed[0].period, "change"))
        found += [
            Choice(_live(placeholder(indicator, period.code, what=what), facts), period.label)
            for period, what in wanted
        ]
    return found


def _by_category(indicator: str, facts: Facts) -> list[Choice]:
    spec = indicators()[indicator]
    found = []
    for breakdown in spec.breakdowns:
        for code in facts.categories(indicator, breakdown):
            line = facts.line(indicator, breakdown, code)
            last = next((one for kind in KINDS if line and (one := line.latest(kind))), None)
            if last is None:
                continue
            written = placeholder(indicator, last.period.code, of=f"{breakdown}={code}")
            dimension = spec.dimension(breakdown)
            label = dimension.code_list.label(code) if dimension else code.replace("-", " ")
            found.append(Choice(_live(written, facts), f"{label}, {last.period.label}"))
    return found


def _live(written: str, facts: Facts) -> Live:
    found = PATTERN.fullmatch(written)
    if found is None:
        return Live(
            written, f"[{written} is no figure: write {{{{FD03 2024-25}}}}]", is_number=False
        )
    spec = indicators().get(found["indicator"])
    if spec is None:
        return Live(written, f"[there is no indicator {found['indicator']}]", is_number=False)
    try:
        period = parse(found["period"])
    except ValueError as error:
        return Live(written, f"[{error}]", is_number=False)
    key = _series(found)
    line = facts.line(*key)
    value = line.values.get(period) if line else None
    if line is None or value is None:
        why = missing_words(facts.status(*key, period))
        return Live(written, f"[{spec.title}, {period.label}: {why}]", is_number=False)
    if found["what"] == "change":
        return _change(written, line, value)
    if found["what"] == "words":
        known = list(line.values.values())
        said = narrative.paragraph(line.spec, known, period, rebases=facts.rebases_of(line))
        return Live(written, said, is_number=True)
    return Live(written, narrative.amount(line.spec, value), is_number=True)


def _change(written: str, line: Line, value: Value) -> Live:
    """A change on the year before; no number where that has none."""
    before = line.values.get(value.period.year_before())
    if before is None:
        absent = f"[no number for {value.period.year_before().label} to compare with]"
        return Live(written, absent, is_number=False)
    return Live(written, narrative.change(line.spec, before, value), is_number=True)
