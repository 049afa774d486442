"""Messy cells: periods, days, numbers, symbols, codes, ages, figures, margins, sums."""

from tests.performance.intake.building import (
    EVENTS,
    FIGURES,
    POLICE,
    REFERRALS,
    Case,
    refused,
    taken,
)

MONTHS = [
    "Apr-25", "Apr 25", "apr-2025", "April 2025", "APRIL 2025", "Apr. 2025", "April, 2025", "2025/04", "04/2025",
    "4/2025", "202504", "01/04/2025", "30/04/2025", "1/4/25", "01.04.2025", "2025-04-01", "2025-04-30 00:00:00",
    "2025-04-01T00:00:00Z", "45748", "45748.0", "1 April 2025", "1st April 2025", "April 1, 2025", "01-Apr-2025",
    "20250401", "Tuesday 1 April 2025", "2025-Apr", "Apr'25",
]  # fmt: skip
NOT_MONTHS = [
    "April", "25-Apr", "2025", "13/2025", "2025-13", "Q1 2025", "2011/12", "last month", "99999", "31/04/2025",
    "04/25/2025",
]  # fmt: skip
QUARTERS = [
    "2025-26-Q1",
    "Q1 2025/26",
    "Q1 2025-26",
    "2025/26 Q1",
    "Quarter 1, 2025/26",
    "q1 25/26",
    "FY2025/26 Q1",
]
YEARS = ["2024-25", "2024/25", "2024/2025", "FY 2024/25", "fy2024-25", "202425"]


def police(period: str, count: str = "210") -> str:
    return f'month,kind,count\n"{period}",crime,"{count}"\n'


def figure(rest: str) -> str:
    return f"{FIGURES}{rest}\n"


PERIODS = [
    *[taken(f"month written {one}", police(one), total=210, cells=1) for one in MONTHS],
    *[
        refused(f"not a month: {one}", police(one), ("not-a-period", 2, "month"))
        for one in NOT_MONTHS[:9]
    ],
    *[
        refused(f"no such day: {one}", police(one), ("not-a-date", 2, "month"))
        for one in NOT_MONTHS[9:]
    ],
    *[
        taken(
            f"quarter written {one}",
            police(one),
            total=210,
            cells=1,
            period="2025-26-Q1",
            warnings=(),
        )
        for one in QUARTERS
    ],
    *[
        taken(f"year written {one}", police(one), total=210, cells=1, period="2024-25")
        for one in YEARS
    ],
    taken(
        "three months in a quarter",
        "month,kind,count\n2025-04,crime,1\n2025-05,crime,2\n2025-06,crime,3\n",
        total=6,
        period="2025-26-Q1",
    ),
    taken(
        "a period that is not over",
        police("2025-09"),
        total=210,
        cells=1,
        period="2025-09",
        warnings=("unfinished-period",),
    ),
    refused("another month", police("2025-03"), ("wrong-period", 2, "month")),
    refused(
        "mixed months",
        POLICE.replace("2025-04,contact", "2025-05,contact"),
        ("wrong-period", 4, "month"),
    ),
    refused("a year in a month's file", police("2024-25"), ("wrong-period", 2, "month")),
    refused(
        "a month that has not begun",
        police("2025-10"),
        ("future-period", 2, "month"),
        period="2025-10",
    ),
    refused(
        "a month where only quarters are taken",
        figure("2025-04,sessions,all,all,3,,"),
        ("wrong-period", 2, "period"),
        of="training",
        period="2025-26-Q1",
    ),
    refused("an empty period", police(""), ("empty-cell", 2, "month")),
]

DAYS = [
    *[taken(f"a day written {one}", f"date,kind\n{one},crime\n", total=1, cells=1)
      for one in ("2025-04-30", "30/04/2025", "30.04.25", "30 April 2025", "30-Apr-25", "45777", "45777.75",
                  "2025-04-30 13:45", "30/04/2025 23:59:59", "20250430")],
    *[refused(f"not a day: {one}", f"date,kind\n{one},crime\n", ("not-a-date", 2, "date"))
      for one in ("2025-04", "April 2025", "31/04/2025", "04/25/2025", "30/04", "soon")],
    refused("an empty date", "date,kind\n,crime\n", ("empty-cell", 2, "date")),
    refused("a day before the period", "date,kind\n2025-03-31,crime\n", ("wrong-period", 2, "date")),
    refused("a day after the period", "date,kind\n2025-05-01,crime\n", ("wrong-period", 2, "date")),
    refused("a day to come", "date,kind\n2025-09-02,crime\n", ("future-date", 2, "date"), period="2025-09"),
    taken("a month of the quarter without events", EVENTS, of="referrals", total=6, cells=39, period="2025-26-Q1", warnings=("month-without-events",)),
    taken("events of nobody", "date,source,age,ethnicity,reason\n", of="referrals", total=0, cells=1, warnings=("month-without-events",)),
]  # fmt: skip

NUMBERS = [
    *[taken(f"a count written {text}", police("2025-04", text), total=number, cells=1)
      for text, number in (("0", 0), ("007", 7), ("210.0", 210), ("210.", 210), ("1,204", 1204), ("1 204", 1204),
                           ("1\u00a0204", 1204), ("1,204.00", 1204), ("1,234,567", 1234567), (" 12 ", 12))],
    *[taken(f"a symbol for a hidden count: {text}", police("2025-04", text), "'suppressed'", total=0, cells=1)
      for text in ("c", "C", "[c]", "*", "<5", "< 5", "<=5", "≤5", "<10", "1-5", "1 to 5", "low", "k", "~", "Suppressed")],
    *[taken(f"a symbol for no count: {text}", police("2025-04", text), "'not a", total=0, cells=1)
      for text in ("x", "[x]", ":", "..", "z", "[z]", "not available", "Not applicable")],
    *[taken(f"an unclear symbol: {text}", police("2025-04", text), total=0, cells=1, warnings=("unclear-symbol",))
      for text in ("-", "–", "n/a", "N/A", "na", ".")],
    *[refused(f"not a number: {text}", police("2025-04", text), ("not-a-number", 2, "count"))
      for text in ("ten", "1O", "12 children", "1,20", "12,5", "1.204,0", "1e3", "=2+3", "£12", ">5", "5+", "nil", "none", "zero", "(10)", "TRUE", "01-May", "#REF!")],
    refused("an empty count", police("2025-04", ""), ("empty-cell", 2, "count")),
    refused("a negative count", police("2025-04", "-3"), ("negative-number", 2, "count")),
    refused("half an event", police("2025-04", "12.5"), ("not-whole", 2, "count")),
    taken("a number marked as text", police("2025-04", "'210"), total=210, cells=1),
    refused("a percentage", police("2025-04", "45%"), ("percent-in-count", 2, "count")),
    refused("a very large number", police("2025-04", "1000000000"), ("number-too-large", 2, "count")),
    refused("a thousand digits", police("2025-04", "9" * 900), ("not-a-number", 2, "count")),
    refused("three faults at once", "month,kind,count\n2025-05,crime,1\n2025-04,crmie,2\n2025-04,contact,\n",
            ("wrong-period", 2, "month"), ("unknown-code", 3, "kind"), ("empty-cell", 4, "count")),
]  # fmt: skip


def source(text: str) -> str:
    return REFERRALS.replace("2025-04,police,", f'2025-04,"{text}",')


def age_band(text: str) -> str:
    return REFERRALS.replace(",1-4,", f',"{text}",')


CODES = [
    *[taken(f"a code written {text}", source(text), of="referrals", total=30, cells=4)
      for text in ("POLICE", "Police", " police ", "Bedfordshire Police", "6", "q) 6: Police")],
    *[taken(f"an age band written {text}", age_band(text), of="referrals", total=30, cells=4)
      for text in ("1 to 4", "1 - 4", "1–4", "01-Apr", "1-Apr", "Apr-01", "04-Jan", "2025-04-01", "2025-01-04",
                   "45748", "5 to 9", "05-Sep", "2025-09-05", "45905", "10-15", "Oct-15", "2015-10-01", "42278",
                   "Under 1", "<1", "16-17", "UNBORN")],
    taken("all in capitals", REFERRALS.replace("all", "ALL"), "'ALL' was read as 'all'", of="referrals", total=30, cells=4),
    refused("a code that is nearly right", POLICE.replace("incident", "incidnet"), ("unknown-code", 3, "kind")),
    refused("a code that is far off", POLICE.replace("incident", "burglary"), ("unknown-code", 3, "kind")),
    refused("an empty code", POLICE.replace("incident", ""), ("empty-cell", 3, "kind")),
    refused("a dash for a code", POLICE.replace("incident", "-"), ("unknown-code", 3, "kind")),
    refused("a code of another list", source("white"), ("unknown-code", 3, "source"), of="referrals"),
    refused("a date that is no age band", age_band("2025-07-03"), ("unknown-code", 5, "age_band"), of="referrals"),
    refused("all in a file of events", EVENTS.replace("police,0", "all,0"), ("unexpected-all", 2, "source"), of="referrals"),
    refused("a formula for a code", POLICE.replace("incident", "=cmd|' /c calc'!A0"), ("unknown-code", 3, "kind")),
]  # fmt: skip

AGES = [
    *[taken(f"an age written {text}", EVENTS.replace("police,0", f"police,{text}"), of="referrals", total=6, cells=37)
      for text in ("0", "0.0", "00", "Under 1", "<1")],
    *[refused(f"not an age: {text}", EVENTS.replace("police,0", f"police,{text}"), ("not-an-age", 2, "age"), of="referrals")
      for text in ("18", "42", "-1", "4.5")],
    *[taken(f"an age written {text}", EVENTS.replace("police,0", f"police,{text}"), f"'{text}' was read as '{band}'", of="referrals", total=6, cells=cells)
      for text, band, cells in (("6 months", "under-1", 37), ("51 weeks old", "under-1", 37), ("3 years", "1-4", 35), ("3yrs", "1-4", 35), ("18 months", "1-4", 35))],
    *[refused(f"not an age: {text}", EVENTS.replace("police,0", f"police,{text}"), ("not-an-age", 2, "age"), of="referrals") for text in ("19 years", "240 months")],
    refused("an age band of other years", EVENTS.replace("police,0", "police,1-5"), ("not-an-age", 2, "age"), of="referrals"),
    refused("an age in words", EVENTS.replace("police,0", "police,four"), ("not-an-age", 2, "age"), of="referrals"),
    refused("an empty age", EVENTS.replace("police,0", "police,"), ("empty-cell", 2, "age"), of="referrals"),
]  # fmt: skip

MARGINS = [
    taken("every kept margin", REFERRALS + "2025-04,all,1-4,all,neglect,30\n2025-04,police,all,all,neglect,20\n", of="referrals", total=30, cells=6),
    taken("a single pair", "month,source,issue,outcome,count\n2025-04,police,neglect,all,3\n", of="mash-contacts", total=3, cells=1),
    refused("a pair that is not kept", REFERRALS + "2025-04,police,1-4,all,all,5\n", ("unknown-margin", 6, None), of="referrals"),
    refused("three dimensions at once", REFERRALS + "2025-04,police,1-4,all,neglect,5\n", ("unknown-margin", 6, None), of="referrals"),
    refused("a total where none is kept", POLICE + "2025-04,all,545\n", ("unknown-margin", 5, None)),
    taken("details that are fewer than the total", REFERRALS.replace("police,all,all,all,20", "police,all,all,all,19"),
          of="referrals", total=30, cells=4, warnings=("details-do-not-add",)),
    taken("details that are more than the total", REFERRALS.replace("1-4,all,all,30", "1-4,all,all,31"),
          of="referrals", total=30, cells=4, warnings=("details-do-not-add",)),
    taken("hidden details may fill the gap", REFERRALS.replace("schools,all,all,all,10", "schools,all,all,all,c"), of="referrals", total=30, cells=4),
    taken("hidden details with more than the total", REFERRALS.replace("police,all,all,all,20", "police,all,all,all,33").replace("schools,all,all,all,10", "schools,all,all,all,c"),
          of="referrals", total=30, cells=4, warnings=("details-do-not-add",)),
    taken("breakdowns that differ without a total", REFERRALS.replace("2025-04,all,all,all,all,30\n", "").replace("1-4,all,all,30", "1-4,all,all,31"),
          of="referrals", total=61, cells=3, warnings=("breakdowns-differ",)),
    taken("counts rounded to ten", "month,source,age_band,ethnicity,reason,count\n2025-04,all,all,all,all,150\n"
          + "".join(f"2025-04,{one},all,all,all,40\n" for one in ("police", "schools", "health", "housing")), of="referrals", total=150, cells=5),
]  # fmt: skip

FIGURE_ROWS = [
    taken("a numerator alone", figure("2025-04,population-0-17,all,all,60207,,"), of="figures", total=60207, cells=1),
    taken("a numerator and its denominator", figure("2025-04,re-referrals,all,all,20,100,"), of="figures", total=20, cells=1),
    taken("a value alone", figure("2025-04,conversion,all,all,,,25.7"), of="figures", total=0, cells=1),
    taken("a value with a percent sign", figure("2025-04,conversion,all,all,,,25.7%"), "percent signs", of="figures", total=0, cells=1),
    taken("a value below zero", figure("2025-04,conversion,all,all,,,-3.1"), of="figures", total=0, cells=1),
    taken("more decimals than are kept", figure("2025-04,conversion,all,all,,,0.30000000000000004"), "rounded", of="figures", total=0, cells=1),
    taken("a hidden numerator", figure("2025-04,re-referrals,all,all,c,100,"), of="figures", total=0, cells=1),
    taken("a category of its breakdown", figure("2025-04,population-0-17,age_band,1-4,8000,,"), of="figures", total=8000, cells=1),
    taken("a denominator of zero", figure("2025-04,re-referrals,all,all,2,0,"), of="figures", total=2, cells=1, warnings=("zero-denominator",)),
    taken("nothing out of nothing", figure("2025-04,re-referrals,all,all,0,0,"), of="figures", total=0, cells=1),
    refused("no number at all", figure("2025-04,re-referrals,all,all,,,"), ("empty-cell", 2, "numerator"), of="figures"),
    refused("a share's numerator alone", figure("2025-04,re-referrals,all,all,20,,"), ("numerator-without-denominator", 2, "denominator"), of="figures"),
    taken("a count without a denominator", figure("2025-04,section-47-enquiries,all,all,20,,"), of="figures", total=20, cells=1),
    taken("a count that a rate also reads", figure("2025-03,children-looked-after,all,all,394,,"), of="figures", period="2025-03", total=394, cells=1),
    taken("a share that nobody knows", figure("2025-04,re-referrals,all,all,x,,"), of="figures", total=0, cells=1),
    refused("a denominator alone", figure("2025-04,re-referrals,all,all,,100,"), ("denominator-without-numerator", 2, "denominator"), of="figures"),
    refused("a value beside its numerator", figure("2025-04,re-referrals,all,all,20,100,20"), ("value-with-numerator", 2, "value"), of="figures"),
    refused("a numerator below zero", figure("2025-04,re-referrals,all,all,-20,100,"), ("negative-number", 2, "numerator"), of="figures"),
    refused("an item of another return", figure("2025-26-Q1,sessions,all,all,3,,"), ("unknown-item", 2, "item"), of="figures", period="2025-26-Q1"),
    refused("all for an item", figure("2025-04,all,all,all,3,,"), ("unknown-item", 2, "item"), of="figures"),
    refused("a category of another breakdown", figure("2025-04,population-0-17,age_band,white,3,,"), ("unknown-code", 2, "category"), of="figures"),
    refused("a breakdown without a category", figure("2025-04,population-0-17,age_band,all,3,,"), ("category-without-breakdown", 2, "category"), of="figures"),
    refused("a category without a breakdown", figure("2025-04,population-0-17,all,1-4,3,,"), ("category-without-breakdown", 2, "breakdown"), of="figures"),
    refused("figures without the column value", figure("2025-04,re-referrals,all,all,20,100,").replace(",value", "").replace("100,", "100"),
            ("missing-column", 1, "value"), of="figures"),
    refused("the same figure twice", figure("2025-04,conversion,all,all,,,1\n2025-04,conversion,all,all,,,2"), ("duplicate-row", 3, None), of="figures"),
]  # fmt: skip

CASES: list[Case] = [
    *PERIODS, *DAYS, *NUMBERS, *CODES, *AGES, *MARGINS, *FIGURE_ROWS,
]  # fmt: skip
