"""`manage.py submit`: one file from the command line, with an exit status and JSON that scheduled jobs rely on."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lscb.models import Agency, Role
from performance.models import PoliceDomesticAbuse, Submission
from tests import factories

pytestmark = pytest.mark.django_db
GOOD = "month,kind,count\n2025-04,crime,270\n2025-04,incident,180\n2025-04,contact,300\n"
FAULTY = "month,kind,count\n2025-04,crime,27.5\n2025-04,incidnt,180\n"
CONTACTS = "month,source,issue,outcome,count\n2025-04,all,all,all,231\n"


@pytest.fixture(autouse=True)
def _places() -> None:
    area = factories.area()
    for slug in ("police", "council", "health"):
        factories.agency(slug).areas.add(area)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of the police that is right."""
    path = tmp_path / "police.csv"
    path.write_text(GOOD)
    return path


def submit(return_id: str, file: Path, **options: Any) -> tuple[int, str]:
    """Run the command: its exit status and what it printed."""
    out = StringIO()
    given: dict[str, Any] = {"area": "E06000032", "period": "2025-04"} | options
    try:
        call_command("submit", return_id, str(file), stdout=out, **given)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


def test_a_file_that_is_right_is_accepted_and_counted_at_once(file: Path):
    status, text = submit("police-da", file, agency="police")
    assert status == 0
    assert "Accepted, 3 rows" in text
    assert PoliceDomesticAbuse.objects.get(kind="crime", current=True).count == 270


@pytest.mark.once
def test_json_says_id_state_problems_rows_and_total(tmp_path: Path):
    path = tmp_path / "contacts.csv"
    path.write_text(CONTACTS)
    status, text = submit("mash-contacts", path, agency="council", json=True)
    assert status == 0
    submission = Submission.objects.get()
    told = json.loads(text)
    assert set(told) == {"id", "state", "problems", "rows", "total"}
    assert (told["id"], told["state"], told["rows"], told["total"]) == (
        submission.pk,
        "accepted",
        1,
        231,
    )


def test_a_file_with_errors_is_refused_and_each_problem_has_its_place(file: Path):
    file.write_text(FAULTY)
    status, text = submit("police-da", file, json=True)
    assert status == 1
    told = json.loads(text)
    assert told["state"] == "refused"
    assert [set(one) for one in told["problems"]] == [
        {"code", "severity", "row", "column", "message", "suggestion"}
    ] * 2
    assert [(one["row"], one["column"], one["code"]) for one in told["problems"]] == [
        (2, "count", "not-whole"),
        (3, "kind", "unknown-code"),
    ]
    assert not PoliceDomesticAbuse.objects.exists()


def test_people_get_a_line_for_each_problem(file: Path):
    file.write_text(FAULTY)
    status, text = submit("police-da", file)
    assert status == 1
    assert "error, row 2, column count: A count must be a whole number." in text


@pytest.mark.once
def test_the_agency_may_be_left_out_where_only_one_owes_the_return(file: Path):
    assert submit("police-da", file)[0] == 0
    assert Submission.objects.get().agency == Agency.objects.get(slug="police")


@pytest.mark.once
def test_the_agency_must_be_named_where_several_owe_the_return(tmp_path: Path):
    path = tmp_path / "gcp2.csv"
    path.write_text("month,agency,kind,count\n2025-04,all,staff-licensed,3\n")
    status, text = submit("gcp2", path)
    assert status == 2
    assert "--agency" in text
    assert submit("gcp2", path, agency="health")[0] == 0


@pytest.mark.once
def test_the_person_named_is_the_sender(file: Path):
    person = factories.person(Role.ANALYST, "police", email="night.job@example.org")
    assert submit("police-da", file, person="Night.Job@example.org")[0] == 0
    assert Submission.objects.get().sender == person


@pytest.mark.once
@pytest.mark.parametrize(
    "options",
    [
        {"area": "nowhere"},
        {"period": "2025-13"},
        {"agency": "nobody"},
        {"agency": "council"},
        {"person": "nobody@example.org"},
    ],
)
def test_what_cannot_be_done_ends_with_2_and_leaves_nothing(file: Path, options: dict[str, str]):
    assert submit("police-da", file, **options)[0] == 2
    assert not Submission.objects.exists()


def test_an_unknown_return_a_missing_file_and_a_forbidden_person_end_with_2(file: Path):
    factories.person(Role.SUBGROUP, email="reader@example.org")
    assert submit("no-such-return", file)[0] == 2
    assert submit("police-da", file.with_name("missing.csv"))[0] == 2
    assert submit("police-da", file, person="reader@example.org")[0] == 2
    assert not Submission.objects.exists()


@pytest.mark.once
def test_a_file_that_needs_a_second_signature_says_that_it_waits(tmp_path: Path):
    path = tmp_path / "figures.csv"
    header = "period,item,breakdown,category,numerator,denominator,value\n"
    path.write_text(f"{header}2025-04,children-in-need,all,all,412,,\n")
    factories.person(Role.ANALYST, "council", email="night.job@example.org")
    status, text = submit("figures", path, agency="council", person="night.job@example.org")
    assert status == 2
    assert "second person signs it off" in text
    assert Submission.objects.get().state == "ready"
    assert submit("figures", path, agency="council")[0] == 0
