"""The whole site: links, sizes, names, citations, and that it is the same and whole every time."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import SiteError
from ccin_graph.publish.folder import MARK
from ccin_graph.publish.model import BODIES, Kind, Model
from ccin_graph.publish.settings import read_settings
from ccin_graph.vocabulary import BASE, CCIN, PROV

if TYPE_CHECKING:
    from ccin_graph.build import Dataset
    from ccin_graph.tree import Tree
    from tests.pages import Folder

_ID = BASE


@pytest.fixture(scope="module")
def model(whole_dataset: Dataset, checkout: Tree) -> Model:
    return Model(whole_dataset.store.quads(), read_settings(checkout.root / "web" / "site.toml"))


def test_no_link_and_no_fragment_is_broken(whole: Folder) -> None:
    assert whole.broken() == []


def test_pages_are_small(whole: Folder) -> None:
    large = {path: len(whole.page(path).text.encode()) for path in whole.pages}
    assert {path: size for path, size in large.items() if size >= 100_000} == {}


def test_no_fragment_stands_twice_on_a_page(whole: Folder) -> None:
    twice = {path: [one for one, many in Counter(whole.page(path).ids).items() if many > 1] for path in whole.pages}
    assert {path: ids for path, ids in twice.items() if ids} == {}


def test_every_thing_has_a_page_with_data_beside_it(whole: Folder, model: Model) -> None:
    for kind in Kind:
        assert model.things(kind), kind
        for iri in model.things(kind):
            page = model.page(iri)
            assert page in whole.files
            for ending in ("ttl", "jsonld", "nt"):
                assert model.addresses.data(iri, ending) in whole.files


def test_every_iri_of_ours_leads_to_a_fragment_that_is_there(whole: Folder, model: Model) -> None:
    for iri in model:
        fragment = iri.partition("#")[2]
        if fragment and iri.startswith(_ID) and "/selector#" not in iri:
            page = model.addresses.page(iri)
            assert page is not None
            assert fragment in whole.page(page.partition("#")[0]).ids, iri


def test_every_page_of_a_thing_names_it_and_tells_its_iri(whole: Folder, model: Model) -> None:
    for kind in Kind:
        for iri in model.things(kind):
            tree = whole.page(str(model.page(iri))).tree
            assert tree.xpath("string(//h1)") == model.label(iri)
            assert tree.xpath("string(//details[@class='data']//code[1])") == iri
            assert tree.xpath("//head/link[@rel='alternate'][@type='text/turtle']")


def test_every_claim_stands_beside_where_it_was_read(whole: Folder, model: Model) -> None:
    checked = 0
    for claim in model.instances(CCIN + "Claim"):
        document, _, fragment = claim.partition("#")
        page = whole.page(str(model.page(document)))
        row = page.tree.xpath("//*[@id=$id]", id=fragment)[0]
        hrefs = set(row.xpath(".//*[contains(@class, 'cite')]//a/@href"))
        for cited in model.citations(claim):
            assert any(
                href.endswith(cited.href.rpartition("/")[2]) or cited.href.endswith(href.lstrip("./")) for href in hrefs
            ), (claim, cited)
            checked += 1
    assert checked > 2500


def test_interpretation_and_hope_are_told_apart_from_fact(whole: Folder, model: Model) -> None:
    for claim in model.instances(CCIN + "PrincipleClaim"):
        basis = str(model.link(claim, CCIN + "basis"))
        assert _row(whole, model, claim).xpath("string(.//*[contains(@class, 'tag')])") == basis.rpartition("/")[2]
    for claim in model.instances(CCIN + "Figure"):
        status = str(model.link(claim, CCIN + "status")).rpartition("/")[2]
        tags = [str(one.text_content()) for one in _row(whole, model, claim).xpath(".//*[contains(@class, 'tag')]")]
        assert tags == ([] if status == "actual" else [status])


def _row(whole: Folder, model: Model, claim: str):  # type: ignore[no-untyped-def]
    document, _, fragment = claim.partition("#")
    return whole.page(str(model.page(document))).tree.xpath("//*[@id=$id]", id=fragment)[0]


def test_no_page_shows_an_iri_where_a_name_is_known(whole: Folder, model: Model) -> None:
    for path in whole.pages:
        if path.startswith("id/") and not path.startswith("id/query/"):
            for link in whole.page(path).tree.xpath("//main//a[not(ancestor::details[@class='data'])]"):
                assert not str(link.text_content()).startswith(BASE), (path, link.text_content())


def test_a_council_page_tells_its_story(whole: Folder) -> None:
    tree = whole.page("id/organisation/oldham.html").tree
    headings = [one.text_content() for one in tree.xpath("//h2")]
    for heading in ("Membership over time", "What it did", "Whom it worked with", "Its place in the network"):
        assert heading in headings
    assert "E08000004" in tree.text_content()
    assert tree.xpath("//figure[@class='map']/svg") or tree.xpath("//figure[@class='map']/*")
    said = json.loads(tree.xpath("string(//script[@type='application/ld+json'])"))
    assert said["@type"] == "GovernmentOrganization"
    assert said["@id"] == f"{BASE}organisation/oldham"


def test_a_passage_leads_to_everything_that_rests_on_it(whole: Folder, model: Model) -> None:
    for publication in model.things(Kind.PUBLICATION):
        page = whole.page(str(model.page(publication)))
        parts = {str(one) for one in page.tree.xpath("//@data-part")}
        detailed = [whole.page(f"id/publication/{part}") for part in parts] or [page]
        for passage in model.subjects(CCIN + "publication", publication):
            fragment = passage.partition("#")[2]
            if CCIN + "Passage" not in model.types(passage):
                continue
            assert fragment in page.ids
            rows = [row for one in detailed for row in one.tree.xpath("//*[@id=$id]", id=fragment)]
            assert len(rows) == 1, passage
            resting = model.subjects(PROV + "wasDerivedFrom", passage)
            hrefs = {str(one).rpartition("#")[2] for one in rows[0].xpath(".//a/@href")}
            for claim in resting:
                if "#" in claim:
                    assert claim.partition("#")[2] in hrefs, (passage, claim)


def test_every_list_is_complete(whole: Folder, model: Model) -> None:
    for kind in Kind:
        pages = [path for path in whole.pages if re.fullmatch(rf"{kind.page}(\.\d+)?\.html", path)]
        listed = {
            whole.target(path, href)
            for path in pages
            for href in whole.page(path).tree.xpath("//*[@id='list']//a/@href")
        }
        assert {(model.page(iri), "") for iri in model.things(kind)} <= listed


def test_a_facet_leads_to_those_that_have_it(whole: Folder, model: Model) -> None:
    listed = {
        whole.target("councils/region/london.html", href)
        for href in whole.page("councils/region/london.html").tree.xpath("//*[@id='list']//a/@href")
    }
    london = model.subjects(CCIN + "region", f"{BASE}region/london")
    assert listed == {(model.page(iri), "") for iri in london if model.kind_of(iri) is Kind.COUNCIL}


def test_the_search_finds_every_thing_by_every_name(whole: Folder, model: Model) -> None:
    text = (whole.root / "assets" / "search-index.js").read_text("utf-8")
    entries = json.loads(text.removeprefix("window.CCIN_SEARCH = ").rstrip(";\n"))
    by_path = {entry["path"]: entry for entry in entries}
    assert set(by_path) <= whole.files
    for kind in Kind:
        for iri in model.things(kind) if kind is not Kind.PARTNERSHIP else ():
            assert by_path[str(model.page(iri))]["label"] == model.label(iri)
    assert "EY" in by_path["id/organisation/ey.html"]["label"] + by_path["id/organisation/ey.html"]["names"]


def test_nothing_is_fetched_from_elsewhere(whole: Folder) -> None:
    for path in whole.pages:
        tree = whole.page(path).tree
        for element in tree.xpath("//*[@src] | //link[@href] | //form[@action] | //object[@data]"):
            value = element.get("src") or element.get("href") or element.get("action") or element.get("data")
            if element.tag == "link" and element.get("rel") in ("canonical", "license"):
                continue
            assert "//" not in value, (path, value)
    for path in whole.files:
        # In the pictures of questions IRIs are words, in the outline of a picture they are its namespaces.
        if path.endswith(".css") or (path.startswith("assets/") and path.endswith(".svg")):
            text = (whole.root / path).read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
            assert not re.search(r"url\(\s*['\"]?(https?:)?//|@import|https?://", text), path


def test_every_page_has_the_strict_policy(whole: Folder) -> None:
    for path in whole.pages:
        policy = whole.page(path).tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert len(policy) == 1, path
        assert "default-src 'self'" in policy[0]
        assert "unsafe-inline" not in policy[0]
        assert "'unsafe-eval'" not in policy[0]
        assert ("wasm-unsafe-eval" in policy[0]) == (path == "ask.html")
        assert not whole.page(path).tree.xpath(
            "//style | //*[@style] | //script[not(@src)][not(@type='application/ld+json')]"
        )


def test_nobody_can_be_reached_by_what_stands_here(whole: Folder) -> None:
    mail = re.compile(rb"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]{2,}")
    telephone = re.compile(rb"(?<![\w.,#=/-])(\+44|0[127]\d{2,4}) ?\d{3,4} ?\d{3,4}(?![\w.-])")
    for path in sorted(whole.files):
        if path.endswith((".html", ".ttl", ".json", ".csv", ".xml", ".txt", ".nt", ".jsonld")):
            content = (whole.root / path).read_bytes()
            assert not mail.search(content), (path, mail.search(content))
            assert not telephone.search(content), (path, telephone.search(content))


def _digest(root: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file():
            whole.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def _publishing(clean_root: Path, nquads: Path, out: Path, seed: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ccin_graph", "publish", "--root", str(clean_root), "--dataset", str(nquads)]
    site = Path(__file__).parents[2] / "web" / "site.toml"
    return subprocess.Popen(
        [*command, "--site", str(site), "--out", str(out)],
        env=os.environ | {"PYTHONHASHSEED": seed},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.fixture(scope="module")
def nquads(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from ccin_graph.build import canonical_lines

    file = tmp_path_factory.mktemp("nquads") / "small.nq"
    file.write_bytes(b"".join(canonical_lines(dataset.store)))
    return file


@pytest.fixture(scope="module")
def built(clean, nquads: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # type: ignore[no-untyped-def]
    """Return a site that a process of its own has written."""
    out = tmp_path_factory.mktemp("built") / "site"
    process = _publishing(clean.root, nquads, out, "1")
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    return out


def test_two_builds_have_the_same_bytes(clean, nquads: Path, built: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    process = _publishing(clean.root, nquads, tmp_path / "again", "2")
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    assert _digest(tmp_path / "again") == _digest(built)


def test_killed_while_writing_the_site_before_stays_whole(  # type: ignore[no-untyped-def]
    clean, nquads: Path, built: Path, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    shutil.copytree(built, out)
    before = _digest(out)
    process = _publishing(clean.root, nquads, out, "1")
    deadline = time.monotonic() + 120
    # Killed when a good part is written, but not all.
    while time.monotonic() < deadline and len(list(tmp_path.glob(".site.staged-*/id/*/*.html"))) < 10:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert _digest(out) == before
    process = _publishing(clean.root, nquads, out, "1")
    process.communicate(timeout=300)
    assert _digest(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_somebody_is_never_replaced(clean, nquads: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "papers"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work", "utf-8")
    process = _publishing(clean.root, nquads, out, "1")
    _, said = process.communicate(timeout=300)
    assert process.returncode == 2
    assert b"files that are not of a site written here" in said
    assert b"Traceback" not in said
    assert (out / "thesis.txt").read_text("utf-8") == "years of work"


def test_two_things_in_one_file_are_refused(dataset: Dataset, clean, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from ccin_graph.publish.site import Site
    from tests.publish.conftest import SETTINGS

    site = Site(dataset.store, clean.tree, SETTINGS, tmp_path, "0.1.0", lambda what, done, all_of_them: None)
    site.write("a.html", "x")
    with pytest.raises(SiteError, match=r"two pages would stand in a\.html"):
        site.write("a.html", "y")


def test_the_small_site_is_sound_too(small: Folder) -> None:
    assert small.broken() == []
    assert MARK in small.files
    tree = small.page("id/organisation/northmere.html").tree
    assert tree.xpath("string(//link[@rel='canonical']/@href)").endswith("/id/organisation/northmere.html")


def test_the_page_for_what_is_missing_finds_its_files_from_any_address(small: Folder, whole: Folder) -> None:
    for site in (small, whole):
        links = [value for tag, value in site.page("404.html").followed() if "//" not in value and value != "#main"]
        assert f"{site.top}assets/site.css" in links
        assert f"{site.top}search.html" in links
        assert all(value.startswith(site.top) for value in links)


def test_bodies_of_every_kind_have_a_list(small: Folder) -> None:
    for kind in BODIES:
        assert f"{kind.page}.html" in small.files
