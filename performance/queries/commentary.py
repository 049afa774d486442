"""Reading commentary, and whether figures have moved since it was written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from lscb.models import Area
from lscb.numbers import format_value
from lscb.periods import Period
from lscb.prepared import prepared
from performance.indicators.claims import Finding
from performance.indicators.claims.placeholders import as_they_were
from performance.indicators.series import Value, write
from performance.indicators.spec import IndicatorSpec, indicators
from performance.models import Commentary
from performance.models.facts import judge
from performance.queries.claims import Anew, live, written_out


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
    findings: tuple[Finding, ...] = ()  # what figures contradicted in it when it was last looked at
    # what they contradict in it, of one that stands; None where this program has not looked
    findings_now: tuple[Finding, ...] | None = None
    as_kept: bool = True  # whether `findings` are those of then; else of now
    despite: str = ""  # why it was agreed all the same
    since: "Said | None" = None  # what was written after it, where an edition holds it

    @property
    def is_agreed(self) -> bool:
        """Whether somebody else agreed it."""
        return self.agreed_at is not None


def history(indicator: str, area: Area, now: Iterable[Value] = ()) -> list[Said]:
    """Every wording about an indicator in an area, the newest first. `now` are its values as they are."""
    rows = _about(indicator, area.pk)
    known = {value.period: value for value in now}
    facts = live(area, [row.text for row in rows])
    return [_said(row, known.get(row.period), text=written_out(row.text, facts)) for row in rows]


@prepared
def _about(indicator: str, area: int) -> QuerySet[Commentary]:
    return _rows().filter(indicator=indicator, area=area)


def newest(wordings: Iterable[Said], period: Period) -> list[Said]:
    """Of some wordings (the newest first) the one that stands for each voice about a period."""
    found: dict[str, Said] = {}
    for said in wordings:
        if said.period == period:
            found.setdefault(said.who, said)
    return sorted(found.values(), key=lambda said: (said.voice != "subgroup", said.who))


def standing(area: Area, quarter: Period, until: datetime | None = None) -> dict[str, Said]:
    """By indicator what stood beside a quarter's figures at a moment (now where None): the Subgroup's newest wording
    up to then, else the newest of an agency. At a moment that is past, live figures are as they were when it was
    written, and agreed is what was agreed by then: an edition never changes. What stands now in its place is its
    `since`."""
    listed = _of_quarter(area.pk, quarter.code)
    facts = live(area, [row.text for row in listed])
    now = {
        key: _said(row, None, text=written_out(row.text, facts))
        for key, row in _first_of_each(listed).items()
    }
    if until is None:
        return now
    then = _first_of_each([row for row in listed if row.written_at <= until])
    return {key: _as_it_was(row, until, now[key]) for key, row in then.items()}


@prepared
def _of_quarter(area: int, quarter: str) -> QuerySet[Commentary]:
    return _rows().filter(area=area, period_code=quarter)


def _first_of_each(rows: Iterable[Commentary]) -> dict[str, Commentary]:
    """By indicator the Subgroup's newest wording, else the newest of an agency. `rows` begin with the newest."""
    found: dict[str, Commentary] = {}
    for row in rows:
        held = found.get(row.indicator)
        if held is None or (row.voice == "subgroup" and held.voice != "subgroup"):
            found[row.indicator] = row
    return found


def _as_it_was(row: Commentary, until: datetime, now: Said) -> Said:
    """A wording as it stood at a moment, with the one that stands now where that is another."""
    text = as_they_were(row.text, row.written_about.get("live", {}))
    said = replace(_said(row, None, text=text), since=now if now.id != row.pk else None)
    if said.agreed_at is None or said.agreed_at <= until:
        return said
    return replace(said, agreed_by="", agreed_at=None, despite="")


def as_of_now(area: Area, said: Iterable[Said]) -> list[Said]:
    """Wordings about an area that stand, each with what the figures contradict in it now. No query, but for those that
    another program judged, or one with other definitions."""
    anew = Anew(area)
    return [
        replace(
            one,
            findings=anew.unless_kept(one.findings_now, one.raw, one.indicator, one.period),
            as_kept=False,
        )
        for one in said
    ]


def _rows() -> QuerySet[Commentary]:
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
        findings=findings_of(row.findings),
        findings_now=findings_of(row.findings_now) if row.judged_by == judge() else None,
        despite=row.agreed_despite,
        moved=moved(indicators().get(row.indicator), row.written_about, value),
    )


def findings_of(kept: Iterable[Mapping[str, str]]) -> tuple[Finding, ...]:
    """Findings that were kept beside a wording."""
    return tuple(Finding(**one) for one in kept)


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
