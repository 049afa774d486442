"""What axe, the checker of accessibility, finds on a page that is open in a browser."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Only what is wrong comes back: a list of all that is right takes longer to send than to find.
FAULTS = """
async () => {
    const asked = {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}};
    const found = await axe.run(document, asked);
    return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)}`));
}
"""


def faults(page: Page) -> list[str]:
    """Each fault that axe finds as its rule and the element, targets smaller than 24 pixels included."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(FAULTS)
    return found
