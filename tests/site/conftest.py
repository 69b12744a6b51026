"""The whole site in a browser: served with the headers that a server should give, or read from the folder."""

from __future__ import annotations

import http.server
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from ccin_graph.graph import Graph
from ccin_graph.publish.negotiation import media_type
from ccin_graph.publish.security import headers
from ccin_graph.tree import Tree
from tests.publish.conftest import small, whole, whole_dataset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

    from ccin_graph.build import Dataset
    from ccin_graph.network.participation import Participation
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
_AXE = TREE.root / "web" / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


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


@pytest.fixture(scope="session")
def participations(whole_dataset: Dataset) -> list[Participation]:
    """Return what Python makes networks of."""
    return Graph(whole_dataset.store, TREE).participations()


class Watched:
    """A browser's window that notes what goes wrong and what is asked for."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.home = home
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda one: self.said.append(str(one)))
        page.on("request", lambda one: self.asked.append(one.url))

    def _hear(self, message: ConsoleMessage) -> None:
        # Drawing without a graphics card is slow, and the browser says so.
        if message.type in ("error", "warning") and "GL Driver Message" not in message.text:
            self.said.append(message.text)

    def open(self, path: str) -> Page:
        """Go to a page of the site."""
        self.page.goto(self.home + path)
        return self.page

    @property
    def elsewhere(self) -> list[str]:
        """What was asked for outside of the site."""
        return [url for url in self.asked if not url.startswith((self.home, "blob:", "data:", "file:"))]


@pytest.fixture(scope="session")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """Return the browser of a reader who was here before: what tests leave in it may be found by others."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def desk(profile: BrowserContext, home: str) -> Iterator[Watched]:
    """Return a window of a desk; at the end, nothing was asked for elsewhere, and the console is empty."""
    page = profile.new_page()
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    watched = Watched(page, home)
    yield watched
    page.close()
    assert watched.elsewhere == []
    assert watched.said == []


@pytest.fixture
def phone(profile: BrowserContext, home: str) -> Iterator[Watched]:
    """Return a window as wide as a small phone."""
    page = profile.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    yield Watched(page, home)
    page.close()


def barriers(page: Page) -> list[str]:
    """Return what stands in somebody's way on an open page, in the light and in the dark theme."""
    if not _AXE.exists():
        pytest.skip("axe-core is not installed in web/node_modules: run 'npm ci --ignore-scripts' there")
    page.evaluate(_AXE.read_text("utf-8"))
    found = []
    themes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for theme in themes:
        page.emulate_media(color_scheme=theme)
        violations: list[dict[str, Any]] = page.evaluate(
            """rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})
              .then(found => found.violations)""",
            _RULES,
        )
        found += [
            f"{theme}: {one['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
            for one in violations
            for node in one["nodes"]
        ]
    return found


@pytest.fixture
def without_scripts(browser: Browser, home: str) -> Iterator[Watched]:
    """Return a window that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield Watched(context.new_page(), home)
    context.close()
