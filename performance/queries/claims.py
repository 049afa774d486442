"""The figures that a text about an area is checked against, and those that it may hold live."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from lscb.models import Area
from lscb.periods import Period, parse
from lscb.prepared import prepared
from performance.indicators.claims import Facts, Finding, placeholders
from performance.indicators.claims.figures.evidence import KINDS
from performance.indicators.series import Value
from performance.intake.spec import REPORTED
from performance.models import Observation
from performance.models.breaks import COLUMNS, Told, values_stored, with_breaks
from performance.models.facts import Figures
from performance.models.statements import rebases_in
from performance.queries.observations import observations, wider_areas

T = TypeVar("T")
LONGEST = 100_000  # characters of a text that is checked: an annual report has about as many


def facts(area: Area, text: str = "") -> Facts:
    """What a text about an area is checked against."""
    return Figures(area).of(text)


def live(
    area: Area,
    texts: Collection[str],
    wider: Collection[tuple[str, str]] | None = None,
    known: Told | None = None,
) -> Facts | None:
    """What the live figures of some texts about an area stand for; None, and no query, where they hold none. Else one
    for the series that they name, one for the areas that it lies in unless they are given (`wider`), where one tells a
    change one for what breaks rest on unless that is `known`, and where one is a paragraph one for where limits begin
    anew."""
    if not any(map(placeholders.holds_any, texts)):
        return None
    around = _wider([area]) if wider is None else {area: [code for code, _ in wider]}
    return _stand_for({area: texts}, around, known)[area]


def _wider(areas: Iterable[Area]) -> dict[Area, list[str]]:
    """The codes of the partnerships that areas lie in. One query."""
    found: dict[Area, list[str]] = {one: [] for one in areas}
    by_number = {one.pk: codes for one, codes in found.items()}
    for number, code in _around(by_number):
        by_number[number].append(code)
    return found


@prepared
def _around(numbers: Collection[int]) -> QuerySet[Any, tuple[int, str]]:
    rows = Area.within.through.objects.filter(
        from_area__pk__in=numbers, to_area__kind=Area.Kind.PARTNERSHIP
    )
    return rows.order_by("to_area__name").values_list("from_area", "to_area__code")


def _stand_for(
    texts: Mapping[Area, Collection[str]],
    around: Mapping[Area, Collection[str]],
    known: Told | None = None,
) -> dict[Area, Facts]:
    """What live figures stand for in texts about areas, each of which lies in those `around` it (codes). One query for
    all their series, and those of `live` for breaks and limits."""
    all_texts = [text for some in texts.values() for text in some]
    codes = {area: [area.code, *around[area]] for area in texts}
    series = placeholders.series(all_texts)
    values: list[Value] = []
    if series:
        ids, breakdowns, categories = (set(some) for some in zip(*series, strict=True))
        around_too = {code for some in codes.values() for code in some}
        values = values_stored(_named.stored(around_too, ids, breakdowns, categories))
        values = with_breaks(values, known) if placeholders.any_compares(all_texts) else values
    rebases = cache(lambda: rebases_in([code for some in codes.values() for code in some]))
    return {
        area: Facts([one for one in values if one.area in some], some, rebases=rebases)
        for area, some in codes.items()
    }


@prepared
def _named(
    areas: Collection[str],
    ids: Collection[str],
    breakdowns: Collection[str],
    categories: Collection[str],
) -> QuerySet[Observation, tuple[Any, ...]]:
    """The values that live figures can name."""
    rows = Observation.objects.filter(
        area__code__in=areas,
        indicator__in=ids,
        breakdown__in=breakdowns,
        category__in=categories,
        period_type__in=KINDS,
    )
    return rows.values_list(*COLUMNS)


def of(area: Area, ids: Collection[str]) -> Facts:
    """The values of some indicators in an area, or in the areas it lies in, and why others have none. Two queries."""
    codes = [area.code, *(code for code, _ in wider_areas(area))]
    rows = with_breaks(values_stored(_of.stored(codes, ids)))
    return Facts(rows, codes, rebases=lambda: rebases_in(codes))


@prepared
def _of(areas: Collection[str], ids: Collection[str]) -> QuerySet[Observation, tuple[Any, ...]]:
    rows = Observation.objects.filter(
        area__code__in=areas, indicator__in=ids, period_type__in=KINDS
    )
    return rows.values_list(*COLUMNS)


def written_out(text: str, facts: Facts | None) -> str:
    """A text with its live figures as they are today."""
    return text if facts is None else placeholders.render(text, facts)


def read_out(records: Iterable[T]) -> list[T]:
    """Records as they are read: their texts with live figures as they are today. Such a record is not to be saved.

    A record names in `LIVE` which of its texts may hold live figures, and in `area` where they are about. Two queries
    where a text holds a live figure, else none.
    """
    listed: list[Any] = list(records)
    holding: dict[Area, list[Any]] = {}
    for one in listed:
        if any(map(placeholders.holds_any, texts_of(one))):
            holding.setdefault(one.area, []).append(one)
    if not holding:
        return listed
    texts = {
        area: [text for one in some for text in texts_of(one)] for area, some in holding.items()
    }
    for area, facts in _stand_for(texts, _wider(holding)).items():
        for one in holding[area]:
            for name in one.LIVE:
                setattr(one, name, written_out(getattr(one, name), facts))
    return listed


def holding(
    rows: "QuerySet[Any]",
    word: str,
    search: Collection[str],
    read: Callable[[Iterable[Any]], list[Any]] = read_out,
) -> list[int]:
    """The numbers of the rows whose texts hold a word once their live figures are written out, in one of the fields
    `search`. Only rows that hold a live figure are read, by `read`."""
    names = [one for one in getattr(rows.model, "LIVE", ()) if one in search]
    live = Q()
    for name in names:
        live |= Q(**{f"{name}__contains": placeholders.OPENS})
    return [
        one.pk
        for one in (read(rows.filter(live)) if names else ())
        if word.casefold() in " ".join(str(getattr(one, name)) for name in names).casefold()
    ]


def texts_of(record: Any) -> list[str]:
    """The texts of a record that may hold live figures, as they are written."""
    return [str(getattr(record, name)) for name in record.LIVE]


def kept(area: Area, texts: Collection[str]) -> dict[str, str]:
    """What the live figures of some texts say now, as they are written, to be kept with them; empty without any."""
    facts = live(area, texts)
    return {} if facts is None else placeholders.as_they_are("\n".join(texts), facts)


def moved(area: Area, texts: Collection[str], then: Mapping[str, str]) -> list[str]:
    """How live figures of some texts moved since they were written: `330 then, 360 now`."""
    now = kept(area, texts)
    return [
        f"{then[written]} then, {text} now"
        for written, text in now.items()
        if then.get(written, text) != text
    ]


def said(record: Any, changes: Mapping[str, Sequence[str]]) -> dict[str, dict[str, str]]:
    """What the live figures of a record's changed texts (before and after, by field) say now, to be written into its
    history as `live`; nothing where they hold none."""
    found = kept(record.area, [text for name in record.LIVE for text in changes.get(name, ())])
    return {"live": found} if found else {}


def first_fault(record: Any, before: Mapping[str, str]) -> tuple[str, str] | None:
    """The first of a record's texts that was changed and holds a live figure that stands for nothing: its field, and
    what to do. `before` are the texts as they were."""
    for field in record.LIVE:
        text = str(getattr(record, field))
        changed = text != before.get(field, "") and placeholders.holds_any(text)
        wrong = faults(record.area, text) if changed else []
        if wrong:
            return field, " ".join(wrong)
    return None


def faults(area: Area, text: str) -> list[str]:
    """What is wrong with the live figures of a text about an area, in sentences that say what to do."""
    facts = live(area, [text])
    return [] if facts is None else placeholders.faults(text, facts)


def contradicted(
    area: Area, text: str, *, about: str = "", quarter: Period | None = None
) -> list[Finding]:
    """What the figures contradict in a text about an area, its live figures written out."""
    return contradicted_each(area, [text], about=about, quarter=quarter)[0]


def contradicted_each(
    area: Area, texts: Sequence[str], *, about: str = "", quarter: Period | None = None
) -> list[list[Finding]]:
    """What the figures contradict in each of some texts about an area, their live figures written out; nothing in one
    of more than `LONGEST` characters, which no form takes. Four queries, none where nothing is to be checked."""
    checked = [bool(text.strip()) and len(text) <= LONGEST for text in texts]
    if not any(checked):
        return [[] for _ in texts]
    figures = Figures(area)
    return [
        figures.contradicted(text, about=about, quarter=quarter) if is_checked else []
        for text, is_checked in zip(texts, checked, strict=True)
    ]


class Anew:
    """What figures contradict in wordings about an area, where it is not kept: that program or those definitions judged
    by others. The figures are read for the first such wording."""

    def __init__(self, area: Area, rests_on: Told | None = None) -> None:
        self._figures = cache(lambda: Figures(area, rests_on))

    def unless_kept(
        self, kept: tuple[Finding, ...] | None, text: str, about: str, quarter: Period
    ) -> tuple[Finding, ...]:
        """What is kept of a wording about an indicator and a quarter; where it is None, what is found now."""
        if kept is not None:
            return kept
        return tuple(self._figures().contradicted(text, about=about, quarter=quarter))


def years() -> list[Period]:
    """The financial years for which any area has a number, the latest first."""
    rows = observations().filter(period_type="year", status=REPORTED).order_by()
    return sorted(
        (parse(code) for code in rows.values_list("period", flat=True).distinct()), reverse=True
    )
