"""Returns by API: what may be sent, and that schema and template say what intake accepts."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from performance.intake.spec import returns
from tests.performance.api.conftest import World

pytestmark = pytest.mark.once


def test_every_return_is_listed_with_the_agencies_one_may_send_for(world: World):
    rows = {row["id"]: row for row in world.police.get("returns/").json()["results"]}
    assert set(rows) == set(returns())
    assert rows["police-da"]["agencies"] == ["police"]
    assert rows["referrals"]["agencies"] == []
    managers = {
        row["id"]: row["agencies"] for row in world.manager.get("returns/").json()["results"]
    }
    assert {"council", "health", "training"} <= set(managers["gcp2"])


def test_one_return_states_its_columns_and_margins(world: World):
    body = world.subgroup.get("returns/mash-contacts/").json()
    assert body["columns"] == ["month", "source", "issue", "outcome", "count"]
    assert body["forms"] == ["counts", "records"]
    assert "source+issue" in [margin["name"] for margin in body["margins"]]


@pytest.mark.parametrize("return_id", returns())
def test_schema_and_template_are_the_same_on_the_page_and_in_the_api(world: World, return_id: str):
    browser = Client()
    browser.force_login(world.police_analyst)
    links = world.police.get(f"returns/{return_id}/").json()
    page = browser.get(reverse("return-schema", args=[return_id]))
    assert world.police.get(links["schema"]).json() == page.json()
    template = browser.get(reverse("return-template", args=[return_id]))
    assert world.police.get(links["template"]).content == template.content


def test_the_record_form_has_a_template_of_its_own(world: World):
    answer = world.police.get("returns/referrals/template.csv", form="records")
    header = next(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert header == ["date", "source", "age_band", "ethnicity", "reason"]
    assert world.police.get("returns/gcp2/template.csv", form="records").status_code == 400


def test_a_program_that_accepts_csv_or_anything_gets_the_template(world: World):
    for accept in ("text/csv", "*/*"):
        answer = world.police.client.get(
            "/api/v1/returns/police-da/template.csv",
            headers=world.police.headers | {"Accept": accept},
        )
        assert answer.headers["Content-Type"].startswith("text/csv")
