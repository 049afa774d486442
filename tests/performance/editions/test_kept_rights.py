"""Of every page that is kept each person gets the one that they may see, whoever asked before."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from lscb.models import Agency, Area, Person, Role
from lscb.periods import parse
from performance.actions.challenges import raise_challenge
from performance.models import Edition
from performance.views import frozen, kept
from priorities.models import Priority
from reviews import actions as reviews
from tests import factories

FILE = "month,kind,count\n2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,120\n"
HERE = "?area=E06000032"
PAGES = (
    f"/scorecard/2024-25-Q4/{HERE}",
    f"/scorecard/2024-25-Q4/rows/DA01/{HERE}",
    f"/scorecard/2024-25-Q4/rows/DA01/{HERE}&part=1",
    f"/scorecard/editions/{HERE}",
    f"/scorecard/editions/compare/{HERE}",
    f"/dashboards/{HERE}",
    f"/dashboards/domestic-abuse/{HERE}",
    f"/indicators/{HERE}",
    f"/indicators/DA01/{HERE}",
    f"/indicators/DA01/numbers/2024-25-Q4/{HERE}",
    f"/signals/{HERE}",
    f"/meetings/2024-25-Q4/{HERE}",
    f"/reports/{HERE}",
    "/search/?q=this",
    "/search/?q=hidden",
    f"/priorities/{HERE}",
    f"/priorities/plan/{HERE}",
    "/reviews/",
    "/reviews/report/",
    *(f"/reviews/{one}/" for one in ("findings", "actions", "themes", "section-11")),
    f"/training/{HERE}",
    f"/training/agencies/{HERE}",
    f"/training/report/2024-25-Q4/{HERE}",
)


@pytest.fixture
def people(send) -> dict[str, Person]:
    """Everybody whose rights differ, one of the Subgroup being named on a restricted review; and what they may see."""
    send(FILE)
    area = Area.objects.get(code="E06000032")
    police, council = (Agency.objects.get(slug=slug) for slug in ("police", "council"))
    roles = (Role.MANAGER, Role.CHAIR, Role.SUBGROUP)
    found = {role: factories.person(role, name=f"The {role}") for role in roles}
    found |= {
        "police": factories.person(Role.ANALYST, "police", name="Of the police"),
        "council": factories.person(Role.ANALYST, "council", name="Of the council"),
        "named": factories.person(Role.SUBGROUP, name="Named on it"),
    }
    manager = found[Role.MANAGER]
    review = reviews.add_review(
        by=manager,
        kind="multi-agency-audit",
        title="Audit that is hidden",
        area=area,
        on=date(2026, 3, 23),
        restricted=True,
        people=[found["named"], manager],
        indicators=["DA01"],
    )
    for about, agency in (("DA01", police), ("", council)):
        raise_challenge(
            by=manager,
            question=f"What explains this of {agency.name}?",
            agency=agency,
            area=area,
            due=timezone.localdate(),
            indicator=about,
            subject="" if about else f"review:{review.pk}",
        )
    frozen.freeze(by=manager, area=area, quarter=parse("2024-25-Q4"))
    Priority.objects.create(area=area, title="Safe at home", why="x", starts=date(2026, 4, 1))
    return found


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    client.get("/views/")  # the first page gives the cookie against forged requests
    return client


def said(client: Client, page: str) -> str:
    """A page without the tokens against forged requests, which are others each time."""
    answer = client.get(page)
    assert answer.status_code == 200, page
    assert answer.has_header("ETag"), f"{page} is not kept"
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def addresses() -> list[str]:
    """The pages, and those of what the fixture made."""
    edition, priority = Edition.objects.get(), Priority.objects.get()
    return [*PAGES, f"/scorecard/editions/{edition.pk}/", f"/priorities/{priority.pk}/"]


@pytest.mark.once
def test_everybody_gets_the_page_that_they_would_get_if_nobody_had_asked_before(people):
    clients = [client_of(one) for one in people.values()]
    for page in addresses():
        alone = []
        for client in clients:
            kept.forget()
            alone.append(said(client, page))
        assert [said(client, page) for client in clients[::-1]] == alone[::-1], page
    stored = b"".join((*kept.PAGES._kept.values(), *kept.FOUND._kept.values()))
    assert b'csrfmiddlewaretoken" value' not in stored
    assert not [one.name for one in people.values() if f'bar-who">{one.name}'.encode() in stored]


@pytest.mark.once
def test_nobody_is_told_that_the_page_of_another_has_not_changed(people):
    clients = [client_of(people[one]) for one in (Role.SUBGROUP, "named")]
    for page in addresses():
        tags = [client.get(page).headers["ETag"] for client in clients]
        assert len(set(tags)) == len(tags), page
        first, second = clients
        assert first.get(page, headers={"if-none-match": tags[0]}).status_code == 304
        assert second.get(page, headers={"if-none-match": tags[0]}).status_code == 200


def test_a_review_that_somebody_is_named_on_shows_for_them_alone_and_until_they_are_named_no_more(
    people,
):
    page = f"/indicators/DA01/{HERE}"
    named, other = client_of(people["named"]), client_of(people[Role.SUBGROUP])
    assert "Audit that is hidden" in said(named, page)
    assert "Audit that is hidden" not in said(other, page)
    review = people["named"].restricted_reviews.get()
    reviews.change_review(by=people[Role.MANAGER], review=review, people=[people[Role.MANAGER]])
    assert "Audit that is hidden" not in said(named, page)


@pytest.mark.once
def test_questions_without_end_push_no_other_page_out(people, monkeypatch):
    monkeypatch.setattr(kept.FOUND, "size", 8)
    client = client_of(people[Role.SUBGROUP])
    page = f"/scorecard/2024-25-Q4/{HERE}"
    said(client, page)
    known = set(kept.PAGES._kept)
    for place in range(kept.FOUND.size + 1):
        said(client, f"/search/?q=word{place}")
    assert set(kept.PAGES._kept) == known
    assert len(kept.FOUND._kept) <= kept.FOUND.size
