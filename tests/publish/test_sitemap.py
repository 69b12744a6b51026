"""Sitemap and robots.txt: every page, within the limits of the protocol."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from ccin_graph.publish.settings import Settings
from ccin_graph.publish.sitemap import write_sitemap
from ccin_graph.vocabulary import BASE

HOME = "https://site.example/net/"
SETTINGS = Settings("A network", BASE + "organisation/net", BASE, HOME)
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def make(folder: Path, *pages: str) -> None:
    for page in pages:
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        (folder / page).write_text("", "utf-8")


def places(path: Path) -> list[str]:
    return [str(one.text) for one in ElementTree.parse(path).getroot().iter(f"{NAMESPACE}loc")]


def test_every_page_but_those_left_out(tmp_path: Path) -> None:
    make(tmp_path, "index.html", "id/a/b.html", "id/a/gone.html", "404.html", "id/a/b.ttl", "a&b<c>'é.html")
    assert write_sitemap(SETTINGS, tmp_path, ["id/a/gone.html"]) == 3
    assert places(tmp_path / "sitemap.xml") == [
        f"{HOME}a%26b%3Cc%3E%27%C3%A9.html", f"{HOME}id/a/b.html", f"{HOME}index.html",
    ]  # fmt: skip
    assert (tmp_path / "robots.txt").read_text("utf-8") == f"User-agent: *\nAllow: /\n\nSitemap: {HOME}sitemap.xml\n"


def test_more_pages_than_one_file_may_name(tmp_path: Path) -> None:
    make(tmp_path, *(f"id/a/{number}.html" for number in range(7)))
    assert write_sitemap(SETTINGS, tmp_path, most=3) == 7
    parts = places(tmp_path / "sitemap.xml")
    assert parts == [f"{HOME}sitemap-{number}.xml" for number in (1, 2, 3)]
    named = [page for part in parts for page in places(tmp_path / part.removeprefix(HOME))]
    assert named == [f"{HOME}id/a/{number}.html" for number in range(7)]


def test_a_site_without_an_address_has_none(tmp_path: Path) -> None:
    make(tmp_path, "index.html")
    assert write_sitemap(Settings("A network", BASE + "organisation/net", BASE), tmp_path) == 0
    assert not (tmp_path / "sitemap.xml").exists()
    assert (tmp_path / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"
