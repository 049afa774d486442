"""Annex A lists 1 and 3 as a case management system exports them: counted, and nothing of a child kept."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from lscb.periods import parse
from performance.intake import annex_a
from performance.intake.check import check
from performance.intake.codes import code_list
from performance.intake.read import Limits, read
from performance.intake.reduce import reduce
from performance.intake.spec import returns

CONTACTS, REFERRALS = returns()["mash-contacts"], returns()["referrals"]
LIST_1 = [
    "Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
    "Date of Contact", "Contact Source",
]  # fmt: skip
LIST_3 = [
    "Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
    "Date of referral", "Referral Source", "Referral NFA?", "Number of Referrals in Last 12 Months",
    "Allocated Team", "Allocated Worker",
]  # fmt: skip
# The sheet of codes words each source three ways; each must be understood.
DETAILS = {
    "‘INDIVIDUAL’ – family member, relative or carer.": "individual",
    "‘SCHOOLS’.": "schools",
    "‘EDUCATION SERVICES’.": "education-services",
    "‘HEALTH SERVICES’ – general practitioner (GP).": "health",
    "‘HOUSING’ - local authority housing or housing association.": "housing",
    "‘LA SERVICES’ – social care for example adults social care services.": "la-services",
    "‘POLICE’.": "police",
    "‘OTHER LEGAL AGENCY’ – including courts, probation, immigration or prison.": "other-legal",
    "‘OTHER’ – including children’s centres or voluntary organisations.": "other",
    "‘ANONYMOUS’.": "anonymous",
    "‘UNKNOWN’.": "unknown",
    "q) 6: Police": "police",
    "g) 3A: Health services": "health",
    "School": "schools",
    "b) Schools": "schools",
}


def contact(child, day, source, **other):
    given = {"Gender": "F", "Ethnicity": "a) WBRI", "Date of Birth": date(2014, 1, 1), "Age of Child (Years)": 11}  # fmt: skip
    return [child, *(other | given).values(), day, source]


def referral(child, day, source, ethnicity="WBRI", age=9):
    return [
        child,
        "M",
        ethnicity,
        date(2014, 1, 1),
        age,
        day,
        source,
        "b) No",
        1,
        "Team 4",
        "J Doe",
    ]


def workbook(headings, rows, *, sheet="Contacts export", title="List", others=True):
    made = openpyxl.Workbook()
    first = made.active
    first.title = "Front_Sheet"
    first.append(["Annex A - Child level data"])
    data = made.create_sheet(sheet)
    data.append([title])
    data.append(headings)
    for row in rows:
        data.append(row)
    if others:
        other = made.create_sheet("List_6")
        other.append(["Child Unique ID", "Date of Birth", "CIN Start Date"])
        other.append([77, date(2012, 5, 6), date(2025, 1, 1)])
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def taken(content, spec, period="2025-04", name="annex.xlsx"):
    table = read(content, name, Limits(), spec)
    checked = check(
        table, spec, period=parse(period), agency_type="council", today=date(2025, 11, 1)
    )
    cells = [] if checked.refused else reduce(checked, spec, period=parse(period))
    return checked, {(one.period.code, one.dimensions): one.count for one in cells}


def test_list_1_is_counted_by_source_whatever_its_sheet_is_called():
    rows = [
        contact(101, date(2025, 4, 2), "q) 6: Police"),
        contact(101, date(2025, 4, 20), "School"),
        contact(102, date(2025, 4, 9), "‘POLICE’."),
    ]
    checked, cells = taken(workbook(LIST_1, rows), CONTACTS)
    assert not checked.refused
    assert cells["2025-04", ("all", "all", "all")] == 3
    assert cells["2025-04", ("police", "all", "all")] == 2
    assert any("3 rows about 2 different children" in note for note in checked.notes)


def test_what_the_list_does_not_hold_is_missing_and_neither_zero_nor_unknown():
    checked, cells = taken(workbook(LIST_1, [contact(1, date(2025, 4, 2), "Police")]), CONTACTS)
    assert checked.absent == ("issue", "outcome")
    assert {codes[1:] for _, codes in cells} == {("all", "all")}


def test_list_3_gives_age_bands_ethnic_groups_and_sources():
    rows = [
        referral(1, date(2025, 4, 2), "Police", "a) WBRI", 0),
        referral(2, date(2025, 4, 3), "Health", "h) MWAS", 12),
        referral(3, date(2025, 4, 4), "", "", ""),
    ]
    checked, cells = taken(workbook(LIST_3, rows, sheet="Sheet1"), REFERRALS)
    assert not checked.refused, checked.problems
    assert cells["2025-04", ("all", "all", "all", "all")] == 3
    assert cells["2025-04", ("all", "under-1", "all", "all")] == 1
    assert cells["2025-04", ("all", "10-15", "all", "all")] == 1
    assert cells["2025-04", ("all", "unknown", "all", "all")] == 1
    assert cells["2025-04", ("all", "all", "dual-heritage", "all")] == 1
    assert cells["2025-04", ("unknown", "all", "all", "all")] == 1
    assert any("empty cells were read as 'unknown'" in note for note in checked.notes)


@pytest.mark.parametrize(("text", "code"), DETAILS.items())
def test_each_way_of_writing_a_source_is_understood(text, code):
    _, cells = taken(workbook(LIST_1, [contact(1, date(2025, 4, 2), text)]), CONTACTS)
    assert cells["2025-04", (code, "all", "all")] == 1
    assert code in code_list("source")


def test_a_list_reaches_further_than_the_period_and_only_the_period_is_taken():
    rows = [contact(n, date(2025, n, 15), "Police") for n in (1, 2, 4, 4, 6)]
    checked, cells = taken(workbook(LIST_1, rows), CONTACTS)
    assert cells["2025-04", ("all", "all", "all")] == 2
    assert any("3 rows outside April 2025" in note for note in checked.notes)


def test_months_before_the_list_begins_are_not_stored_as_zero():
    rows = [contact(n, date(2025, n, 15), "Police") for n in (8, 10)]
    _, cells = taken(workbook(LIST_1, rows), CONTACTS, period="2025-26")
    totals = {code: count for (code, codes), count in cells.items() if set(codes) == {"all"}}
    assert totals == {"2025-08": 1, "2025-09": 0, "2025-10": 1}


def test_a_list_about_another_time_is_refused_as_a_whole():
    checked, cells = taken(workbook(LIST_1, [contact(1, date(2024, 1, 5), "Police")]), CONTACTS)
    assert [one.code for one in checked.problems] == ["no-rows"]
    assert cells == {}


def test_nothing_of_a_child_leaves_the_reader():
    rows = [
        contact("SECRET-4711", date(2025, 4, 2), "weather"),
        contact("SECRET-4712", "yesterday", "Police"),
    ]
    checked, _ = taken(workbook(LIST_1, rows), CONTACTS)
    assert checked.identifying
    assert checked.refused
    said = " ".join([*checked.notes, *(str(one) for one in checked.problems)])
    assert "SECRET" not in said
    assert "2014" not in said
    assert {(one.code, one.row) for one in checked.problems} == {("unknown-code", 3), ("not-a-date", 4)}  # fmt: skip


def test_one_list_exported_as_csv_is_the_same():
    file = io.StringIO()
    csv.writer(file).writerows(
        [LIST_1, ["7", "F", "WBRI", "01/01/2014", "11", "02/04/2025", "Police"]]
    )
    checked, cells = taken(file.getvalue().encode(), CONTACTS, name="list1.csv")
    assert not checked.refused, checked.problems
    assert cells["2025-04", ("police", "all", "all")] == 1


def test_a_file_in_the_forms_of_the_return_is_no_annex_a():
    text = b"date,source,issue,outcome\n2025-04-02,police,neglect,unknown\n"
    checked, _ = taken(text, CONTACTS, name="records.csv")
    assert not checked.identifying
    assert checked.absent == ()


def test_only_the_two_returns_have_a_list():
    assert sorted(annex_a.lists()) == ["mash-contacts", "referrals"]
