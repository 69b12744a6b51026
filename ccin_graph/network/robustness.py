"""What breaks when somebody leaves: one organisation, several together, or one after the other.

Leaving can be meant in two ways. In a projection (:func:`~ccin_graph.network.projections.organisation_organisation`),
the organisation goes and what others did together stays. In the two-mode graph, ``projects_fall=True`` takes its
projects away as well, which is what the leaving of a funder may come to. The truth lies between, and no document tells.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.bipartite import PROJECT, sides
from ccin_graph.network.overview import canonical, names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx

    Neighbours = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Damage:
    """What breaks when nodes leave. Everything is counted among those that stay, before and after.

    Parameters
    ----------
    removed : tuple of str
        Who left, sorted.
    labels : tuple of str
        Their names.
    stay : int
        Nodes that stay; projects are not counted.
    largest_before, largest_after : int
        How many of those that stay are in the largest component, with and without those who left.
    reach_before, reach_after : float
        Mean number of those that stay that each of them reaches by one or two ties [1]_. In a two-mode graph, sharing
        a project is a tie.
    cut_off : tuple of str
        Those that stay and lose all their ties, sorted.
    projects_fallen : int
        Projects that went with those who left.

    References
    ----------
    .. [1] S. P. Borgatti, "Identifying sets of key players in a social network", Computational and Mathematical
       Organization Theory 12, 21 (2006), where distance-weighted reach is defined; here reach at a distance of two.
    """

    removed: tuple[str, ...]
    labels: tuple[str, ...]
    stay: int
    largest_before: int
    largest_after: int
    reach_before: float
    reach_after: float
    cut_off: tuple[str, ...]
    projects_fallen: int

    @property
    def lost(self) -> int:
        """How many of those that stay leave the largest component."""
        return self.largest_before - self.largest_after


@dataclass(frozen=True, slots=True)
class Attack:
    """How the largest component shrinks when nodes leave one after the other.

    Parameters
    ----------
    order : tuple of str
        Who left, best connected first.
    targeted : tuple of int
        Size of the largest component after 0, 1, 2, … have left in that order.
    random_mean : tuple of float
        The same for random orders, on average.
    random_low, random_high : tuple of int
        The smallest and largest of those orders that are not among the 2.5% at either end.
    targeted_robustness, random_robustness : float
        Schneider's *R*: mean share of all nodes in the largest component, over all steps after the first; between 0
        and 1/2 if all leave.
    runs, seed : int
        Number of random orders, and their seed.
    """

    order: tuple[str, ...]
    targeted: tuple[int, ...]
    random_mean: tuple[float, ...]
    random_low: tuple[int, ...]
    random_high: tuple[int, ...]
    targeted_robustness: float
    random_robustness: float
    runs: int
    seed: int


def damage(graph: nx.Graph[str], removed: Iterable[str], *, projects_fall: bool = False) -> Damage:
    """Return what breaks when nodes leave a network together.

    Parameters
    ----------
    graph : networkx.Graph
        A projection, or the two-mode graph.
    removed : iterable of str
        Nodes that leave: an affiliate, all funders, the network body. Funding is no working role, so that funders are
        in a two-mode graph only if it was made with ``working_only=False``.
    projects_fall : bool, optional
        Whether the projects of those who leave go with them; this needs the two-mode graph.

    Returns
    -------
    Damage

    Raises
    ------
    NetworkError
        If a node is not in the graph or is a project, if projects are to fall in a graph without projects, or if the
        graph is directed, a multigraph or has a node tied to itself.

    Examples
    --------
    >>> import networkx as nx
    >>> found = damage(nx.star_graph(["hub", "a", "b", "c"]), ["hub"])
    >>> found.largest_before, found.largest_after, found.reach_before, found.cut_off
    (3, 1, 2.0, ('a', 'b', 'c'))
    """
    if isinstance(removed, str):
        raise NetworkError(f"nodes are given one by one, not as {removed!r}", remedy=f"Write [{removed!r}].")
    return _Whole(graph, projects_fall=projects_fall).without(sorted(set(removed)))


def damages(graph: nx.Graph[str], nodes: Iterable[str] | None = None, *, projects_fall: bool = False) -> list[Damage]:
    """Return what breaks when one node leaves, for each node, worst first.

    Parameters
    ----------
    graph : networkx.Graph
        As for :func:`damage`.
    nodes : iterable of str, optional
        Those to try, one at a time; None tries all but projects.
    projects_fall : bool, optional
        As for :func:`damage`.

    Returns
    -------
    list of Damage
        Ordered by what the largest component loses, then by what reach loses, then by label and IRI.

    Raises
    ------
    NetworkError
        As for :func:`damage`.

    Examples
    --------
    >>> import networkx as nx
    >>> [found.removed for found in damages(nx.path_graph(["a", "b", "c", "d"]))][:2]
    [('b',), ('c',)]
    """
    if isinstance(nodes, str):
        raise NetworkError(f"nodes are given one by one, not as {nodes!r}", remedy=f"Write [{nodes!r}].")
    whole = _Whole(graph, projects_fall=projects_fall)
    names = names_of(whole.graph)
    found = [whole.without([node]) for node in sorted(whole.ties if nodes is None else set(nodes))]
    return sorted(
        found, key=lambda one: (-one.lost, round(one.reach_after - one.reach_before, 12), names[one.removed[0]])
    )


def attack(graph: nx.Graph[str], *, steps: int | None = None, runs: int = 100, seed: int = 20210821) -> Attack:
    r"""Compare the leaving of the best connected with leaving at random.

    Targeted, the node with the most ties *left* goes next; equals in the order of label and IRI [1]_. Schneider's
    :math:`R = \frac{1}{N} \sum_{q=1}^{Q} s(q)`, with *s(q)* the share of all *N* nodes in the largest component after
    *q* have left; the mean is over *Q* steps here, which is the published value for :math:`Q = N` [2]_.

    Parameters
    ----------
    graph : networkx.Graph
        A projection.
    steps : int, optional
        How many leave; None for all.
    runs : int, optional
        How many random orders to draw.
    seed : int, optional
        Where they start from; the same seed gives the same orders.

    Returns
    -------
    Attack

    Raises
    ------
    NetworkError
        If `steps` is negative or `runs` below 1, or if the graph is directed, a multigraph or has a node tied to
        itself.

    References
    ----------
    .. [1] R. Albert, H. Jeong, A.-L. Barabási, "Error and attack tolerance of complex networks", Nature 406, 378
       (2000); with degrees taken anew at each step as in P. Holme et al., Physical Review E 65, 056109 (2002).
    .. [2] C. M. Schneider, A. A. Moreira, J. S. Andrade, S. Havlin, H. J. Herrmann, "Mitigation of malicious attacks
       on networks", PNAS 108, 3838 (2011). https://doi.org/10.1073/pnas.1009440108

    Examples
    --------
    >>> import networkx as nx
    >>> found = attack(nx.star_graph(["hub", "a", "b", "c"]), steps=2)
    >>> found.order, found.targeted
    (('hub', 'a'), (4, 1, 1))
    """
    plain = canonical(graph)
    if steps is not None and steps < 0:
        raise NetworkError(f"{steps} nodes cannot leave")
    if runs < 1:
        raise NetworkError(f"{runs} random orders say nothing", remedy="Draw at least one.")
    count = len(plain) if steps is None else min(steps, len(plain))
    order = _by_degree(plain, count)
    chance, nodes = random.Random(seed), sorted(plain)
    drawn = [_sizes(plain, chance.sample(nodes, count)) for _ in range(runs)]
    targeted = _sizes(plain, order)
    columns = [sorted(column) for column in zip(*drawn, strict=True)]
    mean = [sum(column) / runs for column in columns]
    edge = int(0.025 * runs)
    return Attack(
        order=tuple(order),
        targeted=tuple(targeted),
        random_mean=tuple(mean),
        random_low=tuple(column[edge] for column in columns),
        random_high=tuple(column[-1 - edge] for column in columns),
        targeted_robustness=_robustness(targeted, len(plain)),
        random_robustness=_robustness(mean, len(plain)),
        runs=runs,
        seed=seed,
    )


class _Whole:
    """A network before anybody left: what is looked up again for each who leaves."""

    def __init__(self, graph: nx.Graph[str], *, projects_fall: bool) -> None:
        self.graph = canonical(graph)
        self.projects_fall = projects_fall
        members = [node for node in self.graph if self.graph.nodes[node].get("side") != PROJECT]
        self.two_modes = len(members) < len(self.graph)
        if projects_fall or self.two_modes:
            sides(self.graph)
        self.ties = {node: self.tied_to(node, set()) for node in members}
        self.near = {node: _near(self.ties, node) for node in members}
        self.components = _components(self.ties)

    def tied_to(self, node: str, fallen: set[str]) -> set[str]:
        """Return the neighbours of a node; in a two-mode graph those with whom it shares a project that stands."""
        if not self.two_modes:
            return set(self.graph[node])
        projects = (project for project in self.graph[node] if project not in fallen)
        return set().union(*(self.graph[project] for project in projects)) - {node}

    def without(self, removed: list[str]) -> Damage:
        """Return what breaks, after checking who leaves."""
        if unknown := sorted(set(removed) - set(self.ties)):
            raise NetworkError(f"not an organisation of the graph: {', '.join(unknown)}")
        gone = set(removed)
        fallen = {project for node in removed for project in self.graph[node]} if self.projects_fall else set()
        hit = set().union(*(self.graph[project] for project in fallen), *(self.ties[node] for node in removed)) - gone
        rest = {node: ties for node, ties in self.ties.items() if node not in gone}
        for node in hit:
            rest[node] = (self.tied_to(node, fallen) if fallen else self.ties[node]) - gone
        # two ties away, only those notice who are hit themselves or tied to somebody who is
        noticing = hit.union(*(self.ties[node] for node in hit)) - gone
        before = sum(len(self.near[node]) for node in rest) - sum(len(self.near[node] - gone) for node in removed)
        lost = sum(len(self.near[node] - gone) - len(_near(rest, node)) for node in noticing)
        return Damage(
            removed=tuple(removed),
            labels=tuple(str(self.graph.nodes[node].get("label", node)) for node in removed),
            stay=len(rest),
            largest_before=max((len(nodes - gone) for nodes in self.components), default=0),
            largest_after=max(map(len, _components(rest)), default=0),
            reach_before=before / len(rest) if rest else 0.0,
            reach_after=(before - lost) / len(rest) if rest else 0.0,
            cut_off=tuple(sorted(node for node in hit if self.ties[node] and not rest[node])),
            projects_fallen=len(fallen),
        )


def _near(neighbours: Neighbours, node: str) -> set[str]:
    """Return the nodes within two ties."""
    return neighbours[node].union(*(neighbours[other] for other in neighbours[node])) - {node}


def _components(neighbours: Neighbours) -> list[set[str]]:
    """Return the connected components."""
    found: list[set[str]] = []
    seen: set[str] = set()
    for start in neighbours:
        if start not in seen:
            component, new = {start}, {start}
            while new:
                new = set().union(*(neighbours[node] for node in new)) - component
                component |= new
            seen |= component
            found.append(component)
    return found


def _by_degree(graph: nx.Graph[str], count: int) -> list[str]:
    """Return who leaves when the node with the most ties left goes next."""
    names = names_of(graph)
    left = {node: set(graph[node]) for node in graph}
    order = []
    for _ in range(count):
        node = min(left, key=lambda one: (-len(left[one]), names[one]))
        order.append(node)
        for other in left.pop(node):
            left[other].discard(node)
    return order


def _sizes(graph: nx.Graph[str], order: Sequence[str]) -> list[int]:
    """Return the size of the largest component after 0, 1, 2, … have left: by adding them again, last first."""
    root: dict[str, str] = {}
    size: dict[str, int] = {}

    def find(node: str) -> str:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    def add(node: str) -> None:
        root[node], size[node] = node, 1
        for other in graph[node]:
            if other in root and (one := find(other)) != (two := find(node)):
                root[one] = two
                size[two] += size[one]

    leaving = set(order)
    for node in graph:
        if node not in leaving:
            add(node)
    largest = [max(size.values(), default=0)]
    for node in reversed(order):
        add(node)
        largest.append(max(largest[-1], size[find(node)]))
    return largest[::-1]


def _robustness(sizes: Sequence[float], nodes: int) -> float:
    """Return the mean share of all nodes in the largest component after each step."""
    return sum(sizes[1:]) / (nodes * (len(sizes) - 1)) if len(sizes) > 1 else 0.0
