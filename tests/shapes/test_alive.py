"""No constraint of a shape is dead: without it, or with it loosened by one step, an example breaks nothing any more.

Many constraints are changed in one go, one of each shape, and the engine is run once: what a shape says of a node does
not depend on the others. Only what several shapes refer to (``sh:node``) is changed by itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest
import rdflib

from ccin_graph.vocabulary import SH

if TYPE_CHECKING:
    from tests.shapes.conftest import World

    Node = rdflib.term.Node
    Triple = tuple[Node, Node, Node]

T = rdflib.Namespace(SH)

#: What a value can be loosened by; of the other constraints the whole is taken away.
_STEP = {
    T.minCount: -1, T.minLength: -1, T.qualifiedMinCount: -1, T.minExclusive: -1,
    T.maxCount: 1, T.maxLength: 1, T.qualifiedMaxCount: 1,
}  # fmt: skip
_FINE_STEP = {T.minInclusive: -1, T.maxInclusive: 1}
_WHOLE = (
    T["and"], T["or"], T["not"], T.xone, T["class"], T.closed, T.datatype, T.disjoint, T.equals, T.hasValue, T["in"],
    T.languageIn, T.lessThan, T.lessThanOrEquals, T.node, T.nodeKind, T.uniqueLang,
)  # fmt: skip
_TARGETS = (T.targetClass, T.targetNode, T.targetObjectsOf, T.targetSubjectsOf)
_INNER = (T["not"], T.qualifiedValueShape, T.property)
_INNER_LISTS = (T["and"], T["or"], T.xone)


@dataclass(frozen=True)
class Change:
    """One constraint changed.

    Parameters
    ----------
    shape : rdflib.URIRef
        The named shape that it is of.
    away, instead : tuple or None
        The triple that is taken out, and the one that takes its place.
    """

    shape: rdflib.URIRef
    away: Triple
    instead: Triple | None = None

    def __str__(self) -> str:
        instead = f" for {self.instead[2]}" if self.instead else ""
        return f"{_name(self.shape)}: {_name(self.away[1])} {_name(self.away[2])}{instead}"


def _name(term: Node) -> str:
    return str(term).rpartition("#")[2]


def _of(shapes: rdflib.Graph, shape: rdflib.URIRef) -> Iterator[Node]:
    """Yield a named shape and the nameless ones inside it."""
    waiting: list[Node] = [shape]
    while waiting:
        node = waiting.pop()
        yield node
        inner = [child for term in _INNER for child in shapes.objects(node, term)]
        inner += [child for term in _INNER_LISTS for head in shapes.objects(node, term) for child in shapes.items(head)]
        waiting += [child for child in inner if isinstance(child, rdflib.BNode)]


def _changes(shapes: rdflib.Graph, shape: rdflib.URIRef) -> Iterator[Change]:
    """Yield every way in which a shape can ask for less."""
    for node in _of(shapes, shape):
        for away in shapes.triples((node, None, None)):
            _, term, value = away
            assert isinstance(term, rdflib.URIRef)
            assert isinstance(value, (rdflib.URIRef, rdflib.BNode, rdflib.Literal))
            if term in _WHOLE:
                yield Change(shape, away)
            elif term in _STEP or term in _FINE_STEP:
                assert isinstance(value, rdflib.Literal)
                step = _STEP.get(term) or _FINE_STEP[term] * (1 if "." not in value else type(value.value)("0.1"))
                yield Change(shape, away, (node, term, rdflib.Literal(value.value + step)))
            elif term == T.pattern:
                ends = [(str(value)[1:], value.startswith("^")), (str(value)[:-1], value.endswith("$"))]
                for rest in (text for text, anchored in ends if anchored):
                    yield Change(shape, away, (node, term, rdflib.Literal(rest)))


def _targets(shapes: rdflib.Graph, shape: rdflib.URIRef) -> Iterator[Change]:
    for term in _TARGETS:
        yield from (Change(shape, away) for away in shapes.triples((shape, term, None)))


def _named(shapes: rdflib.Graph) -> list[rdflib.URIRef]:
    kinds = [kind for name in ("NodeShape", "PropertyShape") for kind in shapes.subjects(rdflib.RDF.type, T[name])]
    return sorted({kind for kind in kinds if isinstance(kind, rdflib.URIRef)})


def _reports(shapes: rdflib.Graph, shape: rdflib.URIRef) -> bool:
    return (shape, T.message, None) in shapes


Said = dict[str, Counter[tuple[str, str, str]]]


def _said(world: World, shapes: rdflib.Graph, of: set[str] | None = None) -> Said:
    found: Said = defaultdict(Counter)
    for result in world.results(shapes, of=of):
        found[result.name][str(result.focus), result.component, str(result.value)] += 1
    return found


@pytest.fixture(scope="module")
def before(world: World, shapes: rdflib.Graph) -> Said:
    """Return what the shapes say as they are, by shape."""
    return _said(world, shapes)


def _after(world: World, shapes: rdflib.Graph, changes: list[Change], of: set[str]) -> Said:
    """Return what changed shapes say of the project and of the examples of some shapes."""
    changed = rdflib.Graph()
    for triple in shapes:
        changed.add(triple)
    for change in changes:
        changed.remove(change.away)
        if change.instead:
            changed.add(change.instead)
    return _said(world, changed, of)


def _rounds(lanes: list[list[Change]]) -> list[list[Change]]:
    return [[change for change in turn if change] for turn in zip_longest(*lanes)]


def test_every_constraint_is_alive(world: World, shapes: rdflib.Graph, before: Said) -> None:
    lanes = [list(_changes(shapes, shape)) for shape in _named(shapes) if _reports(shapes, shape)]
    assert sum(map(len, lanes)) > 400
    dead = []
    for changes in _rounds(lanes):
        after = _after(world, shapes, changes, {_name(change.shape) for change in changes})
        for change in changes:
            name = _name(change.shape)
            gone, new = before[name] - after[name], after[name] - before[name]
            # Inside sh:not or a qualified shape, to ask for less is to say more outside.
            if not gone and (change.away[0] == change.shape or not new):
                dead.append(str(change))
    assert dead == []


def test_every_constraint_of_what_shapes_share_is_alive(world: World, shapes: rdflib.Graph, before: Said) -> None:
    lanes = [list(_changes(shapes, shape)) for shape in _named(shapes) if not _reports(shapes, shape)]
    lanes = [lane for lane in lanes if lane]
    users = {lane[0].shape: _users(shapes, lane[0].shape) for lane in lanes}
    dead = []
    for changes in _rounds(lanes):
        after = _after(world, shapes, changes, {name for change in changes for name in users[change.shape]})
        dead += [str(change) for change in changes if all(before[name] == after[name] for name in users[change.shape])]
    assert dead == []


def _users(shapes: rdflib.Graph, shared: rdflib.URIRef) -> set[str]:
    """Return the names of the shapes that refer to a shape."""
    found = set()
    for shape in _named(shapes):
        if any((node, T.node, shared) in shapes for node in _of(shapes, shape)):
            found.add(_name(shape))
    return found


def test_every_target_is_alive(world: World, shapes: rdflib.Graph, before: Said) -> None:
    lanes = [list(_targets(shapes, shape)) for shape in _named(shapes)]
    dead = []
    for changes in _rounds(lanes):
        names = {change: _told_by(shapes, change.shape) for change in changes}
        after = _after(world, shapes, changes, set().union(*names.values()))
        dead += [str(change) for change in changes if not any(before[name] - after[name] for name in names[change])]
    assert dead == []


def _told_by(shapes: rdflib.Graph, shape: rdflib.URIRef) -> set[str]:
    return {_name(one) for one in (shape, *shapes.objects(shape, T.property))}


def test_every_property_shape_is_reached_in_one_way(world: World, shapes: rdflib.Graph, before: Said) -> None:
    links = [triple for triple in shapes.triples((None, T.property, None)) if isinstance(triple[2], rdflib.URIRef)]
    assert Counter(shape for _, _, shape in links) == Counter(shapes.subjects(rdflib.RDF.type, T.PropertyShape))
    changes = [Change(rdflib.URIRef(str(link[0])), link) for link in links]
    after = _after(world, shapes, changes, set(before))
    assert {_name(shape) for _, _, shape in links} == {name for name in before if before[name] and not after[name]}


def test_nothing_that_shapes_say_is_left_out_here(shapes: rdflib.Graph) -> None:
    known = {*_STEP, *_FINE_STEP, *_WHOLE, *_TARGETS, *_INNER, *_INNER_LISTS, T.pattern, T.ignoredProperties}
    about = {T.path, T.inversePath, T.message, T.severity}
    said = {term for term in shapes.predicates() if str(term).startswith(SH)}
    assert said <= known | about
