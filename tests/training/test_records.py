"""The records of training: who changes them, what cannot be, and their history."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from lscb.history import changes_of, events, latest_line
from lscb.models import Agency, AuditEvent, Person, Role
from tests import personas
from training.actions import TrainingRefused, remove, save
from training.models import Attendance, Course, Evaluation, Licence, Quote, Session, Workforce


@pytest.fixture
def police(places):
    agency = Agency.objects.get(slug="police")
    return Person.objects.create_user(
        "police@unit.test", name="Alex", role=Role.ANALYST, agency=agency
    )


def test_the_training_unit_and_the_manager_change_records_and_nobody_else(trainer, manager, police):
    save(by=trainer, record=Course(title="Contextual Safeguarding"))
    course = Course.objects.get()
    course.answers = "Recommendation 2 of the review of 2021"
    save(by=manager, record=course)
    with pytest.raises(PermissionDenied):
        save(by=police, record=course)
    with pytest.raises(PermissionDenied):
        remove(by=police, record=course, reason="not ours")


def test_every_change_is_kept_with_what_was_there_before(trainer, manager):
    course = save(by=trainer, record=Course(title="Safer Recruitment"))
    course.title = "Safer Recruitment, refreshed"
    save(by=manager, record=course)
    newest, first = events(course)
    assert first.action == "training record added"
    assert newest.person == manager
    assert changes_of(newest) == {"title": ["Safer Recruitment", "Safer Recruitment, refreshed"]}


def test_saving_what_is_the_same_writes_no_history(trainer):
    course = save(by=trainer, record=Course(title="Safer Recruitment"))
    save(by=trainer, record=course)
    assert events(course).count() == 1


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(trainer, manager):
    course = save(by=trainer, record=Course(title="Voice of the Child"))
    seen = latest_line(course)
    course.about = "New outline"
    save(by=manager, record=course, seen=seen)
    mine = Course.objects.get(pk=course.pk)
    mine.about = "Another outline"
    with pytest.raises(TrainingRefused, match="Somebody else"):
        save(by=trainer, record=mine, seen=seen)
    assert Course.objects.get().about == "New outline"


def test_places_cannot_become_more_than_were_booked(held, trainer):
    session = held()
    row = Attendance(session=session, agency="schools", booked=10, attended=9)
    with pytest.raises(TrainingRefused, match="all three"):
        save(by=trainer, record=row)
    row.cancelled_late, row.did_not_attend = 1, 1
    with pytest.raises(TrainingRefused, match="than places were booked"):
        save(by=trainer, record=row)
    row.did_not_attend = 0
    save(by=trainer, record=row)
    assert Attendance.objects.get().attended == 9


def test_a_part_is_never_larger_than_its_whole(held, trainer):
    session = held()
    with pytest.raises(TrainingRefused, match="More were satisfied"):
        save(by=trainer, record=Evaluation(session=session, answered=3, satisfied=4))
    alone = Evaluation(session=session, answered=3, satisfied=3, changed_practice=2)
    with pytest.raises(TrainingRefused, match="of how many"):
        save(by=trainer, record=alone)


def test_a_cancelled_session_says_why_and_days_stand_in_order(held, pan, trainer):
    with pytest.raises(TrainingRefused, match="why the session was cancelled"):
        held(cancelled=True)
    with pytest.raises(TrainingRefused, match="before the first"):
        held(day=date(2025, 5, 14), ends=date(2025, 5, 13))
    assert Session.objects.count() == 0


def test_a_quote_that_names_somebody_is_refused_and_the_name_is_not_repeated(held, trainer):
    course = held().course
    quote = Quote(course=course, agency="schools", role="Teacher", text="Aaron Smith was great.")
    with pytest.raises(TrainingRefused, match="seems to hold a name") as refusal:
        save(by=trainer, record=quote, themes=["trainer"])
    assert "Aaron" not in str(refusal.value)
    assert refusal.value.field == "text"
    assert Quote.objects.count() == 0


def test_themes_of_quotes_are_shared_and_change_with_history(held, trainer):
    course = held().course
    quote = Quote(course=course, agency="schools", text="I act sooner now.")
    save(by=trainer, record=quote, themes=["confidence to act"])
    save(by=trainer, record=quote, themes=["confidence to act", "learning passed on"])
    assert {one.name for one in quote.themes.all()} == {"confidence to act", "learning passed on"}
    newest = events(quote).first()
    assert changes_of(newest)["themes"] == [
        "confidence to act",
        "confidence to act, learning passed on",
    ]


def test_what_others_stand_on_is_not_taken_out(held, trainer):
    session = held(bookings={"schools": (10, 9, 1, 0, 2)})
    with pytest.raises(TrainingRefused, match="Other records"):
        remove(by=trainer, record=session, reason="entered twice")
    with pytest.raises(TrainingRefused, match="why"):
        remove(by=trainer, record=session.attendance.get(), reason=" ")
    remove(by=trainer, record=session.attendance.get(), reason="entered twice")
    remove(by=trainer, record=session, reason="entered twice")
    gone = AuditEvent.objects.filter(action="training record removed").first()
    assert gone.details["reason"] == "entered twice"
    assert changes_of(gone)["capacity"] == ["20", ""]


# Pages ------------------------------------------------------------------------------------------


@pytest.mark.once
def test_everybody_reads_records_and_only_those_who_may_get_their_forms(held, trainer, pan):
    session = held(bookings={"schools": (10, 9, 1, 0, 2)}, said=(8, 8))
    licence = Licence(area=pan, agency="unknown", people=12)
    save(by=trainer, record=licence)
    made = [session.course, session, session.attendance.get(), session.evaluation, licence]
    for persona in personas.SIGNED_IN:
        client = personas.client_of(persona)
        expected = 200 if persona == personas.MANAGER else 403
        assert client.get(session.get_absolute_url()).status_code == 200
        for form in ("change/", "take-out/"):
            answer = client.get(session.get_absolute_url() + form)
            assert answer.status_code == expected, (persona.name, form)
    client = personas.client_of(personas.MANAGER)
    for record in made:
        for form in ("", "change/", "take-out/"):
            assert client.get(record.get_absolute_url() + form).status_code == 200
    assert client.get("/training/sessions/?q=neglect&sort=-starts&kind=paid").status_code == 200
    assert client.get("/training/nothing/").status_code == 404


@pytest.fixture
def page(client, trainer):
    client.force_login(trainer)
    return client


def test_a_session_is_added_by_form_and_a_faulty_one_loses_nothing(page, held, pan):
    course = held().course
    fields = {
        "course": course.pk, "kind": "paid", "mode": "online", "area": pan.pk, "starts": "2025-06-01",
        "ends": "2025-05-01", "capacity": "20", "cost": "", "cancelled": "False", "cancelled_why": "",
    }  # fmt: skip
    answer = page.post("/training/sessions/add/", fields)
    assert answer.status_code == 422
    assert "The last day lies before the first." in answer.content.decode()
    assert 'value="2025-06-01"' in answer.content.decode()
    answer = page.post("/training/sessions/add/", fields | {"ends": ""})
    assert answer.status_code == 302
    shown = page.get(answer.headers["Location"]).content.decode()
    assert "Online with a trainer" in shown
    assert "Tess: training record added" in shown


def test_a_form_opened_before_somebody_elses_change_is_not_saved_over_it(page, held, manager):
    course = held().course
    seen = latest_line(course)
    course.about = "Changed meanwhile"
    save(by=manager, record=course)
    fields = {"title": course.title, "about": "Mine", "answers": "", "source": "", "seen": seen}
    answer = page.post(f"/training/courses/{course.pk}/change/", fields)
    assert answer.status_code == 422
    assert "Somebody else changed this" in answer.content.decode()
    assert "Mine" in answer.content.decode()
    assert Course.objects.get().about == "Changed meanwhile"
    told = answer.context["seen"]
    assert (
        page.post(f"/training/courses/{course.pk}/change/", fields | {"seen": told}).status_code
        == 302
    )
    assert Course.objects.get().about == "Mine"


def test_a_form_opened_again_holds_the_draft_and_saving_takes_it_away(page, held):
    address = f"/training/courses/{held().course.pk}/change/"
    token = page.get(address).context["draft"].token
    typed = {"title": "Understanding Neglect", "about": "Not ready", "answers": "", "source": ""}
    page.post("/account/drafts/save/", typed | {"draft": token})
    again = page.get(address)
    assert "Not ready" in again.content.decode()
    assert Course.objects.get().about == ""
    page.post(address, typed | {"draft": token, "seen": again.context["seen"]})
    assert Course.objects.get().about == "Not ready"
    assert "Not ready" not in page.get("/account/drafts/").content.decode()
    assert page.get(address).context["draft"].saved_at is None


def test_lists_filter_sort_search_page_and_export(page, held):
    held(bookings={"schools": (10, 9, 1, 0, 2), "police": (4, 4, 0, 0, 0)})
    held(title="Safer Recruitment", day=date(2025, 6, 1), kind=Session.Kind.WEBINAR)
    rows = page.get("/training/sessions/list.csv?sort=course__title").content.decode().splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["Safer Recruitment", "Understanding Neglect"]
    assert rows[2].split(",")[6:8] == ["14", "13"]
    only = page.get("/training/sessions/list.csv?kind=webinar").content.decode().splitlines()
    assert len(only) == 2
    held(title="Voice of the Child", day=date(2024, 6, 1))
    for kind, found in (("sessions", 1), ("attendance", 0), ("evaluations", 0)):
        year = page.get(f"/training/{kind}/list.csv?year=2024-25").content.decode().splitlines()
        assert len(year) == 1 + found, kind
    found = page.get("/training/attendance/?agency=police").content.decode()
    assert "1 in this list." in found
    assert "2 in this list." in page.get("/training/attendance/?agency=nobody").content.decode()


def test_a_record_is_taken_out_with_a_reason(page, held):
    session = held()
    address = session.get_absolute_url() + "take-out/"
    assert page.post(address, {"reason": ""}).status_code == 422
    assert page.post(address, {"reason": "entered twice"}).status_code == 302
    assert Session.objects.count() == 0


def test_what_is_too_long_or_there_already_is_said_in_words_that_tell_what_to_do(
    held, trainer, client
):
    client.force_login(trainer)
    session = held(said=(9, 10))
    for kind, given, told in (
        (
            "evaluations",
            {"session": session.pk, "answered": 3, "satisfied": 3},
            "This session has its evaluation already: change that one.",
        ),
        ("workforce", {"year_code": "the year 2024/25"}, "Enter a quarter or a year, such as"),
        ("courses", {"title": "a" * 151}, "Write it in 150 characters or fewer."),
    ):
        answer = client.post(reverse("training-record-add", args=[kind]), given)
        assert answer.status_code == 422
        assert told in answer.content.decode()


def test_courses_licences_and_the_workforce_are_filtered_as_other_lists_are(
    page, held, trainer, pan
):
    taught = held().course
    for title, words in (("Never held", "A review, in words."), ("Nothing said", "")):
        save(by=trainer, record=Course(title=title, answers=words))
    today = timezone.localdate()
    for people, days in ((41, -1), (42, 30), (43, 400), (44, None)):
        ends = None if days is None else today + timedelta(days)
        save(by=trainer, record=Licence(area=pan, agency="schools", people=people, ends=ends))
    for year, people in (("2023-24", 51), ("2024-25", 52)):
        save(by=trainer, record=Workforce(area=pan, agency="police", year_code=year, people=people))

    def kept(address: str) -> list[str]:
        lines = page.get(address).content.decode().splitlines()[1:]
        return [line for line in lines if line]

    assert len(kept("/training/courses/list.csv")) == 3
    (only,) = kept("/training/courses/list.csv?kind=paid")
    assert only.startswith(taught.title)
    (only,) = kept("/training/courses/list.csv?answering=words")
    assert only.startswith("Never held")
    assert len(kept("/training/courses/list.csv?answering=none")) == 2
    for ends, people in (("past", 41), ("soon", 42), ("later", 43), ("unknown", 44)):
        (only,) = kept(f"/training/licences/list.csv?ends={ends}")
        assert f",{people}," in only
    (only,) = kept("/training/workforce/list.csv?year=2023-24")
    assert ",51," in only
    assert (
        'name="sort" value="-title"' in page.get("/training/courses/?sort=-title").content.decode()
    )
