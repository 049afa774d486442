"""The figures that a text about an area is held against."""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from lscb import numbers, periods
from lscb.models import Area
from lscb.periods import Period
from lscb.prepared import prepared
from performance.definitions import FOLDER, kept, own_files
from performance.indicators.claims import Facts, Finding, check, placeholders
from performance.indicators.claims.figures.evidence import KINDS
from performance.indicators.claims.figures.wider import BETWEEN_THEM, Whole, may_name, phrases
from performance.indicators.series import Value
from performance.intake.codes import ALL
from performance.intake.spec import REPORTED
from performance.models.breaks import Told, told, values_alone, with_breaks
from performance.models.results import Observation
from performance.models.statements import rebases_in

JUDGES = (
    "definitions",
    "indicators",
    "intake",
    "models",
    "statistics",
)  # what a check runs through


class Noted(Facts):
    """Facts that know which indicators they were asked about: what a check rests on."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.asked: set[str] = set()

    @property
    def series(self) -> set[tuple[str, str]]:
        """What was asked about, as (area, indicator)."""
        codes = {*self.areas, *self.places.values()}
        return {(code, one) for code in codes for one in self.asked}

    def _need(self, ids: Collection[str], *, totals: bool) -> None:
        """As of Facts, where every question comes by."""
        self.asked.update(ids)
        super()._need(ids, totals=totals)


class Figures:
    """Every reported value of an area; for what it has none of, of the areas it lies in; and of the areas that a text
    compares it with: England, the region, another one that it names. Values are read when a check asks for them, in a
    query for some indicators; after a few of those, in one for all the others. What was read for one text is there for
    the next. What breaks rest on is read as well, unless it is known (`rests_on`)."""

    def __init__(self, area: Area, rests_on: Told | None = None) -> None:
        self.area = area
        self._areas = _areas(area.pk)
        wider = [one for one in self._areas if one.around and one.kind == Area.Kind.PARTNERSHIP]
        self.own = [area.code, *(one.code for one in wider)]
        self._rests_on = rests_on
        self._known: dict[tuple[str, bool, str], list[Value]] = {}

    def of(self, text: str) -> "Noted":
        """What a text is checked against."""
        places = {} if self.area.synthetic else named(self._areas, text)
        wholes = self._wholes_in(text)
        parts = {code for whole in wholes for code in whole.parts}
        places |= {one.name: one.code for one in self._areas if one.code in parts}
        codes = list(dict.fromkeys([*self.own, *places.values()]))

        def read(ids: Collection[str], totals: bool) -> list[Value]:
            self._read(ids, totals, codes)
            return [
                value for one in ids for code in codes for value in self._known[one, totals, code]
            ]

        return Noted((), self.own, places, lambda: self._rebases, read, wholes=wholes)

    def _wholes_in(self, text: str) -> list[Whole]:
        """The areas that others make up and that a text may name, each of which the area is or lies in. One query for
        each, none where the text names none."""
        if self.area.synthetic:
            return []
        near = [one for one in self._areas if one.around or one.pk == self.area.pk]
        listed = [
            Whole(one.code, one.name, tuple(_parts(one.pk)))
            for one in near
            if one.adds_up and may_name(text, one.name)
        ]
        return [one for one in listed if phrases(text, [one]) or BETWEEN_THEM.search(text)]

    def contradicted(
        self, text: str, *, about: str = "", quarter: Period | None = None
    ) -> list[Finding]:
        """What the figures contradict in a text, its live figures written out."""
        return contradicted(text, self.of(text), about, quarter)

    def _read(self, ids: Collection[str], totals: bool, codes: Sequence[str]) -> None:
        """Read what is not known yet of some indicators in these areas. One query, none where all is known."""
        lacking = {one for one in ids for code in codes if (one, totals, code) not in self._known}
        if not lacking:
            return
        rows = Observation.objects.filter(
            Q(breakdown=ALL) if totals else ~Q(breakdown=ALL),
            area__code__in=codes,
            indicator__in=lacking,
            period_type__in=KINDS,
            status=REPORTED,
        )
        for one in lacking:
            self._known |= {(one, totals, code): [] for code in codes}
        for value in with_breaks(values_alone(rows), self._told):
            self._known[value.indicator, totals, value.area].append(value)

    @cached_property
    def _told(self) -> Told:
        return told() if self._rests_on is None else self._rests_on

    @cached_property
    def _rebases(self) -> dict[tuple[str, str], tuple[Period, ...]]:
        return rebases_in(self.own)


@kept
def judge() -> str:
    """A fingerprint of what decides whether a text is right besides the figures: this program and its definitions with
    the partnership's own. A judgement by another is not of today."""
    found = sha256()
    folders = (FOLDER.parent / one for one in JUDGES)
    shipped = [path for folder in folders for path in sorted(folder.rglob("*.*"))]
    for path in (Path(numbers.__file__), Path(periods.__file__), *shipped, *own_files()):
        if path.suffix in (".py", ".yaml", ".csv"):
            found.update(path.read_bytes())
    return found.hexdigest()


def contradicted(text: str, known: Facts, about: str, quarter: Period | None) -> list[Finding]:
    """What facts contradict in the words of a text; its live figures are the data's own."""
    words, said = placeholders.set_aside(text, known)
    found = check(words, known, about=about, quarter=quarter)
    return [placeholders.put_back(one, said) for one in found]


def named(areas: Iterable[Any], text: str) -> dict[str, str]:
    """Of all areas those that a text may mean, by name: those whose names it holds, the country, and what its area lies
    in (they are `around` it)."""
    return {
        one.name: one.code
        for one in areas
        if not one.synthetic and (one.kind == Area.Kind.COUNTRY or one.around or one.name in text)
    }


@prepared
def _parts(whole: int) -> QuerySet[Any, str]:
    """The codes of the authorities that an area's figures are added up from."""
    rows = Area.objects.filter(within=whole, kind=Area.Kind.LOCAL_AUTHORITY)
    return rows.order_by("code").values_list("code", flat=True)


@prepared
def _areas(area: int) -> QuerySet[Area, Any]:
    """Every area, with whether one lies in it (`around`)."""
    around = Area.within.through.objects.filter(from_area=area, to_area=OuterRef("pk"))
    return Area.objects.annotate(around=Exists(around)).order_by("name")
