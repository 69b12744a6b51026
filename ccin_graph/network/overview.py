"""A network in a few numbers, and what every table about a network rests on: one order of its nodes and ties."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Summary:
    """A network in a few numbers.

    Parameters
    ----------
    nodes, edges : int
        How many there are.
    components : int
        Connected components; a node without ties is one.
    largest_component : int
        Nodes of the largest; 0 for an empty graph.
    density : float
        Ties as a share of those possible: pairs of nodes [1]_, or, where nodes stand on two sides (attribute ``side``)
        and ties run only between them, pairs of one node from each [2]_. 0 where no tie is possible.
    mean_degree : float
        Ties per node, ``2 * edges / nodes``; 0 for an empty graph.
    isolates : int
        Nodes without a tie.

    References
    ----------
    .. [1] S. Wasserman, K. Faust, *Social Network Analysis*, Cambridge University Press (1994), ch. 4.
    .. [2] S. P. Borgatti, M. G. Everett, "Network analysis of 2-mode data", Social Networks 19, 243 (1997).
       https://doi.org/10.1016/S0378-8733(96)00301-2
    """

    nodes: int
    edges: int
    components: int
    largest_component: int
    density: float
    mean_degree: float
    isolates: int


def summary(graph: nx.Graph[str]) -> Summary:
    """Return a network in a few numbers, all 0 for an empty graph.

    Parameters
    ----------
    graph : networkx.Graph
        Any network of this package.

    Returns
    -------
    Summary
        Counts, density and mean degree.

    Raises
    ------
    NetworkError
        If the graph is directed, a multigraph or has a node tied to itself.

    Examples
    --------
    >>> import networkx as nx
    >>> summary(nx.path_graph(["a", "b", "c"]))
    Summary(nodes=3, edges=2, components=1, largest_component=3, density=0.6666666666666666, \
mean_degree=1.3333333333333333, isolates=0)
    """
    plain = canonical(graph)
    components = components_of(plain)
    nodes, edges = len(plain), plain.number_of_edges()
    possible = _possible_ties(plain)
    return Summary(
        nodes=nodes,
        edges=edges,
        components=len(components),
        largest_component=len(components[0]) if components else 0,
        density=edges / possible if possible else 0.0,
        mean_degree=2 * edges / nodes if nodes else 0.0,
        isolates=sum(1 for _, degree in plain.degree if degree == 0),
    )


def canonical(graph: nx.Graph[str]) -> nx.Graph[str]:
    """Return the graph in sorted order, so that sums of floats come out the same, after checking it."""
    import networkx as nx

    if graph.is_directed() or graph.is_multigraph():
        raise NetworkError("the measures are those of an undirected graph with one edge for each pair")
    if loops := sorted(str(node) for node in nx.nodes_with_selfloops(graph)):
        raise NetworkError(f"tied to itself: {', '.join(loops)}")
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from((node, graph.nodes[node]) for node in sorted(graph))
    plain.add_edges_from((*pair, graph.edges[pair]) for pair in sorted_ties(graph))
    return plain


def names_of(graph: nx.Graph[str]) -> dict[str, tuple[str, str]]:
    """Return what ties are broken by: label and IRI."""
    return {node: (str(graph.nodes[node].get("label", node)), str(node)) for node in graph}


def sorted_ties(graph: nx.Graph[str]) -> list[tuple[str, str]]:
    """Return the ties in sorted order, each with the end first that sorts first."""
    return sorted((one, other) if one <= other else (other, one) for one, other in graph.edges)


def components_of(graph: nx.Graph[str]) -> list[list[str]]:
    """Return the components, largest first, equally large ones in the order of their first name."""
    import networkx as nx

    names = names_of(graph)
    found = [sorted(nodes, key=names.__getitem__) for nodes in nx.connected_components(graph)]
    return sorted(found, key=lambda nodes: (-len(nodes), names[nodes[0]]))


def _possible_ties(graph: nx.Graph[str]) -> int:
    """Return how many ties there could be: between two sides where there are two, else between all."""
    side = {node: data.get("side") for node, data in graph.nodes(data=True)}
    counts = list(Counter(side.values()).values())
    if len(counts) == 2 and None not in side.values() and all(side[one] != side[other] for one, other in graph.edges):
        return counts[0] * counts[1]
    return len(graph) * (len(graph) - 1) // 2
