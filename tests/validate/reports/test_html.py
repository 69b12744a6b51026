"""A report and a statement as pages: whole, self-contained, and nothing of the data is markup."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from ccin_graph.validate.quality import measure_quality
from ccin_graph.validate.reports import render
from ccin_graph.validate.reports.page import link
from ccin_graph.validate.reports.statement import quality_html

if TYPE_CHECKING:
    from tests.validate.reports.conftest import Checked

TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "ul", "li", "dl", "dt", "dd", "a",
    "span", "article", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary",
}  # fmt: skip
ATTRIBUTES = {"lang", "charset", "name", "content", "http-equiv", "class", "id", "href", "rel", "scope"}
VOID = {"meta"}


class Reader(HTMLParser):
    """Reads a page strictly: every element is known and closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.identifiers: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        assert {name for name, _ in attrs} <= ATTRIBUTES, attrs
        found = dict(attrs)
        if "href" in found:
            assert tag == "a"
            self.links.append(found["href"] or "")
        if "id" in found:
            self.identifiers.append(found["id"] or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(params=["findings", "statement"])
def page(request: pytest.FixtureRequest, faulty: Checked) -> str:
    if request.param == "findings":
        return render(faulty.report, "html")
    project = faulty.project
    return quality_html(measure_quality(faulty.dataset.store, faulty.report, project.tree, project.sources))


@pytest.fixture
def reader(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def test_a_page_is_well_formed_and_has_no_markup_of_the_data(reader: Reader) -> None:
    assert len(set(reader.identifiers)) == len(reader.identifiers)


def test_a_page_asks_nobody_for_anything(page: str, reader: Reader) -> None:
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    assert "url(" not in style[1]
    assert "@import" not in style[1]
    assert all(address.startswith("https://") for address in reader.links)
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page.replace("&#x27;", "'")


def test_a_page_is_light_or_dark(page: str) -> None:
    assert "color-scheme: light dark" in page
    assert "prefers-color-scheme: dark" in page


def test_the_page_of_findings_shows_every_finding(faulty: Checked) -> None:
    reader = Reader()
    reader.feed(render(faulty.report, "html"))
    text = "".join(reader.text)
    for entry in faulty.report.entries:
        assert f"finding-{entry.identifier}" in reader.identifiers
        assert entry.said in text
        assert entry.finding.suggestion in text
    assert "<script>alert(1)</script>" in text
    assert "kept <for> the next edition" in text


def test_nothing_to_mend_is_said(flawless: Checked) -> None:
    assert "Nothing to mend." in render(flawless.report, "html")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "", "//evil.example", "HTTPS://x"])
def test_only_the_web_is_linked_to(address: str) -> None:
    assert link(address, "<x>") == "&lt;x&gt;"


def test_an_address_cannot_leave_its_attribute() -> None:
    assert link('https://e.org/"onclick="x', "x") == (
        '<a href="https://e.org/&quot;onclick=&quot;x" rel="noreferrer">x</a>'
    )
