"""Every kind of page in a real browser: accessible in both themes, narrow, by the keyboard, without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.site.conftest import barriers

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.pages import Folder
    from tests.site.conftest import Watched

#: One page of every template and of every kind of thing.
PAGES = (
    "index.html",
    "search.html",
    "about.html",
    "404.html",
    "lists.html",
    "questions.html",
    "projects.html",
    "councils.html",
    "councils/region/london.html",
    "id/organisation/oldham.html",
    "id/organisation/xantura.html",
    "id/organisation/ccin.html",
    "id/organisation/edinburgh-labour-and-co-op-group.html",
    "id/organisation/birmingham-childrens-partnership.html",
    "id/project/one-view-response.html",
    "id/output/one-view.html",
    "id/case-study/case-studies-2021/one-view.html",
    "id/publication/case-studies-2021.html",
    "id/publication/case-studies-2021.lines-1.html",
    "id/person/sharon-taylor.html",
    "id/event/ccin-conference-2019.html",
    "id/principle/innovation.html",
    "id/theme/covid-19.html",
    "id/role/delivery.html",
    "id/scheme/organisation-type.html",
    "id/listing/members-2021.html",
    "id/place/lewisham.html",
    "id/region/london.html",
    "id/partnership/barking-and-dagenham--xantura.html",
    "id/query/partnerships/shared-partners.html",
    "docs/researchers.html",
)


_OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


@pytest.mark.parametrize("path", PAGES)
def test_no_barrier_in_either_theme(desk: Watched, path: str) -> None:
    page = desk.open(path)
    page.evaluate(_OPEN_ALL)
    assert barriers(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_phone(phone: Watched, home: str, path: str) -> None:
    phone.page.goto(home + path)
    phone.page.evaluate(_OPEN_ALL)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", PAGES)
def test_the_keyboard_reaches_everything_and_leaves_it(desk: Watched, home: str, path: str) -> None:
    page = desk.page
    page.goto(home + path)
    reachable = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')]"
        ".filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled).length"
    )
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    seen = 1
    shown = """() => {
      const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
      return one === document.body ? null : box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
        && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    }"""
    # Long pages are walked for a while; their rows are all alike.
    for _ in range(min(reachable, 120)):
        page.keyboard.press("Tab")
        visible = page.evaluate(shown)
        if visible is None:
            break
        assert visible, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        seen += 1
    assert seen >= min(reachable, 120)


@pytest.mark.parametrize("path", PAGES)
def test_the_skip_link_leads_to_the_content(desk: Watched, home: str, path: str) -> None:
    desk.page.goto(home + path)
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Enter")
    assert desk.page.evaluate("location.hash") == "#main"
    desk.page.keyboard.press("Tab")
    inside = (
        "document.activeElement === document.body || document.querySelector('main').contains(document.activeElement)"
    )
    assert desk.page.evaluate(inside) or desk.page.evaluate(
        "!document.querySelector('main a, main button, main input')"
    )


def test_the_theme_can_be_chosen_and_is_kept(browser: Browser, home: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(home)
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate(ground)
    assert dark != light
    page.goto(f"{home}projects.html")
    assert page.evaluate(ground) == dark
    assert page.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"
    context.close()


def test_facets_narrow_a_list_down_together(desk: Watched, home: str) -> None:
    page = desk.page
    page.goto(f"{home}projects.html")
    first_page = page.locator("#list li").count()
    page.get_by_label("Region", exact=True).select_option(label=_option(desk, "Region", "London"))
    some = page.locator("#list li").count()
    page.get_by_label("Theme", exact=True).select_option(label=_option(desk, "Theme", "Covid-19"))
    fewer = page.locator("#list li").count()
    assert 0 < fewer < some < first_page
    assert page.get_by_role("status").filter(has_text="of 407").inner_text() == f"{fewer} of 407"
    names = page.locator("#list a").all_inner_texts()
    assert "OneView response to Covid-19" in names
    page.reload()
    assert page.locator("#list a").all_inner_texts() == names
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("#list li")).to_have_count(first_page)


def _option(window: Watched, facet: str, value: str) -> str:
    texts = window.page.get_by_label(facet, exact=True).locator("option").all_inner_texts()
    return next(text for text in texts if text.startswith(f"{value} ("))


def test_the_search_forgives_a_slip_of_the_finger(desk: Watched, home: str) -> None:
    page = desk.page
    page.goto(home)
    page.get_by_label("Search").fill("Oldam Counsil")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    first = page.locator("#results a").first
    assert "Oldham" in first.inner_text()
    first.click()
    assert page.locator("h1").inner_text() == "Oldham Metropolitan Borough Council"


def test_a_line_of_a_long_publication_leads_to_what_rests_on_it(desk: Watched, home: str) -> None:
    page = desk.page
    page.goto(f"{home}id/case-study/case-studies-2021/one-view.html")
    page.get_by_role("link", name="line 393").click()
    page.wait_for_url("**/case-studies-2021.lines-*.html#line=392,393")
    row = page.locator(":target")
    assert row.is_visible()
    assert "NHS" in row.inner_text()


def test_pages_are_read_from_the_folder_itself(desk: Watched, whole: Folder) -> None:
    page = desk.page
    top = whole.root.as_uri()
    page.goto(f"{top}/id/organisation/oldham.html")
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    page.goto(f"{top}/projects.html")
    page.get_by_label("Nation", exact=True).select_option(label=_option(desk, "Nation", "Scotland"))
    assert 0 < page.locator("#list li").count() < 100
    page.goto(f"{top}/search.html?q=stevenidge")
    assert "Stevenage" in page.locator("#results a").first.inner_text()
    page.locator("#results a").first.click()
    assert page.locator("h1").is_visible()
    assert all(url.startswith("file://") for url in desk.asked)


def test_everything_is_there_without_scripts(without_scripts: Watched, home: str) -> None:
    page = without_scripts.page
    page.goto(f"{home}councils.html")
    assert page.locator("#list a").count() == 85
    page.get_by_text("Region", exact=True).click()
    page.locator(".values").get_by_role("link", name="London").click()
    assert page.locator("h1").inner_text() == "Councils: London"
    page.goto(f"{home}search.html?q=x")
    assert page.get_by_role("link", name="the lists from A to Z").is_visible()
    page.goto(f"{home}id/publication/case-studies-2021.html#line=392,393")
    assert page.locator(":target").is_visible()


def test_on_paper_the_content_stands_alone(desk: Watched, home: str) -> None:
    page = desk.page
    page.goto(f"{home}id/project/one-view-response.html")
    page.emulate_media(media="print")
    assert not page.locator("header.top nav").is_visible()
    assert not page.locator("form.find").is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator("td.cite").first.is_visible()


def test_motion_is_left_out_for_those_who_ask_for_none(desk: Watched, home: str) -> None:
    desk.page.goto(home)
    assert desk.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert desk.page.evaluate("getComputedStyle(document.querySelector('a')).transitionDuration") == "0s"
