"""The quarterly training report, attendance by agency, and the sample's facts."""

import io
from datetime import date

import docx
import pytest
from django.test import Client
from django.urls import reverse

from lscb import papers
from lscb.models import Area
from lscb.periods import parse
from tests.training.conftest import settle
from training import actions, evidence, paper, report, sample
from training.models import (
    Attendance,
    Course,
    Evaluation,
    Licence,
    ProgrammeEntry,
    Quote,
    Workforce,
)

QUARTER = parse("2024-25-Q3")


@pytest.mark.once
def test_the_report_says_in_words_what_its_numbers_are(reported, pan):
    reported("2024-25")
    found = report.quarter_report(pan, QUARTER)
    assert found.sentences == (
        "14 paid sessions took place, with 386 places booked; 34 of them were not taken up.",
        "Places booked were 137.9% of the places offered.",
        "2 free events had 163 places booked.",
        "Of 2,866 eLearning courses registered for 2,653 were completed: 92.6%.",
    )
    assert [(one.printed, one.ours) for one in found.claims] == [("126%", "137.9%")]


@pytest.mark.once
def test_a_quarter_of_which_nothing_is_known_claims_nothing(places, pan):
    found = report.quarter_report(pan, QUARTER)
    assert found.sentences == ()
    assert found.table.is_empty


@pytest.mark.once
def test_the_word_file_holds_what_the_page_holds_with_marked_header_rows(reported, pan):
    reported("2024-25")
    file = docx.Document(io.BytesIO(papers.word(paper.paper(report.quarter_report(pan, QUARTER)))))
    texts = [one.text for one in file.paragraphs]
    assert texts[0] == "Training report, Quarter 3, 2024/25, Pan-Bedfordshire"
    assert any("386 places booked" in one for one in texts)
    figures = file.tables[0]
    row = next(one for one in figures.rows if one.cells[0].text.endswith("Places filled"))
    assert row.cells[1].text == "137.9% (printed 126%)"
    for table in file.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_what_people_learnt_is_summed_over_sessions_and_never_averaged(held, trainer, pan):
    for day, numbers in ((1, (10, 2, 9, 5, 4)), (2, (30, 15, 27, 15, 3))):
        compared, before, after, followed, changed = numbers
        session = held(day=parse("2025-26-Q1").start.replace(day=day))
        said = Evaluation(
            session=session, answered=40, satisfied=40, compared=compared, knowledge_before=before,
            knowledge_after=after, followed_up=followed, changed_practice=changed,
        )  # fmt: skip
        actions.save(by=trainer, record=said)
    knowledge, later = evidence.learning(pan, parse("2025-26-Q1"))
    assert (knowledge.before, knowledge.after, knowledge.answered) == ("42.5%", "90.0%", 40)
    assert (later.before, later.after, later.answered) == ("not asked", "35.0%", 20)


def test_courses_of_a_quarter_are_counted_from_its_sessions(held, pan):
    held(bookings={"schools": (12, 10, 1, 1, 4)}, said=(9, 10))
    held(bookings={"police": (8, None, None, None, 0)})
    held(title="Safer Recruitment", cancelled=True, cancelled_why="Trainer ill")
    (line,) = evidence.by_course(pan, parse("2025-26-Q1"))
    assert (line.sessions, line.booked, line.attended, line.satisfied) == (2, 20, None, "90.0%")


def test_attendance_by_agency_has_shares_and_reach_where_the_workforce_is_known(
    reported, trainer, pan
):
    from performance import actions as performance
    from performance.models import Figure

    content = (
        "period,item,breakdown,category,numerator,denominator,value\n"
        "2024-25,attendance,all,all,80,,\n"
        "2024-25,attendance,agency,schools,60,,\n"
        "2024-25,attendance,agency,police,20,,\n"
    )
    submission = performance.receive(
        by=trainer, return_id="training", agency=trainer.agency, area=pan, period=parse("2024-25"),
        filename="a.csv", content=content.encode(), ring=False,
    )  # fmt: skip
    performance.process(submission_id=submission.pk)
    assert Figure.objects.filter(current=True, item="attendance").count() == 3
    staff = Workforce(area=pan, agency="police", year_code="2024-25", people=200)
    actions.save(by=trainer, record=staff)
    years = [parse("2024-25"), parse("2023-24")]
    rows = {row.agency: row.years for row in evidence.by_agency(pan, years)}
    assert set(rows) == {"Police", "Schools and colleges"}
    assert evidence.years_by_agency(pan) == [parse("2024-25")]
    police, before = rows["Police"]
    assert (police.text, police.share, police.reach) == ("20", "25.0%", "10.0")
    assert rows["Schools and colleges"][0].reach == "not available"
    assert before.text == "not submitted"
    client = Client()
    client.force_login(trainer)
    for order, first in (("2024-25", "police"), ("-2024-25", "schools"), ("-agency", "schools")):
        asked = {"area": pan.code, "sort": order}
        page = client.get(reverse("training-agencies"), asked).content.decode()
        names = {"police": "<span>Police<", "schools": "<span>Schools and colleges<"}
        assert min(names, key=lambda one: page.index(names[one])) == first
        lines = client.get(reverse("training-agencies-csv"), asked).content.decode().splitlines()
        assert lines[1].startswith({"police": "Police", "schools": "Schools"}[first])
    assert 'aria-sort="descending"' in page
    asked = {"area": pan.code, "agency": "police", "sort": "agency"}
    page = client.get(reverse("training-agencies"), asked).content.decode()
    assert "<span>Police<" in page
    assert "<span>Schools and colleges<" not in page
    assert (
        f'name="area" value="{pan.code}"' in page
    )  # another choice stays in the area and its order
    lines = client.get(reverse("training-agencies-csv"), asked).content.decode().splitlines()
    assert {line.split(",")[0] for line in lines[1:]} == {"Police"}


@pytest.mark.once
def test_the_quarterly_report_holds_attendance_by_agency_and_what_courses_answer(
    held, trainer, manager, pan
):
    from reviews import actions as reviews
    from reviews.models import Recommendation

    review = reviews.add_review(
        by=manager, kind="learning-review", title="Child A", area=pan, on=date(2025, 4, 1)
    )
    asked = reviews.save_part(by=manager, review=review, part=Recommendation(), text="Teach it.")
    session = held(bookings={"schools": (12, 9, 2, 1, 0), "police": (4, 3, 0, 1, 0)})
    session.course.recommendations = [f"recommendation:{asked.pk}"]
    actions.save(by=trainer, record=session.course)
    quarter = parse("2025-26-Q1")
    sent = actions.send_quarter(by=trainer, area=pan, quarter=quarter)
    settle(sent, trainer)
    found = report.quarter_report(pan, quarter)
    assert {row.agency: row.years[0].share for row in found.agencies} == {
        "Schools and colleges": "75.0%",
        "Police": "25.0%",
    }
    document = docx.Document(io.BytesIO(papers.word(paper.paper(found))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Child A: Teach it." in cells
    assert "75.0%" in cells


@pytest.fixture(scope="module")
def of_the_sample(shared_places):
    sample.load()


@pytest.fixture
def loaded(of_the_sample, places):
    """The sample's records of training."""


@pytest.mark.once
def test_the_sample_holds_the_reports_courses_themes_and_licences_with_their_sources(loaded):
    assert Course.objects.filter(source="").count() == 0
    assert Quote.objects.exclude(text="").count() == 0
    assert all(quote.source and quote.themes.exists() for quote in Quote.objects.all())
    assert Quote.objects.count() == 34  # every one that the report on 2024/25 prints
    assert not Course.objects.exclude(recommendations=[]).exists()  # it names none
    licence = Licence.objects.exclude(area__synthetic=True).get()
    assert (licence.people, licence.area.name, licence.ends) == (12, "Luton", None)


def test_the_sample_is_loaded_once_and_leaves_alone_what_people_changed(loaded, manager):
    course = Course.objects.get(title="Contextual Safeguarding")
    before = course.quotes.count()
    actions.remove(by=manager, record=course.quotes.first(), reason="not ours")
    sample.load()
    assert course.quotes.count() == before - 1


@pytest.mark.once
def test_pages_of_training_open_with_the_reports_figures(reported, loaded, client, trainer):
    reported("2023-24", "2024-25")
    client.force_login(trainer)
    table = client.get("/training/?year=2024-25").content.decode()
    for text in ("113.2%", "printed 108%", "12,671", "printed 12,691", "89.4%"):
        assert text in table
    csv = client.get("/training/table.csv?year=2024-25").content.decode()
    line = "Training courses,Places filled,percent,2024-25,1155,1020,113.2353,reported,no,108%"
    assert line in csv
    paper = client.get("/training/report/2024-25-Q3/").content.decode()
    assert "34 of them were not taken up" in paper
    assert "learning passed on" in paper
    assert client.get("/training/report/2024-25/").status_code == 404
    agencies = client.get(f"/training/agencies/?area={Area.objects.get(name='Luton').code}")
    assert "charts without numbers" in agencies.content.decode()
    file = client.get("/training/report/2024-25-Q3/report.docx")
    assert file.content[:2] == b"PK"
    pdf = client.get("/training/report/2024-25-Q3/report.pdf")
    assert pdf.content[:5] == b"%PDF-"
    assert pdf.headers["Content-Disposition"].startswith("attachment")
    assert client.get("/training/?year=2024").status_code == 404
    assert client.get("/training/?area=nowhere").status_code == 404


@pytest.mark.once
def test_a_file_brings_late_cancellations_and_places_by_agency_to_page_and_paper(
    trainer, pan, client
):
    from performance import actions as performance

    lines = (
        "bookings,all,all,20", "bookings,agency,schools,12", "bookings,agency,police,8",
        "non-attendance,all,all,5", "cancelled-late,all,all,3", "did-not-attend,all,all,2",
        "cancelled-late,agency,schools,3", "did-not-attend,agency,schools,0",
        "did-not-attend,agency,police,2", "free-places,agency,schools,11",
        "free-event-bookings,all,all,50", "free-event-non-attendance,all,all,13",
        "free-event-cancelled-late,all,all,6", "free-event-did-not-attend,all,all,7",
    )  # fmt: skip
    content = "period,item,breakdown,category,numerator,denominator,value\n" + "".join(
        f"2025-26-Q1,{line},,\n" for line in lines
    )
    quarter = parse("2025-26-Q1")
    submission = performance.receive(
        by=trainer, return_id="training", agency=trainer.agency, area=pan, period=quarter,
        filename="a.csv", content=content.encode(), ring=False,
    )  # fmt: skip
    performance.process(submission_id=submission.pk)
    found = report.quarter_report(pan, quarter)
    keys = ("bookings", "non-attendance", "cancelled-late", "did-not-attend")
    assert [found.table.cell(key, 0).text for key in keys] == ["20", "5", "3", "2"]
    keys = ("free-non-attendance", "free-late", "free-absent")
    assert [found.table.cell(key, 0).text for key in keys] == ["13", "6", "7"]
    assert {row.agency: row.cells for row in found.places} == {
        "Schools and colleges": ("12", "3", "0", "11"),
        "Police": ("8", "not submitted", "2", "not submitted"),
    }
    client.force_login(trainer)
    page = client.get("/training/report/2025-26-Q1/", {"area": pan.code}).content.decode()
    assert "Places on paid sessions by agency" in page
    assert '<td class="num">11</td>' in page
    document = docx.Document(io.BytesIO(papers.word(paper.paper(found))))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["Schools and colleges", "12", "3", "0", "11"] in rows


@pytest.mark.once
def test_aims_achievements_and_reports_stand_beside_the_figures_of_their_indicators(
    reported, loaded, client, trainer, pan
):
    reported("2024-25")
    quarter = report.quarter_report(pan, parse("2024-25-Q4"))
    assert [one.title for one in quarter.programme] == [
        "Achieved in 2024/25",
        "Reports presented in 2024/25",
        "Aims for 2025/26",
    ]
    points = [point for section in paper.paper(quarter).sections for point in section.points]
    assert "Complete 90% or more of eLearning. eLearning completed: 89.4% in 2024/25" in points
    assert (
        "Ask more people later what changed. A sample of those who came; case studies of the impact. "
        "Learners who changed their practice: not available"
    ) in points
    assert "Quarterly training reports, to the pan-Bedfordshire co-ordinating group." in points
    client.force_login(trainer)
    page = client.get(reverse("training-report", args=[parse("2024-25-Q4")])).content.decode()
    assert "eLearning completed: 89.4% in 2024/25" in page
    listed = client.get(reverse("training-records", args=["programme"]), {"form": "presented"})
    assert [one.form for one, _ in listed.context["list"].rows] == ["presented"] * 6
    entry = ProgrammeEntry.objects.get(title="Complete 90% or more of eLearning")
    assert "eLearning completed: 89.4%" in client.get(entry.get_absolute_url()).content.decode()


@pytest.mark.once
def test_a_report_names_the_group_that_it_went_to_and_an_aim_names_none(trainer, client):
    client.force_login(trainer)
    address = reverse("training-record-add", args=["programme"])
    given = {"form": "presented", "year_code": "2025-26", "title": "A report"}
    refused = client.post(address, given)
    assert refused.status_code == 422
    assert "Say to which group or board it was presented." in refused.content.decode()
    refused = client.post(address, {**given, "form": "aim", "presented_to": "A board"})
    assert "Only a report is presented" in refused.content.decode()
    assert client.post(address, {**given, "presented_to": "A board"}).status_code == 302
    assert (
        ProgrammeEntry.objects.get(title="A report", year_code="2025-26").presented_to == "A board"
    )


@pytest.mark.once
def test_the_demonstration_area_shows_what_a_unit_sees_that_keeps_records_and_it_is_invented(
    loaded, client, trainer
):
    area = Area.objects.get(code="demonstration")
    quarter = report.quarter_report(area, parse("2025-26-Q1"))
    assert [(one.course, one.booked, one.attended) for one in quarter.courses] == [
        ("Neglect and the Graded Care Profile (invented)", 20, 16),
        ("Writing for conferences (invented)", 49, 37),
    ]
    assert [one.question for one in quarter.learning]
    assert [one.ends for one in quarter.licences] == [date(2025, 6, 1), date(2025, 9, 30)]
    client.force_login(trainer)
    year = parse("2024-25-Q4")  # the year to which quotes, achievements and reports belong
    assert report.quarter_report(area, year).themes == ()
    page = client.get(f"/training/report/{year.code}/?area=demonstration").content.decode()
    assert page.count("Demonstration area is invented: the training unit’s own stand in") == 2
    assert ProgrammeEntry.objects.filter(form="aim").first().title not in page
    for kind in ("sessions", "attendance", "evaluations", "licences", "workforce"):
        address = reverse("training-records", args=[kind])
        named = client.get(address, {"area": "demonstration"})
        assert named.context["list"].rows
        assert "synthetic figures" in named.content.decode()
        for record, _ in client.get(address).context["list"].rows:
            about = getattr(record, "session", record)
            assert not about.area.synthetic


@pytest.mark.once
def test_a_record_and_its_history_say_an_agency_in_words_and_not_by_its_code(
    loaded, client, trainer
):
    row = Attendance.objects.filter(agency="early-years").first()
    client.force_login(trainer)
    page = client.get(row.get_absolute_url())
    assert ("Agency", "Early years") in page.context["facts"]
    ((_, changes),) = page.context["history"]
    assert ("Agency", "", "Early years") in changes
