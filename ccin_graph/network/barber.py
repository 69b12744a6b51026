"""Groups of organisations together with their projects: modularity of the two-mode graph, as Barber defines it."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.bipartite import sides
from ccin_graph.network.communities import Communities, number_groups
from ccin_graph.network.overview import canonical, names_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

LEAST_GAIN = 1e-9
"""A move that gains less, in ties, is not made."""


def barber_modularity(graph: nx.Graph[str], members: Mapping[str, int]) -> float:
    r"""Return the bipartite modularity of a division of organisations and projects.

    With *m* ties, :math:`a_{ip} = 1` where organisation *i* took part in project *p*, :math:`k_i` and :math:`d_p`
    the numbers of ties of each, :math:`g` and :math:`h` their groups,

    .. math:: Q = \frac{1}{m} \sum_{i, p} \left(a_{ip} - \frac{k_i d_p}{m}\right) \delta(g_i, h_p)

    It differs from modularity of an ordinary network in that its null model knows that no tie joins two of a side [1]_.

    Parameters
    ----------
    graph : networkx.Graph
        What :func:`~ccin_graph.network.bipartite.organisation_project_graph` returns.
    members : mapping of str to int
        The group of every organisation and every project.

    Returns
    -------
    float
        0 where there are no ties, and where all are in one group.

    Raises
    ------
    NetworkError
        If the graph is not bipartite, or a node of it has no group.

    References
    ----------
    .. [1] M. J. Barber, "Modularity and community detection in bipartite networks", Physical Review E 76, 066102
       (2007). https://doi.org/10.1103/PhysRevE.76.066102

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("a", "p"), ("b", "q")])
    >>> side = {"a": "organisation", "b": "organisation", "p": "project", "q": "project"}
    >>> nx.set_node_attributes(graph, side, "side")
    >>> barber_modularity(graph, {"a": 1, "p": 1, "b": 2, "q": 2})
    0.5
    """
    organisations, projects = sides(graph)
    if missing := sorted(set(graph) - set(members)):
        raise NetworkError(f"without a group: {', '.join(missing)}")
    ties = graph.number_of_edges()
    if not ties:
        return 0.0
    inside = sum(1 for one, other in graph.edges if members[one] == members[other])
    degrees: tuple[dict[int, int], dict[int, int]] = (defaultdict(int), defaultdict(int))
    for side, nodes in enumerate((organisations, projects)):
        for node in nodes:
            degrees[side][members[node]] += graph.degree(node)
    expected = sum(degree * degrees[1][group] for group, degree in degrees[0].items() if group in degrees[1])
    return inside / ties - expected / ties**2


def barber_communities(graph: nx.Graph[str], *, runs: int = 20, seed: int = 1) -> Communities:
    """Divide organisations and projects together into groups of high bipartite modularity.

    The Louvain method on Barber's modularity: single nodes, then whole groups, move to where modularity grows most,
    until none does. The best of `runs` runs with other orders of nodes is taken, the first among equals.

    Parameters
    ----------
    graph : networkx.Graph
        What :func:`~ccin_graph.network.bipartite.organisation_project_graph` returns.
    runs : int, optional
        Runs, with the seeds ``seed``, ``seed + 1`` and so on.
    seed : int, optional
        Seed of the first run.

    Returns
    -------
    Communities
        Groups of organisations and projects; `modularity` is Barber's. A node without ties is a group of one.

    Raises
    ------
    NetworkError
        If the graph is not bipartite, or `runs` is below 1.

    References
    ----------
    .. [1] M. J. Barber, Physical Review E 76, 066102 (2007), for the modularity.
    .. [2] V. D. Blondel et al., Journal of Statistical Mechanics P10008 (2008), for the method.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("a", "p"), ("b", "q")])
    >>> side = {"a": "organisation", "b": "organisation", "p": "project", "q": "project"}
    >>> nx.set_node_attributes(graph, side, "side")
    >>> barber_communities(graph).members
    {'a': 1, 'b': 2, 'p': 1, 'q': 2}
    """
    if runs < 1:
        raise NetworkError(f"the best of {runs} runs", remedy="Make at least one.")
    plain = canonical(graph)
    organisations, projects = sides(plain)
    found = [_louvain(plain, set(organisations), seed + run) for run in range(runs)]
    values = [barber_modularity(plain, members) for members in found]
    best = max(range(runs), key=lambda run: round(values[run], 12))
    text = (
        f"{len(organisations)} organisations and {len(projects)} projects with {plain.number_of_edges()} ties were "
        "divided by maximising bipartite modularity (Barber 2007) with the Louvain method (Blondel, Guillaume, "
        f"Lambiotte and Lefebvre 2008): the best of {runs} runs with seeds {seed} to {seed + runs - 1}."
    )
    return Communities(number_groups(found[best], names_of(plain)), values[best], text)


def _louvain(graph: nx.Graph[str], organisations: set[str], seed: int) -> dict[str, int]:
    """Return the group of each node after one run."""
    chance = random.Random(seed)
    place = {node: number for number, node in enumerate(graph)}
    owner = list(range(len(place)))
    total = graph.number_of_edges()
    # of each unit: ties on the side of organisations and on that of projects, and ties to other units
    degrees = [(graph.degree(node), 0) if node in organisations else (0, graph.degree(node)) for node in graph]
    ties: list[dict[int, int]] = [{place[other]: 1 for other in graph[node]} for node in graph]
    while True:
        group = _moved(degrees, ties, total, chance)
        names = {label: number for number, label in enumerate(dict.fromkeys(group))}
        if len(names) == len(group):
            break
        group = [names[label] for label in group]
        owner = [group[unit] for unit in owner]
        joined: list[dict[int, int]] = [defaultdict(int) for _ in names]
        sums = [(0, 0)] * len(names)
        for unit, label in enumerate(group):
            sums[label] = (sums[label][0] + degrees[unit][0], sums[label][1] + degrees[unit][1])
            for other, count in ties[unit].items():
                if group[other] != label:
                    joined[label][group[other]] += count
        degrees, ties = sums, joined
    return dict(zip(graph, owner, strict=True))


def _moved(degrees: list[tuple[int, int]], ties: list[dict[int, int]], total: int, chance: random.Random) -> list[int]:
    """Return the group of each unit after moving single units until nothing gains."""
    group = list(range(len(degrees)))
    sums = [list(pair) for pair in degrees]
    order = list(group)
    chance.shuffle(order)
    moved = bool(total)
    while moved:
        moved = False
        for unit in order:
            here, (first, second) = group[unit], degrees[unit]
            sums[here][0] -= first
            sums[here][1] -= second
            links: dict[int, int] = defaultdict(int, {here: 0})
            for other, count in ties[unit].items():
                links[group[other]] += count
            gains = {
                label: count - (first * sums[label][1] + second * sums[label][0]) / total
                for label, count in links.items()
            }
            best = max(gains, key=lambda label: (gains[label], label == here, -label))
            if gains[best] <= gains[here] + LEAST_GAIN:
                best = here
            moved = moved or best != here
            group[unit] = best
            sums[best][0] += first
            sums[best][1] += second
    return group
