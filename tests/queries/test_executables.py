"""The questions of the packs as SHACL executables in the dataset: what they ask, what they take, and that they run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.errors import QueryError, QuerySyntaxError
from ccin_graph.packs import ANALYSIS, Query, questions
from ccin_graph.queries import bind
from ccin_graph.queries.executables import PREFIX_DECLARATIONS, executable_iri, executable_quads
from ccin_graph.vocabulary import BASE, PREFIXES, QUERIES, RDF, SH, SPEX
from tests.servers import FaultyServer, Reply

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore

FOLDER = Path(__file__).parents[2] / "queries"
QUESTIONS = {query.name: query for query in questions(FOLDER)}

SELECT = """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX schema: <https://schema.org/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?question ?text ?target { GRAPH ?graph { <%s> a sh:SPARQLSelectExecutable ;
  rdfs:comment ?question ; sh:select ?text ; schema:target ?target } }"""


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
    asked = [parameter.default for parameter in query.parameters if parameter.kind == "service"]
    assert values(real, f"SELECT ?s {{ <{executable_iri(query)}> <{SPEX}federatesWith> ?s }}") == asked
    assert bool(asked) == query.federated
    if not query.federated:
        rows = real.select(body).rows
        assert rows == real.select(bind(query, {}, real)).rows
        # Results of analyses are in no dataset that the records alone make.
        assert rows or query.pack == ANALYSIS


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
        if not query.federated and not query.parameters:
            assert store.select(query.text).rows == without.select(query.text).rows, query.name


def made(folder: Path, old: str, new: str) -> Path:
    """Return a folder of packs with one question, in which something is replaced."""
    text = (FOLDER / "members" / "changes.rq").read_text("utf-8")
    assert text.count(old) == 1
    (folder / "members").mkdir()
    (folder / "members" / "one.rq").write_text(text.replace(old, new), "utf-8")
    return folder


def test_a_question_of_ones_own_becomes_one(tmp_path: Path) -> None:
    assert executable_quads(made(tmp_path, "#+ audience: researcher\n", ""))


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("#+ endpoint: https://w3id.org/ccin/sparql\n", "", 1, "its header names no service"),
        ("#+ endpoint: https://w3id.org/ccin/sparql", "#+ endpoint: our own", 5, "'our own' is no IRI"),
        ("#+ - to: 2021-08-21\n", "", 8, "'to' has no default"),
        ("#+ - to: 2021-08-21", "#+ - to: soon", 11, "'to' takes a date, and 'soon' is none"),
        ("to: {kind: date", "to: {kind: theme", 11, "'2021-08-21' is no IRI of the kind 'theme'"),
        ("to: {kind: date", "to: {kind: number", 11, "'to' takes a number, and '2021-08-21' is none"),
        ("to: {kind: date", "to: {kind: service", 11, "'to' takes the address of a service"),
    ],
)
def test_a_question_that_is_none_is_one_clear_error(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        executable_quads(made(tmp_path, old, new))
    assert str(caught.value).startswith(f"queries/members/one.rq:{line}: ")
    assert said in str(caught.value)
    assert caught.value.remedy


def test_a_question_is_a_select(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "one.rq").write_text("#+ summary: S\nASK { ?s ?p ?o }\n", "utf-8")
    with pytest.raises(QueryError, match=r"queries/mine/one\.rq:1: a question is a SELECT query"):
        executable_quads(tmp_path)


def test_a_question_of_ones_own_may_ask_another_service_and_is_not_asked_for_that(tmp_path: Path) -> None:
    with FaultyServer(lambda _: Reply()) as server:
        folder = made(tmp_path, "\nWHERE {\n", f"\nWHERE {{\n  SERVICE <{server.url}> {{ ?body ?p ?o }}\n")
        quads = executable_quads(folder)
        assert not server.asked
    assert [quad.object for quad in quads if quad.predicate.value == SPEX + "federatesWith"] == [
        ox.NamedNode(server.url)
    ]


def test_a_question_that_is_no_sparql_is_told_with_its_place(tmp_path: Path) -> None:
    folder = made(tmp_path, "PREFIX ccin: <https://w3id.org/ccin/def#>\n", "")
    with pytest.raises(QuerySyntaxError, match=r"queries/members/one\.rq: not SPARQL\nline \d+, column \d+: .*'ccin:'"):
        executable_quads(folder)
