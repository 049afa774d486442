"""A challenge is asked, answered and closed, each step by its people; commentary is agreed by another than its writer."""

import io
import re
import zipfile
from datetime import date, timedelta

import docx
import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from lscb.models import Agency, Area, Role
from lscb.periods import parse
from performance.actions import challenge_figures, choose_mail
from performance.actions import challenges as actions
from performance.actions.challenges import ChallengeRefused
from performance.actions.commentary import (
    CommentaryRefused,
    agree_commentary,
    write_commentary,
)
from performance.actions.saved_views import ViewRefused, forget_view, save_view
from performance.models import Challenge, ChallengeFile, SavedView
from performance.queries import challenges as queries
from performance.queries import commentary, observations
from tests import factories

QUARTER = parse("2024-25-Q4")
FILE = "month,kind,count\n2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,{}\n"


@pytest.fixture
def challenge(db) -> Challenge:
    return actions.raise_challenge(
        by=factories.person(Role.SUBGROUP),
        question="Why did contacts rise?",
        agency=factories.agency("police"),
        area=factories.area(),
        due=timezone.localdate() + timedelta(days=7),
        indicator="DA01",
        owner=factories.person(Role.ANALYST, "police"),
    )


def test_a_question_is_answered_closed_with_its_outcome_and_the_history_tells_it(challenge):
    actions.answer(by=challenge.owner, challenge=challenge, text="A campaign.", evidence="Report 4")
    actions.close(by=factories.person(Role.CHAIR), challenge=challenge, outcome="More came early.")
    challenge.refresh_from_db()
    assert (challenge.state, challenge.outcome) == ("closed", "More came early.")
    kinds = [one.kind for one in queries.entries(challenge)]
    assert kinds == ["raised", "answer", "evidence", "closed"]


def first_page(person) -> str:
    client = Client()
    client.force_login(person)
    return client.get("/").content.decode()


@pytest.mark.once
def test_the_agency_sees_a_question_on_its_first_page_and_in_the_menu_until_it_is_answered(
    challenge,
):
    due = f"{challenge.due.day} {challenge.due:%B %Y}"
    asked = first_page(challenge.owner)
    assert "1 question waits for your answer" in asked
    assert f"Due {due}" in asked
    assert asked.index("waits for your answer") < asked.index("Returns you send")
    menu = 'Challenges <span class="waiting">1<span class="govuk-visually-hidden"> waiting'
    assert menu in asked
    for other in (factories.person(Role.ANALYST, "council"), factories.person(Role.CHAIR)):
        assert "waits for your answer" not in first_page(other)
        assert menu not in first_page(other)
    actions.answer(by=challenge.owner, challenge=challenge, text="A campaign.")
    assert "waits for your answer" not in first_page(challenge.owner)


def test_who_is_asked_gets_an_e_mail_at_once_and_again_when_asked_again(
    db, django_capture_on_commit_callbacks
):
    owner, chair = factories.person(Role.ANALYST, "police"), factories.person(Role.CHAIR)
    due = timezone.localdate() + timedelta(days=7)
    with django_capture_on_commit_callbacks(execute=True):
        made = actions.raise_challenge(
            by=chair,
            question="Why {{DA01 2024-25-Q4}}?",
            agency=factories.agency("police"),
            area=factories.area(),
            due=due,
            indicator="DA01",
            live={"{{DA01 2024-25-Q4}}": "330"},
        )
    assert mail.outbox[0].to == [owner.email]
    assert "Why 330?" in mail.outbox[0].body
    assert f"/challenges/{made.pk}/" in mail.outbox[0].body
    actions.answer(by=owner, challenge=made, text="A campaign.")
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_again(by=chair, challenge=made, text="Which one?", due=due)
    assert "Which one?" in mail.outbox[1].body
    choose_mail(by=owner, reminders=False)
    actions.answer(by=owner, challenge=made, text="That one.")
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_again(by=chair, challenge=made, text="And?", due=due)
    assert len(mail.outbox) == 2


def test_an_unanswered_challenge_is_not_closed_and_an_outcome_is_said(challenge):
    chair = factories.person(Role.CHAIR)
    with pytest.raises(ChallengeRefused, match="open"):
        actions.close(by=chair, challenge=challenge, outcome="Nothing")
    actions.answer(by=challenge.owner, challenge=challenge, text="A campaign.")
    with pytest.raises(ChallengeRefused, match="difference"):
        actions.close(by=chair, challenge=challenge, outcome=" ")


def test_an_answer_that_leaves_something_open_is_sent_back(challenge):
    actions.answer(by=challenge.owner, challenge=challenge, text="A campaign.")
    due = timezone.localdate() + timedelta(days=3)
    actions.ask_again(
        by=factories.person(Role.CHAIR), challenge=challenge, text="Which one?", due=due
    )
    challenge.refresh_from_db()
    assert (challenge.state, challenge.due) == ("open", due)


@pytest.mark.once
def test_only_the_agency_that_was_asked_answers(challenge):
    with pytest.raises(PermissionDenied):
        actions.answer(
            by=factories.person(Role.ANALYST, "council"), challenge=challenge, text="Not ours"
        )
    with pytest.raises(PermissionDenied):
        actions.answer(by=factories.person(Role.CHAIR), challenge=challenge, text="We think")


@pytest.mark.once
def test_analysts_do_not_raise_challenges(challenge):
    with pytest.raises(PermissionDenied):
        actions.raise_challenge(
            by=challenge.owner,
            question="Why?",
            agency=challenge.agency,
            area=challenge.area,
            due=challenge.due,
            indicator="DA01",
        )


def test_an_owner_belongs_to_the_agency_that_is_asked(challenge):
    with pytest.raises(ChallengeRefused, match="does not belong"):
        actions.raise_challenge(
            by=challenge.raised_by,
            question="Why?",
            agency=factories.agency("council"),
            area=challenge.area,
            due=challenge.due,
            indicator="DA01",
            owner=challenge.owner,
        )


@pytest.fixture
def a_working_day(monkeypatch) -> None:
    """Today counts as a working day, whatever it is."""
    monkeypatch.setattr(actions, "is_working_day", bool)


@pytest.mark.once
def test_nobody_is_reminded_at_weekends_and_on_bank_holidays(challenge):
    Challenge.objects.update(due=date(2026, 4, 1))
    days = [date(2026, 4, 3), date(2026, 4, 4), date(2026, 4, 6), date(2026, 4, 7)]  # Easter
    assert [actions.remind(today=day) for day in days] == [0, 0, 0, 1]


@pytest.mark.once
def test_an_owner_is_reminded_once_in_the_three_working_days_before_an_answer_is_due(challenge):
    Challenge.objects.update(due=date(2026, 4, 8))  # the Wednesday after Easter
    days = [date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 8)]
    assert [actions.remind(today=day) for day in days] == [0, 1, 0, 0]
    assert "It is due on 8 April 2026." in mail.outbox[0].body


@pytest.mark.once
def test_who_wants_no_reminders_gets_none_and_one_that_cannot_be_sent_is_tried_again(
    challenge, monkeypatch, a_working_day
):
    Challenge.objects.update(due=timezone.localdate())
    choose_mail(by=challenge.owner, reminders=False)
    assert actions.remind(today=timezone.localdate()) == 0
    choose_mail(by=challenge.owner, reminders=True)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        assert actions.remind(today=timezone.localdate()) == 0
    assert actions.remind(today=timezone.localdate()) == 1


def refuse(_backend: object, _messages: object) -> int:
    raise ConnectionRefusedError


def test_an_overdue_challenge_reminds_its_owner_once_a_day(challenge, a_working_day):
    late = challenge.due + timedelta(days=1)
    Challenge.objects.update(due=timezone.localdate() - timedelta(days=1))
    today = timezone.localdate()
    assert challenge.is_overdue(late)
    assert [actions.remind(today=today) for _ in range(2)] == [1, 0]
    assert [one.to for one in mail.outbox] == [[challenge.owner.email]]


def test_answers_in_time_are_counted_over_those_due(challenge):
    due = timezone.localdate()
    quarter = parse(due.strftime("%Y-%m")).quarter
    Challenge.objects.update(due=due)
    assert queries.answered_in_time(quarter, due) == (0, 0, 1), "its day is not over"
    over = due + timedelta(days=1)
    assert queries.answered_in_time(quarter, over) == (0, 1, 0)
    actions.answer(by=challenge.owner, challenge=challenge, text="A campaign.")
    assert queries.answered_in_time(quarter, over) == (1, 1, 0)


def test_a_challenge_whose_day_is_to_come_is_not_told_as_unanswered(challenge):
    today = timezone.localdate()
    quarter = parse(today.strftime("%Y-%m")).quarter.label
    Challenge.objects.update(due=today)
    client = Client()
    client.force_login(challenge.owner)
    page = client.get("/challenges/").content.decode()
    assert (
        f"No challenge of {quarter} is past its day yet. 1 challenge falls due later in {quarter}."
        in page
    )


@pytest.mark.once
def test_commentary_is_flagged_when_figures_moved_since_it_was_written(send):
    send(FILE.format(120))
    area = Area.objects.get(code="E06000032")
    chair = factories.person(Role.CHAIR)
    write_commentary(
        by=chair, indicator="DA01", area=area, period=QUARTER, text="Steady.", agency=None
    )

    def said() -> commentary.Said:
        now = observations.series("DA01", area.code, "quarter")
        (found,) = commentary.newest(commentary.history("DA01", area, now), QUARTER)
        return found

    assert said().moved == ""
    send(FILE.format(150))
    assert said().moved == "330 then, 360 now"


def test_commentary_is_agreed_by_another_and_a_new_wording_keeps_the_old(db):
    area, chair, manager = (
        factories.area(),
        factories.person(Role.CHAIR),
        factories.person(Role.MANAGER),
    )
    given = {"indicator": "DA01", "area": area, "period": QUARTER, "agency": None}
    first = write_commentary(by=chair, text="First.", **given)
    with pytest.raises(PermissionDenied):
        agree_commentary(by=chair, commentary=first)
    second = write_commentary(by=chair, text="Second.", **given)
    with pytest.raises(CommentaryRefused, match="newer"):
        agree_commentary(by=manager, commentary=first)
    agree_commentary(by=manager, commentary=second)
    wordings = commentary.history("DA01", area)
    assert [(one.text, one.is_agreed) for one in wordings] == [("Second.", True), ("First.", False)]
    assert [one.text for one in commentary.newest(wordings, QUARTER)] == ["Second."]


@pytest.mark.once
def test_an_analyst_writes_for_their_own_agency_only(db):
    given = {"indicator": "DA01", "area": factories.area(), "period": QUARTER, "text": "Ours."}
    analyst = factories.person(Role.ANALYST, "police")
    kept = write_commentary(by=analyst, agency=factories.agency("police"), **given)
    assert kept.voice == "agency"
    for agency in (None, factories.agency("council")):
        with pytest.raises(PermissionDenied):
            write_commentary(by=analyst, agency=agency, **given)


def test_a_view_is_an_address_of_figures_and_only_its_owner_deletes_it(db):
    owner, other = factories.person(Role.SUBGROUP), factories.person(Role.CHAIR)
    view = save_view(by=owner, name="Rise", address="/dashboards/front-door/?table=1", shared=True)
    assert view.address == "/dashboards/front-door/?table=1"
    assert queries.views_for(other) == [view]
    for address in ("https://example.org/dashboards/x/", "//example.org/dashboards/", "/account/"):
        with pytest.raises(ViewRefused):
            save_view(by=owner, name="Bad", address=address)
    with pytest.raises(ViewRefused):
        forget_view(by=other, view=view)
    forget_view(by=owner, view=view)
    assert not SavedView.objects.exists()


def word_file(text: str) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


def spoilt(content: bytes) -> bytes:
    """A Word file whose directory is whole and whose text is not."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 60
    return content[:start] + b"\xff" * 40 + content[start + 40 :]


def with_embedded(content: bytes) -> bytes:
    """A Word file with a workbook in it, as Word keeps the table behind a chart."""
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/embeddings/sheet1.xlsx", b"names of children")
    return file.getvalue()


FILES = [
    ("audit.docx", word_file("Nine of ten files held a chronology.")),
    ("counts.csv", b"month,count\n2025-04,12\n"),
]


@pytest.mark.once
@pytest.mark.parametrize(("name", "content"), FILES, ids=["word", "csv"])
def test_a_deep_dive_collects_texts_charts_and_files_on_one_page(challenge, name, content):
    person = factories.person(Role.SUBGROUP)
    view = save_view(by=person, name="Crimes", address="/dashboards/domestic-abuse/", shared=True)
    actions.add_note(by=person, challenge=challenge, text="Compare with the audit.")
    actions.add_note(by=person, challenge=challenge, view=view)
    entry = actions.add_note(by=person, challenge=challenge, file=(name, content))
    client = Client()
    client.force_login(person)
    text = client.get(f"/challenges/{challenge.pk}/deep-dive/").content.decode()
    for words in ("Compare with the audit.", "Crimes", name):
        assert words in text
    for kind in ("csv", "xlsx", "png", "svg"):
        assert text.count(f".{kind}?") >= text.count("data-chart="), kind
    answer = client.get(f"/challenges/{challenge.pk}/files/{entry.pk}/")
    assert answer.content == content
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.once
def test_what_was_added_together_says_each_part_that_it_holds(challenge):
    person = factories.person(Role.SUBGROUP)
    view = save_view(by=person, name="Crimes", address="/dashboards/domestic-abuse/", shared=True)
    note, file = "Compare with the audit.", ("counts.csv", b"month,count\n2025-04,12\n")
    actions.add_note(by=person, challenge=challenge, text=note)
    actions.add_note(by=person, challenge=challenge, view=view, text=note, file=file)
    actions.add_note(by=person, challenge=challenge, file=file)
    client = Client()
    client.force_login(person)
    page = client.get(f"/challenges/{challenge.pk}/deep-dive/").content.decode()
    said = re.findall(rf'<p class="meta">([^<]*) by {person.name},', page)
    assert said == ["Note", "Charts, a note and a file", "File"]
    assert page.count("Download counts.csv") == 2
    history = client.get(f"/challenges/{challenge.pk}/").content.decode()
    assert "<b>Charts, a note and a file</b>" in history


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("list.csv", b"name,dob\nOliver Marshfield,03/05/2015\n", "Nothing"),
        ("notes.docx", word_file("Oliver Marshfield was seen at home."), "seems to hold a name"),
        ("Oliver Marshfield.csv", b"month,count\n2025-04,12\n", "name of the file"),
        ("picture.png", b"\x89PNG", "cannot be checked"),
        ("empty.csv", b" ", "empty"),
        ("torn.docx", b"PK\x03\x04 torn", "cannot be opened"),
        ("spoilt.docx", spoilt(word_file("Nine of ten files.")), "cannot be opened"),
        ("chart.docx", with_embedded(word_file("Nine of ten files.")), "holds another file"),
    ],
    ids=[
        "columns",
        "sentence",
        "file name",
        "picture",
        "empty",
        "damaged",
        "spoilt within",
        "a file within",
    ],
)
def test_a_file_that_names_a_child_or_cannot_be_read_is_refused_and_not_kept(
    challenge, name, content, says
):
    person = factories.person(Role.SUBGROUP)
    with pytest.raises(ChallengeRefused) as refused:
        actions.add_note(by=person, challenge=challenge, file=(name, content))
    assert "Marshfield" not in str(refused.value)
    if says != "Nothing":
        assert says in str(refused.value)
    assert ChallengeFile.objects.count() == 0


def test_answers_in_time_are_an_indicator_with_its_history(places):
    today = timezone.localdate()
    due = parse("2025-04").end
    police, area = Agency.objects.get(slug="police"), Area.objects.get(code="E06000032")
    person = factories.person(Role.SUBGROUP)
    for number in range(3):
        made = actions.raise_challenge(
            by=person, question=f"Question {number}?", agency=police, area=area,
            due=today, indicator="DA01",
        )  # fmt: skip
        actions.answer(by=factories.person(Role.MANAGER), challenge=made, text="Because.")
        Challenge.objects.filter(pk=made.pk).update(due=due)
        answered = timezone.now().replace(year=2025, month=4, day=10 + number)
        late = timezone.now().replace(year=2025, month=5, day=3)
        made.entries.filter(kind="answer").update(at=late if number == 0 else answered)
    sent = challenge_figures.record(today=parse("2025-08").start)
    assert {one.state for one in sent} == {"accepted"}
    april, *later = observations.series("GV06", area.code, "month")
    assert (april.numerator, april.denominator) == (2, 3)
    assert [(one.numerator, one.denominator, one.status) for one in later] == [
        (0, 0, "not applicable")
    ] * 3, "a month in which nothing was due is none of none: neither missing nor a zero"
    (quarter,) = [
        one for one in observations.series("GV06", area.code, "quarter") if not one.is_partial
    ]
    assert (quarter.numerator, quarter.denominator) == (2, 3)
    client = Client()
    client.force_login(person)
    page = client.get(f"/indicators/GV06/?area={area.code}&period=month").content.decode()
    assert "no challenges due" in page
    number = client.get(f"/indicators/GV06/numbers/2025-05/?area={area.code}").content.decode()
    assert "There were no challenges due in the period" in number
    assert challenge_figures.record(today=parse("2025-08").start) == []


def test_where_nothing_was_due_yet_the_page_says_so_and_asks_nobody_to_send_it(places):
    client = Client()
    client.force_login(factories.person(Role.SUBGROUP))
    for address in ("/indicators/GV06/", "/dashboards/partnership/"):
        page = client.get(address).content.decode()
        assert (
            "Nothing was due yet: no month with challenges due is over. The program counts this itself, "
            "from the challenge log."
        ) in page
    assert "How to send it" not in client.get("/indicators/GV06/").content.decode()


def test_each_step_and_a_wording_keep_drafts_of_their_own(challenge):
    client = Client()
    client.force_login(factories.person(Role.MANAGER))
    for page, given, name in (
        (f"/challenges/{challenge.pk}/", {"step": "answer", "text": "Families moved."}, "answer"),
        (f"/challenges/{challenge.pk}/", {"step": "note", "note": "Ask the schools."}, "note"),
        ("/indicators/DA01/commentary/", {"text": "More families ask."}, ""),
    ):
        shown = client.get(page).context
        token = (shown["drafts"][name] if name else shown["kept"]).token
        assert client.post("/account/drafts/save/", given | {"draft": token}).url == page
    steps = client.get(f"/challenges/{challenge.pk}/").content.decode()
    assert "Families moved." in steps
    assert "Ask the schools." in steps
    assert "More families ask." in client.get("/indicators/DA01/commentary/").content.decode()
    token = client.get(f"/challenges/{challenge.pk}/").context["drafts"]["answer"].token
    client.post(
        f"/challenges/{challenge.pk}/", {"step": "answer", "text": "They moved.", "draft": token}
    )
    steps = client.get(f"/challenges/{challenge.pk}/").content.decode()
    assert "Families moved." not in steps, "what was sent took its draft away"
    assert "Ask the schools." in steps
