"""Files with what identifies a person, all invented; and files that only look so."""

from openpyxl.comments import Comment

from tests.performance.intake.building import (
    EVENTS,
    POLICE,
    REFERRALS,
    Case,
    refused,
    table,
    taken,
    workbook,
)

HEADINGS = [
    "Name", "Child's name", "Surname", "First Name", "Forename(s)", "DOB", "Date of Birth", "child_dob", "NHS Number",
    "NHS no.", "UPN", "Unique Pupil Number", "Postcode", "Home postcode", "Address", "Address line 1", "E-mail",
    "Telephone", "Mobile no", "Child ID", "Case number", "Mosaic ID", "National Insurance Number", "Initials",
]  # fmt: skip
VALUES = [
    "943 476 5919", "9434765919", "943-476-5919", "A123456789012", "A12345678901B", "LU1 2AB", "lu12ab", "AB123456C",
    "someone@example.org", "01582 000000", "+44 7700 900123", "07700900123", "12 Invented Street", "3a Sample Close, Luton",
    "9434765919.0", "NHS: 943 476 5919", "NHS No. 9434765919", "943.476.5919", "９４３４７６５９１９", "٩٤٣٤٧٦٥٩١٩",
    "Sarah Example", "Example, Sarah", "Mohammed A Sample", "Mrs Sample",
]  # fmt: skip
BIRTHS = "date,kind\n03/02/2011,crime\n17/08/2015,crime\n29/11/2019,incident\n"


def added(heading: str, value: str) -> str:
    """The police's counts with one more column."""
    return POLICE.replace("\n", f',"{value}"\n').replace(f'count,"{value}"', f'count,"{heading}"')


CASES: list[Case] = [
    *[refused(f"a column headed {one}", added(one, "1"), ("personal-data", 1, one), personal=True) for one in HEADINGS],
    *[refused(f"a value like {one} in a column of its own", added("Remark", one), ("personal-data", 1, "Remark"), personal=True) for one in VALUES],
    *[refused(f"a value like {one} for a code", POLICE.replace("incident", f'"{one}"'), ("personal-data", 3, "kind"), personal=True) for one in VALUES],
    refused("a number of a person for a count", POLICE.replace("210", "9434765919"), ("personal-data", 2, "count"), personal=True),
    refused("dates of birth for dates", BIRTHS, ("personal-data", 2, "date"), personal=True),
    refused("names in a column of events", EVENTS.replace("\n", ',"Amelia Sample"\n').replace('reason,"Amelia Sample"', "reason,Remark"),
            ("personal-data", 1, "Remark"), of="referrals", personal=True),
    refused("a heading that is itself a value", POLICE.replace("\n", ",1\n").replace("count,1", "count,LU1 2AB"), ("personal-data", 1, "column 4"), personal=True),
    refused("values beyond the last heading", POLICE.replace("180", "180,9434765919"), ("personal-data", 1, "column 4"), personal=True),
    refused("a list of children without known headings", "Name,DOB\nSarah Example,01/02/2015\n",
            ("personal-data", None, "column 1"), ("personal-data", None, "column 2"), personal=True),
    refused("a list of children on another sheet", workbook({"Data": table(), "Raw": [["Child name", "DOB"], *[["Ann Sample", "01/02/2015"]] * 3]}),
            ("personal-data", None, "Raw: column 1"), ("personal-data", None, "Raw: column 2"), filename="r.xlsx", personal=True),
    refused("a list of children on a hidden sheet",
            workbook({"Data": table(), "Raw": [["id"], ["9434765919"]]}, lambda book: setattr(book["Raw"], "sheet_state", "hidden")),
            ("personal-data", None, "Raw: column 1"), filename="r.xlsx", personal=True),
    refused("a number above the headings", f"About 943 476 5919\n\n{POLICE}", ("personal-data", 1, None), personal=True),
    refused("a number in a note below the table", f"{POLICE}\nWithout 943-476-5919 who moved\n", ("personal-data", 6, None), personal=True),
    refused("a number in a totals row", f"{POLICE}Total,A123456789012,545\n", ("personal-data", 5, None), personal=True),
    refused("a number in a comment", workbook({"Data": table()}, lambda book: setattr(book["Data"]["C2"], "comment", Comment("This is AB123456C", "x"))),
            ("personal-data", None, None), filename="r.xlsx", personal=True),
    # False alarms that must not be.
    taken("a telephone number above the headings", f"Questions: 01582 54 60 00 or 0303 123 1113\n\n{POLICE}", "row 3"),
    taken("a note of its sender below the table", f"{POLICE}\nSarah Example LU1 2AB run on 2025-05-01\n", "Note below the table"),
    taken("a comment on a cell", workbook({"Data": table()}, lambda book: setattr(book["Data"]["C2"], "comment", Comment("Checked, 210", "x"))), filename="r.xlsx"),
    refused("ten digits that are no number of a person", POLICE.replace("210", "9434765918"), ("number-too-large", 2, "count")),
    refused("two words that are no name", POLICE.replace("incident", "Parish Council"), ("unknown-code", 3, "kind")),
    refused("a column for the name of an area", added("Area name", "Luton"), ("unknown-column", 1, "Area name")),
    refused("a column of short codes", added("Ward", "E05"), ("unknown-column", 1, "Ward")),
    refused("a column of months", added("Week beginning", "07/04/2025"), ("unknown-column", 1, "Week beginning")),
    refused("a misspelt label of two words", REFERRALS + "2025-04,all,all,all,Physical Abus,3\n", ("unknown-code", 6, "reason"), of="referrals"),
    refused("a single wrong year", "date,kind\n01/04/2015,crime\n02/04/2025,crime\n", ("wrong-period", 2, "date")),
    taken("a cover sheet with its author", workbook({"Cover": [["Name", "Sarah Example"], ["E-mail", "someone@example.org"], ["Postcode", "LU1 2AB"]], "Data": table()}),
          "not read: 'Cover'", filename="r.xlsx"),
    taken("an author above the headings", f"Sent by Sarah Example (someone@example.org)\n{POLICE}", "row 2"),
]  # fmt: skip
