"""An edition's numbers never change; its steps are taken in order, by different people, none of whom sent the data."""

import html
import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from lscb import papers
from lscb.models import Area, AuditEvent, Person, Role
from lscb.periods import parse
from performance import actions
from performance.actions.editions import (
    STEPS,
    EditionRefused,
    Frozen,
    diagram,
    open_edition,
    sent_data_for,
    take_step,
)
from performance.models import DataVersion, Edition, EditionRow, EditionState, Submission
from performance.pages import editions as page
from performance.queries import editions as queries
from performance.queries import observations
from performance.views import frozen
from tests import factories

LUTON = "E06000032"
QUARTER = parse("2024-25-Q4")
HEADER = "month,kind,count\n"
FIRST = HEADER + "2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,120\n"
SECOND = HEADER + "2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,150\n"


@pytest.fixture
def chair(db) -> Person:
    return factories.person(Role.CHAIR)


@pytest.fixture
def executive(db) -> Person:
    return factories.person(Role.EXECUTIVE)


def freeze(by: Person) -> Edition:
    return frozen.freeze(by=by, area=Area.objects.get(code=LUTON), quarter=QUARTER)


@pytest.fixture(scope="module")
def of_the_day(shared_send) -> None:
    """The crimes of a quarter are 330."""
    shared_send(FIRST)


@pytest.fixture
def edition(of_the_day, manager) -> Edition:
    return freeze(manager)


def row_of(edition: Edition, indicator: str) -> EditionRow:
    return edition.rows.get(indicator=indicator)


def test_an_edition_keeps_what_the_scorecard_showed_and_the_numbers_behind_it(edition):
    row = row_of(edition, "DA01")
    assert row.shown["value"] == "330"
    january = next(one for one in row.numbers if one["period"] == "2025-01")
    assert (january["numerator"], january["status"]) == ("100.0000", "reported")
    assert edition.state == EditionState.PROVISIONAL
    assert queries.is_intact(edition, queries.rows_of(edition))


@pytest.mark.once
def test_the_page_of_an_edition_draws_its_rows_as_the_scorecard_did(send, manager, client):
    months = [f"2024-{one:02d}" for one in range(4, 13)] + ["2025-01", "2025-02", "2025-03"]
    send(
        "month,kind,count\n"
        + "".join(f"{one},crime,26{place}\n" for place, one in enumerate(months))
    )
    edition = freeze(manager)
    client.force_login(manager)
    frozen = client.get(f"/scorecard/editions/{edition.pk}/").content.decode()
    live = client.get("/scorecard/2024-25-Q4/").content.decode()
    drawing = re.search(r'<svg class="spark".*?</svg>', live, re.DOTALL)
    assert drawing
    assert drawing[0] in frozen


@pytest.mark.once
def test_a_number_of_the_scorecard_leads_to_where_it_comes_from_and_a_frozen_one_to_what_is_held(
    send, manager, client
):
    send(FIRST)
    edition = freeze(manager)
    client.force_login(manager)
    address = "/indicators/DA01/numbers/2024-25-Q4/?area=E06000032"
    assert f'<a href="{address}">330<' in client.get("/scorecard/2024-25-Q4/").content.decode()
    page = client.get(address).content.decode()
    assert "330" in page
    assert "Bedfordshire Police" in page
    assert "In the edition" not in page
    frozen = client.get(f"/scorecard/editions/{edition.pk}/").content.decode()
    held = f"{address}&edition={edition.pk}"
    assert f'<a href="{html.escape(held)}">330<' in frozen
    page = client.get(held).content.decode()
    assert re.search(r"edition 1</a>.* holds <b>330</b>\. It is the same today\.", page)
    newer = send(SECOND)
    page = client.get(held).content.decode()
    assert re.search(r"holds <b>330</b>\. Today it is 360\.", page)
    assert f"number {newer.pk} of Bedfordshire Police: accepted" in page
    log = client.get(f"/scorecard/editions/{edition.pk}/").content.decode()
    assert f'href="{html.escape(held)}">330</a>' in log
    assert f'href="{address}">360</a>' in log
    side_by_side = client.get(f"/scorecard/editions/compare/?area={LUTON}").content.decode()
    assert f'href="{html.escape(held)}">330</a>' in side_by_side


def test_a_later_file_leaves_the_edition_as_it_was_and_is_named_as_the_cause(edition, send):
    assert frozen.restated(edition, queries.rows_of(edition)) == []
    newer = send(SECOND)
    assert row_of(edition, "DA01").shown["value"] == "330"
    assert queries.is_intact(edition, queries.rows_of(edition))
    log = {
        one.difference.indicator: one for one in frozen.restated(edition, queries.rows_of(edition))
    }
    assert set(log) == {"DA01"}
    found = log["DA01"]
    assert (found.difference.before.value, found.difference.after.value) == ("330", "360")
    moved = [one.words for one in found.difference.moved]
    assert moved == ["Q4 24/25", "Mar 25"]
    assert [(one.submission, one.words) for one in found.causes] == [(newer.pk, "accepted")]


@pytest.mark.once
def test_a_total_to_date_that_moved_is_not_told_as_its_last_month(edition):
    (row,) = [one for one in queries.rows_of(edition) if one.indicator == "DA01"]
    now = replace_numbers(row, {"2025-01": "107.0000"}, {"2025-03": "430.0000"})
    before = replace_numbers(row, {}, {"2025-03": "423.0000"})
    (found,) = page.differences([before], [now])
    assert [one.words for one in found.moved] == ["Jan 25", "year to date to March 2025"]


def replace_numbers(
    row: EditionRow, months: dict[str, str], totals: dict[str, str]
) -> EditionRow | Frozen:
    """A row with other numbers for some months, and with totals to the end of some."""
    own = [one | {"numerator": months.get(one["period"], one["numerator"])} for one in row.numbers]
    march = next(one for one in own if one["period"] == "2025-03")
    more = [
        march | {"period_type": "ytd", "period": code, "numerator": total}
        for code, total in totals.items()
    ]
    return Frozen(row.section, row.indicator, row.definition, row.shown, [*own, *more])


@pytest.mark.once
def test_the_live_scorecard_is_never_called_by_its_editions_name(
    edition, send, client, monkeypatch
):
    for role, step in ((Role.CHAIR, "approve"), (Role.EXECUTIVE, "publish")):
        take_step(by=factories.person(role), edition=edition, step=step)
    printed: list[str] = []
    monkeypatch.setattr(
        papers, "print_sheet", lambda html, *_, **__: printed.append(html) or b"%PDF"
    )
    client.force_login(factories.person(Role.EXECUTIVE))
    live = "/scorecard/2024-25-Q4/"
    page = client.get(live).content.decode()
    assert re.search(
        r"Live</span> <a [^>]*>Edition 1 was published on \d+ \w+ \d{4}</a>; no number", page
    )
    send(SECOND)
    page = client.get(live).content.decode()
    assert re.search(r'<a href="[^"]*#restated-title">1 row differs since</a>', page)
    assert "Published edition" not in page
    client.get(f"{live}scorecard.pdf")
    assert re.search(
        r"Live scorecard\. Edition 1 was published on [^;<]+; 1 row differs since\.", printed[-1]
    )
    client.get(f"/scorecard/editions/{edition.pk}/scorecard.pdf")
    assert "Edition 1, published." in printed[-1]
    assert "Live scorecard" not in printed[-1]


@pytest.mark.once
def test_any_quarter_of_two_years_can_be_frozen_from_the_page(send, client, manager):
    send(FIRST)
    client.force_login(manager)
    page = client.get(f"/scorecard/editions/?area={LUTON}").content.decode()
    earlier = f"?area={LUTON}&amp;quarter=2023-24-Q1#open-title"
    assert earlier in page
    chosen = html.unescape(earlier.split("#")[0])
    page = client.get(f"/scorecard/editions/{chosen}").content.decode()
    assert "Freeze Quarter 1, 2023/24</button>" in page


@pytest.mark.once
def test_an_edition_that_waits_asks_for_its_own_step_until_it_is_published(edition, client):
    client.force_login(factories.person(Role.MANAGER))
    address = f"/scorecard/editions/{edition.pk}/"

    def asked() -> str:
        return client.get(address).content.decode().split("Decisions asked for</h2>")[1][:500]

    assert 'edition 1</b></a><span class="meta">to be approved by the Subgroup’s chair' in asked()
    take_step(by=factories.person(Role.CHAIR), edition=edition, step="approve")
    assert "to be signed off and published by the executive" in asked()
    take_step(by=factories.person(Role.EXECUTIVE), edition=edition, step="publish")
    assert "None: no edition and no challenge waited when this was frozen." in asked()


@pytest.mark.once
def test_what_the_sender_answered_about_the_later_file_is_why_a_number_differs(edition, send):
    newer = send(SECOND)
    for place in (1, 2):
        newer.problems.create(
            code="unusual",
            severity="warning",
            message=f"Unusual ({place})",
            answer="Cases of March were entered late.",
        )
    (found,) = frozen.restated(edition, queries.rows_of(edition))
    assert [one.reason for one in found.causes] == ["Cases of March were entered late"]


@pytest.mark.once
def test_a_withdrawal_is_told_with_its_reason(edition, send, manager):
    newer = send(SECOND)
    actions.withdraw(by=manager, submission=newer, reason="Wrong month")
    assert frozen.restated(edition, queries.rows_of(edition)) == []
    actions.withdraw(
        by=manager,
        submission=newer.__class__.objects.exclude(pk=newer.pk).get(),
        reason="Sent for another force",
    )
    (found,) = frozen.restated(edition, queries.rows_of(edition))
    assert found.difference.after.value == "—"
    assert "Sent for another force" in [one.reason for one in found.causes]


def refused(work) -> bool:
    try:
        with transaction.atomic():
            work()
    except DatabaseError as error:
        return "an edition never changes" in str(error)
    return False


def test_the_database_refuses_to_change_or_remove_what_was_frozen(edition):
    row = row_of(edition, "DA01")
    assert refused(lambda: EditionRow.objects.filter(pk=row.pk).update(shown={}))
    assert refused(lambda: EditionRow.objects.filter(pk=row.pk)._raw_delete("default"))
    assert refused(lambda: Edition.objects.filter(pk=edition.pk).update(checksum="0" * 64))
    assert refused(lambda: Edition.objects.filter(pk=edition.pk).update(data_version=0))
    assert refused(
        lambda: connection.cursor().execute(
            "DELETE FROM performance_edition WHERE id = %s", [edition.pk]
        )
    )


def test_a_row_that_is_slipped_in_shows_in_the_checksum(edition):
    EditionRow.objects.create(
        edition=edition,
        position=999,
        section="Extra",
        indicator="FD01",
        definition="0" * 64,
        shown={},
        numbers=[],
    )
    assert not queries.is_intact(edition, queries.rows_of(edition))


def test_chair_then_executive_and_each_step_says_who_and_when(edition, chair, executive):
    take_step(by=chair, edition=edition, step="approve")
    take_step(by=executive, edition=edition, step="publish")
    edition.refresh_from_db()
    assert edition.state == EditionState.PUBLISHED
    assert (edition.approved_by, edition.published_by) == (chair, executive)
    assert edition.approved_at <= edition.published_at
    actions_taken = AuditEvent.objects.filter(object_type="performance.edition").order_by("pk")
    assert [one.action for one in actions_taken] == [
        "edition opened",
        "edition approved",
        "edition published",
    ]


def test_no_step_is_skipped_or_taken_twice(edition, chair, executive):
    with pytest.raises(EditionRefused, match="provisional"):
        take_step(by=executive, edition=edition, step="publish")
    take_step(by=chair, edition=edition, step="approve")
    with pytest.raises(EditionRefused, match="approved"):
        take_step(by=chair, edition=edition, step="approve")


def test_the_database_too_refuses_a_skipped_step(edition):
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(state=EditionState.PUBLISHED)


@pytest.mark.once
@pytest.mark.parametrize("role", [one for one in Role if one not in (Role.CHAIR, Role.ANALYST)])
def test_only_the_chair_approves(edition, role):
    with pytest.raises(PermissionDenied):
        take_step(by=factories.person(role), edition=edition, step="approve")


@pytest.mark.once
def test_whoever_sent_the_data_does_not_approve_it_and_reads_why(send, manager, client):
    sender = factories.person(Role.ANALYST, "police")
    send(FIRST, by=sender)
    edition = freeze(manager)
    sender.role = Role.CHAIR
    sender.save()
    assert sent_data_for(sender, edition)
    with pytest.raises(EditionRefused, match="sent data"):
        take_step(by=sender, edition=edition, step="approve")
    client.force_login(sender)
    page = client.get(f"/scorecard/editions/{edition.pk}/").content.decode()
    assert "<b>Approve</b> is not open to you. You sent data for this quarter" in page
    assert 'value="approve"' not in page


@pytest.mark.once
def test_whoever_sent_or_submitted_data_of_a_part_does_not_approve_the_whole(send, manager):
    sender, colleague = (factories.person(Role.ANALYST, "police") for _ in range(2))
    Submission.objects.filter(pk=send(FIRST, by=sender).pk).update(submitted_by=colleague)
    whole = Area.objects.get(code="pan-bedfordshire")
    edition = frozen.freeze(by=manager, area=whole, quarter=parse("2024-25-Q4"))
    for person in (sender, colleague):
        person.role = Role.CHAIR
        person.save()
        with pytest.raises(EditionRefused, match="sent data"):
            take_step(by=person, edition=edition, step="approve")


@pytest.mark.once
def test_nobody_takes_two_steps(edition, chair):
    take_step(by=chair, edition=edition, step="approve")
    chair.role = Role.EXECUTIVE
    chair.save()
    with pytest.raises(EditionRefused, match="another person"):
        take_step(by=chair, edition=edition, step="publish")


def test_one_edition_of_a_quarter_waits_at_a_time_and_the_next_has_the_next_number(
    edition, manager, chair
):
    with pytest.raises(EditionRefused, match="waits"):
        freeze(manager)
    with pytest.raises(EditionRefused, match="why"):
        take_step(by=chair, edition=edition, step="set-aside")
    take_step(by=chair, edition=edition, step="set-aside", reason="A return came late")
    assert freeze(manager).number == 2


def test_rows_of_an_older_data_version_are_not_frozen(send, manager):
    send(FIRST)
    area = Area.objects.get(code=LUTON)
    rows = frozen.live_rows(area, QUARTER)
    version = observations.data_version()
    DataVersion.objects.update(number=version + 1)
    with pytest.raises(EditionRefused, match="changed"):
        open_edition(
            by=manager, area=area, quarter=QUARTER, rows=rows, panel=None, data_version=version
        )


def test_the_diagram_in_the_documents_is_that_of_the_steps():
    text = (Path(__file__).parents[3] / "docs" / "editions.md").read_text()
    assert diagram() in text
    assert len(STEPS) == 3
