"""SHACL Core over whole sets of nodes.

Engines take a node and look at every shape. Here every constraint takes all nodes of its shape at once, and is a few
operations on sets: of the values, those that are not in the class; of the nodes, those that lack the property. Where
all is well, which is the rule, nothing is done node by node.

What is not SHACL Core (SPARQL constraints, own components, rules), and what is written otherwise than SHACL wants it,
is not looked at here: `BeyondCore` says so, before any result, and another engine does the work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
import rdflib

from ccin_graph.validate import constraints as core
from ccin_graph.validate.constraints import BeyondCore, Reached
from ccin_graph.validate.literals import UnknownDatatype
from ccin_graph.vocabulary import OWL, RDFS, SH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ccin_graph.validate.constraints import Check, Path, Test
    from ccin_graph.validate.triples import Triples

    Node = rdflib.term.Node
    #: What is said of a shape with SHACL's terms, by their local names.
    Said = dict[str, list[Node]]

_TARGETS = {"targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"}
#: Parameters every value of which is a constraint of its own; of the others a shape has at most one.
_MANY = {"class", "node", "property", "not", "and", "or", "xone", "hasValue", *core.COMPARED}
_ONE = {
    *("datatype", "nodeKind", "minCount", "maxCount", *core.ORDERS, "minLength", "maxLength", "pattern"),
    *("languageIn", "uniqueLang", "in", "closed", "qualifiedValueShape"),
}
_BESIDE = {"flags", "ignoredProperties", "qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint"}
_PATHS = {"path", "alternativePath", "inversePath", *core.REPEATED}
#: What is said of shapes and asks for nothing.
_WORDS = {
    *("name", "description", "order", "group", "defaultValue", "message", "severity", "deactivated"),
    *("declare", "prefix", "namespace", "prefixes"),
    # of reports, which may lie beside shapes
    *("conforms", "result", "resultSeverity", "resultPath", "resultMessage", "detail", "focusNode", "value"),
    *("sourceShape", "sourceConstraintComponent"),
}
_KNOWN = _TARGETS | _MANY | _ONE | _BESIDE | _PATHS | _WORDS

#: Kinds of node, by the first characters of terms.
_KINDS = {
    "IRI": "<",
    "BlankNode": "_",
    "Literal": '"',
    "BlankNodeOrIRI": "_<",
    "BlankNodeOrLiteral": '_"',
    "IRIOrLiteral": '<"',
}


class Violation(NamedTuple):
    """A constraint that is not met; terms are as N-Triples writes them.

    Parameters
    ----------
    focus : str
    value : str or None
    property : str or None
        Where it is another than the path of the shape.
    component : str
        Local name of the constraint component.
    shape : rdflib.term.Node
    """

    focus: str
    value: str | None
    property: str | None
    component: str
    shape: Node


@dataclass(slots=True)
class _Shape:
    """A shape: where its path leads, and what must hold there."""

    node: Node
    path: Path | None = None
    tests: list[tuple[str, Test]] = field(default_factory=list)
    checks: list[tuple[str, Check]] = field(default_factory=list)
    properties: list[_Shape] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)

    def violations(self, nodes: set[str]) -> Iterator[Violation]:
        """Yield what does not hold of nodes."""
        found = Reached(self.path, nodes)
        failures = chain(
            ((name, found.holding(test(found.distinct))) for name, test in self.tests),
            ((name, check(found)) for name, check in self.checks),
        )
        for name, failed in failures:
            yield from (Violation(*failure, name, self.node) for failure in failed)
        for shape in self.properties:
            if self.path is None:
                yield from shape.violations(nodes)
                continue
            # Two nodes may have the same value: it is reported for each.
            for _, value, _ in found.holding(shape.failing(found.distinct)):
                assert value is not None
                yield from shape.violations({value})

    def failing(self, nodes: set[str]) -> set[str]:
        """Return those nodes that do not conform."""
        new = nodes - self.looked_at
        if new:
            found = Reached(self.path, new)
            wrong = set[str]().union(*(test(found.distinct) for _, test in self.tests))
            wrong.update(*(shape.failing(found.distinct) for shape in self.properties))
            self.failed.update(failure.node for failure in found.holding(wrong))
            self.failed.update(failure.node for _, check in self.checks for failure in check(found))
            self.looked_at |= new
        return nodes & self.failed


def refuse_unknown(shapes: rdflib.Graph) -> None:
    """Say at once whether shapes ask for more than is known here.

    Parameters
    ----------
    shapes : rdflib.Graph

    Raises
    ------
    BeyondCore
        If they use a term of SHACL that is not known here.
    """
    for predicate in shapes.predicates(unique=True):
        name = str(predicate)
        if name.startswith(SH) and name.removeprefix(SH) not in _KNOWN:
            raise BeyondCore(name)


def violations(triples: Triples, shapes: rdflib.Graph) -> list[Violation]:
    """Validate triples against shapes.

    Parameters
    ----------
    triples : Triples
    shapes : rdflib.Graph

    Returns
    -------
    list of Violation
        In no order.

    Raises
    ------
    BeyondCore
        If there is something in the shapes, or a datatype in what they compare, that is not known here.

    Examples
    --------
    >>> from ccin_graph.validate.triples import Triples
    >>> shapes = rdflib.Graph().parse(format="turtle", data='''
    ...     @prefix sh: <http://www.w3.org/ns/shacl#> .
    ...     <http://e.org/S> sh:targetSubjectsOf <http://e.org/p> ; sh:property <http://e.org/P> .
    ...     <http://e.org/P> sh:path <http://e.org/p> ; sh:nodeKind sh:IRI .''')
    >>> [found] = violations(Triples([b'<http://e.org/a> <http://e.org/p> "b" .\\n']), shapes)
    >>> found.focus, found.value, found.component
    ('<http://e.org/a>', '"b"', 'NodeKindConstraintComponent')
    """
    refuse_unknown(shapes)
    try:
        return list(_Reader(triples, shapes).violations())
    except UnknownDatatype as error:
        raise BeyondCore(str(error)) from error


class _Reader:
    """Shapes in RDF to shapes that work.

    Parameters
    ----------
    triples : Triples
        The data.
    graph : rdflib.Graph
        The shapes.
    """

    def __init__(self, triples: Triples, graph: rdflib.Graph) -> None:
        self.triples = triples
        self.graph = graph
        self.shapes: dict[Node, _Shape | None] = {}
        self.said: dict[Node, Said] = {}
        self.firsts: dict[Node, list[Node]] = {}
        self.rests: dict[Node, list[Node]] = {}
        for subject, predicate, value in graph:
            name = str(predicate)
            if name.startswith(SH):
                self.said.setdefault(subject, {}).setdefault(name.removeprefix(SH), []).append(value)
            elif predicate == rdflib.RDF.first:
                self.firsts.setdefault(subject, []).append(value)
            elif predicate == rdflib.RDF.rest:
                self.rests.setdefault(subject, []).append(value)

    def violations(self) -> Iterator[Violation]:
        """Yield what does not hold, shape by shape."""
        for shape, nodes in [(self.shape(node), nodes) for node, nodes in self.targets()]:
            yield from shape.violations(nodes)

    def targets(self) -> Iterator[tuple[Node, set[str]]]:
        """Yield shapes with the nodes that they look at."""
        classes = set(self.graph.subjects(rdflib.RDF.type, rdflib.URIRef(RDFS + "Class")))
        if self.said.keys() & set(self.graph.subjects(rdflib.RDF.type, rdflib.URIRef(OWL + "Class"))):
            raise BeyondCore("a shape that is an owl:Class")
        for node, said in self.said.items():
            nodes = {written(one) for one in said.get("targetNode", ())}
            nodes.update(*(self.triples.members(written(one)) for one in said.get("targetClass", ())))
            nodes.update(*(self.triples.of(written(one)) for one in said.get("targetSubjectsOf", ())))
            nodes.update(*(self.triples.holders(written(one)) for one in said.get("targetObjectsOf", ())))
            if node in classes:
                nodes |= self.triples.members(written(node))
            if nodes:
                yield node, nodes

    def shape(self, node: Node) -> _Shape:
        """Return a shape, made once."""
        if node not in self.shapes:
            self.shapes[node] = None
            self.shapes[node] = self._make(node)
        shape = self.shapes[node]
        if shape is None:
            raise BeyondCore("a shape inside itself")
        return shape

    def _make(self, node: Node) -> _Shape:
        said = self.said.get(node, {})
        shape = _Shape(node)
        if "path" in said:
            shape.path = self.path(_only(said["path"]))
        if _is_on(said, "deactivated"):
            return shape
        for name in said.keys() & (_MANY | _ONE):
            for value in said[name] if name in _MANY else [_only(said[name])]:
                self._constrain(shape, name, value)
        return shape

    def _constrain(self, shape: _Shape, name: str, value: Node) -> None:
        component = f"{name[0].upper()}{name[1:]}ConstraintComponent"
        if name == "property":
            if "path" not in self.said.get(value, {}):
                raise BeyondCore("sh:property without a path")
            shape.properties.append(self.shape(value))
        elif name == "qualifiedValueShape":
            shape.checks += self._qualified(shape, value)
        elif name in _TESTS:
            shape.tests.append((component, _TESTS[name](self, value, self.said[shape.node])))
        elif shape.path is None and name not in ("closed", "hasValue", "equals", "disjoint"):
            raise BeyondCore(f"sh:{name} without a path")
        elif name not in ("closed", "uniqueLang") or _is_on(self.said[shape.node], name):
            shape.checks.append((component, self._check(shape, name, value)))

    def _check(self, shape: _Shape, name: str, value: Node) -> Check:
        if name == "closed":
            return self._closed(self.said[shape.node])
        if name == "uniqueLang":
            return core.several_in_a_language
        if name == "hasValue":
            return partial(core.without, written(value))
        if name in core.COMPARED:
            return partial(core.COMPARED[name], self.triples.of(written(value)))
        return partial(core.too_few if name == "minCount" else core.too_many, _number(value))

    def _closed(self, said: Said) -> Check:
        paths = [one for shape in said.get("property", ()) for one in self.said.get(shape, {}).get("path", ())]
        ignored = [one for head in said.get("ignoredProperties", ()) for one in self.items(head)]
        allowed = frozenset(written(one) for one in (*paths, *ignored))
        return partial(core.not_closed, allowed, self.triples)

    def _qualified(self, shape: _Shape, value: Node) -> Iterator[tuple[str, Check]]:
        said = self.said[shape.node]
        tests: list[Test] = [self.shape(value).failing]
        if _is_on(said, "qualifiedValueShapesDisjoint"):
            around = [other["property"] for other in self.said.values() if shape.node in other.get("property", ())]
            beside = {
                one for other in chain(*around) for one in self.said.get(other, {}).get("qualifiedValueShape", ())
            }
            tests += [self.shape(one).failing for one in beside - {value}]
        for name, is_wrong in (("qualifiedMinCount", int.__gt__), ("qualifiedMaxCount", int.__lt__)):
            if name in said:
                wrong = partial(is_wrong, _number(_only(said[name])))
                yield f"Q{name[1:]}ConstraintComponent", partial(core.not_qualified, wrong, tests)

    def path(self, node: Node) -> Path:
        """Return a path as a function."""
        if isinstance(node, rdflib.URIRef):
            return self._directly(self.triples.of(written(node)))
        if node in self.firsts:
            return partial(core.in_turn, [self.path(one) for one in self.items(node)])
        said = self.said.get(node, {})
        if len(said) != 1:
            raise BeyondCore("sh:path")
        ((name, values),) = said.items()
        value = _only(values)
        if name == "inversePath" and isinstance(value, rdflib.URIRef):
            return self._directly(self.triples.holders(written(value)))
        if name == "alternativePath":
            return partial(core.either, [self.path(one) for one in self.items(value)])
        if name in core.REPEATED:
            return partial(core.REPEATED[name], self.path(value))
        raise BeyondCore("the inverse of a path")

    @staticmethod
    def _directly(values: dict[str, list[str]]) -> Path:
        return lambda nodes: values

    def items(self, head: Node) -> list[Node]:
        """Return a list, which must be whole."""
        found: list[Node] = []
        seen = set()
        while head != rdflib.RDF.nil:
            seen.add(head)
            found.append(_only(self.firsts.get(head, [])))
            head = _only(self.rests.get(head, []))
            if head in seen:
                raise BeyondCore("a list without end")
        return found


def _kind(value: Node) -> Test:
    kinds = _KINDS.get(str(value).removeprefix(SH))
    if kinds is None:
        raise BeyondCore(f"sh:nodeKind {value}")
    return partial(core.of_no_kind, kinds)


#: Parameters that are a test of values: from the reader, the value and what else is said of the shape.
_TESTS: dict[str, Callable[[_Reader, Node, Said], Test]] = {
    "class": lambda reader, value, _: partial(core.outside, reader.triples.members(written(value))),
    "in": lambda reader, value, _: partial(core.outside, frozenset(map(written, reader.items(value)))),
    "nodeKind": lambda _, value, __: _kind(value),
    "datatype": lambda _, value, __: core.datatype_test(str(value)),
    "minLength": lambda _, value, __: partial(core.shorter, _number(value)),
    "maxLength": lambda _, value, __: partial(core.longer, _number(value)),
    "pattern": lambda _, value, said: core.pattern_test(
        str(value), str(_only(said.get("flags", [rdflib.Literal("")])))
    ),
    "languageIn": lambda reader, value, _: partial(
        core.in_no_language, [str(one).lower() for one in reader.items(value)]
    ),
    "node": lambda reader, value, _: reader.shape(value).failing,
    "not": lambda reader, value, _: partial(core.unlike, reader.shape(value).failing),
    "and": lambda reader, value, _: partial(core.not_all, [reader.shape(one).failing for one in reader.items(value)]),
    "or": lambda reader, value, _: partial(core.none, [reader.shape(one).failing for one in reader.items(value)]),
    "xone": lambda reader, value, _: partial(core.not_one, [reader.shape(one).failing for one in reader.items(value)]),
    "minExclusive": lambda _, value, __: partial(core.beyond, core.ORDERS["minExclusive"], written(value)),
    "minInclusive": lambda _, value, __: partial(core.beyond, core.ORDERS["minInclusive"], written(value)),
    "maxExclusive": lambda _, value, __: partial(core.beyond, core.ORDERS["maxExclusive"], written(value)),
    "maxInclusive": lambda _, value, __: partial(core.beyond, core.ORDERS["maxInclusive"], written(value)),
}


def written(node: Node) -> str:
    """Return a term as N-Triples writes it.

    Parameters
    ----------
    node : rdflib.term.Node

    Returns
    -------
    str

    Examples
    --------
    >>> written(rdflib.Literal("Tŷ", lang="cy"))
    '"Tŷ"@cy'
    """
    if isinstance(node, rdflib.URIRef):
        return f"<{node}>"
    if not isinstance(node, rdflib.Literal):
        return f"_:{node}"
    if node.language:
        return str(ox.Literal(str(node), language=node.language))
    return str(ox.Literal(str(node), datatype=ox.NamedNode(node.datatype) if node.datatype else None))


def _only(values: list[Node]) -> Node:
    if len(values) != 1:
        raise BeyondCore("one value is wanted")
    return values[0]


def _number(value: Node) -> int:
    if isinstance(value, rdflib.Literal) and re.fullmatch(r"[0-9]{1,9}", str(value)):
        return int(value)
    raise BeyondCore("a number is wanted")


def _is_on(said: Said, name: str) -> bool:
    switch = str(_only(said[name])) if name in said else "false"
    if switch not in ("true", "false"):
        raise BeyondCore(f"sh:{name} {switch}")
    return switch == "true"
