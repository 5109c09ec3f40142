"""Chromium, driven by Playwright over a live server with the demonstration content.

A test asks for `page` and `live_server` and carries `@pytest.mark.browser`. Every page is checked
for what no visitor should meet: an error on the console, or a request to somebody else's server.
"""

import os
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.support import services

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
LEFT_OUT_BY_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
# Two pages for the address bar and a process in advance, with each window: half of what opening it costs.
NOBODY_SEES = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "SpareRendererForSitePerProcess",
)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Of two lists Chromium reads the last one alone: what Playwright leaves out is said again.
    f"--disable-features={','.join([*LEFT_OUT_BY_PLAYWRIGHT, *NOBODY_SEES])}",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES = ("light", "dark")
WIDTHS = (390, 1280)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One Chromium for all the tests of this worker."""
    from playwright.sync_api import sync_playwright

    slow_the_site_down(int(os.environ.get("BROWSER_LAG_MS", "0")))

    # Playwright keeps an event loop in this thread, in which Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=services.chromium(), args=FLAGS)
        yield chromium
        chromium.close()


def slow_the_site_down(milliseconds: int) -> None:
    """Make each page of the site come in two parts, so that what reads it too early fails each time.

    `BROWSER_LAG_MS=400 make test ARGS="-m browser"`: what passes so passes on a busy machine.
    Playwright waits by itself for the first part of a page (its first kilobyte), not for the rest.
    """
    from django.core.handlers.wsgi import WSGIHandler

    if milliseconds:
        at_once = WSGIHandler.__call__

        def in_two_parts(self: Any, environ: Any, start_response: Any) -> Iterator[bytes]:
            answer = at_once(self, environ, start_response)
            try:
                for part in answer:
                    yield part[:1024]
                    if part[:9].lower() == b"<!doctype":
                        time.sleep(milliseconds / 1000)
                    yield part[1024:]
            finally:
                answer.close()

        WSGIHandler.__call__ = in_two_parts  # type: ignore[method-assign]


@pytest.fixture
def context(browser: "Browser", live_server) -> Iterator["BrowserContext"]:
    """A browser without memory, in French, on the live server."""
    context = browser.new_context(
        base_url=live_server.url,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",
    )
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def page(context: "BrowserContext", live_server) -> Iterator["Page"]:
    """A page that fails the test on a console error or a third-party request."""
    page = context.new_page()
    faults: list[str] = []
    own = {urlsplit(live_server.url).netloc}
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on(
        "console",
        lambda message: (
            faults.append(f"console: {message.text}") if message.type == "error" else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            faults.append(f"third party: {request.url}") if is_elsewhere(request.url, own) else None
        ),
    )
    page.faults = faults  # type: ignore[attr-defined]
    yield page
    assert not faults, "\n".join(faults)


def sign_in(page: "Page", live_server: Any, email: str) -> "Page":
    """Sign somebody of the demonstration in, in this browser, without the pages that do it."""
    from django.conf import settings
    from django.test import Client

    from accounts.models import User

    client = Client()
    client.force_login(User.objects.get(email=email))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    return page


def is_elsewhere(url: str, own: set[str]) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc not in own


@cache
def axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


def assert_axe_clean(
    page: "Page",
    *,
    schemes: tuple[str, ...] = SCHEMES,
    widths: tuple[int, ...] = WIDTHS,
    exclude: tuple[str, ...] = (),
) -> None:
    """Assert that axe finds nothing on the page as it is, light and dark, narrow and wide.

    Of the second scheme at the same width the rules about colours alone are asked: nothing else
    changes (tests/cms/test_theme.py).
    """
    found = []
    page.wait_for_load_state()
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            faults = axe_faults(page, exclude, colours_only=scheme != schemes[0])
            found += [f"[{scheme}, {width} px] {fault}" for fault in faults]
    assert not found, f"{page.url}\n" + "\n".join(found)


def axe_faults(
    page: "Page", exclude: tuple[str, ...] = (), *, colours_only: bool = False
) -> list[str]:
    """Return what axe finds, one line for each element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe_source())
    result = page.evaluate(
        """async ([exclude, tags, coloursOnly]) => {
            const others = axe.getRules().filter((rule) => !rule.tags.includes("cat.color"));
            const off = coloursOnly ? others.map((rule) => [rule.ruleId, { enabled: false }]) : [];
            return await axe.run(
                exclude.length ? { exclude: exclude.map((selector) => [selector]) } : document,
                {
                    runOnly: { type: "tag", values: tags },
                    rules: Object.fromEntries(off),
                    resultTypes: ["violations"],
                },
            );
        }""",
        [list(exclude), AXE_TAGS, colours_only],
    )
    return [
        f"{violation['id']}: {violation['help']} — {node['html'][:160]}"
        f" ({(node.get('failureSummary') or '').splitlines()[-1].strip()})"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
