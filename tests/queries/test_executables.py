"""The questions of the packs as SHACL executables in the dataset: what they ask, what they take, and that they run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.build import assemble
from ccin_graph.packs import FEDERATED, Query, pack_names, read_pack
from ccin_graph.queries import bind
from ccin_graph.queries.executables import PREFIX_DECLARATIONS, executable_iri, executable_quads
from ccin_graph.vocabulary import BASE, PREFIXES, QUERIES, RDF, SH, SPEX

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore
    from ccin_graph.tree import Tree

FOLDER = Path(__file__).parents[2] / "queries"
QUESTIONS = {query.name: query for pack in pack_names(FOLDER, federated=True) for query in read_pack(FOLDER, pack)}

SELECT = """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX schema: <https://schema.org/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?question ?text ?target { GRAPH ?graph { <%s> a sh:SPARQLSelectExecutable ;
  rdfs:comment ?question ; sh:select ?text ; schema:target ?target } }"""


@pytest.fixture(scope="module")
def real(checkout: Tree) -> EmbeddedStore:
    return assemble(checkout).store


def values(store: EmbeddedStore, query: str) -> list[str]:
    return sorted(getattr(row[0], "value", "") for row in store.select(query).rows)


def test_every_question_is_one_and_nothing_else_is(store: EmbeddedStore) -> None:
    found = values(store, f"SELECT ?e {{ GRAPH <{QUERIES}> {{ ?e a <{SH}SPARQLExecutable> }} }}")
    assert found == sorted(map(executable_iri, QUESTIONS.values()))
    assert found[0].startswith(f"{BASE}query/")


@pytest.mark.parametrize("query", QUESTIONS.values(), ids=QUESTIONS)
def test_an_executable_asks_what_the_file_asks_with_its_defaults(real: EmbeddedStore, query: Query) -> None:
    ((question, text, target),) = real.select(SELECT % executable_iri(query)).rows
    assert getattr(question, "value", "") == query.question
    assert getattr(target, "value", "") == query.endpoint
    body = getattr(text, "value", "")
    assert not body.startswith("#+")
    if query.pack == FEDERATED:
        assert values(real, f"SELECT ?s {{ <{executable_iri(query)}> <{SPEX}federatesWith> ?s }}")
    else:
        rows = real.select(body).rows
        assert rows == real.select(bind(query, {}, real)).rows
        # Results of analyses are in no dataset that the records alone make.
        assert rows or query.pack == "analysis"


def test_parameters_are_described(store: EmbeddedStore) -> None:
    rows = store.select(f"""PREFIX sh: <{SH}> SELECT ?name ?path ?about ?default {{
      <{BASE}query/members/changes> sh:parameter ?one . ?one a sh:Parameter ; sh:name ?name ; sh:path ?path .
      ?one sh:description ?about ; sh:defaultValue ?default ; sh:order ?order }} ORDER BY ?order""").rows
    assert [tuple(getattr(term, "value", "").rpartition("#")[2] for term in row) for row in rows] == [
        ("from", "_from_date", "the earlier day", "2018-04-09"),
        ("to", "_to_date", "the later day", "2021-08-21"),
    ]


def test_prefixes_that_questions_write_are_declared_once(store: EmbeddedStore) -> None:
    rows = store.select(f"""PREFIX sh: <{SH}> SELECT ?prefix ?namespace {{
      <{PREFIX_DECLARATIONS}> sh:declare ?one . ?one sh:prefix ?prefix ; sh:namespace ?namespace }}""").rows
    declared = {getattr(one, "value", ""): getattr(other, "value", "") for one, other in rows}
    assert len(declared) == len(rows) > 8
    assert declared.items() >= {"ccin": PREFIXES["ccin"], "skos": PREFIXES["skos"]}.items()


def test_they_are_the_same_each_time_and_have_no_blank_nodes() -> None:
    quads = executable_quads(FOLDER)
    assert quads == executable_quads(FOLDER)
    assert len(set(quads)) == len(quads)
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(QUERIES)}


def test_no_question_is_asked_of_the_questions(store: EmbeddedStore) -> None:
    bare = [quad for quad in store.quads() if quad.graph_name != ox.NamedNode(QUERIES)]
    without = type(store)(bare)
    assert without.select(f"SELECT ?c {{ ?q <{RDF}type> <{SH}SPARQLExecutable> }}").rows == ()
    for query in QUESTIONS.values():
        if query.pack != FEDERATED and not query.parameters:
            assert store.select(query.text).rows == without.select(query.text).rows, query.name
