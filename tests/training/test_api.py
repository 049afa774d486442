"""Training's table by API."""

from knox.models import AuthToken


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
