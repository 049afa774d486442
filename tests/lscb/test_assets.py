"""The browser's files hold no font or crest of gov.uk and ask no other host for anything."""

import re
from pathlib import Path

import pytest

from lscb import assets

# Addresses in the files that name a vocabulary, a licence or an author; a browser never asks for them.
NAMES_ONLY = re.compile(
    r"https?://(www\.w3\.org|github\.com|getify\.mit-license\.org|syntheti\.cc|plotly\.com)"
)


def test_the_style_sheet_keeps_its_rules_and_loses_fonts_crest_and_source_map() -> None:
    css = (
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2) format('woff2')}"
        ".a{font-family:GDS Transport,arial,sans-serif;color:red}"
        ".b{background-image:url(/assets/images/govuk-crest.svg);width:1px}"
        "/*# sourceMappingURL=govuk-frontend.min.css.map */\n"
    )
    plain = assets.plain_css(css)
    assert plain == f".a{{font-family:{assets.SYSTEM_FONTS};color:red}}.b{{width:1px}}"


@pytest.mark.parametrize("left", ["url(/assets/images/other.svg)", "url(//host.example/x.png)"])
def test_a_style_sheet_that_would_still_fetch_something_is_refused(left: str) -> None:
    with pytest.raises(assets.AssetError, match=re.escape(left)):
        assets.plain_css(f".a{{background:{left}}}")


def test_plotly_is_refused_when_its_services_are_not_where_they_were() -> None:
    with pytest.raises(assets.AssetError, match="adapt"):
        assets.plain_script("plotly-basic.min.js", "var nothing = 1;")


@pytest.mark.parametrize("name", sorted(assets.SOURCES))
def test_the_built_files_are_there(name: str) -> None:
    assert (assets.VENDOR / name).stat().st_size > 500, "run `make assets`"


@pytest.mark.parametrize(
    "name", [name for name in sorted(assets.SOURCES) if not name.endswith(".txt")]
)
def test_the_built_files_ask_no_host(name: str) -> None:
    text = (assets.VENDOR / name).read_text(encoding="utf-8")
    found = {
        address
        for address in re.findall(r"https?://[^\s\"'`)]+", text)
        if not NAMES_ONLY.match(address)
    }
    assert not found
    assert "sourceMappingURL" not in text


def test_files_that_are_up_to_date_are_not_built_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert assets.is_built()
    monkeypatch.setattr(assets, "STAMP", tmp_path / "none")
    assert not assets.is_built()


def test_a_package_without_an_expected_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(assets.AssetError, match=r"govuk-frontend\.min\.css"):
        assets.build(tmp_path, tmp_path / "vendor")
