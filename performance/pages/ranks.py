"""The top ten of a breakdown with what moved: ranks a year apart, new entries and leavers, and codes that changed.

Every move is told, and which of them is no more than chance between counts so close. A category whose number of one of
the years is missing or withheld neither enters nor leaves: nothing is known of its rank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lscb.numbers import format_number, missing_words
from lscb.periods import Period
from performance.indicators.categories import of_one_list
from performance.indicators.series import Break, Value, break_between
from performance.indicators.spec import IndicatorSpec
from performance.intake.codes import Code, CodeList
from performance.pages import chart_parts, colours, wording
from performance.pages.cells import number_address
from performance.pages.chart_parts import Figure
from performance.pages.frames import frame
from performance.pages.moves import TOP, Before, chance, moved, ranks

WRAP = 22  # letters in a line of a name beside its rank
WHOLE = 95.0  # from this percentage on the shares of a year hold every category
NOT_RANKED = {"unknown", "other"}  # they hold what has no name, however much it is


@dataclass(frozen=True)
class RankRow:
    """A category of the top ten: its rank, its value, and what moved since the year before."""

    rank: int
    label: str
    value: str
    before: str
    moved: str
    address: str = ""  # where the value comes from
    address_before: str = ""  # where the value comes from that was ranked before


@dataclass(frozen=True)
class Ranking:
    """The top ten of a year and the one before. Without an earlier year nothing is said of movement."""

    title: str
    year: str
    before: str
    rows: tuple[RankRow, ...]
    leavers: tuple[str, ...]
    codes: tuple[str, ...]
    figure: Figure | None
    note: str
    course: str = ""  # the ranks over the years in words
    chance: str = ""  # how many of the moves are more than chance
    silent: tuple[str, ...] = ()  # ranked before, without a number now
    few: str = ""  # among how many it is ranked, where only some categories are known
    unranked: tuple[str, ...] = ()  # what has a number and no name of its own: `Other (4.8%)`
    of: str = ""  # what the numbers are of, where one case may have several categories: ` of 2,443`


Years = Mapping[Period, Mapping[str, Value]]


def ranking(
    spec: IndicatorSpec, codes: CodeList, values: Sequence[Value], totals: Sequence[Value] = ()
) -> Ranking | None:
    """The ranking of the latest year that holds every category against the latest such year before it. `values` are
    yearly values of one breakdown, `totals` those that categories rest on of which one case may have several. None
    where no year has two categories."""
    by_year, full = _by_year(spec, values)
    held = _held_together(by_year, full)
    if held is None:
        return None
    last, earlier = held.last, held.earlier
    now = ranks(by_year[last])
    names = renamed(codes, ranks(by_year[earlier]) if earlier else {}, earlier, last)
    drawn = {year: ranks(by_year[year]) for year in held.drawn}
    top = [code for code, rank in now.items() if rank <= TOP]
    past = Before(by_year[earlier], _hushed(values, earlier), earlier) if earlier else None
    leavers, silent = _gone(codes, now, names, _hushed(values, last))
    is_several = _is_several(spec, values)
    return Ranking(
        title=spec.title,
        year=last.label,
        before=earlier.label if earlier else "",
        rows=_rows(spec, codes, by_year[last], now, past, names),
        leavers=leavers,
        silent=silent,
        unranked=_unranked(spec, codes, values, last),
        chance=chance(codes, by_year[last], by_year[earlier], names.before, several=is_several)
        if earlier
        else "",
        of=_base(totals, last) if is_several else "",
        few="" if full else _few(by_year[last]),
        codes=tuple(_codes_that_changed(codes, min(drawn, default=last.previous()), last)),
        figure=_bump(codes, drawn, top),
        course=_course(codes, drawn, top) if len(drawn) > 1 else "",
        note=_note(held, is_full=bool(full)),
    )


@dataclass(frozen=True)
class HeldTogether:
    """The years that a ranking holds against one another: the `last`, the `earlier` one that it moved from, those that
    are `drawn`, in order; and what keeps them apart: the break since the year before, and a `newest` year of which
    only some categories are known."""

    last: Period
    earlier: Period | None
    drawn: Sequence[Period]
    broken: Break | None
    newest: Period


def _held_together(by_year: Years, full: Sequence[Period]) -> HeldTogether | None:
    """The years to rank, of which `full` hold every category: ranks among some of the categories are no ranks, unless
    there is nothing else. None where no year has two categories."""
    years = sorted(year for year, found in by_year.items() if len(found) > 1)
    if not years:
        return None
    last = full[-1] if full else years[-1]
    earlier = next((year for year in reversed(full) if year < last), None)
    broken = _broken(by_year[earlier], by_year[last]) if earlier else None
    drawn = [year for year in full[-5:] if not _broken(by_year[year], by_year[last])]
    return HeldTogether(last, None if broken else earlier, drawn, broken, years[-1])


def _hushed(values: Sequence[Value], year: Period) -> dict[str, str]:
    """Why categories have no number in a year, in words, by their codes."""
    return {
        one.category: missing_words(one.status)
        for one in values
        if one.period == year and one.value is None
    }


def _unranked(
    spec: IndicatorSpec, codes: CodeList, values: Sequence[Value], year: Period
) -> tuple[str, ...]:
    """The categories of a year that are not ranked, because they hold what has no name; those that hold anything."""
    return tuple(
        f"{codes.label(one.category)} ({wording.write(spec, one)})"
        for one in of_one_list(values)
        if one.period == year and one.category in NOT_RANKED and one.value
    )


def _few(values: Mapping[str, Value]) -> str:
    """How a sentence about some of the categories begins."""
    is_printed = all(one.published for one in values.values())
    return f"Among the {len(values)} that {'were printed' if is_printed else 'have a number'}, "


def _by_year(spec: IndicatorSpec, values: Sequence[Value]) -> tuple[Years, list[Period]]:
    """The values of each year by category, and the years that hold every category, in order."""
    by_year: dict[Period, dict[str, Value]] = {}
    whole: dict[Period, float] = {}
    for one in of_one_list(values):
        if one.value is None or one.period_type != "year":
            continue
        whole[one.period] = whole.get(one.period, 0.0) + one.value
        if one.category not in NOT_RANKED:
            by_year.setdefault(one.period, {})[one.category] = one
    full = [
        year
        for year, found in sorted(by_year.items())
        if len(found) > 1 and is_complete(spec, len(found), whole[year])
    ]
    return by_year, full


@dataclass(frozen=True)
class Renamed:
    """The ranks of the year before under the names of today. `old` is what a code was before; `part_of` says of
    which code a new one took over a part; `gone` what became of one that ended."""

    before: Mapping[str, int]
    old: Mapping[str, Code]
    part_of: Mapping[str, str]
    gone: Mapping[str, str]


def renamed(
    codes: CodeList, before: Mapping[str, int], earlier: Period | None, last: Period
) -> Renamed:
    """What the codes that ended between two years became. One that only got another name keeps its rank; one that was
    split, or put together with another, has no rank to compare, which is said."""
    ranked = dict(before)
    old: dict[str, Code] = {}
    part_of: dict[str, str] = {}
    gone: dict[str, str] = {}
    heirs = [heir for code in codes for heir in code.successors]
    for code in codes:
        if code.code not in before or not _ended(code, earlier, last):
            continue
        if len(code.successors) == 1 and heirs.count(code.successors[0]) == 1:
            heir = code.successors[0]
            ranked[heir] = min(ranked.pop(code.code), ranked.get(heir, before[code.code]))
            old[heir] = code
        else:
            gone[code.code] = " and ".join(codes.label(one) for one in code.successors)
            for heir in code.successors:
                part_of[heir] = f"{code.label}, which was {before[code.code]}"
    return Renamed(ranked, old, part_of, gone)


def _ended(code: Code, earlier: Period | None, last: Period) -> bool:
    """Whether others took over from a code between two years."""
    ends = code.valid_to
    return bool(code.successors and earlier and ends and earlier.start <= ends <= last.end)


def _rows(
    spec: IndicatorSpec,
    codes: CodeList,
    values: Mapping[str, Value],
    now: Mapping[str, int],
    past: Before | None,
    names: Renamed,
) -> tuple[RankRow, ...]:
    """The top ten; `past` is the year before, None where there is none to compare."""
    return tuple(
        RankRow(
            rank=rank,
            label=codes.label(code),
            value=wording.write(spec, values[code]),
            before=str(names.before[code]) if code in names.before else "",
            moved=_moved(code, rank, names, past.why(codes.get(code)) if past else ""),
            address=number_address(values[code]),
            address_before=_address_before(code, past.values if past else {}, names),
        )
        for code, rank in now.items()
        if rank <= TOP
    )


def _address_before(code: str, past: Mapping[str, Value], names: Renamed) -> str:
    """Where the value comes from that was ranked before, under the name that it had."""
    value = past.get(names.old[code].code if code in names.old else code)
    return number_address(value) if value and code in names.before else ""


def _moved(code: str, rank: int, names: Renamed, unknown: str) -> str:
    """What moved, told apart from what only got another name; `unknown` says why there was no rank before."""
    if code in names.part_of and code not in names.before:
        return f"A new code, no new entry: it took over a part of {names.part_of[code]}"
    words = moved(rank, names.before.get(code), unknown)
    return f"{words} (was called {names.old[code].label})" if code in names.old else words


def _broken(before: Mapping[str, Value], after: Mapping[str, Value]) -> Break | None:
    """The break between two years of a breakdown that keeps their ranks from being compared."""
    return break_between(next(iter(before.values())), next(iter(after.values())))


def is_complete(spec: IndicatorSpec, categories: int, whole: float) -> bool:
    """Whether a year holds (nearly) every category: shares that add to 100%, or ten categories of a count."""
    return whole >= WHOLE if spec.unit == "percent" else categories >= TOP


def _base(totals: Sequence[Value], year: Period) -> str:
    """What categories rest on of which one case may have several, as it is written behind a number."""
    total = next((one.value for one in totals if one.period == year and one.value), None)
    return "" if total is None else f" of {format_number(total)}"


def _is_several(spec: IndicatorSpec, values: Sequence[Value]) -> bool:
    """Whether one case may have several of the categories that are ranked."""
    return any(one.breakdown in spec.several for one in values)


def _gone(
    codes: CodeList, now: Mapping[str, int], names: Renamed, hushed: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is in the top ten no more: those that left it or whose code ended, and those without a number now, of which
    `hushed` says why."""
    gone = [
        (code, rank)
        for code, rank in names.before.items()
        if rank <= TOP and now.get(code, TOP + 1) > TOP
    ]
    leavers = tuple(
        _leaver(codes.label(code), rank, now.get(code), names.gone.get(code, ""))
        for code, rank in gone
        if code in now or code in names.gone
    )
    silent = tuple(
        f"{codes.label(code)} (was {rank}; {hushed.get(code, missing_words('not available'))})"
        for code, rank in gone
        if code not in now and code not in names.gone
    )
    return leavers, silent


def _leaver(label: str, before: int, now: int | None, became: str) -> str:
    if became:
        return f"{label} (was {before}; the code ended and became {became})"
    return f"{label} (was {before}, now {now})"


def _note(held: HeldTogether, *, is_full: bool) -> str:
    """What must be known of the years compared."""
    last, earlier = held.last, held.earlier
    if not is_full:
        return (
            f"For {last.label} only some categories were published, so these are ranks among them, and nothing can be "
            "said of movement."
        )
    words = []
    if held.newest != last:
        words.append(
            f"For {held.newest.label} only some categories were published, so it is not ranked."
        )
    if held.broken:
        words.append(f"{held.broken.words}. So nothing can be said of movement.")
    elif earlier is None:
        words.append(
            "There is no earlier year with every category, so nothing can be said of movement."
        )
    elif earlier != last.previous():
        words.append(f"{earlier.label} is the latest earlier year with every category.")
    return " ".join(words)


def _codes_that_changed(codes: CodeList, first: Period, last: Period) -> list[str]:
    """The codes that began or ended within the years shown: a rank may have moved by a new name alone."""
    found = []
    for code in codes:
        begins, ends = code.valid_from, code.valid_to
        if begins and first.start < begins <= last.end:
            found.append(f"{code.label} is a code only since {begins:%B %Y}")
        if ends and first.start <= ends < last.end:
            became = " and ".join(codes.label(one) for one in code.successors)
            into = f", in its place {became}" if became else ""
            found.append(f"{code.label} is no code since the end of {ends:%B %Y}{into}")
    return found


def _course(
    codes: CodeList, by_year: Mapping[Period, Mapping[str, int]], top: Sequence[str]
) -> str:
    """`Ranks in 2022/23, 2023/24: Schools 1, 1; Police 2, 3.`"""
    years = ", ".join(year.label for year in by_year)
    told = []
    for code in top:
        levels = [found.get(code) for found in by_year.values()]
        shown = [str(one) if one is not None and one <= TOP else "none" for one in levels]
        told.append(f"{codes.label(code)} {', '.join(shown)}")
    return f"Ranks in {years}: {'; '.join(told)}."


def _bump(
    codes: CodeList, by_year: Mapping[Period, Mapping[str, int]], top: Sequence[str]
) -> Figure | None:
    """Ranks over the years as lines, the first at the top; needs two years."""
    if len(by_year) < 2:
        return None
    labels = [year.short for year in by_year]
    position = {code.code: place for place, code in enumerate(codes)}
    data, ends = [], []
    for code in top:
        levels = [found.get(code) for found in by_year.values()]
        shown = [float(rank) if rank is not None and rank <= TOP else None for rank in levels]
        shade = colours.of_category(codes, code)
        trace = chart_parts.line(codes.label(code), labels, shown, shade)
        words = "%{x}: rank %{y}<extra>%{fullData.name}</extra>"
        sign = chart_parts.symbol(position.get(code, len(position)))
        dots = {"marker": {"size": 9, "symbol": sign}, "hovertemplate": words}
        data.append(trace | dots | {"showlegend": False, "meta": {"narrow": True}})
        if shown[-1] is not None:
            ends.append((codes.label(code), -shown[-1], shade))
    figure = frame("Ranks over the years", "number", data)
    figure["layout"]["yaxis"] |= {"range": [-TOP - 0.5, -0.5]}
    figure = chart_parts.with_end_labels(figure, ends, wrap=WRAP, steps=TOP)
    for note in figure["layout"]["annotations"]:
        note["y"] = -note["y"]
    for leader in figure["layout"]["shapes"]:
        leader |= {"y0": -leader["y0"], "y1": -leader["y1"]}
    figure["layout"]["yaxis"] |= {"range": [TOP + 0.5, 0.5], "dtick": 1, "ticksuffix": ""}
    return figure
