"""Values made to break out of their place in a query: each is refused, or is bound as what it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.errors import BadParameter, StoreError
from ccin_graph.packs import Parameter, Query, questions
from ccin_graph.queries import bind
from ccin_graph.queries.binding import default_terms, filled, term_of
from ccin_graph.sparql import services_of, variables
from ccin_graph.vocabulary import BASE, CCIN

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore

QUERIES = Path(__file__).parents[2] / "queries"

#: The one payload that is what a parameter takes: of the kind `service`.
ADDRESS = "http://127.0.0.1:1/"

PAYLOADS = [
    "> ?p ?o } #",
    "northmere> ?p ?o } #",
    f"{BASE}organisation/northmere> ?p ?o }} #",
    f"{BASE}organisation/northmere> . ?s ?p ?o . <x",
    f"<{BASE}organisation/northmere>",
    "organisation/northmere> } UNION { ?s ?p ?o } #",
    "organisation/northmere\n} UNION { ?s ?p ?o } #",
    "organisation/northmere ; ?p ?o",
    "organisation/northmere, ?o",
    "organisation/northmere#",
    "organisation/northmere#x",
    "organisation/northmere?x=y",
    "organisation/northmere/../saltby",
    "organisation/%6eorthmere",
    "organisation/northmere\\u003e",
    "organisation/\\u006eorthmere",
    "organisation/northmere\u0000",
    "northmere\u202e",
    "north\u200bmere",
    "ｎorthmere",
    "northmere\n",
    "northmere\r\n",
    "northmere\t",
    " northmere",
    "*",
    ".*",
    "?s",
    "$s",
    "?_body_iri",
    "_:b",
    "[]",
    "()",
    "a",
    "rdf:type",
    "ccin:Council",
    "<>",
    "<a>",
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    '\\"',
    "\\\\",
    "\\u0022",
    '\\u0022 } UNION { ?s ?p ?o } #',
    '" } UNION { ?s ?p ?o } #',
    '"@en } UNION { ?s ?p ?o } #',
    '"^^xsd:date) || (true',
    "' || true || '",
    "' or '1'='1",
    "1) || (1=1",
    "1 || true",
    "2020-01-01\" || true || \"",
    "2020-01-01'^^xsd:date) } #",
    "2020-01-01 || true",
    "1;DROP ALL",
    "} ; DROP ALL ; #",
    "} ; INSERT DATA { <a> <b> <c> } #",
    "} SERVICE <http://127.0.0.1:1/> { ?s ?p ?o",
    "FROM <file:///etc/passwd>",
    ADDRESS,
    "file:///etc/passwd",
    "javascript:alert(1)",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "${7*7}",
    "%s%s%s%n",
    "{0}",
    "$(id)",
    "`id`",
    "; ls",
    "../../../../etc/passwd",
    "..\\..\\x",
    "nul\x00byte",
    "\x1b[31m",
    "\ufeffnorthmere",
    "\u2028",
    "#",
    "# comment",
    "--",
    "/*",
    "NaN",
    "Infinity",
    "1e9e9",
    "0x7f",
    "x" * 10_000,
    "{" * 1_000,
    '"' * 1_001,
]  # fmt: skip


def asked(kind: str, text: str) -> Query:
    return Query("pack/q", text, "S", "S?", (), (Parameter("body", "_body", kind, "the body", ""),), {}, {})


def test_there_are_payloads_enough() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("kind", ["organisation", "theme", "publication", "claim"])
def test_a_payload_names_no_thing(store: EmbeddedStore, kind: str, payload: str) -> None:
    with pytest.raises(BadParameter):
        bind(asked(kind, "SELECT * { ?_body ?p ?o }"), {"body": payload}, store)


def test_an_iri_of_brackets_names_no_thing(store: EmbeddedStore) -> None:
    with pytest.raises(BadParameter):
        bind(asked("claim", "SELECT * { ?_body ?p ?o }"), {"body": "(" * 1_000}, store)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("kind", ["date", "number"])
def test_a_payload_is_no_date_and_no_number(store: EmbeddedStore, kind: str, payload: str) -> None:
    with pytest.raises(BadParameter):
        bind(asked(kind, "SELECT (?_body AS ?got) {}"), {"body": payload}, store)


@pytest.mark.parametrize("payload", [payload for payload in PAYLOADS if payload.strip()])
@pytest.mark.parametrize(
    "text",
    [
        "SELECT (?_body AS ?got) {}",
        "SELECT ?got { BIND(?_body AS ?got) }",
        "SELECT ?got { VALUES ?got { ?_body } }",
        "SELECT ?got { { SELECT ?got { BIND(?_body AS ?got) } } FILTER (?got = ?_body) }",
    ],
)
def test_a_payload_as_a_string_is_that_string(store: EmbeddedStore, text: str, payload: str) -> None:
    bound = bind(asked("string", text), {"body": payload}, store)
    assert store.select(bound).rows == ((ox.Literal(payload),),)


@pytest.mark.parametrize("payload", [payload for payload in PAYLOADS if payload.strip()])
def test_a_payload_as_a_string_finds_nothing_that_it_is_not_the_name_of(store: EmbeddedStore, payload: str) -> None:
    bound = bind(asked("string", "SELECT * { ?s ?p ?_body }"), {"body": payload}, store)
    assert store.select(bound).rows == ()


ATTACKED = [(query, parameter) for query in questions(QUERIES) for parameter in query.parameters]


@pytest.mark.parametrize(
    ("query", "parameter"), ATTACKED, ids=[f"{query.name}-{parameter.name}" for query, parameter in ATTACKED]
)
def test_a_payload_is_refused_by_every_parameter_of_every_question_or_is_a_text(
    store: EmbeddedStore, query: Query, parameter: Parameter
) -> None:
    defaults = default_terms(query)
    for payload in PAYLOADS:
        try:
            term = term_of(parameter, payload, store)
        except BadParameter:
            continue
        bound = filled(query, defaults | {parameter.variable: term})
        assert len(variables(bound)) == len(variables(query.text)) - len(query.parameters)
        if parameter.kind == "service":
            # An address, which is asked as it is, and only where that is allowed.
            assert services_of(bound) == [payload] == [ADDRESS]
            with pytest.raises(StoreError, match="--federated"):
                store.select(bound)
        else:
            # As the text that it is it takes nothing in that another text would not.
            assert (parameter.kind, term) == ("string", ox.Literal(payload))
            store.select(bound)


def test_every_question_with_parameters_is_attacked() -> None:
    assert len(ATTACKED) >= 35
    assert {parameter.kind for _, parameter in ATTACKED} > {"claim", "date", "number", "organisation", "service"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_no_name_of_a_parameter(store: EmbeddedStore, payload: str) -> None:
    with pytest.raises(BadParameter, match="has no parameter"):
        bind(asked("string", "ASK { ?s ?p ?_body }"), {payload: "x"}, store)


def test_a_name_in_the_data_that_is_a_payload_is_found_as_a_name(dataset_with_names: EmbeddedStore) -> None:
    for number, payload in enumerate(PAYLOADS):
        if not payload.strip() or "x" * 100 in payload:
            continue
        bound = bind(asked("organisation", "SELECT * { ?_body a ?type }"), {"body": payload}, dataset_with_names)
        assert f"<{BASE}organisation/p{number}>" in bound
        assert dataset_with_names.select(bound).rows == ((ox.NamedNode(CCIN + "Council"),),)


@pytest.fixture(scope="module")
def dataset_with_names() -> EmbeddedStore:
    """Return a store of bodies whose names are the payloads."""
    from ccin_graph.store import EmbeddedStore

    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    graph = ox.NamedNode("http://e.org/g")
    quads = []
    for number, payload in enumerate(PAYLOADS):
        body = ox.NamedNode(f"{BASE}organisation/p{number}")
        quads += [
            ox.Quad(body, label, ox.Literal(payload), graph),
            ox.Quad(body, kind, ox.NamedNode(CCIN + "Council"), graph),
        ]
    return EmbeddedStore(quads)
