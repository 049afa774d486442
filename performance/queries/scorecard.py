"""What a quarter's scorecard reads beside its figures, in two queries: the places it names, and what people decided
and wrote. The figures themselves are the third (performance.queries.observations.scorecard_values).

What people wrote lies in five tables. They are asked for together, because a page waits longer for five questions than
for the few rows that answer them.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from typing import Any

from django.db import connection

from lscb.models import Area
from lscb.periods import Period, parse
from performance import contributed
from performance.indicators.claims import Facts, Finding
from performance.models import (
    Challenge,
    EditionState,
    IndicatorSetting,
)
from performance.models.breaks import TOLD, Told, told_by
from performance.models.facts import judge
from performance.queries.claims import live, written_out
from performance.queries.commentary import findings_of
from performance.queries.observations import NATIONAL

Names = tuple[tuple[str, str], ...]
SUBGROUP = "Performance Subgroup"


@dataclass(frozen=True)
class Places:
    """The area of a scorecard and the places around it, as (code, name): the country and the regions it is compared
    with, the partnerships it lies in. `chosen_from` are the areas that agencies send returns for."""

    area: Area
    chosen_from: tuple[Area, ...]
    comparators: Names
    wider: Names
    changed_at: datetime | None

    @property
    def codes(self) -> list[str]:
        """Every area whose figures the scorecard reads."""
        return [self.area.code, *(code for code, _ in (*self.comparators, *self.wider))]


# Every area, whether the partnership's agencies sent anything about it and whether the one of this code lies in it; and
# when the data last changed. In SQL for the same reason as what people wrote.
AREA = ("id", "code", "name", "kind", "adds_up", "synthetic")
AROUND = """
SELECT area.id, area.code, area.name, area.kind, area.adds_up, area.synthetic,
       EXISTS (SELECT 1 FROM performance_submission sent JOIN lscb_agency agency ON agency.id = sent.agency_id
                WHERE sent.area_id = area.id AND sent.state = 'accepted' AND agency.type <> %(national)s),
       EXISTS (SELECT 1 FROM lscb_area_within lies JOIN lscb_area inner_one ON inner_one.id = lies.from_area_id
                WHERE lies.to_area_id = area.id AND inner_one.code = %(code)s),
       (SELECT CAST(changed_at AS text) FROM performance_dataversion WHERE id = 1)
  FROM lscb_area area
 ORDER BY area.synthetic, area.name
"""


def places(code: str) -> Places | None:
    """The places of an area's scorecard; None where there is no such area. One query."""
    with connection.cursor() as cursor:
        cursor.execute(AROUND, {"code": code, "national": NATIONAL})
        found = [
            (
                Area.from_db(connection.alias, AREA, (*row[:4], bool(row[4]), bool(row[5]))),
                *row[6:],
            )
            for row in cursor
        ]
    rows = [one for one, *_ in found]
    here = next((row for row in found if row[0].code == code), None)
    if here is None:
        return None
    area, _, _, changed_at = here
    kinds = (Area.Kind.COUNTRY, Area.Kind.REGION)  # the nearest in kind first
    return Places(
        area=area,
        chosen_from=tuple(one for one, sent, *_ in found if sent),
        comparators=()
        if area.synthetic
        else _names(one for kind in kinds for one in rows if one.kind == kind and one != area),
        wider=_names(
            one for one, _, around, _ in found if around and one.kind == Area.Kind.PARTNERSHIP
        ),
        changed_at=_moment(changed_at) if changed_at else None,
    )


def _names(areas: Iterable[Area]) -> Names:
    return tuple((one.code, one.name) for one in areas)


@dataclass(frozen=True)
class Wording:
    """What the Subgroup, else an agency, says of an indicator. `about` is the observation as it was then, `findings`
    what the figures contradict in it (None: this program has not looked), `despite` why it was agreed all the same."""

    who: str
    text: str
    is_agreed: bool
    about: Mapping[str, Any]
    findings: tuple[Finding, ...] | None
    despite: str


@dataclass(frozen=True)
class Frozen:
    """An edition that was not set aside, as the scorecard names it."""

    id: int
    quarter: Period
    number: int
    state: EditionState
    at: datetime | None = None  # when it took the step that it stands at
    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, hash=False)

    @property
    def is_open(self) -> bool:
        """Whether a step still waits for somebody."""
        return self.state in (EditionState.PROVISIONAL, EditionState.APPROVED)


@dataclass(frozen=True)
class Asked:
    """A challenge that is not closed, as the scorecard names it."""

    id: int
    agency: str
    question: str
    state: str
    due: date

    @property
    def state_words(self) -> str:
        """`Waiting for an answer`."""
        return str(Challenge.State(self.state).label)


@dataclass(frozen=True)
class Written:
    """What people decided and wrote that an area's scorecard of a quarter shows or follows. `rebases` are by area (of
    every area) and indicator, `said` by indicator; `settings` are every decision about indicators, the oldest first,
    `places` the section and the place in it that the latest one gives each;
    `told` is what breaks rest on."""

    settings: tuple[IndicatorSetting, ...]
    places: Mapping[str, tuple[str, int]]
    rebases: Mapping[str, Mapping[str, tuple[Period, ...]]]
    said: Mapping[str, Wording]
    editions: tuple[Frozen, ...]
    told: Told
    places_of: Places
    asked: tuple[tuple[Any, ...], ...]  # the challenges, as `_challenges` takes them

    @cached_property
    def facts(self) -> Facts | None:
        """What the live figures of all these texts say: read once, and only for those who show them."""
        texts = [*(one.text for one in self.said.values()), *(row[2] for row in self.asked)]
        return live(self.places_of.area, texts, self.places_of.wider, self.told)

    @cached_property
    def challenges(self) -> tuple[Asked, ...]:
        """The challenges about the area that are not closed and that everybody may see, the one that is due first at
        the beginning. What their live figures say is read with them, and only by those who ask."""
        return _challenges(self.asked, self.facts) if self.asked else ()


# What people decided and wrote, as one question. In SQL, because Django takes as long to put five unions into words as
# the database takes for a page's figures. Every column as text: a table with fewer leaves the last ones empty.
# What breaks rest on is asked for with it.
WRITTEN = """
SELECT 'setting', id, indicator, CAST(in_use AS text), CAST(target AS text), CAST(upper AS text),
       CAST(tolerance AS text), CAST(since AS text), reason
  FROM performance_indicatorsetting
UNION ALL
SELECT 'place', id, indicator, section, CAST(position AS text), NULL, NULL, NULL, NULL
  FROM performance_indicatorsetting
UNION ALL
SELECT 'rebase', rebase.id, area.code, rebase.indicator, rebase.period_code, NULL, NULL, NULL, NULL
  FROM performance_rebase rebase JOIN lscb_area area ON area.id = rebase.area_id
 WHERE rebase.removed_at IS NULL
UNION ALL
SELECT 'said', said.id, said.indicator, agency.name, said.text, CAST(said.agreed_at AS text),
       CAST(said.written_about AS text),
       CASE WHEN said.judged_by = %(judge)s THEN CAST(said.findings_now AS text) END, said.agreed_despite
  FROM performance_commentary said LEFT JOIN lscb_agency agency ON agency.id = said.agency_id
 WHERE said.area_id = %(area)s AND said.period_code = %(quarter)s
UNION ALL
SELECT 'edition', id, quarter_code, CAST(number AS text), state,
       CAST(COALESCE(published_at, approved_at, opened_at) AS text), NULL, NULL, NULL
  FROM performance_edition
 WHERE area_id = %(area)s AND state <> %(aside)s AND (quarter_code = %(quarter)s OR state <> %(published)s)
UNION ALL
SELECT 'frozen', held.edition_id, held.indicator, CAST(held.shown AS text), NULL, NULL, NULL, NULL, NULL
  FROM performance_editionrow held
 WHERE held.edition_id = (
       SELECT newest.id FROM performance_edition newest
        WHERE newest.area_id = %(area)s AND newest.state <> %(aside)s AND newest.quarter_code = %(quarter)s
        ORDER BY newest.number DESC LIMIT 1)
UNION ALL
SELECT 'challenge', asked.id, agency.name, asked.question, asked.state, CAST(asked.due AS text), asked.subject,
       NULL, NULL
  FROM performance_challenge asked JOIN lscb_agency agency ON agency.id = asked.agency_id
 WHERE asked.area_id = %(area)s AND asked.state <> %(closed)s
"""


def written(places: Places, quarter: Period) -> Written:
    """What people decided and wrote about an area, for its scorecard of a quarter; the rebases of every area. One
    query."""
    about: dict[str, str | int] = {
        "area": places.area.pk,
        "quarter": quarter.code,
        "aside": EditionState.SET_ASIDE.value,
        "published": EditionState.PUBLISHED.value,
        "closed": Challenge.State.CLOSED.value,
        "judge": judge(),
    }
    with connection.cursor() as cursor:
        cursor.execute("UNION ALL".join((WRITTEN, TOLD)), about)
        rows = sorted(cursor.fetchall(), key=lambda row: row[1])
    found = defaultdict(list)
    for kind, *columns in rows:
        found[kind].append(tuple(columns))
    return Written(
        settings=tuple(_setting(row) for row in found["setting"]),
        places={key: (section, int(at)) for _, key, section, at, *_ in found["place"]},
        rebases=_rebases(found["rebase"]),
        said=_said(found["said"]),
        editions=_editions(found["edition"], found["frozen"]),
        told=told_by(rows),
        places_of=places,
        asked=tuple(found["challenge"]),
    )


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


def _editions(
    rows: Iterable[tuple[Any, ...]], held: Iterable[tuple[Any, ...]]
) -> tuple[Frozen, ...]:
    """The editions, the latest quarter and the last of its numbers first. Of the newest of the quarter there is what
    its rows show, as `held`."""
    shown: dict[int, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for edition, indicator, text, *_rest in held:
        shown[edition][indicator] = _json(text)
    found = [
        Frozen(pk, parse(quarter), int(number), EditionState(state), _moment(at), shown[pk])
        for pk, quarter, number, state, at, *_rest in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.quarter, one.number), reverse=True))


@lru_cache(maxsize=512)
def _json(text: str) -> Mapping[str, Any]:
    """What a row of an edition shows, which never changes and nobody writes to."""
    read: Mapping[str, Any] = json.loads(text)
    return read


def _moment(text: str) -> datetime:
    """A moment as SQLite writes it (of no zone: UTC) and as PostgreSQL does."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _challenges(rows: Collection[tuple[Any, ...]], facts: Facts | None) -> tuple[Asked, ...]:
    """The challenges as they are read, the one that is due first at the beginning. `rows`: the number of each, its
    agency, its question, its state, its day and the thing of another app that it is about. Those about what not
    everybody may see are left out: everybody reads a scorecard."""
    if any(row[5] for row in rows):
        seen = {"", *contributed.things(None)}
        rows = [row for row in rows if row[5] in seen]
    found = [
        Asked(pk, agency, written_out(question, facts), state, date.fromisoformat(due))
        for pk, agency, question, state, due, *_rest in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.due, one.id)))


def _said(rows: Iterable[tuple[Any, ...]]) -> dict[str, Wording]:
    """By indicator the newest wording of the Subgroup, else the newest of an agency. `rows` begin with the oldest."""
    found: dict[str, Wording] = {}
    for _, indicator, agency, text, agreed_at, about, findings, despite in rows:
        held = found.get(indicator)
        if agency is None or held is None or held.who != SUBGROUP:
            found[indicator] = Wording(
                agency or SUBGROUP,
                text,
                agreed_at is not None,
                json.loads(about),
                None if findings is None else findings_of(json.loads(findings)),
                despite,
            )
    return found
