"""A second, slow and obvious way to work out an observation, for the tests to compare with.

It shares no code with `performance.indicators.compute`: rows are plain tuples that it scans again for every number,
months are plain (year, month) pairs, and nothing is looked up or remembered.
"""

from dataclasses import dataclass
from fractions import Fraction

Month = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """A stored number. `months` are the months its period covers; `dims` its codes by name."""

    dataset: str
    months: tuple[Month, ...]
    dims: tuple[tuple[str, str], ...]
    count: int | None
    denominator: int | None = None
    value: float | None = None
    status: str = "reported"


@dataclass(frozen=True)
class Answer:
    """What an observation should be. `value` is exact."""

    status: str
    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    present: int
    published: bool = False


NOTHING = None


def find(rows, dataset, months, wanted):
    """The row for exactly these months and codes: a row, the text 'zero', or None."""
    exact = [
        r for r in rows if r.dataset == dataset and r.months == months and dict(r.dims) == wanted
    ]
    if exact:
        return exact[0]
    if dataset == "Figure":
        return None
    same_period = [r for r in rows if r.dataset == dataset and r.months == months]
    total = [r for r in same_period if all(code == "all" for _, code in r.dims)]
    if not total or total[0].count is None:
        return None
    kept = {name for name, code in wanted.items() if code != "all"}
    siblings = [r for r in same_period if {n for n, c in r.dims if c != "all"} == kept]
    if any(r.count is None for r in siblings):
        return None
    if not siblings and total[0].count != 0:
        return None
    return "zero" if sum(r.count for r in siblings) == total[0].count else None


def sent(rows, measure, months, wanted):
    """(status, amount) of what was sent for exactly these months, or None when nothing was."""
    row = find(rows, measure.dataset, months, wanted)
    if not measure.less:
        return None if row is None else number(row, measure.take)
    away = find(rows, measure.dataset, months, wanted | dict(measure.less))
    if row is None and away is None:
        return None
    if row is None or away is None:
        return "not submitted", None
    first, second = number(row, measure.take), number(away, measure.take)
    for part in (first, second):
        if part is None or part[0] != "reported":
            return part
    return "reported", first[1] - second[1]


def number(row, take):
    """(status, amount) of one row; None for a value alone, which has nothing to add."""
    if row == "zero":
        return "reported", Fraction(0)
    if row.status != "reported":
        return row.status, None
    amount = row.count if take == "count" else row.denominator
    return None if amount is None else ("reported", Fraction(amount))


def quarter_of(month):
    """The three months of the quarter a month lies in."""
    first = (month[1] - 1) // 3 * 3 + 1
    return tuple((month[0], first + i) for i in range(3))


def april_year(month):
    """The twelve months of the financial year a month lies in."""
    start = month[0] if month[1] >= 4 else month[0] - 1
    return tuple((start, m) for m in range(4, 13)) + tuple((start + 1, m) for m in range(1, 4))


def pieces(months):
    """What a period is made of."""
    if len(months) == 12:
        return [months[0:3], months[3:6], months[6:9], months[9:12]]
    return [(m,) for m in months] if len(months) == 3 else []


def whole(rows, spec, measures, months, dims):
    """For each measure (status, amount, months sent) over a month, quarter or year, or None when nothing was sent."""
    direct = []
    for measure, wanted in zip(measures, dims, strict=True):
        itself = sent(rows, measure, months, wanted)
        direct.append(None if itself is None else (*itself, len(months)))
    if len(months) == 1 or spec.aggregation in ("recount", "annual"):
        return direct
    parts = [whole(rows, spec, measures, part, dims) for part in pieces(months)]
    added = [
        (stock if spec.aggregation == "last" else together)([part[at] for part in parts])
        for at in range(len(measures))
    ]
    for both in (added, direct):
        if all(one is not None and one[1] is not None for one in both):
            return both
    if len(measures) == 2 and same_file(measures):
        return added if None in direct else direct
    return [
        put_together if put_together and put_together[1] is not None else itself or put_together
        for itself, put_together in zip(direct, added, strict=True)
    ]


def same_file(measures):
    """Whether numerator and denominator stand in one file, for figures in one row."""
    first, second = ((one.dataset, one.where.get("item")) for one in measures)
    return first == second


def together(parts):
    """Parts added up."""
    if all(part is None for part in parts):
        return None
    present = sum(part[2] for part in parts if part)
    for status in ("not submitted", "suppressed", "not available", "not applicable"):
        if any(part and part[0] == status for part in parts):
            return status, None, present
    if any(part is None for part in parts):
        return "not submitted", None, present
    return "reported", sum((part[1] for part in parts), Fraction(0)), present


def stock(parts):
    """The last part."""
    present = sum(part[2] for part in parts if part)
    if parts[-1] is not None:
        return parts[-1][0], parts[-1][1], present
    return ("not submitted", None, present) if any(parts) else None


def over(rows, spec, measures, period_type, months, dims):
    """Measures over the months of an observation; a yearly one is held, and the other then stands alone."""
    held = {
        at: sent(rows, measure, april_year(months[-1]), dims[at])
        for at, measure in enumerate(measures)
        if measure.per == "year"
    }
    rest = [at for at in range(len(measures)) if at not in held]
    found: list = [None] * len(measures)
    for at, row in held.items():
        found[at] = None if row is None else (*row, 1)
    others, wanted = [measures[at] for at in rest], [dims[at] for at in rest]
    if period_type in ("month", "quarter", "year"):
        sums = whole(rows, spec, others, months, wanted)
    elif spec.aggregation in ("last", "recount", "annual"):
        sums = [None] * len(rest)
    else:
        run = [(m,) for m in months]
        if len(months) % 3 == 0 and months[0] == quarter_of(months[0])[0]:
            run = [quarter_of(m) for m in months[::3]]
        parts = [whole(rows, spec, others, part, wanted) for part in run]
        sums = [together([part[at] for part in parts]) for at in range(len(rest))]
    for at, one in zip(rest, sums, strict=True):
        found[at] = one
    return found


def wanted_dims(measure, names, breakdown, category):
    """The codes of the cell a measure reads."""
    dims = dict.fromkeys(names, "all") | dict(measure.where)
    if breakdown != "all" and not measure.whole:
        if measure.dataset == "Figure":
            dims["breakdown"], dims["category"] = breakdown, category
        else:
            dims[breakdown] = category
    return dims


def observe(spec, names, rows, period_type, months, breakdown="all", category="all"):
    """The observation of one cell, or None when there should be none. `names` are the dimensions by dataset."""
    if spec.aggregation == "ratio of sums" and spec.denominator and spec.denominator.per == "year":
        if len(months) != 12 or period_type == "ytd":
            return None  # a month of a yearly rate would be a twelfth of it
    measures = [one for one in (spec.numerator, spec.denominator) if one]
    dims = [wanted_dims(one, names[one.dataset], breakdown, category) for one in measures]
    found = over(rows, spec, measures, period_type, months, dims)
    top = found[0] if spec.numerator else None
    bottom = found[-1] if spec.denominator else None
    answer = divide(spec, top, bottom)
    if (answer is None or answer.status != "reported") and spec.published:
        if period_type not in ("ytd", "rolling"):
            where = {"item": spec.published, "breakdown": breakdown, "category": category}
            row = find(rows, "Figure", months, where)
            if row is not None and row.value is not None:
                return Answer("reported", None, None, Fraction(row.value), 1, published=True)
    if answer and period_type in ("ytd", "rolling") and answer.status != "reported":
        return None
    return answer


def divide(spec, top, bottom):
    """The value from numerator and denominator."""
    if top is None or (spec.denominator and bottom is None):
        return None
    if top[1] is None:
        return Answer(top[0], None, None, None, top[2])
    if not spec.denominator:
        return Answer("reported", top[1], None, top[1] * spec.multiplier, top[2])
    if bottom[1] is None:
        return Answer(bottom[0], None, None, None, min(top[2], bottom[2]))
    if bottom[1] == 0:
        return Answer("not applicable", top[1], Fraction(0), None, top[2])
    return Answer("reported", top[1], bottom[1], top[1] * spec.multiplier / bottom[1], top[2])
