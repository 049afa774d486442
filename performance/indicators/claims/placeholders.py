"""Live figures in text: `{{FD03 2024-25}}` stands for a number that follows the data.

A placeholder names an indicator and a period, and may add a breakdown's category and what is wanted of it:
`{{FD13 2024-25 source=police}}`, `{{FD03 2024-25 change}}`, `{{FD03 2024-25 words}}`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lscb.numbers import missing_words
from lscb.periods import parse
from performance.indicators import narrative
from performance.indicators.claims.evidence import KINDS, Facts, Line
from performance.indicators.series import Value
from performance.indicators.spec import indicators

PATTERN = re.compile(
    r"\{\{\s*(?P<indicator>[A-Z]{2}\d{2})\s+(?P<period>[\dQ-]+)"
    r"(?:\s+(?P<breakdown>[a-z_]+)=(?P<category>[\w+-]+))?(?:\s+(?P<what>value|change|words))?\s*\}\}"
)
ANY = re.compile(r"\{\{.*?\}\}")


@dataclass(frozen=True)
class Live:
    """One live figure of a text: as it is written, what it says now, and whether that is a number."""

    written: str
    text: str
    is_number: bool


def render(text: str, facts: Facts) -> str:
    """The text with every live figure written out. One that has no number says so in its place."""
    return ANY.sub(lambda found: _live(found[0], facts).text, text)


def live_figures(text: str, facts: Facts) -> list[Live]:
    """The live figures of a text in their order, for a list beside it."""
    return [_live(found[0], facts) for found in ANY.finditer(text)]


def placeholder(indicator: str, period: str, breakdown: str = "", category: str = "") -> str:
    """How a live figure is written."""
    of = f" {breakdown}={category}" if breakdown else ""
    return f"{{{{{indicator} {period}{of}}}}}"


def choices(indicator: str, facts: Facts, most: int = 12) -> list[Live]:
    """The latest live figures of an indicator to pick from, years before quarters before months."""
    line = facts.line(indicator)
    if line is None:
        return []
    periods = [one.period for kind in KINDS for one in reversed(line.of(kind)[-4:])]
    return [_live(placeholder(indicator, one.code), facts) for one in periods[:most]]


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
    line = facts.line(spec.id, found["breakdown"] or "all", found["category"] or "all")
    value = line.values.get(period) if line else None
    if line is None or value is None:
        where = f"{spec.title}, {period.label}"
        return Live(written, f"[{where}: {missing_words('not available')}]", is_number=False)
    return Live(written, SAYS[found["what"] or "value"](line, value), is_number=True)


def _change(line: Line, value: Value) -> str:
    before = line.values.get(value.period.year_before())
    if before is None:
        return f"[no number for {value.period.year_before().label} to compare with]"
    return narrative.change(line.spec, before, value)


SAYS: dict[str, Callable[[Line, Value], str]] = {
    "value": lambda line, value: narrative.amount(line.spec, value),
    "change": _change,
    "words": lambda line, value: narrative.paragraph(
        line.spec, list(line.values.values()), value.period
    ),
}
