"""Triples as an rdflib graph, the object that notebooks speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.vocabulary import PREFIXES, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    import rdflib


def to_rdflib(triples: Iterable[ox.Triple | ox.Quad]) -> rdflib.Graph:
    """Return triples as an rdflib graph, with the project's prefixes bound.

    Parameters
    ----------
    triples : iterable of pyoxigraph.Triple or pyoxigraph.Quad
        The graphs of quads are left out.

    Returns
    -------
    rdflib.Graph

    Examples
    --------
    >>> graph = to_rdflib([ox.Triple(ox.NamedNode("http://e.org/a"), ox.NamedNode("http://e.org/b"), ox.Literal("c"))])
    >>> len(graph)
    1
    """
    import rdflib

    # Term by term: faster than any of the parsers, and a plain string stays one. oxrdflib's parser makes it an
    # xsd:string, which to rdflib is not equal to a plain one, so that comparisons fail in silence.
    terms: dict[object, rdflib.term.Node] = {}

    def term(one: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Node:
        known = terms.get(one)
        if known is None:
            known = terms[one] = to_node(one)
        return known

    graph = rdflib.Graph(bind_namespaces="none")
    for triple in triples:
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def to_node(one: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Node:
    """Return a term as rdflib has it, its text as it is written.

    Parameters
    ----------
    one : pyoxigraph.NamedNode, pyoxigraph.BlankNode or pyoxigraph.Literal

    Returns
    -------
    rdflib.term.Node

    Raises
    ------
    TypeError
        If it is a triple.
    """
    import rdflib

    if isinstance(one, ox.NamedNode):
        return rdflib.URIRef(one.value)
    if isinstance(one, ox.BlankNode):
        return rdflib.BNode(one.value)
    if isinstance(one, ox.Triple):
        raise TypeError("a triple about a triple, which rdflib does not have")
    if one.language:
        return rdflib.Literal(one.value, lang=one.language)
    datatype = one.datatype.value
    if datatype == XSD + "string":
        return rdflib.Literal(one.value)
    # As written: normalised, 1.50 would be 1.5, and what is no boolean would be false.
    return rdflib.Literal(one.value, datatype=rdflib.URIRef(datatype), normalize=False)
