"""SHACL: one function, two engines that give the same results.

pySHACL is the reference. pyshifty is tens of times faster and the default; where it cannot be imported, pySHACL does
the work, and the other way round. What either says of a shape is read from the shape: pyshifty loses the paths of
complex property shapes, and neither says which nameless shape it means. So every nameless shape is given a name
before an engine sees it.
"""

from __future__ import annotations

import importlib
import logging
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.errors import ShapesError
from ccin_graph.findings import Severity
from ccin_graph.sparql import tokens
from ccin_graph.store.rdflib_graph import to_rdflib
from ccin_graph.validate.results import Result
from ccin_graph.vocabulary import OWL, RDF, RDFS, SH, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import rdflib

    Node = rdflib.term.Node

_SEVERITIES = {
    SH + "Violation": Severity.VIOLATION,
    SH + "Warning": Severity.WARNING,
    SH + "Info": Severity.INFORMATION,
}

#: Nameless shapes are called this and a number while an engine works.
_NAMELESS = "urn:ccin:nameless-shape:"

#: Properties whose values are shapes, and those whose values are lists of shapes.
_TO_SHAPES = ("property", "node", "not", "qualifiedValueShape")
_TO_LISTS = ("and", "or", "xone")


class Engine(Enum):
    """An implementation of SHACL."""

    PYSHACL = "pyshacl"
    PYSHIFTY = "pyshifty"


_MODULES = {Engine.PYSHIFTY: "shifty", Engine.PYSHACL: "pyshacl"}


@dataclass(frozen=True, slots=True)
class ShapeResult:
    """One result of a shape, in RDF terms.

    Parameters
    ----------
    focus : rdflib.term.Node
        The node that was looked at.
    path : str
        As SPARQL writes a property path; empty where the result is about the node.
    value : rdflib.term.Node or None
    severity : str
        IRI.
    component : str
        IRI of the constraint component.
    shape : str
        IRI of the source shape; empty if it has none.
    name : str
        What a reader knows the shape by; that of the named shape around it where it has none of its own.
    message : str
    """

    focus: Node
    path: str
    value: Node | None
    severity: str
    component: str
    shape: str
    name: str
    message: str


# Engines


def installed(engine: Engine) -> bool:
    """Whether an engine can be imported here.

    Parameters
    ----------
    engine : Engine

    Returns
    -------
    bool
    """
    try:
        importlib.import_module(_MODULES[engine])
    except ImportError:
        return False
    return True


def best_engine() -> Engine:
    """Return the fast engine where it is installed, else the reference.

    Returns
    -------
    Engine

    Raises
    ------
    ShapesError
        If there is neither.
    """
    for engine in (Engine.PYSHIFTY, Engine.PYSHACL):
        if installed(engine):
            return engine
    raise ShapesError("no SHACL engine is installed", remedy="Install pyshacl; pyshifty is faster where it exists.")


def what_is_lost(engine: Engine) -> str:
    """Say what a check loses where the other engine is missing.

    Parameters
    ----------
    engine : Engine
        The one that does the work.

    Returns
    -------
    str
        A sentence or two; empty where nothing is lost.
    """
    missing = Engine.PYSHACL if engine is Engine.PYSHIFTY else Engine.PYSHIFTY
    if installed(missing):
        return ""
    if missing is Engine.PYSHIFTY:
        return (
            "pyshifty cannot be imported here, so pySHACL checks the shapes. The findings are the same; it takes some "
            "thirty times as long."
        )
    return (
        "pySHACL cannot be imported here, so '--engine pyshacl' is not to be had. pyshifty gives the same findings, "
        "but nothing can be compared with the reference."
    )


# Shapes


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


def path_text(graph: rdflib.Graph, path: Node | None) -> str:
    """Write a property path as SPARQL does.

    Parameters
    ----------
    graph : rdflib.Graph
        Holds the path.
    path : rdflib.term.Node or None

    Returns
    -------
    str
        Empty for None, and for what is no path.

    Examples
    --------
    >>> import rdflib
    >>> shape = rdflib.Graph().parse(format="turtle", data='''
    ...     @prefix sh: <http://www.w3.org/ns/shacl#> .
    ...     <http://e.org/shape> sh:path ( [ sh:inversePath <http://e.org/a> ] <http://e.org/b> ) .''')
    >>> path_text(shape, shape.value(predicate=None, subject=rdflib.URIRef("http://e.org/shape")))
    '^<http://e.org/a>/<http://e.org/b>'
    """
    import rdflib

    if isinstance(path, rdflib.URIRef):
        return path.n3()
    if not isinstance(path, rdflib.BNode):
        return ""
    if (path, rdflib.RDF.first, None) in graph:
        return "/".join(_step(graph, step) for step in graph.items(path))
    term = rdflib.Namespace(SH)
    alternatives = graph.value(path, term.alternativePath)
    if alternatives is not None:
        return "|".join(_step(graph, step) for step in graph.items(alternatives))
    inverse = graph.value(path, term.inversePath)
    if inverse is not None:
        return f"^{_step(graph, inverse)}"
    for name, sign in (("zeroOrMorePath", "*"), ("oneOrMorePath", "+"), ("zeroOrOnePath", "?")):
        repeated = graph.value(path, term[name])
        if repeated is not None:
            return f"{_step(graph, repeated)}{sign}"
    return ""


def _step(graph: rdflib.Graph, path: Node) -> str:
    text = path_text(graph, path)
    return text if text.startswith("<") and text.endswith(">") and text.count("<") == 1 else f"({text})"


class _Shapes:
    """Shapes as an engine gets them, and what a reader is told of each.

    Parameters
    ----------
    graph : rdflib.Graph
        Left as it is.
    """

    def __init__(self, graph: rdflib.Graph) -> None:
        import rdflib

        self.term = rdflib.Namespace(SH)
        self.graph = graph
        self.parents: dict[Node, Node] = {}
        nameless = self._find()
        if nameless:
            names = {node: rdflib.URIRef(f"{_NAMELESS}{number}") for number, node in enumerate(nameless, 1)}
            self.parents = {names.get(child, child): names.get(to, to) for child, to in self.parents.items()}
            self.graph = rdflib.Graph(bind_namespaces="none")
            for subject, predicate, thing in graph:
                self.graph.add((names.get(subject, subject), predicate, names.get(thing, thing)))
            for prefix, namespace in graph.namespaces():
                self.graph.bind(prefix, namespace)

    def _find(self) -> list[Node]:
        """Return nameless shapes in the order of the shapes around them; remember what is around each."""
        import rdflib

        found: dict[Node, None] = {}
        for name in _TO_SHAPES:
            for parent, child in self.graph.subject_objects(self.term[name]):
                self.parents.setdefault(child, parent)
        for name in _TO_LISTS:
            for parent, head in self.graph.subject_objects(self.term[name]):
                for child in self.graph.items(head):
                    self.parents.setdefault(child, parent)
        kinds = {rdflib.URIRef(RDFS + "Class"), rdflib.URIRef(OWL + "Class")}
        for node in [*self.parents, *self._declared()]:
            # A class without a name must not become a target.
            if isinstance(node, rdflib.BNode) and not kinds.intersection(self.graph.objects(node, rdflib.RDF.type)):
                found[node] = None
        return list(found)

    def _declared(self) -> Iterator[Node]:
        import rdflib

        for kind in ("NodeShape", "PropertyShape"):
            yield from self.graph.subjects(rdflib.RDF.type, self.term[kind])
        for target in ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf"):
            yield from self.graph.subjects(self.term[target], None)

    def name(self, shape: Node | None) -> str:
        """Return what a reader knows a shape by: its local name, else that of the shape around it and the property."""
        import rdflib

        steps: list[str] = []
        seen = set()
        while isinstance(shape, rdflib.URIRef) and shape.startswith(_NAMELESS) and shape not in seen:
            seen.add(shape)
            path = self.graph.value(shape, self.term.path)
            if isinstance(path, rdflib.URIRef):
                steps.append(_local(path))
            shape = self.parents.get(shape)
        if isinstance(shape, rdflib.URIRef) and not shape.startswith(_NAMELESS):
            steps.append(_local(shape))
        return "-".join(reversed(steps)) or "shape"

    def message(self, shape: Node | None) -> str:
        """Return the message of a shape, in English where there is a choice."""
        import rdflib

        messages = [text for text in self.graph.objects(shape, self.term.message) if isinstance(text, rdflib.Literal)]
        return _in_english(messages)

    def result(self, report: rdflib.Graph, node: Node) -> ShapeResult:
        """Return one result of a report."""
        shape = report.value(node, self.term.sourceShape)
        component = report.value(node, self.term.sourceConstraintComponent)
        severity = report.value(node, self.term.resultSeverity)
        path = report.value(node, self.term.resultPath)
        focus = report.value(node, self.term.focusNode)
        said = _in_english(report.objects(node, self.term.resultMessage))
        own = self.message(shape)
        # A message with a variable, or of a SPARQL constraint, was filled in by the engine.
        filled = "{" in own or not str(component).startswith(SH) or component == self.term.SPARQLConstraintComponent
        return ShapeResult(
            focus=_plain(focus),
            path=self._path(shape, path),
            value=_plain(report.value(node, self.term.value)),
            severity=str(severity),
            component=str(component or ""),
            shape="" if shape is None or str(shape).startswith(_NAMELESS) or not _is_iri(shape) else str(shape),
            name=self.name(shape),
            message=said if filled and said else own or said,
        )

    def _path(self, shape: Node | None, path: Node | None) -> str:
        import rdflib

        if path is None or isinstance(path, rdflib.URIRef):
            return path_text(self.graph, path)
        return path_text(self.graph, self.graph.value(shape, self.term.path))


def _plain(node: Node | None) -> Node:
    """Return a node as RDF 1.1 has it: a plain string and one of xsd:string are the same."""
    import rdflib

    if isinstance(node, rdflib.Literal) and node.datatype == rdflib.XSD.string:
        return rdflib.Literal(str(node))
    return node


def _is_iri(node: Node) -> bool:
    import rdflib

    return isinstance(node, rdflib.URIRef)


def _local(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2].rpartition(":")[2] or iri


def _in_english(messages: Iterable[Node]) -> str:
    import rdflib

    texts = sorted((text.language or "", str(text)) for text in messages if isinstance(text, rdflib.Literal))
    english = [text for language, text in texts if not language or language.partition("-")[0].lower() == "en"]
    return "; ".join(english) or (texts[0][1] if texts else "")


# Validation


def validate_graphs(
    data: Iterable[ox.Quad | ox.Triple], shapes: rdflib.Graph, engine: Engine | None = None
) -> Iterator[ShapeResult]:
    """Validate any data against any shapes.

    Nothing is fetched: neither ``owl:imports`` nor ``sh:shapesGraph`` is followed, and a SPARQL constraint that
    names another graph or service is refused.

    Parameters
    ----------
    data : iterable of pyoxigraph.Quad or pyoxigraph.Triple
        The union of their graphs is validated.
    shapes : rdflib.Graph
        Left as it is.
    engine : Engine, optional
        The best that is installed by default.

    Yields
    ------
    ShapeResult
        The results of the report, not the details below them.

    Raises
    ------
    ShapesError
        If the shapes cannot be used.
    """
    import rdflib

    prepared = _Shapes(shapes)
    _refuse_fetching(prepared.graph)
    run = _pyshifty if (engine or best_engine()) is Engine.PYSHIFTY else _pyshacl
    with _quiet():
        report = run(data, prepared.graph)
    for node in report.objects(None, rdflib.URIRef(SH + "result")):
        yield prepared.result(report, node)


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
    for found in validate_graphs(quads, read_shapes(folder), engine):
        yield to_result(found)


def to_result(found: ShapeResult) -> Result:
    """Return a result of a shape as the plain text that findings are made of.

    Parameters
    ----------
    found : ShapeResult

    Returns
    -------
    Result
        A severity of another vocabulary counts as a violation.
    """
    import rdflib

    value = found.value
    simple = found.path.startswith("<") and found.path.count("<") == 1 and found.path.endswith(">")
    return Result(
        rule=found.name,
        severity=_SEVERITIES.get(found.severity, Severity.VIOLATION),
        message=found.message or f"does not meet {shorten(found.component)}",
        subject="" if isinstance(found.focus, rdflib.BNode) else str(found.focus),
        path=found.path[1:-1] if simple else "",
        value="" if value is None or isinstance(value, rdflib.BNode) else str(value),
    )


def _refuse_fetching(shapes: rdflib.Graph) -> None:
    import rdflib

    for name in ("select", "ask", "construct"):
        for query in shapes.objects(None, rdflib.URIRef(SH + name)):
            words = {text.upper() for kind, text in tokens(str(query)) if kind == "word"}
            for word in ("SERVICE", "FROM", "LOAD"):
                if word in words:
                    raise ShapesError(
                        f"a SPARQL constraint says {word}", remedy="Nothing is fetched; write it without."
                    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the engines' loggers and warnings from the terminal: what matters is in the report or raised."""
    loggers = [logging.getLogger(name) for name in ("rdflib.term", "pyshacl", "pyshacl-validate")]
    levels = [logger.level for logger in loggers]
    disabled = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level, was in zip(loggers, levels, disabled, strict=True):
            logger.setLevel(level)
            logger.disabled = was


def _pyshacl(data: Iterable[ox.Quad | ox.Triple], shapes: rdflib.Graph) -> rdflib.Graph:
    import rdflib

    try:
        import pyshacl
    except ImportError as error:
        raise _missing(Engine.PYSHACL, error) from error
    try:
        _, report, text = pyshacl.validate(to_rdflib(data), shacl_graph=shapes, advanced=False, do_owl_imports=False)
    except Exception as error:
        # Shapes of any kind may come in, and pySHACL and rdflib raise errors of many kinds about them.
        raise _unusable(Engine.PYSHACL, str(error) or type(error).__name__) from error
    if not isinstance(report, rdflib.Graph):
        raise _unusable(Engine.PYSHACL, str(text))
    return report


def _pyshifty(data: Iterable[ox.Quad | ox.Triple], shapes: rdflib.Graph) -> rdflib.Graph:
    import rdflib

    try:
        import shifty
    except ImportError as error:
        raise _missing(Engine.PYSHIFTY, error) from error
    triples = (item.triple if isinstance(item, ox.Quad) else item for item in data)
    written = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert written is not None
    try:
        # "data": by default the shapes would be joined with the data and validated too.
        _, report, _ = shifty.validate(written, shapes, graph_mode="data", infer=False, on_unsupported="error")
    except Exception as error:
        raise _unusable(Engine.PYSHIFTY, str(error) or type(error).__name__) from error
    assert isinstance(report, rdflib.Graph)
    return report


def _missing(engine: Engine, error: ImportError) -> ShapesError:
    other = Engine.PYSHACL if engine is Engine.PYSHIFTY else Engine.PYSHIFTY
    return ShapesError(
        f"{engine.value} cannot be imported: {error}", remedy=f"Install it, or take --engine {other.value}."
    )


def _unusable(engine: Engine, why: str) -> ShapesError:
    other = Engine.PYSHACL if engine is Engine.PYSHIFTY else Engine.PYSHIFTY
    short = " ".join(why.split())
    short = short if len(short) <= 400 else f"{short[:400]} …"
    return ShapesError(
        f"the shapes cannot be used by {engine.value}: {short}",
        remedy=f"Mend them, or take --engine {other.value}.",
    )
