"""Pages that look at the whole: what they show, with what they can be used, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.site.conftest import barriers

if TYPE_CHECKING:
    from tests.site.conftest import Watched

#: A page, and what must be there before it is looked at.
PAGES = {
    "ask.html": "#ask-run:not([disabled])",
    "ask.html#query=members/places&run=1": "table.answer",
    "ask.html#query=partnerships/shared-partners&p.first=oldham&p.second=rochdale&run=1": "table.answer",
    "explore.html": "#explore-summary:not(:empty)",
    "explore.html#chosen=https://w3id.org/ccin/id/organisation/preston": "#explore-chosen",
    "map.html": "#atlas-towns",
    "timeline.html": "table.timeline",
    "matrix.html": "table.matrix",
    "curate.html": ".concerns",
    "curate-disagree.html": "table.concern",
}


@pytest.mark.parametrize("path", PAGES)
def test_nothing_stands_in_the_way_of_anybody(desk: Watched, path: str) -> None:
    page = desk.open(path)
    page.wait_for_selector(PAGES[path], state="attached")
    assert barriers(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_is_wide_enough(phone: Watched, path: str) -> None:
    page = phone.open(path)
    page.wait_for_selector(PAGES[path], state="attached")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_map_keeps_to_a_nation(desk: Watched) -> None:
    page = desk.open("map.html")
    all_of_them = page.locator("#atlas-towns tbody tr").count()
    page.select_option("#atlas-nation", "Scotland")
    shown = page.locator("#atlas-towns tbody tr:visible")
    assert 0 < shown.count() < all_of_them
    assert page.locator(".atlas a.elsewhere").count() > 0
    shown.locator("a").first.click()
    expect(page.locator("h1")).to_contain_text("Council")


def test_a_place_on_the_map_leads_to_its_page(desk: Watched) -> None:
    page = desk.open("map.html")
    page.get_by_role("link", name="Plymouth City Council").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Plymouth City Council")


def test_the_timeline_tells_definite_from_possible(desk: Watched) -> None:
    page = desk.open("timeline.html")
    row = page.locator("tr", has=page.get_by_role("link", name="Bassetlaw District Council"))
    assert row.locator("rect.definite").count() == 1
    assert row.locator("rect.possible").count() == 2
    expect(row).to_contain_text("definite from autumn 2013 to 21 August 2021")


def test_a_cell_of_the_matrix_is_what_the_graph_says(desk: Watched) -> None:
    page = desk.open("matrix.html")
    head = page.locator("table.matrix").first.locator("thead th").all_inner_texts()
    row = page.locator("table.matrix").first.locator(
        "tbody tr", has=page.get_by_role("link", name="Housing", exact=True)
    )
    shown = dict(zip(head, row.locator("th, td").all_inner_texts(), strict=True))
    ask = desk.open("ask.html")
    ask.wait_for_selector("#ask-run:not([disabled])")
    query = """PREFIX ccin: <https://w3id.org/ccin/def#> PREFIX dcterms: <http://purl.org/dc/terms/>
      SELECT (COUNT(DISTINCT ?project) AS ?many) {
        ?project ccin:practises <https://w3id.org/ccin/id/principle/innovation> ;
          dcterms:subject <https://w3id.org/ccin/id/theme/housing> }"""
    found = ask.evaluate("query => ccin.ask(query).then(one => one.answer.rows[0][0].value)", query)
    assert shown["Innovation"] == found


def test_a_correction_is_written(desk: Watched) -> None:
    page = desk.open("curate-disagree.html")
    row = page.locator("table.concern tbody tr").first
    place = row.locator(".record code").inner_text()
    assert place.startswith("data/case-studies/")
    row.locator("a.correct").click()
    assert page.input_value("#c-place") == place
    page.fill("#c-better", "another number")
    page.fill("#c-lines", "covid-2020: 385-391")
    page.keyboard.press("Enter")
    written = page.input_value("#c-text")
    assert f"Record: {place}" in written
    assert "It should say: another number" in written


def test_without_scripts_there_is_something_to_read(without_scripts: Watched) -> None:
    for path, words in (
        ("ask.html", "needs JavaScript"),
        ("explore.html", "needs JavaScript"),
        ("map.html", "as a table"),
    ):
        assert words in without_scripts.open(path).inner_text("main"), path
