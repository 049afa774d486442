"""Before an edition is approved, published or set aside a page shows all that the step fixes; the step is of just that."""

import re

import pytest
from django.test import Client

from lscb.models import Area, Person, Role
from performance.actions.commentary import agree_commentary, write_commentary
from performance.models import Commentary, Edition
from performance.views import frozen
from tests import factories
from tests.performance.conftest import LUTON
from tests.performance.editions.test_wordings import FILE, QUARTER, RIGHT, WRONG, client_of

pytestmark = pytest.mark.once


@pytest.fixture
def edition(send, manager) -> Edition:
    send(FILE)
    return frozen.freeze(by=manager, area=Area.objects.get(code=LUTON), quarter=QUARTER)


@pytest.fixture
def chair(edition) -> Client:
    return client_of(factories.person(Role.CHAIR))


@pytest.fixture
def executive(edition) -> Client:
    return client_of(factories.person(Role.EXECUTIVE))


def address(edition: Edition, step: str) -> str:
    return f"/scorecard/editions/{edition.pk}/steps/{step}/"


def write(manager: Person, text: str) -> None:
    area = Area.objects.get(code=LUTON)
    write_commentary(
        by=manager, indicator="DA01", area=area, period=QUARTER, text=text, agency=None
    )


def take(client: Client, where: str, **more: str):
    """The step as somebody takes it who has looked at its page."""
    seen = client.get(where).context["seen"]
    return client.post(where, {"seen": seen, **more})


def test_the_page_of_a_step_shows_what_is_about_to_be_fixed(edition, chair, manager):
    write(manager, WRONG)
    page = chair.get(address(edition, "approve")).content.decode()
    assert "Approve edition 1?" in page
    assert "Quarter 4, 2024/25, January to March 2025, Luton" in page
    row = re.search(r'<tr><th scope="row">Domestic abuse crimes recorded.*?</tr>', page, re.DOTALL)
    assert row
    for part in ("330", "Too few points", WRONG, "draft", "the figures say otherwise"):
        assert part in row[0], part
    assert (
        "1 row with words beside it, 0 agreed, <b>1 draft</b>; <b>the figures contradict 1</b>"
        in page
    )
    told = re.search(
        r"(\d+) of 49 indicators have a number of the quarter, (\d+) an earl.*, (\d+) none", page
    )
    assert told
    assert sum(map(int, told.groups())) == 49
    assert int(told[1]) == len(re.findall(r'<td class="num">[^<]*\d', page))
    assert re.search(r"<h2[^>]*>What is missing</h2>\s*<ul.*Council, children’s social care", page)
    assert "Every number is today what was frozen" in page
    assert f'href="/scorecard/editions/{edition.pk}/">Back to the edition' in page


def test_whoever_approves_is_told_which_wordings_are_still_drafts_also_where_nothing_contradicts(
    edition, chair, executive, manager
):
    write(manager, RIGHT)
    where = address(edition, "approve")
    page = chair.get(where).content.decode()
    assert re.search(
        r"1 wording that is still a draft</h2>.*<b>Domestic abuse crimes recorded</b>.*"
        r"Agree it before the edition is approved",
        page,
        re.DOTALL,
    )
    beside = page.partition('<form method="post" class="form"')[2]
    assert (
        "1 wording that nobody agreed is fixed with it: Domestic abuse crimes recorded." in beside
    )
    assert "still a draft" not in chair.get(address(edition, "set-aside")).content.decode()
    take(chair, where)
    assert (
        "1 wording that is still a draft"
        in executive.get(address(edition, "publish")).content.decode()
    )


def test_a_wording_that_was_agreed_is_no_draft_of_the_step(edition, chair, manager):
    write(manager, RIGHT)
    agree_commentary(by=factories.person(Role.CHAIR), commentary=Commentary.objects.get())
    page = chair.get(address(edition, "approve")).content.decode()
    assert "1 row with words beside it, 1 agreed" in page
    assert "still a draft" not in page
    assert "that nobody agreed" not in page


def test_a_step_is_refused_to_whoever_has_not_looked_and_where_words_have_changed_since(
    edition, chair, manager
):
    where = address(edition, "approve")
    assert chair.post(where).status_code == 422
    write(manager, RIGHT)
    seen = chair.get(where).context["seen"]
    write(manager, f"{RIGHT} The force agrees.")
    late = chair.post(where, {"seen": seen})
    assert late.status_code == 422
    assert "Nothing was done" in late.content.decode()
    assert "The force agrees." in late.content.decode()
    edition.refresh_from_db()
    assert edition.state == "provisional"
    assert take(chair, where).status_code == 302
    edition.refresh_from_db()
    assert edition.state == "approved"


def test_no_step_can_be_skipped_and_the_page_of_a_closed_one_says_why(edition, chair, executive):
    where = address(edition, "publish")
    closed = executive.get(where)
    assert closed.status_code == 422
    assert "This edition is provisional." in closed.content.decode()
    assert "<form method" not in closed.content.decode().split("</header>")[1]
    seen = closed.context["seen"]
    assert executive.post(where, {"seen": seen}).status_code == 422
    assert chair.get(where).status_code == 403
    assert chair.get(address(edition, "print")).status_code == 404
    take(chair, address(edition, "approve"))
    assert "cannot be changed, taken back or set aside" in executive.get(where).content.decode()
    assert executive.post(where, {"seen": seen}).status_code == 422
    assert take(executive, where).status_code == 302
    edition.refresh_from_db()
    assert edition.state == "published"


def test_an_edition_is_set_aside_with_a_reason_on_a_page_that_says_what_becomes_of_it(
    edition, chair
):
    where = address(edition, "set-aside")
    assert "is never published" in chair.get(where).content.decode()
    refused = take(chair, where)
    assert refused.status_code == 422
    assert "Say why the edition is set aside." in refused.content.decode()
    assert take(chair, where, reason="Too early.").status_code == 302
    edition.refresh_from_db()
    assert (edition.state, edition.set_aside_reason) == ("set-aside", "Too early.")
