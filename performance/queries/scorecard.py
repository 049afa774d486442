"""What a quarter's scorecard reads beside its figures, in two queries: the places it names, and what people decided
and wrote. The figures themselves are the third (performance.queries.observations.scorecard_values).

What people wrote lies in five tables. They are asked for together, every column as words, because a page waits longer
for five questions than for the few rows that answer them.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast

from lscb.models import Area
from lscb.periods import Period, parse
from performance.models import (
    Challenge,
    Commentary,
    DataVersion,
    Edition,
    EditionState,
    IndicatorSetting,
    Rebase,
    Submission,
)
from performance.queries.observations import NATIONAL

Names = tuple[tuple[str, str], ...]
WIDTH = 7  # columns of every row of `written`; a table with fewer leaves the last ones empty
SUBGROUP = "Performance Subgroup"


@dataclass(frozen=True)
class Places:
    """The area of a scorecard and the places around it, as (code, name): the country and the regions it is compared
    with, the partnerships it lies in. `chosen_from` are the areas that agencies send returns for;
    `succeeded` tells whether one of the senders was replaced by another, so that series may break."""

    area: Area
    chosen_from: tuple[Area, ...]
    comparators: Names
    wider: Names
    changed_at: datetime | None
    succeeded: bool

    @property
    def codes(self) -> list[str]:
        """Every area whose figures the scorecard reads."""
        return [self.area.code, *(code for code, _ in (*self.comparators, *self.wider))]


def places(code: str) -> Places | None:
    """The places of an area's scorecard; None where there is no such area. One query."""
    sent = Submission.objects.filter(area=OuterRef("pk"), state="accepted")
    around = Area.within.through.objects.filter(from_area__code=code, to_area=OuterRef("pk"))
    rows = list(
        Area.objects.annotate(
            sent=Exists(sent.exclude(agency__type=NATIONAL)),
            around=Exists(around),
            succeeded=Exists(sent.filter(agency__successor__isnull=False)),
            changed_at=Subquery(DataVersion.objects.filter(pk=1).values("changed_at")),
        ).order_by("synthetic", "name")
    )
    area = next((one for one in rows if one.code == code), None)
    if area is None:
        return None
    kinds = (Area.Kind.COUNTRY, Area.Kind.REGION)  # the nearest in kind first
    return Places(
        area=area,
        chosen_from=tuple(one for one in rows if one.sent),
        comparators=()
        if area.synthetic
        else _names(one for kind in kinds for one in rows if one.kind == kind and one != area),
        wider=_names(one for one in rows if one.around and one.kind == Area.Kind.PARTNERSHIP),
        changed_at=area.changed_at,
        succeeded=any(one.succeeded for one in rows),
    )


def _names(areas: Iterable[Area]) -> Names:
    return tuple((one.code, one.name) for one in areas)


@dataclass(frozen=True)
class Wording:
    """What the Subgroup, else an agency, says of an indicator. `about` is the observation as it was then."""

    who: str
    text: str
    is_agreed: bool
    about: Mapping[str, Any]


@dataclass(frozen=True)
class Frozen:
    """An edition that was not set aside, as the scorecard names it."""

    id: int
    quarter: Period
    number: int
    state: EditionState

    @property
    def is_open(self) -> bool:
        """Whether a step still waits for somebody."""
        return self.state in (EditionState.PROVISIONAL, EditionState.APPROVED)

    @property
    def words(self) -> str:
        """`Provisional edition`, `Published edition 2`."""
        return f"{self.state.label} edition{f' {self.number}' if self.number > 1 else ''}"


@dataclass(frozen=True)
class Asked:
    """A challenge that is not closed, as the scorecard names it."""

    id: int
    agency: str
    question: str
    state: str
    due: date


@dataclass(frozen=True)
class Written:
    """What people decided and wrote that an area's scorecard of a quarter shows or follows. `rebases` are by area and
    indicator, `said` by indicator; `settings` are every decision about indicators, the oldest first."""

    settings: tuple[IndicatorSetting, ...]
    rebases: Mapping[str, Mapping[str, tuple[Period, ...]]]
    said: Mapping[str, Wording]
    editions: tuple[Frozen, ...]
    challenges: tuple[Asked, ...]


def written(places: Places, quarter: Period) -> Written:
    """What people decided and wrote about an area, for its scorecard of a quarter. One query."""
    parts = _parts(places, quarter)
    found: dict[str, list[tuple[Any, ...]]] = {kind: [] for kind in parts}
    first, *others = (_words(kind, *part) for kind, part in parts.items())
    for kind, *columns in first.union(*others, all=True):
        found[kind].append(tuple(columns))
    for rows in found.values():
        rows.sort(key=lambda row: row[0])
    editions = [
        Frozen(row[0], parse(row[1]), int(row[2]), EditionState(row[3])) for row in found["edition"]
    ]
    asked = [
        Asked(row[0], row[1], row[2], row[3], date.fromisoformat(row[4]))
        for row in found["challenge"]
    ]
    return Written(
        settings=tuple(_setting(row) for row in found["setting"]),
        rebases=_rebases(found["rebase"]),
        said=_said(found["said"]),
        editions=tuple(sorted(editions, key=lambda one: (one.quarter, one.number), reverse=True)),
        challenges=tuple(sorted(asked, key=lambda one: (one.due, one.id))),
    )


def _parts(places: Places, quarter: Period) -> dict[str, tuple[QuerySet[Any], Collection[str]]]:
    """By kind the rows to read, and their columns."""
    area = places.area.pk
    around = [places.area.code, *(code for code, _ in places.wider)]
    editions = Edition.objects.filter(
        Q(quarter_code=quarter.code) | ~Q(state=EditionState.PUBLISHED), area=area
    )
    return {
        "setting": (
            IndicatorSetting.objects.all(),
            ("indicator", "in_use", "target", "upper", "tolerance", "since", "reason"),
        ),
        "rebase": (
            Rebase.objects.filter(area__code__in=around, removed_at__isnull=True),
            ("area__code", "indicator", "period_code"),
        ),
        "said": (
            Commentary.objects.filter(area=area, period_code=quarter.code),
            ("indicator", "agency__name", "text", "agreed_at", "written_about"),
        ),
        "edition": (
            editions.exclude(state=EditionState.SET_ASIDE),
            ("quarter_code", "number", "state"),
        ),
        "challenge": (
            Challenge.objects.filter(area=area).exclude(state=Challenge.State.CLOSED),
            ("agency__name", "question", "state", "due"),
        ),
    }


def _words(kind: str, rows: QuerySet[Any], columns: Collection[str]) -> QuerySet[Any]:
    """Rows as (kind, id, columns as words), all of one width."""
    words: dict[str, Any] = {
        f"word_{place}": Cast(one, TextField()) for place, one in enumerate(columns)
    }
    for place in range(len(columns), WIDTH):
        words[f"word_{place}"] = Value(None, TextField())
    shaped = rows.order_by().annotate(which=Value(kind, CharField()), **words)
    return shaped.values_list("which", "pk", *words)


def _setting(row: tuple[Any, ...]) -> IndicatorSetting:
    pk, indicator, in_use, target, upper, tolerance, since, reason = row
    return IndicatorSetting(
        pk=pk,
        indicator=indicator,
        in_use=in_use in ("1", "true"),  # as SQLite and as PostgreSQL write it
        target=None if target is None else float(target),
        upper=None if upper is None else float(upper),
        tolerance=float(tolerance),
        since=None if since is None else date.fromisoformat(since),
        reason=reason,
    )


def _rebases(rows: Iterable[tuple[Any, ...]]) -> dict[str, dict[str, tuple[Period, ...]]]:
    found: dict[str, dict[str, tuple[Period, ...]]] = {}
    for _, area, indicator, period, *_rest in rows:
        listed = found.setdefault(area, {})
        listed[indicator] = (*listed.get(indicator, ()), parse(period))
    return found


def _said(rows: Iterable[tuple[Any, ...]]) -> dict[str, Wording]:
    """By indicator the newest wording of the Subgroup, else the newest of an agency. `rows` begin with the oldest."""
    found: dict[str, Wording] = {}
    for _, indicator, agency, text, agreed_at, about, *_rest in rows:
        held = found.get(indicator)
        if agency is None or held is None or held.who != SUBGROUP:
            said = Wording(agency or SUBGROUP, text, agreed_at is not None, json.loads(about))
            found[indicator] = said
    return found
