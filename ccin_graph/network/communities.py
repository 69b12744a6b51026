"""Who forms a group: communities by modularity, and what of them many runs agree on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccin_graph.errors import NetworkError
from ccin_graph.network.overview import canonical, names_of
from ccin_graph.network.scale import load_networkit, one_thread, to_networkit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx
    import numpy as np
    from scipy.sparse import csr_array

METHODS = ("louvain", "leiden")
"""The ways to look for communities."""

MOST_ROUNDS = 20
"""Rounds after which a consensus that does not settle is broken off."""

_REFERENCES = {
    "louvain": "Louvain method (Blondel, Guillaume, Lambiotte and Lefebvre 2008) as in networkx",
    "leiden": "Leiden method (Traag, Waltman and van Eck 2019) as in networkit's ParallelLeiden, on one thread",
}


@dataclass(frozen=True, slots=True)
class Communities:
    """A division of a network into groups.

    Parameters
    ----------
    members : dict of str to int
        Community of every node, in sorted order of nodes. Community 1 is the largest; equally large ones are in the
        order of their first name.
    modularity : float
        Weighted modularity of the division at its resolution [1]_; 0 where nothing is tied.
    methods : str
        How it was found, as a paragraph for a paper.

    References
    ----------
    .. [1] M. E. J. Newman, M. Girvan, "Finding and evaluating community structure in networks", Physical Review E 69,
       026113 (2004); with the resolution of J. Reichardt, S. Bornholdt, Physical Review E 74, 016110 (2006).
    """

    members: dict[str, int]
    modularity: float
    methods: str


@dataclass(frozen=True, slots=True)
class Consensus(Communities):
    """A division that many runs agree on.

    Parameters
    ----------
    members, modularity, methods
        As for :class:`Communities`; the modularity is that of the consensus.
    stability : dict of str to float
        For every node, the share of the runs on the network in which it is *with its consensus community*: the
        community that the run puts it into and its consensus community, both without the node itself, have a Jaccard
        index above 1/2 (two empty sets: 1, so that a node that is alone in both is with it). 1 for a node without ties.
    rounds : int
        Rounds until all runs agreed, counting the first.
    settled : bool
        Whether they came to agree. If not, `members` are the components of the last matrix of agreement.
    divisions : int
        Different divisions among the runs on the network: 1 if the seed changes nothing.
    """

    stability: dict[str, float]
    rounds: int
    settled: bool
    divisions: int


def communities(
    graph: nx.Graph[str], *, method: str = "louvain", resolution: float = 1.0, seed: int = 1, weight: str = "newman"
) -> Communities:
    """Divide a network into communities of high modularity, in one run.

    Parameters
    ----------
    graph : networkx.Graph
        A projection, or any other network. Its order changes nothing.
    method : str, optional
        ``louvain`` [1]_ with networkx, or ``leiden`` [2]_ with networkit, an extra, whose communities are always
        connected within.
    resolution : float, optional
        Above 1 communities become smaller, below 1 larger.
    seed : int, optional
        The result depends on it: see :func:`consensus`.
    weight : str, optional
        Edge attribute with the weights; an edge without it counts 1, one of weight 0 not at all.

    Returns
    -------
    Communities
        Nodes without ties are communities of one. An empty graph has none, and modularity 0.

    Raises
    ------
    NetworkError
        For an unknown method, a resolution that is not above 0, a weight that is negative, not finite or not a number,
        a graph that is directed, a multigraph or has a node tied to itself, and for ``leiden`` without networkit.

    References
    ----------
    .. [1] V. D. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast unfolding of communities in large networks",
       Journal of Statistical Mechanics P10008 (2008). https://doi.org/10.1088/1742-5468/2008/10/P10008
    .. [2] V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing well-connected communities",
       Scientific Reports 9, 5233 (2019). https://doi.org/10.1038/s41598-019-41695-z

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph(["ab", "bc", "ca", "cx", "xy", "yz", "zx"])
    >>> found = communities(graph)
    >>> found.members, round(found.modularity, 3)
    ({'a': 1, 'b': 1, 'c': 1, 'x': 2, 'y': 2, 'z': 2}, 0.357)
    """
    plain, numbered = _prepared(graph, method, resolution, weight)
    labels = _runs(numbered, method, resolution, [seed])[0]
    members = _numbered_by_size(plain, labels)
    text = (
        f"Communities of {_size(plain)} were found by maximising modularity (resolution {resolution:g}, "
        f"edges weighted by '{weight}') in one run of the {_REFERENCES[method]}, with seed {seed}."
    )
    return Communities(members, _modularity(numbered, labels, resolution), text)


def consensus(
    graph: nx.Graph[str],
    *,
    runs: int = 100,
    threshold: float = 0.5,
    method: str = "louvain",
    resolution: float = 1.0,
    seed: int = 1,
    weight: str = "newman",
) -> Consensus:
    r"""Divide a network into the communities that many runs agree on.

    The procedure of Lancichinetti and Fortunato [1]_. The method runs `runs` times on the network, with the seeds
    ``seed``, ``seed + 1`` and so on. :math:`D_{ij}` is the share of runs in which *i* and *j* are in one community;
    shares below `threshold` are set to 0. The method then runs `runs` times on :math:`D` as a weighted network (at
    resolution 1, for the resolution asked for is in :math:`D` already), which gives the next :math:`D`, until all runs
    are equal. Nodes that were together in every run are treated as one, which changes no modularity.

    Parameters
    ----------
    graph : networkx.Graph
        As for :func:`communities`.
    runs : int, optional
        Runs in each round; publish nothing with fewer than 100.
    threshold : float, optional
        Above 0, at most 1.
    method, resolution, seed, weight
        As for :func:`communities`.

    Returns
    -------
    Consensus
        With a figure of stability for every node.

    Raises
    ------
    NetworkError
        As for :func:`communities`, and for `runs` below 1 or a `threshold` out of range.

    References
    ----------
    .. [1] A. Lancichinetti, S. Fortunato, "Consensus clustering in complex networks", Scientific Reports 2, 336 (2012).
       https://doi.org/10.1038/srep00336

    Examples
    --------
    >>> import networkx as nx
    >>> found = consensus(nx.Graph(["ab", "bc", "ca", "cx", "xy", "yz", "zx"]))
    >>> found.members["a"], found.members["z"], found.stability["a"], found.divisions
    (1, 2, 1.0, 1)
    """
    import numpy as np

    if runs < 1:
        raise NetworkError(f"a consensus of {runs} runs", remedy="Make at least one; 100 for anything published.")
    if not 0 < threshold <= 1:
        raise NetworkError(f"the threshold {threshold} is not above 0 and at most 1")
    plain, numbered = _prepared(graph, method, resolution, weight)
    first = found = _runs(numbered, method, resolution, range(seed, seed + runs))
    rounds = 1
    while (found != found[0]).any() and rounds < MOST_ROUNDS:
        start = seed + rounds * runs
        together, blocks = _agreement(found, threshold)
        found = _runs(together, method, 1.0, range(start, start + runs))[:, blocks]
        rounds += 1
    settled = bool((found == found[0]).all())
    labels = found[0] if settled else _pieces(found, threshold)
    stability = _stability(first, labels)
    divisions = len(np.unique(first, axis=0))
    text = (
        f"Communities of {_size(plain)} are the consensus (Lancichinetti and Fortunato 2012, threshold {threshold:g}) "
        f"of {runs} runs of the {_REFERENCES[method]}, maximising modularity (resolution {resolution:g}, edges "
        f"weighted by '{weight}') with seeds {seed} to {seed + runs - 1}; the runs gave {divisions} different "
        f"{'division' if divisions == 1 else 'divisions'} and "
        + (f"agreed after {rounds} {'round' if rounds == 1 else 'rounds'}. " if settled else "did not come to agree. ")
        + "The stability of a node is the share of these runs in which its community and its consensus community, both "
        "without it, have a Jaccard index above 1/2."
    )
    return Consensus(
        members=_numbered_by_size(plain, labels),
        modularity=_modularity(numbered, labels, resolution),
        methods=text,
        stability=dict(zip(plain, stability.tolist(), strict=True)),
        rounds=rounds,
        settled=settled,
        divisions=divisions,
    )


def number_groups(members: Mapping[str, Any], names: Mapping[str, tuple[str, str]]) -> dict[str, int]:
    """Return a division with its groups numbered: 1 is the largest, equal ones in the order of their first name."""
    groups: dict[Any, list[str]] = {}
    for node in sorted(members):
        groups.setdefault(members[node], []).append(node)
    order = sorted(groups.values(), key=lambda nodes: (-len(nodes), min(names[node] for node in nodes)))
    number = {node: place for place, nodes in enumerate(order, start=1) for node in nodes}
    return {node: number[node] for node in sorted(number)}


def _numbered_by_size(plain: nx.Graph[str], labels: np.ndarray) -> dict[str, int]:
    """Return the communities of the nodes of a graph in its order."""
    return number_groups(dict(zip(plain, labels.tolist(), strict=True)), names_of(plain))


def _prepared(graph: nx.Graph[str], method: str, resolution: float, weight: str) -> tuple[nx.Graph[str], nx.Graph[int]]:
    """Return the graph in sorted order, and its ties of positive weight between the places of its nodes."""
    import math

    import networkx as nx

    if method not in METHODS:
        raise NetworkError(f"there is no method {method!r}", remedy=f"Methods are {' and '.join(METHODS)}.")
    if not (resolution > 0 and math.isfinite(resolution)):
        raise NetworkError(f"the resolution {resolution} is not a number above 0")
    plain = canonical(graph)
    place = {node: number for number, node in enumerate(plain)}
    numbered: nx.Graph[int] = nx.empty_graph(len(place))
    for one, other, value in plain.edges(data=weight, default=1.0):
        if not isinstance(value, (int, float)) or not 0 <= value < math.inf:
            raise NetworkError(f"the weight {weight} between {one} and {other} is {value!r}, which no method takes")
        if value:
            numbered.add_edge(place[one], place[other], weight=float(value))
    return plain, numbered


def _runs(graph: nx.Graph[int], method: str, resolution: float, seeds: Sequence[int]) -> np.ndarray:
    """Return the communities of nodes, a row for each seed, numbered by first appearance."""
    import numpy as np

    find = _leiden(graph, resolution) if method == "leiden" else _louvain(graph, resolution)
    rows = np.zeros((len(seeds), len(graph)), dtype=np.int64)
    for row, seed in zip(rows, seeds, strict=True):
        row[:] = _by_appearance(find(seed) if graph.number_of_edges() else np.arange(len(graph)))
    return rows


def _louvain(graph: nx.Graph[int], resolution: float) -> Any:
    """Return a function from a seed to the communities of nodes by networkx."""
    import networkx as nx
    import numpy as np

    def find(seed: int) -> np.ndarray:
        labels = np.zeros(len(graph), dtype=np.int64)
        for number, nodes in enumerate(nx.community.louvain_communities(graph, resolution=resolution, seed=seed)):
            labels[list(nodes)] = number
        return labels

    return find


def _leiden(graph: nx.Graph[int], resolution: float) -> Any:
    """Return a function from a seed to the communities of nodes by networkit."""
    import numpy as np

    if (networkit := load_networkit()) is None:
        raise NetworkError(
            "the Leiden method needs networkit, which is not installed: without it there is no assurance that every "
            "community is connected within",
            remedy="Install networkit, or use the method louvain.",
        )
    copy = to_networkit(graph, networkit, weight="weight")

    def find(seed: int) -> np.ndarray:
        with one_thread(networkit):
            networkit.setSeed(seed, False)
            search = networkit.community.ParallelLeiden(copy, 10, True, resolution)
            search.run()
            return np.array(search.getPartition().getVector(), dtype=np.int64)

    return find


def _agreement(found: np.ndarray, threshold: float) -> tuple[nx.Graph[int], np.ndarray]:
    """Return the matrix of agreement as a graph of blocks of nodes that are always together, and each node's block."""
    import networkx as nx
    import numpy as np

    blocks, first = _blocks(found)
    sizes = np.bincount(blocks)
    share = _shares(found[:, first])
    graph: nx.Graph[int] = nx.empty_graph(len(first))
    graph.add_weighted_edges_from(
        (block, block, float(size * (size - 1) // 2)) for block, size in enumerate(sizes.tolist()) if size > 1
    )
    cells = share.tocoo()
    rows, columns = cells.coords
    values: list[float] = cells.data.tolist()
    for one, other, value in zip(rows.tolist(), columns.tolist(), values, strict=True):
        if one < other and value >= threshold:
            graph.add_edge(one, other, weight=value * float(sizes[one] * sizes[other]))
    return graph, blocks


def _blocks(found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the block of each node and the first node of each block, nodes of a block being always together."""
    import numpy as np

    _, first, blocks = np.unique(found, axis=1, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rank[blocks.reshape(-1)], first[order]


def _shares(found: np.ndarray) -> csr_array:
    """Return the share of runs in which two nodes are together, as a sparse product."""
    import numpy as np
    from scipy.sparse import csr_array

    runs, nodes = found.shape
    offsets = np.concatenate([[0], np.cumsum(found.max(axis=1) + 1)])
    columns = (found + offsets[:-1, None]).T.reshape(-1)
    member = csr_array(
        (np.ones(runs * nodes), columns, np.arange(0, runs * nodes + 1, runs)), shape=(nodes, int(offsets[-1]))
    )
    return csr_array(member @ member.T / runs)


def _pieces(found: np.ndarray, threshold: float) -> np.ndarray:
    """Return the components of the matrix of agreement."""
    import networkx as nx
    import numpy as np

    graph, blocks = _agreement(found, threshold)
    labels = np.zeros(len(graph), dtype=np.int64)
    for number, piece in enumerate(nx.connected_components(graph)):
        labels[list(piece)] = number
    return _by_appearance(labels[blocks])


def _stability(found: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the share of runs in which each node is with its consensus community."""
    import numpy as np

    within = np.zeros(len(labels))
    size = np.bincount(labels)
    for row in found:
        row_size = np.bincount(row)
        table = np.zeros((len(row_size), len(size)), dtype=np.int64)
        np.add.at(table, (row, labels), 1)
        common = table[row, labels] - 1
        union = row_size[row] + size[labels] - 2 - common
        within += (2 * common > union) | (union == 0)
    result: np.ndarray = within / len(found)
    return result


def _by_appearance(labels: np.ndarray) -> np.ndarray:
    """Return labels numbered in the order in which they appear, from 0."""
    import numpy as np

    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty_like(first)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]


def _modularity(graph: nx.Graph[int], labels: np.ndarray, resolution: float) -> float:
    """Return the weighted modularity of a division, 0 where nothing is tied."""
    import networkx as nx

    if not graph.number_of_edges():
        return 0.0
    groups: dict[int, set[int]] = {}
    for node, label in enumerate(labels.tolist()):
        groups.setdefault(label, set()).add(node)
    return float(nx.community.modularity(graph, groups.values(), weight="weight", resolution=resolution))


def _size(graph: nx.Graph[str]) -> str:
    """Return what was divided, in words."""
    return f"a network of {len(graph)} nodes and {graph.number_of_edges()} ties"
