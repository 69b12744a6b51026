"""The questions of the packs as data: each a SHACL executable in the dataset, in the pattern of the SIB's examples.

An editor that knows the pattern (https://github.com/sib-swiss/sparql-examples) offers them beside its query field. What
each asks stands as it is, with the defaults of its parameters in their places, so that it runs; the parameters are
described as SHACL describes those of a function.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.errors import QueryError
from ccin_graph.packs import questions
from ccin_graph.queries.answering import explaining
from ccin_graph.queries.binding import default_terms, filled
from ccin_graph.sparql import asks_service, form_of, prefixes_of, services_of
from ccin_graph.store import EmbeddedStore
from ccin_graph.vocabulary import BASE, DCTERMS, OWL, QUERIES, RDF, RDFS, SCHEMA, SH, SPEX, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ccin_graph.packs import Parameter, Query

    Term = ox.NamedNode | ox.Literal

#: Every executable names this node, which declares the prefixes that the questions write.
PREFIX_DECLARATIONS = BASE + "query/prefixes"

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
        If a header cannot be read or names no endpoint, a default is not what its parameter takes, or a question is no
        SELECT.
    QuerySyntaxError
        If a question is not SPARQL.
    """
    asked = questions(folder)
    _check(asked)
    graph = ox.NamedNode(QUERIES)
    triples = [triple for query in asked for triple in _of_question(query)]
    declared = {name: iri for query in asked for name, iri in prefixes_of(query.text).items()}
    triples += _of_prefixes(declared)
    return [ox.Quad(*triple, graph) for triple in triples]


def _check(asked: list[Query]) -> None:
    nothing = EmbeddedStore()
    for query in asked:
        if form_of(query.text) != "SELECT":
            raise QueryError(f"{query.place()}: a question is a SELECT query", remedy="Write it as one.")
        # Asked where there is nothing, it is only read. One that asks another service would go there even so.
        if not asks_service(query.text):
            with explaining(query.text, query.file):
                nothing.select(query.text)


def _of_question(query: Query) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, Term]]:
    defaults = default_terms(query)
    text = replace(query, text=filled(query, defaults)).body
    iri = executable_iri(query)
    yield from _said(
        iri,
        (RDF + "type", _node(SH + "SPARQLExecutable")),
        (RDF + "type", _node(SH + "SPARQLSelectExecutable")),
        (RDFS + "label", _text(query.summary)),
        (RDFS + "comment", _text(query.question)),
        (DCTERMS + "identifier", ox.Literal(query.name)),
        (SH + "select", ox.Literal(text)),
        (SH + "prefixes", _node(PREFIX_DECLARATIONS)),
        (SCHEMA + "target", _endpoint(query)),
        *((SCHEMA + "keywords", ox.Literal(tag)) for tag in dict.fromkeys((query.pack, *query.tags))),
        *((SPEX + "federatesWith", _node(service)) for service in services_of(text)),
    )
    for place, parameter in enumerate(query.parameters):
        yield from _of_parameter(iri, place, parameter, defaults[parameter.variable])


def _endpoint(query: Query) -> ox.NamedNode:
    place = query.place("endpoint")
    example = "'#+ endpoint: https://w3id.org/ccin/sparql'"
    if not query.endpoint:
        raise QueryError(f"{place}: its header names no service that it is for", remedy=f"Add {example}.")
    try:
        return _node(query.endpoint)
    except ValueError as error:
        raise QueryError(f"{place}: '{query.endpoint}' is no IRI", remedy=f"Write it as {example}.") from error


def _of_parameter(
    query: str, place: int, parameter: Parameter, default: Term
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, Term]]:
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
        (SH + "defaultValue", default),
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
