"""Every shape, against the invented project with something broken: it fires, and all engines say the same.

For each property shape the values of its property are taken away, become too many, or are replaced by something
foreign, on one node of its class. All shapes of one way of breaking are tried in one run of each engine.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.validate.shacl import Engine, validate_shapes
from ccin_graph.vocabulary import BASE, CCIN, RDF, SCHEMA, SH, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ccin_graph.validate.results import Result
    from tests.conftest import Project

    Object = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
    Results = dict[Engine, list[Result]]

SHAPES = Path(__file__).parents[2] / "shapes"
GRAPH = ox.NamedNode("http://e.org/changed")


@dataclass(frozen=True)
class Shape:
    """A property shape with a simple path, and a class that it is about."""

    name: str
    target: str
    path: str
    limits: frozenset[str]
    most: int


def read_property_shapes() -> list[Shape]:
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file in sorted(SHAPES.glob("*.ttl")):
        for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                said[quad.subject.value][quad.predicate.value].append(quad.object.value)
    shapes: dict[str, Shape] = {}
    for node in said.values():
        for target in sorted(node[SH + "targetClass"])[:1]:
            for name in node[SH + "property"]:
                limits = frozenset(term.removeprefix(SH) for term in said[name])
                most = int(next(iter(said[name][SH + "maxCount"]), "0"))
                for path in said[name][SH + "path"]:
                    shapes[name] = Shape(name.rpartition("#")[2], target, path, limits, most)
    return sorted(shapes.values(), key=lambda shape: shape.name)


SIMPLE = read_property_shapes()
REQUIRED = [shape for shape in SIMPLE if "minCount" in shape.limits]
SINGLE = [shape for shape in SIMPLE if shape.most]
TYPED = [shape for shape in SIMPLE if shape.limits & {"class", "pattern", "datatype", "languageIn"}]


class Changed:
    """The quads of the invented project, changed in memory."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.said: dict[tuple[str, str], set[Object]] = defaultdict(set)
        for quad in quads:
            assert isinstance(quad.subject, ox.NamedNode)
            self.said[quad.subject.value, quad.predicate.value].add(quad.object)

    def one_of(self, kind: str, path: str = "") -> str:
        """The first node of a class, of those that have a property if any has it."""
        wanted = ox.NamedNode(kind)
        nodes = [node for (node, term), objects in self.said.items() if term == RDF + "type" and wanted in objects]
        return min((node for node in nodes if self.said.get((node, path))), default=min(nodes))

    def quads(self) -> list[ox.Quad]:
        return [
            ox.Quad(ox.NamedNode(node), ox.NamedNode(term), value, GRAPH)
            for (node, term), values in self.said.items()
            for value in values
        ]


def missing(changed: Changed, shape: Shape) -> str:
    node = changed.one_of(shape.target)
    changed.said[node, shape.path] = set()
    return node


def too_many(changed: Changed, shape: Shape) -> str:
    node = changed.one_of(shape.target)
    changed.said[node, shape.path].update(ox.NamedNode(f"http://e.org/{number}") for number in range(shape.most + 1))
    return node


def foreign(changed: Changed, shape: Shape) -> str:
    node = changed.one_of(shape.target, shape.path)
    changed.said[node, shape.path] = {ox.NamedNode("http://e.org/foreign")}
    return node


WAYS: dict[str, tuple[Callable[[Changed, Shape], str], list[Shape]]] = {
    "missing": (missing, REQUIRED),
    "too-many": (too_many, SINGLE),
    "foreign": (foreign, TYPED),
}


@pytest.fixture(scope="module")
def broken(needed: list[ox.Quad], clean: Project) -> Callable[[str], tuple[dict[str, str], Results]]:
    """Return a function that gives, for a way of breaking, the node broken for every shape, and the results."""
    known: dict[str, tuple[dict[str, str], Results]] = {}

    def run(way: str) -> tuple[dict[str, str], Results]:
        if way not in known:
            changed = Changed(needed)
            break_it, shapes = WAYS[way]
            # Which node is broken is settled first: what is taken from one shape's node may be another's.
            nodes = {shape.name: break_it(changed, shape) for shape in shapes}
            quads = changed.quads()
            known[way] = nodes, {engine: list(validate_shapes(quads, clean.tree.shapes, engine)) for engine in Engine}
        return known[way]

    return run


def comparable(results: Iterable[Result]) -> set[tuple[str, ...]]:
    """What the results say; an engine may say one thing of several pairs of values, and so more than once."""
    return {(r.rule, r.severity.name, r.message, r.subject, r.path, r.value) for r in results}


CASES = [(way, shape) for way, (_, shapes) in WAYS.items() for shape in shapes]


@pytest.mark.parametrize(("way", "shape"), CASES, ids=[f"{shape.name}-{way}" for way, shape in CASES])
def test_a_shape_fires_on_what_is_made_to_break_it(
    broken: Callable[[str], tuple[dict[str, str], Results]], way: str, shape: Shape
) -> None:
    nodes, results = broken(way)
    for engine in Engine:
        found = [r for r in results[engine] if (r.rule, r.subject) == (shape.name, nodes[shape.name])]
        assert found, engine
        assert {result.path for result in found} == {shape.path}
        assert all(result.message for result in found)


@pytest.mark.parametrize("way", WAYS)
def test_the_engines_say_the_same_of_what_is_broken(
    broken: Callable[[str], tuple[dict[str, str], Results]], way: str
) -> None:
    _, results = broken(way)
    for engine in Engine:
        assert comparable(results[engine]) == comparable(results[Engine.PYSHACL]), engine
    assert len(results[Engine.PYSHACL]) >= len(WAYS[way][1])


def test_the_engines_say_the_same_of_the_unchanged_project(needed: list[ox.Quad], clean: Project) -> None:
    by_engine = {engine: comparable(validate_shapes(needed, clean.tree.shapes, engine)) for engine in Engine}
    for engine, said in by_engine.items():
        assert said == by_engine[Engine.PYSHACL], engine
        assert {(row[0], row[3]) for row in said} == {
            ("organisation-type", BASE + "organisation/copperfield-foundation")
        }


def test_the_invented_project_has_something_of_every_class_that_shapes_are_about(needed: list[ox.Quad]) -> None:
    changed = Changed(needed)
    assert all(changed.one_of(shape.target) for shape in SIMPLE)
    assert len(CASES) > 150


# Limits that only some shapes have


def number(text: str, kind: str = "decimal") -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
LIGHTS = f"{BASE}case-study/tide-2021/harbour-lights"
AREA = "http://statistics.data.gov.uk/id/statistical-geography/E99000001"
LINES = f"{BASE}publication/tide-2021/text#line=15,16"
DCTERMS, OA, PROV = "http://purl.org/dc/terms/", "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/prov#"
FOREIGN_CONCEPT: list[Object] = [ox.NamedNode(f"{BASE}theme/food")]

#: What is broken, and where: node, property and the values it gets.
LIMITS: dict[str, tuple[str, str, list[Object]]] = {
    "latitude": (AREA, GEO + "lat", [number("48.9")]),
    "longitude": (AREA, GEO + "long", [number("2.1")]),
    "code": (AREA, SKOS + "notation", [ox.Literal("E9", datatype=ox.NamedNode(CCIN + "GSSCode"))]),
    "short-summary": (LIGHTS, DCTERMS + "abstract", [ox.Literal("short", language="en")]),
    "long-summary": (
        f"{BASE}case-study/tide-2021/warm-rooms",
        DCTERMS + "abstract",
        [ox.Literal("a " * 301, language="en")],
    ),
    "range": (f"{LIGHTS}#figure.wardens.quayside-wardens", SCHEMA + "minValue", [number("56")]),
    "short-measure": (f"{LIGHTS}#figure.quays", CCIN + "measure", [ox.Literal("x", language="en")]),
    "no-number": (f"{LIGHTS}#figure.quays.box", SCHEMA + "value", []),
    "lines": (LINES, CCIN + "firstLine", [number("17", "integer")]),
    "one-partner": (
        f"{BASE}partnership/brightwater-trust--northmere",
        CCIN + "partner",
        [ox.NamedNode(f"{BASE}organisation/northmere")],
    ),
    "no-weight": (f"{BASE}partnership/brightwater-trust--saltby", CCIN + "weight", [number("0", "integer")]),
    "no-lines": (f"{BASE}publication/tide-2021", CCIN + "lineCount", [number("0", "integer")]),
    "short-note": (f"{LIGHTS}#note.contradiction.24", OA + "bodyValue", [ox.Literal("odd")]),
    "short-name": (f"{BASE}organisation/river-board", SKOS + "prefLabel", [ox.Literal("R", language="en")]),
    "no-principle": (f"{LIGHTS}#principle.co-production", CCIN + "principle", FOREIGN_CONCEPT),
    "no-role": (f"{LIGHTS}#participation.northmere.lead", PROV + "hadRole", FOREIGN_CONCEPT),
    "no-region": (f"{BASE}organisation/northmere", CCIN + "region", FOREIGN_CONCEPT),
    "no-category": (f"{BASE}listing/members-2019", CCIN + "category", FOREIGN_CONCEPT),
    "no-kind": (f"{BASE}project/warm-rooms", CCIN + "projectKind", FOREIGN_CONCEPT),
    "no-unit": (f"{LIGHTS}#figure.residents-asked", CCIN + "unit", FOREIGN_CONCEPT),
}


@pytest.fixture(scope="module")
def beyond(needed: list[ox.Quad], clean: Project) -> Results:
    """Return what the engines say of a project in which every limit is broken."""
    changed = Changed(needed)
    for node, path, values in LIMITS.values():
        changed.said[node, path] = set(values)
    # A person who is a member of something without holding a post.
    member = f"{BASE}organisation/quay-alliance#membership.x"
    changed.said[member, RDF + "type"] = {ox.NamedNode("http://www.w3.org/ns/org#Membership")}
    changed.said[member, "http://www.w3.org/ns/org#member"] = {ox.NamedNode(f"{BASE}person/ada-thornbury")}
    quads = changed.quads()
    return {engine: list(validate_shapes(quads, clean.tree.shapes, engine)) for engine in Engine}


@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_that_is_broken(beyond: Results, limit: str) -> None:
    node, path, _ = LIMITS[limit]
    for engine in Engine:
        assert any(result.subject == node and result.path in (path, "") for result in beyond[engine]), engine


def test_a_person_without_a_public_role_is_found(beyond: Results) -> None:
    for engine in Engine:
        assert any(result.subject == f"{BASE}person/ada-thornbury" for result in beyond[engine]), engine


def test_the_engines_say_the_same_of_limits_that_are_broken(beyond: Results) -> None:
    for engine in Engine:
        assert comparable(beyond[engine]) == comparable(beyond[Engine.PYSHACL]), engine
