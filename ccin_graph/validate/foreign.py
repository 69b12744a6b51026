"""Other people's data: any files of RDF against our shapes and rules, or against any other shapes.

The files are one graph. Against our shapes, our ontology and concepts stand beside it, because the shapes ask for
concepts of our schemes; nothing is said of their nodes. Against other shapes there is nothing but the files.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.errors import DataError, ShapesError
from ccin_graph.findings import Finding, Location, Severity
from ccin_graph.records.loading import read_vocabulary
from ccin_graph.store import EmbeddedStore
from ccin_graph.store.rdflib_graph import to_rdflib
from ccin_graph.validate.reading import Document, files_of, read_rdf
from ccin_graph.validate.rules import run_rules
from ccin_graph.validate.shacl import read_shapes, shapes_of_shapes, to_result, validate_graphs
from ccin_graph.validate.triples import reached
from ccin_graph.validate.vitality import unknown_terms
from ccin_graph.vocabulary import OWL, RDF, RDFS, SH, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import rdflib

    from ccin_graph.tree import Tree
    from ccin_graph.validate.results import Result
    from ccin_graph.validate.shacl import Engine, ShapeResult

_IMPORTS = OWL + "imports"


def check_files(
    files: Sequence[Path],
    tree: Tree,
    shapes: Path | None = None,
    engine: Engine | None = None,
    reading: Callable[[Path | None], None] = lambda _: None,
) -> list[Finding]:
    """Check files of RDF.

    Parameters
    ----------
    files : sequence of Path
        Together one graph.
    tree : Tree
        Our shapes, rules, ontology and concepts.
    shapes : Path, optional
        A file or folder of other shapes, taken instead of ours and our rules.
    engine : Engine, optional
        The best that is installed by default.
    reading : callable, optional
        Told of every file before it is read, and None when all are.

    Returns
    -------
    list of Finding
        In the order of files and lines; a line is where a file first speaks of the node.

    Raises
    ------
    DataError
        If a file is not RDF.
    ShapesError
        If the shapes cannot be used.
    """
    documents = list(_read(files, reading))
    theirs = _once(documents)
    if shapes is None:
        background = list(read_vocabulary(tree))
        asked = read_shapes(tree.shapes)
        written: list[Document] = []
    else:
        background = []
        written = _shapes_of(shapes, reading)
        asked = _joined(written)
    reading(None)
    whole = _Whole(theirs, background)
    findings = [*_imports(documents), *_imports(written)]
    findings += unknown_terms((str(one.path), one.path.read_text("utf-8-sig"), one.quads) for one in written)
    ill_formed = list(_ill_formed(written, engine))
    places = _Places(documents)
    try:
        answers = list(dict.fromkeys(validate_graphs(whole.quads, asked, engine)))
    except ShapesError as error:
        said = "\n".join(str(finding) for finding in ill_formed)
        raise ShapesError(f"{said}\n{error.message}" if said else error.message, remedy=error.remedy) from error
    findings += ill_formed
    for found in answers:
        result = to_result(found)
        if whole.is_theirs(_label(found.focus) or result.subject):
            findings.append(places.finding(found, result))
    if shapes is None:
        store = EmbeddedStore(whole.quads)
        results = (result for result in run_rules(store, tree.queries) if whole.is_theirs(result.subject))
        findings += (places.finding(None, result) for result in results)
    if not whole.is_looked_at(asked):
        said = "nothing in these data is what the shapes are about, so nothing was checked"
        findings.append(Finding("nothing-checked", said, Location(str(files[0]), 1), Severity.WARNING))
    return sorted(findings, key=lambda finding: finding.sort_key)


def _read(files: Sequence[Path], reading: Callable[[Path | None], None]) -> Iterator[Document]:
    if not files:
        raise DataError("no file to check", remedy="Name one.")
    for path in files:
        reading(path)
        yield read_rdf(path)


def _shapes_of(path: Path, reading: Callable[[Path | None], None]) -> list[Document]:
    documents = list(_read(list(files_of(path)), reading))
    if not any(_speaks_shacl(quad) for document in documents for quad in document.quads):
        raise ShapesError(f"no SHACL shape in {path}", remedy="Name a file or folder of shapes.")
    return documents


def _speaks_shacl(quad: ox.Quad) -> bool:
    return quad.predicate.value.startswith(SH)


def _joined(documents: list[Document]) -> rdflib.Graph:
    graph = to_rdflib(quad for document in documents for quad in document.quads)
    for document in documents:
        # Not SHACL's way to declare a prefix for a query, but one that many shapes rely on.
        for prefix, namespace in document.prefixes.items():
            graph.bind(prefix, namespace, override=False)
    return graph


def _once(documents: list[Document]) -> list[ox.Quad]:
    """Return every triple once: the union of Oxigraph's graphs does not remove duplicates, so counts would double."""
    quads: dict[ox.Triple, ox.Quad] = {}
    for document in documents:
        for quad in document.quads:
            quads.setdefault(quad.triple, quad)
    return list(quads.values())


class _Whole:
    """The data and what stands beside them."""

    def __init__(self, theirs: list[ox.Quad], background: list[ox.Quad]) -> None:
        held = {quad.triple for quad in theirs}
        beside = [quad for quad in background if quad.triple not in held]
        self.theirs = theirs
        self.quads = [*theirs, *beside]
        self.own = {getattr(quad.subject, "value", "") for quad in theirs}
        self.beside = {getattr(quad.subject, "value", "") for quad in beside}

    def is_theirs(self, subject: str) -> bool:
        """Whether a result is about a node of the data."""
        return subject in self.own or subject not in self.beside

    def is_looked_at(self, shapes: rdflib.Graph) -> bool:
        """Whether any target of the shapes has a node in the data."""
        nodes = {getattr(term, "value", "") for quad in self.theirs for term in (quad.subject, quad.object)}
        properties = {quad.predicate.value for quad in self.theirs}
        classes = self._classes()
        targets = _Targets(shapes)
        return bool(targets.classes & classes or targets.properties & properties or targets.nodes & nodes)

    def _classes(self) -> set[str]:
        found = {getattr(quad.object, "value", "") for quad in self.theirs if quad.predicate.value == RDF + "type"}
        wider: dict[str, list[str]] = {}
        for quad in self.quads:
            if quad.predicate.value == RDFS + "subClassOf":
                wider.setdefault(getattr(quad.subject, "value", ""), []).append(getattr(quad.object, "value", ""))
        return set(reached(wider, *found))


class _Targets:
    """What shapes look at."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        import rdflib

        term = rdflib.Namespace(SH)
        self.classes = {str(one) for one in shapes.objects(None, term.targetClass)}
        self.nodes = {str(one) for one in shapes.objects(None, term.targetNode)}
        self.properties = {
            str(one) for name in ("targetSubjectsOf", "targetObjectsOf") for one in shapes.objects(None, term[name])
        }
        for kind in (RDFS + "Class", OWL + "Class"):
            for one in shapes.subjects(rdflib.RDF.type, rdflib.URIRef(kind)):
                if any((one, rdflib.RDF.type, term[shape]) in shapes for shape in ("NodeShape", "PropertyShape")):
                    self.classes.add(str(one))


def _imports(documents: list[Document]) -> Iterator[Finding]:
    """Say what is imported and not at hand: nothing is fetched, and what it says is missing."""
    at_hand = {getattr(quad.subject, "value", "") for document in documents for quad in document.quads}
    for document in documents:
        imported = (quad.object for quad in document.quads if quad.predicate.value == _IMPORTS)
        for iri in dict.fromkeys(getattr(one, "value", "") for one in imported):
            if iri not in at_hand:
                said = f"imports <{iri}>, and nothing is fetched; save that as a file and name it too"
                yield Finding(
                    rule="import-not-followed",
                    message=said,
                    location=Location(str(document.path), document.line_of(iri)),
                    severity=Severity.WARNING,
                    value=iri,
                )


def _ill_formed(shapes: list[Document], engine: Engine | None) -> Iterator[Finding]:
    """Check shapes by the shapes of shapes: an engine may pass over what it cannot understand."""
    meta = shapes_of_shapes() if shapes else None
    if meta is None:
        return
    places = _Places(shapes)
    for found in validate_graphs(_once(shapes), meta, engine):
        result = to_result(found)
        why = f"{shorten(result.path)} {found.message}" if result.path else found.message
        if found.component == SH + "XoneConstraintComponent":
            why = "it is neither a node shape nor a property shape, which has one sh:path"
        message = f"not a shape as SHACL has it: {why}"
        yield places.finding(found, replace(result, rule="shape-ill-formed", message=message))


class _Places:
    """Where the files speak of a node, and what a node without an IRI is called.

    Parameters
    ----------
    documents : list of Document
    """

    def __init__(self, documents: list[Document]) -> None:
        self.documents = documents

    def finding(self, found: ShapeResult | None, result: Result) -> Finding:
        """Return a result as a finding at the line of its node."""
        nameless = _label(found.focus) if found else ""
        named, shown = self._around(nameless) if nameless else (result.subject, shorten(result.subject))
        return result.finding(shown, self.place(named))

    def place(self, iri: str) -> Location:
        """Return the first line that speaks of a node."""
        for as_subject in (True, False) if iri else ():
            for document in self.documents:
                line = document.line_of(iri, as_subject=as_subject)
                if line:
                    return Location(str(document.path), line)
        return Location(str(self.documents[0].path), 1) if len(self.documents) == 1 else Location()

    def _around(self, label: str) -> tuple[str, str]:
        """Return the nearest node with an IRI around a blank one, and words for the blank one."""
        holders, kinds = self._blank
        steps = []
        kind = kinds.get(label, "")
        seen = set()
        while label in holders and label not in seen:
            seen.add(label)
            holder, property_ = holders[label]
            steps.append(shorten(property_))
            if isinstance(holder, ox.NamedNode):
                return holder.value, f"the {' of the '.join(steps)} of {shorten(holder.value)}"
            label = holder.value
        return "", f"a {shorten(kind)} without an IRI" if kind else "a node without an IRI"

    @cached_property
    def _blank(self) -> tuple[dict[str, tuple[ox.NamedNode | ox.BlankNode, str]], dict[str, str]]:
        holders: dict[str, tuple[ox.NamedNode | ox.BlankNode, str]] = {}
        kinds: dict[str, str] = {}
        for document in self.documents:
            for quad in document.quads:
                assert not isinstance(quad.subject, ox.Triple)
                if isinstance(quad.object, ox.BlankNode):
                    holders.setdefault(quad.object.value, (quad.subject, quad.predicate.value))
                if isinstance(quad.subject, ox.BlankNode) and quad.predicate.value == RDF + "type":
                    kinds.setdefault(quad.subject.value, getattr(quad.object, "value", ""))
        return holders, kinds


def _label(focus: rdflib.term.Node) -> str:
    import rdflib

    return str(focus) if isinstance(focus, rdflib.BNode) else ""
