"""Claims in free text against the data: what is wrong is found, what is right is left alone.

The figures are those of the two annual reports (Luton 2020/21 and 2024/25) and of the DfE's children in need tables.
"""

import pytest

from lscb.periods import between, parse
from performance.indicators import narrative
from performance.indicators.claims import Facts, check
from performance.indicators.claims.words.text import sentences, split
from performance.indicators.series import Break
from performance.indicators.spec import indicators
from tests.performance.indicators.building import LUTON, run, value

PAN = "pan-bedfordshire"


def yearly(indicator: str, numbers: dict[str, float], **more):
    return [value(indicator, period, number, **more) for period, number in numbers.items()]


def shares(indicator: str, breakdown: str, period: str, numbers: dict[str, float]):
    return [
        value(indicator, period, number, breakdown=breakdown, category=name)
        for name, number in numbers.items()
    ]


def parts(indicator: str, first: str, *counts: tuple[float, float]):
    start = parse(first)
    return [
        value(indicator, start.shift(place), top=top, bottom=bottom, area=PAN)
        for place, (top, bottom) in enumerate(counts)
    ]


VALUES = [
    *yearly("FD01", {"2019-20": 9673, "2020-21": 16791}),
    *yearly("FD03", {"2022-23": 3164, "2023-24": 3130, "2024-25": 3137}),
    *yearly("FD05", {"2021-22": 17.6, "2023-24": 25.7, "2024-25": 26.1}),
    *yearly("LA01", {"2023-24": 375, "2024-25": 359}),
    *yearly("DA01", {"2024-25": 3215}),
    *yearly("DA02", {"2024-25": 2216}),
    *run("DA01", "2024-04", [264, 282, 262, 291, 255, 268, 249, 249, 301, 269, 265, 260]),
    *run("DA02", "2024-04", [182, 181, 182, 194, 165, 181, 196, 195, 197, 190, 169, 184]),
    *shares("FD13", "source", "2023-24", {"police": 28.0, "schools": 29.3, "internal": 5.0, "parent": 2.6}),
    *shares("FD13", "source", "2024-25", {"police": 27.3, "schools": 27.6, "internal": 9.1, "parent": 2.2}),
    *shares("FD14", "age_band", "2020-21", {"under-1": 11.4, "1-4": 20.3, "5-9": 24.7, "10-15": 30.8, "16-17": 12.9}),
    *shares("FD15", "ethnicity", "2022-23", {"white": 36.0}),
    *shares("FD15", "ethnicity", "2024-25", {"white": 30.6, "asian": 36.7, "black": 15.2}),
    *yearly("TR01", {"2019-20": 102, "2020-21": 45, "2023-24": 58, "2024-25": 51}, area=PAN),
    *yearly("TR02", {"2019-20": 1850, "2020-21": 439, "2023-24": 1086, "2024-25": 1155}, area=PAN),
    *yearly("TR03", {"2023-24": 947, "2024-25": 1041}, area=PAN),
    *parts("TR04", "2023-24", (139, 1086), (114, 1155)),
    *parts("TR05", "2024-25-Q1", (103, 120), (158, 140), (386, 280), (508, 480)),
    *parts("TR05", "2024-25", (1155, 1020)),
    *parts("TR05", "2020-21-Q3", (175, 228), (231, 276)),
    *parts("TR05", "2020-21", (439, 540)),
    *yearly("TR06", {"2020-21": 99, "2023-24": 98, "2024-25": 99}, area=PAN),
    *yearly("TR08", {"2024-25": 825}, area=PAN),
    *yearly("TR10", {"2019-20": 10271, "2020-21": 15793, "2023-24": 15510, "2024-25": 12671}, area=PAN),
    *yearly("TR11", {"2019-20": 9030, "2020-21": 14191, "2023-24": 13513, "2024-25": 11324}, area=PAN),
    *parts("TR12", "2023-24", (13513, 15510), (11324, 12671)),
]  # fmt: skip
FACTS = Facts(VALUES, [LUTON, PAN])

# The eight errors that the reports' own arithmetic shows: the report's words, the year, what must be said.
SEED = [
    ("eLearning registered total 12,691", "2024-25", "12,671"),
    ("Learners registered\t3007\t3694\t2866\t3104\t12,691\t15,510", "2024-25", "The parts add to 12,671"),
    ("3,007 + 3,694 + 2,866 + 3,104 = 12,691", None, "The parts add to 12,671"),
    ("places filled total 108%", "2024-25", "113.2%"),
    ("Places Filled % (based on 20 per course)\t86%\t113%\t126%\t106%\t108%\t94%", "2024-25", "113.2%"),
    ("places filled total 84%", "2020-21", "81.3%"),
    ("Places filled n/a 92% 77% 84% 84% 92%", "2020-21", "81.3%"),
    ("Places filled: Q2 92%, Q3 77%, Q4 84%, total 84%", "2020-21", "81.3%"),
    ("places filled Q3 126%", "2024-25", "137.9%"),
    ("places filled Q3 126%", None, "137.9%"),
    ("74% reduction in attendance", "2020-21", "−76.3%"),
    ("A 74% reduction in attendance at face to face training", "2020-21", "−76.3%"),
    (
        "Over the period 2020-21 there was a 74% reduction in attendance compared to 2019-20.",
        None,
        "−76.3%",
    ),
    ("65% increase in eLearning", "2020-21", "+53.8%"),
    (
        "The eLearning offer proved popular with 14191 courses completed (65% increase on 201920) and a "
        "satisfaction rating of 95%.",
        "2020-21",
        "+57.2%",
    ),
    ("82% increase in attendance", "2024-25", "+6.4%"),
    (
        "Safeguarding Bedfordshire delivered 67 learning events in 2024/25; with an 82% increase in attendance.",
        None,
        "+6.4%",
    ),
    ("non-attendance decreased by 3%", "2024-25", "−2.9 percentage points (−22.9%)"),
    (
        "Late cancellations/ non-attendance of learning events decreased by 3% for paid learning events.",
        None,
        "−2.9 percentage points",
    ),
]  # fmt: skip

FALSE = [
    ("Referrals dropped by 17.5% in 24/25.", "+0.2%"),
    (
        "As a result referrals dropped by 17.5% and the conversion rate increased from 25.7% to 26.1% in 24/25 "
        "indicating improved referral practice.",
        "+0.2%",
    ),
    ("Referrals were 3,317 in 2024/25.", "3,137"),
    ("There were 3,215 domestic incidents in 2024/25.", "2,216"),
    ("Referrals fell from 3,130 to 3,137.", "3,137 is more than 3,130"),
    ("The conversion rate fell from 25.7% in 2023/24 to 26.1% in 2024/25.", "26.1% is more"),
    ("The conversion rate increased from 25.7% in 2023/24 to 28.1% in 2024/25.", "26.1%"),
    ("The conversion rate increased by 0.4%.", "0.4 percentage points"),
    ("The majority of children referred continue to be in the age group 10-15.", "30.8%"),
    ("Most referrals came from the police in 2024/25.", "27.3%"),
    ("The police were the highest source of referrals in 2024/25.", "Schools: 27.6%"),
    ("Schools were the lowest source of referrals in 2024/25.", "Parent: 2.2%"),
    ("Two thirds of referrals came from schools.", "27.6%"),
    ("Referrals from schools made up 35% of all referrals in 2024/25.", "27.6%"),
    ("Children in care halved in 2024/25.", "−4.3%"),
    ("Internal referrals more than doubled in 2024/25.", "+82.0%"),
    ("Children in care increased in 2024/25.", "−4.3%"),
    ("There was an increase in children in care.", "−4.3%"),
    ("Children in care fell by 26 in 2024/25.", "−4.3%"),
    ("Domestic abuse crimes were highest in October 2024.", "301 in December 2024"),
    ("There is a drop in crimes during the summer with a spike into October 2024.", "212.8 to 323.1"),
    ("We saw a spike in domestic incidents in December 2024.", "155.6 to 213.7"),
    ("Contacts remained stable in 2020/21.", "+73.6%"),
    ("Referrals for White children rose from 36% in 2022/23 to 38.6% in 2024/25.", "30.6%"),
    ("Bookings rose to 1,255 in 2024/25.", "1,155"),
    ("Satisfaction fell in 2024/25.", "+1.0 percentage points"),
    ("887 contacts compared with 768 last year, up 25.5%.", "+15.5%"),
    ("Q1 3,007, Q2 3,694, Q3 2,866 and Q4 3,104 make a total of 12,691.", "12,671"),
    ("Around 4,000 referrals were received in 2024/25.", "3,137"),
    ("More than 3,200 referrals were received in 2024/25.", "3,137"),
    ("Completion rates rose to 92% in 2024/25.", "89.4%"),
    ("Forty-six training sessions were delivered in 2020/21.", "45"),
    ("Increased eLearning completions", "−16.2%"),
    ("This year referrals went down. They fell by 12%.", "+0.2%"),
]  # fmt: skip

TRUE = [
    "Referrals to children's social care were 3,137 in 2024/25, 7 more than in 2023/24.",
    "Referrals rose by 0.2% in 2024/25.",
    "Referrals were broadly level in 2024/25, at about 3,100.",
    "Just over 3,100 referrals were received in 2024/25.",
    "There were 3,215 domestic abuse crimes in 2024/25.",
    "Domestic incidents totalled 2,216 in 2024/25.",
    "In March 2025 there were 260 domestic abuse crimes, and 301 in December 2024.",
    "Domestic abuse crimes were highest in December 2024.",
    "Schools were the highest source of referrals in 2024/25, at 27.6%, followed by the police at 27.3%.",
    "The police and schools consistently remain as the highest source of referral at 27.3% and 27.6% of referrals "
    "in 2024/25.",
    "Internal referrals are nearly double in 2024/25, increasing from 5.0% to 9.1%.",
    "'Parent' referrals have decreased from 2.6% to 2.2%.",
    "The number of contacts which led to a referral to children's social care has increased from 17.6% in 2021/22 to "
    "26.1% at the end of 202425.",
    "The percentage of referrals for those of White ethnicity has continued to reduce from 36% in 2022/23 to 30.6% in "
    "2024/25.",
    "The conversion rate rose by 0.4 percentage points in 2024/25.",
    "Children in care fell by 16 to 359 in 2024/25.",
    "Children in care fell by 4.3%.",
    "Non-attendance fell by 2.9 percentage points in 2024/25, from 12.8% to 9.9%.",
    "Non-attendance decreased by 22.9%.",
    "Places filled were 113.2% in 2024/25 and 81.3% in 2020/21.",
    "Places filled were 137.9% in Q3 2024/25.",
    "eLearning registrations fell by 18.3% in 2024/25 to 12,671.",
    "Although registrations are down, overall completion rates are up to 89%.",
    "Contacts to the MASH have increased significantly by 73% compared to previous years.",
    "Contacts reached 16,791 in 2020/21, up 73.6% on 2019/20.",
    "Attendance fell by 76.3% in 2020-21 compared to 2019-20.",
    "eLearning completions rose by 57.2% on 2019/20.",
    "Q1 3,007, Q2 3,694, Q3 2,866 and Q4 3,104 make a total of 12,671.",
    "3,007 + 3,694 + 2,866 + 3,104 = 12,671",
    "Learners registered\t3007\t3694\t2866\t3104\t12,671\t15,510",
    "Training sessions fell from 58 to 51.",
    "Forty-five training sessions were delivered in 2020-21 with 439 delegates attending.",
    "The largest group of children referred in 2020/21 was aged 10-15 (30.8%), which is not a majority.",
    "Nearly a third of referrals in 2020/21 were about children aged 10-15.",
    "Satisfaction rates increased to 99% for paid learning content, 100% for free events and 91% for eLearning.",
    "We held 12 meetings with 5 boroughs to discuss 3 themes about referrals.",
    "48% of vacancies are in Level 2 occupations.",
    "Improve completion rates to 95% by 2026.",
    "The board will reduce referrals by 10% in 2025/26.",
    "The police reduced the number of meetings across Bedfordshire.",
    "887 contacts compared with 768 in the same period last year, up 15.5%.",
    "DV contacts were 15.5% higher in the first 6 months of 2025 compared to the same period in 2024.",
    "In 2016/17 there were 9,999 referrals.",
    "The price of a coffee rose by 40% and the majority of us noticed.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "year", "said"), SEED)
def test_the_errors_of_the_reports_are_found_with_the_recomputed_value(text, year, said):
    found = check(text, FACTS, parse(year) if year else None)
    assert found, text
    assert any(said in one.actual for one in found), found


@pytest.mark.parametrize(("text", "said"), FALSE)
def test_what_the_data_contradict_is_found(text, said):
    found = check(text, FACTS)
    assert any(said in one.actual for one in found), found


@pytest.mark.parametrize("text", TRUE)
def test_what_is_right_or_cannot_be_tied_to_the_data_is_left_alone(text):
    assert check(text, FACTS) == []


def test_an_average_of_percentages_and_unlike_bases_are_named_as_such():
    (mean,) = check("places filled total 108%", FACTS)
    assert "mean of the quarters’ percentages" in mean.why
    row = check("Places Filled %\t86%\t113%\t126%\t106%\t108%", FACTS, parse("2024-25"))
    assert [one.kind for one in row] == ["level", "average"]
    (unlike,) = check("82% increase in attendance", FACTS)
    assert "Bookings on free events (825) is added to 2024/25 and not to 2023/24" in unlike.why
    (points,) = check("non-attendance decreased by 3%", FACTS)
    assert "percentage points, not in percent" in points.why


EVERY = [one for one in indicators().values() if one.total and one.has_data_source]


@pytest.mark.parametrize("spec", EVERY, ids=lambda spec: spec.id)
def test_every_indicator_can_be_claimed_about_by_its_title(spec):
    counted = spec.unit == "count"
    before = value(spec.id, "2023-24", top=400, bottom=None if counted else 1000)
    after = value(spec.id, "2024-25", top=482, bottom=None if counted else 1000)
    facts = Facts([before, after], [LUTON])
    now = narrative.amount(spec, after) if spec.unit in ("count", "percent") else "482"
    if spec.unit in ("count", "percent"):
        assert check(f"{spec.title} was {now} in 2024/25.", facts) == []
        assert check(f"{spec.title} was {now.replace('48', '46')} in 2024/25.", facts)
    right = [
        f"{spec.title} increased in 2024/25.",
        f"In 2024/25 {spec.title.lower()} increased by 20.5%.",
        narrative.paragraph(spec, [before, after], parse("2024-25")),
    ]
    wrong = [
        f"{spec.title} decreased in 2024/25.",
        f"{spec.title} doubled in 2024/25.",
        f"There was a 30% increase in {spec.title.lower()} in 2024/25.",
        f"{spec.title} fell by 20.5% in 2024/25.",
    ]
    assert [text for text in right if check(text, facts)] == []
    assert [text for text in wrong if not check(text, facts)] == []


def test_a_claim_about_an_area_uses_its_own_figures_before_those_of_a_wider_one():
    own = value("TR02", "2024-25", 500)
    facts = Facts([*VALUES, own], [LUTON, PAN])
    assert check("Bookings were 500 in 2024/25.", facts) == []
    assert check("Bookings were 1,155 in 2024/25.", facts)


def test_nothing_is_claimed_wrong_across_a_break_of_the_series():
    before, after = value("FD05", "2023-24", 25.7), value("FD05", "2024-25", 26.1)
    texts = [
        "The conversion rate fell by 5 percentage points in 2024/25.",
        "The conversion rate fell in 2024/25.",
        "The conversion rate was the lowest on record in 2024/25.",
    ]
    assert all(check(text, Facts([before, after], [LUTON])) for text in texts)
    seam = (Break(parse("2024-25"), "contacts are counted once a family"),)
    facts = Facts([one._replace(breaks=seam) for one in (before, after)], [LUTON])
    assert [text for text in texts if check(text, facts)] == []
    assert check("The conversion rate was 29.1% in 2024/25.", facts)


def test_lines_that_were_wrapped_are_one_sentence_and_bullets_are_not():
    text = "Contacts have increased by 73%\ncompared to 2019/20. e.g. this.\n\n- Referrals fell.\n- One more"
    assert split(text) == [
        "Contacts have increased by 73% compared to 2019/20. e.g. this.",
        "Referrals fell.",
        "One more",
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("in 2024/25", ["2024-25"]),
        ("in 2024-25 and 20/21", ["2024-25", "2020-21"]),
        ("201920", ["2019-20"]),
        ("Q3 2024/25", ["2024-25-Q3"]),
        ("quarter 2 of 2020-21", ["2020-21-Q2"]),
        ("April 2025, Sept 24", ["2025-04", "2024-09"]),
        ("April 2024 to March 2025", ["2024-25"]),
        ("April to June 2025", ["2025-26-Q1"]),
        ("this year and last year", ["2024-25", "2023-24"]),
        ("in October", ["2024-10"]),
        ("we may march on", []),
        ("January 2925 and 12/14 and 2024/29", []),
    ],
)
def test_periods_are_read_however_they_are_written(text, codes):
    (one,) = sentences(text, parse("2024-25"))
    assert [period.code for period in one.periods] == codes


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3,137 and 17.5% and 14191", ["3137", "17.5", "14191"]),
        ("aged 10-15, under 1s, 16+, top 10, chart 3, GCP2, in 2025, 24/7", []),
        ("2.9 percentage points and 519.9 per 10,000", ["2.9", "519.9"]),
        ("Forty-five sessions, five reviews, one of them", ["45", "5"]),
    ],
)
def test_numbers_that_count_nothing_are_passed_over(text, numbers):
    (one,) = sentences(text, None)
    assert sorted(str(number.value) for number in one.numbers) == sorted(numbers)


@pytest.mark.parametrize(
    ("interval", "claim", "is_flagged"),
    [
        ((19.4, 22.9), "lower than England", False),
        ((19.4, 22.9), "similar to England", False),
        ((19.4, 22.9), "in line with the national average", False),
        ((19.4, 22.9), "significantly lower than England", True),
        ((19.4, 22.9), "higher than England", True),
        ((20.3, 21.3), "significantly lower than England", False),
        ((20.3, 21.3), "lower than England", False),
        ((20.3, 21.3), "similar to England", False),  # a difference of 7% is called similar, too
        (None, "significantly lower than England", False),
    ],
)
def test_words_about_england_agree_with_the_comparison_on_the_indicators_page(
    interval, claim, is_flagged
):
    england = "E92000001"
    values = [
        value("FD19", "2023-24", 20.8, interval=interval),
        value("FD19", "2023-24", 22.4, area=england),
    ]
    text = f"The re-referral rate was {claim}."
    found = check(text, Facts(values, [LUTON], {"England": england}), parse("2023-24"))
    assert bool(found) == is_flagged


@pytest.mark.parametrize("number", [20.8, 30.2])
def test_what_is_plainly_apart_from_england_is_not_in_line_with_it(number):
    england = "E92000001"
    values = [
        value("FD19", "2023-24", number, interval=(number - 1, number + 1)),
        value("FD19", "2023-24", 21.0, area=england),
    ]
    text = "Re-referrals were in line with England."
    found = check(text, Facts(values, [LUTON], {"England": england}), parse("2023-24"))
    assert [one.why for one in found] == (["The area’s figure is higher."] if number > 30 else [])


def test_values_are_read_when_a_check_asks_for_them():
    asked = []

    def read(ids, totals):
        asked.append((set(ids), totals))
        held = (one for one in VALUES if one.indicator in ids)
        return [one for one in held if (one.breakdown == "all") == totals]

    def by_reading(text, about=""):
        asked.clear()
        facts = Facts((), [LUTON, PAN], read=read)
        assert check(text, facts, about=about) == check(text, FACTS, about=about)

    by_reading("The unit began in May, and staff say that it helps.", about="DA01")
    assert asked == []
    by_reading("Crimes of domestic abuse fell between May and June 2024.", about="DA01")
    assert asked and all(ids == {"DA01"} for ids, _ in asked)
    for text, year, _ in SEED:
        by_reading(text if year is None else f"{text} in {parse(year).label}")
        pairs = [(one, totals) for ids, totals in asked for one in ids]
        assert len(pairs) == len(set(pairs))  # nothing twice
        assert len(asked) <= 6


def test_a_slump_where_the_month_lies_above_its_limits_is_told_to_have_gone_the_other_way():
    usual = [96, 104, 99, 101, 97, 103] * 4
    crimes = [
        value("DA01", month.code, number)
        for month, number in zip(
            between(parse("2023-04"), parse("2025-03")), [*usual[:-1], 190], strict=True
        )
    ]
    (found,) = check(
        "There was a slump in domestic abuse crimes in March 2025.", Facts(crimes, [LUTON])
    )
    assert "on the other side" in found.actual
    assert found.why == "The data went the other way."
