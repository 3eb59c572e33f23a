"""What axe has against a page.

Most of its time goes into the contrast of texts, most of which look alike on all pages: the same ink on the same ground
is looked at once in each process. Everything else is looked at on every page and at every size.
"""

import json
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

CONTRAST = "color-contrast"
TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
# What is well need not come across to be counted.
ALL_ELSE = {"runOnly": TAGS, "rules": {CONTRAST: {"enabled": False}}, "resultTypes": ["violations"]}
INKS = {
    "runOnly": {"type": "rule", "values": [CONTRAST]},
    "resultTypes": ["violations", "passes"],
    "selectors": False,
    "elementRef": True,
}
FAULTS = {"runOnly": INKS["runOnly"], "resultTypes": ["violations"]}
MANY = 60  # from so many on, the whole page is as quick

# An ink: colour and size of the letters, and what lies below them, up to the first ground that lets nothing through.
# What may lie above a ground that is not its parent's, or is faint, has no ink that could be known: null.
AUDIT = (
    """async proven => {
    const known = new Set(proven), grounds = new Map();
    const faint = style => style.opacity !== "1" || style.filter !== "none" || style.mixBlendMode !== "normal";
    const wider = (element, style) => {
        const box = element.getBoundingClientRect(), around = element.parentElement.getBoundingClientRect();
        return box.left < around.left || box.right > around.right
            || style.display.startsWith("inline") || getComputedStyle(element.parentElement).display !== "block";
    };
    const moved = (element, style) => ["absolute", "fixed", "sticky"].includes(style.position)
        || style.float !== "none" || style.transform !== "none" || style.translate !== "none"
        || (style.position === "relative" && !["auto", "0px"].includes(style.inset))
        || style.marginBlock.includes("-") || (style.marginInline.includes("-") && wider(element, style));
    const groundOf = element => {
        if (!element) return {faint: false, below: "page"};
        if (grounds.has(element)) return grounds.get(element);
        const above = groundOf(element.parentElement), style = getComputedStyle(element);
        const colour = style.backgroundColor, plain = style.backgroundImage === "none";
        let below = moved(element, style) ? null : above.below;
        if (plain && colour.startsWith("rgb(")) below = colour;
        else if (below !== null && !(plain && colour === "rgba(0, 0, 0, 0)"))
            below += ` ${colour} ${style.backgroundImage}`;
        const found = {faint: above.faint || faint(style), below};
        grounds.set(element, found);
        return found;
    };
    const inkOf = element => {
        const ground = groundOf(element), style = getComputedStyle(element);
        if (ground.faint || ground.below === null || element instanceof SVGElement) return null;
        return [ground.below, style.color, style.webkitTextFillColor, style.fontSize, style.fontWeight,
            style.textShadow].join("; ");
    };
    const shows = element => {
        const speaks = element.matches("input:not([type=hidden]), select, textarea, button")
            || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (!speaks || !element.checkVisibility({visibilityProperty: true})) return false;
        const box = element.getBoundingClientRect();
        return box.width > 1 && box.height > 1;
    };
    const inks = new Map([...document.querySelectorAll("body *")].filter(shows).map(each => [each, inkOf(each)]));
    const open = [...inks].filter(([, ink]) => ink === null || !known.has(ink)).map(([element]) => element);
    const {violations} = await axe.run(ALL_ELSE);
    if (!open.length) return {violations, proven: []};
    const where = open.length < MANY ? {include: open} : document;
    const looked = await axe.run(where, INKS);
    if (looked.violations.length) violations.push(...(await axe.run(FAULTS)).violations);
    const well = looked.passes.flatMap(rule => rule.nodes).map(node => inks.get(node.element)).filter(ink => ink);
    return {violations, proven: [...new Set(well)]};
}""".replace("ALL_ELSE", json.dumps(ALL_ELSE))
    .replace("INKS", json.dumps(INKS))
    .replace("FAULTS", json.dumps(FAULTS))
    .replace("MANY", str(MANY))
)

_proven: set[str] = set()


def audit(page: Page) -> AxeResults:
    """What axe has against the page as it stands; its program is put into each document once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = page.evaluate(AUDIT, sorted(_proven))
    _proven.update(found.pop("proven"))
    return AxeResults(found)
