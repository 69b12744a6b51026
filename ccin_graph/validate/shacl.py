"""SHACL: one function, two engines that give the same results.

pySHACL is the reference. pyshifty is tens of times faster and the default; where it cannot be imported, pySHACL does
the work. It loses the paths of complex property shapes, so a result's path is read from the shape.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.errors import ShapesError
from ccin_graph.findings import Severity
from ccin_graph.store.rdflib_graph import to_rdflib
from ccin_graph.validate.results import Result
from ccin_graph.vocabulary import SH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import rdflib

_SEVERITIES = {
    SH + "Violation": Severity.VIOLATION,
    SH + "Warning": Severity.WARNING,
    SH + "Info": Severity.INFORMATION,
}


class Engine(Enum):
    """An implementation of SHACL."""

    PYSHACL = "pyshacl"
    PYSHIFTY = "pyshifty"


def best_engine() -> Engine:
    """Return the fast engine where it is installed, else the reference.

    Returns
    -------
    Engine
    """
    import importlib.util

    return Engine.PYSHIFTY if importlib.util.find_spec("shifty") else Engine.PYSHACL


def read_shapes(folder: Path) -> rdflib.Graph:
    """Read every shapes file of a folder into one graph.

    Parameters
    ----------
    folder : Path
        ``shapes/``.

    Returns
    -------
    rdflib.Graph

    Raises
    ------
    ShapesError
        If a file is not Turtle.
    """
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for path in sorted(folder.glob("*.ttl")):
        try:
            graph.parse(data=path.read_bytes(), format="ox-turtle")
        except (SyntaxError, ValueError) as error:
            raise ShapesError(f"shapes/{path.name}: {error}", remedy="Mend the Turtle.") from error
    return graph


def validate_shapes(quads: Iterable[ox.Quad], folder: Path, engine: Engine | None = None) -> Iterator[Result]:
    """Validate a dataset against the shapes of a folder.

    Parameters
    ----------
    quads : iterable of pyoxigraph.Quad
        The union of their graphs is validated.
    folder : Path
        ``shapes/``.
    engine : Engine, optional
        The best that is installed by default.

    Yields
    ------
    Result

    Raises
    ------
    ShapesError
        If the shapes cannot be used.
    """
    shapes = read_shapes(folder)
    run = _pyshifty if (engine or best_engine()) is Engine.PYSHIFTY else _pyshacl
    yield from _results(run(quads, shapes), shapes)


def _pyshacl(quads: Iterable[ox.Quad], shapes: rdflib.Graph) -> rdflib.Graph:
    import pyshacl
    import rdflib
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError

    try:
        _, report, _ = pyshacl.validate(to_rdflib(quads), shacl_graph=shapes, advanced=False, do_owl_imports=False)
    except (ReportableRuntimeError, ShapeLoadError) as error:
        raise ShapesError(f"the shapes cannot be used: {error}", remedy="Mend them.") from error
    assert isinstance(report, rdflib.Graph)
    return report


def _pyshifty(quads: Iterable[ox.Quad], shapes: rdflib.Graph) -> rdflib.Graph:
    import rdflib
    import shifty

    data = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    assert data is not None
    try:
        # "data": by default the shapes would be joined with the data and validated too.
        _, report, _ = shifty.validate(data, shapes, graph_mode="data", infer=False, on_unsupported="error")
    except (ValueError, RuntimeError) as error:
        raise ShapesError(
            f"the shapes cannot be used: {error}", remedy="Mend them, or take --engine pyshacl."
        ) from error
    assert isinstance(report, rdflib.Graph)
    return report


def _results(report: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Result]:
    import rdflib

    term = rdflib.Namespace(SH)
    for node in report.subjects(rdflib.RDF.type, term.ValidationResult):
        shape = report.value(node, term.sourceShape)
        path = shapes.value(shape, term.path)
        value = report.value(node, term.value)
        yield Result(
            rule=str(shape).rpartition("#")[2],
            severity=_SEVERITIES[str(report.value(node, term.resultSeverity))],
            message=str(shapes.value(shape, term.message)),
            subject=str(report.value(node, term.focusNode)),
            path=str(path) if isinstance(path, rdflib.URIRef) else "",
            value="" if value is None or isinstance(value, rdflib.BNode) else str(value),
        )
