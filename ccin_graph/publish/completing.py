"""A dataset of somebody's made ready for a site: our vocabulary beside it, and what follows from its claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.derive import derive
from ccin_graph.records.loading import read_vocabulary
from ccin_graph.store import EmbeddedStore
from ccin_graph.vocabulary import BASE, DERIVED

if TYPE_CHECKING:
    from ccin_graph.publish.settings import Settings
    from ccin_graph.tree import Tree


def completed(store: EmbeddedStore, tree: Tree, settings: Settings) -> EmbeddedStore:
    """Return a dataset with the ontology, the concepts and the derived triples that it lacks.

    What the rules derive gets IRIs of our own base; those of partnerships become IRIs of the base of the site.

    Parameters
    ----------
    store : EmbeddedStore
        A dataset that satisfies our shapes.
    tree : Tree
        Where ontology and rules lie.
    settings : Settings

    Returns
    -------
    EmbeddedStore
        The same where nothing was derived anew.
    """
    if any(getattr(quad.graph_name, "value", "") == DERIVED for quad in store.quads()):
        return store
    quads = list(store.quads())
    held = {quad.triple for quad in quads}
    whole = EmbeddedStore([*quads, *(quad for quad in read_vocabulary(tree) if quad.triple not in held)])
    derive(whole, tree.queries)
    if settings.base == BASE:
        return whole
    ours = f"{BASE}partnership/"

    def moved(quad: ox.Quad) -> ox.Quad:
        if getattr(quad.graph_name, "value", "") != DERIVED or not isinstance(quad.subject, ox.NamedNode):
            return quad
        if not quad.subject.value.startswith(ours):
            return quad
        subject = ox.NamedNode(f"{settings.base}partnership/{quad.subject.value.removeprefix(ours)}")
        return ox.Quad(subject, quad.predicate, quad.object, quad.graph_name)

    return EmbeddedStore(moved(quad) for quad in whole.quads())
