"""Triples as an rdflib graph, the object that notebooks speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

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

    from ccin_graph.vocabulary import PREFIXES

    # Filled through oxrdflib's parser, two to three times faster than rdflib's own.
    plain = (ox.Triple(triple.subject, triple.predicate, triple.object) for triple in triples)
    graph = rdflib.Graph(bind_namespaces="none")
    graph.parse(data=ox.serialize(plain, format=ox.RdfFormat.N_TRIPLES), format="ox-turtle")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph
