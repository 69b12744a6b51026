"""Expanded nodes to triples, key by key as the JSON-LD context says.

This is JSON-LD's own reading of the documents that `expansion` makes: a test holds it against a JSON-LD processor.
It is here because a processor takes each type's part of the context anew for every node, and is many times slower.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ccin_graph.records.context import Context, Holds, Key
from ccin_graph.vocabulary import BASE, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPE = ox.NamedNode(RDF + "type")
_DATE = ox.NamedNode(XSD + "date")


def triples_of(node: dict[str, Any], context: Context) -> Iterator[ox.Triple]:
    """Map one expanded node, and the nodes inside it, to triples.

    Parameters
    ----------
    node : dict
        With ``id``, ``type`` and the keys of its type.
    context : Context

    Yields
    ------
    pyoxigraph.Triple
    """
    subject = _node(node["id"])
    keys = context.keys(node["type"][0])
    for name in node["type"]:
        yield ox.Triple(subject, _TYPE, ox.NamedNode(context.type_iri(name)))
    for name, value in node.items():
        if name in ("id", "type"):
            continue
        key = keys[name]
        predicate = ox.NamedNode(key.term)
        for item in value if isinstance(value, list) else (value,):
            if isinstance(item, dict) and "id" in item:
                inner = _node(item["id"])
                ends = (inner, subject) if key.holds is Holds.NESTED else (subject, inner)
                yield ox.Triple(ends[0], predicate, ends[1])
                yield from triples_of(item, context)
            else:
                yield ox.Triple(subject, predicate, _object(key, item, context))


def _node(identifier: str) -> ox.NamedNode:
    return ox.NamedNode(identifier if "://" in identifier else BASE + identifier)


def _object(key: Key, item: Any, context: Context) -> ox.NamedNode | ox.Literal:
    if isinstance(item, dict):
        if "@language" in item:
            return ox.Literal(item["@value"], language=item["@language"])
        return ox.Literal(item["@value"], datatype=_DATE)
    if key.holds is Holds.REFERENCE:
        return ox.NamedNode(f"{BASE}{key.base}/{item}")
    if key.holds is Holds.TEXT:
        return ox.Literal(item, language=context.language)
    if key.datatype:
        return ox.Literal(item, datatype=ox.NamedNode(key.datatype))
    return _node(item)
