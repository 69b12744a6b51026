"""The questions of the packs as data: each a SHACL executable in the dataset, in the pattern of the SIB's examples.

An editor that knows the pattern (https://github.com/sib-swiss/sparql-examples) offers them beside its query field. What
each asks stands as it is, with the defaults of its parameters in their places, so that it runs; the parameters are
described as SHACL describes those of a function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.packs import pack_names, read_pack
from ccin_graph.queries.binding import default_term
from ccin_graph.sparql import form_of, prefixes_of, replace_variables, services_of
from ccin_graph.vocabulary import BASE, DCTERMS, OWL, QUERIES, RDF, RDFS, SCHEMA, SH, SPEX, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ccin_graph.packs import Parameter, Query

    Term = ox.NamedNode | ox.Literal

#: Every executable names this node, which declares the prefixes that the questions write.
PREFIX_DECLARATIONS = BASE + "query/prefixes"

_CLASSES = {
    "SELECT": "SPARQLSelectExecutable",
    "ASK": "SPARQLAskExecutable",
    "CONSTRUCT": "SPARQLConstructExecutable",
}
_DATATYPES = {"string": "string", "date": "date", "number": "decimal"}


def executable_iri(query: Query) -> str:
    """Return the IRI of a question.

    Parameters
    ----------
    query : Query

    Returns
    -------
    str

    Examples
    --------
    >>> from ccin_graph.packs import find_query
    >>> from ccin_graph.tree import find_tree
    >>> executable_iri(find_query(find_tree().queries, "shared-partners"))
    'https://w3id.org/ccin/id/query/partnerships/shared-partners'
    """
    return f"{BASE}query/{query.name}"


def executable_quads(folder: Path) -> list[ox.Quad]:
    """Return the questions of all packs as quads of the graph ``…/graph/queries``.

    Parameters
    ----------
    folder : Path
        ``queries/``.

    Returns
    -------
    list of pyoxigraph.Quad
        In a fixed order, without blank nodes.

    Raises
    ------
    QueryError
        If a header cannot be read, or a default is not what its parameter takes.
    """
    questions = [query for pack in pack_names(folder, federated=True) for query in read_pack(folder, pack)]
    graph = ox.NamedNode(QUERIES)
    triples = [triple for query in questions for triple in _of_question(query)]
    declared = {name: iri for query in questions for name, iri in prefixes_of(query.text).items()}
    triples += _of_prefixes(declared)
    return [ox.Quad(*triple, graph) for triple in triples]


def _of_question(query: Query) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, Term]]:
    form = form_of(query.text)
    iri = executable_iri(query)
    values = {parameter.variable: str(default_term(parameter)) for parameter in query.parameters}
    text = replace_variables(query.body, values.get)
    yield from _said(
        iri,
        (RDF + "type", _node(SH + "SPARQLExecutable")),
        (RDF + "type", _node(SH + _CLASSES[form])),
        (RDFS + "label", _text(query.summary)),
        (RDFS + "comment", _text(query.question)),
        (DCTERMS + "identifier", ox.Literal(query.name)),
        (SH + form.lower(), ox.Literal(text)),
        (SH + "prefixes", _node(PREFIX_DECLARATIONS)),
        # A header that names no endpoint is found by the shape of queries.
        *((SCHEMA + "target", _node(endpoint)) for endpoint in (query.endpoint,) if endpoint),
        *((SCHEMA + "keywords", ox.Literal(tag)) for tag in dict.fromkeys((query.pack, *query.tags))),
        *((SPEX + "federatesWith", _node(service)) for service in services_of(text)),
    )
    for place, parameter in enumerate(query.parameters):
        yield from _of_parameter(iri, place, parameter)


def _of_parameter(query: str, place: int, parameter: Parameter) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, Term]]:
    iri = f"{query}#{parameter.name}"
    yield from _said(query, (SH + "parameter", _node(iri)))
    yield from _said(
        iri,
        (RDF + "type", _node(SH + "Parameter")),
        # What it replaces in the file: SHACL takes the name of the variable from the end of the path.
        (SH + "path", _node(f"{query}#{parameter.variable}")),
        (SH + "name", ox.Literal(parameter.name)),
        (SH + "description", _text(parameter.about)),
        (SH + "order", ox.Literal(place)),
        (SH + "defaultValue", default_term(parameter)),
    )
    if parameter.kind in _DATATYPES:
        yield from _said(iri, (SH + "datatype", _node(XSD + _DATATYPES[parameter.kind])))
    else:
        yield from _said(iri, (SH + "nodeKind", _node(SH + "IRI")), (SCHEMA + "category", ox.Literal(parameter.kind)))


def _of_prefixes(declared: dict[str, str]) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, Term]]:
    yield from _said(PREFIX_DECLARATIONS, (RDF + "type", _node(OWL + "Ontology")))
    for name, namespace in sorted(declared.items()):
        iri = f"{PREFIX_DECLARATIONS}#{name}"
        yield from _said(PREFIX_DECLARATIONS, (SH + "declare", _node(iri)))
        yield from _said(
            iri,
            (RDF + "type", _node(SH + "PrefixDeclaration")),
            (SH + "prefix", ox.Literal(name)),
            (SH + "namespace", ox.Literal(namespace, datatype=_node(XSD + "anyURI"))),
        )


def _said(subject: str, *values: tuple[str, Term]) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, Term]]:
    node = _node(subject)
    for property_, value in values:
        yield node, _node(property_), value


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def _text(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")
