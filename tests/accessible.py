"""What axe, the checker of accessibility, finds on a page that is open in a browser."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Contrast takes axe longer than all else together. It is the same for all texts that look alike: with the same style,
# disabled or not, on things that look alike all the way up. Of those the first is marked, and axe looks at that one.
MARK = """
() => {
    const STYLES = ["color", "backgroundColor", "backgroundImage", "fontSize", "fontWeight", "opacity", "textShadow"];
    const looks = new Map([[null, ""]]);
    const look = (one) => {
        if (!looks.has(one)) {
            const computed = getComputedStyle(one);
            const own = [one.localName, one.getAttribute("class"), one.disabled, one.ariaDisabled];
            looks.set(one, `${look(one.parentElement)}>${[...own, ...STYLES.map((name) => computed[name])]}`);
        }
        return looks.get(one);
    };
    const firsts = new Map();
    const note = (one) => firsts.has(look(one)) || firsts.set(look(one), one);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const one = texts.currentNode.parentElement;
        if (texts.currentNode.data.trim() && one.checkVisibility({visibilityProperty: true})) note(one);
    }
    document.querySelectorAll("input, select, textarea").forEach(note);
    document.querySelectorAll("[data-look]").forEach((one) => one.removeAttribute("data-look"));
    firsts.forEach((one) => one.setAttribute("data-look", ""));
    axe.configure({rules: [{id: "color-contrast", selector: "[data-look]"}]});
}
"""
# Only what is wrong comes back: a list of all that is right takes longer to send than to find.
FAULTS = """
async () => {
    const asked = {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}};
    const found = await axe.run(document, asked);
    return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)}`));
}
"""


def faults(page: Page) -> list[str]:
    """Each fault that axe finds as its rule and the element, targets smaller than 24 pixels included; of texts that
    look alike and lack contrast, one."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(MARK)
    found: list[str] = page.evaluate(FAULTS)
    return found
