"""A new indicator is one new file: computed, shown, watched for signals and documented, without a line of code."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from performance import actions
from performance.definitions import FOLDER, forget
from performance.indicators import dictionary, spec
from performance.queries import observations
from tests import factories
from tests.performance.conftest import LUTON, Send
from tests.performance.new_definition import SEEN_BY_POLICE


@pytest.fixture
def with_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The definitions in a folder of their own, with one file more."""
    folder = tmp_path / "definitions"
    shutil.copytree(FOLDER, folder)
    (folder / "indicators" / "DA90.yaml").write_text(SEEN_BY_POLICE, encoding="utf-8")
    monkeypatch.setattr(spec, "FOLDER", folder)
    forget()
    yield
    monkeypatch.undo()
    forget()


@pytest.mark.once
def test_a_new_file_is_computed_shown_and_documented(with_new_file: None, send: Send):
    rows = [
        f"2024-{month:02d},{kind},{count}"
        for month in range(4, 10)
        for kind, count in (("crime", 60), ("incident", 40))
    ]
    send("month,kind,count\n" + "\n".join(rows) + "\n", period="2024-25")
    (quarter, *_) = observations.series("DA90", LUTON, "quarter")
    assert (quarter.period.code, quarter.value) == ("2024-25-Q1", 300)
    before = observations.series("DA90", LUTON, "month")
    actions.recompute_all()
    assert observations.series("DA90", LUTON, "month") == before

    client = Client()
    client.force_login(factories.person("subgroup"))
    catalogue = client.get("/indicators/?q=seen by the police").content.decode()
    assert "Domestic abuse seen by the police" in catalogue
    page = client.get("/indicators/DA90/").content.decode()
    assert "Crimes and incidents of domestic abuse together." in page
    assert "Domestic abuse seen by the police came to 100 in September 2024" in page
    assert "300" in client.get("/indicators/DA90/?period=quarter").content.decode()
    found = client.post(
        "/claims/",
        {"area": LUTON, "text": "Domestic abuse seen by the police was 120 in May 2024."},
    ).content.decode()
    assert "1 claim the figures contradict" in found

    written = dictionary.data_dictionary()
    assert "DA90" in written
    assert "Crimes and incidents of domestic abuse together." in written
