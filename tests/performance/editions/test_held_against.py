"""What figures contradict in a wording is worked out when one of the two changes, of the wordings that read what changed
alone, and not when a page is read."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lscb.models import Area, Person, Role
from lscb.periods import parse
from performance import actions
from performance.actions.commentary import write_commentary
from performance.actions.words_out import take_out_of_commentary
from performance.definitions import forget as forget_definitions
from performance.definitions import use_own
from performance.indicators.spec import indicators
from performance.models import Commentary, HeldAgainst
from performance.models.facts import judge
from performance.views import frozen
from tests import factories
from tests.kept_pages import forget
from tests.performance.conftest import LUTON

QUARTER = parse("2024-25-Q4")
SCORECARD = f"/scorecard/{QUARTER.code}/"
COMMENTARY = f"/indicators/DA01/commentary/?area={LUTON}&period={QUARTER.code}"
FILE = (
    "month,kind,count\n"
    + "".join(f"2024-{month:02d},crime,90\n" for month in range(4, 13))
    + "2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,{}\n"
)
# What stands there only if nobody has looked since.
LONG_AGO = "said of long ago"
OLD = [{"sentence": "", "claim": LONG_AGO, "kind": "level", "actual": LONG_AGO, "why": LONG_AGO}]


@pytest.fixture
def writer(send) -> Person:
    send(FILE.format(120))
    return factories.person(Role.MANAGER)


def say(writer: Person, text: str, indicator: str = "DA01", area: str = LUTON) -> Commentary:
    return write_commentary(
        by=writer,
        indicator=indicator,
        area=Area.objects.get(code=area),
        period=QUARTER,
        text=text,
        agency=None,
    )


def left_old(*wordings: Commentary) -> None:
    """As if what is kept beside these wordings were of long ago."""
    for one in wordings:
        Commentary.objects.filter(pk=one.pk).update(findings_now=OLD)


def is_old(wording: Commentary) -> bool:
    wording.refresh_from_db()
    return wording.findings_now == OLD


def asked_for(client: Client, address: str) -> int:
    forget()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_ask_nothing_more_where_wordings_stand(writer):
    area = Area.objects.get(code=LUTON)
    edition = frozen.freeze(by=writer, area=area, quarter=QUARTER)
    client = Client()
    client.force_login(writer)
    pages = (SCORECARD, f"/scorecard/editions/{edition.pk}/", f"{SCORECARD}rows/DA01/?part=1")
    client.get("/views/")  # the first page of all gives a browser what the others go by
    before = [asked_for(client, page) for page in pages]
    for indicator in ("DA01", "DA02", "FD03"):
        say(writer, "Domestic abuse crimes fell by 20% on the previous quarter.", indicator)
    assert [asked_for(client, page) for page in pages] == before
    assert "The figures say otherwise:" in client.get(SCORECARD).content.decode()


def test_only_wordings_that_read_what_changed_are_held_against_the_figures_again(writer, send):
    crimes = say(writer, "Domestic abuse crimes rose by 22% on the previous quarter.")
    courses = say(writer, "Fewer people came to courses.", "TR01")
    assert crimes.findings_now == []
    left_old(crimes, courses)
    send(FILE.format(120))
    assert is_old(crimes), "the same figures again change nothing"
    send(FILE.format(150))
    assert not is_old(crimes)
    assert crimes.findings_now[0]["claim"] == "rose by 22%"
    assert crimes.findings == [], "what was found when it was written stays"
    assert is_old(courses)


def test_a_wording_is_held_again_when_figures_of_the_area_it_names_change(writer, send):
    factories.area("E06000055", "Bedford")
    compared = say(writer, "Domestic abuse crimes were lower than in Bedford.")
    alone = say(writer, "Domestic abuse crimes rose.", "DA02")
    left_old(compared, alone)
    send(FILE.format(300), area="E06000055")
    assert not is_old(compared)
    assert is_old(alone)


def test_a_wording_is_held_again_when_limits_begin_anew_and_when_that_is_taken_back(writer):
    crimes = say(writer, "Domestic abuse crimes rose by 22% on the previous quarter.")
    left_old(crimes)
    area, period = Area.objects.get(code=LUTON), parse("2025-01")
    told = {"by": writer, "spec": indicators()["DA01"], "area": area, "period": period}
    rebase = actions.add_rebase(**told, reason="A new way of recording.")
    assert not is_old(crimes)
    left_old(crimes)
    actions.remove_rebase(by=writer, rebase=rebase)
    assert not is_old(crimes)


@pytest.mark.parametrize(
    "look",
    [actions.recompute_all, lambda: actions.tell_what_is_late(today=timezone.localdate())],
    ids=["recompute --all", "every night"],
)
def test_every_wording_that_stands_is_looked_at_anew(writer, look):
    before = say(writer, "Domestic abuse crimes fell by 20% on the previous quarter.")
    after = say(writer, "Domestic abuse crimes rose by 22% on the previous quarter.")
    left_old(before, after)
    look()
    assert not is_old(after)
    assert is_old(before), "another stands in its place: what was found in it is told as found then"


@pytest.mark.once
@pytest.mark.parametrize("page", [SCORECARD, f"{SCORECARD}rows/DA01/?part=1", COMMENTARY])
def test_what_another_program_found_is_looked_for_anew_by_whoever_reads_it(writer, page):
    crimes = say(writer, "Domestic abuse crimes fell by 20% on the previous quarter.")
    client = Client()
    client.force_login(writer)
    own = asked_for(client, page)
    Commentary.objects.filter(pk=crimes.pk).update(findings_now=OLD, judged_by="another")
    assert asked_for(client, page) > own
    said = client.get(page).content.decode()
    assert "fell by 20%" in said
    assert LONG_AGO not in said
    actions.recompute_all()
    assert asked_for(client, page) == own, "it is kept from then on"


@pytest.mark.once
def test_the_judge_is_another_when_the_partnership_agrees_on_an_indicator(tmp_path):
    shipped = judge()
    try:
        use_own(tmp_path)
        (tmp_path / "LI01.yaml").write_text("id: LI01\n", encoding="utf-8")
        forget_definitions()
        assert judge() != shipped
    finally:
        use_own(None)
    assert judge() == shipped


def test_words_taken_out_are_held_against_nothing(writer):
    crimes = say(writer, "Domestic abuse crimes fell by 20% on the previous quarter.")
    assert HeldAgainst.objects.filter(wording=crimes, indicator="DA01").exists()
    take_out_of_commentary(by=writer, commentary=crimes, reason="It named a family.")
    crimes.refresh_from_db()
    assert crimes.findings_now == []
    assert not HeldAgainst.objects.exists()
