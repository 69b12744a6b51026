"""SHACL Core over sets of nodes: what it leaves to another engine, and what it does with the rest.

That it gives the results of SHACL's authors, and those of the other engines, is tested in ``test_w3c_shacl.py``,
``test_engines.py`` and ``test_shapes.py``.
"""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from ccin_graph.store import EmbeddedStore
from ccin_graph.store.rdflib_graph import to_rdflib
from ccin_graph.validate.constraints import BeyondCore
from ccin_graph.validate.setwise import violations
from ccin_graph.validate.triples import Triples

HEAD = """
PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX e: <https://example.org/> PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
DATA = """
e:one a e:Small ; e:size 1 , 2 ; e:part e:three ; e:note "x"@en , "y"@EN .
e:two a e:Thing ; e:size "many" ; e:part e:three .
e:three e:size 3 ; e:part e:one .
e:Small rdfs:subClassOf e:Thing .
"""


def triples(turtle: str = DATA) -> Triples:
    written = ox.serialize(
        (quad.triple for quad in ox.parse((HEAD + turtle).encode(), ox.RdfFormat.TURTLE)), format=ox.RdfFormat.N_TRIPLES
    )
    assert written is not None
    return Triples([written])


def found(shape: str, data: str = DATA) -> list[tuple[str, str, str]]:
    text = f"{HEAD} e:S sh:targetClass e:Thing ; {shape}"
    shapes = to_rdflib(ox.parse(text.encode(), ox.RdfFormat.TURTLE))
    results = violations(triples(data), shapes)
    return sorted(
        (
            one.focus.removeprefix("<https://example.org/")[:-1],
            one.value or "",
            one.component[: -len("ConstraintComponent")],
        )
        for one in results
    )


def size(constraint: str) -> str:
    return f"sh:property e:P . e:P sh:path e:size ; {constraint} ."


def test_a_class_has_the_members_of_those_below_it() -> None:
    assert found("sh:nodeKind sh:Literal .") == [
        ("one", "<https://example.org/one>", "NodeKind"),
        ("two", "<https://example.org/two>", "NodeKind"),
    ]


def test_constraints_of_values_and_of_nodes() -> None:
    assert found(size("sh:maxCount 1")) == [("one", "", "MaxCount")]
    assert found(size("sh:minCount 2")) == [("two", "", "MinCount")]
    assert found(size("sh:datatype xsd:integer")) == [("two", '"many"', "Datatype")]
    assert {row[0] for row in found(size("sh:minInclusive 2"))} == {"one", "two"}
    assert found("sh:closed true ; sh:ignoredProperties ( rdf:type e:size e:part ) .") == [
        ("one", '"x"@en', "Closed"),
        ("one", '"y"@en', "Closed"),
    ]
    assert found("sh:property e:P . e:P sh:path e:note ; sh:uniqueLang true .") == [("one", "", "UniqueLang")]


def test_a_value_that_two_nodes_share_is_reported_for_each() -> None:
    nested = "sh:property e:P . e:P sh:path e:part ; sh:property e:Q . e:Q sh:path e:size ; sh:maxExclusive 3 ."
    three = ("three", '"3"^^<http://www.w3.org/2001/XMLSchema#integer>', "MaxExclusive")
    assert found(nested) == [three, three]


def test_paths_of_every_kind() -> None:
    for path, count in (
        ("( e:part e:size )", 1),
        ("[ sh:inversePath e:part ]", 0),
        ("[ sh:alternativePath ( e:size e:part ) ]", 3),
        ("[ sh:zeroOrMorePath e:part ]", 3),
        ("[ sh:oneOrMorePath e:part ]", 2),
        ("[ sh:zeroOrOnePath e:part ]", 2),
    ):
        data = DATA.replace("e:three e:size 3 ; e:part e:one", "e:three e:size 3 ; e:part e:four")
        shape = f"sh:property e:P . e:P sh:path {path} ; sh:minCount {count} ; sh:maxCount {count} ."
        assert [row for row in found(shape, data) if row[0] == "one"] == [], path
        shape = f"sh:property e:P . e:P sh:path {path} ; sh:minCount {count + 1} ."
        assert [row[2] for row in found(shape, data) if row[0] == "one"] == ["MinCount"], path


@pytest.mark.parametrize(
    "shape",
    [
        'sh:sparql [ sh:select "SELECT $this {}" ] .',
        "sh:rule e:rule .",
        "sh:maxCount 1 .",
        "sh:property [ sh:minCount 1 ] .",
        size('sh:maxCount "one"'),
        size("sh:maxCount 1 , 2"),
        size('sh:pattern "\\\\p{Lu}"'),
        size('sh:pattern "[a-z-[aeiou]]"'),
        size('sh:pattern "a" ; sh:flags "x"'),
        size("sh:datatype xsd:duration"),
        size("sh:nodeKind e:Kind"),
        size("sh:in ( 1 2 ) , ( 3 )"),
        size("sh:in [ rdf:first 1 ]"),
        size('sh:uniqueLang "1"^^xsd:boolean'),
        "sh:node e:S .",
        "sh:not e:T . e:T sh:property e:P . e:P sh:path e:part ; sh:node e:T .",
        "a owl:Class .",
        "sh:property e:P . e:P sh:path [ sh:inversePath [ sh:inversePath e:size ] ] .",
    ],
)
def test_what_is_not_known_is_left_to_another_engine(shape: str) -> None:
    with pytest.raises(BeyondCore):
        found(shape)


def test_a_datatype_that_cannot_be_ordered_here_is_left_to_another_engine() -> None:
    with pytest.raises(BeyondCore):
        found(size("sh:minInclusive 1"), 'e:one a e:Thing ; e:size "P1D"^^xsd:duration .')


def test_a_triple_of_two_graphs_counts_once() -> None:
    a, b, text = ox.NamedNode("https://e.org/a"), ox.NamedNode("https://e.org/b"), ox.Literal("line\nbreak .\n")
    quads = [ox.Quad(a, b, text, ox.NamedNode(f"https://e.org/{graph}")) for graph in "xy"]
    read = Triples(EmbeddedStore(quads).n_triples())
    assert read.of("<https://e.org/b>") == {"<https://e.org/a>": ['"line\\nbreak .\\n"']}


def test_a_long_graph_is_read_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = triples()
    monkeypatch.setattr("ccin_graph.validate.triples._BLOCK", 64)
    pieces = triples()
    assert pieces.by_subject == whole.by_subject
    assert pieces.of("<https://example.org/size>") == whole.of("<https://example.org/size>") != {}
