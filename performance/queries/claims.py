"""The figures that a text about an area is checked against, and those that it may hold live."""

from collections.abc import Collection

from lscb.models import Area
from lscb.periods import Period, parse
from performance.indicators.claims import Facts, placeholders
from performance.indicators.claims.evidence import KINDS
from performance.indicators.claims.placeholders import ANY
from performance.intake.spec import REPORTED
from performance.models.breaks import values_of
from performance.queries.events import rebases
from performance.queries.observations import observations, wider_areas


def facts(area: Area, text: str = "") -> Facts:
    """Every reported value of an area; for what it has none of, of the areas it lies in; and of the areas that a text
    compares it with: England, the region, another one that it names. Four queries."""
    own = [area.code, *(code for code, _ in wider_areas(area))]
    places = {} if area.synthetic else named(area, text)
    codes = [*own, *places.values()]
    rows = observations().filter(area__code__in=codes, period_type__in=KINDS, status=REPORTED)
    return Facts(
        values_of(rows.iterator(chunk_size=2000)),
        own,
        places,
        {
            (indicator, code): periods
            for code, listed in rebases(own).items()
            for indicator, periods in listed.items()
        },
    )


def live(area: Area, texts: Collection[str]) -> Facts | None:
    """What the live figures of some texts about an area stand for; None, and no query, where they hold none."""
    if not any(ANY.search(text) for text in texts):
        return None
    return of(area, placeholders.named(texts))


def of(area: Area, ids: Collection[str]) -> Facts:
    """The reported values of some indicators in an area, or in the areas it lies in. Two queries."""
    codes = [area.code, *(code for code, _ in wider_areas(area))]
    rows = observations().filter(
        area__code__in=codes, indicator__in=ids, period_type__in=KINDS, status=REPORTED
    )
    return Facts(values_of(rows.iterator(chunk_size=2000)), codes)


def written_out(text: str, facts: Facts | None) -> str:
    """A text with its live figures as they are today."""
    return text if facts is None else placeholders.render(text, facts)


def named(area: Area, text: str) -> dict[str, str]:
    """The areas that a text may mean, by name: those whose names it holds, the country, and what the area lies in."""
    wider = set(area.within.values_list("pk", flat=True))
    return {
        one.name: one.code
        for one in Area.objects.filter(synthetic=False)
        if one.kind == Area.Kind.COUNTRY or one.pk in wider or one.name in text
    }


def years() -> list[Period]:
    """The financial years for which any area has a number, the latest first."""
    rows = observations().filter(period_type="year", status=REPORTED).order_by()
    return sorted(
        (parse(code) for code in rows.values_list("period", flat=True).distinct()), reverse=True
    )
