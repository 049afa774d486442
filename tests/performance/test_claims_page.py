"""The page that checks a text, on the reports' own figures, and the figures that stay live in a text."""

import pytest
from django.test import Client

from lscb.models import Area
from lscb.periods import parse
from performance.actions import sample
from performance.indicators import narrative
from performance.indicators.claims import Facts, check
from performance.indicators.claims.placeholders import (
    choices,
    faults,
    live_figures,
    put_back,
    render,
    set_aside,
)
from performance.indicators.spec import indicators
from performance.queries import claims
from tests import factories
from tests.performance.conftest import LUTON
from tests.performance.indicators.building import value

pytestmark = pytest.mark.once

FACTS = Facts(
    [
        value("FD03", "2023-24", 3130),
        value("FD03", "2024-25", 3137),
        value("FD13", "2024-25", 27.3, breakdown="source", category="police"),
    ],
    [LUTON],
)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("{{FD03 2024-25}}", "3,137"),
        ("{{ FD03 2024-25 value }}", "3,137"),
        ("{{FD03 2024-25 change}}", "7 more (+0.2%) than 3,130 in 2023/24"),
        ("{{FD13 2024-25 source=police}}", "27.3%"),
        ("{{FD03 2022-23}}", "[Referrals to children’s social care, 2022/23: not available]"),
        ("{{FD03 2023-24 change}}", "[no number for 2022/23 to compare with]"),
        ("{{ZZ99 2024-25}}", "[there is no indicator ZZ99]"),
        ("{{referrals}}", "[{{referrals}} is no figure: write {{FD03 2024-25}}]"),
    ],
)
def test_a_live_figure_is_written_out_with_the_figure_of_the_day_or_says_why_not(written, text):
    assert render(f"It was {written}.", FACTS) == f"It was {text}."


def test_live_figures_follow_the_data_and_are_listed():
    text = "Referrals were {{FD03 2024-25}}; {{FD03 2024-25 words}}"
    (first, second) = live_figures(text, FACTS)
    assert (first.text, first.is_number) == ("3,137", True)
    assert second.text.startswith("Referrals to children’s social care came to 3,137")
    moved = Facts([value("FD03", "2024-25", 3140)], [LUTON])
    assert render("{{FD03 2024-25}}", moved) == "3,140"
    assert [(one.live.written, one.words) for one in choices("FD03", FACTS)] == [
        ("{{FD03 2024-25}}", "2024/25: 3,137"),
        ("{{FD03 2024-25 change}}", "2024/25: 7 more (+0.2%) than 3,130 in 2023/24"),
        ("{{FD03 2023-24}}", "2023/24: 3,130"),
    ]
    (police,) = choices("FD13", FACTS)
    assert police.live.written == "{{FD13 2024-25 source=police}}"
    assert police.words == "Police, 2024/25: 27.3%"
    assert parse("2024-25") in FACTS.line("FD03").values  # type: ignore[union-attr]


def test_a_change_without_an_earlier_number_is_no_figure_and_is_refused():
    (fault,) = faults("It was {{FD03 2023-24 change}}.", FACTS)
    assert "no number for 2022/23 to compare with" in fault


def test_a_paragraph_that_stays_live_knows_where_limits_begin_anew():
    listed = [
        value("FD08", parse("2023-04").shift(at).code, 130 + at % 3 if at < 15 else 174 + at % 3)
        for at in range(29)
    ]
    anew = {("FD08", LUTON): (parse("2024-07"),)}
    known = Facts(listed, [LUTON], rebases=lambda: anew)
    said = render("{{FD08 2025-06 words}}", known)
    paragraph = narrative.paragraph(
        indicators()["FD08"], listed, parse("2025-06"), rebases=anew["FD08", LUTON]
    )
    assert said == paragraph
    assert said != render("{{FD08 2025-06 words}}", Facts(listed, [LUTON]))


def test_what_stands_live_in_a_text_is_no_claim_and_the_words_around_it_are():
    text = (
        "Referrals fell in 2024/25. Referrals were 4,000 in 2024/25, then {{FD03 2024-25 change}}."
    )
    words, said = set_aside(text, FACTS)
    assert "3,130" not in words
    found = [put_back(one, said) for one in check(words, FACTS)]
    assert any("4,000" in one.claim for one in found)
    assert any(one.sentence.endswith("7 more (+0.2%) than 3,130 in 2023/24.") for one in found)
    wrong_subject, said = set_aside("Contacts to the front door {{FD03 2024-25}}.", FACTS)
    assert check(wrong_subject, FACTS) == []


@pytest.fixture(scope="module")
def figures(shared_places: None) -> None:
    """The reports' own figures of referrals and training."""
    wanted = [
        one
        for one in sample.facts(frozenset({LUTON, "pan-bedfordshire"}))
        if one.period.code >= "2019-20" and one.return_id in ("training", "figures", "referrals")
    ]
    sample.load_files(wanted, lambda _: None)


@pytest.fixture
def reader(figures: None, db: None) -> Client:
    client = Client()
    client.force_login(factories.person("subgroup"))
    return client


def test_the_page_finds_what_the_figures_contradict_and_says_the_recomputed_value(reader: Client):
    def answer(text: str, year: str = "2024-25") -> str:
        return reader.post("/claims/", {"area": LUTON, "year": year, "text": text}).content.decode()

    page = answer(
        "As a result referrals dropped by 17.5% and the conversion rate increased from 25.7% to 26.1% in 24/25. "
        "Late cancellations/ non-attendance of learning events decreased by 3% for paid learning events. "
        "Safeguarding Bedfordshire delivered 67 learning events in 2024/25; with an 82% increase in attendance."
    )
    assert "3 claims the figures contradict" in page
    for said in ("+0.2%", "−2.9 percentage points (−22.9%)", "Bookings on free events (825)"):
        assert said in page
    old = answer("There was a 74% reduction in attendance compared to 2019-20.", "2020-21")
    assert "−76.3%" in old
    true = answer("Referrals were 3,137 in 2024/25, up 0.2%. Attendance was {{TR03 2024-25}}.")
    assert "Nothing that the figures contradict" in true
    assert "Attendance was 1,041." in true


def test_the_page_says_how_many_sentences_could_be_held_against_the_figures(reader: Client):
    def said(text: str) -> str:
        page = reader.post("/claims/", {"area": LUTON, "year": "2024-25", "text": text})
        return " ".join(page.content.decode().split())

    some = said(
        "Referrals were 3,137 in 2024/25. We held 14 coffee mornings. The board met in March."
    )
    assert (
        "2 sentences of the text tell numbers or compare something; 1 could be held against the figures"
        in some
    )
    assert "and agrees with them. What could not be tied to an indicator" in some
    all_of_them = said("Referrals were 3,137 in 2024/25.")
    assert (
        "1 sentence of the text tells numbers or compares something; 1 could be held" in all_of_them
    )
    assert "left alone" not in all_of_them
    assert "with them" not in said("Referrals were 4,137 in 2024/25.")
    assert "No sentence of the text tells a number" in said("The board met.")


def test_a_text_longer_than_any_form_takes_is_not_read(reader: Client):
    area = Area.objects.get(code=LUTON)
    wrong = "Referrals were 4,000 in 2024/25. "
    told = claims.contradicted_each(area, [wrong, wrong * 4000])
    assert [len(found) for found in told] == [1, 0]


def test_an_empty_text_is_answered_with_what_to_do(reader: Client):
    answer = reader.post("/claims/", {"area": LUTON, "year": "", "text": " "})
    assert answer.status_code == 422
    assert "Paste the text that is to be checked." in answer.content.decode()
    picked = reader.post(
        "/claims/", {"text": "Referrals:", "list-figures": "1", "figures-of": "FD03"}
    )
    assert '<option value="{{FD03 2024-25}}">2024/25: 3,137</option>' in picked.content.decode()
    assert picked.context["form"]["text"].value() == "Referrals:"


def test_a_text_that_is_to_be_checked_is_a_draft_until_it_is_checked(reader: Client):
    def token() -> str:
        return str(reader.get("/claims/").context["draft"].token)

    typed = {"area": LUTON, "year": "", "text": "Referrals rose a little."}
    reader.post("/account/drafts/save/", typed | {"draft": token()})
    assert "Referrals rose a little." in reader.get("/claims/").content.decode()
    assert reader.post("/claims/", typed | {"draft": token()}).status_code == 200
    assert "Referrals rose a little." not in reader.get("/claims/").content.decode()


def test_the_page_of_factors_tells_them_of_the_assessments(reader: Client):
    page = reader.get(f"/indicators/FD26/?area={LUTON}&breakdown=factor").content.decode()
    assert "Domestic abuse of a parent (824 of 2,443)" in page
