"""The multilayer view: a network by the publications that tell of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.network.bipartite import organisation_project_graph
from ccin_graph.network.projections import organisation_organisation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import networkx as nx

    from ccin_graph.network.participation import Participation


@dataclass(frozen=True, slots=True)
class Layers:
    """A network of several layers, one for each publication: a multiplex network [1]_.

    Parameters
    ----------
    layers : dict of str to networkx.Graph
        The network that each publication tells of on its own, in the order of their IRIs. A node is in a layer if the
        publication names it.
    aggregate : networkx.Graph
        The network of all publications together. Nodes and edges have ``publications``, the sorted tuple of the layers
        that they are in. It is empty for a tie that no publication tells of alone: one names the first organisation
        in a project, another the second.

    References
    ----------
    .. [1] M. Kivelä, A. Arenas, M. Barthelemy, J. P. Gleeson, Y. Moreno, M. A. Porter, "Multilayer networks",
       Journal of Complex Networks 2, 203 (2014). https://doi.org/10.1093/comnet/cnu016
    """

    layers: dict[str, nx.Graph[str]]
    aggregate: nx.Graph[str]


def by_publication(
    participations: Iterable[Participation],
    make: Callable[[nx.Graph[str]], nx.Graph[str]] = organisation_organisation,
    *,
    working_only: bool = True,
) -> Layers:
    """Return a network by the publications that tell of it.

    Parameters
    ----------
    participations : iterable of Participation
        The table. A row without a publication counts for the aggregate only.
    make : callable, optional
        The projection: :func:`~ccin_graph.network.projections.council_council` or another function of a two-mode graph.
    working_only : bool, optional
        As for :func:`~ccin_graph.network.bipartite.organisation_project_graph`.

    Returns
    -------
    Layers

    Examples
    --------
    >>> from ccin_graph.network import Participation, council_council
    >>> rows = [
    ...     Participation(f"ex:{who}", who, "council", "ex:food", "Food hub", "lead", True, f"ex:{year}")
    ...     for who, year in [("a", 2018), ("b", 2018), ("a", 2021), ("b", 2021), ("c", 2021)]
    ... ]
    >>> found = by_publication(rows, council_council)
    >>> {year: graph.number_of_edges() for year, graph in found.layers.items()}
    {'ex:2018': 1, 'ex:2021': 3}
    >>> found.aggregate.edges["ex:a", "ex:b"]["publications"]
    ('ex:2018', 'ex:2021')
    """
    rows = list(participations)
    told: dict[str, list[Participation]] = defaultdict(list)
    for row in rows:
        if row.publication:
            told[row.publication].append(row)
    layers = {
        publication: make(organisation_project_graph(told[publication], working_only=working_only))
        for publication in sorted(told)
    }
    aggregate = make(organisation_project_graph(rows, working_only=working_only))
    for node in aggregate:
        aggregate.nodes[node]["publications"] = tuple(iri for iri, layer in layers.items() if node in layer)
    for one, other, data in aggregate.edges(data=True):
        data["publications"] = tuple(iri for iri, layer in layers.items() if layer.has_edge(one, other))
    return Layers(layers, aggregate)
