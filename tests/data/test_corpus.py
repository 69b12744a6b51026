"""The records of this project: complete, clean, and each claim at its lines where the texts are at hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ccin_graph.build import Dataset, assemble
from ccin_graph.evidence.coverage import coverage
from ccin_graph.graph import Graph
from ccin_graph.packs import questions
from ccin_graph.records.values import private_detail_in
from ccin_graph.tree import Tree
from ccin_graph.validate import check

ROOT = Path(__file__).parents[2]
TREE = Tree(ROOT)
SOURCES = ROOT.parent / "shared" / "sources"
REGISTER = ROOT.parent / "shared" / "registers" / "uk_local_authorities.csv"
needs_sources = pytest.mark.skipif(not SOURCES.is_dir(), reason=f"the source texts are not at {SOURCES.name}/")

ENTRIES = {
    "members-2013": 19,
    "members-2018": 21,
    "associates-2018": 5,
    "affiliates-2018": 15,
    "members-2021": 32,
    "associates-2021": 20,
    "affiliates-2021": 35,
}


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return assemble(TREE)


def test_nothing_to_mend(dataset: Dataset) -> None:
    register = REGISTER if REGISTER.is_file() else None
    found = check(dataset, TREE, SOURCES if SOURCES.is_dir() else None, register=register)
    assert [str(finding) for finding in found if finding.to_mend] == []


@needs_sources
def test_every_line_of_the_sources_that_tells_something_is_accounted_for(dataset: Dataset) -> None:
    for source in coverage(dataset.store, TREE.queries, SOURCES):
        assert source.cited / source.printed > 0.9, source.publication


@pytest.mark.parametrize("listing", sorted(ENTRIES))
def test_listing_is_complete(listing: str) -> None:
    text = (TREE.listings / f"{listing}.yaml").read_text("utf-8")
    assert len(re.findall(r"^- \{listed: ", text, re.MULTILINE)) == ENTRIES[listing]


def test_no_private_detail_in_any_record() -> None:
    for path in sorted(TREE.data.rglob("*.yaml")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.startswith(("sha256:", "identifier:")):
                assert private_detail_in(line) is None, f"{path.name}:{number}: {line}"


def test_every_source_has_case_studies(dataset: Dataset) -> None:
    query = """PREFIX ccin: <https://w3id.org/ccin/def#> PREFIX dcterms: <http://purl.org/dc/terms/>
    SELECT ?publication (COUNT(?section) AS ?many)
    WHERE { ?section a ccin:CaseStudy ; dcterms:isPartOf ?publication } GROUP BY ?publication"""
    counted = {str(row[0]): int(getattr(row[1], "value", 0)) for row in dataset.store.select(query).rows}
    least = {
        "case-studies-2013": 0,
        "case-studies-2018": 38,
        "case-studies-2021": 70,
        "conference-2019": 7,
        "covid-2020": 31,
        "taskforce-2013": 19,
    }
    for publication, many in counted.items():
        assert many >= least[publication.rpartition("/")[2].rstrip(">")]
    assert len(counted) == 5


def test_every_question_of_the_packs_has_an_answer(dataset: Dataset) -> None:
    graph = Graph(dataset.store, TREE)
    answered = [query for query in questions(TREE.queries) if not query.needs_more]
    assert len(answered) >= 60
    assert [query.name for query in answered if not len(graph.query(query.name))] == []
