"""The same true sentence in many grammatical frames, for every indicator of the sample: nothing is flagged. With another
number it is, where the frame binds the number plainly."""

from functools import cache

import pytest

from lscb.numbers import format_value
from lscb.periods import Period
from performance.indicators.claims import check
from performance.indicators.claims.figures.evidence import Line, difference, relative
from performance.indicators.spec import indicators
from tests.performance.indicators.test_claims_at_large import facts

LAST = 4  # years of each indicator that are told of
FAR = 1.37  # a number this many times another is no rounding of it

# {what} is the indicator, {now} and {then} its numbers, {year} and {before} their periods.
PLAIN = [
    "{What} stood at {now} in {year}.",
    "In {year} {what} came to {now}.",
    "{What}: {now} in {year}.",
    "{What} in {year} was {now}.",
    "{What} was {now} in {year}, which the board discussed.",
    "The figure for {what} was {now} in {year}.",
]  # fmt: skip
BESIDE = [
    "{What} was {then} in {before} and {now} in {year}.",
    "{What} went from {then} in {before} to {now} in {year}.",
    "{What} was {now} in {year}, compared with {then} in {before}.",
    "In {year} {what} was {now} ({then} in {before}).",
    "At {now} in {year}, {what} was discussed by the board.",
    "{What} was {now} in {year}, after {then} in {before}.",
]
# What the figures know nothing of, though it names an indicator: it is never flagged.
OTHERS = [
    "In one school, {what} was 7 in {year}.",
    "The board wants {what} at {other} by March 2027.",
    "Complaints about {what} numbered 83 in {year}.",
    "Had {what} been {other} in {year}, the board would have asked why.",
    "It is not true that {what} was {other} in {year}.",
    "An audit of {what} looked at 24 cases in {year}.",
    "Was {what} really {other} in {year}?",
    "Elsewhere, in Exampleton, {what} was {other} in {year}.",
]


FRAMES = [*PLAIN, *BESIDE, *OTHERS]


@cache
def lines() -> list[Line]:
    """The indicators of the sample with numbers for two years in a row."""
    found = [line for one in indicators() if (line := facts().line(one))]
    return [one for one in found if pairs(one)]


def pairs(line: Line) -> list[tuple[Period, Period]]:
    years = [one.period for one in line.of("year") if one.value]
    return [(one.previous(), one) for one in years if one.previous() in years][-LAST:]


def told(line: Line, frame: str, before: Period, year: Period, times: float = 1.0) -> str:
    spec = line.spec
    now, then = (line.values[one].value or 0 for one in (year, before))
    written = {
        name: format_value(number, spec.unit, places=spec.decimals)
        for name, number in (("now", now * times), ("then", then), ("other", now * FAR))
    }
    what = spec.title[0].lower() + spec.title[1:]
    return frame.format(what=what, What=spec.title, year=year.label, before=before.label, **written)


def all_told(frame: str, times: float = 1.0) -> list[str]:
    """The frame filled for every indicator, each time with another of its years."""
    turn = FRAMES.index(frame)
    return [
        told(line, frame, *pairs(line)[(turn + place) % len(pairs(line))], times)
        for place, line in enumerate(lines())
    ]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_true_sentence_is_left_alone_in_every_frame(frame):
    texts = all_told(frame)
    assert len(texts) > 30
    assert [(text, found) for text in texts if (found := check(text, facts()))] == []


@pytest.mark.parametrize("frame", [*PLAIN, *BESIDE])
def test_another_number_is_flagged_in_every_frame_that_binds_it(frame):
    texts = all_told(frame, FAR if FRAMES.index(frame) % 2 else 1 / FAR)
    assert [text for text in texts if not check(text, facts())] == []


def test_a_change_is_left_alone_when_it_is_so_and_flagged_when_it_is_not():
    wrong, flagged = [], []
    for line in lines():
        for before, year in pairs(line):
            first, last = line.values[before], line.values[year]
            share, gap = relative(first, last), difference(first, last)
            if share is None or abs(share) < 5:
                continue
            went, other = ("rose", "fell") if gap > 0 else ("fell", "rose")
            true = f"{line.spec.title} {{}} by {abs(share):.1f}% in {year.label}."
            flagged += [text for text in (true.format(went),) if check(text, facts())]
            false = (true.format(other), f"{line.spec.title} {other} in {year.label}.")
            wrong += [text for text in false if not check(text, facts())]
    assert flagged == []
    assert wrong == []
