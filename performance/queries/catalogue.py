"""The catalogue as people set it: which indicators are used, in which order, with which target, and its history."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate, localtime

from lscb.days import day_words
from lscb.prepared import prepared
from performance.indicators.scorecard import scorecard
from performance.indicators.spec import IndicatorSpec, indicators
from performance.models import IndicatorSetting, ProposedIndicator
from performance.models.catalogue import agreed
from performance.queries import observations


def latest() -> dict[str, IndicatorSetting]:
    """The latest decision about each indicator that there is one about."""
    return {row.indicator: row for row in _decisions()}


@prepared
def _decisions() -> QuerySet[IndicatorSetting]:
    return IndicatorSetting.objects.order_by("id")


@dataclass(frozen=True)
class Decided:
    """What the manager decided of all indicators, as it stands on a day: the definitions in use with the target that
    counts, and the places given to some of them."""

    in_use: Mapping[str, IndicatorSpec]
    places: Mapping[str, int]

    def place(self, indicator: str) -> tuple[bool, int]:
        """A key to sort by: those with a place first, in its order; the others as they stand."""
        position = self.places.get(indicator, 0)
        return (position == 0, position)


def decided(day: date) -> Decided:
    """What the manager decided, in one query."""
    rows = _decisions()
    places = {row.indicator: row.position for row in rows}
    return Decided(agreed(indicators().values(), day, rows), places)


def switched_off(ids: Collection[str]) -> dict[str, str]:
    """Why those of these indicators that are switched off are, in words, by id: `switched off on 3 May 2026 by Ann
    Lee: ...`."""
    found = {key: off_words(rows) for key, rows in made(ids).items() if key in indicators()}
    return {key: words for key, words in found.items() if words}


def made(ids: Collection[str]) -> dict[str, list[IndicatorSetting]]:
    """The decisions about each of these indicators with who made them, the oldest first, in one query."""
    found: dict[str, list[IndicatorSetting]] = {}
    for row in _made(ids):
        found.setdefault(row.indicator, []).append(row)
    return found


@prepared
def _made(ids: Collection[str]) -> QuerySet[IndicatorSetting]:
    rows = IndicatorSetting.objects.filter(indicator__in=ids).select_related("made_by")
    return rows.order_by("id")


def off_words(decisions: Sequence[IndicatorSetting], moment: datetime | None = None) -> str:
    """The decision that had switched an indicator off at a moment (else now), in words; empty where it was in use.
    What was decided later of an indicator that was off already is not what switched it off."""
    switch = None
    for row in decisions:
        if moment is not None and row.made_at > moment:
            break
        switch = None if row.in_use else switch or row
    if switch is None:
        return ""
    end = "" if switch.reason.endswith((".", "!", "?")) else "."
    day = day_words(localtime(switch.made_at))
    return f"switched off on {day} by {switch.made_by.name}: {switch.reason}{end}"


def ordered(
    specs: Collection[IndicatorSpec], decisions: dict[str, IndicatorSetting]
) -> list[IndicatorSpec]:
    """Definitions in the order a manager gave them; those without a place after those with one, by id."""

    def place(spec: IndicatorSpec) -> tuple[bool, int, str]:
        row = decisions.get(spec.id)
        position = row.position if row else 0
        return (position == 0, position, spec.id)

    return sorted(specs, key=place)


def history(indicator: str) -> list[IndicatorSetting]:
    """Every decision about an indicator with who made it, the latest first."""
    rows = IndicatorSetting.objects.filter(indicator=indicator).select_related("made_by")
    return list(rows.order_by("-id"))


def proposals() -> list[ProposedIndicator]:
    """What was proposed, with who proposed and decided, the latest first."""
    return list(ProposedIndicator.objects.select_related("made_by", "decided_by"))


def group_of(spec: IndicatorSpec, decisions: dict[str, IndicatorSetting]) -> str:
    """The group in which an indicator stands: the one a manager put it in, else its theme."""
    row = decisions.get(spec.id)
    return (row.group if row else "") or spec.theme


def groups() -> list[str]:
    """The groups of the catalogue: the themes, and those that a manager made."""
    decisions = latest()
    return sorted({group_of(spec, decisions) for spec in indicators().values()} | set(themes()))


def sections() -> list[str]:
    """The sections of the scorecard: those that were laid out, then those that a manager made."""
    laid_out = [section.title for section in scorecard().sections]
    made = sorted({row.section for row in latest().values() if row.section})
    return list(dict.fromkeys([*laid_out, *made]))


def begun(specs: Iterable[IndicatorSpec]) -> dict[str, IndicatorSpec]:
    """The definitions by id; one of which a number was sent, for any area, is no longer awaited. One query."""
    sent = observations.indicators_with_values()
    return {
        spec.id: spec.model_copy(update={"awaited": False})
        if spec.awaited and spec.id in sent
        else spec
        for spec in specs
    }


def documented() -> list[IndicatorSpec]:
    """Every definition in the group and order that a manager gave it, as the catalogue has them, with the target that
    counts today; one that is switched off says so among its notes."""
    decisions = latest()
    specs = begun(indicators().values())
    off = switched_off(specs)
    in_use = agreed(specs.values(), localdate())
    listed = [
        in_use.get(spec.id, spec).model_copy(
            update={
                "theme": group_of(spec, decisions),
                "notes": " ".join(filter(None, (_not_in_use(off.get(spec.id, "")), spec.notes))),
            }
        )
        for spec in ordered(specs.values(), decisions)
    ]
    return sorted(listed, key=lambda spec: spec.theme)


def _not_in_use(why: str) -> str:
    return f"Not in use: {why}" if why else ""


def themes() -> list[str]:
    """The themes of the catalogue."""
    return sorted({spec.theme for spec in indicators().values()})
