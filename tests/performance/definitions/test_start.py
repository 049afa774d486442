"""A bad definition stops the start, and says file, line and field."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from lscb.definition_files import DefinitionError
from performance.definitions import FOLDER
from performance.indicators import scorecard as layout
from performance.indicators import spec as indicators
from performance.intake import spec as returns


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the definitions that the program starts with."""
    folder = tmp_path / "definitions"
    shutil.copytree(FOLDER, folder)
    for module in (indicators, layout, returns):
        monkeypatch.setattr(module, "FOLDER", folder)
    caches = (returns.returns, indicators.indicators, layout.scorecard)
    for one in caches:
        one.cache_clear()
    yield folder
    for one in caches:
        one.cache_clear()


def change(path: Path, old: str, new: str) -> int:
    """Replace a text in a definition; the number of the line it stands in."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_good_definitions_start(copied: Path) -> None:
    apps.get_app_config("performance").ready()


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        ("indicators/FD03.yaml", "aggregation: sum", "aggregation: average", "aggregation"),
        ("indicators/DA01.yaml", "polarity: ", "polarity: upwards  # ", "polarity"),
        ("returns/police-da.yaml", "deadline_working_days: ", "deadline_working_days: 100  # ", "deadline_working_days"),
        ("returns/gcp2.yaml", "codes: gcp_kind", "codes: gcp_kinds", "codes"),
        ("scorecard.yaml", "title: Domestic abuse\n    indicators: [DA01,", "title: Domestic abuse\n    indicators: [DA99,", "sections.0"),
    ],
)  # fmt: skip
def test_a_bad_definition_stops_the_start(
    copied: Path, file: str, old: str, new: str, field: str
) -> None:
    line = change(copied / file, old, new)
    with pytest.raises(DefinitionError) as error:
        apps.get_app_config("performance").ready()
    assert f"{file}, line {line}, " in str(error.value)
    assert field in str(error.value)
