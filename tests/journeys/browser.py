"""What a journey does with a page beside clicking: signing in, and asking whether everybody could use it."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, expect

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
WIDTHS = (1280, 320)
HEIGHT = 900
# The browser calls every answer of 400 and above an error; journeys visit refusals on purpose.
ANSWER_OF_REFUSAL = "Failed to load resource: the server responded with a status of 4"


class Troubles:
    """Whatever goes wrong in the pages of a browser context without being seen on them."""

    def __init__(self, context: BrowserContext, site: str):
        self.found: list[str] = []
        self._site = site
        context.on("console", self._console)
        context.on("weberror", lambda error: self.found.append(f"script failed: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(ANSWER_OF_REFUSAL):
            self.found.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._site, "data:", "blob:")):
            self.found.append(f"reaches out of the site: {request.url}")

    def _response(self, response: Response) -> None:
        broken_file = response.status >= 400 and "/static/" in response.url
        if response.status >= 500 or broken_file:
            self.found.append(f"{response.status} {response.url}")


def sign_in(page: Page, email: str, password: str) -> None:
    """Fill in the sign-in form of the page and send it."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("textbox", name="Hasło").fill(password)
    page.get_by_role("button", name="Zaloguj").click()


def page_is_accessible(page: Page) -> None:
    """Fail unless the page passes axe at WCAG 2.2 AA and fits without sideways scrolling, wide and narrow."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        told = "\n".join(_told(violation) for violation in found.response["violations"])
        assert not told, f"{page.url} at {width}: {told}"
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{page.url} scrolls sideways by {overflow} px at {width}"
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    expect(page.locator("h1")).to_have_count(1)


def _told(violation: dict[str, Any]) -> str:
    places = "; ".join(node["html"] for node in violation["nodes"][:3])
    return f"{violation['id']}: {violation['help']} ({len(violation['nodes'])}): {places}"
