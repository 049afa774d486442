"""Training's table by API."""

from knox.models import AuthToken

from training.actions import save
from training.models import Commentary, ProgrammeEntry


def test_the_table_is_given_with_what_it_was_computed_from(reported, trainer, client):
    reported("2024-25")
    _, token = AuthToken.objects.create(user=trainer)
    headers = {"Authorization": f"Token {token}"}
    answer = client.get("/api/v1/training/", {"year": "2024-25"}, headers=headers).json()
    cells = {(one["key"], one["period"]): one for one in answer["results"]}
    filled = cells["places-filled", "2024-25"]
    assert (filled["numerator"], filled["denominator"], filled["printed"]) == (1155, 1020, "108%")
    assert cells["satisfaction", "2024-25-Q1"]["printed_only"] is True
    missing = cells["elearning-satisfaction", "2024-25-Q1"]
    assert (missing["value"], missing["status"]) == (None, "not available")
    newest = client.get("/api/v1/training/", headers=headers).json()
    assert newest == answer
    for wrong in ({"area": "nowhere"}, {"year": "2024-25-Q1"}, {"yaer": "2024-25"}):
        assert client.get("/api/v1/training/", wrong, headers=headers).status_code == 400
    assert client.get("/api/v1/training/").status_code == 401


def test_the_programme_and_what_is_written_about_a_quarter_are_given(
    reported, trainer, pan, client
):
    reported("2024-25")
    for form, year, title, to in (
        ("aim", "2025-26", "Reach more schools", ""),
        ("presented", "2024-25", "Quarterly reports", "co-ordinating group"),
    ):
        entry = ProgrammeEntry(
            form=form, year_code=year, title=title, presented_to=to, indicator="TR02"
        )
        save(by=trainer, record=entry)
    told = Commentary(area=pan, period_code="2024-25-Q4", text="Sessions: {{TR01 2024-25-Q4}}.")
    save(by=trainer, record=told)
    _, token = AuthToken.objects.create(user=trainer)
    headers = {"Authorization": f"Token {token}"}

    def asked(what: str, **query: str) -> list[dict[str, object]]:
        answer = client.get(f"/api/v1/training/{what}/", query, headers=headers)
        assert answer.status_code == 200, answer.content
        return list(answer.json()["results"])

    assert [one["title"] for one in asked("programme")] == [
        "Reach more schools",
        "Quarterly reports",
    ]
    (aim,) = asked("programme", form="aim", year="2025-26")
    assert (aim["indicator"], aim["course"], aim["presented_to"]) == ("TR02", None, "")
    (text,) = asked("commentary", area=pan.code, quarter="2024-25-Q4")
    assert str(text["text"]).startswith("Sessions: ")
    assert "{{" not in str(text["text"])
    assert asked("commentary", quarter="2024-25-Q3") == []
    for wrong in ({"quarter": "2024-25"}, {"area": "nowhere"}):
        answer = client.get("/api/v1/training/commentary/", wrong, headers=headers)
        assert answer.status_code == 400
