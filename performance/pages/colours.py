"""Which colour a thing has: by its name, wherever it stands. An indicator, an area and a category keep theirs.

The colours are told apart by people with any colour vision: they differ in lightness as well as in hue, and each has
3:1 on white. Nothing is said by colour alone: lines and bars carry their names, categories of lines a sign as well.
"""

from functools import cache

from performance.indicators.scorecard import scorecard
from performance.intake.codes import CodeList, code_list
from performance.pages.chart_parts import BLUE, MEAN, QUIET

ORANGE, TEAL, PLUM, BROWN, MAUVE, GREY = (
    "#d2691e",
    "#2f9a85",
    "#5b2a4f",
    "#775500",
    "#bb77bb",
    "#4d565e",
)
# In the order in which they are given out: the first eight differ most.
PALETTE = (
    BLUE,
    ORANGE,
    TEAL,
    PLUM,
    "#772211",
    "#998855",
    "#7788ee",
    MAUVE,
    BROWN,
    "#884444",
    "#664477",
    "#333388",
    "#bb8844",
    "#776633",
    "#aa3366",
    "#9977cc",
)
BESIDE = (TEAL, PLUM)  # of the second and third indicator of a chart of several
EARLIER = MEAN  # of the same series a year before
COUNTRY, REGION = "E92", "E12"  # how their codes begin
WIDER = {COUNTRY: BROWN, REGION: MAUVE}
UNKNOWN = {"unknown", "not-known", "refused"}
NAMELESS = UNKNOWN | {"other", "anonymous"}
# Lists whose codes may name the same thing (police send contacts and owe returns): it has one colour in all of them.
SHARED = ("source", "agency", "named_agency", "reason", "issue", "abuse_category", "outcome")


def of_series(indicator: str, area: str) -> str:
    """The colour of an indicator's own series in an area: that of the area, blue for a local one. An indicator that
    stands beside others in a chart of the definitions keeps its place's colour alone as well."""
    return _beside().get(indicator) or WIDER.get(area[:3], BLUE)


def of_area(area: str) -> str:
    """The colour of an area (code) beside the one that a page is about: country and region have theirs, other local
    areas stand behind in grey."""
    return WIDER.get(area[:3], QUIET)


@cache
def _beside() -> dict[str, str]:
    """The indicators that are second or third in a chart of several, with their colours."""
    return {
        one: BESIDE[place % len(BESIDE)]
        for board in scorecard().dashboards
        for chart in board.charts
        for place, one in enumerate(chart.with_indicators)
    }


def of_category(codes: CodeList, code: str) -> str:
    """The colour of a category: the same wherever its list is shown, and that of the same code in another list. What
    has no name is grey, what is not known a paler one."""
    given = _shared().get(codes.name) or _given(tuple(one.code for one in codes), ())
    return given.get(code, QUIET if code in UNKNOWN else GREY)


@cache
def _shared() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name in SHARED:
        known = {code: shade for given in found.values() for code, shade in given.items()}
        found[name] = _given(tuple(one.code for one in code_list(name)), tuple(known.items()))
    return found


@cache
def _given(codes: tuple[str, ...], known: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """A colour for each code of a list: the one that is known, else the next that is free."""
    named = [one for one in codes if one not in NAMELESS]
    found = {code: shade for code, shade in known if code in named}
    free = [one for one in PALETTE if one not in found.values()]
    for place, code in enumerate(one for one in named if one not in found):
        found[code] = free[place] if place < len(free) else PALETTE[place % len(PALETTE)]
    return found
