"""A wider area follows its parts: a change of one moves the roll-up in the same transaction, as if all were computed
anew, and the pages say what it is."""

import pytest
from django.test import Client

from lscb.models import Area, Person
from performance import actions
from performance.indicators.spec import indicators
from performance.models import Observation
from performance.queries import claims, crosses
from tests.performance.conftest import LUTON, Send

WIDE = "pan-bedfordshire"
BEDFORD, CENTRAL = "E06000055", "E06000056"


def referrals(send: Send, area: str, count: int):
    """A year's referrals of an area."""
    text = f"month,source,age_band,ethnicity,reason,count\n2024-25,all,all,all,all,{count}\n"
    return send(text, return_id="referrals", agency="dfe", area=area)


def rolled_up() -> Observation | None:
    """The wider area's referrals of the year."""
    rows = Observation.objects.filter(area__code=WIDE, indicator="FD03", period_type="year")
    return rows.filter(breakdown="all").first()


def stored() -> set[tuple[object, ...]]:
    """Every observation."""
    return set(
        Observation.objects.values_list(
            "indicator", "area", "period_type", "period", "category", "value", "parts", "lacking"
        )
    )


@pytest.fixture
def complete(send: Send):
    """All three authorities have sent a year of referrals; the last submission."""
    referrals(send, LUTON, 300)
    referrals(send, BEDFORD, 200)
    return referrals(send, CENTRAL, 100)


def test_a_roll_up_follows_each_change_of_its_parts(send: Send, complete, manager: Person) -> None:
    first = rolled_up()
    assert first is not None and (first.value, first.lacking) == (600.0, "")
    assert first.parts == f"{LUTON} {BEDFORD} {CENTRAL}"
    referrals(send, LUTON, 310)
    assert rolled_up().value == 610.0
    actions.withdraw(by=manager, submission=complete, reason="test")
    gone = rolled_up()
    assert (gone.value, gone.status, gone.lacking) == (None, "not submitted", CENTRAL)
    step_by_step = stored()
    actions.recompute_all()
    assert stored() == step_by_step


@pytest.mark.once
def test_an_area_whose_authorities_are_not_all_of_it_is_not_added_up(complete) -> None:
    region = Area.objects.get(code="E12000006")
    assert not region.adds_up
    assert not Observation.objects.filter(area=region).exists()


@pytest.mark.once
def test_the_pages_say_what_is_added_up(
    client: Client, send: Send, complete, manager: Person
) -> None:
    client.force_login(manager)
    page = client.get(f"/indicators/FD03/numbers/2024-25/?area={WIDE}").content.decode()
    assert "This is a roll-up: the counts of Luton, Bedford and Central Bedfordshire" in page
    assert "The areas it is added up from" in page
    assert page.count("<code>") >= 3  # every submission behind it
    page = client.get(f"/indicators/FD03/?area={WIDE}").content.decode()
    assert "the counts of Luton, Bedford and Central Bedfordshire are added up" in page
    actions.withdraw(by=manager, submission=complete, reason="test")
    page = client.get(f"/indicators/FD03/numbers/2024-25/?area={WIDE}").content.decode()
    assert "no counts to add from Central Bedfordshire" in page
    assert "A sum of the others would be too small" in page


def test_within_a_category_a_wider_area_is_a_sum_over_sums_too(
    client: Client, send: Send, manager: Person
) -> None:
    for area, neglect in ((LUTON, 30), (BEDFORD, 20), (CENTRAL, 10)):
        rows = f"2024-25,all,1-4,all,neglect,{neglect}\n2024-25,all,5-9,all,neglect,5\n"
        rows += f"2024-25,all,1-4,all,all,{neglect}\n2024-25,all,5-9,all,all,5\n"
        rows += (
            f"2024-25,all,all,all,neglect,{neglect + 5}\n2024-25,all,all,all,all,{neglect + 5}\n"
        )
        text = f"month,source,age_band,ethnicity,reason,count\n{rows}"
        sent = send(text, return_id="referrals", agency="dfe", area=area)
        assert sent.state == "accepted", [one.message for one in sent.problems.all()]
    spec = indicators()["FD03"]
    found = crosses.within(spec, Area.objects.get(code=WIDE), "year", "reason", "age_band", "1-4")
    assert [(one.category, one.value, one.is_rolled_up) for one in found] == [
        ("all", 60.0, True),
        ("neglect", 60.0, True),
    ]
    client.force_login(manager)
    address = f"/indicators/FD03/numbers/2024-25/?area={WIDE}&breakdown=reason&category=neglect"
    page = client.get(f"{address}&within=age_band:1-4").content.decode()
    assert "This is a roll-up" in page
    assert [number in page for number in (">30<", ">20<", ">10<", ">35<")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_text_about_a_part_is_held_against_the_roll_up_and_the_other_parts(complete) -> None:
    def contradicted(text: str) -> list[str]:
        area = Area.objects.get(code=LUTON)
        return [one.actual for one in claims.contradicted(area, text, about="FD03")]

    assert contradicted("In 2024/25 the three Bedfordshire councils had 600 referrals.") == []
    (found,) = contradicted("In 2024/25 the three Bedfordshire councils had 700 referrals.")
    assert found == "Referrals to children’s social care: 600 in 2024/25"
    assert contradicted("Luton had the highest number of referrals of the three councils.") == []
    (found,) = contradicted("Luton had the lowest number of referrals of the three councils.")
    assert found.endswith("Bedford: 200")
