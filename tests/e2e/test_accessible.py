"""Looking at one of the texts that look alike misses no lack of contrast."""

import pytest

from tests.accessible import faults

pytestmark = pytest.mark.e2e
ROWS = "<p>Enough contrast</p>" * 20


@pytest.mark.parametrize(
    "pale",
    [
        "<p style='color: #bbb'>Its colour</p>",
        "<div style='background: #555'><p>Its ground</p></div>",
        "<p style='opacity: 0.3'>Seen through</p>",
        "<p class='pale'>Its class</p>",
        "<div class='pale'><p><b>Inherited</b></p></div>",
        "<input aria-label='Written in' style='color: #bbb' value='Its value'>",
        "<p><button disabled>Not asked of this</button></p><button>Asked of this</button>",
    ],
)
def test_the_one_text_among_many_that_lacks_contrast_is_found(pale, page):
    style = "<style>.pale { color: #bbb } button { color: #bbb; background: #fff }</style>"
    page.set_content(f"{style}<main>{ROWS}{pale}{ROWS}</main>")
    assert [one.split(":")[0] for one in faults(page)].count("color-contrast") == 1


def test_a_page_that_changed_is_looked_at_anew(page):
    page.set_content(f"<main>{ROWS}</main>")
    assert not [one for one in faults(page) if one.startswith("color-contrast")]
    page.locator("p").last.evaluate("one => one.style.color = '#bbb'")
    assert [one for one in faults(page) if one.startswith("color-contrast")]


def test_of_pale_texts_that_look_alike_one_is_told(page):
    page.set_content("<main>" + "<p style='color: #bbb'>Pale</p>" * 5 + "</main>")
    assert len([one for one in faults(page) if one.startswith("color-contrast")]) == 1
