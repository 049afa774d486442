"""What the tests stand on: what is missing is said, what is skipped counts, templates are really compiled."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.template import Engine

from lscb.management.commands import check_templates
from tests import browser, packages, run, servers

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("variable", "find"),
    [
        ("PG_BIN", lambda folder: servers.postgres_binaries(folder, None)),
        ("REDIS_BIN", lambda folder: servers.redis_binary()),
    ],
)
def test_a_server_that_is_not_there_is_an_error_that_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str, find: Callable[[Path], Any]
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "nothing"))
    with pytest.raises(servers.ServerMissing, match="apt-get install"):
        find(tmp_path)


def test_servers_that_run_already_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://somebody@127.0.0.1:1/some")
    monkeypatch.setenv("TEST_REDIS_URL", "redis://127.0.0.1:2/0")
    with servers.real_servers() as found:
        assert found == servers.Servers(
            "postgres://somebody@127.0.0.1:1/some", "redis://127.0.0.1:2/0"
        )


def test_a_browser_that_is_named_but_missing_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHROME", str(tmp_path / "nothing"))
    with pytest.raises(browser.BrowserMissing, match="CHROME"):
        browser.find_browser(SimpleNamespace())  # type: ignore[arg-type]


def test_pango_is_found_or_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert packages.finds_pango()
    monkeypatch.setattr(packages, "finds_pango", lambda: False)
    monkeypatch.setattr(packages, "can_install", lambda: False)
    with pytest.raises(packages.PackageMissing, match="libpango-1.0-0"):
        packages.bring_pango()


def test_skipped_tests_count_as_failed(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>'
    )
    assert run.counted(report) == (3, 4)
    assert run.counted(tmp_path / "none.xml") == (0, 0)


def test_a_template_that_does_not_compile_or_includes_what_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "whole.html").write_text("{% if true %}yes{% endif %}")
    (tmp_path / "broken.html").write_text("{% if true %}no end")
    including = (
        '{% extends "whole.html" %}{% block a %}{% if b %}{% include "gone.html" %}{% endif %}'
    )
    (tmp_path / "including.html").write_text(including + "{% endblock %}")
    engine = Engine(dirs=[tmp_path])
    monkeypatch.setattr(check_templates.Engine, "get_default", lambda: engine)
    names = ["broken.html", "including.html", "whole.html"]
    monkeypatch.setattr(check_templates, "template_names", lambda: names)
    with pytest.raises(CommandError, match="broken.html") as raised:
        call_command("check_templates")
    assert "including.html: gone.html" in str(raised.value)
    assert "whole.html" not in str(raised.value)


def test_the_templates_that_are_checked_are_all_of_our_own() -> None:
    ours = {file for file in ROOT.glob("*/templates/**/*") if file.is_file()}
    assert len(check_templates.template_names()) == len(ours) > 5


def test_lock_files_name_checksums_and_no_address() -> None:
    for path in [*ROOT.glob("requirements/*.txt"), ROOT / "package-lock.json", ROOT / ".npmrc"]:
        assert "://" not in path.read_text(), path.name
    for path in ROOT.glob("requirements/*.txt"):
        pins = [line for line in path.read_text().splitlines() if line and line[0].isalnum()]
        assert pins
        assert all("==" in line and line.endswith("\\") for line in pins), path.name


def test_the_tests_bring_the_same_versions_as_the_product_runs() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text()
        return {line.split(" ")[0] for line in text.splitlines() if line and line[0].isalnum()}

    assert pins("base.txt") <= pins("dev.txt")
