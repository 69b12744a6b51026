"""SHACL: one function, three engines that give the same results.

pySHACL is the reference. Shapes of SHACL Core, as ours are, are looked at in `ccin_graph.validate.setwise`. What that
does not know, pyshifty does, or pySHACL where pyshifty cannot be imported; ``python -m benchmarks.validation`` says
what each takes. What an engine says of a shape is read from the shape: pyshifty loses the paths of complex property
shapes, and neither of the two says which nameless shape it means. So every nameless shape is given a name before they
see it.
"""

from __future__ import annotations

import importlib.util
import logging
import re
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.errors import ShapesError
from ccin_graph.findings import Severity
from ccin_graph.memory import collector_at_rest
from ccin_graph.sparql import tokens
from ccin_graph.store import EmbeddedStore
from ccin_graph.store.rdflib_graph import to_node, to_rdflib
from ccin_graph.validate.constraints import BeyondCore
from ccin_graph.validate.results import SEVERITIES, Result
from ccin_graph.validate.setwise import refuse_unknown, violations
from ccin_graph.validate.shape_files import shape_files
from ccin_graph.validate.triples import Triples
from ccin_graph.vocabulary import OWL, RDFS, SH, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import rdflib

    from ccin_graph.validate.setwise import Violation

    Node = rdflib.term.Node
    #: What can be validated.
    Data = EmbeddedStore | Iterable[ox.Quad | ox.Triple]

#: Nameless shapes are called this and a number while an engine works.
_NAMELESS = "urn:ccin:nameless-shape:"

#: An IRI as pyshifty fills it into a message; pySHACL writes it without brackets.
_BRACKETED = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)>")

#: Properties whose values are shapes, and those whose values are lists of shapes.
_TO_SHAPES = ("property", "node", "not", "qualifiedValueShape")
_TO_LISTS = ("and", "or", "xone")


class Engine(Enum):
    """An implementation of SHACL."""

    SETWISE = "setwise"
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
        if engine in _MODULES:
            importlib.import_module(_MODULES[engine])
    except ImportError:
        return False
    return True


def engine_beyond_core() -> Engine:
    """Return the engine for what `ccin_graph.validate.setwise` does not know: the faster of those that are installed.

    Returns
    -------
    Engine

    Raises
    ------
    ShapesError
        If there is none.
    """
    for engine in (Engine.PYSHIFTY, Engine.PYSHACL):
        if installed(engine):
            return engine
    raise ShapesError(
        "the shapes ask for more than SHACL Core, and no engine that knows more is installed",
        remedy="Install pyshifty or pyshacl.",
    )


def what_is_lost() -> str:
    """Say what a check loses where an engine is missing.

    Returns
    -------
    str
        A sentence or two; empty where nothing is lost.
    """
    # Looked for and not imported: that would take longer than the check.
    missing = {engine for engine, module in _MODULES.items() if importlib.util.find_spec(module) is None}
    if missing == {Engine.PYSHIFTY}:
        return (
            "pyshifty cannot be imported here, so pySHACL checks shapes that ask for more than SHACL Core. The "
            "findings are the same; it takes several times as long."
        )
    if missing == {Engine.PYSHACL}:
        return (
            "pySHACL cannot be imported here, so '--engine pyshacl' is not to be had. The findings are the same, but "
            "nothing can be compared with the reference."
        )
    if missing:
        return (
            "neither pyshifty nor pySHACL can be imported here, so shapes that ask for more than SHACL Core cannot be "
            "checked, and nothing can be compared with the reference."
        )
    return ""


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
    return to_rdflib(quad for _, _, quads in shape_files(folder) for quad in quads)


def shapes_of_shapes() -> rdflib.Graph | None:
    """Return the shapes that SHACL's authors wrote for shapes, which pySHACL brings along.

    Returns
    -------
    rdflib.Graph or None
        None where pySHACL is not installed.
    """
    from pathlib import Path

    found = importlib.util.find_spec("pyshacl")
    path = Path(found.origin).parent / "assets" / "shacl-shacl.ttl" if found and found.origin else None
    if path is None or not path.is_file():
        return None
    return to_rdflib(ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri="http://www.w3.org/ns/shacl-shacl"))


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
    >>> graph = rdflib.Graph().parse(format="turtle", data='''
    ...     @prefix sh: <http://www.w3.org/ns/shacl#> .
    ...     <http://e.org/shape> sh:path ( [ sh:inversePath <http://e.org/a> ] <http://e.org/b> ) .''')
    >>> path_text(graph, graph.value(predicate=rdflib.URIRef(SH + "path"), subject=rdflib.URIRef("http://e.org/shape")))
    '(^<http://e.org/a>)/<http://e.org/b>'
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

    def for_engine(self) -> rdflib.Graph:
        """Return the shapes as other engines read them right: each with a name, by which a report can speak of it."""
        graph = _copy(self.graph, {node: name for name, node in self.nameless.items()})
        self._join_prefixes(graph)
        self._switch_off(graph)
        return graph

    def _switch_off(self, graph: rdflib.Graph) -> None:
        """Take out what only looks like being switched on: SHACL wants the word ``true``, the engines take a 1."""
        for name in ("uniqueLang", "qualifiedValueShapesDisjoint"):
            for shape, value in list(graph.subject_objects(self.term[name])):
                if str(value) == "1":
                    graph.remove((shape, self.term[name], value))

    def _join_prefixes(self, graph: rdflib.Graph) -> None:
        """Declare imported prefixes where they are used: pySHACL does not follow owl:imports inside a graph."""
        import rdflib

        imports = rdflib.URIRef(OWL + "imports")
        for holder in set(graph.objects(None, self.term.prefixes)):
            for imported in list(graph.transitive_objects(holder, imports)):
                for declared in list(graph.objects(imported, self.term.declare)):
                    graph.add((holder, self.term.declare, declared))

    @cached_property
    def parents(self) -> dict[Node, Node]:
        """The shape around each."""
        found: dict[Node, Node] = {}
        for name in _TO_SHAPES:
            for parent, child in self.graph.subject_objects(self.term[name]):
                found.setdefault(child, parent)
        for name in _TO_LISTS:
            for parent, head in self.graph.subject_objects(self.term[name]):
                for child in self.graph.items(head):
                    found.setdefault(child, parent)
        return found

    @cached_property
    def nameless(self) -> dict[Node, Node]:
        """Nameless shapes by the names that engines get for them, in the order of the shapes around them."""
        import rdflib

        kinds = {rdflib.URIRef(RDFS + "Class"), rdflib.URIRef(OWL + "Class")}
        # A class without a name must not become a target.
        found = dict.fromkeys(
            node
            for node in [*self.parents, *self._declared()]
            if isinstance(node, rdflib.BNode) and not kinds.intersection(self.graph.objects(node, rdflib.RDF.type))
        )
        return {rdflib.URIRef(f"{_NAMELESS}{number}"): node for number, node in enumerate(found, 1)}

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
        while isinstance(shape, rdflib.BNode) and shape not in seen:
            seen.add(shape)
            path = self.graph.value(shape, self.term.path)
            if isinstance(path, rdflib.URIRef):
                steps.append(_local(path))
            shape = self.parents.get(shape)
        if isinstance(shape, rdflib.URIRef):
            steps.append(_local(shape))
        return "-".join(reversed(steps)) or "shape"

    def message(self, shape: Node | None) -> str:
        """Return the message of a shape, in English where there is a choice."""
        import rdflib

        messages = [text for text in self.graph.objects(shape, self.term.message) if isinstance(text, rdflib.Literal)]
        return _in_english(messages)

    def of_report(self, report: rdflib.Graph, node: Node) -> ShapeResult:
        """Return one result of a report."""
        named = report.value(node, self.term.sourceShape)
        shape = self.nameless.get(named, named) if named else None
        component = report.value(node, self.term.sourceConstraintComponent)
        own = self.message(shape)
        # What a message says of a variable, and that of a SPARQL constraint, was filled in by the engine.
        filled = "{" in own or not str(component).startswith(SH) or component == self.term.SPARQLConstraintComponent
        said = _BRACKETED.sub(r"\1", _in_english(report.objects(node, self.term.resultMessage))) if filled else ""
        focus = report.value(node, self.term.focusNode)
        assert focus is not None
        return self.result(
            shape,
            str(component or ""),
            (focus, report.value(node, self.term.resultPath), report.value(node, self.term.value)),
            severity=report.value(node, self.term.resultSeverity),
            said=said or own,
        )

    def of_violation(self, found: Violation) -> ShapeResult:
        """Return what was found over sets of nodes."""
        path = _node(found.property) if found.property else self.graph.value(found.shape, self.term.path)
        return self.result(
            found.shape,
            SH + found.component,
            (_node(found.focus), path, None if found.value is None else _node(found.value)),
            severity=self.graph.value(found.shape, self.term.severity, default=self.term.Violation),
            said=self.message(found.shape),
        )

    def result(
        self,
        shape: Node | None,
        component: str,
        where: tuple[Node, Node | None, Node | None],
        severity: Node | None,
        said: str,
    ) -> ShapeResult:
        """Return a result about a focus node, path and value."""
        focus, path, value = where
        plain = _plain(focus)
        assert plain is not None
        return ShapeResult(
            focus=plain,
            path=self._path(shape, path),
            value=_plain(value),
            severity=str(severity),
            component=component,
            shape=str(shape) if shape is not None and _is_iri(shape) else "",
            name=self.name(shape),
            message=said or self._unmet(shape, component),
        )

    def _unmet(self, shape: Node | None, component: str) -> str:
        """Return what a shape without a message asks for: the engines' own words differ."""
        import rdflib

        name = component.removeprefix(SH).removesuffix("ConstraintComponent")
        parameter = name[:1].lower() + name[1:]
        wanted = list(self.graph.objects(shape, self.term[parameter]))
        if not wanted:
            return f"does not meet {shorten(component)}"
        shown = sorted(shorten(str(one)) for one in wanted if not isinstance(one, rdflib.BNode))
        return " ".join([f"does not meet sh:{parameter}", *shown])

    def _path(self, shape: Node | None, path: Node | None) -> str:
        import rdflib

        if path is None or isinstance(path, rdflib.URIRef):
            return path_text(self.graph, path)
        return path_text(self.graph, self.graph.value(shape, self.term.path))


def _copy(graph: rdflib.Graph, names: Mapping[Node, Node]) -> rdflib.Graph:
    import rdflib

    copy = rdflib.Graph(bind_namespaces="none")
    for subject, predicate, thing in graph:
        copy.add((names.get(subject, subject), predicate, names.get(thing, thing)))
    for prefix, namespace in graph.namespaces():
        copy.bind(prefix, namespace)
    return copy


def _plain(node: Node | None) -> Node | None:
    """Return a node as RDF 1.1 has it: a plain string and one of xsd:string are the same."""
    import rdflib

    if isinstance(node, rdflib.Literal) and node.datatype == rdflib.XSD.string:
        return rdflib.Literal(str(node))
    return node


def _node(term: str) -> Node:
    """Return a term of N-Triples."""
    (triple,) = ox.parse(f"_:a <urn:b> {term} .".encode(), ox.RdfFormat.N_TRIPLES, lenient=True)
    return to_node(triple.object)


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


def validate_graphs(data: Data, shapes: rdflib.Graph, engine: Engine | None = None) -> Iterator[ShapeResult]:
    """Validate any data against any shapes.

    Nothing is fetched: neither ``owl:imports`` nor ``sh:shapesGraph`` is followed, and a SPARQL constraint that
    names another graph or service is refused.

    Parameters
    ----------
    data : EmbeddedStore, or iterable of pyoxigraph.Quad or pyoxigraph.Triple
        The union of their graphs is validated. A store is read fastest.
    shapes : rdflib.Graph
        Left as it is.
    engine : Engine, optional
        By default SHACL Core is looked at over sets of nodes, and what goes beyond it by the best that is installed.

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
    _refuse_fetching(shapes)
    if not isinstance(data, EmbeddedStore):
        data = _triples(data)
    engine = engine or Engine.SETWISE
    if engine is Engine.SETWISE:
        try:
            refuse_unknown(shapes)
            with collector_at_rest():
                found = violations(Triples(_n_triples(data)), shapes)
        except BeyondCore:
            engine = engine_beyond_core()
        else:
            with _at_work():
                results = [prepared.of_violation(one) for one in found]
            yield from results
            return
    run = _pyshifty if engine is Engine.PYSHIFTY else _pyshacl
    with _at_work():
        report = run(data, prepared.for_engine())
    for node in report.objects(None, rdflib.URIRef(SH + "result")):
        yield prepared.of_report(report, node)


def validate_shapes(data: Data, folder: Path, engine: Engine | None = None) -> Iterator[Result]:
    """Validate a dataset against the shapes of a folder.

    Parameters
    ----------
    data : EmbeddedStore, or iterable of pyoxigraph.Quad
        The union of their graphs is validated.
    folder : Path
        ``shapes/``.
    engine : Engine, optional
        As `validate_graphs` takes it.

    Yields
    ------
    Result

    Raises
    ------
    ShapesError
        If the shapes cannot be used.
    """
    # Where several pairs of values are in the wrong order, SHACL has a result for each: one thing to mend.
    yield from dict.fromkeys(to_result(found) for found in validate_graphs(data, read_shapes(folder), engine))


def _triples(data: Iterable[ox.Quad | ox.Triple]) -> list[ox.Triple]:
    return [item.triple if isinstance(item, ox.Quad) else item for item in data]


def _n_triples(data: EmbeddedStore | list[ox.Triple]) -> Iterable[bytes]:
    if isinstance(data, EmbeddedStore):
        return data.n_triples()
    written = ox.serialize(data, format=ox.RdfFormat.N_TRIPLES)
    assert written is not None
    return [written]


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
        severity=SEVERITIES.get(found.severity, Severity.VIOLATION),
        message=found.message,
        subject="" if isinstance(found.focus, rdflib.BNode) else str(found.focus),
        path=found.path[1:-1] if simple else "",
        value="" if value is None or isinstance(value, rdflib.BNode) else str(value),
        component=found.component,
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
def _at_work() -> Iterator[None]:
    """Keep the engines' loggers and warnings from the terminal, and values as they are written.

    What matters is in the report or raised. By default rdflib makes ``"none"^^xsd:boolean`` a false, and that would be
    what the finding shows.
    """
    import rdflib

    loggers = [logging.getLogger(name) for name in ("rdflib.term", "pyshacl", "pyshacl-validate")]
    disabled = [logger.disabled for logger in loggers]
    normalising = rdflib.NORMALIZE_LITERALS
    for logger in loggers:
        logger.disabled = True
    rdflib.NORMALIZE_LITERALS = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        rdflib.NORMALIZE_LITERALS = normalising
        for logger, was in zip(loggers, disabled, strict=True):
            logger.disabled = was


def _pyshacl(data: EmbeddedStore | list[ox.Triple], shapes: rdflib.Graph) -> rdflib.Graph:
    import rdflib

    try:
        import pyshacl
    except ImportError as error:
        raise _missing(Engine.PYSHACL, error) from error
    graph = to_rdflib(_statements(data))
    for prefix, namespace in shapes.namespaces():
        # A query that declares no prefixes gets those of the file, as pyshifty has it; pySHACL looks at the data's.
        graph.bind(prefix, namespace, replace=True)
    try:
        _, report, text = pyshacl.validate(graph, shacl_graph=shapes, advanced=False, do_owl_imports=False)
    except Exception as error:
        # Shapes of any kind may come in, and pySHACL and rdflib raise errors of many kinds about them.
        raise _unusable(Engine.PYSHACL, str(error) or type(error).__name__) from error
    if not isinstance(report, rdflib.Graph):
        raise _unusable(Engine.PYSHACL, str(text))
    return report


def _statements(data: EmbeddedStore | list[ox.Triple]) -> Iterable[ox.Quad | ox.Triple]:
    return data.quads() if isinstance(data, EmbeddedStore) else data


def _pyshifty(data: EmbeddedStore | list[ox.Triple], shapes: rdflib.Graph) -> rdflib.Graph:
    import rdflib

    try:
        import shifty
    except ImportError as error:
        raise _missing(Engine.PYSHIFTY, error) from error

    def run(given: bytes | rdflib.Graph) -> rdflib.Graph:
        try:
            # "data": by default the shapes would be joined with the data and validated too.
            _, report, _ = shifty.validate(given, shapes, graph_mode="data", infer=False, on_unsupported="error")
        except Exception as error:
            raise _unusable(Engine.PYSHIFTY, str(error) or type(error).__name__) from error
        assert isinstance(report, rdflib.Graph)
        return report

    report = run(b"".join(_n_triples(data)))
    if any(isinstance(focus, rdflib.BNode) for focus in report.objects(None, rdflib.URIRef(SH + "focusNode"))):
        # Which blank node is meant can be told only where the data came as rdflib's, which takes many times as long.
        return run(to_rdflib(_statements(data)))
    return report


def _missing(engine: Engine, error: ImportError) -> ShapesError:
    other = Engine.PYSHACL if engine is Engine.PYSHIFTY else Engine.PYSHIFTY
    return ShapesError(
        f"{engine.value} cannot be imported: {error}", remedy=f"Install it, or take --engine {other.value}."
    )


def _unusable(engine: Engine, why: str) -> ShapesError:
    other = Engine.PYSHACL if engine is Engine.PYSHIFTY else Engine.PYSHIFTY
    short = "".join(character for character in " ".join(why.split()) if character.isprintable())
    short = short if len(short) <= 400 else f"{short[:400]} …"
    return ShapesError(
        f"the shapes cannot be used by {engine.value}: {short}",
        remedy=f"Mend them, or take --engine {other.value}.",
    )
