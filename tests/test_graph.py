"""The graph as a Python object."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib

from ccin_graph.build import write_dataset
from ccin_graph.errors import BadParameter, QuerySyntaxError, StoreError, UnknownQuery
from ccin_graph.graph import Graph
from ccin_graph.store import EmbeddedStore
from ccin_graph.vocabulary import BASE, CCIN, SKOS

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.build import Dataset
    from tests.conftest import Project


@pytest.fixture(scope="module")
def graph(dataset: Dataset, clean: Project) -> Graph:
    """Return the graph of the unchanged project."""
    return Graph(dataset.store, clean.tree)


def _quads(graph: Graph) -> set[ox.Quad]:
    assert isinstance(graph.store, EmbeddedStore)
    return set(graph.store.quads())


def test_the_graph_of_the_records_is_the_graph_of_the_file(graph: Graph, dataset: Dataset, tmp_path: Path) -> None:
    write_dataset(dataset, tmp_path)
    from_file = Graph.from_file(tmp_path / "ccin.nq", graph.tree)
    from_records = Graph.from_records(graph.tree)
    assert _quads(from_file) == _quads(from_records) == _quads(graph)


def test_the_project_around_the_working_directory_is_taken(
    clean: Project, dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(clean.root / "data")
    write_dataset(dataset, tmp_path)
    assert Graph.from_file(tmp_path / "ccin.nq").tree.root == clean.root.resolve()
    assert len(_quads(Graph.from_records())) == len(dataset.store)


def test_a_file_that_is_missing_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        Graph.from_file(tmp_path / "none.nq")


@pytest.mark.parametrize("council", ["northmere", "Northmere City Council", f"{BASE}organisation/northmere"])
def test_a_query_of_the_packs(graph: Graph, council: str) -> None:
    rows = list(graph.query("councils/projects", council=council))
    assert [row["name"] for row in rows] == ["Harbour Lights", "Quayside Wardens"]


def test_a_query_by_its_stem(graph: Graph) -> None:
    assert graph.query("projects", council="northmere") == graph.query("councils/projects", council="northmere")


def test_a_parameter_may_be_called_name(graph: Graph) -> None:
    with pytest.raises(BadParameter, match="has no parameter 'name'"):
        graph.query("councils/projects", name="x")


def test_what_is_derived_can_be_left_out(graph: Graph) -> None:
    assert len(graph.query("partnerships/strongest", derived=False)) == 0
    assert len(graph.sparql(f"SELECT ?x {{ ?x a <{CCIN}Partnership> }}")) == 3
    assert len(graph.sparql(f"SELECT ?x {{ ?x a <{CCIN}Partnership> }}", derived=False)) == 0
    assert len(graph.construct(f"CONSTRUCT WHERE {{ ?x a <{CCIN}Partnership> }}", derived=False)) == 0


@pytest.mark.parametrize(
    ("text", "error"), [("nonsense", QuerySyntaxError), ("ASK {}", StoreError), ("DROP ALL", QuerySyntaxError)]
)
def test_a_query_that_is_none(graph: Graph, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        graph.sparql(text)


def test_an_unknown_query(graph: Graph) -> None:
    with pytest.raises(UnknownQuery, match="Did you mean councils/projects"):
        graph.query("councils/project", council="northmere")


def test_a_construct_is_an_rdflib_graph(graph: Graph) -> None:
    found = graph.construct(f"CONSTRUCT {{ ?x a <{CCIN}Council> }} WHERE {{ ?x a <{CCIN}Council> }}")
    assert isinstance(found, rdflib.Graph)
    assert len(found) == 4
    assert (rdflib.URIRef(f"{BASE}organisation/northmere"), rdflib.RDF.type, rdflib.URIRef(f"{CCIN}Council")) in found


def test_everything_as_an_rdflib_graph_that_answers_as_the_store_does(graph: Graph) -> None:
    whole = graph.to_rdflib()
    assert len(whole) == len(_quads(graph))
    asked = f"SELECT ?name {{ ?x a <{CCIN}Council> ; <{SKOS}prefLabel> ?name }} ORDER BY ?name"
    rows = [str(row[0]) for row in whole.query(asked) if isinstance(row, rdflib.query.ResultRow)]
    assert rows == [row["name"] for row in graph.sparql(asked)]


def test_participations_are_the_input_of_the_network(graph: Graph) -> None:
    rows = graph.participations()
    assert len(rows) == len(graph.query("network/participations"))
    assert {row.kind for row in rows} == {"council", "affiliate", "other"}
