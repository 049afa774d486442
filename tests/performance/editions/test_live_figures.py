"""Commentary may hold figures that follow the data; a published edition keeps them as they were."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from lscb.models import Agency, Area, Role
from lscb.periods import parse
from performance import tasks
from performance.actions import challenges
from performance.models import Challenge, Commentary
from performance.queries import commentary
from tests import factories, personas
from tests.performance.conftest import LUTON

FILE = "month,kind,count\n2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,{}\n"
PAGE = f"/indicators/DA01/commentary/?area={LUTON}&period=2024-25-Q4"
FIGURE = "{{DA01 2024-25-Q4}}"


@pytest.fixture(scope="module")
def of_the_day(shared_send) -> None:
    """The crimes of a quarter are 330."""
    shared_send(FILE.format(120))


@pytest.fixture
def writer(of_the_day: None, places: None) -> Client:
    client = Client()
    client.force_login(factories.person(Role.SUBGROUP))
    return client


def keep(writer: Client, text: str):
    return writer.post(PAGE, {"voice": "subgroup", "text": text})


@pytest.mark.once
def test_a_figure_is_picked_from_a_list_and_put_into_the_text(writer):
    page = writer.get(PAGE).content.decode()
    assert '<option value="{{DA01 2024-25-Q4}}">Quarter 4, 2024/25: 330</option>' in page
    picked = writer.post(
        PAGE, {"voice": "subgroup", "text": "Crimes came to", "figure": FIGURE, "put-figure": "1"}
    )
    assert picked.status_code == 200
    assert "Crimes came to {{DA01 2024-25-Q4}}</textarea>" in picked.content.decode()
    assert not Commentary.objects.exists()


def test_the_search_finds_a_live_figure_by_its_digits_of_today(writer, send):
    keep(writer, f"Crimes came to {FIGURE} in the quarter.")
    by = factories.person(Role.MANAGER)
    asked = challenges.raise_challenge(
        by=by,
        question=f"Why {FIGURE}?",
        agency=Agency.objects.get(slug="police"),
        area=Area.objects.get(code=LUTON),
        due=timezone.localdate(),
        indicator="DA01",
    )
    challenges.add_note(by=by, challenge=asked, text="Change: {{DA01 2024-25-Q4}} in all.")

    def found(words: str) -> list[str]:
        kinds = writer.get("/search/", {"q": words}).context["kinds"]
        return [hit.title for kind in ("Challenges", "Commentary") for hit in kinds.get(kind, ())]

    assert [one.split(",")[0] for one in found("330")] == [
        "Why 330?",
        "Domestic abuse crimes recorded",
    ]
    assert found("crimes 330 quarter")
    assert found("change 330") == ["Why 330?"]
    send(FILE.format(150))
    assert found("330") == []
    assert found("360 change") == ["Why 360?"]


@pytest.mark.once
def test_a_restatement_moves_the_figure_on_every_page_but_not_in_an_edition(writer, send):
    assert keep(writer, f"Crimes came to {FIGURE} in the quarter.").status_code == 302
    pages = (PAGE, f"/scorecard/2024-25-Q4/?area={LUTON}", f"/indicators/DA01/?area={LUTON}")
    for page in pages:
        assert "Crimes came to 330 in the quarter." in writer.get(page).content.decode(), page
    before = timezone.now() + timedelta(seconds=1)
    send(FILE.format(150))
    for page in pages:
        assert "Crimes came to 360 in the quarter." in writer.get(page).content.decode(), page
    area = Area.objects.get(code=LUTON)
    quarter = parse("2024-25-Q4")
    assert commentary.standing(area, quarter, None)["DA01"].text.startswith("Crimes came to 360")
    assert commentary.standing(area, quarter, before)["DA01"].text.startswith("Crimes came to 330")
    assert "330 then, 360 now" in writer.get(PAGE).content.decode()


@pytest.mark.once
def test_a_figure_that_stands_for_nothing_is_not_kept(writer):
    answer = keep(writer, "Crimes came to {{DA01 2023-24-Q4}}, {{ZZ99 2024-25}}.")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "there is no indicator ZZ99" in page
    assert "Domestic abuse crimes recorded, Quarter 4, 2023/24: not available" in page
    assert not Commentary.objects.exists()


@pytest.mark.once
def test_what_the_figures_contradict_in_a_wording_is_said_to_those_who_write_and_who_read(writer):
    keep(writer, "There were 390 crimes this quarter, 120 of them in March.")
    reader = Client()
    reader.force_login(factories.person(Role.EXECUTIVE))
    for client in (writer, reader):
        page = client.get(PAGE).content.decode()
        assert "The figures contradict 1 claim of this wording" in page
        assert "Domestic abuse crimes recorded: 330 in Quarter 4, 2024/25" in page


@pytest.fixture
def asked(writer) -> Challenge:
    """A challenge to the police about crimes, answered with the figure of the day: 330."""
    manager = factories.person(Role.MANAGER)
    area = Area.objects.get(code=LUTON)
    challenge = challenges.raise_challenge(
        by=manager,
        question="Why so many?",
        agency=Agency.objects.get(slug="police"),
        area=area,
        due=timezone.localdate(),
        indicator="DA01",
        period=parse("2024-25-Q4"),
    )
    client = personas.client_of(personas.MANAGER)
    where = f"/challenges/{challenge.pk}/"
    given = {"text": f"There were {FIGURE} crimes.", "evidence": f"The return: {FIGURE}."}
    assert client.post(where, given | {"step": "answer"}).status_code == 302
    assert client.post(where, {"step": "note", "note": f"Noted: {FIGURE}."}).status_code == 302
    assert client.post(where, {"step": "close", "outcome": f"Down to {FIGURE}."}).status_code == 302
    return challenge


@pytest.mark.once
def test_a_challenge_follows_the_data_and_its_history_keeps_what_was_said(asked, send):
    client = personas.client_of(personas.MANAGER)
    send(FILE.format(150))
    page = client.get(f"/challenges/{asked.pk}/").content.decode()
    facts, history = page.split('id="history-title"')
    assert "Down to 360." in facts
    for said in ("There were 330 crimes.", "The return: 330.", "Noted: 330.", "Down to 330."):
        assert said in history, said
    dive = client.get(f"/challenges/{asked.pk}/deep-dive/").content.decode()
    for said in ("There were 360 crimes.", "The return: 360.", "Noted: 360.", "Down to 360."):
        assert said in dive, said
    found = client.get("/api/v1/challenges/").json()["results"]
    assert [one["outcome"] for one in found] == ["Down to 360."]
    assert "{{" not in facts + history.split("<form")[0] + dive


@pytest.mark.once
def test_a_figure_is_put_into_an_answer_and_one_that_stands_for_nothing_is_refused(writer):
    area = Area.objects.get(code=LUTON)
    challenge = challenges.raise_challenge(
        by=factories.person(Role.MANAGER), question="Why?", agency=Agency.objects.get(slug="police"),
        area=area, due=timezone.localdate(), indicator="DA01",
    )  # fmt: skip
    client, where = personas.client_of(personas.MANAGER), f"/challenges/{challenge.pk}/"
    assert f'<option value="{FIGURE}">' in client.get(where).content.decode()
    given = {"step": "answer", "text": "Because", "evidence": "The return says"}
    picked = client.post(
        where, given | {"put-figure": "answer", "into": "evidence", "figure": FIGURE}
    )
    assert picked.status_code == 200
    form = picked.context["forms"]["answer"]
    assert form["text"].value() == "Because"
    assert form["evidence"].value() == f"The return says {FIGURE}"
    assert not picked.context["forms"]["note"]["note"].value()
    lost = client.post(where, given | {"text": "It was {{DA01 2019-20}}."})
    assert lost.status_code == 422
    assert "stands for no figure" in lost.context["forms"]["answer"].errors["text"][0]
    assert challenge.entries.count() == 1


@pytest.mark.once
def test_what_an_answer_claims_is_held_against_the_figures(asked):
    client = personas.client_of(personas.MANAGER)
    note = {"step": "note", "note": "There were 390 crimes this quarter."}
    again = challenges.raise_challenge(
        by=factories.person(Role.MANAGER), question="And now?", agency=asked.agency,
        area=asked.area, due=timezone.localdate(), indicator="DA01", period=asked.period,
    )  # fmt: skip
    assert client.post(f"/challenges/{again.pk}/", note).status_code == 302
    page = client.get(f"/challenges/{again.pk}/").content.decode()
    assert "The figures contradict 1 claim of this wording" in page


@pytest.mark.once
def test_what_an_answer_claims_is_held_against_the_figures_before_it_is_sent(asked):
    client = personas.client_of(personas.MANAGER)
    again = challenges.raise_challenge(
        by=factories.person(Role.MANAGER), question="And now?", agency=asked.agency,
        area=asked.area, due=timezone.localdate(), indicator="DA01", period=asked.period,
    )  # fmt: skip
    where = f"/challenges/{again.pk}/"
    assert "The figures contradict" not in client.get(where).content.decode()
    given = {
        "step": "answer",
        "text": "There were 390 domestic abuse crimes recorded in 2024-25 Q4.",
    }
    looked = client.post(where, given | {"list-figures": "answer", "figures-of": "DA01"})
    form = looked.content.decode().split('id="answer-title"')[1].split("</form>")[0]
    assert "The figures contradict 1 claim of this wording" in form
    token = client.get(where).context["drafts"]["note"].token
    draft = {"step": "note", "note": "There were 390 crimes this quarter.", "draft": token}
    client.post("/account/drafts/save/", draft)
    form = client.get(where).content.decode().split('id="note-title"')[1].split("</form>")[0]
    assert "The figures contradict 1 claim of this wording" in form
    assert again.entries.count() == 1, "nothing is kept yet"


ASKED = f"Why {FIGURE} crimes?"


def ask(client: Client, question: str, **more: str):
    agency = Agency.objects.get(slug="police")
    given = {
        "question": question, "about": "indicator:DA01", "agency": agency.pk, "area": LUTON,
        "due": timezone.localdate().isoformat(), "period": "2024-25-Q4",
    }  # fmt: skip
    return client.post("/challenges/new/", given | more)


@pytest.mark.once
def test_a_question_holds_a_figure_wherever_it_is_shown(writer, send):
    client = personas.client_of(personas.MANAGER)
    picked = ask(client, "Why so many?", **{"put-figure": "1", "figure": FIGURE})
    assert picked.status_code == 200
    assert picked.context["form"]["question"].value() == f"Why so many? {FIGURE}"
    assert not Challenge.objects.exists()
    lost = ask(client, "Why {{DA01 2019-20}} crimes?")
    assert "stands for no figure" in lost.context["form"].errors["question"][0]
    assert ask(client, ASKED).status_code == 302
    asked = Challenge.objects.get()
    send(FILE.format(150))
    where = f"/challenges/{asked.pk}/"
    pages = (
        "/challenges/", where, f"{where}deep-dive/", f"/indicators/DA01/?area={LUTON}", f"/meetings/2024-25-Q4/?area={LUTON}",
        f"/scorecard/2024-25-Q4/?area={LUTON}", "/search/?q=crimes", "/api/v1/challenges/",
    )  # fmt: skip
    for page in pages:
        said = client.get(page).content.decode()
        assert "Why 360 crimes?" in said, page
        assert "{{" not in said.split("<form")[0], page
    assert "Why 330 crimes?" in client.get(where).content.decode().split('id="history-title"')[1]


@pytest.mark.once
def test_an_e_mail_about_a_question_writes_its_figure_out(writer, monkeypatch):
    ask(personas.client_of(personas.MANAGER), ASKED)
    factories.person(Role.ANALYST, "police")
    monkeypatch.setattr(challenges, "is_working_day", bool)
    tasks.remind_challenges()
    assert [one.body.split("\n")[2] for one in mail.outbox] == ["Why 330 crimes?"]


def test_what_is_asked_again_keeps_the_figure_of_its_day(writer, send):
    client = personas.client_of(personas.MANAGER)
    ask(client, ASKED)
    where = f"/challenges/{Challenge.objects.get().pk}/"
    client.post(where, {"step": "answer", "text": "So it was."})
    due = timezone.localdate().isoformat()
    given = {"step": "again", "again": "Still", "new_due": due}
    picked = client.post(where, given | {"put-figure": "again", "into": "again", "figure": FIGURE})
    assert picked.context["forms"]["again"]["again"].value() == f"Still {FIGURE}"
    kept = client.post(where, given | {"again": f"Still {FIGURE}."})
    assert kept.status_code == 302
    send(FILE.format(150))
    assert "Still 330." in client.get(where).content.decode()


@pytest.mark.once
def test_what_a_question_claims_is_held_against_the_figures(writer):
    client = personas.client_of(personas.MANAGER)
    wrong = "There were 390 domestic abuse crimes recorded in Quarter 4 of 2024/25. Why?"
    picked = ask(client, wrong, **{"list-figures": "1", "figures-of": "DA01"})
    assert "The figures contradict 1 claim of this wording" in picked.content.decode()
