"""The embedded store: one graph of all named graphs, with or without what was derived."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.build import write_dataset
from ccin_graph.errors import QuerySyntaxError, StoreError
from ccin_graph.store import EmbeddedStore, Solutions, Store
from ccin_graph.vocabulary import DERIVED

if TYPE_CHECKING:
    from ccin_graph.build import Dataset


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"http://e.org/{name}")


def quad(subject: str, value: str, graph: str = "g") -> ox.Quad:
    return ox.Quad(
        node(subject), node("p"), ox.Literal(value), node(graph) if "//" not in graph else ox.NamedNode(graph)
    )


@pytest.fixture
def small() -> EmbeddedStore:
    return EmbeddedStore([quad("a", "1", "one"), quad("b", "2", "two"), quad("c", "3", DERIVED)])


ALL = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"
NAMED = "SELECT ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o"


def values(solutions: Solutions) -> list[str]:
    return [str(getattr(row[0], "value", row[0])) for row in solutions.rows]


def test_the_default_graph_is_the_union_of_the_named_graphs(small: EmbeddedStore) -> None:
    assert values(small.select(ALL)) == ["1", "2", "3"]
    assert values(small.select(NAMED)) == ["1", "2", "3"]
    assert small.ask("ASK { ?a <http://e.org/p> '1' . ?b <http://e.org/p> '2' }")


def test_derived_triples_can_be_left_out(small: EmbeddedStore) -> None:
    assert values(small.select(ALL, derived=False)) == ["1", "2"]
    assert not small.ask("ASK { ?s ?p '3' }", derived=False)
    assert small.ask("ASK { ?s ?p '3' }")
    assert len(small.construct("CONSTRUCT WHERE { ?s ?p ?o }", derived=False)) == 2


def test_derived_triples_are_left_out_of_named_graphs_too(small: EmbeddedStore) -> None:
    assert values(small.select(NAMED, derived=False)) == ["1", "2"]


def test_one_named_graph_can_be_asked(small: EmbeddedStore) -> None:
    assert values(small.select("SELECT ?o { GRAPH <http://e.org/two> { ?s ?p ?o } }")) == ["2"]


def test_columns_and_rows_of_a_select(small: EmbeddedStore) -> None:
    solutions = small.select("SELECT ?s ?none { ?s ?p '1' }")
    assert solutions == Solutions(("s", "none"), ((node("a"), None),))


def test_ask_and_construct(small: EmbeddedStore) -> None:
    assert small.ask("ASK {}") is True
    assert small.ask("ASK { ?s ?p 'none' }") is False
    triple = ox.Triple(node("a"), node("q"), ox.Literal("1"))
    assert small.construct("CONSTRUCT { ?s <http://e.org/q> ?o } WHERE { ?s ?p ?o FILTER (?o = '1') }") == (triple,)
    assert small.construct("DESCRIBE <http://e.org/a>") == (ox.Triple(node("a"), node("p"), ox.Literal("1")),)


@pytest.mark.parametrize(
    ("method", "query", "said"),
    [
        ("select", "ASK {}", "not a SELECT query. Use ask or construct."),
        ("select", "CONSTRUCT WHERE { ?s ?p ?o }", "not a SELECT query"),
        ("ask", "SELECT * {}", "not an ASK query. Use select or construct."),
        ("ask", "DESCRIBE <http://e.org/a>", "not an ASK query"),
        ("construct", "SELECT * {}", "not a CONSTRUCT query. Use select or ask."),
        ("construct", "ASK {}", "not a CONSTRUCT query"),
    ],
)
def test_a_query_of_another_form(small: EmbeddedStore, method: str, query: str, said: str) -> None:
    with pytest.raises(StoreError) as caught:
        getattr(small, method)(query)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "query", ["", "SELECT", "SELECT * {", "SELECT * { ?s ?p }", "nonsense", "SELECT * { ?s unknown:p ?o }",
              "DROP ALL", "INSERT DATA { <http://e.org/a> <http://e.org/b> 1 }", "DELETE WHERE { ?s ?p ?o }",
              "LOAD <http://e.org/>", "CLEAR ALL", "SELECT * { \"unended }"]
)  # fmt: skip
def test_what_is_no_query_is_one_clear_error_and_changes_nothing(small: EmbeddedStore, query: str) -> None:
    with pytest.raises(QuerySyntaxError, match=r"(?s)^not SPARQL: .*Mend the query\.$"):
        small.select(query)
    assert len(small) == 3


@pytest.mark.parametrize(
    ("method", "query"), [("select", "CONSTRUCT WHERE { ?s ?p ?o }"), ("ask", ALL), ("construct", ALL)]
)
def test_an_error_may_be_freed_in_any_thread(small: EmbeddedStore, method: str, query: str) -> None:
    held: list[StoreError] = []
    try:
        getattr(small, method)(query)
    except StoreError as error:
        held.append(error)
    assert held
    freed = Thread(target=held.clear)
    freed.start()
    freed.join()


def test_another_service_is_never_asked(small: EmbeddedStore) -> None:
    for method in (small.select, small.ask, small.construct):
        with pytest.raises(StoreError, match="asks another service"):
            method("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


def test_a_query_nested_too_deep_never_reaches_the_engine(small: EmbeddedStore) -> None:
    with pytest.raises(StoreError, match="nested"):
        small.ask("ASK " + "{" * 100_000 + "}" * 100_000)


def test_from_reads_no_file(small: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("<http://e.org/x> <http://e.org/p> 'from a file' .", "utf-8")
    assert "from a file" not in values(small.select(f"SELECT ?o FROM <{path.as_uri()}> {{ ?s ?p ?o }}"))


def test_quads_are_held_once(small: EmbeddedStore) -> None:
    small.add([quad("a", "1", "one"), quad("d", "4")])
    assert len(small) == 4
    assert set(small.quads()) == {
        quad("a", "1", "one"), quad("b", "2", "two"), quad("c", "3", DERIVED), quad("d", "4"),
    }  # fmt: skip


def test_a_triple_is_held_in_whatever_graph(small: EmbeddedStore) -> None:
    assert small.holds(quad("a", "1").triple)
    assert small.holds(quad("c", "3").triple)
    assert not small.holds(quad("a", "2").triple)


def test_a_dataset_that_was_written_is_read_back(dataset: Dataset, tmp_path: Path) -> None:
    write_dataset(dataset, tmp_path)
    assert set(EmbeddedStore.from_file(tmp_path / "ccin.nq").quads()) == set(dataset.store.quads())


def test_a_file_that_is_missing_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none\.nq cannot be read: .*Run 'ccin-graph build'"):
        EmbeddedStore.from_file(tmp_path / "none.nq")


def test_a_file_that_is_broken_is_one_clear_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.nq"
    path.write_text("<http://e.org/a> <http://e.org/b> <http://e.org/c> .\nnonsense\n", "utf-8")
    with pytest.raises(StoreError, match=r"x\.nq:2: .*Run 'ccin-graph build' anew"):
        EmbeddedStore.from_file(path)


def test_the_embedded_store_is_a_store(small: EmbeddedStore) -> None:
    store: Store = small
    assert store.ask("ASK {}")
