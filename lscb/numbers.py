"""The one place that rounds numbers and writes them for people. It knows nothing of Django.

Numbers are rounded half away from zero, from the exact fraction where numerator and denominator are known; a float is
read as the decimal number that it prints. A missing number is never written as 0: its status is written in words.
"""

import re
from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from math import isfinite

Number = int | float | Decimal | Fraction

_WIDE = Context(prec=400)  # digits enough for every float, so that moving the point rounds nothing

MINUS = "−"  # the sign that is as wide as a digit and a plus, not the hyphen
NO_NUMBER = "—"
WRITTEN = re.compile(
    rf"(?P<number>{MINUS}?\d{{1,3}}(?:,\d{{3}})*(?:\.(?P<decimals>\d+))?)(?P<percent>%?)"
)

# By unit of an indicator: what a ratio is multiplied by, what follows the number at once, the words beneath it,
# and to how many decimals it is written.
UNITS: dict[str, tuple[int, str, str, int]] = {
    "count": (1, "", "", 0),
    "percent": (100, "%", "", 1),
    "rate per 1,000": (1_000, "", "per 1,000", 1),
    "rate per 10,000": (10_000, "", "per 10,000", 1),
    "rate per 100,000": (100_000, "", "per 100,000", 1),
    "ratio": (1, "", "times", 2),
    "per day": (1, "", "per working day", 1),
    "cases per worker": (1, "", "cases per worker", 1),
}

# What is written where there is no number, by its status.
STATUS_WORDS: dict[str, str] = {
    "reported": "",
    "suppressed": "suppressed at source",
    "not available": "not available",
    "not applicable": "not applicable",
    "not submitted": "not submitted",
}


# The sign that stands for a missing number where there is no room for words (after the government's statistics).
STATUS_SYMBOLS: dict[str, str] = {
    "suppressed": "c",
    "not available": "x",
    "not applicable": "z",
    "not submitted": "n",
}


def as_ratio(value: Number) -> tuple[int, int]:
    """The number as numerator and denominator in lowest terms: exact, and quicker than a fraction.

    A float is the decimal number that it prints, so that two values that look equal are equal. Raises ValueError for
    NaN and infinity.
    """
    if not isinstance(value, int | Fraction) and not isfinite(value):
        raise ValueError(f"{value} is not a number that can be calculated with or written")
    # float.__repr__, because a NumPy float is a float that prints its type as well
    known = Decimal(float.__repr__(value)) if isinstance(value, float) else value
    return known.as_integer_ratio()


def round_half_away(value: Number, places: int = 0) -> Decimal:
    """`value` to `places` decimals (0 or more), a half going away from zero: 0.25 to 0.3, −0.25 to −0.3.

    The answer always has exactly `places` decimals and is never a negative zero. Raises ValueError for NaN, infinity
    and fewer places than none.
    """
    if places < 0:
        raise ValueError(f"places must be 0 or more, not {places}")
    top, bottom = as_ratio(value)
    units = (2 * abs(top) * 10**places + bottom) // (2 * bottom)
    return Decimal(-units if top < 0 else units).scaleb(-places, _WIDE)


def format_number(value: Number, places: int = 0) -> str:
    """A number with thousands separators and a real minus sign: `3,215`, `−5.0`."""
    return f"{round_half_away(value, places):,}".replace("-", MINUS)


def format_amount(number: Number) -> str:
    """A numerator or denominator: `3,137`; with a decimal where it is not whole, as full-time equivalents: `33.4`."""
    return format_number(number, 0 if as_ratio(number)[1] == 1 else 1)


def format_count(count: Number | None, status: str = "") -> str:
    """A count: `3,215`; the words of its status where there is none."""
    return missing_words(status) if count is None else format_number(count)


def format_value(
    value: Number | None,
    unit: str = "count",
    *,
    numerator: Number | None = None,
    denominator: Number | None = None,
    status: str = "",
    places: int | None = None,
) -> str:
    """An indicator's value with the sign of its unit: `794`, `26.1%`, `519.9`. `unit_words` says 'per 10,000'.

    With numerator and denominator the value is computed anew from them, so that it is rounded once. `places` overrides
    the unit's decimals. Without a value the words of `status` are given. Raises KeyError for an unknown unit.
    """
    return _value(value, unit, numerator, denominator, status, places)


@lru_cache(maxsize=1 << 14, typed=True)
def _value(
    value: Number | None,
    unit: str,
    numerator: Number | None,
    denominator: Number | None,
    status: str,
    places: int | None,
) -> str:
    """What `format_value` gives, written once."""
    multiplier, sign, _, decimals = UNITS[unit]
    if numerator is not None and denominator:
        (above, of_above), (below, of_below) = as_ratio(numerator), as_ratio(denominator)
        value = Fraction(above * multiplier * of_below, of_above * below)
    if value is None:
        return missing_words(status)
    return format_number(value, decimals if places is None else places) + sign


def read_back(text: str) -> tuple[Decimal, int, bool] | None:
    """A number as it was written here: value, decimals, and whether it is a percentage; None for other words."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        return None
    plain = found["number"].replace(",", "").replace(MINUS, "-")
    return Decimal(plain), len(found["decimals"] or ""), bool(found["percent"])


def unit_words(unit: str) -> str:
    """What is written beneath a value: `per 10,000`; nothing for a count or a percentage."""
    return UNITS[unit][2]


def format_change(change: Number | None, unit: str = "count", *, places: int | None = None) -> str:
    """A change in the values' own unit, with its sign: `−5`, `+103`, `−32.1 points`, `no change`.

    A change of a percentage is in percentage points. One that rounds to nothing but is not nothing keeps its sign:
    `+0.0 points`. None is written `not available`.
    """
    decimals = UNITS[unit][3] if places is None else places
    return _signed(change, decimals, " points" if unit == "percent" else "")


def format_relative_change(change: Number | None, places: int = 1) -> str:
    """A change as a percentage of the earlier value: `+18.0%`, `−0.6%`, `no change`."""
    return _signed(change, places, "%")


def format_interval(lower: Number | None, upper: Number | None, unit: str = "count") -> str:
    """An interval: `17.4% to 21.3%`; nothing where a limit is missing."""
    if lower is None or upper is None:
        return ""
    return f"{format_value(lower, unit)} to {format_value(upper, unit)}"


def missing_words(status: str) -> str:
    """What is written instead of a number with this status; `not available` for one that is not known."""
    return STATUS_WORDS.get(status) or STATUS_WORDS["not available"]


def missing_symbol(status: str) -> tuple[str, str]:
    """The sign of a missing number on a chart, and what it means: `("c", "suppressed at source")`."""
    known = status if status in STATUS_SYMBOLS else "not available"
    return STATUS_SYMBOLS[known], STATUS_WORDS[known]


def plural(count: int, one: str, many: str = "") -> str:
    """`1 problem`, `3,215 problems`; `many` where adding an s is not enough."""
    return f"{format_number(count)} {one if count == 1 else many or one + 's'}"


def with_and(words: Sequence[str]) -> str:
    """Several words as a list: `March 2023, April 2023 and May 2023`."""
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def format_bytes(size: int) -> str:
    """A file's size in the largest unit that leaves 1 or more: `372 kB`, `1.6 MB`."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{format_number(Fraction(size, factor), 0 if factor == 10**3 else 1)} {unit}"
    return plural(size, "byte")


def _signed(change: Number | None, places: int, unit: str) -> str:
    if change is None:
        return STATUS_WORDS["not available"]
    top, _ = as_ratio(change)
    if top == 0:
        return "no change"
    sign = "+" if top > 0 else MINUS
    return f"{sign}{abs(round_half_away(change, places)):,}{unit}"
