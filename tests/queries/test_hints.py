"""Queries that are misspelt: each is told where and what is probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import QuerySyntaxError
from ccin_graph.queries import Table, ask
from ccin_graph.queries.answering import hints_of
from ccin_graph.queries.hints import slips

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore

P = "PREFIX ccin: <https://w3id.org/ccin/def#>\n"

#: No SPARQL: the query, where, and what is said.
BROKEN = {
    "SELCT * { ?s ?p ?o }": (1, 1, "'SELCT' is no word of SPARQL; did you mean SELECT?"),
    "SELECT * WEHRE { ?s ?p ?o }": (1, 10, "did you mean WHERE?"),
    "SELECT * {\n  ?s ?p ?o\n  FITLER (?o > 1)\n}": (3, 3, "did you mean FILTER?"),
    "SELECT * { ?s ?p ?o OPTOINAL { ?o ?q ?r } }": (1, 21, "did you mean OPTIONAL?"),
    "SELECT * { ?s ?p ?o FILTER STRSTART(?o, 'a') }": (1, 28, "did you mean STRSTARTS?"),
    "SELECT * { ?s ?p ?o } ODER BY ?s": (1, 23, "did you mean ORDER?"),
    "SELECT * { ?s ?p ?o } ORDER ?s": (1, 23, "ORDER is followed by BY"),
    "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP ?s": (1, 41, "GROUP is followed by BY"),
    "SELECT * { ?s ccin:partner ?o }": (1, 15, "begin the query with PREFIX ccin: <https://w3id.org/ccin/def#>"),
    f"{P}SELECT * {{ ?s cin:partner ?o }}": (2, 15, "the prefix 'cin:' is not declared; did you mean 'ccin:'?"),
    "SELECT * {\r\n ?s scos:prefLabel ?o }": (2, 5, "did you mean 'skos:'?"),
    "SELECT * { ?s qqqqq:x ?o }": (1, 15, "begin the query with PREFIX qqqqq: <…>"),
    "PREFIX ccin <https://w3id.org/ccin/def#>\nSELECT * { ?s ?p ?o }": (1, 8, "write PREFIX ccin: <…>"),
    "SELECT * {\n  ?s ?p ?o\n": (1, 10, "this '{' is not closed"),
    "SELECT * { ?s ?p ?o } }": (1, 23, "this '}' closes no '{'"),
    "SELECT * { ?s ?p ?o FILTER (?o > (1 }": (1, 37, "this '}' closes no '{'"),
    "SELECT * { ?s ?p Preston }": (1, 18, "a text has quotes"),
    "SELECT * { ?s ?p ?o . . ?o ?q ?r }": (1, 23, "one '.' too many"),
    "SELECT ?s ?o { ?s ?p ?o ; }\nLIMIT ten": (2, 7, "'ten' is no word of SPARQL"),
    "SELECT (COUNT(?s) AS ?n) ?p { ?s ?p ?o }": (1, 41, "The SELECT contains a variable that is unbound"),
    "SELECT * { ?s ?p ?o } LIMIT ?s": (1, 29, "it cannot be read"),
    "": (1, 1, ""),
}

#: SPARQL that would be answered with nothing, or with an empty column: where, and what is said.
UNKNOWN = {
    f"{P}SELECT * {{ ?s a ccin:Counsil }}": (2, 17, "called ccin:Counsil; did you mean ccin:Council?"),
    f"{P}SELECT * {{ ?s a ccin:council }}": (2, 17, "ccin:Council"),
    f"{P}SELECT * {{ ?s ccin:patner ?o }}": (2, 15, "ccin:partner"),
    f"{P}SELECT * {{\n  ?s ccin:prefLabel ?o }}": (3, 6, "skos:prefLabel"),
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nSELECT * { ?s skos:preflabel ?o }": (2, 15, "skos:prefLabel"),
    "PREFIX schema: <http://schema.org/>\nSELECT * { ?s schema:about ?o }": (1, 8, "<https://schema.org/>"),
    "SELECT * { <https://w3id.org/ccin/id/organisation/nothmere> ?p ?o }": (1, 12, "organisation/northmere>"),
    "SELECT * { <https://w3id.org/ccin/id/organization/northmere> ?p ?o }": (1, 12, "organisation/northmere>"),
    "SELECT * { ?s ?p <https://w3id.org/ccin/id/role/deliverry> }": (1, 18, "role/delivery>"),
    "PREFIX id: <https://w3id.org/ccin/id/>\nSELECT * { ?s ?p id:organisation\\/nothmere }": (2, 18, "/northmere>"),
    f"{P}SELECT ?council ?nmae {{ ?council a ccin:Council ; ?p ?name }}": (2, 17, "did you mean ?name?"),
    f"{P}SELECT * {{ ?s a <https://w3id.org/ccin/def#Qqqqqqqqqq> }}": (2, 17, "nothing in the graph is called"),
}  # fmt: skip


def test_there_are_twenty_of_each_sort_of_slip_together() -> None:
    assert len(BROKEN) >= 20
    assert len(UNKNOWN) >= 10


@pytest.mark.parametrize("query", BROKEN)
def test_what_is_no_sparql_is_told_with_line_column_and_what_is_meant(store: EmbeddedStore, query: str) -> None:
    line, column, said = BROKEN[query]
    with pytest.raises(QuerySyntaxError) as caught:
        ask(query, store, name="mine.rq")
    message = str(caught.value)
    first, place, *rest = message.splitlines()
    assert first == "mine.rq: not SPARQL"
    assert place.startswith(f"line {line}, column {column}: ")
    assert said in message
    shown = query.split("\n")[line - 1].strip() if query else ""
    assert rest[0].strip() == shown
    assert "\\u{" not in message


@pytest.mark.parametrize("query", BROKEN)
def test_the_mark_stands_under_the_place(query: str) -> None:
    for hint in slips(query):
        _, shown, mark = str(hint).splitlines()
        assert mark.endswith("^")
        assert shown[len(mark) - 1] == query.split("\n")[hint.line - 1][hint.column - 1]


@pytest.mark.parametrize("query", UNKNOWN)
def test_what_the_graph_does_not_know_is_told_although_there_is_an_answer(store: EmbeddedStore, query: str) -> None:
    line, column, said = UNKNOWN[query]
    table = ask(query, store)
    assert isinstance(table, Table)
    assert len(table.hints) == 1
    assert table.hints[0].startswith(f"line {line}, column {column}: ")
    assert said in table.hints[0]


@pytest.mark.parametrize(
    "query",
    [
        f"{P}SELECT * {{ ?s a ccin:Council }}",
        f"{P}SELECT (COUNT(?s) AS ?n) {{ ?s a ccin:Council }}",
        "select * where { ?s a ?o filter(contains(str(?o), 'SELCT cin:x }')) }",
        "SELECT * { ?s ?p 'x'@en, true, 1.5e3, \"y\"^^<http://www.w3.org/2001/XMLSchema#date> } # FITLER cin:x {",
        "PREFIX ex: <http://example.org/>\nSELECT * { ?s ex:unknown ?o }",
        "BASE <https://w3id.org/ccin/id/> SELECT * { ?s ?p ?o }",
        "SELECT * { GRAPH <https://w3id.org/ccin/id/graph/entities> { ?s ?p _:b } }",
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\nSELECT (xsd:integer('1') AS ?n) {}",
    ],
)
def test_nothing_is_said_of_a_query_that_is_well_spelt(store: EmbeddedStore, query: str) -> None:
    ask(query, store)
    assert hints_of(query, store) == ()


def test_an_ask_and_a_construct_are_answered_too(store: EmbeddedStore) -> None:
    assert ask(f"{P}ASK {{ ?s a ccin:Council }}", store) is True
    assert ask(f"{P}ASK {{ ?s a ccin:Counsil }}", store) is False
    triples = ask(f"{P}CONSTRUCT {{ ?s a ccin:Council }} WHERE {{ ?s a ccin:Council }}", store)
    assert isinstance(triples, tuple)
    assert triples
