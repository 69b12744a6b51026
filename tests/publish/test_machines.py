"""All that machines read, together: complete, in an order in which nothing names what is not there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.publish.machines import write_for_machines, write_whole_graph
from ccin_graph.publish.model import Model
from ccin_graph.publish.rendering import Renderer
from ccin_graph.publish.settings import Settings
from ccin_graph.serve.answering import Site
from ccin_graph.vocabulary import BASE
from tests.conftest import copy_project

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore

SETTINGS = Settings("A network", BASE + "organisation/harbour-network", BASE, "https://site.example/")
RETIRED = """\
merged:
- {id: organisation/northmere-city, into: organisation/northmere, date: 2026-05-01, why: "One <b>body</b>."}
withdrawn:
- {id: project/never-was, date: 2026-06-01, why: Another project.}
"""


def written(store: EmbeddedStore, root: Path, folder: Path) -> Path:
    project = copy_project(root)
    project.write("data/retired.yaml", RETIRED)
    folder.mkdir()

    def page(path: str, html: str) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        assert not (folder / path).exists(), path
        (folder / path).write_text(html, "utf-8")

    page("id/organisation/northmere.html", "")
    model = Model(store.quads(), SETTINGS)
    told: list[str] = []
    renderer = Renderer(SETTINGS, "0.1.0")

    def tell(what: str, done: int, all_of_them: int) -> None:
        told.append(what)

    write_whole_graph(store, project.tree, SETTINGS, folder, tell)
    write_for_machines(store, project.tree, model, renderer, folder, page, tell)
    assert told == ["Dumps", "Networks", "Vocabulary", "Data files", "Tables", "Descriptions"]
    return folder


@pytest.fixture(scope="module")
def folder(store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("machines")
    return written(store, top / "project", top / "site")


def test_everything_is_there(folder: Path) -> None:
    expected = (
        "def.html def.ttl shapes.html shapes.jsonld def/alignments/eurio.ttl def/alignments/vivo.html data.html "
        "data/SHA256SUMS data/harbour-network.nq.gz data/tables/csv-metadata.json data/network/council-council.gexf "
        "data/dataset.ttl .well-known/void redirects/w3id/.htaccess sitemap.xml robots.txt feed.xml "
        "id/organisation/northmere.ttl"
    )
    assert [path for path in expected.split() if not (folder / path).is_file()] == []


def test_what_was_retired_has_a_page_that_nobody_is_sent_to(folder: Path) -> None:
    gone = (folder / "id/project/never-was.html").read_text("utf-8")
    assert "withdrawn on 2026-06-01" in gone
    assert "noindex" in gone
    merged = (folder / "id/organisation/northmere-city.html").read_text("utf-8")
    assert 'href="northmere.html"' in merged
    assert "One &lt;b&gt;body&lt;/b&gt;." in merged
    sitemap = (folder / "sitemap.xml").read_text("utf-8")
    assert "never-was" not in sitemap
    assert "northmere-city" not in sitemap
    assert "https://site.example/def.html" in sitemap
    assert (folder / "feed.xml").read_text("utf-8").count("<entry>") == 2


def test_every_file_that_the_page_names_is_there(folder: Path) -> None:
    named = re.findall(r'href="(data/[^"]+)"', (folder / "data.html").read_text("utf-8"))
    assert len(named) > 50
    assert all((folder / path).is_file() for path in named)


def test_the_page_of_the_data_describes_them_to_search_engines(folder: Path) -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', (folder / "data.html").read_text("utf-8"))
    assert found
    described = json.loads(found[1])
    assert (described["@type"], described["name"]) == ("Dataset", "A network")
    places = [one["contentUrl"].removeprefix(SETTINGS.home) for one in described["distribution"]]
    assert "data/tables/figures.csv" in places
    assert all((folder / place).is_file() for place in places)
    local = found[1].replace('"https://schema.org"', '{"@vocab": "https://schema.org/"}')
    triples = ox.parse(local, format=ox.RdfFormat.JSON_LD)
    assert {quad.predicate.value for quad in triples} > {
        "https://schema.org/distribution",
        "https://schema.org/version",
    }


def test_it_can_be_served(folder: Path) -> None:
    site = Site(folder)
    answer = site.answer("GET", "/id/organisation/northmere", {"accept": "text/turtle"})
    assert site.answer("GET", answer.headers["Location"], {}).status == 200
    assert site.answer("GET", "/id/project/never-was", {}).status == 410
    assert site.answer("GET", "/id/dataset/harbour-network", {"accept": "application/ld+json"}).headers["Location"] == (
        "/data/dataset.jsonld"
    )


def test_twice_gives_the_same_bytes(folder: Path, store: EmbeddedStore, tmp_path: Path) -> None:
    again = written(store, tmp_path / "project", tmp_path / "site")
    for path in (one for one in folder.rglob("*") if one.is_file()):
        assert (again / path.relative_to(folder)).read_bytes() == path.read_bytes(), path


def test_no_path_of_this_machine_stands_anywhere(folder: Path, tmp_path: Path) -> None:
    here = str(tmp_path.parent).encode()
    assert not [path for path in folder.rglob("*") if path.is_file() and here in path.read_bytes()]
