"""The plan and a priority's impact as Word and PDF: they hold what their pages hold."""

import io
from datetime import date
from types import SimpleNamespace

import docx
import pytest
from django.template.loader import render_to_string

from lscb import papers
from priorities import actions, report
from priorities.rag import RULE
from tests import factories, personas
from tests.personas import EXECUTIVE
from tests.priorities import building

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def plan():
    priority = building.priority()
    building.action(
        state="done", closed_on=date(2026, 10, 1), different="They are seen.", known_by="Audit."
    )
    building.risk(priority=priority)
    building.campaign(priority=priority)
    building.voice(priority=priority, did="A card says who comes.")
    actions.judge(
        by=factories.person("chair"),
        priority=priority,
        verdict="partly",
        because="Audits show it.",
        next_step="",
        agreed_on=date(2026, 11, 2),
    )
    return priority


def words_of(content):
    paper = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in paper.tables)
    return " ".join([*(one.text for one in paper.paragraphs), *cells])


def test_the_plan_and_a_priority_on_paper_hold_what_the_pages_hold(plan):
    client = personas.client_of(EXECUTIVE)
    for page, ending in (("/priorities/plan/", "plan"), (f"/priorities/{plan.pk}/", "priority")):
        said = words_of(client.get(f"{page}{ending}.docx").content)
        shown = client.get(page).content.decode()
        for text in (
            "Train people in the Graded Care Profile",
            "They are seen.",
            "Complete",
            "Too few people",
            "4,000 clicks to the website",
            "A card says who comes.",
            "In part",
            "Audits show it.",
        ):
            assert text in said, (page, text)
            assert text in shown, (page, text)
        assert f"{page}{ending}.docx" in shown
        assert client.get(f"{page}{ending}.pdf").content.startswith(b"%PDF-1.7")


def test_the_plan_and_its_priorities_stand_with_the_other_reports(plan):
    page = personas.client_of(EXECUTIVE).get(f"/reports/?area={plan.area.code}").content.decode()
    for text in (
        "Business plan, Luton",
        "Priority: Neglect",
        f"/priorities/{plan.pk}/priority.docx",
    ):
        assert text in page


def test_a_long_plan_has_what_is_complete_campaigns_and_voice_on_a_second_sheet(plan):
    building.action(
        priority=plan,
        title="Measure with the profile",
        state="done",
        closed_on=date(2026, 5, 1),
        different="Neglect is seen a year earlier.",
        known_by="The audit of May.",
    )
    told = report.plan(date(2026, 6, 1), plan.area)
    html = render_to_string("priorities/sheet.html", {"plan": told, "rule": RULE, "is_long": True})
    first, second = html.split('class="columns second"')
    assert "2 complete actions" in " ".join(first.split())
    assert "Measure with the profile" not in first
    assert "Measure with the profile" in second
    whole = render_to_string("priorities/sheet.html", {"plan": told, "rule": RULE})
    assert "Measure with the profile" in whole
    assert "second" not in whole


def test_a_page_that_does_not_fit_a_sheet_is_printed_as_it_is_arranged_for_two(monkeypatch):
    laid = []

    def layout(html, styles):
        laid.append((html, styles))
        return SimpleNamespace(pages=[html] * (3 if "9pt" in styles else 2))

    monkeypatch.setattr(papers, "_read", lambda html: html)
    monkeypatch.setattr(papers, "_laid_out", layout)
    monkeypatch.setattr(papers, "_written", lambda found: found.pages)
    assert papers.print_sheet("whole, of test", "", (9, 8), "arranged") == ["arranged"] * 2
    assert {html for html, _ in laid} == {"whole, of test", "arranged"}
    assert papers.print_sheet("alone, of test", "", (9, 8)) == ["alone, of test"] * 2
