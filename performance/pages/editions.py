"""What an edition freezes of a scorecard, and what differs between two of them, as plain data."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from lscb.periods import Period, parse
from performance.actions.editions import Frozen
from performance.indicators.spec import IndicatorSpec, indicators
from performance.intake.codes import ALL
from performance.models import EditionRow
from performance.pages import number_page, wording
from performance.pages.scorecard import Page, Row
from performance.pages.sparks import Spark
from performance.pages.wording import Assurance, Delta, Rag, Variation
from performance.queries.commentary import Said
from performance.queries.observations import Value

TOTALS = {"ytd": "year to date", "rolling": "twelve months"}  # kinds named by their last month
CHANGES = ("on_last_quarter", "on_last_year", "to_date")


def freeze(page: Page, values: Iterable[Value]) -> list[Frozen]:
    """The rows of a page as they are kept, each with the observations of its area that it was made from."""
    known: dict[tuple[str, str], list[Value]] = {}
    end = page.quarter.last + 1
    for value in values:
        if value.period.first + value.period.length <= end:
            known.setdefault((value.indicator, value.area), []).append(value)
    return [
        Frozen(
            section=section.title,
            indicator=row.id,
            definition=definition_checksum(indicators()[row.id]),
            shown=shown(row),
            numbers=_numbers(tuple(known.get((row.id, row.area), ()))),
        )
        for section in page.sections
        for row in section.rows
    ]


@lru_cache(maxsize=512)
def _numbers(values: tuple[Value, ...]) -> list[dict[str, Any]]:
    """Observations as JSON, by kind and in order, which nobody changes: the same values give the same."""
    ordered = sorted(values, key=lambda one: (one.period_type, one.period.first, one.period.length))
    return [number(value) for value in ordered]


@lru_cache(maxsize=512)
def shown(row: Row) -> dict[str, Any]:
    """A row as JSON, which nobody changes: the same row gives the same."""
    return _plain(asdict(row))


@lru_cache(maxsize=1024)
def row_of(frozen: Frozen) -> Row:
    """A frozen row for the page to show: the same gives the same."""
    return row(frozen.shown)


def row(kept: dict[str, Any]) -> Row:
    """A row as it was kept, for the page to show. Parts that the program did not know then are absent."""
    parts = {
        "spark": Spark,
        "on_last_quarter": Delta,
        "on_last_year": Delta,
        "to_date": Delta,
        "rag": Rag,
        "variation": Variation,
        "assurance": Assurance,
    }
    made = {name: _of(parts[name], one) if name in parts else one for name, one in kept.items()}
    return _of(Row, made)


def _of(kind: Any, kept: dict[str, Any] | None) -> Any:
    """A dataclass from what was kept of it; None where nothing was."""
    if kept is None:
        return None
    known = _names(kind)
    return kind(**{name: _tuples(one) for name, one in kept.items() if name in known})


@cache
def _names(kind: Any) -> frozenset[str]:
    """The names of a dataclass's fields."""
    return frozenset(one.name for one in fields(kind))


def _tuples(kept: Any) -> Any:
    """What JSON kept as lists, as the tuples that it was."""
    return tuple(_tuples(one) for one in kept) if isinstance(kept, list) else kept


def number(value: Value) -> dict[str, Any]:
    """An observation as JSON; exact numbers are kept as text."""
    return {
        "period_type": value.period_type,
        "period": value.period.code,
        "numerator": _text(value.numerator),
        "denominator": _text(value.denominator),
        "value": _text(value.value),
        "lower": _text(value.lower),
        "upper": _text(value.upper),
        "status": value.status,
    }


@dataclass(frozen=True)
class Held:
    """A number as an edition holds it: in words, worked out with its counts, and whether it is the same today."""

    text: str
    worked: str
    is_same: bool


def held(
    spec: IndicatorSpec, kept: EditionRow, kind: str, period: Period, today: Value | None
) -> Held | None:
    """What an edition's row holds of a period (of a kind); None where it holds nothing of it."""
    wanted = (kind, period)
    value = next((one for one in values_of(kept) if (one.period_type, one.period) == wanted), None)
    if value is None:
        return None
    is_same = today is not None and number(today) == number(value)
    return Held(wording.write(spec, value), number_page.worked(spec, value), is_same)


def values_of(kept: Frozen | EditionRow) -> list[Value]:
    """The observations that an edition's row holds."""
    return [
        Value(
            indicator=kept.indicator,
            area=kept.shown["area"],
            period_type=one["period_type"],
            period=parse(one["period"]),
            breakdown=ALL,
            category=ALL,
            numerator=_exact(one["numerator"]),
            denominator=_exact(one["denominator"]),
            value=_number(one["value"]),
            lower=_number(one["lower"]),
            upper=_number(one["upper"]),
            status=one["status"],
            present=0,
            expected=0,
        )
        for one in kept.numbers
    ]


@lru_cache(maxsize=512)
def definition_checksum(spec: IndicatorSpec) -> str:
    """The SHA-256 of a definition, so that an edition knows by which one its numbers were made."""
    later = ("can_pass_100", "several")  # definitions have them since 2026-11
    silent = {name for name in later if not getattr(spec, name)}
    return hashlib.sha256(spec.model_dump_json(exclude=silent).encode()).hexdigest()


@dataclass(frozen=True)
class Side:
    """One side of a comparison: what an indicator's row shows, or that it has none."""

    value: str
    note: str
    variation: str
    period: str = field(
        default="", compare=False
    )  # the code of the number's period, if there is a number
    aim: str = ""  # its target, and how it stands to it


class Moved(NamedTuple):
    """A number that is another on the two sides: the code of its period, and what it is of in words: `May 25`, `year to
    date to June 2025`, which does not say that June itself moved."""

    code: str
    words: str


@dataclass(frozen=True)
class Difference:
    """An indicator whose row says something else on the two sides. `moved` are the numbers behind it that differ."""

    indicator: str
    title: str
    area: str
    before: Side
    after: Side
    moved: tuple[Moved, ...]
    definition_changed: bool

    @property
    def shows(self) -> bool:
        """Whether the number or the target that the row shows differs, and not only a number behind it."""
        shown = [(one.value, one.note, one.aim) for one in (self.before, self.after)]
        return shown[0] != shown[1]


NOTHING = Side("not in this edition", "", "")


def differences(before: Sequence[Frozen], after: Sequence[Frozen]) -> list[Difference]:
    """What differs between two editions, or an edition and today, in the order of the rows."""
    old = {row.indicator: row for row in before}
    new = {row.indicator: row for row in after}
    found = []
    for indicator in [*new, *(one for one in old if one not in new)]:
        was, now = old.get(indicator), new.get(indicator)
        row = now or old[indicator]
        moved = _moved(was, now)
        if was is None or now is None or moved or reads(was.shown) != reads(now.shown):
            found.append(
                Difference(
                    indicator=indicator,
                    title=row.shown["title"],
                    area=row.shown["area"],
                    before=_side(was),
                    after=_side(now),
                    moved=moved,
                    definition_changed=bool(was and now and was.definition != now.definition),
                )
            )
    return found


def reads(shown: Mapping[str, Any]) -> tuple[str, ...]:
    """What a reader sees of a row but its line and its words: two rows that read alike are the same on paper."""
    changes = [(shown[one]["amount"], shown[one]["relative"]) for one in CHANGES]
    stands, sure = shown["rag"], shown.get("assurance")
    return (
        shown["value"],
        shown["value_note"],
        shown["place"],
        *(text for change in changes for text in change),
        shown["target"],
        stands["word"] if stands else "",
        shown["variation"]["words"],
        sure["words"] if sure else "",
        shown["comparator"],
    )


def differing(kept: Mapping[str, Mapping[str, Any]], page: Page) -> int:
    """How many rows of a page read otherwise than the rows of an edition, or stand on one of the two alone."""
    now = {row.id: shown(row) for section in page.sections for row in section.rows}
    return sum(
        one not in now or one not in kept or reads(now[one]) != reads(kept[one])
        for one in {*now, *kept}
    )


def _moved(was: Frozen | None, now: Frozen | None) -> tuple[Moved, ...]:
    """What both sides know and whose numbers or status are not the same, in the order of time, the shorter first."""
    if was is None or now is None or was.numbers == now.numbers:
        return ()
    old = {(one["period_type"], one["period"]): one for one in was.numbers}
    new = {(one["period_type"], one["period"]): one for one in now.numbers}
    both = [key for key in old if key in new and old[key] != new[key]]
    one_side = [key for key in {*old} ^ {*new} if _within(key, old, new)]
    found = sorted((parse(code), kind) for kind, code in {*both, *one_side})
    return tuple(
        Moved(
            code=period.code,
            words=f"{TOTALS[kind]} to {period.label}" if kind in TOTALS else period.short,
        )
        for period, kind in found
    )


def _within(key: tuple[str, str], old: dict[Any, Any], new: dict[Any, Any]) -> bool:
    """Whether a period that only one side knows lies where both sides look: it came or went."""
    spans = []
    for numbers in (old, new):
        codes = [period for kind, period in numbers if kind == key[0]]
        if not codes:
            return True
        spans.append((min(codes), max(codes)))
    return max(one[0] for one in spans) <= key[1] <= min(one[1] for one in spans)


def _side(row: Frozen | None) -> Side:
    if row is None:
        return NOTHING
    shown = row.shown
    words = shown["variation"]["words"]
    stands, target = shown["rag"], shown["target"]
    return Side(
        shown["value"],
        shown["value_note"],
        words,
        shown.get("period", ""),
        f"{stands['word']} ({target})" if stands else target,
    )


@dataclass(frozen=True)
class Reworded:
    """A row whose words are others on the two sides; None where a side has none."""

    indicator: str
    title: str
    area: str
    before: Said | None
    after: Said | None


def reworded(
    rows: Iterable[Frozen], before: Mapping[str, Said], after: Mapping[str, Said]
) -> list[Reworded]:
    """The rows beside which other words stand on the two sides, in the order of the rows."""
    found = []
    for row in {row.indicator: row for row in rows}.values():
        was, now = before.get(row.indicator), after.get(row.indicator)
        if (was and (was.id, was.text)) != (now and (now.id, now.text)):
            about = row.indicator, row.shown["title"], row.shown["area"]
            found.append(Reworded(*about, was, now))
    return found


def _plain(thing: Any) -> Any:
    """Tuples as lists, as JSON gives them back, so that what is kept equals what was frozen."""
    if isinstance(thing, dict):
        return {key: _plain(one) for key, one in thing.items()}
    if isinstance(thing, list | tuple):
        return [_plain(one) for one in thing]
    return thing


def _exact(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


def _text(number: object) -> str | None:
    return None if number is None else str(number)
