"""Another network's data, written by another hand: its own IRIs, languages, colours and texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from ccin_graph.cli.publish_command import command
from ccin_graph.validate.foreign import check_files
from tests.pages import Folder

if TYPE_CHECKING:
    from ccin_graph.tree import Tree

HERE = Path(__file__).parent / "other-network"


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    out = tmp_path_factory.mktemp("towns") / "site"
    arguments = ["--dataset", str(HERE / "dataset.trig"), "--site", str(HERE / "site.toml"), "--out", str(out)]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return Folder(out)


def test_its_data_satisfy_our_shapes(checkout: Tree) -> None:
    assert [str(finding) for finding in check_files([HERE / "dataset.trig"], checkout) if finding.to_mend] == []


def test_its_site_is_whole(towns: Folder) -> None:
    assert towns.broken() == []
    for page in (
        "id/organisation/saltmouth.html",
        "id/project/tide-school.html",
        "id/case-study/yearbook-2030/tide-school.html",
        "id/publication/yearbook-2030.html",
        "id/person/mair-penri.html",
        "id/event/regatta-2030.html",
        "id/listing/members-2030.html",
        "id/output/tide-chart.html",
        "id/place/old-mole.html",
        "councils.html",
    ):
        assert page in towns.files


def test_its_languages_are_told(towns: Folder) -> None:
    tree = towns.page("id/organisation/saltmouth.html").tree
    heading = tree.xpath("//h1")[0]
    assert (heading.text_content(), heading.get("lang")) == ("Cyngor Tref Aberheli", "cy")
    assert "Saltmouth Town Council" in tree.xpath("string(//p[@class='names'])")


def test_its_colours_and_texts_are_its_own(towns: Folder) -> None:
    assert "#0b5d4f" in (towns.root / "assets" / "colours.css").read_text("utf-8")
    start = towns.page("index.html").tree
    assert start.xpath("string(//h1)") == "Cynghrair Trefi'r Harbwr"
    assert "Ports of one coast" in start.text_content()
    for path in ("index.html", "about.html", "id/organisation/saltmouth.html", "councils.html", "search.html"):
        assert "CCIN" not in towns.page(path).tree.xpath("string(//main)"), path
        assert "Co-operative Councils" not in towns.page(path).text, path


def test_what_follows_from_its_claims_has_its_own_iris(towns: Folder) -> None:
    assert "id/partnership/lobster-society--saltmouth.html" in towns.files
    tree = towns.page("id/organisation/saltmouth.html").tree
    assert "Membership over time" in tree.text_content()
    assert tree.xpath("//*[@id='member.harbour-towns-alliance.member.2030-01-01']")


def test_our_concepts_stand_on_its_site(towns: Folder) -> None:
    page = towns.page("id/case-study/yearbook-2030/tide-school.html")
    roles = [towns.target(page.path, href) for href in page.tree.xpath("//*[@id='participants']/..//td[2]/a/@href")]
    assert ("vocabulary/role/lead.html", "") in roles
    assert "vocabulary/role/lead.html" in towns.files


def test_an_error_is_reported_with_what_is_needed(towns: Folder) -> None:
    (href,) = towns.page("id/project/tide-school.html").tree.xpath("//a[text()='Report an error on this page']/@href")
    assert href.startswith("https://towns.example.org/report?title=Error+on+")
    assert "towns.example.org%2Fid%2Fproject%2Ftide-school" in href


def test_canonical_links_and_descriptions_name_its_home(towns: Folder) -> None:
    tree = towns.page("id/project/tide-school.html").tree
    home = "https://towns.example.org/id/project/tide-school.html"
    assert tree.xpath("string(//link[@rel='canonical']/@href)") == home
    said = json.loads(tree.xpath("string(//script[@type='application/ld+json'])"))
    assert (said["@id"], said["url"], said["@type"]) == (
        "https://towns.example.org/id/project/tide-school",
        home,
        "Project",
    )
