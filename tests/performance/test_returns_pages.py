"""The pages of returns as people use them: what is owed, exemptions, e-mails, templates, answering and signing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from lscb.models import Agency, Person, Role
from performance.intake.spec import returns as all_returns
from performance.models import Exemption, MailChoice, State, Submission
from tests.performance.conftest import LUTON

APRIL = "month,kind,count\n2026-04,crime,61\n2026-04,incident,-\n"


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def police(analyst):
    return signed_in(analyst)


@pytest.fixture
def boss(manager):
    return signed_in(manager)


def text(answer):
    return answer.content.decode()


@pytest.mark.once
def test_an_analyst_sees_first_what_is_owed_with_links_that_fill_the_form_in(police):
    page = text(police.get("/returns/"))
    assert page.index("Owed now") < page.index("All returns")
    link = "/returns/police-da/upload/?period=2026-04&amp;area=E06000032"
    assert link in page
    form = text(police.get(link.replace("&amp;", "&")))
    assert 'value="2026-04"' in form
    assert '<option value="E06000032" selected' in form


@pytest.mark.once
def test_the_manager_sees_who_is_late(boss):
    page = text(boss.get("/returns/"))
    assert "What each agency owes now" in page
    assert "Bedfordshire Police" in page


@pytest.mark.once
def test_the_calendar_shows_analysts_their_own_agency_and_everybody_else_all(police, boss):
    assert "Luton Council" not in text(police.get("/returns/calendar/"))
    everything = text(boss.get("/returns/calendar/"))
    assert "Luton Council" in everything
    assert "Bedfordshire Police" in everything


@pytest.mark.once
@pytest.mark.parametrize("year", ["2001-02", "2026-04", "then", "2012-13"])
def test_a_year_that_the_calendar_does_not_hold_is_not_found(boss, year):
    assert boss.get(f"/returns/calendar/?year={year}").status_code == 404


@pytest.mark.once
def test_the_manager_marks_a_return_as_not_applicable_and_ends_that(boss):
    where = "/returns/calendar/not-applicable/"
    agency = Agency.objects.get(slug="police")
    form = {"return_id": "police-da", "agency": agency.pk, "area": "", "starts": "2026-04", "ends": "2026-06", "reason": "New system"}  # fmt: skip
    assert boss.post(where, form | {"starts": "soon"}).status_code == 422
    assert boss.post(where, form | {"return_id": "referrals"}).status_code == 422
    assert boss.post(where, form).status_code == 302
    made = Exemption.objects.get()
    assert (str(made.starts), str(made.ends)) == ("2026-04-01", "2026-06-30")
    assert "New system" in text(boss.get("/returns/calendar/"))
    assert boss.post(f"{where}{made.pk}/end/").status_code == 302
    assert not Exemption.objects.exists()


@pytest.mark.once
def test_everybody_chooses_their_own_e_mails(police, analyst):
    assert "checked" in text(police.get("/account/"))
    assert police.post("/account/", {"save": "yes"}).status_code == 302
    assert MailChoice.objects.get().person == analyst
    assert "checked" not in text(police.get("/account/"))


@pytest.mark.once
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("template.xlsx", 200),
        ("template.xlsx?form=records", 200),
        ("template.csv?form=records", 200),
        ("template.xlsx?form=pictures", 404),
    ],
)
def test_templates_come_in_each_form_of_the_return(police, address, status):
    answer = police.get(f"/returns/police-da/{address}")
    assert answer.status_code == status
    if status == 200:
        assert "attachment" in answer["Content-Disposition"]


@pytest.mark.once
def test_the_preview_asks_shows_and_is_submitted_with_an_answer(send, police, analyst):
    held = send(APRIL, period="2026-04", by=analyst, previewed=True)
    where = f"/submissions/{held.pk}/"
    page = text(police.get(where))
    assert "Indicators that would change" in page
    assert "Domestic abuse crimes recorded" in page
    assert police.post(f"{where}submit/").status_code == 422
    answers = {"answer-unclear-symbol": "Not counted yet."}
    assert police.post(f"{where}submit/", answers).status_code == 302
    assert "Not counted yet." in text(police.get(where))
    assert Submission.objects.get().state == State.ACCEPTED


@pytest.mark.once
def test_a_second_person_finds_the_button_to_sign_off_and_the_sender_does_not(send, places):
    council = Agency.objects.get(slug="council")
    ann, ben = (
        Person.objects.create_user(f"{n}@council.test", name=n, role=Role.ANALYST, agency=council)
        for n in ("ann", "ben")
    )
    figures = "period,item,breakdown,category,numerator,denominator,value\n2024-25-Q1,children-in-need,all,all,412,,\n"
    held = send(
        figures, return_id="figures", agency="council", period="2024-25-Q1", by=ann, previewed=True
    )
    where = f"/submissions/{held.pk}/"
    assert signed_in(ann).post(f"{where}submit/").status_code == 302
    assert "Sign off</button>" not in text(signed_in(ann).get(where))
    assert "Sign off</button>" in text(signed_in(ben).get(where))
    assert signed_in(ann).post(f"{where}sign-off/").status_code == 403
    assert signed_in(ben).post(f"{where}sign-off/").status_code == 302
    held.refresh_from_db()
    assert (held.state, held.signed_off_by) == (State.ACCEPTED, ben)


def test_a_file_is_discarded_before_it_counts(send, police, analyst):
    held = send(APRIL, period="2026-04", by=analyst, previewed=True)
    assert police.post(f"/submissions/{held.pk}/discard/").status_code == 302
    held.refresh_from_db()
    assert held.state == State.WITHDRAWN


@pytest.mark.once
def test_the_history_says_who_did_what_and_why(send, police, analyst):
    held = send(APRIL, period="2026-04", by=analyst, previewed=True)
    where = f"/submissions/{held.pk}/"
    police.post(f"{where}submit/", {"answer-unclear-symbol": "Not counted yet."})
    police.post(f"{where}withdraw/", {"reason": "The wrong <month>."})
    page = text(police.get(where))
    history = page[page.index('id="history-title"') : page.index('id="file-title"')]
    steps = ("Received", "Checked", "Answered", "Submitted", "Accepted", "Withdrawn")
    places = [history.index(f"<b>{step}</b>") for step in steps]
    assert places == sorted(places)
    assert "Not counted yet." in history
    assert "The wrong &lt;month&gt;." in history
    assert history.count("Alex") == 5
    assert history.count("the program") == 1


def test_the_other_files_about_the_same_time_are_one_link_away(send, police):
    first = send("month,kind,count\n2026-04,crime,61\n", period="2026-04")
    other = send("month,kind,count\n2026-05,crime,64\n", period="2026-05")
    year = send("month,kind,count\n2026-04,crime,62\n", period="2026-27")
    page = text(police.get(f"/submissions/{first.pk}/"))
    assert f'href="/submissions/{year.pk}/"' in page
    assert f'href="/submissions/{other.pk}/"' not in page
    assert "Replaced by a newer file" in page


@pytest.mark.once
def test_what_was_sent_and_is_not_finished_stands_on_the_page_of_returns(send, places):
    council = Agency.objects.get(slug="council")
    ann, ben = (
        Person.objects.create_user(f"{n}@council.test", name=n, role=Role.ANALYST, agency=council)
        for n in ("ann", "ben")
    )
    figures = "period,item,breakdown,category,numerator,denominator,value\n2024-25-Q1,children-in-need,all,all,412,,\n"
    held = send(
        figures, return_id="figures", agency="council", period="2024-25-Q1", by=ann, previewed=True
    )
    assert "Look at it, and submit it." in text(signed_in(ann).get("/returns/"))
    signed_in(ann).post(f"/submissions/{held.pk}/submit/")
    assert "A colleague signs it off." in text(signed_in(ann).get("/returns/"))
    assert "Look at it, and sign it off." in text(signed_in(ben).get("/returns/"))
    assert "Waits for a signature" in text(signed_in(ben).get("/submissions/"))
    signed_in(ben).post(f"/submissions/{held.pk}/sign-off/")
    assert "Sent, and not finished" not in text(signed_in(ben).get("/returns/"))


def test_a_file_that_a_newer_one_overtook_says_so_before_and_after_it_is_submitted(
    send, police, analyst
):
    old = send("month,kind,count\n2026-04,crime,61\n", period="2026-04", by=analyst, previewed=True)
    where = f"/submissions/{old.pk}/"
    assert "This one would not count" not in text(police.get(where))
    newer = send("month,kind,count\n2026-04,crime,64\n", period="2026-04")
    assert "This one would not count" in text(police.get(where))
    answer = police.post(f"{where}submit/", follow=True)
    assert "A newer file about the same period counts instead." in text(answer)
    newer.refresh_from_db()
    assert newer.state == State.ACCEPTED


def test_one_form_sent_twice_is_one_submission_and_with_another_file_or_month_another(police):
    def sent(content, period):
        form = {"agency": Agency.objects.get(slug="police").pk, "area": LUTON, "period": period, "key": "k1"}  # fmt: skip
        file = SimpleUploadedFile("file.csv", content.encode())
        return police.post("/returns/police-da/upload/", form | {"file": file})

    may = APRIL.replace("2026-04", "2026-05")
    first = sent(APRIL, "April 2026")
    assert sent(APRIL, "2026-04").url == first.url
    assert len({first.url, sent(may, "2026-04").url, sent(APRIL, "Q1 2026/27").url}) == 3
    assert Submission.objects.count() == 3
    said = text(sent(APRIL, "last month"))
    assert "This is not a month, quarter or year" in said
    assert "2025-26-Q1" in said


@pytest.mark.once
@pytest.mark.parametrize("spec", all_returns().values(), ids=lambda spec: spec.id)
def test_a_returns_page_documents_every_column_and_code(police, spec):
    page = text(police.get(f"/returns/{spec.id}/"))
    derived = [one.derived_from for one in spec.dimensions if one.derived_from]
    names = [
        *spec.counts_columns,
        *(spec.record_columns if "records" in spec.kinds else ()),
        *derived,
    ]
    for name in names:
        assert f'<th scope="row"><code>{name}</code></th><td class="says">' in page
    for dimension in spec.dimensions:
        for code in dimension.code_list:
            assert f"<code>{escape(code.code)}</code></th><td>{escape(code.label)}</td>" in page
    assert ("Annex A" in page) is (spec.id in ("mash-contacts", "referrals"))
