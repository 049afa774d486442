"""Whether a number as it is told is near enough to one of the data: rounded, cut off, or hedged by a word."""

from decimal import Decimal
from functools import lru_cache

from performance.indicators.claims.words.numerals import FRACTION, PLAIN, Number
from performance.statistics.rounding import exact

_exact = lru_cache(4096, typed=True)(exact)  # every number of a text is held against many
ABOUT = {"about", "around", "approximately", "approx", "approx.", "roughly", "some", "~", "c."}
ABOUT |= {"close to", "nearer"}
NEARLY = {"almost", "nearly", "just under", "just below"}
MORE = {
    "in excess of",
    "exceed",
    "exceeds",
    "exceeded",
    "exceeding",
    "surpassed",
    "passed",
    "past",
    "surpasses",
    "topped",
    "topping",
    "over",
    "more than",
    "better than",
    "above",
    "at least",
    "just over",
    "just above",
    "well over",
    "no less than",
    "no fewer than",
}
JUST = {"just over", "just above"}
LESS = {
    "under",
    "below",
    "less than",
    "fewer than",
    "at most",
    "up to",
    "well under",
    "no more than",
    "not more than",
}


def close(claimed: Number, actual: float | Decimal) -> bool:
    """Whether a number agrees with a claim as it is written: rounded, cut off after its last decimal, or within what
    words such as 'about' and 'over' leave open."""
    if claimed.kind == FRACTION:
        return _near_fraction(float(claimed.value), claimed.about, float(actual))
    value, said = _exact(actual), _exact(claimed.value)
    step = _exact(Decimal(1).scaleb(-claimed.places))
    word = claimed.about
    if abs(value - said) <= step / 2:
        return True
    if word in JUST:
        return 0 <= value - said <= max(abs(said) / 10, step)
    if word in MORE:
        return value >= said and (
            claimed.kind != PLAIN or value - said <= max(abs(said) / 4, 5 * step)
        )
    if word in LESS:
        return value <= said and (
            claimed.kind != PLAIN or said - value <= max(abs(said) / 4, 5 * step)
        )
    if word in NEARLY:
        return 0 <= said - value <= max(abs(said) / 20, step)
    if word in ABOUT:
        return abs(value - said) <= max(abs(said) / 20, step)
    return claimed.kind != PLAIN and 0 <= value - said < step


def _near_fraction(said: float, word: str, actual: float) -> bool:
    """Whether a percentage is near what a fraction says: 30.8 is nearly a third, 27.6 is no third."""
    if word in MORE:
        return said < actual and (word != "just over" or actual <= 1.15 * said)
    if word in NEARLY:
        return 0.9 * said <= actual <= said
    if word in LESS:
        return actual < said
    if word in ABOUT:
        return abs(actual - said) <= said / 10
    return abs(actual - said) <= max(2.0, 0.09 * said)
