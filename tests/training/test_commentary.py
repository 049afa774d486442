"""What a quarter's training tells: written into its report, with figures that follow the data."""

import io

import docx
import pytest
from django.test import Client
from django.urls import reverse

from lscb import papers
from lscb.history import changes_of
from lscb.models import AuditEvent, Role
from lscb.periods import parse
from tests import factories
from tests.training.conftest import send_reported
from training import actions, paper, report
from training.models import Commentary

QUARTER = parse("2024-25-Q3")
REPORT = "/training/report/2024-25-Q3/"
WRITE = f"{REPORT}write/"
FIGURE = "{{TR02 2024-25-Q3}}"


def page(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture(scope="module")
def of_the_year(shared_places) -> None:
    """The figures of the report on 2024/25."""
    send_reported("2024-25")


@pytest.fixture
def unit(of_the_year, trainer) -> Client:
    client = Client()
    client.force_login(trainer)
    return client


@pytest.mark.once
def test_the_text_is_written_from_the_figures_and_stands_in_the_report_and_its_files(unit, pan):
    form = unit.get(WRITE)
    assert form.context["form"]["text"].value().startswith("14 paid sessions took place")
    assert f'<option value="{FIGURE}">TR02, Quarter 3, 2024/25: 386</option>' in page(form)
    kept = unit.post(WRITE, {"text": f"Places booked: {FIGURE}.", "seen": "0"})
    assert kept.status_code == 302
    shown = page(unit.get(kept.url))
    assert "<p>Places booked: 386.</p>" in shown
    assert "{{" not in shown
    file = docx.Document(io.BytesIO(papers.word(paper.paper(report.quarter_report(pan, QUARTER)))))
    texts = [one.text for one in file.paragraphs]
    assert texts[texts.index("What this quarter’s training tells us") + 1] == "Places booked: 386."
    for words in ("places+booked", "386"):
        found = unit.get(f"/search/?q={words}").context["kinds"]["Training reports"]
        assert [one.text for one in found] == ["Places booked: 386."]


@pytest.mark.once
def test_the_text_follows_the_data_and_its_history_does_not(unit, pan):
    from performance.models import Observation

    unit.post(WRITE, {"text": f"Places booked: {FIGURE}.", "seen": "0"})
    rows = Observation.objects.filter(indicator="TR02", period="2024-25-Q3", category="all")
    rows.update(value=390, numerator=390)
    told, history = page(unit.get(REPORT)).split("How it was written")
    assert "Places booked: 390." in told
    assert "Places booked: 386." in history
    rows.update(value=None, numerator=None, status="suppressed")
    assert "[Training places booked, Quarter 3, 2024/25: suppressed at source]" in page(
        unit.get(REPORT)
    )


def test_a_change_is_audited_and_a_change_meanwhile_is_not_written_over(unit, trainer, pan):
    unit.post(WRITE, {"text": "First.", "seen": "0"})
    seen = unit.get(WRITE).context["seen"]
    other = Commentary.objects.get()
    other.text = "Second."
    actions.save(by=trainer, record=other)
    late = unit.post(WRITE, {"text": "Third.", "seen": seen})
    assert late.status_code == 422
    assert "Somebody else changed this" in page(late)
    assert Commentary.objects.get().text == "Second."
    assert unit.post(WRITE, {"text": "Third.", "seen": late.context["seen"]}).status_code == 302
    newest = AuditEvent.objects.filter(object_type="training.commentary").order_by("-id")[0]
    assert changes_of(newest) == {"text": ["Second.", "Third."]}


@pytest.mark.once
def test_it_refuses_a_figure_that_stands_for_nothing_a_name_and_nothing_at_all(unit):
    lost = unit.post(WRITE, {"text": "It was {{TR02 2019-20-Q1}}.", "seen": "0"})
    assert lost.status_code == 422
    assert "‘{{TR02 2019-20-Q1}}’ stands for no figure" in lost.context["form"].errors["text"][0]
    assert unit.post(WRITE, {"text": "", "seen": "0"}).status_code == 422
    named = unit.post(WRITE, {"text": "Call 07700 900123 about it.", "seen": "0"})
    assert named.status_code == 422
    assert not Commentary.objects.exists()


def test_it_is_taken_out_again_and_what_it_said_stays_in_the_history(unit):
    unit.post(WRITE, {"text": "Said once.", "seen": "0"})
    seen = unit.get(WRITE).context["seen"]
    assert unit.post(WRITE, {"text": "", "seen": seen}).status_code == 302
    told, history = page(unit.get(REPORT)).split("How it was written")
    assert "Nobody has written about this quarter yet." in told
    assert "Said once. → nothing" in history


@pytest.mark.once
def test_what_the_figures_contradict_is_said_to_those_who_write_only(unit):
    unit.post(WRITE, {"text": "Training places booked were 500 this quarter.", "seen": "0"})
    assert "The figures contradict 1 claim" in page(unit.get(REPORT))
    reader = Client()
    reader.force_login(factories.person(Role.EXECUTIVE))
    shown = page(reader.get(REPORT))
    assert "Training places booked were 500" in shown
    assert "The figures contradict" not in shown
    assert reader.get(WRITE).status_code == 403


@pytest.mark.once
def test_an_entry_of_the_programme_holds_a_figure_in_the_report_and_on_its_page(unit, pan):
    given = {"form": "achieved", "year_code": "2024-25", "title": "More came", "indicator": "TR02"}
    add = reverse("training-record-add", args=["programme"])
    picked = unit.post(add, given | {"about": "It was", "put-figure": "1", "figure": FIGURE})
    assert picked.status_code == 200
    assert picked.context["form"]["about"].value() == f"It was {FIGURE}"
    assert f'<option value="{FIGURE}">' in page(picked)
    lost = unit.post(add, given | {"about": "It was {{TR02 2019-20-Q1}}."})
    assert "stands for no figure" in lost.context["form"].errors["about"][0]
    kept = unit.post(add, given | {"about": f"Places booked: {FIGURE}."})
    assert kept.status_code == 302
    told, history = page(unit.get(kept.url)).split('id="history-title"')
    assert "Places booked: 386." in told
    assert "Places booked: 386." in history
    assert "{{" not in told + history
    assert "More came</a>. Places booked: 386." in page(unit.get(REPORT))
    file = docx.Document(io.BytesIO(papers.word(paper.paper(report.quarter_report(pan, QUARTER)))))
    assert "More came. Places booked: 386." in "\n".join(one.text for one in file.paragraphs)
    form = unit.get(f"{kept.url}change/")
    assert form.context["form"]["about"].value() == f"Places booked: {FIGURE}."


@pytest.mark.once
def test_what_the_figures_contradict_in_an_entry_is_said_to_those_who_keep_it(unit):
    given = {"form": "achieved", "year_code": "2024-25", "title": "More came", "indicator": "TR02"}
    wrong = "In Quarter 3 of 2024/25 500 training places were booked."
    add = reverse("training-record-add", args=["programme"])
    kept = unit.post(add, given | {"about": wrong})
    assert "The figures contradict 1 claim" in page(unit.get(kept.url))
    assert "The figures contradict 1 claim" in page(unit.get(f"{kept.url}change/"))
    reader = Client()
    reader.force_login(factories.person(Role.EXECUTIVE))
    assert "The figures contradict" not in page(reader.get(kept.url))
