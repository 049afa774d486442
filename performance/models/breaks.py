"""Where a series breaks, and the one place that tells it together with who said that it compares all the same."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from lscb.periods import month_of, parse
from performance.indicators.series import Break, Value
from performance.indicators.spec import IndicatorSpec, indicators
from performance.intake.codes import ALL
from performance.intake.spec import returns
from performance.models.results import Observation
from performance.models.statements import said_words

# The columns of an observation in the order of Value's fields.
COLUMNS = (
    "indicator",
    "area__code",
    "period_type",
    "period",
    "breakdown",
    "category",
    "numerator",
    "denominator",
    "value",
    "lower",
    "upper",
    "status",
    "present",
    "expected",
    "published",
    "parts",
    "lacking",
)
JUDGED = (*COLUMNS[:4], "value", "status", "parts")
CONVERTED = ("numerator", "denominator", "published")  # what a database may keep in another form
# What breaks rest on beside the definitions, every column as text so that other questions can be asked with it: what
# agencies that were replaced have sent, with the items where it is figures, and what somebody said compares.
TOLD = """
SELECT DISTINCT 'succession', 0, area.code, sent.return_id, held.item, replaced.name, CAST(replaced.valid_to AS text),
       successor.name, CAST(successor.valid_from AS text)
  FROM performance_submission sent
  JOIN lscb_agency replaced ON replaced.id = sent.agency_id
  JOIN lscb_agency successor ON successor.id = replaced.successor_id
  JOIN lscb_area area ON area.id = sent.area_id
  LEFT JOIN performance_figure held ON held.submission_id = sent.id AND held.current
 WHERE sent.state = 'accepted'
UNION ALL
SELECT 'comparable', said.id, said.indicator, area.code, said.period_code, person.name, CAST(said.made_at AS text),
       said.reason, NULL
  FROM performance_comparable said
  JOIN lscb_area area ON area.id = said.area_id
  JOIN lscb_person person ON person.id = said.made_by_id
 WHERE said.removed_at IS NULL
"""


@dataclass(frozen=True)
class Succession:
    """That an area's returns (of figures: those with an item) came from an agency that another has replaced."""

    area: str
    return_id: str
    item: str | None
    at: Break


@dataclass(frozen=True)
class Told:
    """What `TOLD` found: the successions, and by indicator, area and period the words of who said that they compare."""

    successions: tuple[Succession, ...]
    comparable: Mapping[tuple[str, str, str], str]


def told_by(rows: Iterable[tuple[Any, ...]]) -> Told:
    """What rows of `TOLD` say; others among them are passed over."""
    listed = [(kind, columns) for kind, _, *columns in rows]
    return Told(
        tuple(
            one for kind, columns in listed if kind == "succession" for one in _succession(*columns)
        ),
        {
            (indicator, area, period): said_words(name, _moment(at), reason)
            for kind, (indicator, area, period, name, at, reason, _) in listed
            if kind == "comparable"
        },
    )


def told() -> Told:
    """What breaks rest on beside the definitions, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD)
        return told_by(cursor.fetchall())


def values_of(rows: QuerySet[Observation]) -> list[Value]:
    """Observations as values that know the breaks of their series. None becomes a model on the way: most of the time
    would go into that."""
    return with_breaks(values_alone(rows))


def values_alone(rows: QuerySet[Observation]) -> list[Value]:
    """Observations as values without the breaks of their series, which `with_breaks` adds."""
    return values_stored(_stored(rows, COLUMNS))


def values_stored(rows: list[tuple[Any, ...]]) -> list[Value]:
    """Rows of `COLUMNS`, in the form in which the database keeps them, as values without the breaks of their series."""
    return [_value(row) for row in rows]


@lru_cache(maxsize=1 << 14)
def _value(row: tuple[Any, ...]) -> Value:
    """A row as a value. One that was seen before is not read again: that took longer than finding it."""
    indicator, area, kind, code, *rest = (
        _read(name, one) if name in CONVERTED else one
        for name, one in zip(COLUMNS, row, strict=True)
    )
    return Value(indicator, area, kind, parse(code), *rest)


def _read(name: str, stored: Any) -> Any:
    """What a database's form of a column's content stands for."""
    field: Any = Observation._meta.get_field(name)
    column = field.get_col(Observation._meta.db_table)
    for convert in connection.ops.get_db_converters(column):
        stored = convert(stored, column, connection)
    return stored


def _stored(rows: QuerySet[Observation], names: Sequence[str]) -> list[tuple[Any, ...]]:
    """Columns of observations in the form in which the database keeps them."""
    compiler = rows.values_list(*names).query.get_compiler(connection=connection)
    try:
        sql, about = compiler.as_sql()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, about)
        return list(cursor.fetchall())


def to_judge(rows: list[tuple[Any, ...]]) -> list[Value]:
    """Totals, rows of `JUDGED` in the form in which the database keeps them, as values that a control chart can be made
    from and no more: their numbers and their breaks, without amounts, interval and coverage, which take longer to read
    than all the rest. In no order."""
    return with_breaks([_total(*row) for row in rows])


@lru_cache(maxsize=1 << 14)
def _total(
    indicator: str,
    area: str,
    kind: str,
    code: str,
    value: float | None,
    status: str,
    parts: str,
) -> Value:
    known = (ALL, ALL, None, None, value, None, None, status, 0, 0)
    return Value(indicator, area, kind, parse(code), *known, parts=parts)


def with_breaks(values: list[Value], known: Told | None = None) -> list[Value]:
    """Values that know the breaks of their series: whoever reads observations reads them through here. One query, none
    where what was told is `known`."""
    ids, areas = {one.indicator for one in values}, {one.area for one in values}
    areas |= {code for parts in {one.parts for one in values} for code in parts.split()}
    found = breaks(ids, areas, known)
    if not found:
        return values
    broken = {indicator for indicator, _ in found}

    @cache
    def of(indicator: str, area: str, parts: str, breakdown: str) -> tuple[Break, ...]:
        return _of_series(found, indicator, (area, *parts.split()), breakdown)

    return [
        one._replace(breaks=of(one.indicator, one.area, one.parts, one.breakdown))
        if one.indicator in broken
        else one
        for one in values
    ]


def _of_series(
    found: "Found", indicator: str, areas: Iterable[str], breakdown: str
) -> tuple[Break, ...]:
    """The breaks of the series of an area, and of the areas that it is added up from."""
    listed = [one for code in areas for one in of_series(found, indicator, code, breakdown)]
    return tuple(sorted(dict.fromkeys(listed), key=lambda one: one.period))


Found = dict[tuple[str, str], list[tuple[Break, tuple[str, ...]]]]


def breaks(ids: Collection[str], areas: Collection[str], known: Told | None = None) -> Found:
    """The breaks of these indicators in these areas (codes), in order, each with the breakdowns it is confined to
    (none: it holds for all). One query, none where what was told is `known`."""
    specs = [spec for key, spec in indicators().items() if key in ids]
    known = told() if known is None else known
    found: Found = {}
    for spec in specs:
        for change in spec.changes:
            for code in areas:
                if change.breaks and (not change.areas or code in change.areas):
                    one = Break(parse(change.breaks), _within_a_sentence(change.what))
                    found.setdefault((spec.id, code), []).append((one, change.breakdowns))
    for succession in known.successions:
        for spec in specs if succession.area in areas else ():
            if _fed_by(spec, succession):
                found.setdefault((spec.id, succession.area), []).append((succession.at, ()))
    return {
        (indicator, code): [
            (
                replace(
                    one,
                    comparable=known.comparable.get((indicator, code, one.period.code), ""),
                    of_stock=indicators()[indicator].aggregation == "last",
                ),
                only,
            )
            for one, only in sorted(dict.fromkeys(listed), key=lambda pair: pair[0].period)
        ]
        for (indicator, code), listed in found.items()
    }


def _within_a_sentence(text: str) -> str:
    """A sentence as a part of another: no capital at its start, unless a name of capitals stands there."""
    starts_with_letters = text[1:2].isupper()
    return (text if starts_with_letters else text[:1].lower() + text[1:]).rstrip(".")


def of_series(found: Found, indicator: str, area: str, breakdown: str = ALL) -> list[Break]:
    """The breaks of one series."""
    return [one for one, only in found.get((indicator, area), ()) if not only or breakdown in only]


def _succession(
    area: str,
    return_id: str,
    item: str | None,
    replaced: str,
    ended: str | None,
    successor: str,
    began: str | None,
) -> list[Succession]:
    """The succession that a row of `TOLD` tells of; none where no day of it is known."""
    if not (began or ended):
        return []
    day = (
        date.fromisoformat(began) if began else date.fromisoformat(ended or "") + timedelta(days=1)
    )
    why = f"{successor} sends them in place of {replaced}"
    return [Succession(area, return_id, item, Break(month_of(day), why))]


def _moment(text: str) -> datetime:
    """A moment as a database writes it: SQLite without its zone, which is UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _fed_by(spec: IndicatorSpec, succession: Succession) -> bool:
    """Whether an indicator's numerator, or its printed values, come from what the replaced agency sent."""
    sent = returns().get(succession.return_id)
    if sent is None:
        return False
    if sent.dataset != "Figure":
        return spec.numerator is not None and spec.numerator.dataset == sent.dataset
    items = {spec.published}
    if spec.numerator and spec.numerator.dataset == "Figure":
        items.add(spec.numerator.where.get("item"))
    return succession.item is not None and succession.item in items
