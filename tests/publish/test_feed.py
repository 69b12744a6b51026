"""The feed of changes: what has a date, newest first, as Atom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ccin_graph.publish.feed import ATOM, releases, write_feed
from ccin_graph.publish.model import Model
from ccin_graph.publish.retired import Retired
from ccin_graph.publish.settings import Settings
from ccin_graph.vocabulary import BASE

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore
    from tests.conftest import Project

SETTINGS = Settings(
    "A <network> & more", BASE + "organisation/net", BASE, "https://site.example/", publisher="Curators"
)
CHANGELOG = """\
# Changelog

The versions of code and data are one.

## 0.3.0 (unreleased)

- Nothing yet.

## 0.2.0 (2026-12-01)

- Two publications & <b>more</b>.

### Data

- Another.

## 0.1.9 (2026-13-01)

- A day that is none.

## 0.1.0 (2026-06-01)

The first.
"""
RETIRED = (
    Retired("project/a", "", "2026-09-01", "It never was."),
    Retired("person/a", "person/b", "2027-01-01", "One."),
)


def written(store: EmbeddedStore, project: Project, folder: Path, retired: tuple[Retired, ...]) -> ElementTree.Element:
    write_feed(Model(store.quads(), SETTINGS), project.tree, retired, folder)
    return ElementTree.parse(folder / "feed.xml").getroot()


def text(parent: ElementTree.Element, name: str) -> str:
    return parent.findtext(f"{{{ATOM}}}{name}") or ""


def test_dated_releases_only() -> None:
    found = list(releases(CHANGELOG))
    assert [(one.name, one.day) for one in found] == [("release.0.2.0", "2026-12-01"), ("release.0.1.0", "2026-06-01")]
    assert found[0].text == "- Two publications & <b>more</b>.\n\n### Data\n\n- Another."


def test_the_feed(store: EmbeddedStore, project: Project, tmp_path: Path) -> None:
    project.write("CHANGELOG.md", CHANGELOG)
    feed = written(store, project, tmp_path, RETIRED)
    assert feed.tag == f"{{{ATOM}}}feed"
    assert (text(feed, "title"), text(feed, "updated")) == ("A <network> & more", "2027-01-01T00:00:00Z")
    assert feed.findtext(f"{{{ATOM}}}author/{{{ATOM}}}name") == "Curators"
    entries = feed.findall(f"{{{ATOM}}}entry")
    assert [text(one, "title") for one in entries] == [
        "person/a is now person/b", "Release 0.2.0", "project/a was withdrawn", "Release 0.1.0",
    ]  # fmt: skip
    assert len({text(one, "id") for one in entries}) == len(entries)
    assert text(entries[1], "content").startswith("- Two publications & <b>more</b>.")
    for one in (feed, *entries):
        assert text(one, "id").startswith("https://w3id.org/ccin/")
        assert one.find(f"{{{ATOM}}}link") is not None


def test_no_date_is_invented(store: EmbeddedStore, project: Project, tmp_path: Path) -> None:
    feed = written(store, project, tmp_path, ())
    assert feed.findall(f"{{{ATOM}}}entry") == []
    assert text(feed, "updated")[:4] in ("2021", "1970")


def test_the_changelog_of_the_checkout_can_be_read(checkout: object) -> None:
    list(releases((Path(str(getattr(checkout, "root", ""))) / "CHANGELOG.md").read_text("utf-8")))


def test_what_xml_cannot_hold(store: EmbeddedStore, project: Project, tmp_path: Path) -> None:
    feed = written(store, project, tmp_path, (Retired("project/a", "", "2026-09-01", "\x00\x0b]]> & \ufffe"),))
    content = feed.find(f"{{{ATOM}}}entry")
    assert content is not None
    assert text(content, "content") == "\ufffd\ufffd]]> & \ufffd"
