"""Reading signals for the feed, the API, the badge and the digest."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.db.models import Q, QuerySet

from lscb.models import Area
from lscb.prepared import prepared
from performance.indicators.spec import IndicatorSpec, feeding_returns, indicators
from performance.models import DigestSent, Signal
from performance.queries import catalogue
from performance.queries.events import rebase_words, rebased

LATE = Signal.Kind.MISSING
ENDED = 20  # of what no longer stands, how many are told


@dataclass(frozen=True)
class Row:
    """One signal as the feed shows it. `also` names indicators that show the same for the same counts."""

    id: int
    kind: str
    kind_words: str
    indicator: str
    title: str
    theme: str
    area: str
    area_name: str
    period_type: str
    period: str
    direction: str
    judgement: str
    words: str
    rule: str
    first_seen_at: datetime
    ended_at: datetime | None
    also: tuple[str, ...] = ()
    sender: str = ""
    off: str = ""  # why its indicator was not watched any more when it ended; empty where it was
    anew: str = ""  # that somebody began its limits anew while it stood

    @property
    def by_people(self) -> str:
        """What people decided while a signal stood, without which it might stand still: that its indicator was switched
        off, or that its limits begin anew, by whom, when and why; empty where it ended by itself."""
        return f"It did not end: the indicator was {self.off}" if self.off else self.anew

    @property
    def said(self) -> str:
        """The words without the title, which stands before them as a link."""
        text = self.words.removeprefix(f"{self.title}: ")
        return text[:1].upper() + text[1:]

    @property
    def said_to_sender(self) -> str:
        """The words without title and sender, for a list below the sender's name."""
        return self.said.removesuffix(f" Sender: {self.sender}.")

    @property
    def told(self) -> int:
        """How many indicators it tells of."""
        return 1 + len(self.also)

    @property
    def icon(self) -> str:
        """The kind of the variation icon; empty for what is no special cause."""
        if self.kind != Signal.Kind.SPECIAL_CAUSE:
            return ""
        return f"{self.judgement or 'special'}-{self.direction}"


def signals() -> QuerySet[Signal]:
    """Every signal that anybody in the partnership may read, with its area."""
    return Signal.objects.select_related("area")


def standing(*, area: str, indicator: str = "", kind: str = "") -> list[Row]:
    """The signals that stand for an area (code), the most pressing first, each told once."""
    rows = (
        one
        for one in _standing(area)
        if indicator in ("", one.indicator) and kind in ("", one.kind)
    )
    return together(map(_row, rows))


@prepared
def _standing(area: str) -> QuerySet[Signal]:
    rows = signals().filter(area__code=area, ended_at__isnull=True)
    return rows.order_by("rank", "indicator", "id")


def ended(
    *, area: str, indicator: str = "", kind: str = "", since: date | None = None
) -> list[Row]:
    """What no longer stands for an area (code), the latest first; what ended on a day or later."""
    return _gone(_ended(area, indicator or None, kind or None, since))


@prepared
def _ended(
    area: str, indicator: str | None, kind: str | None, since: date | None
) -> QuerySet[Signal]:
    wanted = {"indicator": indicator, "kind": kind, "ended_at__date__gte": since}
    rows = signals().filter(
        area__code=area,
        ended_at__isnull=False,
        **{key: one for key, one in wanted.items() if one is not None},
    )
    return rows.order_by("-ended_at", "rank", "id")[:ENDED]


def together(rows: Iterable[Row]) -> list[Row]:
    """The rows without those that say the same of the same counts in another unit (referrals, and referrals per
    10,000 children), or miss the same months of the same return: the first is kept and names the others."""
    kept: dict[tuple[str, ...], Row] = {}
    for row in rows:
        spec = indicators().get(row.indicator)
        counted = (_counted(spec) if spec else "") or row.indicator
        key: tuple[str, ...] = (
            row.kind,
            row.area,
            row.period_type,
            row.period,
            row.direction,
            counted,
        )
        if row.kind == Signal.Kind.SENSE:
            key = (*key, row.words)
        elif row.kind == LATE and spec:  # one return that did not come is one thing to do
            returns = " ".join(one.id for one in feeding_returns(spec))
            key = (row.kind, row.area, row.period_type, returns, row.sender, row.said)
        if key in kept:
            kept[key] = replace(kept[key], also=(*kept[key].also, row.title))
        else:
            kept[key] = row
    return list(kept.values())


@lru_cache(maxsize=512)
def _counted(spec: IndicatorSpec) -> str:
    """What an indicator counts, to compare with others; empty for printed values."""
    return spec.numerator.model_dump_json() if spec.numerator else ""


def by_sender(rows: Iterable[Row]) -> list[tuple[str, list[Row], int]]:
    """What is late as (who sends it, their rows by title, of how many indicators), whoever owes most first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.sender, []).append(row)
    groups = [
        (sender, sorted(mine, key=lambda row: row.title), sum(row.told for row in mine))
        for sender, mine in found.items()
    ]
    return sorted(groups, key=lambda group: (-group[2], group[0]))


def to_look_at() -> int:
    """How many signals stand for the partnership's own area, without what is only late."""
    return len(_to_look_at(settings.PARTNERSHIP_AREA))


@prepared
def _to_look_at(area: str) -> QuerySet[Signal, int]:
    rows = Signal.objects.filter(area__code=area, ended_at__isnull=True).exclude(kind=LATE)
    return rows.order_by().values_list("pk", flat=True)


def areas_with_signals() -> list[Area]:
    """The areas that ever had a signal, invented ones last."""
    return _areas_with_signals()


@prepared
def _areas_with_signals() -> QuerySet[Area]:
    return Area.objects.filter(pk__in=Signal.objects.values("area")).order_by("synthetic", "name")


@dataclass(frozen=True)
class News:
    """What changed for an area since a data version or since a meeting's day (then `meeting`), up to a version."""

    until: int
    new: tuple[Row, ...]
    ended: tuple[Row, ...]
    meeting: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.new and not self.ended


def news(group: str, until: int) -> News:
    """What changed for the partnership's area since the group was last told, up to a data version."""
    last = DigestSent.objects.filter(group=group).order_by("-version").first()
    since = last.version if last else 0
    rows = signals().filter(area__code=settings.PARTNERSHIP_AREA)
    new = rows.filter(Q(ended_at__isnull=True), first_seen_version__gt=since)
    gone = rows.filter(ended_version__gt=since, first_seen_version__lte=since)
    return _news(new, gone, until)


def news_since(day: date, until: int, *, area: str) -> News:
    """What changed for an area (code) since a meeting: what stands that was first seen on its day or later, and what
    stood before it and ended on its day or later."""
    rows = signals().filter(area__code=area)
    new = rows.filter(Q(ended_at__isnull=True), first_seen_at__date__gte=day)
    gone = rows.filter(ended_at__date__gte=day, first_seen_at__date__lt=day)
    return _news(new, gone, until, meeting=day)


def was_told_before(group: str, meeting: date) -> bool:
    """Whether the digest before a group's meeting has gone out."""
    return DigestSent.objects.filter(group=group, meeting_day=meeting).exists()


def _news(
    new: QuerySet[Signal], gone: QuerySet[Signal], until: int, meeting: date | None = None
) -> News:
    return News(
        until=until,
        new=tuple(together(_row(one) for one in new.order_by("rank", "indicator", "id"))),
        ended=tuple(_gone(gone.order_by("rank", "indicator", "id"))),
        meeting=meeting,
    )


def by_people(rows: Iterable[Signal]) -> dict[int, str]:
    """What people decided while signals stood that no longer do, by id, as `Row.by_people` has it. Two queries."""
    return {row.id: row.by_people for row in _gone(one for one in rows if one.ended_at)}


def _gone(rows: Iterable[Signal]) -> list[Row]:
    """Signals that no longer stand; those whose indicator was switched off or whose limits began anew say so."""
    listed = list(rows)
    ids = {one.indicator for one in listed}
    decisions, anew = catalogue.made(ids), rebased(ids)
    return [
        replace(
            _row(one),
            off=catalogue.off_words(decisions.get(one.indicator, ()), one.ended_at),
            anew=rebase_words(
                anew.get((one.area_id, one.indicator), ()), one.first_seen_at, one.ended_at
            ),
        )
        for one in listed
    ]


def _row(one: Signal) -> Row:
    spec = indicators().get(one.indicator)
    return Row(
        id=one.pk,
        kind=one.kind,
        kind_words=one.get_kind_display(),
        indicator=one.indicator,
        title=spec.title if spec else one.indicator,
        theme=spec.theme if spec else "",
        area=one.area.code,
        area_name=one.area.name,
        period_type=one.period_type,
        period=one.period,
        direction=one.direction,
        judgement=one.judgement,
        words=one.words,
        rule=one.rule,
        first_seen_at=one.first_seen_at,
        ended_at=one.ended_at,
        sender=spec.sender if spec else "",
    )
