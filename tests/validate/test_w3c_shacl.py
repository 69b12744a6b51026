"""The W3C's SHACL tests, core and SPARQL, through our interface on every engine.

The suite lies outside the checkout; ``CCIN_SHARED`` names the folder that holds ``w3c/shacl``. A test that is known to
fail is named with its reason, and one that passes unexpectedly fails.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlparse

import pyoxigraph as ox
import pytest
import rdflib

from ccin_graph.errors import ShapesError
from ccin_graph.store.rdflib_graph import to_rdflib
from ccin_graph.validate.shacl import Engine, ShapeResult, path_text, validate_graphs
from ccin_graph.vocabulary import SH

ROOT = Path(__file__).parents[2]
SUITE = Path(os.environ.get("CCIN_SHARED") or ROOT.parent / "shared") / "w3c" / "shacl"

pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason=f"no SHACL test suite at {SUITE}; CCIN_SHARED names it")

CORE, SPARQL = 98, 23

MANIFEST = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
TEST = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
SHACL = rdflib.Namespace(SH)

_SHAPES_GRAPH = "$shapesGraph in a query is optional in SHACL, and pySHACL says that it does not have it"

KNOWN_FAILURES: dict[Engine, dict[str, str]] = {
    Engine.PYSHACL: {"sparql/pre-binding/shapesGraph-001": _SHAPES_GRAPH},
    Engine.PYSHIFTY: {},
    Engine.SETWISE: {},
}

#: Focus, path, value, severity, component and source shape of a result; every blank node is the same.
Row = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class Case:
    name: str
    data: Path
    shapes: Path
    conforms: bool | None
    expected: tuple[Row, ...]


def read(path: Path) -> rdflib.Graph:
    return to_rdflib(ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri=path.as_uri()))


def path_of(iri: object) -> Path:
    return Path(unquote(urlparse(str(iri)).path))


@cache
def cases() -> tuple[Case, ...]:
    if not SUITE.is_dir():
        return ()
    found = []
    for file in sorted(SUITE.rglob("*.ttl")):
        # By file: two tests of the suite are in no manifest.
        graph = read(file)
        for entries in graph.objects(None, MANIFEST.entries):
            for entry in graph.items(entries):
                name = f"{file.parent.relative_to(SUITE).as_posix()}/{str(entry).rpartition('/')[2]}"
                found.append(case(name, graph, entry))
    return tuple(found)


def case(name: str, graph: rdflib.Graph, entry: rdflib.term.Node) -> Case:
    action = graph.value(entry, MANIFEST.action)
    result = graph.value(entry, MANIFEST.result)
    conforms = graph.value(result, SHACL.conforms)
    return Case(
        name=name,
        data=path_of(graph.value(action, TEST.dataGraph)),
        shapes=path_of(graph.value(action, TEST.shapesGraph)),
        conforms=None if result == TEST.Failure else str(conforms) == "true",
        expected=tuple(sorted(expected(graph, one) for one in graph.objects(result, SHACL.result))),
    )


def expected(graph: rdflib.Graph, result: rdflib.term.Node) -> Row:
    return (
        loose(graph.value(result, SHACL.focusNode)),
        path_text(graph, graph.value(result, SHACL.resultPath)),
        loose(graph.value(result, SHACL.value)),
        str(graph.value(result, SHACL.resultSeverity)),
        str(graph.value(result, SHACL.sourceConstraintComponent)),
        named(graph.value(result, SHACL.sourceShape)),
    )


def found(result: ShapeResult) -> Row:
    return (
        loose(result.focus),
        result.path,
        loose(result.value),
        result.severity,
        result.component,
        result.shape,
    )


def loose(node: rdflib.term.Node | None) -> str:
    if node is None:
        return ""
    return "_:" if isinstance(node, rdflib.BNode) else node.n3()


def named(node: rdflib.term.Node | None) -> str:
    return str(node) if isinstance(node, rdflib.URIRef) else ""


@cache
def run(case: Case, engine: Engine) -> tuple[Row, ...] | ShapesError:
    data = ox.parse(path=case.data, format=ox.RdfFormat.TURTLE, base_iri=case.data.as_uri())
    try:
        return tuple(sorted(found(result) for result in validate_graphs(data, read(case.shapes), engine)))
    except ShapesError as error:
        return error


def parameters() -> list[object]:
    return [
        pytest.param(
            case,
            engine,
            id=f"{engine.value}-{case.name}",
            marks=[pytest.mark.xfail(reason=KNOWN_FAILURES[engine][case.name], strict=True)]
            if case.name in KNOWN_FAILURES[engine]
            else [],
        )
        for engine in Engine
        for case in cases()
    ]


@pytest.mark.parametrize(("case", "engine"), parameters())
def test_the_verdict_is_right(case: Case, engine: Engine) -> None:
    answer = run(case, engine)
    if case.conforms is None:
        assert isinstance(answer, ShapesError)
    else:
        assert not isinstance(answer, ShapesError), answer
        assert (not answer) == case.conforms


@pytest.mark.parametrize(("case", "engine"), parameters())
def test_every_result_is_right(case: Case, engine: Engine) -> None:
    answer = run(case, engine)
    if case.conforms is None:
        assert isinstance(answer, ShapesError)
    else:
        assert answer == case.expected


def test_the_whole_suite_is_run() -> None:
    names = [case.name for case in cases()]
    assert len(set(names)) == len(names)
    assert sum(name.startswith("core/") for name in names) == CORE
    assert sum(name.startswith("sparql/") for name in names) == SPARQL


def test_every_known_failure_is_a_test_of_the_suite() -> None:
    names = {case.name for case in cases()}
    assert {name for failures in KNOWN_FAILURES.values() for name in failures} <= names
