"""A report as a ``sh:ValidationReport`` in Turtle.

The findings of shapes are results as the SHACL recommendation has them. Those of other rules are results too: their
constraint component is the rule, which is described beside them; of a query of ``violations/`` it is
``sh:SPARQLConstraintComponent``, and the rule its ``sh:sourceConstraint``. Report and results have IRIs, so that they
can be spoken of. Blank nodes are only what SHACL demands for a path of more than a property, and the nodes without an
IRI in somebody else's data.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ccin_graph.validate.quality import DATASET
from ccin_graph.validate.reports.rulebook import Kind
from ccin_graph.validate.reports.visible import visible
from ccin_graph.validate.results import SEVERITIES
from ccin_graph.vocabulary import BASE, PREFIXES, PROV, RDF, RDFS, SH, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.findings import Finding
    from ccin_graph.store import Store
    from ccin_graph.validate.reports.report import Entry, Report
    from ccin_graph.validate.reports.rulebook import Rule

REPORT = BASE + "report/validation"

_SEVERITIES = {severity: iri for iri, severity in SEVERITIES.items()}


def to_turtle(report: Report, store: Store | None = None) -> str:
    """Return a report as Turtle.

    Parameters
    ----------
    report : Report
    store : Store, optional
        The data that were checked; the terms of values are looked up there.

    Returns
    -------
    str
    """
    prefixes = {name: PREFIXES[name] for name in ("prov", "rdfs", "sh", "skos", "xsd")}
    written = ox.serialize(_triples(report, store), format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    assert written is not None
    return written.decode("utf-8")


def _triples(report: Report, store: Store | None) -> Iterator[ox.Triple]:
    whole = ox.NamedNode(REPORT)
    yield _triple(whole, RDF + "type", _sh("ValidationReport"))
    conforms = "false" if report.entries else "true"
    yield _triple(whole, SH + "conforms", ox.Literal(conforms, datatype=ox.NamedNode(XSD + "boolean")))
    for entry in report.entries:
        yield _triple(whole, SH + "result", _result_node(entry))
    for entry in report.entries:
        yield from _result(entry, store)
    for rule in report.rules:
        used = [entry for entry in report.entries if entry.rule.name == rule.name]
        if used and rule.kind is Kind.SHAPES and rule.shape:
            yield from (_renamed(step, rule.name) for step in rule.shape.steps)
        elif used:
            yield from _described(rule)


def _result(entry: Entry, store: Store | None) -> Iterator[ox.Triple]:
    finding, rule, node = entry.finding, entry.rule, _result_node(entry)
    yield _triple(node, RDF + "type", _sh("ValidationResult"))
    yield _triple(node, SH + "focusNode", _focus(entry))
    if rule.shape and rule.shape.steps:
        yield _triple(node, SH + "resultPath", _renamed(rule.shape.steps[0], rule.name).subject)
    elif finding.path:
        yield _triple(node, SH + "resultPath", _node(finding.path))
    if finding.value:
        yield _triple(node, SH + "value", _value(finding, store))
    yield _triple(node, SH + "resultSeverity", ox.NamedNode(_SEVERITIES[finding.severity]))
    yield from _origin(entry, node)
    yield _triple(node, SH + "resultMessage", ox.Literal(visible(entry.said), language="en"))
    if finding.passage:
        yield _triple(node, PROV + "wasDerivedFrom", _node(finding.passage))
    yield from (_triple(node, SKOS + "note", ox.Literal(visible(note))) for note in _notes(entry))


def _focus(entry: Entry) -> ox.NamedNode | ox.BlankNode:
    finding = entry.finding
    # A shape, or a file of somebody else, is about a node without an IRI; all else is about our dataset.
    nameless = finding.component or (entry.rule.kind is Kind.OTHER and finding.location.file)
    return _node(finding.subject or (f"focus of {entry.identifier}" if nameless else DATASET))


def _origin(entry: Entry, node: ox.NamedNode) -> Iterator[ox.Triple]:
    rule = ox.NamedNode(entry.rule.iri)
    component = SH + "sourceConstraintComponent"
    if entry.finding.component:
        if entry.rule.kind is Kind.SHAPES:
            yield _triple(node, SH + "sourceShape", rule)
        yield _triple(node, component, ox.NamedNode(entry.finding.component))
    elif entry.rule.kind is Kind.RULES:
        yield _triple(node, component, _sh("SPARQLConstraintComponent"))
        yield _triple(node, SH + "sourceConstraint", rule)
    else:
        yield _triple(node, component, rule)


def _notes(entry: Entry) -> Iterator[str]:
    if entry.place:
        yield entry.place
    if entry.finding.suggestion:
        yield f"suggestion: {entry.finding.suggestion}"
    if entry.finding.accepted:
        yield f"accepted: {entry.finding.accepted}"


def _described(rule: Rule) -> Iterator[ox.Triple]:
    node = ox.NamedNode(rule.iri)
    yield _triple(node, RDFS + "label", ox.Literal(rule.name, language="en"))
    yield _triple(node, SKOS + "definition", ox.Literal(rule.summary, language="en"))
    yield _triple(node, RDFS + "seeAlso", ox.NamedNode(rule.see))


def _value(finding: Finding, store: Store | None) -> Any:
    if store is not None and finding.path:
        query = f"SELECT ?it {{ {_node(finding.subject)} {_node(finding.path)} ?it }}"
        there = [row[0] for row in store.select(query).rows] if _is_iri(finding.subject) else []
        same = sorted((term for term in there if getattr(term, "value", None) == finding.value), key=str)
        if same:
            return same[0]
    return (
        _node(finding.value)
        if "://" in finding.value and _is_iri(finding.value)
        else ox.Literal(visible(finding.value))
    )


def _renamed(step: ox.Triple, rule: str) -> ox.Triple:
    # A path of every rule's own.
    def own(term: Any) -> Any:
        return ox.BlankNode(f"{rule}-{term.value}") if isinstance(term, ox.BlankNode) else term

    return ox.Triple(own(step.subject), step.predicate, own(step.object))


def _result_node(entry: Entry) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}finding/{entry.identifier}")


def _node(name: str) -> ox.NamedNode | ox.BlankNode:
    if _is_iri(name):
        return ox.NamedNode(name)
    # A blank node of somebody else's data: it has no name that outlives the reading.
    return ox.BlankNode("n" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16])


def _is_iri(name: str) -> bool:
    try:
        ox.NamedNode(name)
    except ValueError:
        return False
    return True


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SH + name)


def _triple(subject: Any, term: str, value: Any) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(term), value)
