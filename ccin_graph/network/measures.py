"""What the place of each organisation in a network is, as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccin_graph.errors import NetworkError
from ccin_graph.network.overview import canonical, components_of, names_of
from ccin_graph.network.scale import (
    adjacency,
    core_numbers,
    pagerank,
    shortest_paths,
    triangles,
    two_steps,
    weak_points,
)
from ccin_graph.network.structure import participation_coefficients

if TYPE_CHECKING:
    import networkx as nx
    from scipy.sparse import csr_array

    from ccin_graph.network.communities import Communities

DIGITS = 12
"""Decimals kept, so that values which are equal on paper are equal here and share a rank."""

RANKED = (
    "degree",
    "strength",
    "newman",
    "projects",
    "betweenness",
    "closeness",
    "eigenvector",
    "clustering",
    "core",
    "pagerank",
    "effective_size",
    "two_steps",
    "bridges",
)
"""The measures that a table can be ordered by, highest first. Constraint is not among them: low is what stands out."""

DAMPING = 0.85
"""The damping factor of PageRank."""


@dataclass(frozen=True, slots=True)
class Measure:
    r"""The measures of one node. Only `strength` and `newman` use weights; the others ask whether a tie exists.

    Parameters
    ----------
    rank : int
        Place in the order asked for, from 1. Equal values share a rank and the next is left out (1, 2, 2, 4).
    node, label, kind : str
        IRI, name and kind.
    degree : int
        Number of ties.
    strength : int
        Sum of ``shared`` over the ties: joint work counted per partner and project [1]_.
    newman : float
        Sum of ``newman`` over the ties [2]_.
    projects : int
        Number of distinct projects behind the ties: how much a high degree rests on. Many ties from one project
        are one meeting of many, not many relationships.
    betweenness : float
        Share of the shortest paths between other nodes that run through this one, averaged over pairs of other
        nodes, 0 to 1 [3]_. A pair without a path counts as 0.
    closeness : float
        ``((r - 1) / (n - 1)) * ((r - 1) / d)``: *r* nodes of its component, *n* of the graph, *d* the sum of
        distances to those it can reach (Wasserman and Faust [4]_); 0 for a node without ties.
    eigenvector : float
        Entry of the leading eigenvector of the adjacency matrix of the largest component, of length 1 [5]_.
        Values of different components cannot be compared, so it is 0 outside the largest one, and 0 everywhere
        if two components are equally large or nothing is tied.
    clustering : float
        Share of the pairs of its neighbours that are tied to each other [6]_; 0 with fewer than two neighbours,
        and always in a two-sided network.
    core : int
        Largest *k* such that it belongs to a subgraph in which every node has *k* ties or more [7]_.
    component : int
        Its connected component: 1 is the largest, equally large ones are in the order of their first name.
    pagerank : float
        Probability to find a walker there who follows a tie at random with probability 0.85 and else, or where there
        is none, starts again anywhere [8]_. The sum over all nodes is 1.
    constraint : float or None
        Burt's constraint [9]_: :math:`\sum_{j} (p_{ij} + \sum_q p_{iq} p_{qj})^2` over its neighbours *j*, with
        :math:`p_{ij}` one by the degree of *i*. Low where neighbours are not tied to each other, so that it stands
        between them. None for a node without ties, where it is not defined; one by the degree in a two-sided network.
    effective_size : float
        Burt's effective size, without weights: neighbours less the mean number of ties that each has to the others
        [9]_, [10]_. The degree in a two-sided network; 0 for a node without ties.
    two_steps : int
        Nodes that it reaches by one or two ties.
    bridges : int
        Those of its ties without which the two ends would not reach each other.
    articulation : bool
        Whether others would no longer reach each other without it.
    region : str
        Its region, empty where there is none or it is not known.
    community : int or None
        Its community, where communities were given.
    stability : float or None
        Share of the runs in which it is with its community, where that was given: see
        :class:`~ccin_graph.network.communities.Consensus`.
    participation : float or None
        How evenly its ties spread over the communities, see
        :func:`~ccin_graph.network.structure.participation_coefficients`; None where it has no ties.

    References
    ----------
    .. [1] A. Barrat, M. Barthélemy, R. Pastor-Satorras, A. Vespignani, "The architecture of complex weighted
       networks", PNAS 101, 3747 (2004).
    .. [2] M. E. J. Newman, "Scientific collaboration networks. II", Physical Review E 64, 016132 (2001).
    .. [3] L. C. Freeman, "A set of measures of centrality based on betweenness", Sociometry 40, 35 (1977);
       computed as in U. Brandes, Journal of Mathematical Sociology 25, 163 (2001).
    .. [4] S. Wasserman, K. Faust, *Social Network Analysis*, Cambridge University Press (1994), p. 201.
    .. [5] P. Bonacich, "Power and centrality: a family of measures", American Journal of Sociology 92, 1170
       (1987).
    .. [6] D. J. Watts, S. H. Strogatz, "Collective dynamics of 'small-world' networks", Nature 393, 440 (1998).
    .. [7] S. B. Seidman, "Network structure and minimum degree", Social Networks 5, 269 (1983).
    .. [8] S. Brin, L. Page, "The anatomy of a large-scale hypertextual Web search engine", Computer Networks and ISDN
       Systems 30, 107 (1998).
    .. [9] R. S. Burt, *Structural Holes*, Harvard University Press (1992), pp. 52-55.
    .. [10] S. P. Borgatti, "Structural holes: unpacking Burt's redundancy measures", Connections 20, 35 (1997).
    """

    rank: int
    node: str
    label: str
    kind: str
    degree: int
    strength: int
    newman: float
    projects: int
    betweenness: float
    closeness: float
    eigenvector: float
    clustering: float
    core: int
    component: int
    pagerank: float
    constraint: float | None
    effective_size: float
    two_steps: int
    bridges: int
    articulation: bool
    region: str = ""
    community: int | None = None
    stability: float | None = None
    participation: float | None = None


def measures(
    graph: nx.Graph[str],
    *,
    by: str = "degree",
    groups: Communities | None = None,
    pivots: int | None = None,
    seed: int = 1,
) -> list[Measure]:
    """Return the measures of every node, highest first.

    Parameters
    ----------
    graph : networkx.Graph
        A projection. ``label`` and ``kind`` of nodes, ``shared``, ``newman`` and ``projects`` of edges are used;
        where they are missing, the label is the node itself, the kind empty, and an edge counts as shared 1,
        newman 0 and no project.
    by : str, optional
        The measure to rank by, one of :data:`RANKED`. Equal values are ordered by label, then by IRI.
    groups : Communities, optional
        A division of the graph: gives each node its community, how stable that is and how its ties spread.
    pivots : int, optional
        Estimate betweenness and closeness from the shortest paths that start at so many nodes, drawn at random
        (:func:`~ccin_graph.network.scale.shortest_paths`): for tens of thousands of nodes. By default both are exact.
    seed : int, optional
        Of that draw.

    Returns
    -------
    list of Measure
        One row for each node; empty for an empty graph. ``pandas.DataFrame(rows)`` makes a data frame of it.

    Raises
    ------
    NetworkError
        If `by` is not a measure, if there are fewer than two pivots, or if the graph is directed, a multigraph or has
        a node tied to itself.

    Examples
    --------
    >>> import networkx as nx
    >>> for row in measures(nx.star_graph(["hub", "one", "two"])):
    ...     print(row.rank, row.label, row.degree, row.betweenness, round(row.eigenvector, 3))
    1 hub 2 1.0 0.707
    2 one 1 0.0 0.5
    2 two 1 0.0 0.5
    """
    if by not in RANKED:
        raise NetworkError(f"there is no measure {by!r} to rank by", remedy=f"Measures are {', '.join(RANKED)}.")
    plain = canonical(graph)
    values, placed = _values(plain, pivots, seed), _placed(plain, groups)
    names = names_of(plain)
    order = sorted(plain, key=lambda node: (-values[node][by], names[node]))
    rows: list[Measure] = []
    for place, node in enumerate(order, start=1):
        tied = rows and values[rows[-1].node][by] == values[node][by]
        rows.append(
            Measure(
                rank=rows[-1].rank if tied else place,
                node=node,
                label=names[node][0],
                kind=str(plain.nodes[node].get("kind", "")),
                region=str(plain.nodes[node].get("region", "")),
                **values[node],
                **placed[node],
            )
        )
    return rows


def _placed(graph: nx.Graph[str], groups: Communities | None) -> dict[str, dict[str, Any]]:
    """Return what a division says of each node; nothing without one."""
    if groups is None:
        return {node: {} for node in graph}
    members: dict[int, list[str]] = {}
    for node, community in groups.members.items():
        members.setdefault(community, []).append(node)
    spread = participation_coefficients(graph, members.values())
    stability: dict[str, float] = getattr(groups, "stability", {})
    return {
        node: {
            "community": groups.members[node],
            "stability": stability.get(node),
            "participation": None if (value := spread[node]) is None else round(value, DIGITS),
        }
        for node in graph
    }


def _values(graph: nx.Graph[str], pivots: int | None, seed: int) -> dict[str, dict[str, Any]]:
    """Return all measures of each node by name."""
    matrix = adjacency(graph)
    degree, core, closed = dict(graph.degree), core_numbers(graph), triangles(graph, matrix=matrix)
    betweenness, closeness = shortest_paths(graph, pivots=pivots, seed=seed, matrix=matrix)
    components = components_of(graph)
    component = {node: number for number, nodes in enumerate(components, start=1) for node in nodes}
    eigenvector = _eigenvector(graph, components, matrix)
    walker = pagerank(graph, damping=DAMPING, matrix=matrix)
    constraint, near = _constraint(graph, matrix), two_steps(graph, matrix=matrix)
    articulations, weak_ties = weak_points(graph)
    bridges = Counter(node for tie in weak_ties for node in tie)
    result = {}
    for node in graph:
        ties, pairs = list(graph[node].values()), degree[node] * (degree[node] - 1) / 2
        result[node] = {
            "degree": degree[node],
            "strength": sum(tie.get("shared", 1) for tie in ties),
            "newman": round(sum(tie.get("newman", 0.0) for tie in ties), DIGITS),
            "projects": len({project for tie in ties for project in tie.get("projects", ())}),
            "betweenness": round(betweenness[node], DIGITS),
            "closeness": round(closeness[node], DIGITS),
            "eigenvector": round(eigenvector.get(node, 0.0), DIGITS),
            "clustering": round(closed[node] / pairs, DIGITS) if pairs else 0.0,
            "core": core[node],
            "component": component[node],
            "pagerank": round(walker[node], DIGITS),
            "constraint": round(constraint[node], DIGITS) if degree[node] else None,
            "effective_size": round(degree[node] - 2 * closed[node] / degree[node], DIGITS) if degree[node] else 0.0,
            "two_steps": near[node],
            "bridges": bridges[node],
            "articulation": node in articulations,
        }
    return result


def _constraint(graph: nx.Graph[str], ties: csr_array) -> dict[str, float]:
    """Return Burt's constraint of each node, 0 where it has no tie, from sparse products."""
    import numpy as np
    from scipy.sparse import diags_array

    degrees = np.diff(ties.indptr)
    direct = diags_array(np.divide(1.0, degrees, out=np.zeros(len(degrees)), where=degrees > 0)) @ ties
    invested = (direct + direct @ direct) * ties
    return dict(zip(graph, (invested * invested).sum(axis=1).tolist(), strict=True))


def _eigenvector(graph: nx.Graph[str], components: list[list[str]], ties: csr_array) -> dict[str, float]:
    """Return eigenvector centralities in the largest component, nothing where they are not defined."""
    import numpy as np
    from scipy.sparse.linalg import eigsh

    sizes = [len(nodes) for nodes in components]
    if not sizes or sizes[0] == 1 or sizes[1:2] == sizes[:1]:
        return {}
    nodes = sorted(components[0])
    place = {node: number for number, node in enumerate(graph)}
    chosen = [place[node] for node in nodes]
    _, vectors = eigsh(ties[chosen][:, chosen], k=1, which="LA", v0=np.ones(len(nodes)))
    return dict(zip(nodes, np.abs(vectors[:, 0]).tolist(), strict=True))
