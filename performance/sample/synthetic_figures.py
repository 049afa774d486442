"""The synthetic area's figures: population, child protection, children looked after, training and the rest.

Flows are drawn around an invented level; stocks walk from month to month. Nothing estimates anything real.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from lscb.periods import Period, between, months_of, parse, quarters_of
from performance.intake.codes import ALL

HEADER = ("period", "item", "breakdown", "category", "numerator", "denominator", "value")
LEVELS = (215, 350, 1_620)  # children on a plan, looked after, in need
POPULATION = {"under-1": 2_900, "1-4": 11_900, "5-9": 14_600, "10-15": 17_200, "16-17": 5_400}
ETHNIC_SHARES = {"white": 0.41, "asian": 0.33, "black": 0.11, "dual-heritage": 0.11, "other": 0.04}
GROWTH = 0.012  # children, a year
SEATS = 20  # places offered on a session
ATTENDING = {
    "council": 30,
    "health": 22,
    "schools": 28,
    "police": 6,
    "early-years": 9,
    "voluntary": 5,
}
CATEGORIES = {
    "neglect": 0.44,
    "emotional-abuse": 0.40,
    "physical-abuse": 0.09,
    "sexual-abuse": 0.04,
}

# Returns due in a month, and the share that comes on time at the beginning and at the end: the data of police and
# health improve, as the 2020/21 report hoped; those of the council are good throughout.
RETURNS_DUE = {
    "council": (3, 0.92, 0.92),
    "health": (4, 0.35, 0.85),
    "police": (3, 0.45, 0.9),
    "training": (1, 0.8, 0.8),
}
REVIEWS_A_MONTH = {0: 0.5, 1: 0.35, 2: 0.15}  # how many rapid reviews, and how often so many
TAKEN_OVER = parse("2022-23-Q2")  # the first quarter of the integrated care board

INDICATORS_ASKED = {"council": 12, "health": 6, "police": 3, "training": 6}

Row = tuple[object, ...]


@dataclass(frozen=True)
class Table:
    """The rows of one file, the header first, and who sends it for which period."""

    return_id: str
    agency: str
    period: Period
    rows: list[Row]


def tables(random: Random, referrals: Mapping[Period, int]) -> list[Table]:
    """The files of figures for the months of `referrals` (referrals by month): quarters that are complete, and
    the financial years that the months touch."""
    months = sorted(referrals)
    years = sorted({month.year for month in months})
    quarters = sorted(
        {month.quarter for month in months if set(months_of(month.quarter)) <= set(months)}
    )
    stocks = _Stocks(Random(random.random()), years[0])
    found = [
        Table("figures", "public-health", year, _population(number, year))
        for number, year in enumerate(years)
    ]
    for quarter in quarters:
        received = sum(referrals[month] for month in months_of(quarter))
        found += [
            Table("figures", "council", quarter, _council(random, stocks, quarter, received)),
            Table("figures", "health", quarter, _health(random, quarter)),
            Table("figures", "partnership", quarter, _partnership(random, quarter)),
            Table("training", "training", quarter, _training(random, quarter)),
        ]
    whole = [year for year in years if set(months_of(year)) <= set(months)]
    # Sent before the quarters: a later file for the whole year would replace them.
    return [Table("figures", "council", year, _year(random, year)) for year in whole] + found


def kept(random: Random, month: Period, elapsed: float) -> list[Row]:
    """How returns were kept in a month: on time of due, indicators supplied of asked for. `elapsed` of 0 to 1: how much
    of the span of months is over."""
    shares = {
        one: first + (last - first) * elapsed for one, (_, first, last) in RETURNS_DUE.items()
    }
    came = {one: _part(random, due, shares[one]) for one, (due, *_) in RETURNS_DUE.items()}
    supplied = {
        one: _part(random, asked, (1 + shares[one]) / 2) for one, asked in INDICATORS_ASKED.items()
    }
    due = {one: due for one, (due, *_) in RETURNS_DUE.items()}
    rows: list[Row] = [HEADER]
    for item, got, of in (
        ("returns-on-time", came, due),
        ("indicators-supplied", supplied, INDICATORS_ASKED),
    ):
        rows.append(_row(month, item, sum(got.values()), sum(of.values())))
        for by in (
            "agency",
            "named_agency",
        ):  # the area has one agency of each type, with its name as code
            rows += [_row(month, item, got[one], of[one], by, one) for one in of]
    return rows


def _row(
    period: Period,
    item: str,
    numerator: object,
    denominator: object = "",
    by: str = ALL,
    category: str = ALL,
) -> Row:
    return (period, item, by, category, numerator, denominator, "")


def _part(random: Random, whole: int, share: float) -> int:
    """How many of `whole` when each is one with probability `share`."""
    return sum(random.random() < share for _ in range(whole))


def _bands(number: int) -> dict[str, int]:
    """The children of each age band in a year, counted from the first."""
    return {band: round(people * (1 + GROWTH) ** number) for band, people in POPULATION.items()}


def _population(number: int, year: Period) -> list[Row]:
    bands = _bands(number)
    total = sum(bands.values())
    rows = [HEADER, _row(year, "population-0-17", total)]
    rows += [
        _row(year, "population-0-17", people, "", "age_band", band)
        for band, people in bands.items()
    ]
    groups = {group: round(total * share) for group, share in ETHNIC_SHARES.items()}
    groups["other"] += total - sum(groups.values())
    return rows + [
        _row(year, "population-0-17", people, "", "ethnicity", group)
        for group, people in groups.items()
    ]


class _Stocks:
    """Children on a plan, looked after and in need at a month's end, each about its own level, from a first year on."""

    def __init__(self, random: Random, first: Period) -> None:
        self.random, self.first = random, first
        self.plans, self.looked_after, self.in_need = LEVELS

    def month(self, month: Period) -> list[Row]:
        """The rows of the next month's end."""
        drawn = [self.random.randint(-reach, reach) for reach in (9, 8, 40)]
        self.plans, self.looked_after, self.in_need = (
            level + (now - level) // 2 + step
            for level, now, step in zip(
                LEVELS, (self.plans, self.looked_after, self.in_need), drawn, strict=True
            )
        )
        weights = {**CATEGORIES, "multiple": 1 - sum(CATEGORIES.values())}
        whose = self.random.choices(list(weights), list(weights.values()), k=self.plans)
        by_category = {name: whose.count(name) for name in weights}
        item = "child-protection-plans"
        children = sum(_bands((month.year.first - self.first.first) // 12).values())
        return [
            _row(month, item, self.plans),
            *(
                _row(month, item, count, "", "abuse_category", name)
                for name, count in by_category.items()
            ),
            _row(month, "neglect-plans", by_category["neglect"], self.plans),
            _row(month, "plans-two-years", _part(self.random, self.plans, 0.03), self.plans),
            _row(month, "children-looked-after", self.looked_after, children),
            _row(month, "children-in-need", self.in_need),
        ]


def _council(random: Random, stocks: _Stocks, quarter: Period, referrals: int) -> list[Row]:
    enquiries, assessed, begun, open_long = 260, referrals - 40, 75, 140
    enquiries += random.randint(-30, 30)
    conferences = _part(random, enquiries, 0.44)
    rows: list[Row] = [HEADER]
    for month in months_of(quarter):
        rows += stocks.month(month)
    return [
        *rows,
        _row(quarter, "re-referrals", _part(random, referrals, 0.19), referrals),
        _row(quarter, "referrals-no-further-action", _part(random, referrals, 0.04), referrals),
        _row(quarter, "referrals-not-in-need", _part(random, referrals, 0.31), referrals),
        _row(quarter, "assessments-in-45-days", _part(random, assessed, 0.86), assessed),
        _row(quarter, "section-47-enquiries", enquiries),
        _row(quarter, "initial-conferences", conferences),
        _row(quarter, "conferences-in-15-days", _part(random, conferences, 0.81), conferences),
        _row(quarter, "second-plans", _part(random, begun, 0.21), begun),
        _row(quarter, "plans-reviewed-in-time", _part(random, open_long, 0.9), open_long),
        _row(months_of(quarter)[-1], "private-fostering", random.randint(6, 14)),
    ]


def _health(random: Random, quarter: Period) -> list[Row]:
    children = 255 + random.randint(-8, 8)
    return [
        HEADER,
        _row(quarter, "health-assessments-up-to-date", _part(random, children, 0.94), children),
    ]


def _partnership(random: Random, quarter: Period) -> list[Row]:
    last = months_of(quarter)[-1]
    stages = {"published": 2, "completed": 1, "underway": 1 + random.randint(0, 2)}
    return [
        HEADER,
        *_rapid_reviews(random, quarter),
        _row(quarter, "multi-agency-audits", random.randint(0, 2)),
        _row(quarter, "website-visits", 60_000 + random.randint(-9_000, 9_000)),
        *(
            _row(last, "practice-reviews", count, "", "review_stage", stage)
            for stage, count in stages.items()
        ),
    ]


def _rapid_reviews(random: Random, quarter: Period) -> list[Row]:
    """A rare event: most months have none, some have two."""
    counts, weights = zip(*REVIEWS_A_MONTH.items(), strict=True)
    drawn = random.choices(counts, weights, k=3)
    months = months_of(quarter)
    return [_row(month, "rapid-reviews", count) for month, count in zip(months, drawn, strict=True)]


def succession(random: Random, last: Period) -> list[Table]:
    """Referrals to the mental health service: two years and five quarters from the clinical commissioning group, then
    each quarter up to that of the month `last` from the integrated care board that took its place."""
    years = [parse("2019-20"), parse("2020-21")]
    first = TAKEN_OVER.shift(-5)
    quarters = [one for one in between(first, last.quarter) if one.last <= last.last]
    found = []
    for period in [*years, *quarters]:
        before = period.last < TAKEN_OVER.first
        share = 0.71 if before else 0.62  # the board counts what is passed on as not accepted
        received = period.length * 110 + random.randint(-20, 20)
        row = _row(period, "camhs-accepted", _part(random, received, share), received)
        found.append(Table("figures", "ccg" if before else "icb", period, [HEADER, row]))
    return found


def earlier_training(random: Random, first: Period) -> list[Table]:
    """Training before the month `first`: the quarters of the financial year before its own, and those of its own year
    that are over by then, so that attendance by agency can be seen over three years."""
    quarters = between(quarters_of(first.year.previous())[0], first.quarter.previous())
    return [Table("training", "training", one, _training(random, one)) for one in quarters]


def _training(random: Random, quarter: Period) -> list[Row]:
    sessions = random.randint(9, 21)
    booked = sum(random.randint(14, 24) for _ in range(sessions))
    absent = _part(random, booked, 0.11)
    attending = random.choices(list(ATTENDING), list(ATTENDING.values()), k=booked - absent)
    missing = [list(ATTENDING)[n % len(ATTENDING)] for n in range(absent)]
    late = missing[: absent * 3 // 5]
    events = random.randint(1, 6)
    event_booked = sum(random.randint(30, 60) for _ in range(events))
    registered = random.randint(2_600, 3_600)
    answered = _part(random, booked - absent, 0.7)
    completed = _part(random, registered, 0.89)
    learners_answered = _part(random, completed, 0.2)
    return [
        HEADER,
        _row(quarter, "sessions", sessions),
        _row(quarter, "capacity", sessions * SEATS),
        _row(quarter, "bookings", booked),
        _row(quarter, "non-attendance", absent),
        *_places(quarter, "bookings", attending + missing),
        _row(quarter, "cancelled-late", len(late)),
        *_places(quarter, "cancelled-late", late),
        _row(quarter, "did-not-attend", absent - len(late)),
        *_places(quarter, "did-not-attend", missing[len(late) :]),
        _row(quarter, "attendance", booked - absent),
        *_places(quarter, "attendance", attending),
        _row(quarter, "free-places", random.randint(15, 50)),
        _row(quarter, "sessions-cancelled", random.randint(0, 2)),
        _row(quarter, "training-satisfaction", _part(random, answered, 0.98), answered),
        _row(quarter, "free-events", events),
        _row(quarter, "free-event-bookings", event_booked),
        _row(quarter, "free-event-non-attendance", _part(random, event_booked, 0.25)),
        _row(quarter, "elearning-registered", registered),
        _row(quarter, "elearning-completed", completed),
        _row(
            quarter,
            "elearning-satisfaction",
            _part(random, learners_answered, 0.92),
            learners_answered,
        ),
    ]


def _places(quarter: Period, item: str, whose: Sequence[str]) -> list[Row]:
    """A figure of training by agency: how many of the places are each agency's."""
    return [_row(quarter, item, whose.count(one), "", "agency", one) for one in ATTENDING]


def _year(random: Random, year: Period) -> list[Row]:
    """What is published once a year: the workforce and care leavers."""
    posts, in_post, cases = 220, 160 + random.randint(-8, 8), 1_500 + random.randint(-80, 80)
    agency = random.randint(40, 60)
    younger, older = 80 + random.randint(-6, 6), 240 + random.randint(-10, 10)
    rows = [
        HEADER,
        _row(year, "social-worker-vacancies", posts - in_post, posts),
        _row(year, "social-worker-turnover", _part(random, in_post, 0.18), in_post),
        _row(year, "agency-social-workers", agency, agency + in_post),
        _row(year, "caseload", cases, 100),
        _row(year, "three-placements", _part(random, 350, 0.12), 350),
    ]
    for item, share in (("care-leavers-suitable-home", 0.89), ("care-leavers-in-work", 0.56)):
        ages = {
            "17-18": (_part(random, younger, share), younger),
            "19-21": (_part(random, older, share), older),
        }
        rows.append(_row(year, item, sum(part for part, _ in ages.values()), younger + older))
        rows += [
            _row(year, item, part, whole, "leaver_age", age) for age, (part, whole) in ages.items()
        ]
    return rows
