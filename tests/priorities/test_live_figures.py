"""What people write in the plan may hold figures that follow the data, wherever the text is shown."""

import io
from datetime import date

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lscb import papers
from lscb.models import Area
from priorities import actions, paper, queries, report
from priorities.impact import impact
from priorities.models import Judgement, PlanAction, Priority
from tests import personas
from tests.performance.conftest import LUTON, media, places, send, shared_send  # noqa: F401
from tests.priorities import building

FILE = "month,kind,count\n2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,{}\n"
FIGURE = "{{DA01 2024-25-Q4}}"
TODAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def of_the_day(shared_send) -> None:  # noqa: F811
    """The crimes of a quarter are 330."""
    shared_send(FILE.format(120))


@pytest.fixture
def plan(of_the_day: None, places: None) -> Priority:  # noqa: F811
    """A plan whose every text holds the crimes of a quarter."""
    area = Area.objects.get(code=LUTON)
    common = {"area": area}
    priority = building.priority(
        why=f"Why: {FIGURE} crimes.",
        from_reviews=f"Reviews: {FIGURE} crimes.",
        from_audits=f"Audits: {FIGURE} crimes.",
        outcomes=f"Outcome: fewer than {FIGURE} crimes.",
        indicators=["DA01"],
        **common,
    )
    building.action(
        priority=priority,
        about=f"About: {FIGURE} crimes.",
        different=f"Different: {FIGURE} crimes.",
        known_by=f"Known by: {FIGURE} crimes.",
        **common,
    )
    building.action(
        title="Beside it", different=f"Beside: {FIGURE} crimes.", known_by="Crimes.", **common
    )
    PlanAction.objects.filter(title="Beside it").update(priority=None)
    building.risk(
        priority=priority,
        about=f"Risk: {FIGURE} crimes.",
        mitigation=f"Mitigation: {FIGURE} crimes.",
        **common,
    )
    building.campaign(
        priority=priority,
        about=f"Campaign: {FIGURE} crimes.",
        outcome=f"Came of it: {FIGURE} crimes.",
        **common,
    )
    building.voice(priority=priority, did=f"We did: {FIGURE} crimes.", **common)
    actions.judge(
        by=None, priority=priority, verdict="partly", because=f"Because: {FIGURE} crimes.",
        next_step=f"Next: {FIGURE} crimes.", agreed_on=timezone.localdate(),
    )  # fmt: skip
    return priority


@pytest.fixture
def manager() -> Client:
    return personas.client_of(personas.MANAGER)


def texts(answer) -> str:
    return " ".join(answer.content.decode().split())


PAGES = {
    "/priorities/": ["Outcome: fewer than"],
    "/priorities/plan/": [
        "Outcome: fewer than", "Because:", "Different:", "Known by:", "Campaign:", "Came of it:", "We did:",
        "Beside:",
    ],
    "/priorities/{priority}/": [
        "Why:", "Reviews:", "Audits:", "Outcome: fewer than", "Because:", "Next:", "Different:", "Known by:",
        "Mitigation:", "Campaign:", "Came of it:", "We did:",
    ],
    "/priorities/{priority}/answer/": ["Neglect"],
    "/priorities/actions/{action}/": ["About:", "Different:", "Known by:"],
    "/priorities/risks/{risk}/": ["Risk:", "Mitigation:"],
    "/priorities/campaigns/{campaign}/": ["Campaign:", "Came of it:"],
    "/priorities/voice/{voice}/": ["We did:"],
    "/priorities/campaigns/": ["Came of it:"],
    "/priorities/campaigns/list.csv": ["Came of it:"],
    "/priorities/voice/": ["We did:"],
    "/priorities/voice/list.csv": ["We did:"],
    "/priorities/priorities/": ["Neglect"],
    "/priorities/actions/": ["Graded Care Profile"],
    "/search/?q=crimes": ["Why:", "About:", "Risk:"],
    "/search/?q=330": ["Why:", "About:", "Risk:"],
    "/api/v1/priorities/": ["Why:", "Outcome: fewer than", "Different:", "Known by:"],
}  # fmt: skip


@pytest.mark.once
def test_every_page_list_file_and_answer_writes_the_figure_out(plan, manager):
    numbers = {
        "priority": plan.pk,
        "action": plan.actions.get().pk,
        "risk": plan.risks.get().pk,
        "campaign": plan.campaigns.get().pk,
        "voice": plan.voices.get().pk,
    }
    for where, parts in PAGES.items():
        answer = manager.get(where.format(**numbers))
        assert answer.status_code == 200, where
        page = texts(answer)
        for said in parts:
            crimes = " 330 crimes" if said.endswith((":", "than")) else ""
            assert f"{said}{crimes}" in page, (where, said)
        assert FIGURE not in page.split("<form", 1)[0], where


@pytest.mark.once
def test_the_papers_write_the_figure_out_and_follow_the_data(plan, send):  # noqa: F811
    def words(made) -> str:
        file = docx.Document(io.BytesIO(papers.word(made)))
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(one.text for one in file.paragraphs), *cells])

    def both() -> list[str]:
        found = queries.priority(plan.pk)
        assert found is not None
        return [
            words(paper.of_plan(report.plan(TODAY, plan.area))),
            words(paper.of_impact(impact(found, TODAY), TODAY)),
        ]

    for said in both():
        assert "{{" not in said
        for part in ("Because", "Different", "Known by", "Came of it", "We did", "Mitigation"):
            assert f"{part}: 330 crimes." in said
    send(FILE.format(150))
    for said in both():
        assert "Because: 360 crimes." in said
        assert "Figures in it have moved since: 330 then, 360 now." in said


@pytest.mark.once
def test_the_sheet_of_the_plan_writes_the_figure_out(plan, manager, monkeypatch):
    made = []
    monkeypatch.setattr(papers, "can_print", lambda: True)
    monkeypatch.setattr(papers, "print_sheet", lambda html, *_: made.append(html) or b"%PDF")
    assert manager.get("/priorities/plan/plan.pdf").status_code == 200
    for part in ("Because", "Different", "Known by", "We did", "Came of it"):
        assert f"{part}: 330 crimes." in made[0]
    assert "{{" not in made[0]


@pytest.mark.once
def test_history_and_earlier_answers_keep_the_figures_of_their_day(plan, send, manager):  # noqa: F811
    page = texts(manager.get(f"/priorities/{plan.pk}/"))
    assert "Figures in it have moved" not in page
    send(FILE.format(150))
    page = texts(manager.get(f"/priorities/{plan.pk}/"))
    assert "Figures in it have moved since: 330 then, 360 now." in page
    actions.judge(
        by=None, priority=plan, verdict="yes", because=f"Now: {FIGURE} crimes.",
        next_step="", agreed_on=timezone.localdate(),
    )  # fmt: skip
    page = texts(manager.get(f"/priorities/{plan.pk}/"))
    head, history = page.split('id="history-title"')
    assert "Why: 360 crimes." in head
    assert "Why: 330 crimes." in history
    standing, earlier = head.split('id="earlier-title"')
    assert "Now: 360 crimes." in standing
    assert "Because: 330 crimes." in earlier
    assert "{{" not in page


@pytest.mark.once
def test_a_figure_is_picked_and_put_into_a_text_without_a_script(plan, manager):
    where = f"/priorities/{plan.pk}/answer/"
    page = manager.get(where).content.decode()
    assert f'<option value="{FIGURE}">Quarter 4, 2024/25: 330</option>' in page
    given = {"verdict": "yes", "because": "Crimes came to", "next_step": "Go on", "agreed_on": ""}
    picked = manager.post(where, given | {"put-figure": "1", "into": "because", "figure": FIGURE})
    assert picked.status_code == 200
    form = picked.context["form"]
    assert form["because"].value() == f"Crimes came to {FIGURE}"
    assert (form["verdict"].value(), form["next_step"].value()) == ("yes", "Go on")
    assert not form.errors
    assert Judgement.objects.count() == 1
    other = manager.post(where, given | {"list-figures": "1", "figures-of": "FD03"})
    assert other.status_code == 200
    assert other.context["form"]["because"].value() == "Crimes came to"


@pytest.mark.once
def test_what_was_typed_stands_when_a_figure_is_picked_though_a_draft_was_saved(plan, manager):
    where = f"/priorities/{plan.pk}/answer/"
    token = manager.get(where).context["draft"].token
    manager.post(reverse("draft-save"), {"draft": token, "because": "An older draft"})
    assert manager.get(where).context["form"]["because"].value() == "An older draft"
    given = {"because": "Newer", "draft": token, "put-figure": "1", "figure": FIGURE}
    picked = manager.post(where, given)
    assert picked.context["form"]["because"].value() == f"Newer {FIGURE}"


@pytest.mark.once
def test_the_form_holds_the_figure_as_it_is_written_and_keeps_it(plan, manager):
    action = plan.actions.get()
    where = f"/priorities/actions/{action.pk}/report/"
    page = manager.get(where)
    assert page.context["form"]["different"].value() == f"Different: {FIGURE} crimes."
    assert f"<code>{FIGURE}</code> 330" in texts(page)
    given = {
        "state": "under-way",
        "different": f"Fewer: {FIGURE}",
        "known_by": "The police say so.",
    }
    assert manager.post(where, given).status_code == 302
    assert PlanAction.objects.get(pk=action.pk).different == f"Fewer: {FIGURE}"


@pytest.mark.once
def test_a_figure_that_stands_for_nothing_is_refused_at_its_text_with_what_to_do(plan, manager):
    action = plan.actions.get()
    where = f"/priorities/actions/{action.pk}/report/"
    given = {"state": "under-way", "different": "Was {{DA01 2019-20}}.", "known_by": "{{FD03"}
    answer = manager.post(where, given)
    assert answer.status_code == 422
    (fault,) = answer.context["form"].errors["different"]
    assert fault == (
        "‘{{DA01 2019-20}}’ stands for no figure (Domestic abuse crimes recorded, 2019/20: not available). "
        "Choose another from the list, or take it out."
    )
    assert PlanAction.objects.get(pk=action.pk).different == f"Different: {FIGURE} crimes."
    assert manager.post(where, given | {"different": "Seen."}).context["form"].errors["known_by"]


@pytest.mark.once
def test_a_figure_that_no_longer_exists_is_said_in_the_form_and_keeps_nobody_from_saving(
    plan, manager
):
    from performance.models import Observation

    Observation.objects.filter(indicator="DA01").delete()
    action = plan.actions.get()
    where = f"/priorities/actions/{action.pk}/report/"
    page = texts(manager.get(where))
    assert "Figures that stand for nothing" in page
    assert f"What is different for children?: ‘{FIGURE}’ stands for no figure" in page
    assert "[Domestic abuse crimes recorded, Quarter 4, 2024/25: not available]" in texts(
        manager.get(f"/priorities/actions/{action.pk}/")
    )
    held = {"different": action.different, "known_by": action.known_by}
    closed = {"state": "done", "closed_on": "2026-11-01"}
    assert manager.post(where, held | closed).status_code == 302


@pytest.mark.once
def test_a_figure_that_is_held_back_at_its_source_says_so(plan, send, manager):  # noqa: F811
    from performance.models import Observation

    rows = Observation.objects.filter(indicator="DA01", period="2024-25-Q4")
    rows.update(value=None, numerator=None, denominator=None, status="suppressed")
    page = texts(manager.get(f"/priorities/{plan.pk}/"))
    assert "Why: [Domestic abuse crimes recorded, Quarter 4, 2024/25: suppressed at source]" in page


@pytest.mark.once
def test_what_the_figures_contradict_is_said_to_those_who_may_change_the_plan(plan, manager):
    plan.why = "There were 390 domestic abuse crimes recorded in Quarter 4 of 2024/25."
    actions.save(by=None, record=plan)
    page = texts(manager.get(f"/priorities/{plan.pk}/"))
    assert "The figures contradict 1 claim of this wording" in page
    assert "330 in Quarter 4, 2024/25" in page
    reader = personas.client_of(personas.EXECUTIVE)
    assert "The figures contradict" not in texts(reader.get(f"/priorities/{plan.pk}/"))
