"""Whether everybody can use a page: what axe finds on it, and whether it scrolls sideways."""

from axe_playwright_python.base import AXE_SCRIPT

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What may differ by night: our night changes colours and nothing else.
COLOURS = ["color-contrast", "link-in-text-block"]


def sideways(page):
    """Whether the page has to be pushed to and fro to be read."""
    wide = page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]
    return ["scrolls sideways"] if wide else []


def faults(page, rules=EVERYTHING):
    """What is wrong with the page as it stands."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    # Only what is wrong travels back: what is right is a thousand times as much.
    violations = page.evaluate(
        "options => axe.run(options).then((result) => result.violations)",
        {"runOnly": rules, "resultTypes": ["violations"]},
    )
    return sideways(page) + [
        f"{fault['id']}: {node['html'][:120]}" for fault in violations for node in fault["nodes"]
    ]


def faults_everywhere(page):
    """What is wrong with the page on a telephone and a desk, by day and by night."""
    found = []
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        for colours, rules in (("light", EVERYTHING), ("dark", COLOURS)):
            page.emulate_media(color_scheme=colours, reduced_motion="reduce")
            found += [(size["width"], colours, fault) for fault in faults(page, rules)]
    return found
