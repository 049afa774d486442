"""The year's report of reviews: the same on the page, in Word and in PDF, and fit to be handed on."""

import io
from datetime import date

import docx
import pytest
from django.test import Client
from django.urls import reverse

from lscb.models import Role
from lscb.periods import parse
from reviews import actions, sample
from reviews.models import Assessment, AuditCase, Finding, Recommendation, Review, Round, Standard
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.once]
YEAR = "2020-21"
DAY = date(2026, 4, 1)


@pytest.fixture(scope="module")
def loaded(shared_places):
    """The sample of reviews, which these tests read and add to."""
    sample.load()


@pytest.fixture
def client(loaded, db):
    client = Client()
    client.force_login(factories.person(Role.EXECUTIVE))
    return client


def words_of(client: Client, year: str = YEAR) -> str:
    """All that the Word file says: paragraphs, then cells."""
    answer = client.get(reverse("review-report-word", args=[year]))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="reviews-{year}.docx"'
    document = docx.Document(io.BytesIO(answer.content))
    said = [one.text for one in document.paragraphs]
    said += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(said)


SAID = (
    "4 are published, 1 complete and not published, 3 under way",
    "5 rapid reviews of 2020/21, of which 4 led to a practice review",
    "1 local learning review; 2 contributions to reviews elsewhere; 3 multi-agency audits",
    "2 recommendations, of which 0 with proof of impact; 2 actions, of which 0 done",
    "Age gaps between parents were not explored",
    "Lead the roll-out of ICON",
    "There is no easy way to check information about a parent.",
    "judgement not stated",
    "A one-page summary of each practice review.",
    "Luton LSCB annual report 2020/21",
    "Restricted reviews are left out.",
    "The learning was found without a further review, and the National Panel agreed.",  # of one without a finding
    "most practitioners knew nothing of it",  # a theme of which no review is named
    "Found in: no review that is named",
    "Figures: Share of referrals by ethnic group (FD15)",
    "Led by: Luton learning and improvement group",
    "Standard: Every audit asks how the child’s voice is captured in the record.",
    "Cases: 1: Bedford Borough; 2: Bedford Borough, repeat at MARAC",
    "Round tables followed and named good practice",
)


def test_the_word_file_says_what_the_report_of_2020_21_says(client):
    paper = words_of(client)
    assert [said for said in SAID if said not in paper] == []


def test_every_finding_on_the_page_is_in_the_word_file(client):
    page = client.get(reverse("review-report"), {"year": YEAR}).content.decode()
    paper = words_of(client)
    for finding in Finding.objects.filter(review__year_code=YEAR):
        assert finding.text in paper
        assert finding.text in page
    for asked in Recommendation.objects.filter(review__year_code=YEAR):
        assert asked.text in paper
        assert asked.text in page


@pytest.fixture
def told(client):
    """A year with all that can be entered: steps with reasons, judged cases, actions, a re-audit, two rounds."""
    manager = factories.person(Role.MANAGER)
    council = factories.person(Role.ANALYST, "council")
    audit = Review.objects.get(title="Audit of referrals into the MASH")
    case = actions.save_part(by=manager, review=audit, part=AuditCase(), number=1, about="Referral")
    actions.save_judgement(by=manager, case=case, agency=None, grade="good", text="Sound.")
    actions.save_judgement(by=manager, case=case, agency=council.agency, grade="requires")
    asked = audit.recommendations.get()
    for action in asked.actions.all():
        actions.report_action(
            by=manager, action=action, state="done", progress="All are trained.", done_on=DAY
        )
    actions.take_step(
        by=manager, review=audit, code="close", on=DAY, text="Names are written alike."
    )
    actions.record_evidence(
        by=manager, recommendation=asked, evidence="", evidence_on=None, re_audit_due=DAY
    )
    for found in Round.objects.all():
        Assessment.objects.filter(round=found).update(rating="amber")
        Round.objects.filter(pk=found.pk).update(year_code="2019-20")
    standard = Standard.objects.get(number=5)
    found = actions.open_round(
        by=manager,
        year=parse(YEAR),
        area=audit.area,
        standards=[standard],
        agencies=[council.agency],
        due=DAY,
        about="Held by letter.",
    )
    said = actions.assess(
        by=council,
        round_=found,
        agency=council.agency,
        standard=standard,
        rating="green",
        evidence="Nine of ten.",
        to_improve="",
        send=True,
    )
    actions.add_assessment_action(by=council, assessment=said, text="Train the tenth.", due=DAY)
    actions.challenge(by=manager, assessment=said, text="By when?")
    return found


def test_all_that_was_entered_of_a_year_comes_out_on_the_page_and_in_the_word_file(client, told):
    page = client.get(reverse("review-report"), {"year": YEAR}).content.decode()
    paper = words_of(client)
    entered = (
        *("Names are written alike.", "Sound.", "Requires improvement", "1: Referral"),
        *("All are trained.", "1 April 2026", "Held by letter.", "Nine of ten."),
        *("Train the tenth.", "By when?", "All together"),
    )
    assert [said for said in entered if said.lower() not in page.lower()] == []
    assert [said for said in entered if said not in paper] == []
    assert "Met, better since last round" in paper
    assert "Better; last round: partly met" in page


def test_the_pdf_comes_as_a_file(client):
    answer = client.get(reverse("review-report-pdf", args=[YEAR]))
    assert answer.content[:5] == b"%PDF-"
    assert f"reviews-{YEAR}.pdf" in answer.headers["Content-Disposition"]


def test_a_review_has_its_summary_on_a_page(client):
    audit = Review.objects.get(title="Audit of referrals into the MASH")
    answer = client.get(reverse("review-summary-word", args=[audit.pk]))
    said = [one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs]
    assert said[0] == audit.title
    assert audit.strengths in said
    assert all(found.text in said for found in audit.findings.all())
    assert any("Bedfordshire Police: Train front-line officers" in one for one in said)
    assert "MASH and thresholds" in said


def test_a_year_without_anything_has_no_report(client):
    for name in ("review-report-word", "review-report-pdf"):
        assert client.get(reverse(name, args=["2011-12"])).status_code == 404
    assert client.get(reverse("review-report"), {"year": "2011-12"}).status_code == 404


def test_judged_cases_are_counted_where_they_are_judged_altogether(client):
    manager = factories.person(Role.MANAGER)
    audit = Review.objects.get(title="Audit of children under 1 on a plan for neglect")
    cases = list(AuditCase.objects.filter(review=audit))
    for case, grade in zip(cases[:3], ("good", "requires", "outstanding"), strict=True):
        actions.save_judgement(by=manager, case=case, agency=None, grade=grade)
    actions.save_part(by=manager, review=audit, part=cases[0], number=1, voice="yes")
    said = words_of(client)
    assert "2 of 3" in said
    assert "1 of 1" in said


def test_a_restricted_review_is_left_out_even_for_those_who_may_see_it(client):
    manager = factories.person(Role.MANAGER)
    audit = Review.objects.get(title="Audit of referrals into the MASH")
    actions.change_review(by=manager, review=audit, restricted=True, people=[manager])
    client.force_login(manager)
    assert audit.title in client.get(reverse("reviews")).content.decode()
    assert audit.title not in words_of(client)
    assert audit.title not in client.get(reverse("review-report"), {"year": YEAR}).content.decode()


def test_what_an_agency_did_not_send_yet_is_left_out(client):
    police = factories.person(Role.ANALYST, "police")
    sent = Assessment.objects.filter(agency=police.agency).first()
    Round.objects.update(closed_on=None)
    Assessment.objects.filter(pk=sent.pk).update(state="draft", evidence="Half a sentence")
    client.force_login(police)
    assert "Half a sentence" not in words_of(client)
