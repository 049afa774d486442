"""What people write in reviews, audits and section 11 may hold figures that follow the data, wherever it is shown."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import docx
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from lscb.models import Agency, Area, Person
from lscb.periods import parse
from performance import contributed
from reviews import actions, contributions, reminders
from reviews.actions import ReviewRefused
from reviews.models import (
    AuditCase,
    Dissemination,
    Finding,
    PeerChallenge,
    Recommendation,
    Review,
    Round,
    Standard,
    Theme,
)
from tests import personas
from tests.performance.conftest import LUTON, media, places, send, shared_send  # noqa: F401

FILE = "month,kind,count\n2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,{}\n"
FIGURE = "{{DA01 2024-25-Q4}}"
DAY = date(2026, 3, 23)
YEAR = "2025-26"


def made(persona: personas.Persona) -> Person:
    found = personas.make(persona)
    assert found is not None
    return found


def crimes(word: str) -> str:
    return f"{word}: {FIGURE} crimes."


@pytest.fixture(scope="module")
def of_the_day(shared_send) -> None:  # noqa: F811
    """The crimes of a quarter are 330."""
    shared_send(FILE.format(120))


@pytest.fixture
def keeper(of_the_day: None, places: None) -> Person:  # noqa: F811
    """Who keeps the register."""
    return made(personas.MANAGER)


@pytest.fixture
def audit(keeper: Person) -> Review:
    """An audit whose every text holds the crimes of a quarter."""
    found = actions.add_review(
        by=keeper, kind="multi-agency-audit", title="Audit of thresholds", area=Area.objects.get(code=LUTON),
        on=DAY, summary=crimes("Summary"), scope=crimes("Scope"), standard=crimes("Standard"),
        strengths=crimes("Strengths"), indicators=["DA01"],
    )  # fmt: skip
    actions.take_step(by=keeper, review=found, code="start", on=DAY, text=crimes("Step"))
    theme = actions.save_theme(
        by=keeper, theme=Theme(), name="Homes", about=crimes("About"), done=crimes("Done")
    )
    case = actions.save_part(by=keeper, review=found, part=AuditCase(), number=1)
    actions.save_judgement(by=keeper, case=case, agency=None, grade="good", text=crimes("Judged"))
    actions.save_part(
        by=keeper, review=found, part=Finding(), kind="to-improve", text=crimes("Found"), themes=[theme]
    )  # fmt: skip
    actions.save_part(
        by=keeper, review=found, part=Dissemination(), how="briefing", text=crimes("Passed")
    )
    asked = actions.save_part(
        by=keeper, review=found, part=Recommendation(), text=crimes("Recommended")
    )
    act = actions.add_action(
        by=keeper, recommendation=asked, agency=Agency.objects.get(slug="police"), text=crimes("Act"), due=DAY
    )  # fmt: skip
    actions.report_action(
        by=keeper, action=act, state="done", progress=crimes("Progress"), done_on=DAY
    )
    actions.record_evidence(
        by=keeper, recommendation=asked, evidence=crimes("Proof"), evidence_on=DAY
    )
    return Review.objects.get(pk=found.pk)


@pytest.fixture
def round_page(audit: Review, keeper: Person) -> str:
    """A round whose texts hold the crimes of a quarter: what the police sent, what they are asked and answer."""
    police = Agency.objects.get(slug="police")
    analyst = made(personas.POLICE)
    standard = Standard.objects.create(number=1, name="Leadership", about="All lead.")
    opened = actions.open_round(
        by=keeper, year=parse(YEAR), area=audit.area, standards=[standard], agencies=[police],
        due=DAY, about=crimes("Round"),
    )  # fmt: skip
    sent = actions.assess(
        by=analyst, round_=opened, agency=police, standard=standard, rating="amber",
        evidence=crimes("Shows"), to_improve=crimes("Improve"), send=True,
    )  # fmt: skip
    asked = actions.challenge(by=keeper, assessment=sent, text=crimes("Asked"))
    actions.answer_challenge(by=analyst, challenge=asked, text=crimes("Answered"))
    return reverse("section-11-agency", args=[YEAR, "police"])


@pytest.fixture
def manager(keeper: Person) -> Client:
    client = Client()
    client.force_login(keeper)
    return client


def texts(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def outside_forms(page: str) -> str:
    return "".join(part.split("</form>", 1)[-1] for part in page.split("<form"))


def address(name: str, *numbers: object) -> str:
    return reverse(name, args=numbers)


def pages(audit: Review) -> dict[str, list[str]]:
    """Every page, list and file that shows a text of a review, with the texts that it shows."""
    return {
        audit.get_absolute_url(): [
            "Summary", "Scope", "Standard", "Strengths", "Step", "Judged", "Found", "Passed", "Recommended", "Act",
            "Progress", "Proof",
        ],
        address("review-findings"): ["Found"],
        address("review-findings-csv"): ["Found"],
        address("review-themes"): ["About", "Done"],
        address("review-themes-csv"): ["About", "Done"],
        address("review-recommendations"): ["Recommended"],
        address("review-recommendations-csv"): ["Recommended", "Proof"],
        address("review-actions"): ["Act", "Progress"],
        address("review-actions-csv"): ["Act", "Progress"],
        address("review-passed-on"): ["Passed"],
        address("review-passed-on-csv"): ["Passed"],
        address("review-report") + f"?year={audit.year_code}": [
            "Summary", "Scope", "Step", "Judged", "Found", "Passed", "Recommended", "Act", "Progress", "Proof",
            "About", "Done", "Round", "Shows", "Improve", "Asked", "Answered",
        ],
        address("section-11-round", YEAR): ["Round"],
        address("section-11-round-csv", YEAR): ["Shows", "Improve"],
        address("section-11-answers"): ["Improve"],
        address("section-11-answers-csv"): ["Shows", "Improve"],
        address("section-11-agency", YEAR, "police"): ["Shows", "Improve", "Asked", "Answered"],
        address("recommendation-evidence", audit.recommendations.get().pk): ["Recommended"],
        "/search/?q=crimes": ["Summary", "Found", "About", "Recommended", "Act", "Shows"],
        "/search/?q=330": ["Summary", "Found", "About", "Recommended", "Act", "Shows"],
    }  # fmt: skip


@pytest.mark.once
def test_every_page_list_file_and_search_writes_the_figure_out(audit, round_page, manager):
    for where, words in pages(audit).items():
        answer = manager.get(where)
        assert answer.status_code == 200, where
        page = texts(answer)
        for word in words:
            assert f"{word}: 330 crimes." in page.replace("</b>", ""), (where, word)
        assert "{{" not in outside_forms(page), where


def test_a_list_finds_a_text_by_the_digits_of_its_figure(audit, round_page, manager, send):  # noqa: F811
    lists = ("review-findings", "review-themes", "review-actions", "section-11-answers")
    for where in (*lists, "reviews"):
        assert manager.get(address(where), {"q": "330"}).context["list"].rows, where
        assert not manager.get(address(where), {"q": "360"}).context["list"].rows, where
    send(FILE.format(150))
    for where in lists:
        assert manager.get(address(where), {"q": "360 crimes"}).context["list"].rows, where
    assert not manager.get(address("review-findings"), {"q": "360 burglaries"}).context["list"].rows


@pytest.mark.once
def test_the_papers_write_the_figure_out_and_follow_the_data(audit, round_page, manager, send):  # noqa: F811
    def files() -> str:
        found = []
        for where in (
            address("review-report-word", audit.year_code),
            address("review-summary-word", audit.pk),
        ):
            file = docx.Document(io.BytesIO(manager.get(where).content))
            cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
            found += [*(one.text for one in file.paragraphs), *cells]
        return "\n".join(found)

    for number in ("330", "360"):
        said = files()
        assert "{{" not in said
        for part in ("Summary", "Found", "Recommended", "Act", "Proof", "About", "Shows"):
            assert f"{part}: {number} crimes." in said, part
        send(FILE.format(150))


@pytest.mark.once
def test_other_pages_are_brought_the_figure_written_out(audit, round_page, keeper):
    brought = [
        *(one.title for one in contributions.overdue(keeper, audit.area, date(2027, 1, 1))),
        *(one.title for one in contributions.recommendations(keeper).values()),
        *(f"{one.showed} {one.followed}" for one in contributed.evidence().values()),
    ]
    said = "\n".join(brought)
    assert "{{" not in said
    for part in ("Recommended", "About", "Done"):
        assert f"{part}: 330 crimes." in said


@pytest.mark.once
def test_an_e_mail_writes_the_figure_out(audit, keeper):
    asked = audit.recommendations.get()
    actions.add_action(
        by=keeper, recommendation=asked, agency=Agency.objects.get(slug="police"), text=crimes("Due"), due=DAY
    )  # fmt: skip
    reminders.remind(today=date(2026, 3, 24))
    assert "Due: 330 crimes.: due" in "\n".join(str(one.body) for one in mail.outbox)


@pytest.mark.once
def test_history_and_what_was_decided_keep_the_figures_of_their_day(audit, manager, send):  # noqa: F811
    send(FILE.format(150))
    page = texts(manager.get(audit.get_absolute_url()))
    standing, history = page.split('id="history-title"')
    assert "Summary: 360 crimes." in standing
    assert "Step: 330 crimes." in standing
    assert "Summary: 330 crimes." in history
    assert "{{" not in history


def test_what_was_sent_to_a_round_follows_the_data_until_the_round_is_closed(
    round_page,
    manager,
    keeper,
    send,  # noqa: F811
):
    send(FILE.format(150))
    page = texts(manager.get(round_page))
    assert "Shows: 360 crimes." in page
    assert "Asked: 330 crimes." in page
    assert "Answered: 330 crimes." in page
    actions.close_round(by=keeper, round_=Round.objects.get(), on=DAY)
    assert "Shows: 330 crimes." in texts(manager.get(round_page))


FORMS: dict[str, Callable[[Review], str]] = {
    "summary": lambda audit: address("review-change", audit.pk),
    "text": lambda audit: address("review-part", audit.pk, "finding", audit.findings.get().pk),
    "about": lambda audit: address("review-theme", Theme.objects.get().pk),
    "evidence": lambda audit: address("recommendation-evidence", audit.recommendations.get().pk),
    "progress": lambda audit: address(
        "review-action", audit.recommendations.get().actions.get().pk
    ),
}


@pytest.mark.once
@pytest.mark.parametrize("name", FORMS)
def test_every_form_offers_figures_puts_them_in_without_a_script_and_keeps_what_was_typed(
    name, audit, manager
):
    where = FORMS[name](audit)
    page = manager.get(where)
    assert FIGURE in page.context["form"][name].value()
    assert f"<code>{FIGURE}</code> 330" in texts(page)
    given = {"figures-of": "DA01", name: "Crimes came to"}
    listed = manager.post(where, given | {"list-figures": "1"})
    assert f'<option value="{FIGURE}">' in texts(listed)
    picked = manager.post(where, given | {"put-figure": "1", "into": name, "figure": FIGURE})
    assert picked.status_code == 200
    assert picked.context["form"][name].value() == f"Crimes came to {FIGURE}"
    assert not picked.context["form"].errors


@pytest.mark.once
def test_a_step_takes_a_figure_without_a_script(audit, manager):
    where = audit.get_absolute_url()
    given = {"step": "complete", "text": "Came to", "figure": FIGURE, "into": "text"}
    picked = manager.post(where, given | {"put-figure": "complete"})
    assert picked.status_code == 200
    assert picked.context["steps"][0][0]["text"].value() == f"Came to {FIGURE}"
    assert Review.objects.get(pk=audit.pk).state == "under-way"


@pytest.mark.once
def test_an_agency_puts_a_figure_into_its_answer_to_section_11(round_page):
    police = personas.client_of(personas.POLICE)
    given = {"standard": "1", "evidence": "Came to", "to_improve": "", "rating": "green"}
    picked = police.post(
        round_page, given | {"put-figure": "1", "into": "evidence", "figure": FIGURE}
    )
    assert picked.status_code == 200
    form = picked.context["forms"][0][1]
    assert form["evidence"].value() == f"Came to {FIGURE}"
    page = police.get(round_page)
    assert page.context["forms"][0][1]["evidence"].value() == crimes("Shows")


@pytest.mark.once
def test_a_figure_that_stands_for_nothing_is_refused_at_its_text_with_what_to_do(audit, manager):
    finding = audit.findings.get()
    where = address("review-part", audit.pk, "finding", finding.pk)
    answer = manager.post(where, {"kind": "to-improve", "text": "Was {{DA01 2019-20}}."})
    assert answer.status_code == 422
    (fault,) = answer.context["form"].errors["text"]
    assert fault == (
        "‘{{DA01 2019-20}}’ stands for no figure (Domestic abuse crimes recorded, 2019/20: not available). "
        "Choose another from the list, or take it out."
    )
    assert Finding.objects.get(pk=finding.pk).text == crimes("Found")
    step = manager.post(
        audit.get_absolute_url(), {"step": "complete", "on": "2026-03-24", "text": "{{FD03"}
    )
    assert step.context["form"].errors["text"]


@pytest.mark.once
def test_a_text_with_a_figure_is_still_checked_for_what_names_a_child(audit, keeper):
    with pytest.raises(ReviewRefused, match="looks like"):
        actions.save_part(
            by=keeper, review=audit, part=Finding(), text=f"{FIGURE} crimes, NHS number 943 476 5919."
        )  # fmt: skip
    assert audit.findings.count() == 1


@pytest.mark.once
def test_what_the_figures_contradict_is_said_to_those_who_write(audit, round_page, manager, keeper):
    wrong = "There were 390 domestic abuse crimes recorded in Quarter 4 of 2024/25."
    actions.save_part(by=keeper, review=audit, part=audit.findings.get(), text=wrong)
    police = personas.client_of(personas.POLICE)
    mine = {"standard": "1", "evidence": wrong, "to_improve": "More.", "rating": "amber"}
    assert police.post(round_page, mine | {"do": "send"}).status_code == 302
    said = "330 in Quarter 4, 2024/25"
    assert said in texts(manager.get(audit.get_absolute_url()))
    assert said in texts(manager.get(address("review-part", audit.pk, "finding", audit.findings.get().pk)))  # fmt: skip
    assert said in texts(police.get(round_page))
    reader = personas.client_of(personas.EXECUTIVE)
    assert "The figures contradict" not in texts(reader.get(audit.get_absolute_url()))
    assert "The figures contradict" not in texts(reader.get(round_page))


@pytest.mark.once
def test_a_restricted_review_stays_restricted_whatever_figures_it_holds(audit, manager, keeper):
    actions.change_review(by=keeper, review=audit, restricted=True, people=[keeper])
    other = personas.client_of(personas.EXECUTIVE)
    assert other.get(audit.get_absolute_url()).status_code == 404
    for where in ("review-findings", "review-recommendations", "review-actions"):
        assert "330 crimes" not in texts(other.get(address(where)))
    assert "Found: 330 crimes." in texts(manager.get(audit.get_absolute_url()))


def test_words_that_are_taken_out_of_a_history_take_their_figures_along(audit, keeper):
    entry = audit.entries.filter(said__has_key=FIGURE).first()
    actions.take_out(by=keeper, entry=entry, reason="It named somebody.")
    entry.refresh_from_db()
    assert entry.said == {}


@pytest.mark.once
def test_an_answer_to_a_peer_keeps_its_own_figures_beside_those_of_the_question(round_page, send):  # noqa: F811
    asked = PeerChallenge.objects.get()
    send(FILE.format(150))
    actions.answer_challenge(by=made(personas.POLICE), challenge=asked, text=crimes("Again"))
    assert asked.said == {"text": {FIGURE: "330"}, "answer": {FIGURE: "360"}}
