"""Reading commentary, and whether figures have moved since it was written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from lscb.models import Area
from lscb.numbers import format_value
from lscb.periods import Period
from performance.indicators.claims.placeholders import as_they_were
from performance.indicators.series import Value, write
from performance.indicators.spec import IndicatorSpec, indicators
from performance.models import Commentary
from performance.queries.claims import live, written_out


@dataclass(frozen=True)
class Said:
    """A wording as pages show it. `moved` says in words how the figure has moved since; empty where it has not."""

    id: int
    indicator: str
    period: Period
    voice: str
    who: str
    text: str  # with its live figures as they are today, in an edition as they were
    raw: str  # as it was written
    written_by: str
    written_by_id: int
    written_at: datetime
    agreed_by: str
    agreed_at: datetime | None
    moved: str = ""

    @property
    def is_agreed(self) -> bool:
        """Whether somebody else agreed it."""
        return self.agreed_at is not None


def history(indicator: str, area: Area, now: Iterable[Value] = ()) -> list[Said]:
    """Every wording about an indicator in an area, the newest first. `now` are its values as they are."""
    rows = list(_rows().filter(indicator=indicator, area=area))
    known = {value.period: value for value in now}
    facts = live(area, [row.text for row in rows])
    return [_said(row, known.get(row.period), text=written_out(row.text, facts)) for row in rows]


def newest(wordings: Iterable[Said], period: Period) -> list[Said]:
    """Of some wordings (the newest first) the one that stands for each voice about a period."""
    found: dict[str, Said] = {}
    for said in wordings:
        if said.period == period:
            found.setdefault(said.who, said)
    return sorted(found.values(), key=lambda said: (said.voice != "subgroup", said.who))


def standing(area: Area, quarter: Period, until: datetime | None) -> dict[str, Said]:
    """By indicator what stood beside a quarter's figures at a moment (now where None): the Subgroup's newest wording
    up to then, else the newest of an agency. At a moment that is past, live figures are as they were when it was
    written: an edition's numbers never change."""
    rows = _rows().filter(area=area, period_code=quarter.code)
    listed = list(rows.filter(written_at__lte=until) if until else rows)
    facts = None if until else live(area, [row.text for row in listed])
    found: dict[str, Said] = {}
    for row in listed:
        text = (
            as_they_were(row.text, row.written_about.get("live", {}))
            if until
            else written_out(row.text, facts)
        )
        said, held = _said(row, None, text=text), found.get(row.indicator)
        if held is None or (said.voice == "subgroup" and held.voice != "subgroup"):
            found[row.indicator] = said
    return found


def _rows() -> Any:
    return Commentary.objects.select_related("agency", "written_by", "agreed_by")


def _said(row: Commentary, value: Value | None, *, text: str) -> Said:
    return Said(
        id=row.pk,
        indicator=row.indicator,
        period=row.period,
        voice=row.voice,
        who=row.agency.name if row.agency else "Performance Subgroup",
        text=text,
        raw=row.text,
        written_by=row.written_by.name,
        written_by_id=row.written_by_id,
        written_at=row.written_at,
        agreed_by=row.agreed_by.name if row.agreed_by else "",
        agreed_at=row.agreed_at,
        moved=moved(indicators().get(row.indicator), row.written_about, value),
    )


def moved(spec: IndicatorSpec | None, about: Mapping[str, Any], value: Value | None) -> str:
    """How a figure has moved since something was written about it: `23.1% then, 24.0% now`."""
    if spec is None or value is None or "status" not in about:
        return ""
    now = (_same(value.numerator), _same(value.denominator), _same(value.value), value.status)
    then = tuple(_same(about.get(name)) for name in ("numerator", "denominator", "value"))
    if now == (*then, about.get("status")):
        return ""
    then_words = format_value(
        _number(about.get("value")),
        spec.unit,
        numerator=_exact(about.get("numerator")),
        denominator=_exact(about.get("denominator")),
        status=str(about.get("status", "")),
    )
    return f"{then_words} then, {write(spec, value)} now"


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


def _exact(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _same(number: Any) -> Decimal | None:
    return None if number is None else Decimal(str(number)).normalize()
