"""Commentary may hold figures that follow the data; a published edition keeps them as they were."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lscb.models import Area, Role
from lscb.periods import parse
from performance.models import Commentary
from performance.queries import commentary
from tests import factories
from tests.performance.conftest import LUTON

FILE = "month,kind,count\n2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,{}\n"
PAGE = f"/indicators/DA01/commentary/?area={LUTON}&period=2024-25-Q4"
FIGURE = "{{DA01 2024-25-Q4}}"


@pytest.fixture
def writer(send) -> Client:
    send(FILE.format(120))
    client = Client()
    client.force_login(factories.person(Role.SUBGROUP))
    return client


def keep(writer: Client, text: str):
    return writer.post(PAGE, {"voice": "subgroup", "text": text})


def test_a_figure_is_picked_from_a_list_and_put_into_the_text(writer):
    page = writer.get(PAGE).content.decode()
    assert '<option value="{{DA01 2024-25-Q4}}">Quarter 4, 2024/25: 330</option>' in page
    picked = writer.post(
        PAGE, {"voice": "subgroup", "text": "Crimes came to", "figure": FIGURE, "put-figure": "1"}
    )
    assert picked.status_code == 200
    assert "Crimes came to {{DA01 2024-25-Q4}}</textarea>" in picked.content.decode()
    assert not Commentary.objects.exists()


def test_a_restatement_moves_the_figure_on_every_page_but_not_in_an_edition(writer, send):
    assert keep(writer, f"Crimes came to {FIGURE} in the quarter.").status_code == 302
    pages = (PAGE, f"/scorecard/2024-25-Q4/?area={LUTON}", f"/indicators/DA01/?area={LUTON}")
    for page in pages:
        assert "Crimes came to 330 in the quarter." in writer.get(page).content.decode(), page
    before = timezone.now() + timedelta(seconds=1)
    send(FILE.format(150))
    for page in pages:
        assert "Crimes came to 360 in the quarter." in writer.get(page).content.decode(), page
    area = Area.objects.get(code=LUTON)
    quarter = parse("2024-25-Q4")
    assert commentary.standing(area, quarter, None)["DA01"].text.startswith("Crimes came to 360")
    assert commentary.standing(area, quarter, before)["DA01"].text.startswith("Crimes came to 330")
    assert "330 then, 360 now" in writer.get(PAGE).content.decode()


def test_a_figure_that_stands_for_nothing_is_not_kept(writer):
    answer = keep(writer, "Crimes came to {{DA01 2023-24-Q4}}, {{ZZ99 2024-25}}.")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "there is no indicator ZZ99" in page
    assert "Domestic abuse crimes recorded, Quarter 4, 2023/24: not available" in page
    assert not Commentary.objects.exists()


def test_what_the_figures_contradict_in_a_wording_is_said_to_those_who_write(writer):
    keep(writer, "There were 390 crimes this quarter, 120 of them in March.")
    page = writer.get(PAGE).content.decode()
    assert "The figures contradict 1 claim of this wording" in page
    assert "Domestic abuse crimes recorded: 330 in Quarter 4, 2024/25" in page
    reader = Client()
    reader.force_login(factories.person(Role.EXECUTIVE))
    assert "The figures contradict" not in reader.get(PAGE).content.decode()
