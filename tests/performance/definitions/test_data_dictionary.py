"""The data dictionary: in step with the definitions, complete, and with links that lead somewhere."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from performance.indicators.dictionary import data_dictionary
from performance.indicators.spec import indicators
from performance.intake.codes import code_list
from performance.intake.spec import returns


def test_the_page_in_docs_is_in_step_with_the_definitions() -> None:
    call_command("data_dictionary", check=True)


def test_a_page_that_is_out_of_step_is_a_failure_that_says_what_to_run(tmp_path: Path) -> None:
    path = tmp_path / "data-dictionary.md"
    call_command("data_dictionary", to=path)
    call_command("data_dictionary", to=path, check=True)
    path.write_text(path.read_text(encoding="utf-8") + "by hand\n", encoding="utf-8")
    with pytest.raises(CommandError, match="out of step: run"):
        call_command("data_dictionary", to=path, check=True)


def test_it_lists_each_indicator_return_and_figure() -> None:
    text = data_dictionary()
    for spec in indicators().values():
        assert f"\n#### {spec.id} {spec.title}\n" in text
        assert spec.definition in text
    assert all(f"(`{name}`)\n" in text for name in returns())
    assert all(f"\n| `{item.code}` | " in text for item in code_list("figure_item"))


def test_it_says_which_indicators_are_not_yet_collected() -> None:
    waiting = [spec for spec in indicators().values() if not spec.has_data_source]
    assert data_dictionary().count("\n- Data: not yet collected") == len(waiting)


def test_its_links_lead_to_a_heading() -> None:
    text = data_dictionary()
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    linked = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert linked
    assert linked <= anchors


def test_no_cell_breaks_its_table() -> None:
    width = 0
    for line in data_dictionary().splitlines():
        if not line.startswith("| "):
            width = 0
            continue
        width = width or line.count("|")
        assert line.count("|") == width
