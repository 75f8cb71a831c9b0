"""People with a browser of their own, and what is asked of every page they come to."""

import re
from collections import Counter

import pytest

from tests.axe import PHONE, faults, faults_everywhere, sideways

OFTEN_ENOUGH = 2  # times that axe looks at one page at one width


class Visitor:
    """Somebody in front of a screen. ``look`` proves the page they see."""

    looked_at = Counter()  # of all visitors together: axe is slow

    def __init__(self, page, origin):
        self.page, self.origin = page, origin
        self.complaints = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._note)
        page.on("response", self._note_answer)

    def _note(self, message):
        if message.type == "error" and "status of" not in message.text:
            self.complaints.append(message.text)

    def _note_answer(self, response):
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")

    def visit(self, path):
        self.page.goto(path if path.startswith("http") else self.origin + path)
        return self.look()

    def press(self, name, *, exact=True):
        """Press a button or a link that looks like one, and look at the page it leads to."""
        for place in (self.page.locator("main"), self.page.locator("body")):
            button = place.get_by_role("button", name=name, exact=exact)
            found = button.or_(place.get_by_role("link", name=name, exact=exact))
            if found.count():
                return self.follow(found.first)
        raise AssertionError(f"{self.page.url} has no “{name}”")

    def send(self):
        """Press the last button of the page's form."""
        return self.follow(self.page.locator("main form button[type=submit]").last)

    def follow(self, thing):
        """Press ``thing`` and wait for the page that comes, also one that an upload brings."""
        self.page.evaluate("document.body.dataset.before = 1")
        thing.click()
        self.page.locator("body[data-before]").wait_for(state="detached")
        return self.look()

    def look(self):
        """No fault that axe knows, no sideways scroll, no complaint of the browser."""
        self._has_arrived()
        page = re.sub(r"\d+|[?#].*", "", self.page.url), self.page.viewport_size["width"]
        self.looked_at[page] += 1
        look = faults if self.looked_at[page] <= OFTEN_ENOUGH else sideways
        assert look(self.page) == [], self.page.url
        return self

    def look_everywhere(self, path):
        """The page at ``path`` in both widths and both colours, however often it was seen."""
        self.page.goto(self.origin + path)
        self._has_arrived()
        assert faults_everywhere(self.page) == [], path
        assert self.complaints == [], path

    def _has_arrived(self):
        self.page.wait_for_load_state()
        assert self.complaints == [], self.page.url

    def sees(self, *words):
        text = re.sub(r"\s+", " ", self.page.locator("main").inner_text())
        for word in words:
            said = word.lower() in text.lower()
            assert said, f"{self.page.url} does not say “{word}” but: {text}"
        return self


@pytest.fixture
def visitor(browser, live_server, browser_context_args):
    """Makes visitors, each with a browser context (cookies, storage) of their own."""
    contexts = []

    def make(size=PHONE, **options):
        context = browser.new_context(**browser_context_args, viewport=size, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        return Visitor(context.new_page(), live_server.url)

    yield make
    for context in contexts:
        for page in context.pages:
            print("stands at", page.url)  # shown when the journey fails
        context.close()
