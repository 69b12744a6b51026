"""Triples that a CONSTRUCT gave, written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable


def turtle(triples: Iterable[ox.Triple]) -> str:
    """Return triples as Turtle, sorted, with the prefixes of the vocabulary.

    Parameters
    ----------
    triples : iterable of pyoxigraph.Triple

    Returns
    -------
    str

    Examples
    --------
    >>> node = ox.NamedNode("https://w3id.org/ccin/def#Council")
    >>> turtle([ox.Triple(node, node, ox.Literal("x"))]).splitlines()[-1]
    'ccin:Council ccin:Council "x" .'
    """
    prefixes = {name: namespace for name, namespace in PREFIXES.items() if name != "id"}
    written = ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    assert written is not None
    return written.decode()
