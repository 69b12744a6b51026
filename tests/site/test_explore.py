"""The page that explores the network, in a real browser."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from ccin_graph.network import organisation_organisation, organisation_project_graph
from ccin_graph.network.filters import select

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from ccin_graph.network.participation import Participation
    from tests.site.conftest import Watched

BASE = "https://w3id.org/ccin/id/"


def _open(desk: Watched, hash_: str = "") -> Page:
    page = desk.open(f"explore.html{hash_}")
    page.wait_for_selector("#explore-summary:not(:empty)")
    return page


def _file(page: Page, name: str) -> Path:
    with page.expect_download() as started:
        page.click(f"#explore-{name}")
    return Path(started.value.path())


def _edges(graph: Any) -> dict[frozenset[str], int]:
    return {
        frozenset((one, other)): int(data.get("shared", data.get("weight", 1)))
        for one, other, data in graph.edges(data=True)
    }


def test_what_is_shown_is_what_python_computes(desk: Watched, participations: list[Participation]) -> None:
    page = _open(desk)
    expected = organisation_organisation(organisation_project_graph(participations))
    found = nx.read_gexf(_file(page, "gexf"))
    assert set(found) == set(expected)
    assert _edges(found) == _edges(expected)
    assert {found.nodes[node]["label"] for node in found} == {expected.nodes[node]["label"] for node in expected}
    rows = list(csv.DictReader(io.StringIO(_file(page, "csv").read_text("utf-8"))))
    assert {frozenset((row["source"], row["target"])): int(row["weight"]) for row in rows} == _edges(expected)


def test_filters_are_those_of_python(desk: Watched, participations: list[Participation]) -> None:
    page = _open(desk)
    page.locator("summary", has_text="Publications").click()
    page.get_by_label("Co-operative Case Studies 2021").check()
    page.get_by_label("With the network's own body").uncheck()
    page.locator("summary", has_text="Kinds").click()
    for kind in ("council", "affiliate"):
        page.locator(f"input[name=kinds][value={kind}]").check()
    rows = select(participations, publications=[f"{BASE}publication/case-studies-2021"], kinds=["council", "affiliate"])
    expected = organisation_organisation(organisation_project_graph(rows))
    assert _edges(nx.read_gexf(_file(page, "gexf"))) == _edges(expected)


def test_years_by_slider(desk: Watched, participations: list[Participation]) -> None:
    page = _open(desk)
    page.locator("#explore-to").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    assert page.inner_text("#explore-to-said") == "2018"
    early = [f"{BASE}publication/{name}" for name in ("taskforce-2013", "case-studies-2018")]
    expected = organisation_organisation(organisation_project_graph(select(participations, publications=early)))
    assert _edges(nx.read_gexf(_file(page, "gexf"))) == _edges(expected)


def test_two_columns_are_the_two_mode_network(desk: Watched, participations: list[Participation]) -> None:
    page = _open(desk)
    page.select_option("#explore-mode", "columns")
    expected = organisation_project_graph(participations)
    found = nx.read_gexf(_file(page, "gexf"))
    assert {frozenset(edge) for edge in found.edges} == {frozenset(edge) for edge in expected.edges}


def test_a_path_with_the_evidence_of_each_step(desk: Watched, participations: list[Participation]) -> None:
    page = _open(desk)
    graph = organisation_organisation(organisation_project_graph(participations))
    one, other = f"{BASE}organisation/preston", f"{BASE}organisation/stevenage"
    steps = nx.shortest_path_length(graph, one, other)
    page.fill("#explore-one", graph.nodes[one]["label"])
    page.fill("#explore-other", graph.nodes[other]["label"])
    page.click("#explore-connect button")
    assert f": {steps} step" in page.inner_text("#explore-path")
    assert page.locator("#explore-path .steps > li").count() == steps
    for step in page.locator("#explore-path .steps > li").all():
        assert "line" in step.inner_text()
    href = page.locator("#explore-path .evidence a[href*='#participation']").first.get_attribute("href")
    assert href is not None
    target = desk.open(href)
    assert target.locator(f"[id='{href.partition('#')[2]}']").count() == 1


def test_nothing_connects_what_is_apart(desk: Watched) -> None:
    page = _open(desk)
    page.fill("#explore-one", "Oldham Metropolitan Borough Council")
    page.fill("#explore-other", "Xantura")
    page.click("#explore-connect button")
    assert "Nothing shown connects" in page.inner_text("#explore-path")


def test_the_address_keeps_the_state(desk: Watched) -> None:
    page = _open(desk)
    page.fill("#explore-find", "Preston City Council")
    page.click("#explore-search button")
    page.click("text='Show only this and its neighbours'")
    said, address = page.inner_text("#explore-summary"), page.url
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("#explore-summary:not(:empty)")
    assert page.inner_text("#explore-summary") == said
    assert page.inner_text("#explore-chosen") == "Preston City Council"


def test_drawings_are_files(desk: Watched) -> None:
    page = _open(desk)
    drawn = ET.fromstring(_file(page, "svg").read_text("utf-8"))
    assert len(drawn.findall(".//{http://www.w3.org/2000/svg}circle")) > 300
    assert _file(page, "png").read_bytes().startswith(b"\x89PNG")


def test_keyboard_alone(desk: Watched) -> None:
    page = _open(desk)
    page.locator("#explore-picture").focus()
    for key in ("ArrowLeft", "ArrowDown", "+", "-", "0"):
        page.keyboard.press(key)
    page.locator("#explore-nodes > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    name = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert page.inner_text("#explore-chosen") == name
    assert page.evaluate("document.activeElement.id") == "explore-chosen"


def test_without_webgl_the_tables_and_a_fixed_picture_remain(desk: Watched) -> None:
    desk.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = _open(desk)
    assert page.locator("#explore-no-webgl").is_visible()
    assert page.locator("#explore-picture svg circle").count() > 20
    page.locator("#explore-nodes > summary").click()
    assert page.locator("#explore-nodes tbody tr").count() >= 50
