"""The picture of a query's pattern: what it shows, and that the drawing is sound."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ccin_graph.packs import FEDERATED, questions
from ccin_graph.queries.diagram import KINDS, Pattern, draw, pattern_of

FOLDER = Path(__file__).parents[2] / "queries"
QUESTIONS = {query.name: query for query in questions(FOLDER)}
#: Some of every pack, for reading the algebra takes rdflib a while.
SOME = [name for place, name in enumerate(QUESTIONS) if place % 6 == 0 or name.startswith(FEDERATED)]
P = "PREFIX e: <http://e.org/>\n"


def edges(query: str) -> set[tuple[str, str, str, str]]:
    return {(edge.start, "|".join(edge.labels), edge.end, edge.kind) for edge in pattern_of(P + query).edges}


def test_properties_are_edges_and_classes_stand_in_the_node() -> None:
    pattern = pattern_of(f"{P}SELECT * {{ ?a a e:A ; e:p ?b, <http://e.org/c> ; e:q 'text' }}")
    assert {(node.label, node.kind, node.classes) for node in pattern.nodes} == {
        ("?a", "variable", ("http://e.org/A",)),
        ("?b", "variable", ()),
        ("http://e.org/c", "thing", ()),
        ("text", "literal", ()),
    }
    assert {edge.kind for edge in pattern.edges} == {"all"}


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("SELECT * { ?a e:p ?b }", "all"),
        ("SELECT * { ?a ?p ?o OPTIONAL { ?a e:p ?b } }", "optional"),
        ("SELECT * { { ?a e:p ?b } UNION { ?a e:q ?c } }", "either"),
        ("SELECT * { ?a ?p ?o MINUS { ?a e:p ?b } }", "not"),
        ("SELECT * { ?a ?p ?o FILTER NOT EXISTS { ?a e:p ?b } }", "not"),
        ("SELECT * { ?a ?p ?o FILTER EXISTS { ?a e:p ?b } }", "all"),
        ("SELECT * { ?a ?p ?o BIND (EXISTS { ?a e:p ?b } AS ?there) }", "all"),
        ("SELECT * { SERVICE <http://e.org/sparql> { ?a e:p ?b } }", "service"),
        ("SELECT * { { SELECT DISTINCT ?a { ?a e:p ?b } } }", "all"),
        ("SELECT ?a (COUNT(?b) AS ?n) { GRAPH ?g { ?a e:p ?b } } GROUP BY ?a HAVING (COUNT(*) > 1) ORDER BY ?n", "all"),
        ("SELECT * { ?a ?p ?o OPTIONAL { ?a ?q ?r FILTER NOT EXISTS { ?a e:p ?b } } }", "not"),
    ],
)
def test_an_edge_says_how_it_takes_part(query: str, kind: str) -> None:
    assert ("?a", "http://e.org/p", "?b", kind) in edges(query)


def test_what_must_be_there_is_not_drawn_again_where_it_may_be() -> None:
    assert edges("SELECT * { ?a e:p ?b OPTIONAL { ?a e:p ?b ; e:q ?c } }") == {
        ("?a", "http://e.org/p", "?b", "all"),
        ("?a", "http://e.org/q", "?c", "optional"),
    }


def test_paths_are_written_as_sparql_does() -> None:
    path = "org:member/^org:role|(org:post/org:unitOf)*|!org:item"
    text = f"PREFIX org: <http://www.w3.org/ns/org#> SELECT * {{ ?a {path} ?b }}"
    assert [edge.labels for edge in pattern_of(text).edges] == [
        ("org:member/^org:role|(org:post/org:unitOf)*|!(org:item)",)
    ]


@pytest.mark.parametrize("name", SOME)
def test_a_question_has_a_picture_that_is_sound(name: str) -> None:
    query = QUESTIONS[name]
    pattern = pattern_of(query.text)
    assert pattern.edges
    keys = {node.key for node in pattern.nodes}
    assert {end for edge in pattern.edges for end in (edge.start, edge.end)} <= keys
    assert {edge.kind for edge in pattern.edges} <= set(KINDS)
    names = {node.label for node in pattern.nodes if node.kind == "parameter"}
    assert names <= {parameter.name for parameter in query.parameters}
    picture = draw(pattern, query.summary)
    assert picture == draw(pattern_of(query.text), query.summary)
    root = ET.fromstring(picture)
    boxes = [box for box in root.iter("{http://www.w3.org/2000/svg}rect") if "n" in box.get("class", "").split()]
    assert len(boxes) == len(pattern.nodes)
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    places = [tuple(float(box.get(side, "")) for side in ("x", "y", "width", "height")) for box in boxes]
    for x, y, wide, high in places:
        assert x >= 0
        assert y >= 0
        assert x + wide <= width
        assert y + high <= height
    for place, (x, y, wide, high) in enumerate(places):
        for x2, y2, wide2, high2 in places[:place]:
            assert x + wide <= x2 or x2 + wide2 <= x or y + high <= y2 or y2 + high2 <= y, "two nodes overlap"


def test_text_is_escaped_and_nothing_is_loaded() -> None:
    pattern = pattern_of("SELECT * { ?a <http://e.org/x> '<script>&' }")
    picture = draw(pattern, "<b>")
    assert "<script" not in picture
    assert "<title>&lt;b&gt;</title>" in picture
    assert not any(word in picture for word in ("href", "url(http", "@import"))


def test_a_circle_and_nothing_at_all_are_drawn() -> None:
    circle = "SELECT * { ?a <http://e.org/x> ?b . ?b <http://e.org/y> ?a . ?a <http://e.org/z> ?a }"
    ET.fromstring(draw(pattern_of(circle), "circle"))
    ET.fromstring(draw(Pattern((), ()), "nothing"))
