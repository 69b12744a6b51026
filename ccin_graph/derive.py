"""What follows from the claims: rules that are CONSTRUCT queries, run in their declared order into one named graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.errors import QueryError, StoreError
from ccin_graph.packs import read_pack
from ccin_graph.vocabulary import DERIVED

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.store import EmbeddedStore


def derive(store: EmbeddedStore, queries: Path) -> int:
    """Run the rules of ``queries/derive/``; each sees what those before it derived.

    A triple that is asserted is not derived again, so that every triple stands in one graph.

    Parameters
    ----------
    store : EmbeddedStore
        Gets the derived quads.
    queries : Path
        ``queries/``.

    Returns
    -------
    int
        How many quads were derived.

    Raises
    ------
    QueryError
        If a rule is not a CONSTRUCT query.
    """
    graph = ox.NamedNode(DERIVED)
    before = len(store)
    for rule in read_pack(queries, "derive"):
        try:
            triples = set(store.construct(rule.text))
        except StoreError as error:
            raise QueryError(f"queries/{rule.name}.rq: {error}", remedy="Mend the rule.") from error
        for triple in triples:
            if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
                raise QueryError(
                    f"queries/{rule.name}.rq makes a node without an IRI", remedy="Give it one with IRI(…)."
                )
        store.add(
            ox.Quad(triple.subject, triple.predicate, triple.object, graph)
            for triple in triples
            if not store.holds(triple)
        )
    return len(store) - before
