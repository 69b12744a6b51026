"""Are the shapes alive? What SHACL passes over in silence is said here.

A misspelt target class finds no node and so conforms, an unknown ``sh:`` term is no constraint, and a property shape
that no shape leads to is never looked at. Each is a finding at the line of the shape.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ccin_graph.errors import TreeError
from ccin_graph.findings import Finding, Location, Severity
from ccin_graph.validate.shape_files import shape_files
from ccin_graph.validate.triples import reached
from ccin_graph.vocabulary import BASE, CCIN, OWL, PREFIXES, RDF, RDFS, SH, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ccin_graph.store import Store

    Node = ox.NamedNode | ox.BlankNode


def _list_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: What SHACL 1.0 has for shapes, core and SPARQL.
TERMS = _list_of(
    """
    NodeShape PropertyShape Shape PropertyGroup Parameter PrefixDeclaration ConstraintComponent Validator
    SPARQLConstraint SPARQLExecutable SPARQLSelectExecutable SPARQLAskExecutable SPARQLSelectValidator
    SPARQLAskValidator NodeKind Severity BlankNode BlankNodeOrIRI BlankNodeOrLiteral IRI IRIOrLiteral Literal Info
    Warning Violation
    targetClass targetNode targetObjectsOf targetSubjectsOf severity message deactivated property node path
    alternativePath inversePath oneOrMorePath zeroOrMorePath zeroOrOnePath
    and or not xone class closed ignoredProperties datatype disjoint equals flags hasValue in languageIn lessThan
    lessThanOrEquals maxCount maxExclusive maxInclusive maxLength minCount minExclusive minInclusive minLength
    nodeKind pattern qualifiedMaxCount qualifiedMinCount qualifiedValueShape qualifiedValueShapesDisjoint uniqueLang
    sparql select ask declare namespace prefix prefixes parameter optional labelTemplate validator nodeValidator
    propertyValidator name description group order defaultValue shapesGraph suggestedShapesGraph entailment
    """
)

#: What the Advanced Features and the JavaScript extension add: known words, but no engine is asked to follow them.
ADVANCED = _list_of(
    """
    Function JSConstraint JSExecutable JSFunction JSLibrary JSRule JSTarget JSTargetType JSValidator Parameterizable
    ResultAnnotation Rule SPARQLConstructExecutable SPARQLFunction SPARQLRule SPARQLTarget SPARQLTargetType
    SPARQLUpdateExecutable Target TargetType TripleRule annotationProperty annotationValue annotationVarName condition
    construct expression filterShape intersection js jsFunctionName jsLibrary jsLibraryURL nodes object predicate
    resultAnnotation returnType rule subject target this union update values
    """
)

#: What it has for reports.
REPORTS = _list_of(
    """
    AbstractResult ValidationReport ValidationResult conforms detail focusNode result resultMessage resultPath
    resultSeverity shapesGraphWellFormed sourceConstraint sourceConstraintComponent sourceShape value
    """
)

_CONSTRAINTS = _list_of(
    """
    and or not xone class closed datatype disjoint equals hasValue in languageIn lessThan lessThanOrEquals maxCount
    maxExclusive maxInclusive maxLength minCount minExclusive minInclusive minLength node nodeKind pattern
    qualifiedMaxCount qualifiedMinCount qualifiedValueShape sparql uniqueLang
    """
)
_TARGETS = ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
_TO_SHAPES = ("property", "node", "not", "qualifiedValueShape")
_TO_LISTS = ("and", "or", "xone")
_PATHS = ("alternativePath", "inversePath", "oneOrMorePath", "zeroOrMorePath", "zeroOrOnePath")
_SPOKEN_OF = (RDF + "first", *(SH + name for name in ("path", *_PATHS, "class", *_TARGETS)))
_TO_PROPERTIES = ("lessThan", "lessThanOrEquals", "equals", "disjoint", "targetObjectsOf", "targetSubjectsOf")
_TO_CLASSES = ("class", "targetClass")

_USED = "SELECT DISTINCT ?property { ?subject ?property ?object }"
_CLASSES = "SELECT DISTINCT ?class { ?node a ?class }"
_WIDER = f"SELECT ?narrow ?wide {{ ?narrow <{RDFS}subClassOf> ?wide }}"


def shapes_alive(folder: Path, store: Store, ontology: Path) -> Iterator[Finding]:
    """Look for shapes that say nothing, or that nobody could understand.

    Parameters
    ----------
    folder : Path
        ``shapes/``.
    store : Store
        The data that the shapes are meant for.
    ontology : Path
        ``ontology/``: the words that the shapes may use besides those of the data.

    Yields
    ------
    Finding
        At the file and line of the shape. Violations: words that nobody knows, a shape that nothing leads to or that
        lacks message, severity or reference. Information: a target without instances, a path that no data use.

    Raises
    ------
    ShapesError
        If a file of shapes is not Turtle.
    TreeError
        If the ontology cannot be read.
    """
    shapes = _joined(shape_files(folder))
    known = _known(ontology)
    data = _Data(store)
    for look in (_words, _understandable, _reached):
        yield from look(shapes)
    yield from _names(shapes, known, data)
    yield from _used(shapes, known, data)


def unknown_terms(files: Iterable[tuple[str, str, Iterable[ox.Quad]]]) -> Iterator[Finding]:
    """Look for ``sh:`` terms that are none in anybody's shapes.

    Parameters
    ----------
    files : iterable of tuple
        For each its name, its text and its quads.

    Yields
    ------
    Finding
        At the file and line.
    """
    yield from _words(_joined(files))


# What is read


@dataclass(slots=True)
class _Shapes:
    about: dict[Node, dict[str, list[Any]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    files: dict[Node, str] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    #: The shape around a shape, and whatever is around any other node.
    parents: dict[Node, Node] = field(default_factory=dict)
    holders: dict[Node, Node] = field(default_factory=dict)

    def add(self, shown: str, text: str, quads: Iterable[ox.Quad]) -> None:
        """Take in what one file says."""
        self.texts[shown] = text.splitlines()
        for quad in quads:
            assert not isinstance(quad.subject, ox.Triple)
            self.about[quad.subject][quad.predicate.value].append(quad.object)
            self.files.setdefault(quad.subject, shown)
            if isinstance(quad.object, ox.BlankNode):
                self.holders.setdefault(quad.object, quad.subject)

    def link(self) -> None:
        """Find out which shape is inside which, once all files are in."""
        for node in list(self.about):
            for name in _TO_SHAPES:
                for child in self.values(node, name):
                    self.parents.setdefault(child, node)
            for name in _TO_LISTS:
                for head in self.values(node, name):
                    for child in self.members(head):
                        self.parents.setdefault(child, node)

    def values(self, node: Node, name: str) -> list[Any]:
        """Return the values of a ``sh:`` property."""
        return self.about[node].get(SH + name, []) if node in self.about else []

    def members(self, head: Any) -> Iterator[Any]:
        """Return the members of a list."""
        seen = set()
        while head in self.about and head not in seen:
            seen.add(head)
            yield from self.about[head].get(RDF + "first", [])
            head = next(iter(self.about[head].get(RDF + "rest", [])), None)

    def is_shape(self, node: Node) -> bool:
        """Whether a node is a shape of its own or of another."""
        kinds = {kind.value for kind in self.about[node].get(RDF + "type", [])}
        return (
            node in self.parents
            or bool(kinds & {SH + "NodeShape", SH + "PropertyShape"})
            or any(self.values(node, target) for target in _TARGETS)
        )

    def named(self, node: Node) -> Node:
        """Return the nearest named shape around a node."""
        seen = set()
        while isinstance(node, ox.BlankNode) and node not in seen and (node in self.parents or node in self.holders):
            seen.add(node)
            node = self.parents.get(node) or self.holders[node]
        return node

    def place(self, node: Node, word: str = "") -> Location:
        """Return the line of a shape, or of a word that stands at it or below."""
        file = self.files.get(node, "")
        lines = self.texts.get(file, [])
        owner = self.named(node)
        start = 0
        if isinstance(owner, ox.NamedNode):
            written = "|".join(re.escape(form) for form in _forms(owner.value, lines))
            start = next(
                (number for number, line in enumerate(lines) if re.match(rf"\s*(?:{written})(?=\s|$)", line)), 0
            )
        if word:
            search = re.compile("|".join(rf"{re.escape(form)}(?![\w-])" for form in _forms(word, lines)))
            for number in (*range(start, len(lines)), *range(start)):
                match = search.search(lines[number])
                if match:
                    return Location(file, number + 1, match.start() + 1)
        return Location(file, start + 1 if lines else 0, 1 if lines else 0)


def _forms(iri: str, lines: list[str]) -> list[str]:
    forms = [f"<{iri}>"]
    for line in lines:
        match = re.match(r"\s*(?:@prefix|PREFIX)\s+([\w-]*):\s*<([^>]*)>", line)
        if match and iri.startswith(match[2]):
            forms.append(f"{match[1]}:{iri.removeprefix(match[2])}")
    return forms


def _joined(files: Iterable[tuple[str, str, Iterable[ox.Quad]]]) -> _Shapes:
    shapes = _Shapes()
    for shown, text, quads in files:
        shapes.add(shown, text, quads)
    shapes.link()
    return shapes


def _known(ontology: Path) -> dict[str, str]:
    """Return every IRI that ontology, concepts or context speak of, and what it is: a class, a property, something."""
    known: dict[str, str] = {}
    for path in sorted(ontology.rglob("*.ttl")):
        try:
            for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
                for term in (quad.subject, quad.object):
                    if isinstance(term, ox.NamedNode):
                        known.setdefault(term.value, "")
                if quad.predicate.value == RDF + "type" and isinstance(quad.subject, ox.NamedNode):
                    known[quad.subject.value] = _kind(quad.object, known[quad.subject.value])
        except SyntaxError as error:
            raise TreeError(f"{path.name}:{error.lineno}: {error.msg}", remedy="Mend the Turtle.") from error
    for path in sorted(ontology.glob("*.jsonld")):
        known.update((iri, "") for iri in _iris_of_context(json.loads(path.read_text("utf-8"))) if iri not in known)
    return known


def _kind(type_: Any, so_far: str) -> str:
    if type_.value in (OWL + "Class", RDFS + "Class"):
        return "class"
    if type_.value in (OWL + "ObjectProperty", OWL + "DatatypeProperty", OWL + "AnnotationProperty", RDF + "Property"):
        return "property"
    return so_far


def _iris_of_context(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from _iris_of_context(value)
    elif isinstance(node, list):
        for value in node:
            yield from _iris_of_context(value)
    elif isinstance(node, str):
        prefix, colon, local = node.partition(":")
        if colon and prefix in PREFIXES:
            yield PREFIXES[prefix] + local


class _Data:
    """Which properties and classes the data use; asked once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.properties = {_text(row[0]) for row in store.select(_USED).rows}
        wider: dict[str, list[str]] = defaultdict(list)
        for narrow, wide in store.select(_WIDER).rows:
            wider[_text(narrow)].append(_text(wide))
        self.classes = set(reached(wider, *(_text(row[0]) for row in store.select(_CLASSES).rows)))

    def uses(self, term: ox.NamedNode) -> bool:
        """Whether a term stands in the data anywhere."""
        if term.value in self.properties or term.value in self.classes:
            return True
        return self.store.ask(f"ASK {{ {{ {term} ?p ?o }} UNION {{ ?s ?p {term} }} }}")


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))


# What is looked for


def _finding(
    shapes: _Shapes, node: Node, rule: str, said: str, severity: Severity = Severity.VIOLATION, word: str = ""
) -> Finding:
    owner = shapes.named(node)
    name = _shape_name(owner) if isinstance(owner, ox.NamedNode) else "a shape without a name"
    return Finding(
        rule=rule,
        message=f"{name}: {said}",
        location=shapes.place(node, word),
        severity=severity,
        subject=owner.value if isinstance(owner, ox.NamedNode) else "",
        value=word,
    )


def _shape_name(node: ox.NamedNode) -> str:
    return node.value.rpartition("#")[2] or node.value


def _nearest(word: str, words: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(words), 1, 0.75)
    return f"; did you mean '{near[0]}'?" if near else ""


def _words(shapes: _Shapes) -> Iterator[Finding]:
    """Find ``sh:`` terms that are none, and those that no engine here follows."""
    for node, about in shapes.about.items():
        used = [*about, *(one.value for values in about.values() for one in values if isinstance(one, ox.NamedNode))]
        # A description of queries may be what a shape is about.
        described = {one.value for term in _SPOKEN_OF for one in about.get(term, ()) if isinstance(one, ox.NamedNode)}
        for iri in filter(_is_unknown, dict.fromkeys(used)):
            name = iri.removeprefix(SH)
            if name in ADVANCED and iri in described:
                continue
            if name in ADVANCED:
                said = f"'sh:{name}' is of SHACL's Advanced Features, which are not followed here; write a rule instead"
            else:
                said = f"SHACL has no 'sh:{name}'{_nearest(name, TERMS)}"
            yield _finding(shapes, node, "shape-unknown-term", said, word=iri)


def _is_unknown(term: str) -> bool:
    name = term.removeprefix(SH)
    known = name in TERMS or name in REPORTS or name.endswith("ConstraintComponent")
    return term.startswith(SH) and name != "" and not known


def _reports(shapes: _Shapes) -> Iterator[Node]:
    """Yield the shapes that results can come from: those with a target, and their property shapes."""
    waiting = [node for node in list(shapes.about) if any(shapes.values(node, target) for target in _TARGETS)]
    waiting += [node for node in list(shapes.about) if _is_class(shapes, node)]
    seen = set()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting += shapes.values(node, "property")


def _is_class(shapes: _Shapes, node: Node) -> bool:
    kinds = {kind.value for kind in shapes.about[node].get(RDF + "type", [])}
    return SH + "NodeShape" in kinds and bool(kinds & {RDFS + "Class", OWL + "Class"})


def _understandable(shapes: _Shapes) -> Iterator[Finding]:
    """Find shapes whose results would lack words, weight or a place to read on."""
    wanted = {
        "shape-without-message": (SH + "message", "no message; add sh:message: in plain words, what to do"),
        "shape-without-severity": (SH + "severity", "no severity; add sh:severity"),
        "shape-without-reference": (RDFS + "seeAlso", "no reference; add rdfs:seeAlso with the section of the docs"),
    }
    for node in _reports(shapes):
        about = shapes.about[node]
        if any(SH + constraint in about for constraint in _CONSTRAINTS):
            for rule, (term, said) in wanted.items():
                if not about.get(term):
                    path = "".join(f" (of {shorten(_text(one))})" for one in shapes.values(node, "path")[:1])
                    of = path if isinstance(node, ox.BlankNode) else ""
                    yield _finding(shapes, node, rule, f"{said}{of}")


def _reached(shapes: _Shapes) -> Iterator[Finding]:
    """Find shapes that no target leads to, and those that ask for nothing."""
    roots = list(_reports(shapes))
    children = defaultdict(list)
    for child, parent in shapes.parents.items():
        children[parent].append(child)
    reached = set()
    while roots:
        node = roots.pop()
        if node not in reached:
            reached.add(node)
            roots += children[node]
            roots += [one for name in _TO_SHAPES for one in shapes.values(node, name)]
    for node in list(shapes.about):
        if not shapes.is_shape(node) or any(_is_unknown(term) for term in shapes.about[node]):
            continue
        if isinstance(node, ox.NamedNode) and node not in reached:
            said = "nothing leads to it; name it in 'sh:property' of a shape with a target, or give it a target"
            yield _finding(shapes, node, "shape-unreached", said)
        elif node in reached and not _asks(shapes, node):
            yield _finding(shapes, node, "shape-without-constraint", "it asks for nothing; add a constraint")


def _asks(shapes: _Shapes, node: Node) -> bool:
    own = {term.removeprefix(SH) for term in shapes.about[node] if term.startswith(SH)}
    # A parameter of a component of one's own is a constraint too, and so is what is switched off on purpose.
    return bool(own & (_CONSTRAINTS | {"property", "deactivated"})) or any(
        term.startswith(CCIN) for term in shapes.about[node]
    )


def _names(shapes: _Shapes, known: dict[str, str], data: _Data) -> Iterator[Finding]:
    """Find classes, properties and concepts that neither the ontology nor the data know."""
    for node, kind, term in _mentioned(shapes):
        iri = term.value
        if iri.startswith(SH):
            continue
        what = known.get(iri)
        if iri.startswith(CCIN):
            if what == kind or (kind == "term" and what is not None):
                continue
            wanted = [shorten(one) for one, its in known.items() if its == kind and one.startswith(CCIN)]
            has = f"the ontology has {shorten(iri)}, but not as a {kind}" if what is not None else ""
            said = has or f"the ontology has no {kind} '{shorten(iri)}'{_nearest(shorten(iri), wanted)}"
        elif what is not None or data.uses(term) or (kind == "term" and not iri.startswith(BASE)):
            continue
        else:
            same = {"class": data.classes, "property": data.properties}.get(kind, set())
            wanted = [shorten(one) for one in {*known, *same} if one.rpartition("/")[0] == iri.rpartition("/")[0]]
            near = _nearest(shorten(iri), sorted(wanted))
            said = f"neither the ontology nor the data know the {kind} '{shorten(iri)}'{near}"
        yield _finding(shapes, node, "shape-unknown-name", said, word=iri)


def _mentioned(shapes: _Shapes) -> Iterator[tuple[Node, str, ox.NamedNode]]:
    """Yield what shapes speak of as a class, as a property or as any other term, each once for a shape."""
    for node in list(shapes.about):
        found: list[tuple[str, Any]] = [("class", one) for name in _TO_CLASSES for one in shapes.values(node, name)]
        found += [("property", one) for name in _TO_PROPERTIES for one in shapes.values(node, name)]
        found += [("property", one) for path in shapes.values(node, "path") for one in _steps(shapes, path)]
        found += [
            ("property", one) for head in shapes.values(node, "ignoredProperties") for one in shapes.members(head)
        ]
        found += [("term", one) for name in ("targetNode", "hasValue") for one in shapes.values(node, name)]
        found += [("term", one) for head in shapes.values(node, "in") for one in shapes.members(head)]
        for kind, one in dict.fromkeys(found):
            if isinstance(one, ox.NamedNode) and one.value != RDF + "type":
                yield node, kind, one


def _steps(shapes: _Shapes, path: Any, depth: int = 0) -> Iterator[Any]:
    if isinstance(path, ox.NamedNode):
        yield path
    elif isinstance(path, ox.BlankNode) and depth < 20:
        for member in shapes.members(path):
            yield from _steps(shapes, member, depth + 1)
        for name in _PATHS:
            for inner in shapes.values(path, name):
                yield from _steps(shapes, inner, depth + 1)
                for member in shapes.members(inner):
                    yield from _steps(shapes, member, depth + 1)


def _used(shapes: _Shapes, known: dict[str, str], data: _Data) -> Iterator[Finding]:
    """Find targets without instances and paths that no data use, where the words themselves are right."""
    information = Severity.INFORMATION
    classes = {iri for iri, what in known.items() if what == "class" or not iri.startswith(CCIN)} - data.classes
    properties = {iri for iri, what in known.items() if what == "property" or not iri.startswith(CCIN)}
    properties -= data.properties
    for node in list(shapes.about):
        for target in shapes.values(node, "targetClass"):
            if target.value in classes:
                said = f"nothing in the data is a {shorten(target.value)}, so it looks at nothing"
                yield _finding(shapes, node, "shape-unused-target", said, information, target.value)
        for name in ("targetObjectsOf", "targetSubjectsOf"):
            for target in shapes.values(node, name):
                if target.value in properties:
                    said = f"no data use {shorten(target.value)}, so it looks at nothing"
                    yield _finding(shapes, node, "shape-unused-target", said, information, target.value)
        for path in shapes.values(node, "path"):
            for step in dict.fromkeys(_steps(shapes, path)):
                if step.value in properties:
                    said = f"no data use {shorten(step.value)}, so what it asks of that is not tried"
                    yield _finding(shapes, node, "shape-unused-path", said, information, step.value)
