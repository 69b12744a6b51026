"""The whole site in a browser: served with the headers that a server should give, or read from the folder."""

from __future__ import annotations

import http.server
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.publish.negotiation import media_type
from ccin_graph.publish.security import headers
from ccin_graph.tree import Tree
from tests.publish.conftest import small, whole, whole_dataset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.pages import Folder

__all__ = ["small", "whole", "whole_dataset"]

#: The project that the site is made of.
TREE = Tree(Path(__file__).parents[2])
CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class _Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        for name, value in headers(self.path.partition("?")[0].lstrip("/")).items():
            self.send_header(name, value)
        super().end_headers()

    def guess_type(self, path: object) -> str:
        return media_type(str(path)) or "application/octet-stream"

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("no Chromium at /usr/bin/chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(_FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def home(whole: Folder) -> Iterator[str]:
    """Serve the whole site, and return its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(whole.root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def site(whole: Folder) -> Path:
    """Return the folder of the whole site."""
    return whole.root


class Visit:
    """A reader at a desk who opens pages of the site."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.home = home
        self.page = context.new_page()

    def open(self, path: str) -> Page:
        self.page.goto(self.home + path)
        return self.page


@pytest.fixture
def visit(browser: Browser, home: str) -> Iterator[Visit]:
    """Return a reader at a desk; at the end, nothing may have been asked for elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    context.on("request", lambda one: asked.append(one.url))
    yield Visit(context, home)
    context.close()
    assert [url for url in asked if not url.startswith((home, "blob:", "data:"))] == []


class Watched:
    """A browser's window that notes what goes wrong and what is asked for."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda one: self.said.append(one.text) if one.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda one: self.said.append(str(one)))
        context.on("request", lambda one: self.asked.append(one.url))


@pytest.fixture(params=["light", "dark"])
def window(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """Return a window in the light and in the dark theme."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=request.param)
    yield Watched(context)
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Watched]:
    """Return a window as wide as a small phone."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme="light", reduced_motion="reduce")
    yield Watched(context)
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Watched]:
    """Return a window of a desk."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme="light", reduced_motion="reduce"
    )
    yield Watched(context)
    context.close()


@pytest.fixture
def without_scripts(browser: Browser) -> Iterator[Watched]:
    """Return a window that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield Watched(context)
    context.close()
