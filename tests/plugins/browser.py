"""A real browser on a real server: Debian's Chromium, driven by Playwright, on the demo city."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, Response, sync_playwright

from tests.city.demo_city import PASSWORD, person, put_city
from tests.plugins.audit import audit

# Playwright's own loop runs in the thread of the tests; Django takes that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# The one without windows is the same engine at two thirds of the processor's time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
PATIENCE = 15_000  # milliseconds


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: no browser can try the pages")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def city(transactional_db: None) -> None:
    """The demo city, committed, so that the server sees it."""
    put_city()


class Visitor:
    """A person at a browser of their own; `look` is called on every page that they come to."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("response", self._answered)

    def _heard(self, message: Any) -> None:
        # Chromium reports every answer from 400 on as an error; those that are wanted are looked at one by one.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.complaints.append(f"{message.type}: {message.text}")
        elif "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def _answered(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and "/static/" in response.url):
            self.complaints.append(f"{response.status} {response.url}")

    def go(self, path: str, status: int = 200, audited: tuple[Any, ...] = (DESK,)) -> None:
        """To an address of the portal, and a look around there."""
        response = self.page.goto(self.address + path)
        assert response
        assert response.status == status, path
        self.look(audited)

    def be(self, number: str) -> None:
        """Goes on as this employee, on the page that follows signing in."""
        client = Client()
        client.force_login(person(number), backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])
        self.page.goto(f"{self.address}/accounts/login/")  # which leads on to the first page of the role

    def sign_in(self, number: str) -> None:
        """By the page for it."""
        self.page.goto(f"{self.address}/accounts/login/")
        self.page.get_by_label("職員番号").fill(number)
        self.page.get_by_label("パスワード").fill(PASSWORD)
        self.page.get_by_role("button", name="ログイン").click()
        self.page.wait_for_url(lambda url: "login" not in url)

    def look(self, audited: tuple[Any, ...] = (DESK,)) -> None:
        """Nothing complains, it fits a desk and a phone, and everybody can use it at the `audited` sizes."""
        self.page.wait_for_function("document.scrollingElement !== null")  # between two pages there is none
        for size in (PHONE, DESK):
            self.page.set_viewport_size(size)
            wide = self.page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
            assert wide[0] <= wide[1], f"{self.page.url} is {wide[0]} pixels wide on {size['width']}"
            if size in audited:
                found = audit(self.page)
                assert not found.violations_count, f"{self.page.url} on {size['width']}: {found.generate_report()}"
        assert self.complaints == [], self.page.url

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()


@pytest.fixture
def visitor(chromium: Browser, city: None, live_server: Any) -> Iterator[Callable[..., Visitor]]:
    """`visitor("u016")`: this employee, signed in; `visitor()`: a stranger."""
    contexts = []

    def arrives(number: str = "") -> Visitor:
        context = chromium.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", viewport=DESK)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        visiting = Visitor(context.new_page(), live_server.url)
        if number:
            visiting.be(number)
        return visiting

    yield arrives
    for context in contexts:
        context.close()
