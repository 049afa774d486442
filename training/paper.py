"""The quarterly training report for paper: what its page says, as a lscb Paper."""

from collections.abc import Iterator

from lscb.days import day_words
from lscb.numbers import format_count, plural
from lscb.papers import Paper, Section, Table
from training.models import Licence
from training.report import Report
from training.table import Section as Part

TELLS = "What this quarter’s training tells us"
LICENCES = "Licences that end within half a year, or whose end is not stated"
OF_THE_YEAR = "Of the quotes that are recorded for this quarter or for its year."


def paper(report: Report) -> Paper:
    """The report as a description that Word and PDF are made of."""
    return Paper(
        title=f"Training report, {report.quarter.label}, {report.area.name}",
        sentences=report.sentences or ("Nothing was reported for this quarter.",),
        sections=list(_sections(report)),
        synthetic=report.area.synthetic,
    )


def _sections(report: Report) -> Iterator[Section]:
    told = report.commentary.text.splitlines() if report.commentary else []
    yield Section(
        TELLS,
        sentences=[line for line in told if line.strip()],
        none="Nobody has written about this quarter yet.",
    )
    yield from _of_figures(report)
    yield from _of_courses(report)
    yield from _of_people(report)
    yield from _of_programme(report)
    yield Section(LICENCES, points=[_licence(one) for one in report.licences], none="None.")


def _of_figures(report: Report) -> Iterator[Section]:
    """The table, and where the report printed otherwise."""
    yield Section("Figures")
    for part in report.table.sections:
        yield Section(part.title, table=_figures(report, part), level=2)
    if report.claims:
        rows = [[one.title, one.printed, one.ours, one.why] for one in report.claims]
        columns = ("Figure", "Printed", "From the counts", "To know")
        yield Section("What the report printed otherwise", table=Table(columns, rows))


def _of_courses(report: Report) -> Iterator[Section]:
    """Who came, by course and by agency."""
    yield Section(
        "By course",
        table=_courses(report),
        none="No session of this quarter is recorded one by one.",
    )
    yield Section(
        "By agency",
        table=_agencies(report),
        none="Attendance by agency of this quarter was not sent.",
    )
    yield Section(
        "Places on paid sessions by agency",
        table=Table(
            ("Agency", *report.place_columns), [[one.agency, *one.cells] for one in report.places]
        ),
        none="Places by agency of this quarter were not sent.",
    )


def _of_people(report: Report) -> Iterator[Section]:
    """What people learnt, and what they said."""
    learnt = [
        [one.question, one.before, one.after, format_count(one.answered)] for one in report.learning
    ]
    yield Section(
        "What people learnt",
        table=Table(("Question", "Before", "After", "Answered"), learnt),
        none="No evaluation of this quarter compares before and after.",
    )
    themes = [[one.name, format_count(one.quotes), ", ".join(one.courses)] for one in report.themes]
    yield Section(
        "Themes of what people said",
        sentences=[OF_THE_YEAR] if themes else [],
        table=Table(("Theme", "Quotes", "Courses"), themes),
        none=report.not_of_unit or "No quote is recorded for this quarter or its year.",
    )


def _of_programme(report: Report) -> Iterator[Section]:
    """What the training unit aims at, achieved and reported."""
    none = "" if report.programme else report.not_of_unit or "Nothing is recorded for this year."
    yield Section("Aims, achievements and reports", none=none)
    for group in report.programme:
        points = [f"{one.words} {one.figure}".strip() for one in group.lines]
        yield Section(group.title, points=points, level=2)


def _figures(report: Report, part: Part) -> Table:
    columns = ("What", *(column.title for column in report.table.columns))
    rows = []
    for row in part.rows:
        cells = [f"{cell.text} ({cell.note})" if cell.note else cell.text for cell in row.cells]
        rows.append([row.line.title, *cells])
    return Table(columns, rows)


def _courses(report: Report) -> Table:
    rows = [
        [
            one.course,
            one.kind,
            format_count(one.sessions),
            format_count(one.booked, "not available"),
            format_count(one.attended, "not available"),
            one.satisfied,
            "; ".join(one.answers) or "none in the register",
        ]
        for one in report.courses
    ]
    columns = ("Course", "Kind", "Sessions", "Booked", "Attended", "Satisfied", "Answers")
    return Table(columns, rows)


def _agencies(report: Report) -> Table:
    columns = [
        words
        for one in report.compared
        for words in (f"Attended {one.short}", f"Share {one.short}")
    ]
    rows = [
        [row.agency, *(words for one in row.years for words in (one.text, one.share))]
        for row in report.agencies
    ]
    return Table(("Agency", *columns), rows)


def _licence(one: Licence) -> str:
    ends = day_words(one.ends) if one.ends is not None else "not stated"
    return (
        f"{one.licensed_for}, {one.agency_name}: {plural(one.people, 'person', 'people')}, {ends}"
    )
